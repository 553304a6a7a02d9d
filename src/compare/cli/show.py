"""``carbon-peak show``: one target in its sentence."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    target_id: Annotated[str, typer.Argument(help="As in the table targets.", show_default=False)],
    lang: Annotated[str, typer.Option(help="Language of the labels: zh or en.")] = "zh",
):
    """Show the sentence a target was read from, marked in its paragraph, and its source."""
    from compare.target_evidence.lookup import show

    show(target_id, lang)
