"""Benchmarks: national and provincial targets to compare with (``vocabulary/benchmarks.csv``)."""

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


def benchmarks(path: Path | None = None) -> list[Benchmark]:
    """Rows of the benchmarks table: with id, variant and standard value, in the order of the file.

    Raises
    ------
    CompareError
        Unknown code, indicator or unit; an empty cell that must not be; a benchmark that stands
        twice.
    """
    path = path or workspace.vocabulary_file("benchmarks.csv")
    out: list[Benchmark] = []
    lines: dict[str, int] = {}
    for line, cells in read_rows(path, fields.table(Benchmark.TABLE), _DERIVED):
        row = Benchmark(benchmark_id="", **cells)
        if row.indicator not in indicators.known():
            hint = nearest(row.indicator, list(indicators.known()))
            raise CompareError(f"unknown indicator {row.indicator!r}{hint}", path, line)
        row = _completed(row)
        if row.benchmark_id in lines:
            problem = f"the same benchmark as in line {lines[row.benchmark_id]}"
            raise CompareError(problem, path, line)
        lines[row.benchmark_id] = line
        out.append(row)
    return out


def _completed(row: Benchmark) -> Benchmark:
    """A line of the file with its id, variant and standard value."""
    name = f"{row.jurisdiction_zh}|{row.indicator}|{row.population_zh}|{row.target_year}"
    kind = "peak" if row.unit == "year" else "numeric"
    std = standard_value(
        Stated(
            indicator=row.indicator,
            words=row.population_zh,
            value=row.value,
            unit=row.unit,
            kind=kind,
            measure=row.measure,
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
            kind=kind,
            measure=row.measure,
            baseline_year=row.baseline_year,
        ),
        value_std=std.value,
        unit_std=std.unit,
    )
