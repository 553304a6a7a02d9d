"""What one report needs in one run, and the reports that are taken over from the run before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from compare.report import publish, report_set
from compare.report.history import run_record
from compare.report.report_set import Report


@dataclass(frozen=True)
class Task:
    """One report of the set in this run.

    Attributes
    ----------
    links : dict
        What its page links to, by name.
    hashes : dict
        What it depends on now.
    old : dict or None
        Its entry in the last record.
    why : str or None
        Why it has to be made; None if it is up to date.
    broken : frozenset of str
        Those of its files that are not as they were published.
    handed : dict
        Parameters whose value is a folder beside the runs, as the record names it.
    """

    report: Report
    links: dict[str, str]
    hashes: dict[str, str]
    old: dict | None
    why: str | None
    broken: frozenset[str] = frozenset()
    handed: dict[str, str] = field(default_factory=dict)

    @property
    def todo(self) -> bool:
        """Whether this run makes it: it is wanted and out of date, or the site has a broken page."""
        return bool(self.why and (self.report.wanted or self.broken))


def now() -> str:
    """The time as records give it: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def listing(report: Report) -> dict:
    """How a report is listed, whether it is made in this run or not."""
    return {
        "question": report.question,
        "group": report.group,
        **run_record.subjects(report, report_set.pairs()),
    }


def kept(task: Task) -> dict:
    """The entry of a report that is not made in this run; ``stale`` says why it should be."""
    status = "failed" if task.old["status"] == "failed" else "kept"
    return {**task.old, **listing(task.report), "status": status, "stale": task.why}


def can_keep(task: Task) -> bool:
    """Whether the last run has this report, with all its files."""
    return task.old is not None and not task.broken


def keep(task: Task, old_folder: Path, folder: Path) -> dict:
    """Take a report over from the last run."""
    for name in task.old["files"]:
        publish.share(old_folder / name, folder / name)
    return kept(task)


def previous(task: Task, old_folder: Path | None, folder: Path) -> dict:
    """Keep the last good version of a report that fails now, under another name.

    Returns
    -------
    dict
        ``previous`` (its page), ``previous_run``, ``previous_made``, ``previous_files``; null and
        empty if there never was one.
    """
    old = task.old or {}
    if old.get("status") == "failed":
        run, made, names = old["previous_run"], old["previous_made"], old["previous_files"]
        names = {name: name for name in names}
    else:
        run, made = old.get("run"), old.get("made")
        start = len(task.report.id)
        names = {n: f"{n[:start]}.last-good{n[start:]}" for n in old.get("files", ())}
    names = {was: new for was, new in names.items() if was not in task.broken}
    for was, new in names.items():
        publish.share(old_folder / was, folder / new)
    return {
        "previous": next((new for new in names.values() if new.endswith(".html")), None),
        "previous_run": run if names else None,
        "previous_made": made if names else None,
        "previous_files": list(names.values()),
    }
