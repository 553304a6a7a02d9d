"""Make many reports: notebooks run in parallel kernels, pages are made here meanwhile."""

from __future__ import annotations

import collections
import contextlib
import os
import queue
import tempfile
import threading
import time
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from compare.report import publish
from compare.report.history import external_inputs
from compare.report.history.run_record import ReportEntry
from compare.report.render_process import Renderer
from compare.report.run_log import Log, Notices
from compare.report.run_plan import ReportTask

if TYPE_CHECKING:
    from compare.report.execute_notebook import Execution

Outcome = tuple[ReportTask, "Execution"]


def execute_all(
    to_make: list[ReportTask],
    folder: Path,
    old_folder: Path | None,
    out: Path,
    run_id: str,
    jobs: int,
    log: Log,
    renderer: Renderer,
) -> tuple[dict[str, ReportEntry], dict[str, str]]:
    """Make reports; returns their entries by id, and the places of what they read outside.

    ``jobs`` threads run notebooks (the work is done in the kernels); this one has the pages made
    meanwhile by ``renderer``.
    """
    if not to_make:
        return {}, {}
    from compare.report import report_kernel
    from compare.report.kernel import server_process

    with publish.scratch_folder() as scratch:
        report_kernel.start_server(scratch)  # its imports go on while this process does its own
        renderer.start()
        from compare.report import execute_notebook, render_report

        _link_handed_folders(to_make, out, scratch)
        notices = Notices(log)
        execute_notebook.logger.addHandler(notices)
        tasks = collections.deque(to_make)
        results: queue.Queue[Outcome | BaseException] = queue.Queue(maxsize=2 * jobs)
        turn = threading.Semaphore(jobs)

        def work() -> None:
            try:
                while task := _next_task(tasks):
                    r = task.report
                    given = r.given | {k: str(scratch / v) for k, v in task.handed.items()}
                    done = execute_notebook.execute(r.notebook, given, r.timeout, scratch, turn)
                    if done.failure:  # a failure of the machine is none of the report
                        publish.check_room(scratch)
                        publish.check_room(Path(tempfile.gettempdir()))
                    results.put((task, done))
            except BaseException as error:
                results.put(error)
            finally:
                execute_notebook.close_thread()

        # one kernel more than notebooks at a time: it starts, or ends, while the others work
        count = min(jobs + 1, len(to_make))
        threads = [threading.Thread(target=work, daemon=True) for _ in range(count)]
        entries: dict[str, ReportEntry] = {}
        places: dict[str, str] = {}
        log.begin(len(to_make))
        try:
            for thread in threads:
                thread.start()
            site = _load_site()  # while the kernels are at work
            while len(entries) < len(to_make):
                result = results.get()
                if isinstance(result, BaseException):
                    raise result
                task, done = result
                entry = render_report.render_report(
                    task, done, folder, old_folder, run_id, renderer
                )
                entries[entry.id] = entry
                site.picture(folder, entry, renderer.picture)
                for path in [*(done.inputs or ()), *(task.declared or ())]:
                    if os.path.isabs(path):
                        places[external_inputs.record_name(path)] = path
                _log_outcome(entry, len(entries), len(to_make), log)
                _log_kernel_words(entry, render_report.clean_words(done), log)
            for thread in threads:
                thread.join()
        except BaseException:
            tasks.clear()
            with server_process.no_new_kernels():
                execute_notebook.stop_all()
                _drain(threads, results)
            raise
        finally:
            execute_notebook.stop_all()
            log.end()
            execute_notebook.logger.removeHandler(notices)
    return entries, places


def _link_handed_folders(to_make: list[ReportTask], out: Path, scratch: Path) -> None:
    """Show kernels the folders they are handed, at a place that no page names."""
    for name in {name for task in to_make for name in task.handed.values()}:
        link = scratch / name
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(out / name)


def _drain(threads: list[threading.Thread], results: queue.Queue[Outcome | BaseException]) -> None:
    """Wait for threads whose kernels are dead; nbclient sees that within a second."""
    end = time.monotonic() + 5
    while any(thread.is_alive() for thread in threads) and time.monotonic() < end:
        with contextlib.suppress(queue.Empty):
            results.get(timeout=0.05)


def _next_task(tasks: collections.deque[ReportTask]) -> ReportTask | None:
    with contextlib.suppress(IndexError):
        return tasks.popleft()
    return None


def _load_site() -> ModuleType:
    """What builds the index; it loads pandas."""
    import pandas  # noqa: F401

    from compare.report.render import site

    return site


def _log_outcome(entry: ReportEntry, number: int, total: int, log: Log) -> None:
    log.step()
    seconds = entry.duration_s
    fields = {"report": entry.id, "duration_s": seconds, "number": number, "total": total}
    place = f"[{number}/{total}] {entry.id}"
    if entry.error:
        error = entry.error.model_dump()
        message = f"{place} FAILED: {error_line(entry)}"
        log.write("report", message, "error", **fields, error=error)
    else:
        log.write("report", f"{place}  {seconds:.1f} s", **fields)
    if entry.undeclared:
        message = (
            f"{entry.id} read what its inputs in the set do not declare: "
            f"{', '.join(entry.undeclared)}; it counts as an input, add it there"
        )
        log.write("notice", message, "warning", report=entry.id, files=entry.undeclared)


def _log_kernel_words(entry: ReportEntry, words: str, log: Log) -> None:
    """Pass on what a kernel's process wrote past its notebook."""
    if words:
        log.write("notice", f"the kernel of {entry.id} wrote: {words}", "warning", report=entry.id)


def error_line(entry: ReportEntry) -> str:
    """Why a report failed, in one line."""
    if entry.error is None:
        return ""
    where = f"cell {entry.error.cell}: " if entry.error.cell else ""
    message = " ".join(entry.error.message.split())
    return f"{where}{entry.error.name}: {message[:300]}"
