"""``carbon-peak review``: go through the rows of a plan."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    doc: Annotated[str, typer.Argument(help="Folder under data/raw.", show_default=False)],
    list_only: Annotated[
        bool, typer.Option("--list", help="Only print the rows and the reasons.")
    ] = False,
):
    """Walk through the rows of a plan that need a look, and write what you decide."""
    from compare.curation import build
    from compare.review import review_prompt

    review_prompt.review(doc, build, list_only)
