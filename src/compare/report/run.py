"""One run of a report set: what is out of date is made again, and all is published at once."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from compare.base.exit_status import Status
from compare.report import holder, publish
from compare.report.carry_over import can_carry_over, carry_over, kept_entry
from compare.report.execute_all import error_line, execute_all
from compare.report.history import (
    data_release,
    external_inputs,
    file_hashes,
    kept_releases,
    rebuild_reason,
    report_inputs,
    run_record,
)
from compare.report.history.previous_run import PreviousRun
from compare.report.history.run_record import FAILED as FAILED_REPORT
from compare.report.history.run_record import (
    KEPT,
    OK,
    Counts,
    ReportEntry,
    RunRecord,
    SetRecord,
    utc_now,
)
from compare.report.render_process import Renderer
from compare.report.report_set import ReportSet
from compare.report.run_log import Log
from compare.report.run_plan import RunPlan, plan_run

_ENDING = {signal.SIGTERM, signal.SIGHUP}


class Stopped(BaseException):
    """A signal asked the run to end; ``signum`` says which."""

    def __init__(self, signum: int) -> None:
        self.signum = signum


def run_set(
    chosen: ReportSet,
    out: Path,
    *,
    jobs: int | None = None,
    force: bool = False,
    wait: bool = True,
    log: Log | None = None,
) -> int:
    """Bring ``out/latest`` up to date.

    Parameters
    ----------
    chosen : ReportSet
        Reports that are not wanted are taken over as they are.
    out : path
        Holds ``latest`` and ``runs/``.
    jobs : int, optional
        Notebooks at a time; the default is the set's.
    force : bool
        Make them even if they are up to date.
    wait : bool
        Wait for another run in ``out`` to end, or raise `publish.Busy`.
    log : Log, optional
        Where the run says what it does.

    Returns
    -------
    int
        0, or 1 if a report that was wanted failed (it is published with its message, as the others).

    Raises
    ------
    OSError
        The run could not be written (disk full …); ``latest`` is as it was.
    Stopped
        On SIGTERM and SIGHUP, like KeyboardInterrupt on Ctrl-C; ``latest`` is as it was.
    """
    log = log or Log()
    holder.check_holder(out)
    kept_releases.check_place(out, data_release.data_release().sha256)
    with (
        _stoppable(),
        publish.lock(out, wait, lambda other: log.write("waiting", f"{other}; waiting for it")),
    ):
        publish.sweep(out)
        plan = plan_run(chosen, out, force)
        _notice(plan.previous, log)
        if _up_to_date(chosen, plan):
            count = sum(report.wanted for report in chosen.reports)
            message = f"nothing to do: {count} report{'s'[: count > 1]} up to date"
            log.write("nothing_to_do", message, reports=count)
            return Status.DONE
        record = _make_run(chosen, plan, out, jobs or chosen.jobs, log)
        removed, staying = publish.prune(out, chosen.keep_runs, chosen.keep_days)
        if removed:
            log.write("pruned", f"removed old runs: {', '.join(removed)}", runs=removed)
        for run in staying:
            log.write("notice", f"an old run stays, with files that are not of it: {run}")
    wanted = {report.id for report in chosen.reports if report.wanted}
    bad = [e for e in record.reports if e.error and e.id in wanted]
    for entry in bad:
        log.write("failed", f"{entry.id}: {error_line(entry)}", "error", report=entry.id)
    return Status.FAILED if bad else Status.DONE


def _notice(previous: PreviousRun, log: Log) -> None:
    """Say what is wrong with the previous run."""
    if previous.folder and not previous.record:
        message = f"{publish.RECORD} of the last run cannot be read: everything is made anew"
        log.write("notice", message, "warning")
    if previous.broken:
        names, more = sorted(previous.broken), len(previous.broken) - 3
        listed = ", ".join(names[:3]) + (f" and {more} more" if more > 0 else "")
        message = f"not as published, and made anew: {listed}"
        log.write("notice", message, "warning", files=names)


def _up_to_date(chosen: ReportSet, plan: RunPlan) -> bool:
    record = plan.previous.record
    if record is None or plan.previous.broken or any(task.to_make for task in plan.tasks):
        return False
    if not all(report.wanted for report in chosen.reports):
        return True
    entries = [entry for entry in map(kept_entry, plan.tasks) if entry]
    return record.site_sha256 == rebuild_reason.site_hash(chosen.title, entries)


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Turn the signals that end a process into an exception in the main thread.

    One that is ignored already stays so: that is how ``nohup`` keeps a run going.
    """

    def stop(signum: int, frame: FrameType | None) -> None:
        raise Stopped(signum)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = {s for s in _ENDING if signal.getsignal(s) is not signal.SIG_IGN}
    old = {s: signal.signal(s, stop) for s in heard}
    try:
        yield
    finally:
        for signum, handler in old.items():
            signal.signal(signum, handler)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let signals wait for the few milliseconds in which a run becomes the latest."""
    old = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING | {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)


def _make_run(chosen: ReportSet, plan: RunPlan, out: Path, jobs: int, log: Log) -> RunRecord:
    """Build a run aside, and publish it."""
    started, started_at = time.monotonic(), utc_now()
    run_id = publish.new_id()
    tasks, old_folder = plan.tasks, plan.previous.folder
    to_make = [t for t in tasks if t.to_make]
    staying = [t for t in tasks if not t.to_make and can_carry_over(t)]
    release = data_release.data_release()
    report_inputs.note_data()
    log.write(
        "start",
        f"to make: {len(to_make)} of {len(tasks)} reports, {jobs} at a time",
        run=run_id,
        todo={t.report.id: t.why for t in to_make},
        kept=[t.report.id for t in staying],
    )
    with publish.run_folder(out, run_id) as folder, contextlib.closing(Renderer()) as renderer:
        kept_releases.keep_release(out, release.sha256)
        entries: dict[str, ReportEntry] = {}
        for task in staying:
            if old_folder and (entry := kept_entry(task)):
                carry_over(task, old_folder, folder)
                entries[entry.id] = entry
        made, places = execute_all(to_make, folder, old_folder, out, run_id, jobs, log, renderer)
        entries |= made
        reports = [entries[t.report.id] for t in tasks if t.report.id in entries]
        if data_release.data_release().sha256 != release.sha256:
            message = (
                "the data release changed during the run; the next run will make the reports anew"
            )
            log.write("notice", message, "warning")
        states = [entry.status for entry in reports]
        record = RunRecord(
            run=run_id,
            started=started_at,
            status="failed" if FAILED_REPORT in states else "ok",
            counts=Counts(**{state: states.count(state) for state in (OK, KEPT, FAILED_REPORT)}),
            set=SetRecord(
                file=run_record.shown_path(chosen.file), sha256=file_hashes.hash_file(chosen.file)
            ),
            title=chosen.title,
            data_release=release.sha256,
            data=release,
            last_release=plan.last_release,
            date=data_release.version_date(),
            package_version=file_hashes.versions()["carbon-peak"],
            package_sha256=file_hashes.hash_package(),
            versions=file_hashes.versions(),
            jobs=jobs,
            site_sha256=rebuild_reason.site_hash(chosen.title, reports),
            reports=reports,
        )
        record = _add_site(record, folder, plan.previous, started, renderer)
        external_inputs.write_places(out, {**plan.previous.outside, **places}, reports)
        with _undisturbed():
            publish.publish(out, folder, run_id)
    kept_releases.remove_other_releases(out, [release.sha256, plan.last_release])
    failed = sum(entry.error is not None for entry in made.values())
    parts = [f"{len(made) - failed} made"] + ([f"{failed} failed"] if failed else [])
    parts += [f"{len(staying)} kept"] if staying else []
    seconds = record.duration_s
    message = f"{', '.join(parts)}, in {seconds:.1f} s"
    counts = record.counts.model_dump()
    log.write("published", message, run=run_id, duration_s=seconds, counts=counts)
    return record


def _add_site(
    record: RunRecord, folder: Path, previous: PreviousRun, started: float, renderer: Renderer
) -> RunRecord:
    """Add the index, the pictures, the evidence pages and the record itself."""
    from compare.report.render import site

    run_record.write_record(folder, record)  # the index links to it
    sound = previous.record and not any(name.startswith("thumbs/") for name in previous.broken)
    files = site.build(folder, record, previous.folder if sound else None, renderer.picture)
    seconds = round(time.monotonic() - started, 3)
    update = {"site_files": files, "finished": utc_now(), "duration_s": seconds}
    record = record.model_copy(update=update)
    run_record.write_record(folder, record)
    return record
