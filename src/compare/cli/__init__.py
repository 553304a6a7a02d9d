"""The command ``carbon-peak``: thin commands over the stages; errors are one line and a status."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from compare import __version__
from compare.cli import build, evaluate, explain, extract, report, review, show
from compare.cli.outcome import end_of

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
    """Run the command line: whatever ends it is one line on stderr and a documented status."""
    for stream in (sys.stdout, sys.stderr):  # a name of other bytes, or a terminal without Chinese
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(end_of(_run))


def _run() -> int | None:
    """Run the command that was asked for; errors, also those of its words, go to the caller."""
    command = typer.main.get_command(app)
    with command.make_context("carbon-peak", sys.argv[1:]) as context:
        command.invoke(context)
    return None
