"""``carbon-peak build``: make the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    out: Annotated[
        Path | None, typer.Option(help="Release folder (default: data/curated).")
    ] = None,
    edited: Annotated[
        bool, typer.Option("--edited", help="Keep the tables as you changed them, and declare it.")
    ] = False,
):
    """Make data/curated/ and docs/data-dictionary.md from the raw plans and the reviews."""
    from compare.base import workspace
    from compare.curation import build

    if edited:
        from compare.curation.edited import VERSION, take_edits

        place = out or workspace.curated_dir()
        print(f"edited by hand: {', '.join(take_edits(place))}; this is release {VERSION} now")
        print(place)
        return
    build.command(out)
