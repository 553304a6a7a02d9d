"""Benchmarks: national and provincial targets to compare with, from ``vocabulary/benchmarks.csv``."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from compare.base import fields, workspace
from compare.base.errors import CompareError, nearest
from compare.vocabulary import indicators, units, variants
from compare.vocabulary.places import number, read_csv

_COLUMNS = [
    "jurisdiction_zh",
    "jurisdiction_level",
    "indicator",
    "population_zh",
    "target_year",
    "value",
    "unit",
    "comparator",
    "measure",
    "baseline_year",
    "effort",
    "document_zh",
    "document_no",
    "checked",
]
_REQUIRED = [c for c in _COLUMNS if c not in ("baseline_year", "document_no")]


def rows(path: Path | None = None) -> list[dict]:
    """Rows of the benchmarks table: with id, variant and standard value, in the order of the file.

    Raises
    ------
    CompareError
        Unknown code, indicator or unit; an empty cell that must not be; a benchmark that stands
        twice.
    """
    path = path or workspace.vocabulary_file("benchmarks.csv")
    out, seen = [], {}
    for line, row in read_csv(path, _COLUMNS):
        _codes(row, path, line)
        row["target_year"] = number(row["target_year"], int, path, line)
        row["baseline_year"] = number(row["baseline_year"], int, path, line)
        row["value"] = number(row["value"], float, path, line)
        row["checked"] = row["checked"] == "yes"
        name = [row[k] for k in ("jurisdiction_zh", "indicator", "population_zh", "target_year")]
        row["benchmark_id"] = f"b-{sha256('|'.join(map(str, name)).encode()).hexdigest()[:12]}"
        if row["benchmark_id"] in seen:
            raise CompareError(
                f"the same benchmark as in line {seen[row['benchmark_id']]}", path, line
            )
        seen[row["benchmark_id"]] = line
        kind = "peak" if row["unit"] == "year" else "numeric"
        row["variant"] = variants.assign({**row, "kind": kind})
        std = units.standard({**row, "kind": kind})
        out.append({**row, "value_std": std["value_std"], "unit_std": std["unit_std"]})
    return out


def _codes(row: dict, path: Path, line: int) -> None:
    for key in _REQUIRED:
        if row[key] is None:
            raise CompareError(f"{key} is empty", path, line)
    if row["indicator"] not in indicators.known():
        hint = nearest(row["indicator"], list(indicators.known()))
        raise CompareError(f"unknown indicator {row['indicator']!r}{hint}", path, line)
    for f in fields.table("benchmarks").columns:
        if f.codes and row.get(f.name) is not None and row[f.name] not in f.codes:
            raise CompareError(
                f"unknown {f.name} {row[f.name]!r}{nearest(row[f.name], f.codes)}", path, line
            )
    if row["checked"] not in ("yes", "no"):
        raise CompareError(f"checked must be yes or no, not {row['checked']!r}", path, line)
