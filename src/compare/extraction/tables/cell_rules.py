"""What each figure of a table that is read is, as named rules; the first that applies decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.extraction.layout.located import Located
from compare.extraction.ledger.other_numbers import DIGIT
from compare.extraction.rules import Decision, Rule, first
from compare.extraction.tables.cell_values import read_cell
from compare.extraction.tables.cells import piece, span
from compare.extraction.tables.roles import Role
from compare.extraction.tables.table import Table

_NUMBER = re.compile(rf"\d[\d.,。]*\d|\d|{DIGIT}")
_COMMITS = ("deferred", "directional", "verbal")


@dataclass(frozen=True, slots=True)
class CellCase:
    """A figure, or words that could commit without one, in a part of a table.

    Attributes
    ----------
    part : str
        ``head``, ``cell``, ``title`` or ``note``.
    role : Role or None
        Of its column.
    goal, base : bool
        The column is one of goals, or of the base they start from.
    target : bool
        A row was made of it.
    horizon : bool
        It is the year of goals.
    mark : bool
        It is no number by itself: ① or ².
    """

    part: str
    role: Role | None = None
    goal: bool = False
    base: bool = False
    target: bool = False
    horizon: bool = False
    mark: bool = False


_TABLE = "指标\t单位\t2020年\t2025年\t属性\n森林覆盖率\t%\t{}\t{}\t约束性\n湿地保护率\t%\t52\t55\t预期性\n"

_GOAL = _TABLE.format("45", "«46»")
_BASE = _TABLE.format("«45»", "46")
_NOTE = "注：统计口径自«2019»年起调整。\n"

RULES = (
    Rule(
        "table-goal",
        "A figure in a column of goals is a target of the row's indicator.",
        "target",
        lambda c: c.target,
        taken=_GOAL,
        left=_BASE,
    ),
    Rule(
        "table-goal-year",
        "The year of a column of goals is their horizon.",
        "horizon",
        lambda c: c.horizon,
        taken=_GOAL.replace("«46»", "46").replace("2025年", "«2025年»"),
        left=_GOAL.replace("«46»", "46").replace("2020年", "«2020年»"),
    ),
    Rule(
        "table-base",
        "The year and the figures of the column that goals start from are their baseline.",
        "baseline",
        lambda c: c.base,
        taken=_BASE,
        left=_GOAL,
    ),
    Rule(
        "table-mark",
        "A small or circled number leads to a note.",
        "name",
        lambda c: c.mark,
        taken=_BASE.replace("«45»", "45").replace("46", "46«①»"),
        left=_GOAL,
    ),
    Rule(
        "table-reference",
        "A column of another place's values, or of a standard, sets nothing.",
        "of_others",
        lambda c: c.role == "reference",
        taken="指标\t2020年\t2025年\t全省2025年\n森林覆盖率（%）\t45\t46\t«48»\n湿地保护率（%）\t52\t55\t56\n",
        left="指标\t2020年\t2025年\n森林覆盖率（%）\t45\t«46»\n湿地保护率（%）\t52\t55\n",
    ),
    Rule(
        "table-cell-not-read",
        "A figure in a column of goals of which no row came is undecided.",
        "undecided",
        lambda c: c.part == "cell" and c.goal,
        taken=_GOAL.replace("«46»", "«4.6.1»") + "用水总量\t亿立方米\t2.3\t2.4\t约束性\n",
        left=_GOAL,
    ),
    Rule(
        "table-past",
        "A figure in any other column of values tells how things stood.",
        "fact",
        lambda c: (
            c.part in ("cell", "head") and c.role in ("base", "bare", "goal", "growth", "result")
        ),
        taken="“十四五”主要指标\n指标\t2015年\t2020年\t2025年\n森林覆盖率（%）\t«43»\t45\t46\n湿地保护率（%）\t50\t52\t55\n",
        left="“十四五”主要指标\n指标\t2015年\t2020年\t2025年\n森林覆盖率（%）\t43\t45\t«46»\n湿地保护率（%）\t50\t52\t55\n",
    ),
    Rule(
        "table-row-number",
        "The number of a row is none of its figures.",
        "name",
        lambda c: c.role == "number",
        taken="序号\t指标\t2025年目标\n«1»\t森林覆盖率（%）\t46\n2\t湿地保护率（%）\t55\n",
        left="序号\t指标\t2025年目标\n1\t森林覆盖率（%）\t«46»\n2\t湿地保护率（%）\t55\n",
    ),
    Rule(
        "table-name",
        "A figure in the name, unit or group of a row, or in a head without a year, names something.",
        "qualifier",
        lambda c: c.part in ("cell", "head"),
        taken="指标\t2020年\t2025年目标\nPM«2.5»浓度（微克/立方米）\t45\t35\n湿地保护率（%）\t52\t55\n",
        left="指标\t2020年\t2025年目标\nPM2.5浓度（微克/立方米）\t45\t«35»\n湿地保护率（%）\t52\t55\n",
    ),
    Rule(
        "table-title",
        "A number in the title of a table is part of its name.",
        "name",
        lambda c: c.part == "title",
        taken="表«7» 主要指标\n" + _GOAL.replace("«", "").replace("»", ""),
        left="表7 主要指标\n" + _GOAL,
    ),
    Rule(
        "table-note",
        "The notes below a table explain it.",
        "name",
        lambda c: c.part == "note",
        taken=_GOAL.replace("«", "").replace("»", "") + _NOTE,
        left=_GOAL.replace("«", "").replace("»", "")
        + _NOTE.replace("«", "").replace("»", "")
        + "到«2030年»，绿电比例达到30%。",
    ),
)
NOT_READ = Rule(
    "table-not-read-cells",
    "A table whose cells of goals cannot be read gives no rows.",
    "undecided",
    lambda _: True,
    taken="指标\t2020年\t2025年目标\n森林覆盖率（%）\t45\t«4.6.1»\n湿地保护率（%）\t52\t5:5\n",
    left=_GOAL,
)
ROW_NOT_READ = Rule(
    "table-row-not-read",
    "A row whose cells do not fit the head of the table gives no rows.",
    "undecided",
    lambda _: True,
    taken="| 指标 | 2020年 | 2025年 |\n| 森林覆盖率 | 45 | 46 |\n| 湿地保护率 | 52 | 55 |\n| 风电 | «30» | 5 | 80 | 12 |\n",
    left="| 指标 | 2020年 | 2025年 |\n| 森林覆盖率 | 45 | 46 |\n| 湿地保护率 | 52 | «55» |\n",
)


def decided_figures(
    table: Table,
    titles: Sequence[Located],
    notes: Sequence[Located],
    goals: Sequence[int],
    base: int | None,
    horizons: frozenset[tuple[int, int]],
    starts: frozenset[int],
) -> Iterator[tuple[int, int, Decision]]:
    """Each figure of a table that was read, with the rule that says what it is.

    Parameters
    ----------
    table : Table
    titles, notes : sequence of Located
    goals : sequence of int
        The columns of goals.
    base : int or None
    horizons : frozenset of (int, int)
        Where in the raw text the years of the goals stand.
    starts : frozenset of int
        Where the values of rows begin.
    """
    for line in titles:
        yield from _numbers(line, CellCase("title"), horizons, starts)
    for i, column in enumerate(table.columns):
        case = CellCase("head", column.role, i in goals, i == base)
        yield from _numbers(column.head, case, horizons, starts)
    for row in table.rows:
        for i, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            case = CellCase("cell", column.role, i in goals, i == base)
            yield from _numbers(cell, case, horizons, starts)
    for line in notes:
        yield from _numbers(line, CellCase("note"), horizons, starts)


def other_figures(
    raw: str, start: int, end: int, known: Sequence[tuple[int, int, Decision]]
) -> Iterator[tuple[int, int, Decision]]:
    """The figures of a span of the raw text that are in none of those known: of groups, of lines between rows."""
    decision = first(RULES, CellCase("cell"))
    left = sorted(known, key=lambda x: x[:2])
    at = 0
    for m in _NUMBER.finditer(raw, start, end):
        while at < len(left) and left[at][1] <= m.start():
            at += 1
        if decision and (at == len(left) or left[at][0] >= m.end()):
            yield (*m.span(), decision)


def _numbers(
    words: Located, case: CellCase, horizons: frozenset[tuple[int, int]], starts: frozenset[int]
) -> Iterator[tuple[int, int, Decision]]:
    found = [m.span() for m in _NUMBER.finditer(words)]
    if not found and case.part == "cell" and words and read_cell(words).kind in _COMMITS:
        found = [(0, len(words))]
    for a, b in found:
        at = span(piece(words, a, b))
        if at is None:
            continue
        horizon = any(x <= at[0] and at[1] <= y for x, y in horizons)
        here = CellCase(
            case.part, case.role, case.goal, case.base, at[0] in starts, horizon,
            not words[a].isdecimal(),
        )  # fmt: skip
        decision = first(RULES, here)
        if decision:
            yield (*at, decision)
