"""Facts that stand beside the plans: benchmarks, the targets of the levels above, and actuals, official values.

Their files are ``vocabulary/benchmarks.csv`` and ``vocabulary/actuals.csv``; each line names the document it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from compare.base import workspace
from compare.base.errors import CompareError, nearest
from compare.schema import fields
from compare.schema.records import Actual, Benchmark
from compare.vocabulary import indicators, variants
from compare.vocabulary.csv_rows import read_rows
from compare.vocabulary.standard_values import Stated, standard_value

Fact = TypeVar("Fact", Actual, Benchmark)

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

    def made(cells: Mapping[str, Any]) -> Benchmark:
        row = Benchmark(benchmark_id="", **cells)
        _check_kind(row)
        said = (row.jurisdiction_zh, row.indicator, row.population_zh, row.target_year)
        return replace(row, benchmark_id=_id("b", *said, row.effort, row.document_zh))

    path = path or workspace.vocabulary_file("benchmarks.csv")
    derived = ("benchmark_id", "variant", "value_std", "unit_std")
    return _facts(path, Benchmark, derived, made)


def actuals(path: Path | None = None) -> list[Actual]:
    """Rows of the actuals table: with id, variant and standard value, in the order of the file.

    Raises
    ------
    CompareError
        Unknown code, indicator or unit; an empty cell that must not be; an actual that stands
        twice.
    """

    def made(cells: Mapping[str, Any]) -> Actual:
        row = Actual(actual_id="", variant="", **cells)
        said = (row.jurisdiction_zh, row.indicator, row.population_zh, row.series_zh)
        return replace(row, actual_id=_id("a", *said, row.year, row.month, row.document_zh))

    path = path or workspace.vocabulary_file("actuals.csv")
    return _facts(path, Actual, ("actual_id", "variant", "value_std", "unit_std"), made)


def _facts(
    path: Path,
    kind: type[Fact],
    derived: tuple[str, ...],
    made: Callable[[Mapping[str, Any]], Fact],
) -> list[Fact]:
    """The lines of a file as records, each with its line in any error."""
    out: list[Fact] = []
    lines: dict[str, int] = {}
    for line, cells in read_rows(path, fields.table(kind.TABLE), derived, _HEADERS):
        if cells["indicator"] not in indicators.known():
            hint = nearest(str(cells["indicator"]), list(indicators.known()))
            raise CompareError(f"unknown indicator {cells['indicator']!r}{hint}", path, line)
        try:
            row = _standard(made(cells))
        except CompareError as error:
            raise CompareError(str(error), path, line) from None
        own = row.benchmark_id if isinstance(row, Benchmark) else row.actual_id
        if own in lines:
            name = kind.__name__.lower()
            raise CompareError(f"the same {name} as in line {lines[own]}", path, line)
        lines[own] = line
        out.append(row)
    return out


def _id(letter: str, *said: object) -> str:
    """An id from what a fact says: it changes only with that."""
    return f"{letter}-{sha256('|'.join(map(str, said)).encode()).hexdigest()[:12]}"


def _check_kind(row: Benchmark) -> None:
    """A deferred benchmark states no figure; any other states all that belongs to one."""
    deferred = row.kind == "deferred"
    for name in _WITH_FIGURE:
        if (getattr(row, name) is None) != deferred:
            raise CompareError(
                f"{name} must be empty where kind is deferred" if deferred else f"{name} is empty"
            )


def _standard(row: Fact) -> Fact:
    """A fact with its variant and its value in the standard unit."""
    kind = row.kind if isinstance(row, Benchmark) else "numeric"
    measure = row.measure or "level"
    std = standard_value(
        Stated(
            indicator=row.indicator,
            words=row.population_zh,
            value=row.value,
            unit=row.unit,
            kind=kind,
            measure=measure,
            where=row.jurisdiction_zh,
            evidence=row.population_zh,
        )
    )
    return replace(
        row,
        variant=variants.assign(
            row.indicator,
            row.population_zh,
            value=row.value,
            unit=row.unit,
            kind=kind,
            measure=measure,
            baseline_year=row.baseline_year,
        ),
        value_std=std.value,
        unit_std=std.unit,
    )
