"""Stories: what each notebook shows, in what words; one module a notebook.

``read(…)`` gives a `compare.analysis.selection.View`; every other public function takes it and returns
something to look at: a `Text`, a `compare.charts.Chart`, a `compare.analysis.display_table.Table`, or several.
"""
