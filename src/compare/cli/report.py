"""``carbon-peak report``: render the report set."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.base.errors import CompareError, nearest
from compare.base.exit_status import Status

if TYPE_CHECKING:
    from compare.report.report_set import ReportSet


def command(
    names: Annotated[
        list[str] | None, typer.Argument(help="Reports to make (default: all).", show_default=False)
    ] = None,
    set_file: Annotated[
        Path | None, typer.Option("--set", help="Report set (default: reports/reports.toml).")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Holds latest and runs/ (default: reports/).")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(help="Notebooks at a time (default: the set's).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Make what is up to date, too.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be made, and why.")
    ] = False,
    param: Annotated[
        list[str] | None, typer.Option(help="name=value, over the set's own; may be repeated.")
    ] = None,
    wait: Annotated[
        bool, typer.Option(help="Wait for another run to end, or leave at once.")
    ] = True,
    log: Annotated[
        str, typer.Option(help="human, or json: one object a line, on stderr.")
    ] = "human",
):
    """Render the report set; the last line printed is the path of its index."""
    raise typer.Exit(
        render_reports(names or [], set_file, out, jobs, force, dry_run, param, wait, log)
    )


def render_reports(
    names: list[str],
    set_file: Path | None = None,
    out: Path | None = None,
    jobs: int | None = None,
    force: bool = False,
    dry_run: bool = False,
    params: list[str] | None = None,
    wait: bool = True,
    log_format: str = "human",
) -> int:
    """Bring the reports up to date; see `compare.report.run.run_set`.

    Parameters
    ----------
    names : list of str
        Names or ids of reports; empty for all.
    set_file : path, optional
        The set; ``reports/reports.toml`` by default.
    out : path, optional
        Where ``latest`` and ``runs/`` are; ``reports/`` of the checkout by default.
    params : list of str, optional
        ``name=value``, over the set's own parameters.

    Returns
    -------
    int
        A `compare.base.exit_status.Status`, or 128 and the signal that stopped the run.
    """
    from compare.base.workspace import home
    from compare.report import publish, report_set, run, run_log

    if log_format not in run_log.FORMATS:
        raise CompareError(
            f"--log: unknown format {log_format!r}{nearest(log_format, run_log.FORMATS)}"
        )
    if jobs is not None and jobs < 1:
        raise CompareError(f"--jobs: must be 1 or more, not {jobs}")
    chosen = report_set.read_set(set_file or report_set.default_set(), _pairs(params or []), names)
    default = home() / "reports"
    if chosen.departs and (out or default).resolve() == default.resolve():
        report, name = chosen.departs
        raise CompareError(
            f"{report} is not what the set declares and would be published as if it were; "
            "give it a folder of its own with --out DIR",
            f"--param {name}",
        )
    out = (out or default).absolute()
    if dry_run:
        return _dry_run(chosen, out, force)
    log = run_log.Log(log_format)
    try:
        status = run.run_set(chosen, out, jobs=jobs, force=force, wait=wait, log=log)
    except publish.Busy as error:
        log.write("busy", f"{error}; nothing done", "error")
        return Status.BUSY
    except (KeyboardInterrupt, run.Stopped) as stop:
        signum = getattr(stop, "signum", 2)
        log.write("stopped", "stopped; nothing half-made is published", "error", signal=signum)
        sys.stdout.flush()
        os._exit(
            Status.STOPPED + signum
        )  # threads that wait for dead kernels would hold up an ordinary exit
    except OSError as error:
        problem = f"{error.strerror or error}; the latest run is as it was"
        log.write("not_written", f"the run could not be written: {problem}", "error")
        return Status.NOT_WRITTEN
    print(_shown(out / "latest" / "index.html"), flush=True)
    return status


def _pairs(params: list[str]) -> dict[str, str]:
    out = {}
    for text in params:
        name, sign, value = text.partition("=")
        if not sign or not name.isidentifier():
            raise CompareError(f"--param: not name=value: {text!r}")
        if not _is_text(value):
            raise CompareError(f"--param {name}: not UTF-8: {value!r}")
        out[name] = value
    return out


def _is_text(value: str) -> bool:
    """Whether the words of the command line are text, and no bytes that stand for none."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _dry_run(chosen: ReportSet, out: Path, force: bool) -> int:
    from compare.report.run_plan import plan_run

    for task in plan_run(chosen, out, force).tasks:
        if task.report.wanted or task.broken:
            print(f"{task.report.id}: {task.why or 'up to date'}")
    return 0


def _shown(path: Path) -> Path:
    """A path as somebody would type it: relative where it lies below the working directory."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
