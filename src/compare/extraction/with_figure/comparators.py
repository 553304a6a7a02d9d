"""How a figure binds: comparator, measure and direction, flow per year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from compare.extraction.commitment.words import COUNTED, ends_with, is_yearly, words_before_figure
from compare.extraction.rules import Rule, Table
from compare.extraction.signs import needed_by, signs_in, state
from compare.extraction.with_figure.figure_list import FigureList, qualifiers
from compare.vocabulary.lexicon import any_of, rx, words
from compare.vocabulary.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Bound:
    """A comparator, and where in the clean text the word stands that gave it (``=`` has none)."""

    sign: str
    at: tuple[int, int] | None = None


_RATES = frozenset({"share", "points", "tenths", "times"})
_SIGNS = {"ge": ">=", "each": ">=", "le": "<=", "gt": ">", "lt": "<", "about": "~"}
_NEAR = 6
# words between the verb and its figure
_FILLER = "(?:分别|均|都|各|累计|(?<!节)约|大约|年均|合计|总体|平均|以上|超过|不低于|不少于|不超过|至少|大于|近|接近|幅度|左右|了)"
_BETWEEN = re.compile(rf"{_FILLER}{_FILLER}*$")


@cache
def _after() -> tuple[re.Pattern, re.Pattern]:
    b = words()["bounds"]
    return re.compile(any_of(b["at_least_after"])), re.compile(any_of(b["at_most_after"]))


@cache
def _of() -> re.Pattern:
    b = words()["bounds"]
    least, most = any_of(b["at_least_before"]), any_of(b["at_most_before"])
    return re.compile(rf"(?:(?P<ge>{least})|(?P<le>{most}))[\u4e00-\u9fff]{{2,14}}的$")


# how what a share is of ends: 装机容量, 规模, 功率 …
_WHOLE_ENDS = frozenset("机量模率积荷")


@cache
def _share_of() -> re.Pattern:
    b = words()["bounds"]
    least, most = any_of(b["at_least_before"]), any_of(b["at_most_before"])
    whole = "[\u4e00-\u9fff]{0,6}(?:装机(?:容量|规模)?|功率|面积|总量|用电量|用气量|用水量|消费量|产量|负荷)"
    return re.compile(rf"(?:(?P<ge>{least})|(?P<le>{most})){whole}$")


@cache
def _sign_behind(word: str) -> str:
    least, most = _after()
    word = word.removeprefix("(含)").strip("()□")
    return ">=" if least.fullmatch(word) else "<=" if most.fullmatch(word) else "~"


@dataclass(slots=True)
class _Figure:
    """One figure of a list, the words that bound it, and those that its list shares."""

    f: FigureList
    q: Quantity
    before: Bound | None
    behind: Bound | None
    lead: Bound | None
    shared: Bound | None


def comparators(f: FigureList) -> list[tuple[Bound, str]]:
    """What bounds each figure of a list, and the id of the rule that says so."""
    shared = _behind(f, f.behind - len(f.qualifier), f.qualifier) if f.qualifier else None
    out, lead = [], None
    for i, q in enumerate(f.items):
        before = _before(f, q)
        lead = before if i == 0 else lead
        behind = shared
        if q is not f.last:
            own = qualifiers().match(f.sentence.masked, q.end)
            behind = _behind(f, q.end, own[0]) if own else None
        case = _Figure(f, q, before, behind, lead, shared)
        for rule in BOUNDS:
            found = rule.applies(case)
            if found:
                out.append((found, rule.id))
                break
    return out


def _before(f: FigureList, q: Quantity) -> Bound | None:
    text, near = f.sentence.masked, max(0, q.start - _NEAR)
    m = words_before_figure()["before"].search(text[near : q.start])
    if m is None and text[q.start - 1 : q.start] == "的":  # 不低于上年用电量的0.3%
        near, m = 0, _of().search(text, max(0, q.start - 20), q.start)
    if m is None and text[q.start - 1 : q.start] in _WHOLE_ENDS:  # 不低于装机容量10%
        near, m = 0, _share_of().search(text, max(0, q.start - 20), q.start)
    # 突破100项关键技术: a verb, not a bound
    if m is None or (m.lastgroup == "gt" and f.noun_behind and m[0].startswith("突破")):
        return None
    a, b = m.span("least" if m.lastgroup == "each" else m.lastgroup or 0)
    return Bound(_SIGNS[m.lastgroup or ""], f.sentence.in_text(near + a, near + b))


def _behind(f: FigureList, start: int, word: str) -> Bound:
    bare = word.removeprefix("(含)").strip("()□")
    start += word.rfind(bare)
    return Bound(_sign_behind(word), f.sentence.in_text(start, start + len(bare)))


def _tolerance(c: _Figure) -> Bound | None:
    at = c.f.sentence.masked.find("±", c.q.start, c.q.end)
    return None if at < 0 else Bound("~", c.f.sentence.in_text(at, at + 1))


BOUNDS = (
    Rule(
        "bound-before", "The words right before a figure bound it: 不低于, 超过, 约.", "bound",
        lambda c: c.before,
        taken="到2025年，绿电占比不低于«30%»。", left="到2025年，绿电占比达到«30%»。",
    ),
    Rule(
        "bound-behind", "The words right behind a figure bound it: 以上, 左右, 以内.", "bound",
        lambda c: c.behind,
        taken="到2025年，绿电占比达到«30%»以上。", left="到2025年，绿电占比不低于«30%»。",
    ),
    Rule(
        "bound-of-the-first", "What is before the first figure of a list bounds the others, too.", "bound",
        lambda c: c.lead,
        taken="到2025年，风电、光伏装机分别不低于30万千瓦、«50万千瓦»。",
        left="到2025年，风电、光伏装机分别达到30万千瓦、«50万千瓦»。",
    ),
    Rule(
        "bound-of-the-last", "What is behind the last figure of a list bounds the others, too.", "bound",
        lambda c: c.shared,
        taken="到2025年，风电、光伏装机分别达到«30万千瓦»、50万千瓦左右。",
        left="到2025年，风电、光伏装机分别达到30万千瓦、«50万千瓦»左右。",
    ),
    Rule(
        "tolerance", "28±2% is about so much.", "bound", _tolerance,
        taken="到2025年，非化石能源占比达到«28±2%»。", left="到2025年，非化石能源占比达到«28%»。",
    ),
    Rule(
        "exact", "A bare figure is meant as it stands.", "bound", lambda c: _EXACT,
        taken="到2025年，绿电占比达到«30%»。", left="到2025年，绿电占比达到«30%»左右。",
    ),
)  # fmt: skip
"""What bounds a figure, in the order in which the rules are asked."""
_EXACT = Bound("=")


Measured = tuple[str, str | None]


@dataclass(slots=True)
class _Words:
    """What the rules of measure look at: the words before a list of figures, without those that only fill."""

    f: FigureList
    left: str
    stem: str
    dimension: str
    grows: bool


GROWS = state()  # 年均增长 and the like stand before the figure


def _said(name: str) -> re.Pattern[str]:
    return rx(words()["measure"][name])


_MAY_GROW = needed_by(_said("growth_re"))


def measure_and_direction(f: FigureList) -> tuple[Measured, str]:
    """Measure (level, change, growth) and direction of a list of figures, and the id of the rule that says so."""
    left, signs = f.bare, signs_in(f.sentence.masked)
    grows = bool(signs & _MAY_GROW and _said("growth_re").search(left))
    case = _Words(f, left, _BETWEEN.sub("", left), f.first.dimension, grows)
    for rule in _MEASURES.asked(signs | GROWS if grows else signs):
        found = rule.applies(case)
        if found:
            return found, rule.id
    return ("level", None), MEASURES[-1].id


_CUT = "减少|减排|压减|削减|减"
_UP_OR_DOWN = needed_by(any_of(words()["predicates"]["up"], words()["predicates"]["down"]))


def _way(c: _Words) -> str:
    return "down" if _said("fall_re").search(c.left) else "up"


MEASURES = (
    Rule(
        "added-each-year", "What is added each year is an amount, a level.", "measure",
        lambda c: c.grows and "新增" in c.left and ("level", None),
        needs=GROWS,
        taken="到2025年，每年增加投入、新增造林«3万亩»。", left="到2025年，造林面积每年增加«3%»。",
    ),
    Rule(
        "cut-each-year", "An amount that is cut each year is a change.", "measure",
        lambda c: c.grows and c.dimension not in _RATES and rx(_CUT).search(c.left) and ("change", "down"),
        needs=GROWS,
        taken="到2025年，每年减少碳排放«30万吨»。", left="到2025年，碳排放每年减少«3%»。",
    ),
    Rule(
        "growth-from-a-base", "A 增长率 against a base year is a change.", "measure",
        lambda c: c.f.base and rx("(?<!年均)(?<!年)增长率").search(c.left) and ("change", _way(c)),
        taken="到2025年，岸电使用量增长率较2020年达到«100%»。", left="到2025年，岸电使用量增长率达到«10%»。",
    ),
    Rule(
        "growth-per-year", "年均增长 and 每年下降 are growth.", "measure",
        lambda c: c.grows and ("growth", _way(c)),
        needs=GROWS,
        taken="到2025年，产值年均增长«10%»。", left="到2025年，产值增长«10%»。",
    ),
    Rule(
        "moved-to", "提高到 and 降至 lead to a level.", "measure",
        lambda c: (ends_with("raise", c.stem) or (c.stem != c.left and ends_with("raise", c.left)))
        and ("level", None),
        needs=_UP_OR_DOWN,
        taken="到2025年，绿电占比提高到«30%»。", left="到2025年，绿电占比提高«3个百分点»。",
    ),
    Rule(
        "rate-of-fall", "A 下降率 or 降幅 is a change, down.", "measure",
        lambda c: _said("fall_rate_re").search(c.left) and ("change", "down"),
        needs=needed_by(_said("fall_rate_re")),
        taken="到2025年，单位GDP能耗下降率达到«14%»。", left="到2025年，绿电占比达到«14%»。",
    ),
    Rule(
        "rate-of-rise", "An 增幅 is a change, up.", "measure",
        lambda c: _said("rise_rate_re").search(c.left) and ("change", "up"),
        needs=needed_by(_said("rise_rate_re")),
        taken="到2025年，绿电消费量增幅达到«40%»。", left="到2025年，绿电消费占比达到«40%»。",
    ),
    Rule(
        "things-counted", "A count in front of what it counts is a level.", "measure",
        lambda c: c.f.noun_behind and c.dimension in COUNTED and ("level", None),
        taken="到2025年，减少«30台»小锅炉。", left="到2025年，小锅炉减少«30台»。",
    ),
    Rule(
        "added-to-a-base", "较2020年净增 of an amount is a change, up.", "measure",
        lambda c: c.f.base and c.dimension not in COUNTED and c.stem.endswith(("新增", "净增")) and ("change", "up"),
        taken="到2025年，森林蓄积量较2020年净增«2000万立方米»。", left="到2025年，森林蓄积量新增«2000万立方米»。",
    ),
    Rule(
        "mass-cut", "A mass behind 减少 or 减排 and what is cut is a change, down.", "measure",
        lambda c: c.dimension == "mass" and _said("reduce_re").search(c.left) and ("change", "down"),
        needs=needed_by(_said("reduce_re")),
        taken="到2025年，减少二氧化碳排放«380万吨»。", left="到2025年，二氧化碳减排量达到«380万吨»。",
    ),
    Rule(
        "things-improved", "改善 of a count is what is done to them.", "measure",
        lambda c: c.dimension in COUNTED and c.stem.endswith("改善") and ("level", None),
        taken="到2025年，老旧住宅改善«300栋»。", left="到2025年，居住条件改善«3个百分点»。",
    ),
    Rule(
        "falls-by", "下降 and its like before a figure are a change, down.", "measure",
        lambda c: ends_with("down", c.stem) and not c.stem.endswith(("新增", "净增")) and ("change", "down"),
        needs=_UP_OR_DOWN,
        taken="到2025年，单位GDP能耗下降«14%»。", left="到2025年，单位GDP能耗降至«0.4吨标准煤»。",
    ),
    Rule(
        "rises-by", "提高 and its like before a figure are a change, up.", "measure",
        lambda c: ends_with("up", c.stem) and not c.stem.endswith("改造提升") and ("change", "up"),
        needs=_UP_OR_DOWN,
        taken="到2025年，用水效率提高«14%»。", left="到2025年，用水效率达到«94%»。",
    ),
    Rule(
        "points", "Percentage points are a change.", "measure",
        lambda c: c.dimension == "points" and ("change", _way(c)),
        taken="到2025年，能源结构优化«5个百分点»。", left="到2025年，非化石能源占比达到«25%»。",
    ),
    Rule(
        "level", "Any other figure is a level.", "measure", lambda c: ("level", None),
        taken="到2025年，绿电占比达到«30%»。", left="到2025年，绿电占比提高«3个百分点»。",
    ),
)  # fmt: skip
"""Level, change or growth, in the order in which the rules are asked."""
_MEASURES = Table(MEASURES)


def is_annual(f: FigureList, name: str) -> bool:
    """Whether the figure is a flow per year: 每年…, or a name such as 年利用量."""
    s, m = f.sentence, words()["measure"]
    before = s.masked[s.clauses[f.clause][0] : f.first.start]
    may_grow = signs_in(s.masked) & _MAY_GROW
    if may_grow and rx(m["growth_re"]).search(before) and "每年" not in before:
        before = before[before.rfind("、") + 1 :]  # 年均增长10%以上、达到1200亿元
    if rx(r"每年|(?<!\d)年均(?!浓度)").search(before):
        return True
    if not f.years and is_yearly(s, f.first.start) and "累计" not in f.bare:
        return True
    if f.items[-1].unit[-2:] == "/年":
        return not rx("能力|产能|规模").search(name)  # 制氢量达到10万吨/年
    if f.first.dimension == "share":
        return False  # 年发电量占全社会用电量的比重
    said = name if "年" in name else f.bare  # 年减少碳排放: the verb went from the name
    said = rx(r"^.*?\d[^,]*?(?:(?:以上|以下|以内)的?|(?<=[元吨次时米瓦])的)").sub(
        "", said
    )  # 年利用量1万吨以上的企业, 年产值超10亿元的企业
    return bool(rx(m["annual_re"]).search(said)) and not rx(m["not_annual_re"]).search(said)
