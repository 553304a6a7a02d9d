"""How a figure binds: comparator, measure and direction, flow per year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from compare.extraction.commitment.words import COUNTED, ends_with, is_yearly, words_before_figure
from compare.extraction.figure_list import FigureList, qualifiers
from compare.vocabulary.lexicon import any_of, rx, words


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
    whole = "[\u4e00-\u9fff]{0,6}(?:装机(?:容量|规模)?|功率|面积|总量|用电量|负荷)"
    return re.compile(rf"(?:(?P<ge>{least})|(?P<le>{most})){whole}$")


def _sign_behind(word: str) -> str:
    least, most = _after()
    word = word.removeprefix("(含)").strip("()□")
    return ">=" if least.fullmatch(word) else "<=" if most.fullmatch(word) else "~"


def comparators(f: FigureList) -> list[Bound]:
    """What bounds each figure: the nearest words decide; a qualifier behind the last is shared."""
    text = f.sentence.masked
    shared = _behind(f, f.behind - len(f.qualifier), f.qualifier) if f.qualifier else None
    out, lead = [], None
    for i, q in enumerate(f.items):
        near = max(0, q.start - _NEAR)
        m = words_before_figure()["before"].search(text[near : q.start])
        if m is None and text[q.start - 1 : q.start] == "的":  # 不低于上年用电量的0.3%
            near, m = 0, _of().search(text, max(0, q.start - 20), q.start)
        if m is None and text[q.start - 1 : q.start] in _WHOLE_ENDS:  # 不低于装机容量10%
            near, m = 0, _share_of().search(text, max(0, q.start - 20), q.start)
        before = None
        # 突破100项关键技术: a verb, not a bound
        if m and not (m.lastgroup == "gt" and f.noun_behind and m[0].startswith("突破")):
            a, b = m.span("least" if m.lastgroup == "each" else m.lastgroup)
            before = Bound(_SIGNS[m.lastgroup], f.sentence.in_text(near + a, near + b))
        lead = before if i == 0 else lead
        own = qualifiers().match(text, q.end)
        behind = shared if q is f.last else _behind(f, q.end, own[0]) if own else None
        found = before or behind or lead or shared
        out.append(found or _tolerance(f, text.find("±", q.start, q.end)))
    return out


def _behind(f: FigureList, start: int, word: str) -> Bound:
    bare = word.removeprefix("(含)").strip("()□")
    start += word.rfind(bare)
    return Bound(_sign_behind(word), f.sentence.in_text(start, start + len(bare)))


def _tolerance(f: FigureList, at: int) -> Bound:
    """28±2%: about; without the sign the value is exact."""
    return Bound("=") if at < 0 else Bound("~", f.sentence.in_text(at, at + 1))


def measure_and_direction(f: FigureList) -> tuple[str, str | None]:
    """Measure (level, change, growth) and direction, from the words before the figures."""
    m, left = words()["measure"], f.bare
    if rx(m["growth_re"]).search(left):
        if "新增" in left:
            return "level", None
        if f.first.dimension not in _RATES and rx("减少|减排|压减|削减|减").search(left):
            return "change", "down"  # 每年减少碳排放30万吨: an amount, no rate
        return "growth", "down" if rx(m["fall_re"]).search(left) else "up"
    stem = _BETWEEN.sub("", left)
    if ends_with("raise", stem) or (stem != left and ends_with("raise", left)):
        return "level", None
    if rx(m["fall_rate_re"]).search(left):
        return "change", "down"
    if rx(m["rise_rate_re"]).search(left):
        return "change", "up"
    if f.noun_behind and f.first.dimension in COUNTED:
        return "level", None
    if f.base and f.first.dimension not in COUNTED and stem.endswith(("新增", "净增")):
        return "change", "up"  # 较2020年净增2000万立方米
    if f.first.dimension == "mass" and rx(m["reduce_re"]).search(left):
        return "change", "down"  # 减少二氧化碳排放380万吨
    if f.first.dimension in COUNTED and stem.endswith("改善"):
        return "level", None  # 改善300栋: what is done to them
    if ends_with("down", stem) and not stem.endswith(("新增", "净增")):
        return "change", "down"
    if ends_with("up", stem):
        return "change", "up"
    if f.first.dimension == "points":
        return "change", "down" if rx(m["fall_re"]).search(left) else "up"
    return "level", None


def is_annual(f: FigureList, name: str) -> bool:
    """Whether the figure is a flow per year: 每年…, or a name such as 年利用量."""
    s, m = f.sentence, words()["measure"]
    before = s.masked[s.clauses[f.clause][0] : f.first.start]
    if rx(m["growth_re"]).search(before) and "每年" not in before:
        before = before[before.rfind("、") + 1 :]  # 年均增长10%以上、达到1200亿元
    if rx(r"每年|(?<!\d)年均(?!浓度)").search(before):
        return True
    if not f.years and is_yearly(s, f.first.start):
        return True
    if f.items[-1].unit[-2:] == "/年":
        return not rx("能力|产能|规模").search(name)  # 制氢量达到10万吨/年
    if f.first.dimension == "share":
        return False  # 年发电量占全社会用电量的比重
    said = name if "年" in name else f.bare  # 年减少碳排放: the verb went from the name
    return bool(rx(m["annual_re"]).search(said)) and not rx(m["not_annual_re"]).search(said)
