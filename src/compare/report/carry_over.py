"""Reports that are taken over from the previous run: those up to date, and last good versions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.parameters import parameter_kinds
from compare.report import publish, targets_by_place
from compare.report.history.run_record import FAILED, KEPT, ReportEntry
from compare.report.report_set import Report
from compare.report.run_plan import ReportTask


@dataclass(frozen=True)
class LastGood:
    """The last good version of a report that fails now; empty if there never was one.

    Attributes
    ----------
    page : str or None
        Its page, under the name it is kept by.
    run, made : str or None
        The run that made it, and when.
    files : tuple of str
        All its files.
    """

    page: str | None = None
    run: str | None = None
    made: str | None = None
    files: tuple[str, ...] = ()


def listed_as(report: Report) -> dict[str, Any]:
    """How a report is listed, whether it is made in this run or not: fields of its entry."""
    places = report.values_of_kind(parameter_kinds.PLACE)
    indicators = report.values_of_kind(parameter_kinds.INDICATOR)
    return {
        "question": report.question,
        "group": report.group,
        "kinds": {name: p.kind for name, p in report.parameters.items() if p.kind},
        **targets_by_place.subjects(places, indicators),
    }


def kept_entry(task: ReportTask) -> ReportEntry | None:
    """The entry of a report that is not made in this run; ``stale`` says why it should be."""
    if task.old is None:
        return None
    status = FAILED if task.old.status == FAILED else KEPT
    update = {**listed_as(task.report), "status": status, "stale": task.why}
    return task.old.model_copy(update=update)


def can_carry_over(task: ReportTask) -> bool:
    """Whether the previous run has this report, with all its files."""
    return task.old is not None and not task.broken


def carry_over(task: ReportTask, old_folder: Path, folder: Path) -> None:
    """Take the files of a report over from the previous run."""
    for name in task.old.files if task.old else ():
        publish.link_or_copy(old_folder / name, folder / name)


def keep_last_good(task: ReportTask, old_folder: Path | None, folder: Path) -> LastGood:
    """Keep the last good version of a report that fails now, under another name."""
    old = task.old
    if old is None or old_folder is None:
        return LastGood()
    if old.status == FAILED:
        run, made = old.previous_run, old.previous_made
        names = {name: name for name in old.previous_files}
    else:
        run, made = old.run, old.made
        start = len(task.report.id)
        names = {n: f"{n[:start]}.last-good{n[start:]}" for n in old.files}
    names = {was: new for was, new in names.items() if was not in task.broken}
    for was, new in names.items():
        publish.link_or_copy(old_folder / was, folder / new)
    if not names:
        return LastGood()
    page = next((new for new in names.values() if new.endswith(".html")), None)
    return LastGood(page, run, made, tuple(names.values()))
