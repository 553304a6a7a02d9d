"""Where a figure starts from: the 15.2 of 由15.2%提高到20%, for the column ``baseline_value``.

The figure looked at is the one before the list in its sentence; what stands before it, and between the
two, decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import attrgetter

from compare.extraction.figure_list import FigureList
from compare.extraction.rules import Rule
from compare.extraction.rules import first as first_rule
from compare.extraction.sentence import Sentence
from compare.vocabulary.dimensions import vocabulary
from compare.vocabulary.lexicon import rx
from compare.vocabulary.quantities import Quantity

_DATE = "〇"  # stands for a date in the words that the rules read
_SINCE = ("起", "以来", "后", "开始")
_AROUND = "(?:左右|上下|以上|以下|以内|多|余)?"
_LEVEL = "(?:的?(?:水平|规模))?"
_MOVE = (
    "(?:提高|提升|增加|增长|上升|扩大|扩展|拓展|跃升|攀升|下降|降低|减少|压减|压降|压缩|缩小|缩减|削减|优化"
    "|改善|调整|恢复|发展|升|降|增|减|提)"
)
_BOUND = "(?:不低于|不少于|不高于|不超过|超过|突破|大约|约|近)?"
_TO = "(?:到|至|为|成)"
_END = rf"{_DATE}?[的之]?{_BOUND}"
_HOW = "[^,;\\d]{0,10}?"
_NOW = f"(?:{_DATE}|目前|当前|现有|现状|现在|上年|去年|基期|基准年)"
_TIED = frozenset({"share", "points", "tenths", "times"})
"""Dimensions of an amount of change that says nothing of the unit of what changes."""
_REACH = 40  # characters


@dataclass(frozen=True, slots=True)
class Start:
    """Where a figure starts from.

    Attributes
    ----------
    value : float
        In the unit of the figure; of a change, in the unit of the level that changes.
    at : (int, int)
        Where it stands in the clean text.
    reason : str
        Id of the rule that found it.
    """

    value: float
    at: tuple[int, int]
    reason: str


def _rule(id: str, sentence: str, lead: str, link: str, *, taken: str, left: str) -> Rule:
    """A rule by what stands before the first figure, and between it and the list; dates are 〇."""
    before, between = re.compile(f"(?:{lead})$"), re.compile(f"(?:{link})$")
    return Rule(
        id,
        sentence,
        "baseline",
        lambda words, link: before.search(words) and between.match(link),
        taken=taken,
        left=left,
    )


RULES = (
    _rule(
        "baseline-from-to",
        "In 由x提高到y and 从x升至y, x is where the figure stands.",
        rf"(?:由|从|自)(?!{_DATE}?起)[^,;由从自\d]{{0,16}}",
        rf"{_AROUND}{_LEVEL},?{_HOW}(?:{_MOVE}{_TO}?|{_TO}){_END}",
        taken="非化石能源消费比重由2020年的«15.2%»提高到2025年的20%。",
        left="从2026年起，新建建筑节能率«30%»以上的提高到80%。",
    ),
    _rule(
        "baseline-arrow",
        "In x→y, x is where the figure stands.",
        "",
        "→|⟶|[-—=]+>",
        taken="到2025年，森林覆盖率：«35.1%»→36%。",
        left="到2025年，森林覆盖率«35.1%»，城区绿化率36%。",
    ),
    _rule(
        "baseline-on-basis",
        "In 在x的基础上提高y, x is what the change is added to.",
        rf"在{_HOW}{_DATE}?[^,;\d]{{0,10}}",
        rf"{_AROUND}{_LEVEL}的?基础上,?{_HOW}{_MOVE}(?:了|{_TO})?{_END}",
        taken="到2025年，煤炭消费量在2020年«350万吨»的基础上下降10%。",
        left="到2025年，在建成«12万亩»林地的基础上，森林覆盖率达到40%。",
    ),
    _rule(
        "baseline-compared-with",
        "In 比2010年的x降低y, x is what the change is measured against.",
        rf"(?:比|较|与|同|和){_NOW}[的之]?(?:约|为)?",
        rf"{_AROUND}{_LEVEL}(?:相比,?)?{_HOW}{_MOVE}(?:了|{_TO})?{_END}",
        taken="到2015年，万元能耗比2010年的«1.66吨标准煤»降低16.9%。",
        left="到2025年，能耗较2020年降低«13.5%»，排放降低18%。",
    ),
)

_start = attrgetter("start")


def baseline_values(f: FigureList) -> list[Start | None]:
    """For each figure of a list, the level that it starts from, if the sentence states one."""
    s, n = f.sentence, len(f.items)
    at = bisect_left(s.quantities, f.first.start, key=_start)
    last = _without_unit(f) or (s.quantities[at - 1] if at else None)
    if last is None or last.value_max is not None or f.first.start - last.end > _REACH:
        return [None] * n
    starts = s.quantities[at - n : at] if at >= n and n > 1 else [last] * (n == 1)
    if not _one_list(s, starts):  # 由15%提高到2025年、2030年的20%、25%: one start for all
        starts = [last] * n if len(f.years) == n else []
    if not starts:
        return [None] * n
    first = starts[0]
    begin = s.clauses[s.clause_at(first.start)][0]
    lead = _read(s, max(begin, first.start - _REACH), first.start)
    link = _read(s, last.end, f.first.start)
    found = first_rule(RULES, lead, link)
    if found is None:
        return [None] * n
    by = bool(rx(_MOVE).search(link)) and not rx(_TO).search(link)
    return [_from(s, x, y, by, found.reason) for x, y in zip(starts, f.items, strict=True)]


def _without_unit(f: FigureList) -> Quantity | None:
    """The 1.5 of 由1.5降低到1.3: a bare number is a quantity only where a verb follows that moves it."""
    s, stop = f.sentence, f.first.start
    m = rx(rf"(?<![\d.])(\d+(?:\.\d+)?)(?={_MOVE})").search(s.masked, max(0, stop - _REACH), stop)
    if not m or any(d.start <= m.start() < d.end for d in s.dates):
        return None
    return Quantity(m.start(), m.end(), float(m[1]), None, "", "none")


def _one_list(s: Sentence, some: list[Quantity]) -> bool:
    """Whether quantities stand as one list: 7.3%、8%."""
    return bool(some) and all(
        s.masked[a.end : b.start] in ("、", "和", "及", "与") for a, b in pairwise(some)
    )


def _read(s: Sentence, begin: int, end: int) -> str:
    """Words with 〇 for each date; what leads the date (由, 较, 到) and 起 behind it stay."""
    out, at = [], begin
    for d in s.dates:
        if d.end <= begin or d.start >= end:
            continue
        out += [s.masked[at : max(at, d.start)], s.masked[d.start : d.at], _DATE]
        out += ["起"] if s.masked[d.start : d.end].endswith(_SINCE) else []
        at = min(d.end, end)
    return "".join([*out, s.masked[at:end]])


def _from(s: Sentence, x: Quantity, y: Quantity, by: bool, reason: str) -> Start | None:
    """A level to start from, in the unit of the figure; None where the two do not fit."""
    at = s.in_text(x.start, x.end)
    if x.unit in ("", y.unit) or (by and y.dimension in _TIED):
        return Start(x.value, at, reason)
    (x_unit, x_times), (y_unit, y_times) = _parted(x.unit), _parted(y.unit)
    if x_unit != y_unit:
        return None
    return Start(float(f"{x.value * x_times / y_times:.12g}"), at, reason)


@cache
def _parted(unit: str) -> tuple[str, float]:
    """A unit without its multiplier, and that multiplier: 万千瓦 → 千瓦, 10000."""
    for word, times in sorted(vocabulary()["multiplier"].items(), key=lambda p: -len(p[0])):
        if unit.startswith(word) and len(unit) > len(word):
            return unit.removeprefix(word), times
    return unit, 1.0
