"""One run of a report set: what is out of date is made again, and all is published at once."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import os
import queue
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from compare.report import publish
from compare.report.history import external_inputs, kept_releases, run_record
from compare.report.history.previous_run import Last, last
from compare.report.report_set import Report, ReportSet
from compare.report.run_log import Log, Notices
from compare.report.tasks import Task, can_keep, keep, kept, now

DONE, FAILED, BUSY, NOT_WRITTEN = 0, 1, 3, 4
"""Exit statuses; see docs/scheduling.md. A run that is stopped by signal N ends with 128 + N."""


_ENDING = {signal.SIGTERM, signal.SIGHUP}


class Stopped(BaseException):
    """A signal asked the run to end; ``signum`` says which."""

    def __init__(self, signum: int):
        self.signum = signum


# ------------------------------------------------------------------ what there is to do
@dataclasses.dataclass(frozen=True)
class Plan:
    """What the last run left, and every report of the set beside it; ``last_release`` is the hash
    of the last data release that is not the present one."""

    last: Last
    tasks: list[Task]
    last_release: str | None


def plan(chosen: ReportSet, out: Path, force: bool = False) -> Plan:
    """Compare every report of the set with the last run in ``out``."""
    left = last(out)
    old_release, before = kept_releases.last(left.run), left.entries
    folder = kept_releases.kept(out, old_release)
    there = tuple(r for r in chosen.reports if r.wanted or r.id in before)
    tasks = []
    for report in chosen.reports:
        handed = {}
        if folder and report.last_release and report.last_release not in report.given:
            handed = {report.last_release: folder}
            report = report.given_also(handed)
        links, old = _links(report, there), before.get(report.id)
        hashes, broken = run_record.hashes(report, links), left.broken_of(old)
        why = run_record.reason(hashes, old, broken, left.outside, force and report.wanted)
        tasks.append(Task(report, links, hashes, old, why, broken, handed))
    return Plan(left, tasks, old_release)


def _links(report: Report, reports: tuple[Report, ...]) -> dict[str, str]:
    """What the page of a report links to: the index, its other formats, its other language."""

    def rest(other: Report):
        left_out = ("lang", other.last_release)
        return other.name, {k: v for k, v in other.given.items() if k not in left_out}

    links = {"index": "index.html"}
    links |= {kind: f"{report.id}.{kind}" for kind in report.formats if kind != "html"}
    links |= {
        r.lang: f"{r.id}.html" for r in reports if rest(r) == rest(report) and r.id != report.id
    }
    return links


# ------------------------------------------------------------------ the run
def run(
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
    with (
        _stoppable(),
        publish.lock(out, wait, lambda other: log.say("waiting", f"{other}; waiting for it")),
    ):
        publish.sweep(out)
        planned = plan(chosen, out, force)
        _notice(planned.last, log)
        if _up_to_date(chosen, planned):
            count = sum(report.wanted for report in chosen.reports)
            message = f"nothing to do: {count} report{'s'[: count > 1]} up to date"
            log.say("nothing_to_do", message, reports=count)
            return DONE
        new_run = _make(chosen, planned, out, jobs or chosen.jobs, log)
        removed = publish.prune(out, chosen.keep_runs, chosen.keep_days)
        if removed:
            log.say("pruned", f"removed old runs: {', '.join(removed)}", runs=removed)
    wanted = {report.id for report in chosen.reports if report.wanted}
    bad = [e for e in new_run["reports"] if e["status"] == "failed" and e["id"] in wanted]
    for entry in bad:
        log.say("failed", f"{entry['id']}: {_told(entry['error'])}", "error", report=entry["id"])
    return FAILED if bad else DONE


def _notice(left: Last, log: Log) -> None:
    """Say what is wrong with the last run."""
    if left.folder and not left.run:
        told = f"{publish.RECORD} of the last run cannot be read: everything is made anew"
        log.say("notice", told, "warning")
    if left.broken:
        names, more = sorted(left.broken), len(left.broken) - 3
        told = ", ".join(names[:3]) + (f" and {more} more" if more > 0 else "")
        told = f"not as published, and made anew: {told}"
        log.say("notice", told, "warning", files=names)


def _up_to_date(chosen: ReportSet, planned: Plan) -> bool:
    old_run, tasks = planned.last.run, planned.tasks
    if old_run is None or planned.last.broken or any(task.todo for task in tasks):
        return False
    if not all(report.wanted for report in chosen.reports):
        return True
    return old_run["site_sha256"] == run_record.site_hash(chosen, [kept(task) for task in tasks])


@contextlib.contextmanager
def _stoppable():
    """Turn the signals that end a process into an exception in the main thread.

    One that is ignored already stays so: that is how ``nohup`` keeps a run going.
    """

    def stop(signum, frame):
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
def _undisturbed():
    """Let signals wait for the few milliseconds in which a run becomes the latest."""
    old = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING | {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)


def _make(
    chosen: ReportSet,
    planned: Plan,
    out: Path,
    jobs: int,
    log: Log,
) -> dict:
    """Build a run aside, and publish it."""
    started = time.monotonic()
    run_id = publish.new_id()
    tasks, old_folder = planned.tasks, planned.last.folder
    todo = [t for t in tasks if t.todo]
    staying = [t for t in tasks if not t.todo and can_keep(t)]
    new_run = {**_head(chosen, run_id, jobs), "last_release": planned.last_release}
    run_record.note_data()
    log.say(
        "start",
        f"to make: {len(todo)} of {len(tasks)} reports, {jobs} at a time",
        run=run_id,
        todo={t.report.id: t.why for t in todo},
        kept=[t.report.id for t in staying],
    )
    folder = publish.begin(out, run_id)
    try:
        kept_releases.keep(out, new_run["data_release"])
        entries = {t.report.id: keep(t, old_folder, folder) for t in staying}
        made, places = _execute_all(todo, folder, old_folder, run_id, jobs, log)
        entries |= made
        new_run["reports"] = [entries[t.report.id] for t in tasks if t.report.id in entries]
        if run_record.release()["sha256"] != new_run["data_release"]:
            told = (
                "the data release changed during the run; the next run will make the reports anew"
            )
            log.say("notice", told, "warning")
        _finish(chosen, new_run, folder, planned.last, started)
        external_inputs.write(out, {**planned.last.outside, **places}, new_run["reports"])
        with _undisturbed():
            publish.publish(out, folder, run_id)
    except BaseException:
        publish.sweep(out)
        raise
    kept_releases.tidy(out, [new_run["data_release"], planned.last_release])
    seconds = new_run["duration_s"]
    failed = sum(entry["error"] is not None for entry in made.values())
    parts = [f"{len(made) - failed} made"] + ([f"{failed} failed"] if failed else [])
    parts += [f"{len(staying)} kept"] if staying else []
    message = f"{', '.join(parts)}, in {seconds:.1f} s"
    log.say("published", message, run=run_id, duration_s=seconds, counts=new_run["counts"])
    return new_run


def _head(chosen: ReportSet, run_id: str, jobs: int) -> dict:
    data = run_record.release()
    return {
        "schema": run_record.SCHEMA,
        "run": run_id,
        "started": now(),
        "set": {
            "file": run_record.relative(chosen.file),
            "sha256": run_record.hash_file(chosen.file),
        },
        "title": chosen.title,
        "data_release": data["sha256"],
        "data": data,
        "date": run_record.date(),
        "package_version": run_record.versions()["carbon-peak"],
        "package_sha256": run_record.hash_package(),
        "versions": run_record.versions(),
        "jobs": jobs,
    }


def _finish(chosen: ReportSet, new_run: dict, folder: Path, before: Last, started: float) -> None:
    from compare.report.render import site

    reports = new_run["reports"]
    states = [entry["status"] for entry in reports]
    new_run["counts"] = {state: states.count(state) for state in ("ok", "kept", "failed")}
    new_run["status"] = "failed" if "failed" in states else "ok"
    new_run["site_sha256"] = run_record.site_hash(chosen, reports)
    run_record.write(folder, new_run)  # the index links to it
    sound = before.run and not any(name.startswith("thumbs/") for name in before.broken)
    new_run["site_files"] = site.build(folder, new_run, before.folder if sound else None)
    new_run["finished"] = now()
    new_run["duration_s"] = round(time.monotonic() - started, 3)
    run_record.write(folder, new_run)


# ------------------------------------------------------------------ reports that are made
def _execute_all(
    todo: list[Task], folder: Path, old_folder: Path | None, run_id: str, jobs: int, log: Log
) -> tuple[dict[str, dict], dict[str, str]]:
    """Make reports; returns their entries by id, and the places of what they read outside.

    ``jobs`` threads run notebooks (the work is done in the kernels); this one makes the pages
    meanwhile, with exporters that are loaded once.
    """
    if not todo:
        return {}, {}
    from compare.report import report_kernel
    from compare.report.kernel import server_process

    with publish.scratch_folder() as scratch:
        report_kernel.start_server(scratch)  # its imports go on while this process does its own
        from compare.report import execute_notebook, render_report

        _hand_over(todo, folder, scratch)
        notices = Notices(log)
        execute_notebook.logger.addHandler(notices)
        tasks, results = collections.deque(todo), queue.Queue(maxsize=2 * jobs)

        turn = threading.Semaphore(jobs)

        def work():
            try:
                while task := _next(tasks):
                    r = task.report
                    given = r.given | {k: str(scratch / v) for k, v in task.handed.items()}
                    done = execute_notebook.execute(r.notebook, given, r.timeout, scratch, turn)
                    results.put((task, done))
            except BaseException as error:
                results.put((error, None))
            finally:
                execute_notebook.close_thread()

        # one kernel more than notebooks at a time: it starts, or ends, while the others work
        count = min(jobs + 1, len(todo))
        threads = [threading.Thread(target=work, daemon=True) for _ in range(count)]
        entries, places = {}, {}
        drawing, drawn = ThreadPoolExecutor(1), []  # pictures for the index, meanwhile
        log.begin(len(todo))
        try:
            for thread in threads:
                thread.start()
            site = _site()  # loaded while the kernels are at work
            while len(entries) < len(todo):
                task, done = results.get()
                if isinstance(task, BaseException):
                    raise task
                entry = render_report.make(task, done, folder, old_folder, run_id)
                entries[entry["id"]] = entry
                drawn.append(drawing.submit(site.picture, folder, entry))
                places |= {
                    external_inputs.name(p): p for p in done.inputs or () if os.path.isabs(p)
                }
                _tell(entry, len(entries), len(todo), log)
            for thread in threads:
                thread.join()
            for picture in drawn:
                picture.result()
        except BaseException:
            tasks.clear()
            with server_process.no_new_kernels():
                execute_notebook.stop_all()
                _drain(threads, results)
            raise
        finally:
            drawing.shutdown(cancel_futures=True)
            execute_notebook.stop_all()
            log.end()
            execute_notebook.logger.removeHandler(notices)
    return entries, places


def _hand_over(todo: list[Task], folder: Path, scratch: Path) -> None:
    """Show kernels the folders they are handed, at a place that no page names."""
    for name in {name for task in todo for name in task.handed.values()}:
        link = scratch / name
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(folder.parents[1] / name)


def _drain(threads: list[threading.Thread], results: queue.Queue) -> None:
    """Wait for threads whose kernels are dead; nbclient sees that within a second."""
    end = time.monotonic() + 5
    while any(thread.is_alive() for thread in threads) and time.monotonic() < end:
        with contextlib.suppress(queue.Empty):
            results.get(timeout=0.05)


def _next(tasks: collections.deque[Task]) -> Task | None:
    with contextlib.suppress(IndexError):
        return tasks.popleft()
    return None


def _site():
    """What builds the index; it loads pandas."""
    import pandas  # noqa: F401

    from compare.report.render import site

    return site


def _tell(entry: dict, number: int, total: int, log: Log) -> None:
    log.step()
    seconds = entry["duration_s"]
    fields = {"report": entry["id"], "duration_s": seconds, "number": number, "total": total}
    place = f"[{number}/{total}] {entry['id']}"
    if entry["error"]:
        told = _told(entry["error"])
        log.say("report", f"{place} FAILED: {told}", "error", **fields, error=entry["error"])
    else:
        log.say("report", f"{place}  {seconds:.1f} s", **fields)


def _told(error: dict) -> str:
    where = f"cell {error['cell']}: " if error["cell"] else ""
    message = " ".join(str(error["message"]).split())
    return f"{where}{error['name']}: {message[:300]}"
