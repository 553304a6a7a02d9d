"""Why a report is made again: what it depends on, compared with the record of the last run."""

from __future__ import annotations

from collections.abc import Sequence

from compare.base.workspace import home
from compare.report.history.data_release import data_release, version_date
from compare.report.history.file_hashes import hash_file, hash_json, hash_notebook, hash_package
from compare.report.history.report_inputs import input_hashes
from compare.report.history.run_record import FAILED, ReportEntry
from compare.report.report_set import Report


def report_hashes(report: Report, links: dict[str, str]) -> dict[str, str]:
    """What a report depends on, apart from the files it reads."""
    return {
        "notebook": hash_notebook(report.notebook),
        "parameters": hash_json(report.given),
        "page": hash_json([report.title, report.lang, report.formats, links]),
        "package": hash_package(),
    }


def site_hash(title: dict[str, str], reports: list[ReportEntry]) -> str:
    """What the index and the evidence pages depend on."""
    keys = {"id", "title", "group", "hashes", "inputs", "error"}
    listed = [report.model_dump(include=keys) for report in reports]
    release = data_release().model_dump()
    return hash_json([title, listed, release, version_date(), hash_package()])


def rebuild_reason(
    hashes: dict[str, str],
    declared: Sequence[str],
    old: ReportEntry | None,
    broken: frozenset[str],
    places: dict[str, str],
    force: bool,
) -> str | None:
    """Why a report has to be made again; None if it is up to date.

    Parameters
    ----------
    hashes : dict
        Its `report_hashes`.
    declared : sequence of str
        The files that it declares to read; none if it is watched.
    old : ReportEntry or None
        Its entry in the last record.
    broken : frozenset of str
        Those of its files that are not as they were published.
    places : dict
        Where its inputs outside the checkout are, by their names in the record.
    force : bool
        Made again whatever holds.
    """
    if old is None:
        return "new"
    if force:
        return "forced"
    if old.status == FAILED:
        return "failed last time"
    for what, value in hashes.items():
        if old.hashes.get(what) != value:
            return f"{what} changed"
    for name in input_hashes(declared):
        if name not in old.inputs:
            return f"{name} is a new input"
    for name, value in old.inputs.items():
        if hash_file(home() / places.get(name, name)) != value:
            return f"{name} changed"
    if broken:
        return f"{min(broken)} is not as it was published"
    return None
