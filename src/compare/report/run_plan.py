"""What one run has to do: every report of the set, compared with the previous run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from compare.report.history import kept_releases
from compare.report.history.previous_run import PreviousRun, read_previous_run
from compare.report.history.rebuild_reason import rebuild_reason, report_hashes
from compare.report.history.report_inputs import declared_files
from compare.report.history.run_record import ReportEntry
from compare.report.report_set import Report, ReportSet


@dataclass(frozen=True)
class ReportTask:
    """One report of the set in this run.

    Attributes
    ----------
    links : dict
        What its page links to, by name.
    hashes : dict
        What it depends on now.
    old : ReportEntry or None
        Its entry in the last record.
    why : str or None
        Why it has to be made; None if it is up to date.
    broken : frozenset of str
        Those of its files that are not as they were published.
    handed : dict
        Parameters whose value is a folder beside the runs, as the record names it.
    declared : tuple of str or None
        The files it declares to read; None: it is watched.
    """

    report: Report
    links: dict[str, str]
    hashes: dict[str, str]
    old: ReportEntry | None
    why: str | None
    broken: frozenset[str] = frozenset()
    handed: dict[str, str] = field(default_factory=dict)
    declared: tuple[str, ...] | None = None

    @property
    def to_make(self) -> bool:
        """Whether this run makes it: it is wanted and out of date, or the site has a broken page."""
        return bool(self.why and (self.report.wanted or self.broken))


@dataclass(frozen=True)
class RunPlan:
    """The previous run, and every report of the set beside it; ``last_release`` is the hash of the
    last data release that is not the present one."""

    previous: PreviousRun
    tasks: list[ReportTask]
    last_release: str | None


def plan_run(chosen: ReportSet, out: Path, force: bool = False) -> RunPlan:
    """Compare every report of the set with the last run in ``out``."""
    previous = read_previous_run(out)
    old_release, before = kept_releases.last_other_release(previous.record), previous.entries
    folder = kept_releases.find_release(out, old_release)
    listed = tuple(r for r in chosen.reports if r.wanted or r.id in before)
    tasks = []
    for report in chosen.reports:
        handed = {}
        if folder and report.last_release and report.last_release not in report.given:
            handed = {report.last_release: folder}
            report = report.given_also(handed)
        links, old = page_links(report, listed), before.get(report.id)
        hashes, broken = report_hashes(report, links), previous.broken_of(old)
        declared = (
            None
            if report.inputs is None
            else tuple(declared_files(report.inputs, chosen.file.absolute().parent))
        )
        forced = force and report.wanted
        why = rebuild_reason(hashes, declared or (), old, broken, previous.outside, forced)
        tasks.append(ReportTask(report, links, hashes, old, why, broken, handed, declared))
    return RunPlan(previous, tasks, old_release)


def page_links(report: Report, reports: tuple[Report, ...]) -> dict[str, str]:
    """What the page of a report links to: the index, its other formats, its other language."""
    links = {"index": "index.html"}
    links |= {kind: f"{report.id}.{kind}" for kind in report.formats if kind != "html"}
    own = report.name, report.without_language()
    for other in reports:
        if other.id != report.id and (other.name, other.without_language()) == own:
            links[other.lang] = f"{other.id}.html"
    return links
