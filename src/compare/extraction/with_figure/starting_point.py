"""Where a figure starts from: the 15.2 of 由15.2%提高到20%, for the column ``baseline_value``.

The figure looked at is the one before a list in its sentence; what stands before it, and between the
two, decides. It is no target, and its words are no part of the name of what is measured.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import attrgetter

from compare.extraction.layout.located import joined, offsets
from compare.extraction.rules import Decision, Rule
from compare.extraction.sentence import Sentence
from compare.vocabulary.dimensions import vocabulary
from compare.vocabulary.quantities import Quantity

_DATE = "〇"  # stands for a date in the words that the rules read
_SINCE = ("起", "以来", "后", "开始")
_AROUND = "(?:左右|上下|以上|以下|以内|多|余)?"
_LEVEL = "(?:的?(?:水平|规模))?"
_VERB = (
    "(?:提高|提升|增加|增长|上升|扩大|扩展|拓展|跃升|攀升|下降|降低|减少|压减|压降|压缩|缩小|缩减|削减|优化"
    "|改善|调整|恢复|发展|缩短|升|降|增|减|提)"
)
_BOUND = "(?:不低于|不少于|不高于|不超过|超过|突破|大约|约|近)?"
_TO = "(?:到|至|为|成)"
_END = rf"{_DATE}?[的之]?{_BOUND}"
_MOVES, _MOVES_TO = re.compile(_VERB), re.compile(f"{_VERB}{_TO}|{_TO}{_END}$")
_HOW = "[^,;\\d]{0,10}?"
# opens with a digit, so that the search can skip to it
_NUMBER_MOVED = re.compile(rf"(\d(?<![\d.].)\d*(?:\.\d+)?)(?={_VERB})")
_NOW = f"(?:{_DATE}|目前|当前|现有|现状|现在|上年|去年|基期|基准年)"
_TIED = frozenset({"share", "points", "tenths", "times"})
"""Dimensions of an amount of change that says nothing of the unit of what changes."""
_REACH = 40  # characters
_LEADS = re.compile("[由从自在比较与同和→⟶>]")


def _rule(
    id: str, sentence: str, lead: str, behind: str, move: str, *, taken: str, left: str
) -> Rule:
    """A rule by what leads to the first figure, stands behind it, and moves it; dates are 〇."""
    before = re.compile(f"(?P<lead>{lead})$")
    between = re.compile(f"{behind}(?P<move>{move})$")
    return Rule(
        id,
        sentence,
        "baseline",
        lambda words, link: (
            (found := before.search(words)) and (m := between.match(link)) and (found, m)
        ),
        taken=taken,
        left=left,
    )


RULES = (
    _rule(
        "baseline-from-to",
        "In 由x提高到y and 从x升至y, x is where the figure stands.",
        rf"(?:由|从|自(?=$|{_DATE}|民国|目前|现))(?!{_DATE}?起)[^,;由从\d]{{0,16}}",
        f"{_AROUND}{_LEVEL},?",
        rf"{_HOW}(?:{_VERB}{_TO}?|{_TO}){_END}",
        taken="非化石能源消费比重由2020年的«15.2%»提高到2025年的20%。",
        left="从2026年起，新建建筑节能率«30%»以上的提高到80%。",
    ),
    _rule(
        "baseline-arrow",
        "In x→y, x is where the figure stands.",
        "",
        "",
        "→|⟶|[-—=]+>",
        taken="到2025年，森林覆盖率：«35.1%»→36%。",
        left="到2025年，森林覆盖率«35.1%»，城区绿化率36%。",
    ),
    _rule(
        "baseline-on-basis",
        "In 在x的基础上提高y, x is what the change is added to.",
        rf"在(?:{_NOW}[^,;\d]{{0,10}})?",
        f"{_AROUND}{_LEVEL}的?基础上",
        rf"(?:{_HOW}|,{_TO}?{_DATE}?,?[^,;\d]{{0,20}}?){_VERB}(?:了|{_TO})?{_END}",
        taken="到2025年，煤炭消费量在2020年«350万吨»的基础上下降10%。",
        left="到2025年，在建成«12万亩»林地的基础上，森林覆盖率达到40%。",
    ),
    _rule(
        "baseline-compared-with",
        "In 比2010年的x降低y, x is what the change is measured against.",
        rf"(?:比|较|与|同|和){_NOW}[的之]?(?:约|为)?",
        rf"{_AROUND}{_LEVEL}(?:相比,?)?",
        rf"{_HOW}{_VERB}(?:了|{_TO})?{_END}",
        taken="到2015年，万元能耗比2010年的«1.66吨标准煤»降低16.9%。",
        left="到2025年，能耗较2020年降低«13.5%»，排放降低18%。",
    ),
)


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """Where a list of figures starts from; offsets in the sentence.

    Attributes
    ----------
    levels : list of Quantity
        One, or as many as the list has figures.
    lead : int
        Where the words that lead to them begin (由).
    move : int
        Where the words begin that move them (提高到).
    by : bool
        What follows is an amount of change (提高3个百分点), not a level.
    decision : Decision
        What the levels are, and the rule that found them.
    """

    levels: list[Quantity]
    lead: int
    move: int
    by: bool
    decision: Decision


_start = attrgetter("start")


def starting_point(s: Sentence, items: Sequence[Quantity]) -> StartingPoint | None:
    """What a list of figures of a sentence starts from, if the sentence says so."""
    first, n = items[0], len(items)
    if not _LEADS.search(s.masked, max(0, first.start - 2 * _REACH), first.start):
        return None
    at = bisect_left(s.quantities, first.start, key=_start)
    last = _without_unit(s, first.start) or (s.quantities[at - 1] if at else None)
    if last is None or last.value_max is not None or first.start - last.end > _REACH:
        return None
    levels = s.quantities[at - n : at] if 1 < n <= at else [last]
    if not _one_list(s, levels):
        levels = [last]
    begin = s.clauses[s.clause_at(levels[0].start)][0]
    lead = _read(s, max(begin, levels[0].start - _REACH), levels[0].start)
    link = _read(s, last.end, first.start)
    for rule in RULES:
        if found := rule.applies(lead, link):
            led, moved = found
            move = moved["move"]
            by = bool(_MOVES.search(move)) and not _MOVES_TO.search(move)
            return StartingPoint(
                levels,
                _in_sentence(s, lead, led.start("lead"), levels[0].start),
                _in_sentence(s, link, moved.start("move"), first.start),
                by,
                rule.decision,
            )
    return None


def starts(
    items: Sequence[Quantity], point: StartingPoint | None, years: int
) -> list[float | None]:
    """For each figure of a list, the level that it starts from; None where there is none that fits.

    It is told in the unit of the figure; of a change, in the unit of the level that changes.

    Parameters
    ----------
    years : int
        Number of horizons: figures of as many start from one level (由15%提高到2025年、2030年的20%、25%).
    """
    n = len(items)
    if point is None or (len(point.levels) != n and years != n):
        return [None] * n
    levels = point.levels * (n if len(point.levels) < n else 1)
    return [_level(x, y, point) for x, y in zip(levels, items, strict=True)]


def _without_unit(s: Sentence, stop: int) -> Quantity | None:
    """The 1.5 of 由1.5降低到1.3: a bare number is a quantity only where a verb follows that moves it."""
    m = _NUMBER_MOVED.search(s.masked, max(0, stop - _REACH), stop)
    if not m or any(d.start <= m.start() < d.end for d in s.dates):
        return None
    return Quantity(m.start(), m.end(), float(m[1]), None, "", "none")


def _one_list(s: Sentence, some: Sequence[Quantity]) -> bool:
    """Whether quantities stand as one list: 7.3%、8%."""
    return all(s.masked[a.end : b.start] in ("、", "和", "及", "与") for a, b in pairwise(some))


def _read(s: Sentence, begin: int, end: int) -> str:
    """Words with 〇 for each date; what leads the date (由, 较, 到) and 起 behind it stay."""
    out, at = [], begin
    for d in s.dates:
        if d.end <= begin or d.start >= end:
            continue
        out += [s.masked_words(at, max(at, d.start)), s.masked_words(d.start, d.at), _DATE]
        out += ["起"] if s.masked[d.start : d.end].endswith(_SINCE) else []
        at = min(d.end, end)
    return joined([*out, s.masked_words(at, end)])


def _in_sentence(s: Sentence, words: str, index: int, otherwise: int) -> int:
    """Where a character of words that `_read` gave stands in the sentence."""
    found = next((at for at in offsets(words)[index:] if at >= s.at), None)
    return otherwise if found is None else found - s.at


def _level(x: Quantity, y: Quantity, point: StartingPoint) -> float | None:
    """A level to start from, in the unit of the figure; None where the two do not fit."""
    if x.unit in ("", y.unit) or (point.by and y.dimension in _TIED):
        return x.value
    (x_unit, x_times), (y_unit, y_times) = _parted(x.unit), _parted(y.unit)
    return float(f"{x.value * x_times / y_times:.12g}") if x_unit == y_unit else None


@cache
def _parted(unit: str) -> tuple[str, float]:
    """A unit without its multiplier, and that multiplier: 万千瓦 → 千瓦, 10000; 成 → %, 10."""
    if unit == "成":
        return "%", 10.0
    for word, times in sorted(vocabulary()["multiplier"].items(), key=lambda p: -len(p[0])):
        if unit.startswith(word) and len(unit) > len(word):
            return unit.removeprefix(word), times
    return unit, 1.0
