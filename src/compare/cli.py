"""The command ``carbon-peak``: thin commands over the stages; errors are one line and status 2."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from compare import __version__
from compare.errors import CompareError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Targets of Chinese carbon-peak plans: extract, review, build, compare, report.",
)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False):
    if version:
        print(__version__)
        raise typer.Exit


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(help="Text files or raw folders.", show_default=False)],
    format: Annotated[str, typer.Option(help="jsonl, csv or parquet.")] = "jsonl",
    out: Annotated[Path | None, typer.Option(help="Write there instead of to stdout.")] = None,
):
    """Find the targets in plans, unaided; print one row per target in text order."""
    from compare.extraction import command

    command.run(paths, format, out)


@app.command()
def build(
    out: Annotated[Path | None, typer.Option(help="Release folder (default: data/curated).")] = None,
):
    """Make data/curated/ and docs/data-dictionary.md from the raw plans and the reviews."""
    from compare import curate

    curate.command(out)


@app.command()
def show(
    target_id: Annotated[str, typer.Argument(help="As in the table targets.", show_default=False)],
    lang: Annotated[str, typer.Option(help="Language of the labels: zh or en.")] = "zh",
):
    """Show the sentence a target was read from, marked in its paragraph, and its source."""
    from compare import provenance

    provenance.show(target_id, lang)


def main() -> None:
    """Run the command line; a CompareError becomes one line on stderr and exit status 2."""
    try:
        app()
    except CompareError as error:
        print(f"carbon-peak: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)


if __name__ == "__main__":
    main()
