"""Reasons to look at a row: where the extractor guessed, as codes for the column ``review_reasons``.

Each rule is a sign that was measured to stand with errors more often than not having it
(``docs/quality.md``); ``vocabulary/review_reasons.toml`` says each code in both languages. A rule
elsewhere that knows itself weak adds its code to the row that it makes: ``row.doubted("code")``.
Rows of tables ask some of the same of their names (``tables/table_rows.py``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from compare.extraction.layout.located import NOWHERE, offsets, runs
from compare.extraction.row.place_words import first_place, may_hold_place
from compare.extraction.rules import Rule
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject.indicator_match import indicator_of, is_near_indicator
from compare.vocabulary.lexicon import rx

_RELATIVE = frozenset({"times", "tenths", "share", "points"})


@dataclass(slots=True)
class Case:
    """A row, with what it was read from.

    Attributes
    ----------
    name : str
        Its indicator_text, as a plain str.
    unknown : bool
        It is none of the indicators that the vocabulary knows.
    of_others : bool
        The sentence tells what another government or document asks for.
    year_left : bool
        The sentence has a year that is neither horizon nor base of any of its rows.
    place : int
        Where in the sentence the first word stands that may end the name of a place.
    """

    text: str
    row: Row
    sentence: Sentence
    context: Context
    name: str
    unknown: bool
    of_others: bool
    year_left: bool
    place: int


def with_doubts(text: str, s: Sentence, rows: list[Row], context: Context) -> list[Row]:
    """Rows of a sentence with the codes of all rules that apply to them."""
    if not rows:
        return rows
    of_others = bool(rx(_ASKS).search(s.text) and rx(_OTHERS).search(s.text))
    year_left = _leaves_a_year(s, rows)
    place = first_place(s.masked)
    out = []
    for row in rows:
        name = str(row.indicator_text)
        unknown = indicator_of(name, row.dimension, row.measure, row.kind) == "other"
        case = Case(text, row, s, context, name, unknown, of_others, year_left, place)
        codes = [rule.decision.disposition for rule in RULES if rule.applies(case)]
        out.append(row.doubted(*codes) if codes else row)
    return out


def _leaves_a_year(s: Sentence, rows: Sequence[Row]) -> bool:
    taken = {y for r in rows for y in (r.target_year, r.baseline_year)}
    return any(y is not None and y not in taken for d in s.dates for y in d.years)


# ---------------------------------------------------------------- when
_MARKED_AS_AHEAD = re.compile("[到至前底末内起五]")


def _issue_year_unknown(c: Case) -> bool:
    year, time = c.row.target_year, c.context.time
    if time.known or year is None or year > time.year + 1:
        return False
    at, s = c.row.horizon_at, c.sentence
    if at is None or not s.at <= at[0] <= c.row.start:
        return False
    if s.clause_at(at[0] - s.at) == s.clause_at(c.row.start - s.at):
        return True
    dates = (d for d in s.dates if year in d.years and d.role == "horizon")
    return any(not _MARKED_AS_AHEAD.search(s.text, d.start, d.end) for d in dates)


def _undated(c: Case) -> bool:
    return c.row.target_year is None


def _horizon_carried(c: Case) -> bool:
    at = c.row.horizon_at
    if not c.unknown or c.row.target_year is None or at is None or at[0] >= c.sentence.at:
        return False
    between = c.text[at[1] : c.sentence.at]
    return "\n" in between or between.count("。") > 1


def _year_left(c: Case) -> bool:
    return c.year_left


# ---------------------------------------------------------------- what is measured
_THIN = (
    "(?:总|新增|累计|年|综合|城市|全[市省县]|其)*(?:规模|总量|数量|比例|占比|比重|覆盖率|达标率|回收率|利用率"
    "|容量|能力|产量|面积|峰值|装机|能耗|排放|强度|水平)"
)
_OPENS_ODDLY = r"[^\w(“\"《]|\([一二三四五六七八九十\d]+\)|和|及|与|的|由|为|是|其|区内"
_ENDS_ODDLY = (*"、,;:(和及与的由为至到是要超", "达到", "提高", "突破", "分别", "基础上", "按要求")
_ODD = r"其中|由现|由目前|会|提出|目标|力争|确保|争取|这个|该|\d%"
_MEASURED = (
    "率|比|份额|覆盖|权重|度|耗|排放|量|装机|规模|面积|产值|值|效|系数|能力|额|产能|产业|收入|投资|里程|产出|增速"
    "|增幅|消费|机组|库容|数|标准|要求|水平|出行|光伏|风电|储能|缺口|差"
)
_ENDS_MEASURED = frozenset("率比例重额量规模积度耗数值效能力")
_LONGEST = 19
_LONGEST_KNOWN = 28


def _name_thin(c: Case) -> bool:
    return is_thin(c.name)


def is_thin(name: str) -> bool:
    """Whether a name is so short or general that part of it may stand elsewhere."""
    return len(name) <= 3 or bool(rx(_THIN).fullmatch(name))


def _name_odd(c: Case) -> bool:
    return (
        len(c.name) > (_LONGEST if c.unknown else _LONGEST_KNOWN)
        or c.name.endswith(_ENDS_ODDLY)
        or bool(rx(_OPENS_ODDLY).match(c.name) or rx(_ODD).search(c.name))
    )


def _name_with_figure(c: Case) -> bool:
    relative = c.row.dimension in _RELATIVE
    return relative and bool(rx(r"\d(?<!PM2\.\d)(?<!PM\d)(?<!CO\d)(?!千瓦)").search(c.name))


def _name_unmeasured(c: Case) -> bool:
    r = c.row
    if c.unknown and r.dimension == "share" and _ENDS_MEASURED.isdisjoint(c.name[-2:]):
        return True
    told = r.kind in ("numeric", "directional", "deferred")
    relative = r.unit is None or r.dimension in _RELATIVE or r.dimension == "power"
    return told and relative and not rx(_MEASURED).search(c.name)


def _name_put_together(c: Case) -> bool:
    at = offsets(c.row.indicator_text)
    if not at or c.row.dimension not in _RELATIVE or at[-1] - at[0] == len(at) - 1:
        return False
    start, end = runs(c.row.indicator_text)[-1]
    return end - start <= 4


def _subject_restored(c: Case) -> bool:
    at = offsets(c.row.indicator_text)
    return bool(at) and NOWHERE < at[0] < c.sentence.at


# ---------------------------------------------------------------- which indicator
def _indicator_near(c: Case) -> bool:
    r = c.row
    if not c.unknown or r.kind in ("milestone", "peak"):
        return False
    if r.kind == "numeric" and r.dimension != "share":
        return False
    return is_near_indicator(c.name, r.dimension, r.measure, r.kind)


def _power_of_unknown(c: Case) -> bool:
    return c.unknown and c.row.dimension == "power"


def _all_of_unknown(c: Case) -> bool:
    return c.unknown and c.row.kind == "verbal"


def _change_without_base(c: Case) -> bool:
    r = c.row
    return c.unknown and r.kind == "numeric" and r.measure == "change" and r.baseline_year is None


def _tenths(c: Case) -> bool:
    return c.row.dimension == "tenths"


# ---------------------------------------------------------------- for whom
# a part of the place that was named before, or any such part
_CALLED = "(?:园区|流域|景区|港区|矿区|库区|灌区|林场|片区)"


def _place_in_name(c: Case) -> bool:
    r = c.row
    if r.kind == "milestone" or r.scope_region is not None:
        return False
    return may_hold_place(c.name) or bool(rx(_CALLED).match(c.name))


def _place_before(c: Case) -> bool:
    r = c.row
    return c.unknown and r.scope_region is None and c.place < r.start - c.sentence.at


_ASKS = "明确|提出|要求|规定"
_OTHERS = (
    "(?:国家|我国|全国|省|上级|中央|自治区)(?:政府|层面|里|级|标准)?(?:明确|提出|要求|规定)"
    "|(?:》|方案|规划|意见|纲要|通知)[^,。;]{0,6}(?:提出|明确|要求)"
)


def _goal_of_others(c: Case) -> bool:
    return c.of_others


# ---------------------------------------------------------------- how
def _milestone(c: Case) -> bool:
    return c.row.kind == "milestone"


def _second_aim(c: Case) -> bool:
    return c.row.tier == "stretch"


def _rule(
    code: str, sentence: str, applies: Callable[[Case], bool], *, taken: str, left: str
) -> Rule:
    return Rule(code.replace("_", "-"), sentence, code, applies, taken=taken, left=left)


RULES = (
    _rule(
        "issue_year_unknown",
        "Nothing tells the year of the text, and an early year in the clause itself, or without 到, 前 or 底, may be a fact's.",
        _issue_year_unknown,
        taken="磷石膏综合利用率2022年达到«50%»。",
        left="到2022年，磷石膏综合利用率达到«50%»。",
    ),
    _rule(
        "undated",
        "No date governs the commitment.",
        _undated,
        taken="新建住宅建筑密度控制在«30%»以下。",
        left="到2030年，新建住宅建筑密度控制在«30%»以下。",
    ),
    _rule(
        "horizon_carried",
        "The date stands more than one sentence, or a line, before, and what is measured is no known indicator.",
        _horizon_carried,
        taken="一、主要目标\n到2030年：\n1.电动农机占比达到«50%»。",
        left="一、主要目标\n到2030年：\n1.绿色建筑占比达到«50%»。",
    ),
    _rule(
        "year_left",
        "A year of the sentence is neither horizon nor base of any of its targets.",
        _year_left,
        taken="以2022年的调查为准，到2030年，绿电占比达到«50%»。",
        left="到2030年，绿电占比比2022年提高«50%»。",
    ),
    _rule(
        "name_thin",
        "What is measured has a name of three characters at most, or a bare 规模, 总量, 占比.",
        _name_thin,
        taken="到2030年，绿化率达到«40%»。",
        left="到2030年，城区绿化率达到«40%»。",
    ),
    _rule(
        "name_odd",
        "What is measured is very long, or begins or ends as no name does, or holds a verb of saying.",
        _name_odd,
        taken="到2030年，列入名录的新建和改建扩建项目采用高效节能设备的比例达到«80%»。",
        left="到2030年，工业项目采用高效节能设备的比例达到«80%»。",
    ),
    _rule(
        "name_with_figure",
        "A figure stands in the name of what a share or a change is of.",
        _name_with_figure,
        taken="到2030年，35蒸吨锅炉改造完成率达到«80%»。",
        left="到2030年，35蒸吨锅炉改造数量达到«80台»。",
    ),
    _rule(
        "name_unmeasured",
        "A share, a change or a power is of something whose name says of no share, amount or rate.",
        _name_unmeasured,
        taken="到2030年，旅游景区提升«12%»。",
        left="到2030年，旅游景区用电量提升«12%»。",
    ),
    _rule(
        "name_put_together",
        "The name of a share is put together, and ends in a short piece from further on.",
        _name_put_together,
        taken="到2030年，阴极铜、电积镍产能占比分别达到«65%»、70%。",
        left="到2030年，阴极铜、电积镍产能占比分别达到65%、«70%»。",
    ),
    _rule(
        "subject_restored",
        "What is measured is named in a sentence before.",
        _subject_restored,
        taken="2023年垃圾回收率为58.3%。2030年提升至«65%»。",
        left="2023年垃圾回收率为58.3%，2030年提升至«65%»。",
    ),
    _rule(
        "indicator_near",
        "The words are those of an indicator, but the unit, the kind of figure or another word is not.",
        _indicator_near,
        taken="到2030年，绿色工厂产值占比达到«50%»。",
        left="到2030年，绿色建筑占比达到«50%»。",
    ),
    _rule(
        "power_of_unknown",
        "A power is of no known indicator.",
        _power_of_unknown,
        taken="到2030年，新增供热能力«50万千瓦»。",
        left="到2030年，光伏装机达到«50万千瓦»。",
    ),
    _rule(
        "all_of_unknown",
        "All of something that is no known indicator is promised without a figure.",
        _all_of_unknown,
        taken="到2030年，粮食烘干设施«全部实现»电动化。",
        left="到2030年，新建建筑«全部执行»绿色建筑标准。",
    ),
    _rule(
        "change_without_base",
        "A change of what is no known indicator is measured from a year that nothing names.",
        _change_without_base,
        taken="到2030年，人均用水量下降«12%»。",
        left="到2030年，人均用水量比2025年下降«12%»。",
    ),
    _rule(
        "tenths",
        "The figure counts tenths.",
        _tenths,
        taken="到2030年，绿电占比达到«三成»。",
        left="到2030年，绿电占比达到«30%»。",
    ),
    _rule(
        "place_in_name",
        "The name holds what may be a place that the target is for.",
        _place_in_name,
        taken="到2030年，青龙湾绿电占比达到«40%»。",
        left="到2030年，全市绿电占比达到«40%»。",
    ),
    _rule(
        "place_before",
        "What may be a place stands before it in the sentence, and it is for none and no known indicator.",
        _place_before,
        taken="到2030年，青江流域湿地保护率达到60%，农户参保率达到«40%»。",
        left="到2030年，全市湿地保护率达到60%，农户参保率达到«40%»。",
    ),
    _rule(
        "goal_of_others",
        "The sentence tells what another government or document asks for.",
        _goal_of_others,
        taken="到2030年，绿电占比达到«40%»，快于国家规定的进度。",
        left="到2030年，绿电占比达到«40%»，快于以往的进度。",
    ),
    _rule(
        "milestone",
        "A named project is to be finished.",
        _milestone,
        taken="2028年底前，青山抽水蓄能电站«建成投产»。",
        left="到2028年，抽水蓄能装机达到«120万千瓦»。",
    ),
    _rule(
        "second_aim",
        "A second, higher aim takes its name and its base from the first.",
        _second_aim,
        taken="到2030年，绿电占比达到40%，力争达到«45%»。",
        left="到2030年，绿电占比力争达到«45%»。",
    ),
)
"""Each code once; what a rule elsewhere adds has no rule here."""
