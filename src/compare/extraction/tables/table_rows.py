"""Rows of a table → targets: one for each cell of a column of goals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from compare.extraction.extracted_target import ExtractedTarget
from compare.extraction.indicator_match import indicator_of
from compare.extraction.located import Located
from compare.extraction.spans import Role, Span
from compare.extraction.tables.cell_values import Figure, Said, read_cell
from compare.extraction.tables.cells import piece, span
from compare.extraction.tables.goals import At, GoalColumn
from compare.extraction.tables.names import Name, measure_of, read_name, summed
from compare.extraction.tables.roles import Column
from compare.extraction.tables.table import DataRow, Table
from compare.extraction.tables.terms import NotedBases
from compare.extraction.tables.unit_brackets import is_unit
from compare.extraction.without_figure.deferred import is_fall
from compare.vocabulary.lexicon import rx, words
from compare.vocabulary.table_words import table_words
from compare.vocabulary.unit_words import unit_class

_PEAK = re.compile("达峰|峰值")
_LIST = re.compile("[、,;/]|和(?=[^、,;/]{2,}(?:局|委|办|部|厅|中心)$)")


@dataclass(frozen=True, slots=True)
class Frame:
    """What all rows of a table share.

    Attributes
    ----------
    table : Table
    goals : tuple of GoalColumn
    base : int or None
        The column of the values that the goals start from.
    unit : Located or None
        The unit that the line above the table names.
    notes : NotedBases
    title_name : Located or None
        What is measured, where the rows are places and the columns years.
    binding : str or None
        What the title calls all of them.
    section : str or None
    raw : str
        The raw text.
    at : int
        Where in it the part begins in which the table was found.
    doc : str
    with_spans : bool
    """

    table: Table
    goals: tuple[GoalColumn, ...]
    base: int | None
    unit: Located | None
    notes: NotedBases
    title_name: Located | None
    binding: str | None
    section: str | None
    raw: str
    at: int
    doc: str
    with_spans: bool

    def own(self, located: Located) -> str:
        """Words as the plan writes them."""
        return "".join([self.raw[i] for i in located.at])

    def column(self, *roles: str) -> int | None:
        """The first column of one of the roles."""
        return next((i for i, c in enumerate(self.table.columns) if c.role in roles), None)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its name and what stands beside it."""

    data: DataRow
    name: Name
    base: Said | None
    binding: str | None
    unit: Located | None
    scope: str | None
    lead: tuple[str, ...] | None
    support: tuple[str, ...] | None
    whole: str | None


def targets_of(frame: Frame) -> list[ExtractedTarget]:
    """The targets of a table, in text order."""
    out, whole = [], None
    brackets = _units_in_brackets(frame)
    for data in frame.table.rows:
        row = _read(frame, data, brackets, whole)
        if not row.name.of_which:
            whole = str(row.name.words)
        for goal in frame.goals:
            out += _of_cell(frame, row, goal)
    return out


def _units_in_brackets(frame: Frame) -> bool:
    """Whether most names end in a unit in brackets, and no column holds units."""
    at = frame.column("name")
    if at is None or frame.column("unit") is not None:
        return False
    names = [r.cells[at] for r in frame.table.rows if r.cells[at]]
    return sum(read_name(n).unit is not None for n in names) * 2 > len(names)


def _read(frame: Frame, data: DataRow, brackets: bool, whole: str | None) -> _Row:
    columns = frame.table.columns
    cell = {role: data.cells[i] for role in ("unit", "binding", "lead", "support")
            if (i := frame.column(role)) is not None}  # fmt: skip
    at, place = frame.column("name"), frame.column("place")
    scope = None
    if at is None and place is not None:
        named = data.cells[place]
        scope = None if str(named) in table_words()["cells"]["whole"] else frame.own(named)
        name = read_name(frame.title_name) if frame.title_name else Name(Located("", ()))
    else:
        name = read_name(data.cells[at or 0], brackets)
    head = columns[at].unit if at is not None else None
    unit = cell.get("unit")
    unit = (
        unit
        if (unit and is_unit(unit))
        or (unit and len(unit) < 9 and rx("[\u4e00-\u9fff%‰/]").search(unit))
        else None
    )
    binding = _binding(str(cell.get("binding", ""))) or next(
        filter(None, map(_binding_above, data.group)), None
    )
    return _Row(
        data, name, read_cell(data.cells[frame.base]) if frame.base is not None else None,
        binding or frame.binding, name.unit or unit or head or frame.unit, scope,
        _agencies(frame, cell.get("lead")), _agencies(frame, cell.get("support")), whole,
    )  # fmt: skip


def _binding(word: str) -> str | None:
    cells = table_words()["cells"]
    return (
        "binding" if word in cells["binding"] else "expected" if word in cells["expected"] else None
    )


def _binding_above(group: str) -> str | None:
    found = {w for w in ("约束性", "预期性") if w in group}
    return _binding(found.pop()) if len(found) == 1 else None


def _agencies(frame: Frame, cell: Located | None) -> tuple[str, ...] | None:
    if not cell or cell in table_words()["cells"]["nothing"]:
        return None
    names = [n.removesuffix("等") for n in _LIST.split(frame.own(cell)) if n]
    return tuple(names) or None


# ---------------------------------------------------------------------- one cell
def _of_cell(frame: Frame, row: _Row, goal: GoalColumn) -> Iterator[ExtractedTarget]:
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


def _horizon(row: _Row, goal: GoalColumn, column: Column | None) -> tuple[int | None, At | None]:
    """The year of the column; one in the name of the row where the column has none of its own."""
    if row.name.year and (column is None or column.year is None):
        return row.name.year, row.name.year_at
    return goal.year, goal.year_at


def _numeric(
    frame: Frame, row: _Row, goal: GoalColumn, column: Column, cell: Located, f: Figure
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
        if (
            amount
            and name.measure == "level"
            and rx("量|面积|规模|数").search(name.words)
            and f.bracketed
        ):
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
    frame: Frame, row: _Row, f: Figure | None, column: Column | None, measure: str, year: int | None
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
    if frame.base is not None and row.base and row.base.kind == "figure":
        held = frame.table.columns[frame.base]
        return held.year, held.year_at, row.base.figures[0].value
    noted = frame.notes.of(year) if measure == "change" else None
    return (*noted, None) if noted else (None, None, None)


def _peak(frame: Frame, row: _Row, cell: Located, said: Said) -> ExtractedTarget:
    year = int(said.value or 0)
    at = span(piece(cell, 0, 4))
    return _target(
        frame, row, cell, said.start, said.end, year, at,
        kind="peak", value=said.value, unit="year", comparator=said.sign, bound_at=said.sign_at,
        measure="level", direction=None,
    )  # fmt: skip


def _worded(
    frame: Frame, row: _Row, goal: GoalColumn, cell: Located, said: Said
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
    row: _Row,
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
    indicator = indicator_of(str(name), dimension, measure, kind)
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
        spans=spans,
        **more,
    )


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
            or bool(raw[here + 1 : follows].strip())
            or any(a <= follows < b for a, b in taken)
        )
        if begin is not None and gap:
            out.append(Span(begin, here + 1, "indicator"))
            begin = None
    return tuple(sorted(out))


@cache
def _title_words() -> re.Pattern[str]:
    return re.compile(
        r"^(?:附?表|专栏|附件|附录)[\d一二三四五六七八九十.\-—]*[:、]?|[“\"]?十[一二三四五六七八九]五[”\"]?(?:时期|期间|规划)?"
        r"|(?:19|20|21)\d\d年?(?:(?:-|—|~|至)(?:19|20|21)\d\d年?)?(?:度|底|末)?|^[^,;]{0,8}?各[县市区州盟旗乡镇街道园、()\[\]]+(?:人民政府)?的?"
        r"|(?:年度)?(?:目标任务|目标|任务|计划|指标|规划)*(?:值)?(?:分解)?(?:情况|安排)?(?:表|方案)?$|\([^()]*\)$|全[市省县区州]"
    )


def title_name(titles: tuple[Located, ...]) -> Located | None:
    """What is measured, in the title of a table of places and years: 各区单位GDP能耗下降目标."""
    for words_ in titles:
        kept, at = [], 0
        for m in _title_words().finditer(words_):
            kept.append(piece(words_, at, m.start()))
            at = m.end()
        kept.append(piece(words_, at, len(words_)))
        left = Located("".join(map(str, kept)), [i for part in kept for i in part.at])
        left = left if not left.startswith("的") else piece(left, 1, len(left))
        if len(left) >= 3:
            return left
    return None
