"""The command ``carbon-peak``: thin commands over the stages; errors are one line and a status."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from compare import __version__
from compare.base.errors import CompareError
from compare.cli import build, evaluate, explain, extract, report, review, show

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Targets of Chinese carbon-peak plans: extract, review, build, compare, report.",
)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
):
    if version:
        print(__version__)
        raise typer.Exit


for _name, _module in (
    ("extract", extract),
    ("explain", explain),
    ("review", review),
    ("build", build),
    ("evaluate", evaluate),
    ("show", show),
    ("report", report),
):
    app.command(_name)(_module.command)


def main() -> None:
    """Run the command line; a CompareError becomes one line on stderr and its exit status."""
    try:
        app()
    except CompareError as error:
        print(f"carbon-peak: {error}", file=sys.stderr)
        sys.exit(error.status)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
