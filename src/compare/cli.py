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
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
):
    if version:
        print(__version__)
        raise typer.Exit


@app.command()
def extract(
    paths: Annotated[
        list[Path], typer.Argument(help="Text files or raw folders.", show_default=False)
    ],
    format: Annotated[str, typer.Option(help="jsonl, csv or parquet.")] = "jsonl",
    out: Annotated[
        Path | None,
        typer.Option(help="Write there instead of to stdout; folders that are missing are made."),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Add section, evidence and agencies.")
    ] = False,
):
    """Find the targets in plans, unaided; print one row per target in text order.

    start and end count the characters of the decoded text from 0: without a byte order mark, line
    ends as in the file (in Python: open(file, encoding="utf-8-sig", newline="")).
    """
    from compare.extraction import command

    command.run(paths, format, out, full)


@app.command()
def review(
    doc: Annotated[str, typer.Argument(help="Folder under data/raw.", show_default=False)],
    list_only: Annotated[
        bool, typer.Option("--list", help="Only print the rows and the reasons.")
    ] = False,
):
    """Walk through the rows of a plan that need a look, and write what you decide."""
    from compare import walk

    walk.walk(doc, list_only)


@app.command()
def build(
    out: Annotated[
        Path | None, typer.Option(help="Release folder (default: data/curated).")
    ] = None,
):
    """Make data/curated/ and docs/data-dictionary.md from the raw plans and the reviews."""
    from compare import curate

    curate.command(out)


@app.command()
def evaluate(
    docs: Annotated[
        list[str] | None,
        typer.Argument(help="Labelled plans, or .jsonl files of cases.", show_default="all plans"),
    ] = None,
    labels: Annotated[
        Path | None, typer.Option(help="Folder of labels.", show_default="tests/labels")
    ] = None,
    curated: Annotated[bool, typer.Option("--curated", help="Score data/curated instead.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
):
    """Score what the extractor finds unaided against labelled rows; list what is wrong."""
    from compare import evaluation

    evaluation.command(docs, labels, curated, json)


@app.command()
def show(
    target_id: Annotated[str, typer.Argument(help="As in the table targets.", show_default=False)],
    lang: Annotated[str, typer.Option(help="Language of the labels: zh or en.")] = "zh",
):
    """Show the sentence a target was read from, marked in its paragraph, and its source."""
    from compare import provenance

    provenance.show(target_id, lang)


@app.command()
def report(
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
