"""``carbon-peak extract``: plans in, rows out; or every figure of them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.base.atomic_files import write_file
from compare.base.errors import CompareError, nearest, writing
from compare.base.ownership import check_table_place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from compare.extraction.ledger.entries import Entry
    from compare.extraction.row.extracted_target import ExtractedTarget
    from compare.intake.source import Source

FORMATS = ("jsonl", "csv", "parquet")


def run(
    paths: list[Path], format: str, out: Path | None, full: bool = False, figures: bool = False
) -> None:
    """Extract the plans at ``paths`` and print or write their rows, or all their figures.

    Every input is read before anything is written. What is set aside although it holds figures is
    said on stderr.
    """
    from compare.extraction.assembly import extract_source, to_frame
    from compare.extraction.ledger import entries as ledger
    from compare.extraction.ledger.reading import Reading
    from compare.extraction.row.extracted_target import EXTRA, FIELDS
    from compare.intake.source import read_source

    if format not in FORMATS:
        raise CompareError(f"unknown format {format!r}{nearest(format, list(FORMATS))}", "--format")
    if format == "parquet" and out is None:
        raise CompareError("Parquet goes to a file: add --out FILE", "--format")
    if full and figures:
        raise CompareError("only rows have a section, evidence and agencies", "--full")
    known = (FIELDS, [*FIELDS, *EXTRA], ledger.Entry._fields)
    sources: dict[str, Source] = {}
    for path in paths:
        source = read_source(path)
        if source.doc in sources:
            raise CompareError(
                f"is called {source.doc!r} as {sources[source.doc].path} is: their rows could not "
                "be told apart",
                source.path,
            )
        sources[source.doc] = source
    read = [file for s in sources.values() for file in (s.path, s.path.with_name("source.toml"))]
    if out is not None:
        check_table_place(out, known, read)
    rows: list[ExtractedTarget] = []
    entries: list[Entry] = []
    for s in sources.values():
        reading = Reading(only_blocks=not figures)
        found = extract_source(s, reading)
        rows += found
        if figures:
            entries += ledger.entries(s.text, reading, found, s.doc)
        for notice in ledger.notices(reading, s.text, s.doc):
            print(f"carbon-peak: {notice}", file=sys.stderr)
    if figures:
        data = _bytes(entries, ledger.Entry._fields, format, ledger.to_frame)
    else:
        data = _bytes(rows, [*FIELDS, *EXTRA] if full else FIELDS, format, to_frame)
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    check_table_place(out, known, read)  # somebody may have put a file there since
    with writing(out):
        write_file(out, data)


def _bytes(
    rows: Sequence[object], names: Sequence[str], format: str, to_frame: Callable[..., pd.DataFrame]
) -> bytes:
    if format == "jsonl":
        plain = ({n: _plain(getattr(r, n)) for n in names} for r in rows)
        lines = (json.dumps(row, ensure_ascii=False) for row in plain)
        return "".join(line + "\n" for line in lines).encode()
    frame = to_frame(rows)[[*names]]
    if format == "csv":
        text = io.StringIO()
        frame.to_csv(text, index=False, lineterminator="\n")
        return text.getvalue().encode()
    data = io.BytesIO()
    frame.to_parquet(data, index=False)
    return data.getvalue()


def _plain(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def command(
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
    figures: Annotated[
        bool,
        typer.Option("--figures", help="Every figure, what it is and why, in place of the rows."),
    ] = False,
):
    """Find the targets in plans, unaided; print one row per target in text order.

    start and end count the characters of the decoded text from 0: without a byte order mark, line
    ends as in the file (in Python: open(file, encoding="utf-8-sig", newline="")).
    """
    run(paths, format, out, full, figures)
