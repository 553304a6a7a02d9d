"""History: what was made from what, so that a run makes only what changed.

In: the previous run, files and their hashes. Out: the record of a run, reasons to make a report again.
The record: `run_record`; the reason: `rebuild_reason`; what a report reads: `report_inputs`.
"""
