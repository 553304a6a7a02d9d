"""``carbon-peak extract``: plans in, rows out."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.base.atomic_files import write_file
from compare.base.errors import CompareError, nearest

if TYPE_CHECKING:
    from compare.extraction.extracted_target import ExtractedTarget

FORMATS = ("jsonl", "csv", "parquet")


def run(paths: list[Path], format: str, out: Path | None, full: bool = False) -> None:
    """Extract the plans at ``paths`` and print or write their rows.

    Every input is read before anything is written.
    """
    from compare.extraction.assembly import extract_source
    from compare.extraction.extracted_target import EXTRA, FIELDS
    from compare.intake.source import read_source

    if format not in FORMATS:
        raise CompareError(f"unknown format {format!r}{nearest(format, list(FORMATS))}", "--format")
    if format == "parquet" and out is None:
        raise CompareError("Parquet goes to a file: add --out FILE", "--format")
    sources = [read_source(p) for p in paths]
    rows = [row for s in sources for row in extract_source(s)]
    names: list[str] = [*FIELDS, *EXTRA] if full else [*FIELDS]
    data = _bytes(rows, names, format)
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        write_file(out, data)
    except OSError as error:
        raise CompareError(f"cannot be written: {error.strerror}", out) from None


def _bytes(rows: list[ExtractedTarget], names: list[str], format: str) -> bytes:
    if format == "jsonl":
        plain = ({n: _plain(getattr(r, n)) for n in names} for r in rows)
        lines = (json.dumps(row, ensure_ascii=False) for row in plain)
        return "".join(line + "\n" for line in lines).encode()
    from compare.extraction.assembly import to_frame

    frame = to_frame(rows)[names]
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
):
    """Find the targets in plans, unaided; print one row per target in text order.

    start and end count the characters of the decoded text from 0: without a byte order mark, line
    ends as in the file (in Python: open(file, encoding="utf-8-sig", newline="")).
    """
    run(paths, format, out, full)
