"""Typed records: one row of each curated table, and the one way from a table to them.

The field registry (``schema/fields.toml``) says what each column means; a unit test holds the classes
below to it: names, order, types, and which of them may be null.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from compare.base.errors import CompareError
from compare.schema import fields

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class Record:
    """A row of the curated table called ``TABLE``; unknown is None, a list is a tuple."""

    __slots__ = ()
    TABLE: ClassVar[str]

    def as_dict(self) -> dict[str, Any]:
        """The same row by column name, in the table's order."""
        return {name: getattr(self, name) for name in fields.table(self.TABLE).names}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Record):
    """One mention of a commitment in a plan."""

    TABLE: ClassVar[str] = "targets"
    target_id: str
    doc: str
    region_id: str
    region_zh: str
    region_en: str
    region_level: str
    adcode: str
    province_zh: str | None = None
    sector: str
    indicator: str
    variant: str | None = None
    indicator_text: str
    kind: str
    comparator: str | None = None
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    value_std: float | None = None
    value_max_std: float | None = None
    unit_std: str | None = None
    measure: str
    direction: str | None = None
    baseline_year: int | None = None
    baseline_value: float | None = None
    target_year: int | None = None
    period: str | None = None
    tier: str
    effort: str
    binding: str | None = None
    scope_region: str | None = None
    repeats: int | None = None
    note: str | None = None
    note_en: str | None = None
    review_reasons: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    lead_agencies: tuple[str, ...] | None = None
    support_agencies: tuple[str, ...] | None = None
    section: str | None = None
    evidence: str
    evidence_start: int
    start: int
    end: int
    value_text: str
    document_title: str
    document_status: str
    document_date: date | None = None
    document_sha256: str
    origin: str
    extractor_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """One plan."""

    TABLE: ClassVar[str] = "documents"
    doc: str
    region_id: str
    document_title: str
    issuer: str | None = None
    document_no: str | None = None
    document_date: date | None = None
    approved: date | None = None
    document_status: str
    script: str
    publisher: str | None = None
    published: date | None = None
    plan_start: int
    plan_end: int
    characters: int
    document_sha256: str
    targets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """One place: the nation, a province, a city or a county."""

    TABLE: ClassVar[str] = "regions"
    region_id: str
    adcode: str
    region_zh: str
    region_en: str
    region_level: str
    province_zh: str | None = None
    parent_zh: str | None = None
    population_2020: int | None = None
    area_km2: float | None = None
    population_source: str | None = None
    area_source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow(Record):
    """What is measured, as the table ``indicators`` tells it."""

    TABLE: ClassVar[str] = "indicators"
    indicator: str
    sector: str
    name_zh: str
    name_en: str
    definition_zh: str
    definition_en: str
    better: str
    dimension: str
    unit_std: str | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark(Record):
    """A target of the nation, a province or a prefecture to compare with."""

    TABLE: ClassVar[str] = "benchmarks"
    benchmark_id: str
    jurisdiction_zh: str
    adcode: str
    jurisdiction_level: str
    indicator: str
    variant: str | None = None
    population_zh: str
    target_year: int
    kind: str = "numeric"
    value: float | None = None
    unit: str | None = None
    comparator: str | None = None
    value_std: float | None = None
    unit_std: str | None = None
    measure: str | None = None
    baseline_year: int | None = None
    effort: str | None = None
    document_zh: str
    document_no: str | None = None
    issued_text: str | None = None
    source_kind: str | None = None
    address: str | None = None
    seen_on: str | None = None
    checked: str = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual(Record):
    """An official value of the nation, a province or a prefecture, of one series."""

    TABLE: ClassVar[str] = "actuals"
    actual_id: str
    jurisdiction_zh: str
    adcode: str
    jurisdiction_level: str
    indicator: str
    variant: str
    population_zh: str
    series_zh: str | None = None
    year: int
    month: int | None = None
    value: float
    unit: str
    comparator: str
    value_std: float | None = None
    unit_std: str | None = None
    measure: str
    baseline_year: int | None = None
    document_zh: str
    issued_text: str | None = None
    source_kind: str
    address: str | None = None
    seen_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Record):
    """What one place's plan says of one indicator, variant and horizon: a cell of the grid."""

    TABLE: ClassVar[str] = "comparisons"
    region_id: str
    region_zh: str
    region_en: str
    region_level: str
    province_zh: str | None = None
    parent_zh: str | None = None
    sector: str
    indicator: str
    variant: str
    target_year: int
    status: str
    silence_reason: str | None = None
    comparator: str | None = None
    value_std: float | None = None
    value_max_std: float | None = None
    unit_std: str | None = None
    low: float | None = None
    high: float | None = None
    low_closed: bool | None = None
    high_closed: bool | None = None
    effort: str | None = None
    stretch_std: float | None = None
    stretch_comparator: str | None = None
    superior: str | None = None
    gap_unit: str | None = None
    gap_nation: float | None = None
    gap_nation_bound: str | None = None
    nation_stance: str | None = None
    gap_province: float | None = None
    gap_province_bound: str | None = None
    province_stance: str | None = None
    gap_prefecture: float | None = None
    gap_prefecture_bound: str | None = None
    prefecture_stance: str | None = None
    pace: float | None = None
    pace_unit: str | None = None
    pace_bound: str | None = None
    pace_from: int | None = None
    per_head: float | None = None
    per_head_unit: str | None = None
    rank: int | None = None
    rank_of: int | None = None
    rank_best: int | None = None
    rank_worst: int | None = None
    rank_by: str | None = None
    comparability: str | None = None
    comparability_zh: str | None = None
    comparability_en: str | None = None
    nation_id: str | None = None
    nation_kind: str | None = None
    nation_std: float | None = None
    nation_unit: str | None = None
    nation_comparator: str | None = None
    nation_checked: str | None = None
    nation_comparability: str | None = None
    nation_why_zh: str | None = None
    nation_why_en: str | None = None
    nation_other_ids: tuple[str, ...] = ()
    province_id: str | None = None
    province_kind: str | None = None
    province_std: float | None = None
    province_unit: str | None = None
    province_comparator: str | None = None
    province_checked: str | None = None
    province_comparability: str | None = None
    province_why_zh: str | None = None
    province_why_en: str | None = None
    province_other_ids: tuple[str, ...] = ()
    prefecture_id: str | None = None
    prefecture_kind: str | None = None
    prefecture_std: float | None = None
    prefecture_unit: str | None = None
    prefecture_comparator: str | None = None
    prefecture_checked: str | None = None
    prefecture_comparability: str | None = None
    prefecture_why_zh: str | None = None
    prefecture_why_en: str | None = None
    prefecture_other_ids: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    kind: str | None = None
    measure: str | None = None
    direction: str | None = None
    baseline_year: int | None = None
    mentions: int
    target_id: str | None = None
    stretch_id: str | None = None
    also_ids: tuple[str, ...] = ()
    other_target_id: str | None = None
    doc: str | None = None
    document_status: str | None = None
    note: str | None = None
    note_en: str | None = None
    value_text: str | None = None
    evidence: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A figure of a plan, and what it is."""

    TABLE: ClassVar[str] = "figures"
    doc: str
    start: int
    end: int
    text: str
    disposition: str
    reason: str
    target_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSpan(Record):
    """Words of a plan that made a target what it is."""

    TABLE: ClassVar[str] = "spans"
    target_id: str
    doc: str
    role: str
    start: int
    end: int
    text: str


AnyRecord = TypeVar("AnyRecord", bound=Record)


def records(table: pd.DataFrame | pa.Table, kind: type[AnyRecord]) -> list[AnyRecord]:
    """Rows of a table as records.

    Parameters
    ----------
    table : pandas.DataFrame or pyarrow.Table
        A curated table, or rows of one. Columns that may be null can be left out; columns that the
        table of the registry does not have are ignored.
    kind : type of Record
        `Target`, `Document`, `Place`, `IndicatorRow`, `Benchmark`, `Actual`, `Comparison`, `Figure` or
        `TargetSpan`.

    Raises
    ------
    CompareError
        A column that is never null is missing, or holds a null.
    """
    spec = fields.table(kind.TABLE)
    known = set(table.columns if hasattr(table, "iloc") else table.column_names)
    columns: dict[str, Iterable[Any]] = {}
    for field in spec.columns:
        required = field.name in spec.required
        if field.name not in known:
            if required:
                raise CompareError(f"not a {spec.name} table: column {field.name!r} is missing")
            columns[field.name] = repeat(None, len(table))
            continue
        values = _values(table[field.name], field)
        if required and None in values:
            raise CompareError(
                f"table {spec.name}: {field.name} is null in row {values.index(None)}"
            )
        columns[field.name] = values
    return _filled(kind, columns, len(table))


def plain(column: Any) -> list[Any]:
    """Cells of a column of pandas or Arrow as Python's own types; unknown is None."""
    if hasattr(column, "to_pylist"):
        return column.to_pylist()
    return column.to_numpy(dtype=object, na_value=None).tolist()


def _values(column: Any, field: fields.Field) -> list[Any]:
    """Cells of a column as its field has them."""
    cells = plain(column)
    if field.type == "list":
        return [None if c is None else tuple(c) for c in cells]
    if field.type in _PLAIN:  # a frame that was not loaded may hold years as floats
        kind = _PLAIN[field.type]
        return [c if c is None or type(c) is kind else kind(c) for c in cells]
    return cells


_PLAIN = {"integer": int, "number": float, "boolean": bool}


def _filled(
    kind: type[AnyRecord], columns: dict[str, Iterable[Any]], count: int
) -> list[AnyRecord]:
    """Records filled column by column: several times as quick as a frozen class's own ``__init__``."""
    out = [object.__new__(kind) for _ in range(count)]
    for name, values in columns.items():
        deque(map(getattr(kind, name).__set__, out, values), maxlen=0)
    return out


def to_frame(rows: Sequence[Record], kind: type[Record]) -> pd.DataFrame:
    """Records as a DataFrame with the columns and nullable dtypes of their table."""
    import pandas as pd

    return pd.DataFrame(
        {
            f.name: pd.array([getattr(r, f.name) for r in rows], fields.pandas_dtype(f))
            for f in fields.table(kind.TABLE).columns
        }
    )
