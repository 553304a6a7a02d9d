"""The part that a year plays in its sentence, by named rules: horizon, baseline, or a fact of the past.

The first rule that applies decides. What is past follows from the year of the document, never from
the year by itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from compare.extraction.dates.document_time import DocumentTime
from compare.extraction.dates.year_mentions import (
    AFTER_BASELINE,
    BASELINE_WORD,
    COMPARED,
    FUTURE_WORD,
    PAST_WORD,
    is_done_before,
)
from compare.extraction.rules import Decision, Rule, Table, first
from compare.extraction.signs import any_word, needed_by, signs_in
from compare.vocabulary.lexicon import rx

DAY = re.compile(r"(?<=月)\d{1,2}日|\d{1,2}月\d{1,2}日")
# 有效期至2025年12月31日, 自2021年1月1日至2025年12月31日: the end of a term, which is no deadline
_TERM_BEFORE = re.compile("(?:有效|施行|实施|执行|公示|[自从由])[^。;]*$")
_LATE = 2  # years after which even 底前 is no deadline still to come
# …是碳达峰的关键期, 也是攻坚之年: a name for the time, and no commitment
_CALLED = re.compile(
    r"[,]?(?:既|也|正)?(?:是|为|作为|处于|正值|迎来|进入(?!峰|达峰|平台))(?!基(?:期|准|数|年))[^,;。]{0,30}?(?:[时周]?期|阶段|之年|[一二三四五六七八九十]年|窗口|时刻|节点|时段)(?:[,;。、]|和|及|与|$)"
)
# 维持2025年规模
_KEPT = re.compile("(?:维持|保持|不[超突高]过?破?于?|稳定|控制)(?:在|至|到)?$")
_AS_IT_WAS = re.compile("(?:的|之)?(?:规模|水平|总量|存量|基数)")
_FIRST_YEARS = re.compile(r"[前头][一二两三四]年")
# 今年1至9月, 今年上半年: a part of the year that is told, if no deadline is set in it
_PART_OF_YEAR = re.compile(
    r"\d{1,2}(?:月)?(?:至|到|-|—)\d{1,2}月|前[一二三]个?季度|上半年|前\d{1,2}个?月"
)
_HAS_BEEN = re.compile("已(?!有|知)|共完成|同比|超额|[较比]上年")


class YearCase(NamedTuple):
    """A year, or years, written out in a sentence.

    Attributes
    ----------
    text : str
        Clean text, names hidden.
    start, end : int
        The sentence.
    at, stop : int
        The date, preposition and suffix included.
    lead, suffix : str
        到, 截至, 较 … before the year; 底前, 以来 … behind it.
    year : int
        The last of the years.
    time : DocumentTime
    goals : bool
        The section sets goals.
    """

    text: str
    start: int
    end: int
    at: int
    stop: int
    lead: str
    suffix: str
    year: int
    time: DocumentTime
    goals: bool

    def before(self, most: int) -> str:
        """The words before the date."""
        return self.text[max(self.start, self.at - most) : self.at]

    def behind(self, most: int) -> str:
        """The words behind the date, to the end of its sentence part."""
        words = self.text[self.stop : min(self.stop + most, self.end)]
        return words.partition("。")[0].partition(";")[0]

    @property
    def anchored(self) -> bool:
        """Words of a deadline stand with it: 到, 在, 底前 …"""
        return self.lead in ("到", "至", "在", "于") or self.suffix not in ("", "期间", "时")

    @property
    def now(self) -> int:
        """The year of the document; one less where it is only estimated."""
        return self.time.year - (not self.time.known)

    def led(self, most: int) -> bool:
        """力争, 将, 目标 … stand right before it."""
        return bool(FUTURE_WORD.search(self.before(most)))


class RelativeCase(NamedTuple):
    """今年, 明年 in a sentence; attributes as of `YearCase`."""

    text: str
    end: int
    stop: int
    suffix: str


class PlanCase(NamedTuple):
    """A five-year plan, or several, named in a sentence; attributes as of `YearCase`."""

    text: str
    end: int
    stop: int
    lead: str
    suffix: str
    year: int
    time: DocumentTime


def _day_of_record(c: YearCase) -> bool:
    if not DAY.match(c.text, c.stop, c.end):
        return False
    term = _TERM_BEFORE.search(c.text, max(c.start, c.at - 24), c.at)
    return c.lead not in ("到", "至") or bool(term)


def _goal_of_work_plan(c: YearCase) -> bool:
    opens = c.at == c.start and not c.lead and c.year >= c.time.year - 1
    return c.goals and opens and not rx(r"为\d").search(c.text, c.stop, c.end)


def _told(c: YearCase) -> bool:
    near = c.year <= c.time.told or (c.time.basis == "none" and not c.anchored)
    if not near or not PAST_WORD.search(c.behind(48)):
        return False
    return not FUTURE_WORD.search(c.text[max(c.start, c.at - 6) : c.stop])


YEARS = (
    Rule(
        "year-called", "是…的关键期, 是…之年 behind a date names the time and commits to nothing.", "name",
        lambda c: _CALLED.match(c.text, c.stop, c.end),
        needs=needed_by(_CALLED),
        taken="«2026年»是碳达峰攻坚之年，全市上下要统筹推进。",
        left="«2026年»，全市绿电消费占比力争达到30%。",
    ),
    Rule(
        "day-of-record", "A day that closes no deadline is a date of record.", "fact", _day_of_record,
        needs=needed_by(DAY),
        taken="本方案有效期至«2027年»12月31日。到2030年，绿电消费占比达到30%。",
        left="到«2027年»12月31日，绿电消费占比达到30%。",
    ),
    Rule(
        "compared-with", "较, 比, 相比于 before a year make it the base of a change.", "baseline",
        lambda c: c.lead.startswith(COMPARED),
        taken="到2030年，单位GDP能耗较«2025年»下降12%。",
        left="绿电消费占比«2030年»达到30%。",
    ),
    Rule(
        "base-year-named", "基准年, 基期 before a year say that it is the base.", "baseline",
        lambda c: BASELINE_WORD.search(c.text, max(c.start, c.at - 5), c.at),
        needs=needed_by(BASELINE_WORD),
        taken="到2030年，单位GDP能耗较基准年（«2025年»）下降12%。",
        left="到«2030年»，绿电消费占比达到30%。",
    ),
    Rule(
        "base-behind", "水平相比, 为基准, 的基础上 behind a year make it the base of a change.", "baseline",
        lambda c: AFTER_BASELINE.match(c.behind(12)),
        needs=needed_by(AFTER_BASELINE),
        taken="到2030年，用水量在«2025年»的基础上下降12%。",
        left="在«2025年»底前，完成供水管网改造30公里。",
    ),
    Rule(
        "kept-as-of", "维持2025年规模: what is kept as it was in a year has that year as its base.", "baseline",
        lambda c: _KEPT.search(c.before(6)) and _AS_IT_WAS.match(c.behind(4)),
        needs=needed_by(_KEPT) | needed_by(_AS_IT_WAS),
        taken="到2030年，服务品质维持«2025年»规模。",
        left="维持现有规模，«2025年»绿电消费占比达到30%。",
    ),
    Rule(
        "sets-in", "A rule that sets in from a year still to come (…年起) has that year as its horizon.",
        "horizon", lambda c: c.suffix == "起" and c.year >= c.now,
        taken="自«2026年»起，新建建筑全部执行绿色建筑标准。",
        left="自«2018年»起，全市每年造林10万亩。到2025年，森林覆盖率较2020年提高2个百分点。",
    ),
    Rule(
        "starting-from", "由, 从, 与, 以 before a year make it the base of a change.", "baseline",
        lambda c: c.lead in ("从", "由", "自", "与", "以")
        and c.suffix not in ("起", "以来")
        and not rx(r"\d年?(?:到|至|-|—)\d{4}年").search(c.text, c.at, c.stop),  # 从2024年到2027年
        taken="绿电消费占比由«2025年»的20%提高到2030年的30%。",
        left="绿电消费占比由20%提高到«2030年»的30%。",
    ),
    Rule(
        "since-then", "A year with 以来 tells what has been.", "fact",
        lambda c: c.suffix == "以来" or (c.lead in ("从", "自", "由") and c.suffix == "起"),
        taken="«2018年»以来，全市累计造林60万亩。",
        left="«2030年»以前，全市累计造林60万亩。",
    ),
    Rule(
        "as-of", "截至 a year of the past, or 已于 before it, tells how things stood.", "fact",
        lambda c: c.year <= c.time.year and (c.lead.startswith("截") or is_done_before(c.before(6))),
        taken="截至«2022年»底，充电桩达到8000个。到2025年，充电桩达到2万个。",
        left="截至«2025年»12月31日止，充电桩达到2万个。",
    ),
    Rule(
        "after-a-past-year", "后 behind a year of the past tells what has been.", "fact",
        lambda c: c.suffix in ("起", "后", "以后") and c.year <= c.now,
        taken="«2018年»后，全市煤炭消费量降至500万吨。到2025年，煤炭消费量较2020年下降5%。",
        left="«2030年»后，全市煤炭消费量稳定在500万吨以内。",
    ),
    Rule(
        "long-over", "A year that was over some years before the document is none to come.", "fact",
        lambda c: c.year < c.time.year - _LATE,
        taken="2023年5月9日印发。到«2015年»，全市煤炭消费比重达到70%。到2025年，达到60%。",
        left="到«2020年»，全市煤炭消费比重较2015年下降5个百分点。",
    ),
    Rule(
        "goal-of-work-plan", "In a section of goals a bare year that opens its sentence is a goal.", "horizon",
        _goal_of_work_plan,
        taken="一、工作目标\n«2026年»，全市单位GDP能耗下降3%。",
        left="一、工作目标\n«2022年»，全市单位GDP能耗为0.4吨标准煤。到2025年，单位GDP能耗较2020年下降14%。",
    ),
    Rule(
        "heads-a-list", "A bare year with a dash behind it heads a list of goals.", "horizon",
        lambda c: not c.lead and not c.suffix and c.text.startswith("—", c.stop),
        taken="发展指标：«2025年»——加氢站6座。到2030年，加氢站60座。",
        left="«2025年»，加氢站为6座。到2030年，加氢站60座。",
    ),
    Rule(
        "moved-until-now", "升至2023年的x, told of a year that is over, is how things moved.", "fact",
        lambda c: c.lead in ("到", "至") and c.year <= c.time.year
        and c.text[c.at - 1] in "升增降高加低减"
        and not (c.year >= c.now and rx("[由从](?:目前|现在|现有|当前|现状)").search(c.before(24))),
        taken="截至2023年底，电动车占比由2019年的6%升至«2023年»的65%。到2025年，达到70%。",
        left="电动车占比由2019年的6%升至«2025年»的65%。",
    ),
    Rule(
        "before-others", "率先, 先行 behind a year make it a goal that is reached before others.", "horizon",
        lambda c: rx("[^,;]{0,6}(?:率先|先行|提前)").match(c.behind(12)) and c.year >= c.now - _LATE,
        needs=any_word("率先|先行|提前"),
        taken="到2030年，新能源汽车占比达到50%，其中公交车占比«2026年»率先达到100%。",
        left="«2022年»，钢铁行业碳排放为120万吨。到2025年，钢铁行业碳排放较2020年下降8%。",
    ),
    Rule(
        "words-of-the-past", "首次, 同比, 获评 … behind a year that may be over tell what has been.", "fact",
        _told,
        needs=needed_by(PAST_WORD),
        taken="«2022年»，全市新能源汽车产量首次突破10万辆。到2025年，产量达到25万辆。",
        left="到«2025年»，新能源成为主体电源，装机占比首次超过44%。",
    ),
    Rule(
        "ever-so-far", "历史新高 and 形势依然严峻 behind a bare year tell what has been.", "fact",
        lambda c: not c.anchored and not c.led(4)
        and rx("历史(?:新|最)[高低好]|历史同期|形势依然").search(c.behind(60)),
        needs=any_word("历史|形势"),
        taken="“十四五”规划\n«2021年»夏季，全市用电负荷达到455万千瓦，再创历史新高。",
        left="“十四五”规划\n«2021年»夏季，全市用电负荷控制在455万千瓦以内。",
    ),
    Rule(
        "bare-and-not-ahead", "A bare year that is not ahead of the document tells what has been.", "fact",
        lambda c: not c.anchored and not c.led(4) and c.year <= c.time.told and c.time.basis != "none",
        taken="«2022年»，煤炭消费比重为68%。到2025年，煤炭消费比重降到58%。",
        left="«2024年»，煤炭消费比重降到62%。到2025年，煤炭消费比重较2020年下降10个百分点。",
    ),
    Rule(
        "over-and-no-deadline", "Of a year that is over, only 底前 and the like set a goal.", "fact",
        lambda c: c.year < c.time.begins and not c.led(4) and not c.suffix.endswith("前"),
        taken="在«2022年»底，充电桩达到8000个。到2025年，单位GDP能耗较2020年下降14%。",
        left="«2022年»底前，充电桩达到8000个。到2025年，单位GDP能耗较2020年下降14%。",
    ),
    Rule(
        "ahead", "Any other year is a horizon.", "horizon", lambda c: True,
        taken="到«2030年»，绿电消费占比达到30%。",
        left="«2020年»，绿电消费占比为12%。到2030年，绿电消费占比达到30%。",
    ),
)  # fmt: skip
"""What a year that is written out is, in its sentence."""

PLANS = (
    Rule(
        "plan-compared-with", "较“十三五”末: the end of a plan is the base of a change.", "baseline",
        lambda c: c.lead in ("较", "比"),
        taken="到2025年，人均能耗较«“十三五”末»下降6%。",
        left="«“十四五”末»，绿电消费占比达到30%。",
    ),
    Rule(
        "plan-base-behind", "在“十三五”末基础上: what is added to the end of a plan has it as its base.", "baseline",
        lambda c: AFTER_BASELINE.match(c.text, c.stop, c.end),
        taken="到2025年，风电装机在«“十三五”末»基础上翻一番。",
        left="«“十四五”末»，在现有基础上新增风电20万千瓦。",
    ),
    Rule(
        "plan-called", "“十四五”是…的关键期 names the time and commits to nothing.", "name",
        lambda c: _CALLED.match(c.text, c.stop, c.end),
        taken="«“十四五”»是碳达峰的关键期、窗口期。",
        left="«“十五五”»期间，工业领域二氧化碳排放达到峰值。",
    ),
    Rule(
        "plan-starting-from", "从“十三五”末 to a later date: the base of a change.", "baseline",
        lambda c: c.lead in ("自", "从") and c.suffix != "以来",
        taken="到2030年，绿电消费占比从«“十四五”末»的20%提高到30%。",
        left="到«“十四五”末»，绿电消费占比达到30%。",
    ),
    Rule(
        "plan-over", "A plan that has ended, its first years and what has been since tell the past.", "fact",
        lambda c: c.suffix == "以来" or c.year < c.time.begins or _FIRST_YEARS.match(c.text, c.stop),
        taken="«“十三五”期间»，全市累计造林60万亩，超额完成任务。到2025年，森林覆盖率达到40%。",
        left="«“十四五”期间»，全市累计造林60万亩。",
    ),
    Rule(
        "plan-ahead", "Any other five-year plan has its last year as horizon.", "horizon", lambda c: True,
        taken="«“十五五”期间»，新增光伏装机60万千瓦。",
        left="«“十五五”»是碳达峰的决胜期。",
    ),
)  # fmt: skip
"""What a five-year plan is, in its sentence."""


def _part_told(c: RelativeCase) -> bool:
    part = _PART_OF_YEAR.match(c.text, c.stop, c.end)
    return bool(part) and bool(_HAS_BEEN.search(c.text, c.stop, min(c.stop + 40, c.end)))


RELATIVES = (
    Rule(
        "this-year-so-far", "今年以来, and a part of the year with 已 or 同比, tell what has been.", "fact",
        lambda c: c.suffix.endswith("以来") or _part_told(c),
        taken="«今年»1至9月，全市新增光伏装机20万千瓦，同比增长23%。",
        left="«今年»，全市新增光伏装机20万千瓦。",
    ),
    Rule(
        "this-year", "今年, 本年度, 明年 have the year of issue, or the next, as horizon; unknown where it is.",
        "horizon", lambda c: True,
        taken="«今年»，全市新增光伏装机20万千瓦。",
        left="«今年以来»，全市新增光伏装机20万千瓦。",
    ),
)  # fmt: skip
"""What a year that is counted from the year of issue is."""


def _opens_clause(text: str, at: int, stop: int, end: int) -> bool:
    clause = next((i for i in range(stop, end) if text[i] in ",;。"), end)
    return text[at - 1] in ",;" and not rx("已|共|为|同比|获|底").search(text, stop - 1, clause)


TOLD_IN_TIME = (
    Rule(
        "goes-on-in-time",
        "A bare year that opens a clause behind an earlier goal goes on with the goals.",
        "horizon",
        _opens_clause,
        taken="2023年5月9日印发。2022年底前，改造1.5万户，«2023年»改造2万户。",
        left="到2025年，能耗较2020年下降14%。«2023年»，全市改造2万户。",
    ),
)
"""What a bare year that seems past is behind another date of its sentence."""
TO_FINISH = Rule(
    "to-be-finished",
    "A bare year at which something is finished is to come where what stands beside it in the list is.",
    "horizon",
    lambda: True,
    taken="加快建设青山电站，白石电站«2023年»建成。到2025年，能耗较2020年下降14%。",
    left="白石电站«2022年»建成。到2025年，能耗较2020年下降14%。",
)
STEP = Rule(
    "step-of-a-total", "A bare year behind 其中 is a step towards the later year before it.", "horizon", lambda: True,
    taken="到2028年，新增电动船300艘，其中«2026年»新增80艘。", left="到2028年，新增电动船300艘。«2023年»新增80艘。",
)  # fmt: skip
FISCAL = Rule(
    "fiscal-year",
    "A fiscal year is a horizon: the year in which it ends.",
    "horizon",
    lambda: True,
    taken="«2030-31年度»，绿电消费占比达到30%。",
    left="«2030年»，绿电消费占比力争达到30%。",
)
WORK_YEAR = Rule(
    "year-of-the-work",
    "In the plan of work for one year 年内, 9月底前 and a heading 年度目标 are of that year.",
    "horizon",
    lambda: True,
    taken="海滨市2026年节能工作要点\n«9月底前»，新增光伏装机20万千瓦。",
    left="海滨市2026年节能工作要点\n«2030年9月底前»，新增光伏装机20万千瓦。",
)
WHOLE_TERM = Rule(
    "whole-term",
    "三年累计 and the like, in a plan for as many years, are dated by the last of them.",
    "horizon",
    lambda: True,
    taken="海滨市节能三年行动计划（2024—2026年）\n«三年»实施节能技改项目1000个以上。",
    left="海滨市节能三年行动计划（2024—2026年）\n五年实施节能技改项目«1000个»以上。",
)
RULES = (*YEARS, *PLANS, *RELATIVES, *TOLD_IN_TIME, TO_FINISH, STEP, FISCAL, WORK_YEAR, WHOLE_TERM)
DECISIONS = {rule.id: rule.decision for rule in RULES}
"""What the ledger calls a date, by the id of its rule."""


_YEARS = Table(YEARS)


def role_of_year(case: YearCase) -> Decision:
    """What a year that is written out is, and the rule that says so."""
    return first(_YEARS.asked(signs_in(case.text)), case) or YEARS[-1].decision


def role_of_plan(case: PlanCase) -> Decision:
    """What a five-year plan is, and the rule that says so."""
    return first(PLANS, case) or PLANS[-1].decision
