"""``carbon-peak report``: render the report set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


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
    from compare import report

    raise typer.Exit(
        report.command(names or [], set_file, out, jobs, force, dry_run, param, wait, log)
    )
