"""Rows of a table → targets: one for each cell of a column of goals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from compare.extraction.layout.located import Located
from compare.extraction.row.doubts import is_thin, may_hold_place
from compare.extraction.row.extracted_target import ExtractedTarget
from compare.extraction.row.spans import Role, Span
from compare.extraction.subject.indicator_match import indicator_of
from compare.extraction.tables.cell_values import Figure, Said, read_cell
from compare.extraction.tables.cells import piece, span
from compare.extraction.tables.goals import At, GoalColumn
from compare.extraction.tables.names import measure_of, read_name, summed
from compare.extraction.tables.roles import Column
from compare.extraction.tables.row_words import (
    Frame,
    TableRow,
    bindings,
    read_row,
    units_in_brackets,
)
from compare.extraction.without_figure.deferred import is_fall
from compare.vocabulary.lexicon import rx, words
from compare.vocabulary.unit_words import unit_class

_PEAK_YEAR = re.compile("(?:(?:达到|实现)?(?:峰值|达峰))?的?(?:时间|年份|年度|年)?$")
_PEAK = re.compile("达峰|峰值")


def targets_of(frame: Frame) -> list[ExtractedTarget]:
    """The targets of a table, in text order."""
    out, whole = [], None
    brackets, binding = units_in_brackets(frame), bindings(frame)
    for n, data in enumerate(frame.table.rows):
        row = read_row(frame, data, brackets, whole, binding[n])
        if not row.name.of_which:
            whole = str(row.name.words)
        for goal in frame.goals:
            out += _of_cell(frame, row, goal)
    return out


# ---------------------------------------------------------------------- one cell
def _of_cell(frame: Frame, row: TableRow, goal: GoalColumn) -> Iterator[ExtractedTarget]:
    cell = row.data.cells[goal.index]
    column = frame.table.columns[goal.index]
    if column.role == "measured" and column.name is not None:
        row = replace(row, name=read_name(column.name), unit=column.unit or frame.unit)
    if not row.name.words or not cell:
        return
    said = read_cell(cell)
    if said.kind == "figure":
        for figure in said.figures:
            yield _numeric(frame, row, goal, column, cell, figure)
    elif said.kind == "year" and _PEAK.search(row.name.words):
        yield _peak(frame, row, cell, said)
    elif said.kind in ("deferred", "directional", "verbal"):
        yield _worded(frame, row, goal, cell, said)


def _horizon(
    row: TableRow, goal: GoalColumn, column: Column | None
) -> tuple[int | None, At | None]:
    """The year of the column; one in the name of the row where the column has none of its own."""
    if row.name.year and (column is None or column.year is None):
        return row.name.year, row.name.year_at
    return goal.year, goal.year_at


def _numeric(
    frame: Frame, row: TableRow, goal: GoalColumn, column: Column, cell: Located, f: Figure
) -> ExtractedTarget:
    name = row.name
    year, year_at = _horizon(row, goal, column)
    measure, direction = name.measure, name.direction
    amount = f.bracketed or (summed(column.head) and "年均" not in column.head)
    unit = f.unit or row.unit
    if column.role == "growth":
        falls = direction == "down" or measure_of(str(column.head))[1] == "down"
        measure, direction = ("change" if amount else "growth"), "down" if falls else "up"
        if measure == "growth" or not unit:
            unit = f.unit or column.unit or (unit if unit in ("%", "‰") else None)
        if amount and name.measure == "level" and rx("量|面积|规模|里程|数").search(name.words):
            measure, direction = "level", None
    elif f.way:
        measure, direction = "change", f.way
    elif measure == "growth" and amount:
        measure = "change"
    own = None if unit is None else "%" if unit == "%" else frame.own(unit)
    if column.role == "growth" and measure == "growth" and own is None:
        own = "%"
    clean = str(unit) if unit is not None else own or ""
    base, base_at, base_value = _base(frame, row, f, column, measure, year)
    dimension = unit_class(clean)
    if "/" in clean and dimension == "none":
        dimension = "per"
    annual = measure == "growth" or _yearly(str(name.words), clean)
    return _target(
        frame, row, cell, f.start, f.end, year, year_at,
        kind="numeric", value=f.value, value_max=f.value_max, unit=own, comparator=f.sign, bound_at=f.sign_at,
        measure=measure, direction=direction, baseline_year=base, baseline_at=base_at, baseline_value=base_value,
        period="annual" if annual else None, tier="stretch" if f.stretch else "base",
        effort_at=f.strive_at, dimension=dimension,
    )  # fmt: skip


def _yearly(name: str, unit: str) -> bool:
    m = words()["measure"]
    if unit.endswith("/年"):
        return not rx("能力|产能|规模").search(name)
    return bool(rx(m["annual_re"]).search(name)) and not rx(m["not_annual_re"]).search(name)


def _base(
    frame: Frame,
    row: TableRow,
    f: Figure | None,
    column: Column | None,
    measure: str,
    year: int | None,
) -> tuple[int | None, At | None, float | None]:
    """Baseline year, where it stands, and baseline value."""
    if f and f.base:
        return f.base, f.base_at, None
    if row.name.base:
        return row.name.base, row.name.base_at, None
    if column and column.role == "growth":
        head = str(column.head)
        if column.year and head.startswith(("较", "比")):
            return column.year, column.year_at, None
        return None, None, None
    other = column is not None and column.role == "measured"  # the base is of something else
    if frame.base is not None and not other and row.base and row.base.kind == "figure":
        held = frame.table.columns[frame.base]
        return held.year, held.year_at, row.base.figures[0].value
    noted = frame.notes.of(year) if measure == "change" else None
    return (*noted, None) if noted else (None, None, None)


def _peak(frame: Frame, row: TableRow, cell: Located, said: Said) -> ExtractedTarget:
    year = int(said.value or 0)
    at = span(piece(cell, 0, 4))
    return _target(
        frame, row, cell, said.start, said.end, year, at,
        dimension="year", kind="peak", value=said.value, unit="year", comparator=said.sign, bound_at=said.sign_at,
        measure="level", direction=None,
    )  # fmt: skip


def _worded(
    frame: Frame, row: TableRow, goal: GoalColumn, cell: Located, said: Said
) -> ExtractedTarget:
    """A commitment without a figure: a level that others set, a direction, all of it."""
    column = frame.table.columns[goal.index]
    year, year_at = _horizon(row, goal, column)
    verbal = said.kind == "verbal"
    if said.kind == "directional":
        measure, direction = "change", said.way
    elif verbal or not is_fall(row.name.words):
        measure, direction = "level", None
    else:
        measure, direction = "change", "down"
    base, base_at, base_value = _base(frame, row, None, None, measure, year)
    return _target(
        frame, row, cell, said.start, said.end, year, year_at,
        kind=said.kind, value=said.value if verbal else None, unit="%" if verbal else None,
        comparator="=" if verbal else None, measure=measure, direction=direction,
        baseline_year=base, baseline_at=base_at, baseline_value=base_value,
    )  # fmt: skip


def _target(
    frame: Frame,
    row: TableRow,
    cell: Located,
    first: int,
    last: int,
    year: int | None,
    year_at: At | None,
    *,
    bound_at: At | None = None,
    baseline_at: At | None = None,
    effort_at: At | None = None,
    dimension: str = "none",
    **more,
) -> ExtractedTarget:
    start, end = cell.at[first], cell.at[last - 1] + 1
    a, b = row.data.start + frame.at, row.data.end + frame.at
    name, kind, measure = row.name.words, more["kind"], more["measure"]
    called = _PEAK_YEAR.sub("", str(name)) if kind == "peak" else str(name)
    indicator = indicator_of(called, dimension, measure, kind)
    if indicator == "other" and row.name.of_which and row.whole:
        indicator = indicator_of(str(name) + row.whole, dimension, measure, kind)
    more = {"tier": "base", **more}
    spans = ()
    if frame.with_spans:
        at: list[tuple[Role, At | None]] = [
            ("value", (start, end)), ("bound", bound_at), ("horizon", year_at if year else None),
            ("baseline", baseline_at), ("effort", effort_at),
        ]  # fmt: skip
        spans = _spans(at, name, frame.raw)
    return ExtractedTarget(
        doc=frame.doc,
        start=start,
        end=end,
        value_text=frame.raw[start:end],
        indicator_text=frame.own(name),
        indicator=indicator,
        target_year=year,
        effort="strive" if effort_at else "firm",
        binding=row.binding,
        scope_region=row.scope,
        section=frame.section,
        evidence=frame.raw[a:b],
        evidence_start=a,
        lead_agencies=row.lead,
        support_agencies=row.support,
        review_reasons=_doubts(
            frame,
            row,
            year,
            str(name),
            kind == "numeric" and indicator == "other" and not more["unit"],
        ),
        spans=spans,
        **more,
    )


def _doubts(
    frame: Frame, row: TableRow, year: int | None, name: str, bare: bool
) -> tuple[str, ...]:
    """Codes of what is less sure of a row of a table."""
    signs = {
        "undated": year is None,
        "name_thin": is_thin(name),
        "place_in_name": row.scope is None and may_hold_place(name),
        "table_no_unit": bare and not name.endswith(("系数", "指数")),
        "table_base_guessed": frame.guessed,
        "table_row_short": row.data.short,
    }
    return tuple(code for code, holds in signs.items() if holds)


def _spans(at: list[tuple[Role, At | None]], name: Located, raw: str) -> tuple[Span, ...]:
    """Spans of a row: one for each part, the name in as many pieces as it stands in."""
    taken = [where for _, where in at if where]
    out = [Span(*where, role) for role, where in at if where]
    begin = None
    for i, here in enumerate(name.at):
        inside = any(a <= here < b for a, b in taken)
        if begin is None and not inside:
            begin = here
        follows = name.at[i + 1] if i + 1 < len(name.at) else None
        gap = (
            follows is None
            or "\n" in raw[here + 1 : follows]
            or bool(raw[here + 1 : follows].strip())
            or any(a <= follows < b for a, b in taken)
        )
        if begin is not None and gap:
            out.append(Span(begin, here + 1, "indicator"))
            begin = None
    return tuple(sorted(out))
