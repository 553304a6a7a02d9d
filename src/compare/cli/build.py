"""``carbon-peak build``: make the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    out: Annotated[
        Path | None, typer.Option(help="Release folder (default: data/curated).")
    ] = None,
):
    """Make data/curated/ and docs/data-dictionary.md from the raw plans and the reviews."""
    from compare.curation import build

    build.command(out)
