"""Benchmarks: targets of the levels above, to compare with (``vocabulary/benchmarks.csv``)."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from compare.base import workspace
from compare.base.errors import CompareError, nearest
from compare.schema import fields
from compare.schema.records import Benchmark
from compare.vocabulary import indicators, variants
from compare.vocabulary.csv_rows import read_rows
from compare.vocabulary.standard_values import Stated, standard_value

_DERIVED = ("benchmark_id", "variant", "value_std", "unit_std")
"""Columns that the file does not hold."""
_HEADERS = {"issued_text": "issued"}
_WITH_FIGURE = ("value", "unit", "comparator", "measure", "effort")
"""What a benchmark with a figure states, and a deferred one leaves empty."""


def benchmarks(path: Path | None = None) -> list[Benchmark]:
    """Rows of the benchmarks table: with id, variant and standard value, in the order of the file.

    Raises
    ------
    CompareError
        Unknown code, indicator or unit; an empty cell that must not be; a deferred benchmark
        with a figure; a benchmark that stands twice.
    """
    path = path or workspace.vocabulary_file("benchmarks.csv")
    out: list[Benchmark] = []
    lines: dict[str, int] = {}
    for line, cells in read_rows(path, fields.table(Benchmark.TABLE), _DERIVED, _HEADERS):
        row = Benchmark(benchmark_id="", **cells)
        if row.indicator not in indicators.known():
            hint = nearest(row.indicator, list(indicators.known()))
            raise CompareError(f"unknown indicator {row.indicator!r}{hint}", path, line)
        _check_kind(row, path, line)
        row = _completed(row)
        if row.benchmark_id in lines:
            problem = f"the same benchmark as in line {lines[row.benchmark_id]}"
            raise CompareError(problem, path, line)
        lines[row.benchmark_id] = line
        out.append(row)
    return out


def _check_kind(row: Benchmark, path: Path, line: int) -> None:
    """A deferred benchmark states no figure; any other states all that belongs to one."""
    deferred = row.kind == "deferred"
    for name in _WITH_FIGURE:
        if (getattr(row, name) is None) != deferred:
            problem = (
                f"{name} must be empty where kind is deferred" if deferred else f"{name} is empty"
            )
            raise CompareError(problem, path, line)


def _completed(row: Benchmark) -> Benchmark:
    """A line of the file with its id, variant and standard value."""
    said = (row.jurisdiction_zh, row.indicator, row.population_zh, row.target_year)
    name = "|".join(map(str, (*said, row.effort, row.document_zh)))
    std = standard_value(
        Stated(
            indicator=row.indicator,
            words=row.population_zh,
            value=row.value,
            unit=row.unit,
            kind=row.kind,
            measure=row.measure or "level",
            where=row.jurisdiction_zh,
            evidence=row.population_zh,
        )
    )
    return replace(
        row,
        benchmark_id=f"b-{sha256(name.encode()).hexdigest()[:12]}",
        variant=variants.assign(
            row.indicator,
            row.population_zh,
            value=row.value,
            unit=row.unit,
            kind=row.kind,
            measure=row.measure or "level",
            baseline_year=row.baseline_year,
        ),
        value_std=std.value,
        unit_std=std.unit,
    )
