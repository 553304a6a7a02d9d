"""What the head of a column says: which part it plays, for which year, in which unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from compare.extraction.dates.date_words import PLAN, plan_years
from compare.extraction.layout.located import Located
from compare.extraction.tables.cells import piece, span
from compare.extraction.tables.unit_brackets import split_unit
from compare.vocabulary.lexicon import any_of
from compare.vocabulary.table_words import table_words

Role = Literal[
    "number", "group", "name", "unit", "binding", "lead", "support", "note", "place",
    "base", "goal", "bare", "growth", "reference", "result", "work", "measured", "other",
]  # fmt: skip
"""``bare``: a year without a word; ``measured``: what is measured stands in the head itself."""

VALUES = frozenset({"base", "goal", "bare", "growth", "reference", "result"})
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)年?")
_BEHIND = re.compile(r"(?:[①-⑳*#]|\[\d{1,2}\]|注\d|(?<=[\u4e00-\u9fff〕\]])\d)+$")
_RANGE = re.compile(r"(?<!\d)((?:19|20|21)\d\d)年?(?:-|—|~|至)+((?:19|20|21)\d\d)(?!\d)年?")
_UNIT_NAMED = re.compile(r"[(〔\[/、和及](?:计量)?单位[)〕\]]?$")
CAPTION = re.compile(r"(?:附?表|专栏|附件|附录|续表)[一二三四五六七八九十\d]")
_ORDER = (
    "number", "name", "unit", "group", "binding", "lead", "support", "note", "place",
    "base", "goal", "work", "result", "growth", "reference",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    role : Role
    head : Located
        Its head, as it stands.
    year : int or None
        The year in the head; of a five-year plan or a span of years, the last.
    year_at : (int, int) or None
        Where that stands in the raw text.
    unit : Located or None
        A unit in the brackets of the head.
    name : Located or None
        What the head says is measured, for a column that is ``measured``.
    """

    role: Role
    head: Located
    year: int | None = None
    year_at: tuple[int, int] | None = None
    unit: Located | None = None
    name: Located | None = None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = table_words()
    years = words["years"]
    out = {role: re.compile(words["columns"][f"{role}_re"]) for role in _ORDER}
    beside = any_of(years["actual"], years["goal"], years["near_far"], years["fill"])
    out["beside"] = re.compile(f"{beside}*")
    out["actual"] = re.compile(any_of(years["actual"]))
    out["goal_word"] = re.compile(any_of(years["goal"]))
    out["plan"] = re.compile(PLAN)
    return out


@lru_cache(maxsize=4096)
def _plain_role(words: str) -> Role | None:
    p = _patterns()
    for role in _ORDER:
        if p[role].fullmatch(words):
            return role  # pyright: ignore[reportReturnType]
    return None


def without_marks(words: Located) -> Located:
    """Words without the footnote marks behind them."""
    m = _BEHIND.search(words)
    return piece(words, 0, m.start()) if m and m.start() else words


def column_of(head: Located) -> Column:
    """What the head of a column says; its role is ``other`` where it is no known word."""
    head = _undecorated(head)
    named = _UNIT_NAMED.search(head)
    if named and named.start():
        head = piece(head, 0, named.start())  # 指标(单位)
    bare, unit = split_unit(without_marks(head))
    if not bare or CAPTION.match(bare):
        return Column("other", head)
    dated = _dated(head, bare, unit)
    if dated:
        return dated
    whole = _plain_role(str(without_marks(head))) if unit is not None else None
    if whole in ("place", "name", "group"):  # 县(市): no unit
        return Column(whole, head)
    role = _plain_role(str(bare))
    if role is None and unit is not None:
        return Column("measured", head, unit=unit, name=bare)
    return Column(role or "other", head, unit=unit)


def _undecorated(head: Located) -> Located:
    """A head without the stars and quotes that make it bold."""
    text = str(head)
    start, end = len(text) - len(text.lstrip("*`_")), len(text.rstrip("*`_"))
    return piece(head, start, end) if start and end > start else head


def _dated(head: Located, bare: Located, unit: Located | None) -> Column | None:
    """A column for a year, a plan or a span of years."""
    p, text = _patterns(), str(bare)
    between, year, plan = _RANGE.search(text), _YEAR.search(text), p["plan"].search(text)
    found = between or year or plan
    if found is None:
        return None
    if between:
        value, at = int(between[2]), span(piece(bare, between.start(2), between.end()))
    elif year:
        value, at = int(year[0][:4]), span(piece(bare, *year.span()))
    else:
        ends = plan_years(found[0])
        if not ends:
            return None
        value, at = ends[-1], span(piece(bare, *found.span()))
    rest = text[: found.start()] + text[found.end() :]
    if rest and not p["beside"].fullmatch(rest):
        for role in ("growth", "result", "reference", "work"):
            if p[role].fullmatch(rest) or p[role].fullmatch(text):
                return Column(role, head, value, at, unit)  # pyright: ignore[reportArgumentType]
        if plan and not year:
            return None
        if unit is not None:
            return Column("measured", head, value, at, unit, bare)
        if found.end() == len(text):  # 单位GDP能耗下降(%)2025年
            name, unit = split_unit(piece(bare, 0, found.start()))
            return Column("measured", head, value, at, unit, name) if unit is not None else None
        return None
    if p["actual"].search(rest) and not p["goal_word"].search(rest):
        return Column("base", head, value, at, unit)
    sums = between and not p["goal_word"].search(rest)
    goal = p["goal_word"].search(rest) or sums or rest.startswith(("到", "至"))
    return Column("goal" if goal else "bare", head, value, at, unit)


def columns_of(heads: Sequence[Located]) -> tuple[Column, ...]:
    """The columns of a head; what a head says depends on those beside it."""
    found = [column_of(c) for c in heads]
    roles = [c.role for c in found]
    if "place" in roles and "name" not in roles:
        at = roles.index("place")
        for i, c in enumerate(found[at + 1 :], at + 1):
            if c.role == "other" and _WORDS.search(c.head):
                found[i] = _measured(c)
    if "name" in roles:
        at = roles.index("name")
        for i, c in enumerate(found[at + 1 :], at + 1):
            if c.role == "group":  # 类型 behind the figures: 约束, 预期
                found[i] = replace(c, role="binding")
    elif (
        found
        and (not found[0].head or found[0].head in YEARS_ASIDE)
        and any(r in VALUES for r in roles)
    ):
        found[0] = replace(found[0], role="name")
    return tuple(found)


def _measured(column: Column) -> Column:
    """A column of what its head names, which a year may open: 2025年森林覆盖率."""
    name = without_marks(column.head)
    year = _YEAR.match(str(name))
    if not year or year.end() == len(name):
        return replace(column, role="measured", name=name)
    at = span(piece(name, *year.span()))
    rest = piece(name, year.end(), len(name))
    return replace(column, role="measured", name=rest, year=int(year[0][:4]), year_at=at)


YEARS_ASIDE = ("年份", "年度", "时间", "指标/年份", "项目/年份", "指标年份")
_WORDS = re.compile("[\u4e00-\u9fffA-Za-z]{2}")


def is_head(cells: Sequence[Located]) -> bool:
    """Whether cells read as the head of a table: a column of names or places, and one of what is said of them."""
    filled = [c for c in cells if c]
    if len(filled) < 2:
        return False
    found = [c.role for c in columns_of(cells) if c.head]
    known = [r for r in found if r != "other"]
    told = [r for r in known if r in VALUES or r in ("unit", "binding", "measured", "lead", "work")]
    named = any(r in ("name", "place", "work", "group", "number") for r in known)
    named |= len(told) > 1 and (not cells[0] or str(cells[0]) in YEARS_ASIDE)
    return named and bool(told) and len(known) * 3 >= len(filled) * 2
