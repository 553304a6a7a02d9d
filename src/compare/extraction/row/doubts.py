"""Reasons to look at a row: where the extractor guessed, as codes for the column ``review_reasons``.

Each rule is a sign that was measured to stand with errors more often than not having it
(``docs/quality.md``); ``vocabulary/review_reasons.toml`` says each code in both languages. A rule
elsewhere that knows itself weak adds its code to the row that it makes: ``row.doubted("code")``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from compare.extraction.layout.located import NOWHERE, offsets, runs
from compare.extraction.rules import Rule
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject.indicator_match import indicator_of, is_near_indicator
from compare.vocabulary.lexicon import rx

_RELATIVE = frozenset({"times", "tenths", "share", "points"})


@dataclass(frozen=True, slots=True)
class Case:
    """A row, with what it was read from.

    Attributes
    ----------
    name : str
        Its indicator_text, as a plain str.
    indicator : str
    of_others : bool
        The sentence tells what another government or document asks for.
    """

    text: str
    row: Row
    sentence: Sentence
    context: Context
    name: str
    indicator: str
    of_others: bool


def with_doubts(text: str, s: Sentence, rows: list[Row], context: Context) -> list[Row]:
    """Rows of a sentence with the codes of all rules that apply to them."""
    of_others = bool(rows) and bool(rx(_OTHERS).search(s.text))
    out = []
    for row in rows:
        name = str(row.indicator_text)
        indicator = indicator_of(name, row.dimension, row.measure, row.kind)
        case = Case(text, row, s, context, name, indicator, of_others)
        codes = [rule.decision.disposition for rule in RULES if rule.applies(case)]
        out.append(row.doubted(*codes) if codes else row)
    return out


# ---------------------------------------------------------------- when
def _issue_year_unknown(c: Case) -> bool:
    year, time = c.row.target_year, c.context.time
    return not time.known and year is not None and year <= time.year + 1


def _undated(c: Case) -> bool:
    return c.row.target_year is None


def _horizon_carried(c: Case) -> bool:
    at = c.row.horizon_at
    if c.row.target_year is None or at is None or at[0] >= c.sentence.at:
        return False
    between = c.text[at[1] : c.sentence.at]
    return "\n" in between or between.count("。") > 1


# ---------------------------------------------------------------- what is measured
_THIN = (
    "(?:总|新增|累计|年|综合|城市|全[市省县]|其)*(?:规模|总量|数量|比例|占比|比重|覆盖率|达标率|回收率|利用率"
    "|容量|能力|产量|面积|峰值|装机|能耗|排放|强度|水平)"
)
_OPENS_ODDLY = r"[^\w(“\"《]|和|及|与|的|由|为|是|其|区内"
_ENDS_ODDLY = (*"、,;:(和及与的由为至到是要超", "达到", "提高", "突破", "分别", "基础上", "按要求")
_ODD = r"其中|由现|由目前|会|提出|目标|力争|确保|争取|这个|该|\d%"
_MEASURED = (
    "率|比|份额|覆盖|权重|度|耗|排放|量|装机|规模|面积|产值|值|效|系数|能力|额|产能|产业|收入|投资|里程|产出|增速"
    "|增幅|消费|机组|库容|数|标准|要求|水平|出行|光伏|风电|储能|缺口|差"
)
_LONGEST = 28


def _name_thin(c: Case) -> bool:
    return len(c.name) <= 3 or bool(rx(_THIN).fullmatch(c.name))


def _name_odd(c: Case) -> bool:
    return (
        len(c.name) > _LONGEST
        or c.name.endswith(_ENDS_ODDLY)
        or bool(rx(_OPENS_ODDLY).match(c.name) or rx(_ODD).search(c.name))
    )


def _name_with_figure(c: Case) -> bool:
    return bool(rx(r"(?<!PM2\.)(?<!PM)(?<!CO)\d(?!千瓦)").search(c.name))


def _name_unmeasured(c: Case) -> bool:
    r = c.row
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


def _indicator_near(c: Case) -> bool:
    r = c.row
    return (
        c.indicator == "other"
        and r.kind != "milestone"
        and is_near_indicator(c.name, r.dimension, r.measure, r.kind)
    )


def _unit_relative(c: Case) -> bool:
    return c.row.dimension in ("times", "tenths")


# ---------------------------------------------------------------- for whom
_PLACE = (
    "^(?!全|本|我|各|小|社|园|工业|产业|城|景|服务|灌|库|地|新|市|县|区|农|乡|主|中心|建成|公共|行政|街|试点|重点|省"
    "|国|规模|高|跨|禁|功能|可|严|夏|寒)[\u4e00-\u9fff]{1,6}?(?:市|区|县|州|盟|旗|镇|乡|基地|园区|城市)"
    "(?![民场域政级直生间内化容外际轨]|公交)"
)


def _place_in_name(c: Case) -> bool:
    return c.row.scope_region is None and bool(rx(_PLACE).search(c.name))


def _part_of_place(c: Case) -> bool:
    return c.row.scope_region is not None


_OTHERS = (
    "(?:国家|我国|全国|省|上级|中央|自治区)(?:政府|层面|里|级)?(?:明确|提出|要求|规定)"
    "|(?:》|方案|规划|意见|纲要|通知)[^,。;]{0,6}(?:提出|明确|要求)"
)


def _goal_of_others(c: Case) -> bool:
    return c.of_others


# ---------------------------------------------------------------- how
def _milestone(c: Case) -> bool:
    return c.row.kind == "milestone"


def _peak_of_part(c: Case) -> bool:
    return c.row.kind == "peak" and c.indicator != "co2_peak"


def _rule(
    code: str, sentence: str, applies: Callable[[Case], bool], *, taken: str, left: str
) -> Rule:
    return Rule(code.replace("_", "-"), sentence, code, applies, taken=taken, left=left)


RULES = (
    _rule(
        "issue_year_unknown",
        "Nothing tells the year of the text, and the horizon is so early that it may be a fact.",
        _issue_year_unknown,
        taken="磷石膏综合利用率2022年达到«50%»。",
        left="磷石膏综合利用率2022年达到50%，2025年达到«75%»。",
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
        "The date stands more than one sentence, or a line, before.",
        _horizon_carried,
        taken="一、主要目标\n到2030年：\n1.绿色建筑占比达到«50%»。",
        left="到2030年，产业更加绿色。绿色建筑占比达到«50%»。",
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
        taken="到2030年，列入名录的新建和改建扩建工业项目采用高效节能电机和变压器设备的比例达到«80%»。",
        left="到2030年，工业项目采用高效节能电机的比例达到«80%»。",
    ),
    _rule(
        "name_with_figure",
        "A figure stands in the name of what is measured.",
        _name_with_figure,
        taken="到2030年，全部完成35蒸吨锅炉改造，4类污染因子削减量达到«0.8万吨»。",
        left="到2030年，污染因子削减量达到«0.8万吨»。",
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
        taken="到2030年，绿色建筑占比达到«50万平方米»。",
        left="到2030年，绿色建筑占比达到«50%»。",
    ),
    _rule(
        "unit_relative",
        "The figure counts times, doublings or tenths.",
        _unit_relative,
        taken="到2030年，绿电交易量增长«两倍»。",
        left="到2030年，绿电交易量增长«20%»。",
    ),
    _rule(
        "place_in_name",
        "The name begins with what may be a place that the target is for.",
        _place_in_name,
        taken="到2030年，滨海能源基地绿电占比达到«40%»。",
        left="到2030年，全市绿电占比达到«40%»。",
    ),
    _rule(
        "part_of_place",
        "The target is for a part of the place.",
        _part_of_place,
        taken="到2030年，主城区绿电占比达到«40%»。",
        left="到2030年，全市绿电占比达到«40%»。",
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
        "peak_of_part",
        "What peaks is not the whole place's carbon.",
        _peak_of_part,
        taken="工业领域碳排放«2028年»前达到峰值。",
        left="全市碳排放«2028年»前达到峰值。",
    ),
)
"""Each code once; what a rule elsewhere adds has no rule here."""
