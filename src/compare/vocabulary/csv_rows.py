"""Vocabulary tables kept as CSV: their lines, read by the field registry; errors name file and line."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from compare.base.errors import CompareError, nearest
from compare.base.read_files import read_text
from compare.schema.fields import Field, Table

_YES_NO = {"yes": True, "no": False}


def read_rows(
    path: Path, spec: Table, derived: Collection[str] = (), headers: Mapping[str, str] | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Lines of a file as ``(line number, cells by column)``; an empty cell is None.

    Parameters
    ----------
    path : path
    spec : Table
        The columns, in the file's order.
    derived : collection of str
        Columns that the file does not hold.
    headers : mapping, optional
        What the file calls a column, where that is not the column's own name.

    Raises
    ------
    CompareError
        Missing file, wrong header, too many or too few cells, an empty cell that must not be, an
        unknown code, a cell that is no number.
    """
    columns = [f for f in spec.columns if f.name not in derived]
    header = [(headers or {}).get(f.name, f.name) for f in columns]
    reader = csv.reader(read_text(path).splitlines())
    found = next(reader, [])
    if found != header:
        raise CompareError(
            f"the columns must be {','.join(header)}, not {','.join(found)}", path, 1
        )
    for cells in reader:
        if not any(cells):
            continue
        line = reader.line_num
        if len(cells) != len(columns):
            raise CompareError(f"{len(cells)} cells instead of {len(columns)}", path, line)
        row = {}
        for field, cell in zip(columns, cells, strict=True):
            value = _value(cell.strip(), field, path, line)
            if value is None and field.name in spec.required:
                raise CompareError(f"{field.name} is empty", path, line)
            row[field.name] = value
        yield line, row


def _value(text: str, field: Field, path: Path, line: int) -> str | float | None:
    if not text:
        return None
    if field.codes and text not in field.codes:
        raise CompareError(f"unknown {field.name} {text!r}{nearest(text, field.codes)}", path, line)
    if field.type == "boolean":
        if text not in _YES_NO:
            raise CompareError(f"{field.name} must be yes or no, not {text!r}", path, line)
        return _YES_NO[text]
    if field.type in ("integer", "number"):
        try:
            return int(text) if field.type == "integer" else float(text)
        except ValueError:
            raise CompareError(f"not a number: {text!r}", path, line) from None
    return text
