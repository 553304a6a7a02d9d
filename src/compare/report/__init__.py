"""Report: run the declared notebooks and publish their pages, whole or not at all.

In: a set file, notebooks, the data release. Out: ``latest``, one complete run of pages and its record.
The run: `run`; the set: `set_file`, `report_set`; the folder of runs, and what in it is ours: `holder`; why a page is made again: `history.rebuild_reason`.
"""

from compare.base.renamed_modules import renamed

__getattr__ = renamed(__name__, {"command": "compare.cli.report.render_reports"})
