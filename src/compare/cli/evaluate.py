"""``carbon-peak evaluate``: score the rows against labels."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    docs: Annotated[
        list[str] | None,
        typer.Argument(help="Labelled plans, or .jsonl files of cases.", show_default="all plans"),
    ] = None,
    labels: Annotated[
        Path | None, typer.Option(help="Folder of labels.", show_default="data/labels")
    ] = None,
    curated: Annotated[bool, typer.Option("--curated", help="Score data/curated instead.")] = False,
    reasons: Annotated[
        bool, typer.Option("--reasons", help="Print what the reasons to look at a row are worth.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
):
    """Score what the extractor finds unaided against labelled rows; list what is wrong."""
    from compare.evaluation import command as evaluation

    evaluation.command(docs, labels, curated, json, reasons)
