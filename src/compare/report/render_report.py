"""Make the pages of one report from its executed notebook, and say what came of it."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import nbformat

from compare.report.carry_over import LastGood, keep_last_good, listed_as
from compare.report.execute_notebook import Execution, Failure
from compare.report.history import report_inputs
from compare.report.history.run_record import (
    FAILED,
    OK,
    ErrorRecord,
    ReportEntry,
    describe_file,
    shown_path,
    utc_now,
)
from compare.report.render import html_page, scrub_notebook
from compare.report.render_process import Renderer, RenderError
from compare.report.run_plan import ReportTask

_LONGEST_MESSAGE = 10_000  # characters of an error; the notebook has them all


def render_report(
    task: ReportTask,
    done: Execution,
    folder: Path,
    old_folder: Path | None,
    run_id: str,
    renderer: Renderer,
) -> ReportEntry:
    """Write the files of one report into ``folder``.

    Parameters
    ----------
    task : ReportTask
    done : Execution
        Its executed notebook; cleaned here (`scrub_notebook.scrub`).
    folder : path
        Where the run is being built.
    old_folder : path or None
        The previous run, for the good version to keep if this one fails.
    run_id : str
        The run that makes it.
    renderer : Renderer
        Makes the pages, within the report's time.

    Returns
    -------
    ReportEntry
        Its entry in the record.

    Raises
    ------
    OSError
        If its files cannot be written. Nothing that happened in the notebook, or happens in
        rendering, raises.
    """
    report, started = task.report, time.monotonic()
    scrub_notebook.scrub(done.notebook, report.given, done.scratch)
    failure, made, last_good = done.failure, {}, LastGood()
    if failure is None:
        made, failure = _render(task, done, renderer)
    error = None
    if failure:
        message = scrub_notebook.text(failure.message[:_LONGEST_MESSAGE], done.scratch)
        error = ErrorRecord(
            kind=failure.kind, name=failure.name, message=message, cell=failure.cell
        )
        last_good = keep_last_good(task, old_folder, folder)
        made = _render_failure(task, done, error, last_good.page, renderer)
    for name, data in made.items():
        (folder / name).write_bytes(data)
    files = {name: describe_file(data) for name, data in made.items()}
    for name in last_good.files:
        known = task.old.files.get(name) if task.old else None
        files[name] = known or describe_file((folder / name).read_bytes())
    undeclared: list[str] = []
    if task.declared is None:
        read = report_inputs.seen_files(done.inputs)
    else:
        undeclared = report_inputs.undeclared_files(done.inputs, task.declared)
        read = [*task.declared, *undeclared]
    return ReportEntry(
        id=report.id,
        name=report.name,
        title=report.title,
        lang=report.lang,
        **listed_as(report),
        notebook=shown_path(report.notebook),
        given=report.given,
        parameters=report.resolved,
        status=FAILED if error else OK,
        stale=None,
        error=error,
        run=run_id,
        made=utc_now(),
        duration_s=round(done.seconds + time.monotonic() - started, 3),
        execute_s=round(done.seconds, 3),
        kernel="forked" if done.forked else "stock",
        formats={name.rpartition(".")[2]: name for name in made},
        files=files,
        previous=last_good.page,
        previous_run=last_good.run,
        previous_made=last_good.made,
        previous_files=list(last_good.files),
        hashes=task.hashes,
        inputs=report_inputs.input_hashes(read),
        undeclared=[report_inputs.record_name(name) for name in undeclared],
    )


def clean_words(done: Execution) -> str:
    """What a kernel's process wrote past its notebook, without paths of this machine."""
    return scrub_notebook.text(done.kernel_words, done.scratch)


def _render(
    task: ReportTask, done: Execution, renderer: Renderer
) -> tuple[dict[str, bytes], Failure | None]:
    """All formats of a good report, by file name; or why one could not be made."""
    report = task.report
    end = time.monotonic() + report.timeout
    words = {"title": report.title, "lang": report.lang}
    made = {}
    for kind in report.formats:
        try:
            if kind == "ipynb":
                page = _notebook_bytes(done)
            elif kind == "html":
                page = renderer.make("html", end, done.notebook, links=task.links, **words).encode()
            else:
                page = renderer.make(kind, end, done.notebook, **words)
        except RenderError as error:
            return {}, Failure("render", error.name, f"the {kind} could not be made: {error}")
        made[f"{report.id}.{kind}"] = page
    return made, None


def _render_failure(
    task: ReportTask,
    done: Execution,
    error: ErrorRecord,
    last_good: str | None,
    renderer: Renderer,
) -> dict[str, bytes]:
    """The page of a report that failed, with its notebook as far as it came."""
    report = task.report
    links = {k: v for k, v in task.links.items() if k != "pdf"}
    links |= {"ipynb": f"{report.id}.ipynb"} | ({"previous": last_good} if last_good else {})
    words = {"title": report.title, "lang": report.lang, "links": links}
    page = None
    if error.kind != "render":
        with contextlib.suppress(RenderError):
            page = renderer.make("html", time.monotonic() + report.timeout, done.notebook, **words)
    page = page or html_page.failure(error, **words)
    return {f"{report.id}.html": page.encode(), f"{report.id}.ipynb": _notebook_bytes(done)}


def _notebook_bytes(done: Execution) -> bytes:
    return (nbformat.v4.writes_json(done.notebook, indent=1) + "\n").encode()
