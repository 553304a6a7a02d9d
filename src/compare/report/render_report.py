"""Make the pages of one report from its executed notebook, and say what came of it."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path

import nbformat

from compare.report.execute_notebook import Execution, Failure
from compare.report.history import run_record
from compare.report.render import html_page, pdf, scrub_notebook
from compare.report.tasks import Task, listing, now, previous


def make(task: Task, done: Execution, folder: Path, old_folder: Path | None, run_id: str) -> dict:
    """Write the files of one report into ``folder``.

    Parameters
    ----------
    task : Task
    done : Execution
        Its executed notebook; cleaned here (`scrub.scrub`).
    folder : path
        Where the run is being built.
    old_folder : path or None
        The last run, for the good version to keep if this one fails.

    Returns
    -------
    dict
        Its entry in the record.

    Raises
    ------
    OSError
        If its files cannot be written. Nothing that happened in the notebook, or happens in
        rendering, raises.
    """
    report, started = task.report, time.monotonic()
    scrub_notebook.scrub(done.notebook, report.given, done.scratch)
    failure, made, before = done.failure, {}, {"previous": None, "previous_files": []}
    if failure is None:
        made, failure = _render(task, done)
    error = None
    if failure:
        error = {**asdict(failure), "message": scrub_notebook.text(failure.message, done.scratch)}
        before = previous(task, old_folder, folder)
        made = _render_failure(task, done, error, before["previous"])
    for name, data in made.items():
        (folder / name).write_bytes(data)
    files = {name: run_record.described(data) for name, data in made.items()}
    for name in before["previous_files"]:
        files[name] = task.old["files"].get(name) or run_record.described(
            (folder / name).read_bytes()
        )
    return {
        "id": report.id,
        "name": report.name,
        "title": report.title,
        "lang": report.lang,
        **listing(report),
        "notebook": run_record.relative(report.notebook),
        "given": report.given,
        "parameters": report.resolved,
        "status": "failed" if error else "ok",
        "stale": None,
        "error": error,
        "run": run_id,
        "made": now(),
        "duration_s": round(done.seconds + time.monotonic() - started, 3),
        "execute_s": round(done.seconds, 3),
        "kernel": "forked" if done.forked else "stock",
        "formats": {name.rpartition(".")[2]: name for name in made},
        "files": files,
        **{"previous_run": None, "previous_made": None, **before},
        "hashes": task.hashes,
        "inputs": run_record.inputs(done.inputs),
    }


def _render(task: Task, done: Execution) -> tuple[dict[str, bytes], Failure | None]:
    """All formats of a good report, by file name; or why one could not be made."""
    report = task.report
    writers = {
        "html": lambda: html_page.render(
            done.notebook, title=report.title, lang=report.lang, links=task.links
        ).encode(),
        "ipynb": lambda: _notebook(done),
        "pdf": lambda: pdf.render(done.notebook, title=report.title, lang=report.lang),
    }
    made = {}
    for kind in report.formats:
        try:
            made[f"{report.id}.{kind}"] = writers[kind]()
        except Exception as error:
            name, message = type(error).__name__, f"the {kind} could not be made: {error}"
            return {}, Failure("render", name, message)
    return made, None


def _render_failure(task: Task, done: Execution, error: dict, good: str | None) -> dict[str, bytes]:
    """The page of a report that failed, with its notebook as far as it came."""
    report = task.report
    links = {k: v for k, v in task.links.items() if k != "pdf"}
    links |= {"ipynb": f"{report.id}.ipynb", "previous": good}
    words = {"title": report.title, "lang": report.lang, "links": links}
    try:
        if error["kind"] == "render":
            raise ValueError(error["message"])
        page = html_page.render(done.notebook, **words)
    except Exception:
        page = html_page.failure(error, **words)
    return {f"{report.id}.html": page.encode(), f"{report.id}.ipynb": _notebook(done)}


def _notebook(done: Execution) -> bytes:
    return (nbformat.v4.writes_json(done.notebook, indent=1) + "\n").encode()
