"""Regions: the places, from ``vocabulary/places.csv``."""

from __future__ import annotations

import csv
from pathlib import Path

from compare.base import fields, workspace
from compare.base.errors import CompareError, nearest

_COLUMNS = {
    "region_id": "region_id",
    "adcode": "adcode",
    "name_zh": "region_zh",
    "name_en": "region_en",
    "level": "region_level",
    "province_zh": "province_zh",
    "parent_zh": "parent_zh",
    "population_2020": "population_2020",
    "area_km2": "area_km2",
    "population_source": "population_source",
    "area_source": "area_source",
}


def rows(path: Path | None = None) -> list[dict]:
    """Rows of the regions table, in the order of the file.

    A province has neither ``province_zh`` nor ``parent_zh``: nothing it could be compared with
    stands above it but the nation.

    Raises
    ------
    CompareError
        Unknown or missing column, level or number, with file and line.
    """
    path = path or workspace.vocabulary_file("places.csv")
    levels = next(f for f in fields.table("regions").columns if f.name == "region_level").codes
    out, seen = [], set()
    for line, record in read_csv(path, list(_COLUMNS)):
        row = {_COLUMNS[k]: v for k, v in record.items()}
        for key in ("region_id", "adcode", "region_zh", "region_en", "region_level"):
            if row[key] is None:
                raise CompareError(f"{key} is empty", path, line)
        if row["region_level"] not in levels:
            hint = nearest(row["region_level"], levels)
            raise CompareError(f"unknown level {row['region_level']!r}{hint}", path, line)
        if row["region_id"] in seen:
            raise CompareError(f"region_id {row['region_id']!r} stands twice", path, line)
        seen.add(row["region_id"])
        row["population_2020"] = number(row["population_2020"], int, path, line)
        row["area_km2"] = number(row["area_km2"], float, path, line)
        if row["region_level"] in ("nation", "province"):
            row["province_zh"] = row["parent_zh"] = None
        out.append(row)
    return out


def read_csv(path: Path, columns: list[str]):
    """Lines of a vocabulary file as ``(line number, record)``; an empty cell is None.

    Raises
    ------
    CompareError
        Missing file, wrong header, a line with too many or too few cells.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CompareError("no such file", path) from None
    reader = csv.reader(text.splitlines())
    header = next(reader, [])
    if header != columns:
        raise CompareError(
            f"the columns must be {','.join(columns)}, not {','.join(header)}", path, 1
        )
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) != len(columns):
            raise CompareError(
                f"{len(cells)} cells instead of {len(columns)}", path, reader.line_num
            )
        yield reader.line_num, {k: v.strip() or None for k, v in zip(columns, cells, strict=True)}


def number(text: str | None, kind: type, path: Path, line: int):
    """A cell as int or float; None stays None."""
    if text is None:
        return None
    try:
        return kind(text)
    except ValueError:
        raise CompareError(f"not a number: {text!r}", path, line) from None
