"""What the years of a text tell about the time of the text, by named rules: a fact, a goal, a base …

The first rule that applies decides. `compare.extraction.dates.document_time` weighs what they tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from compare.extraction.dates import issue_day
from compare.extraction.dates.date_words import YEAR_OF_REPUBLIC, date_matches, plan_years, year_of
from compare.extraction.rules import Rule, first
from compare.vocabulary.lexicon import rx

Kind = Literal["fact", "status", "over", "baseline", "goal", "plan", "moved", "bare"]

PERIOD = 5  # years of a five-year plan
AFTER_BASELINE = re.compile(
    r"(?:的)?(?:水平|基准|基数|排放水平|实际)?(?:相比|为基准|为基期|为基数|基础上|的基础上|同期|的\d[\d.]*倍|水平(?:减|降|下|提|增|上)|水平$|水平,"
    r"|\d[\d.]*[^\d,;。]{1,8}基础上)"
)
BASELINE_WORD = re.compile(r"(?:基准年|基年|基期)(?:\(|为|即|:)?$")
PAST_WORD = re.compile(
    r"已(?!有|知)|累计已|共有|成为|荣获|获评|被评为|获批|历史新高|年?度[^,;。]{0,20}(?:考核|评估|评价)中|位?居全[国省市]|首次|同比|[较比]上年"
)
FUTURE_WORD = re.compile(r"最[迟晚]|不[迟晚]于|力争|争取|努力|确保|目标|(?<!现)将|要")
COMPARED = ("比", "较", "相", "对比")

_NAMES = re.compile(r"《[^》]{0,120}》|〔[^〕]{0,60}〕")
# words right behind a year, or in its clause, that say what it is told as
_LED_BEHIND = re.compile(
    "[,]?(?:力争|力求|争取|将|要|确保|预计|计划)|达成|(?:主要|预期|重点|工作|发展){0,2}(?:目标|任务|指标|抓好)"
)
_BINDS = re.compile("[^;]{0,24}(?:不低于|不高于|不少于|不超过|控制在|提[升高][至到]|降[至到])")
_ISSUED_THEN = re.compile("公布|印发|发布|释出|出台|签署")
_IS = re.compile(r"(?:为|(?<!节)约占?|仅)\d")
_TERM = re.compile("展望|近期|中期|远期")
_TOLD_OF_DAY = re.compile(r"\d{1,2}日[^;]*?(?:已(?!有|知)|了(?!解)|首次|获[评批])")
_FULFILLED = re.compile(
    "[^。;]{0,60}?(?:超额完成|圆满|(?<=[\u4e00-\u9fff])了|(?<![力争取保])提前[^,;。]{0,4}完成)"
)
# 2020年,…占比达到15%,到2025年,…占比提高到30%: the same measure, told and then moved
_THEN_MOVED = re.compile(
    r"[,]?(?:全[省市区县]|[我本][省市区县])?(?P<name>[\u4e00-\u9fff]{4,24}?)(?:已?达到?|为|占|超过|突破)[\d.]+[^,;。]{0,12}[,;。]"
    r"[^,;。\d]{0,8}(?P<to>(?:19|20|21)\d\d)年[,]?[^,;。]{0,6}(?P=name)[^,;。]{0,4}(?:提[高升]|增[加长至到]|上升|扩大|下降|降低|降[至到]|升[至到])"
)
_PERIOD_JOINS = ("至", "到", "-", "—", "~")
_TITLE_LINES = 4
_TITLE = re.compile(r"(?:方案|规划|计划|意见|要点|纲要|清单|安排|工作|任务|通知)(?:\([^()]*\))*$")
_WORK_OF_YEAR = re.compile(
    r"(?:工作要点|工作计划|工作方案|工作安排|重点工作|重点任务|任务清单|行动要点)(?:\([^()]*\))*$"
)
# 2025年度…任务计划, 关于做好2026年…工作的意见: the document is for that year
_FOR_A_YEAR = re.compile(
    r"度[^,。;]{0,30}(?:工作|计划|任务|要点|方案|安排|清单|目标|表)(?:的(?:实施)?(?:通知|意见|方案))?(?:\([^()]*\))*$"
    r"|[^,。;]{0,30}(?:工作|任务|计划|安排|目标|事项)的(?:实施|安排)?(?:通知|意见|方案)(?:\([^()]*\))*$"
)
_LONGEST_TITLE = 45


class Mention(NamedTuple):
    """A year of the text, what it is told as, and where its sentence begins."""

    kind: Kind
    year: int
    sentence: int


class TimeCase(NamedTuple):
    """A year, or a five-year plan, that a text mentions.

    Attributes
    ----------
    text : str
        Clean text, names hidden.
    at, stop : int
        The date, preposition and suffix included.
    lead, suffix : str
        What stands before and behind the year.
    month : str
        Month, quarter or season.
    year : int
        The last of its years.
    joined : bool
        The end of a period: 2024—2027年.
    before, rest, whole : str
        Six characters before it; forty-eight, and eighty, behind it in its part of the sentence.
    """

    text: str
    at: int
    stop: int
    lead: str
    suffix: str
    month: str
    year: int
    joined: bool
    before: str
    rest: str
    whole: str


def is_done_before(words: str) -> bool:
    """Whether the words before a year tell what has been: 已于, and not 已承诺 or 已明确到."""
    return "已" in words[-3:] and not rx(
        "已经?(?:承诺|提出|明确|宣布|确定|部署|要求|规划|计划)(?:到|在|于)?$"
    ).search(words)


def mentions(text: str, republic: bool = False) -> list[Mention]:
    """Years of a text with what each is told as."""
    text = _NAMES.sub(lambda m: "□" * len(m[0]), text)
    out = []
    sentence, looked = -1, 0  # where the sentence opens, and up to where that is known
    for m in date_matches(text, 0, len(text), republic):
        if m["fiscal"] or m["relative"]:
            continue
        opened = max(text.rfind(mark, looked, m.start()) for mark in "。\n")
        sentence, looked = max(sentence, opened), m.start()
        found = _plans(text, m) if m["plan"] else _years(text, m)
        out += [Mention(kind, year, sentence) for kind, year in found]
    return _with_first_steps(out)


class TitlePeriod(NamedTuple):
    """A period that a title names: “十三五”, 2024—2027年, or the one year of 2026年工作要点 (``work``).

    The year of 关于做好2026年…工作的意见 does not open a period (``opens``): it may be half over.
    """

    first: int
    last: int
    work: bool = False
    opens: bool = True


def titles(text: str, republic: bool = False) -> list[TitlePeriod]:
    """The periods that the title of a text names."""
    out: list[TitlePeriod] = []
    start = 0
    for line in text[:400].split("\n")[:_TITLE_LINES]:
        end = start + len(line)
        if line.endswith(("。", ";", ":")) or len(line) > _LONGEST_TITLE or not _TITLE.search(line):
            start = end + 1
            continue
        for m in date_matches(text, start, end, republic):
            if m["plan"] and m["psuf"] in ("", "规划", "期间", "时期") and not m["ppre"]:
                out += [TitlePeriod(y - PERIOD + 1, y) for y in plan_years(m["plan"])]
            elif m["rest"] and m["rest"].startswith(_PERIOD_JOINS):
                last = [year_of(y[0]) for y in rx(YEAR_OF_REPUBLIC).finditer(m["rest"])]
                first_year = year_of(m["first"])
                out.append(TitlePeriod(first_year, last[-1] if last else first_year))
            elif m["first"] and not m["pre"] and _is_for(text, m, end):
                year, opens = year_of(m["first"]), bool(_WORK_OF_YEAR.search(text, m.end(), end))
                out.append(TitlePeriod(year, year, work=True, opens=opens))
        start = end + 1
    return out


def _is_for(text: str, m: re.Match[str], end: int) -> bool:
    """Whether the year of a title is the one that the document is for."""
    whole = not m["suf"] and not m["month"] and _FOR_A_YEAR.match(text, m.end(), end)
    return bool(whole or _WORK_OF_YEAR.search(text, m.end(), end))


def _with_first_steps(found: list[Mention]) -> list[Mention]:
    """2025年达到20%,到2030年达到25%: a bare year of a plan's end before a goal is a goal."""
    steps = [m.kind in ("moved", "bare") and m.year % PERIOD == 0 for m in found]
    last: dict[int, int] = {}  # the last year that a sentence aims at, or may aim at
    for mention, step in zip(found, steps, strict=True):
        if step or mention.kind == "goal":
            last[mention.sentence] = max(mention.year, last.get(mention.sentence, 0))
    return [
        m._replace(kind="goal") if step and last[m.sentence] > m.year else m
        for m, step in zip(found, steps, strict=True)
    ]


def _years(text: str, m: re.Match[str]) -> Iterator[tuple[Kind, int]]:
    years = [year_of(m["first"])]
    if m["rest"]:
        years += [year_of(y[0]) for y in rx(YEAR_OF_REPUBLIC).finditer(m["rest"])]
    found = first(KINDS, _case(text, m, years[-1])) or KINDS[-1].decision
    kind = _KIND[found.disposition]
    if kind and found.reason == PERIOD_AHEAD:
        yield kind, years[-1]
    elif kind:
        for year in years:
            yield kind, year


def _case(text: str, m: re.Match[str], year: int) -> TimeCase:
    found = rx("[^。;\n]{0,80}").match(text, m.end())
    whole = found[0] if found else ""
    joined = m["rest"].startswith(_PERIOD_JOINS)
    return TimeCase(
        text, m.start(), m.end(), m["pre"], m["suf"], m["month"], year, joined,
        text[max(0, m.start() - 6) : m.start()], whole[:48], whole,
    )  # fmt: skip


def time_rule_at(text: str, at: int) -> str | None:
    """The rule that says what the year at an offset of a clean text tells of the text's time."""
    for m in date_matches(text, 0, len(text), False):
        if m["first"] and m.start() <= at < m.end():
            found = first(KINDS, _case(text, m, year_of(m["first"])))
            return found.reason if found else None
    return None


def _plans(text: str, m: re.Match[str]) -> Iterator[tuple[Kind, int]]:
    suffix = m["psuf"]
    for end in plan_years(m["plan"]):
        if m["ppre"] in ("较", "比", "自", "从"):
            yield "baseline", end
        elif suffix == "以来":
            yield "over", end - PERIOD + 1
        elif suffix and suffix != "规划":
            told = _FULFILLED.match(text, m.end())
            yield ("over", end + 1) if told else ("plan", end)


def _day_told(c: TimeCase) -> bool:
    day = rx(r"\d{1,2}日").match(c.rest)
    if not day:
        return False
    digits = rx(r"\D*").match(c.text, c.at)
    begin = digits.end() if digits else c.at
    issue = issue_day.decide(c.text, begin, c.stop + day.end())
    told = issue and issue.disposition != issue_day.TERM
    return bool(told or _TOLD_OF_DAY.match(c.rest)) or c.before.endswith(("已", "已于"))


def _base(c: TimeCase) -> bool:
    return bool(
        c.lead.startswith(COMPARED)
        or BASELINE_WORD.search(c.before)
        or AFTER_BASELINE.match(c.rest)
        or (c.lead == "以" and rx("[^,]*(?:基准|基期|基数)").match(c.whole))
    )


def _moved(c: TimeCase) -> bool:
    by = c.lead in ("到", "至") and c.before[-1:] in tuple("升增降高加低减")
    return by and bool(rx(r"的约?\d").match(c.rest))


def _aimed(c: TimeCase) -> bool:
    in_brackets = c.before[-1:] == "(" and c.rest[:1] == ")"
    return bool(
        in_brackets
        or FUTURE_WORD.search(c.before)
        or _TERM.search(c.before)
        or _LED_BEHIND.match(c.rest)
    )


def _then_moved(c: TimeCase) -> bool:
    if c.lead or c.before[-1:] not in ("", "。", "\n", "\u25a1"):
        return False
    m = _THEN_MOVED.match(c.text, c.stop, c.stop + 120)
    return bool(m) and int(m["to"]) > c.year if m else False


def _as_it_was(c: TimeCase) -> bool:
    told = _IS.search(c.whole)
    if told and not FUTURE_WORD.search(c.whole, 0, told.end()):
        return True
    return bool(PAST_WORD.search(c.rest))


PERIOD_AHEAD = "time-period"
_DEADLINE = ("", "期间", "时")
KINDS = (
    Rule(
        "time-deadline-day", "A day before which something is due says nothing of the time of a text.",
        "nothing", lambda c: "日" in c.month,
        taken="«2026年3月31日前»，各区报送总结。", left="«2026年»3月31日印发。",
    ),
    Rule(
        "time-day-told", "A day on which something was done, or the text was issued, is a fact.", "fact", _day_told,
        taken="«2026年»3月31日印发。", left="各区于«2026年»3月31日报送总结。",
    ),
    Rule(
        "time-other-day", "Any other day may be still to come.", "nothing",
        lambda c: rx(r"\d{1,2}日").match(c.rest),
        taken="各区于«2026年»3月31日报送总结。", left="«2026年»3月31日印发。",
    ),
    Rule(
        "time-heads-a-list", "A year with a dash behind it heads a list of goals.", "goal",
        lambda c: not c.lead and c.rest.startswith("—"),
        taken="发展指标：«2025年»——加氢站6座。", left="«2025年»，加氢站6座。",
    ),
    Rule(
        "time-base", "较, 水平相比, 以…为基数: what is compared with is a base.", "baseline", _base,
        taken="能耗较«2020年»下降14%。", left="到«2025年»，能耗下降14%。",
    ),
    Rule(
        "time-from-on", "从…年起 may be past or to come.", "nothing",
        lambda c: c.lead in ("从", "由", "自") and c.suffix in ("起", "以后", "后"),
        taken="从«2026年起»，新建建筑全部执行绿色建筑标准。", left="从«2026年»的15%提高到20%。",
    ),
    Rule(
        "time-starting-point", "由2020年的x is a base.", "baseline", lambda c: c.lead in ("从", "由", "自"),
        taken="占比由«2020年»的15%提高到20%。", left="占比在«2025年»提高到20%。",
    ),
    Rule(
        "time-beside", "与 and 以 before a year, without more, say nothing.", "nothing", lambda c: c.lead in ("与", "以"),
        taken="与«2020年»全国平均值一致。", left="与«2020年»相比，能耗下降14%。",
    ),
    Rule(
        "time-as-of", "以来 and 截至 tell facts.", "fact",
        lambda c: c.suffix == "以来"
        or (
            c.lead.startswith("截")
            and not rx(".*(?:全部|将|要)").match(c.rest)
            and not rx("(?:计划|预计|安排)[,]?$").search(c.before)
        ),
        taken="截至«2022年底»，充电桩达到8000个。", left="到«2025年底»，充电桩达到2万个。",
    ),
    Rule(
        "time-done-then", "已于 before a year, and 印发 behind it, tell facts.", "fact",
        lambda c: is_done_before(c.before) or _ISSUED_THEN.match(c.rest),
        taken="该电站已于«2022年»投运。", left="该电站计划于«2026年»投运。",
    ),
    Rule(
        "time-after", "…年后 may be past or to come.", "nothing", lambda c: c.suffix in ("起", "后", "以后"),
        taken="«2030年后»，煤炭消费量稳中有降。", left="«2030年前»，煤炭消费量达到峰值。",
    ),
    Rule(
        "time-moved", "降到2025年的x is told of what has been and of what is to come.", "moved", _moved,
        taken="占比由35%下降到«2025年»的32%。", left="占比到«2025年»下降到32%。",
    ),
    Rule(
        "time-aimed", "力争, 将, 近期 beside a year make it a goal.", "goal", _aimed,
        taken="力争«2024年»新增绿色工厂8家。", left="«2024年»新增绿色工厂8家。",
    ),
    Rule(
        "time-anchored-but-told", "到2023年 with words of the past says nothing.", "nothing",
        lambda c: (c.lead in ("到", "至", "于") or c.suffix not in _DEADLINE) and PAST_WORD.search(c.rest),
        taken="到«2025年»，新能源成为主体电源。", left="到«2025年»，新能源占比达到50%。",
    ),
    Rule(
        "time-anchored", "到2025年, 2025年底前 are goals.", "goal",
        lambda c: c.lead in ("到", "至", "于") or c.suffix not in _DEADLINE,
        taken="到«2025年»，新能源占比达到50%。", left="«2025年»，新能源占比达到50%。",
    ),
    Rule(
        "time-fulfilled", "超额完成, and a comparison with the year before, tell facts.", "fact",
        lambda c: "超额完成" in c.whole or rx("[^;]*[较比]上年").match(c.rest),
        taken="«2022年»，保有量达到2100辆，较上年增长68%。", left="«2022年»，保有量达到2100辆。",
    ),
    Rule(
        "time-then-moved", "A bare year whose measure is told, and then moved by a later year, is a fact.", "fact",
        _then_moved,
        taken="«2020年»，装配式建筑占比达到15%，到2025年，装配式建筑占比提高到30%。",
        left="«2020年»，装配式建筑占比达到15%，到2025年，绿色建筑占比提高到30%。",
    ),
    Rule(
        "time-as-it-was", "为, 占, 首次 and the like behind a bare year tell how things stood.", "status", _as_it_was,
        taken="«2022年»，磷石膏综合利用率为50%。", left="磷石膏综合利用率«2022年»达到50%。",
    ),
    Rule(
        "time-bound", "不低于, 提高到 behind a bare year make it a goal.", "goal", lambda c: _BINDS.match(c.rest),
        taken="«2027年»，新能源占比提高到50%。", left="«2027年»，新能源占比达到50%。",
    ),
    Rule(
        PERIOD_AHEAD, "2024—2027年: the end of a period is a goal.", "goal", lambda c: c.joined,
        taken="«2024—2027年»，每年造林5万亩。", left="«2024年»，造林5万亩。",
    ),
    Rule(
        "time-bare", "Any other year tells nothing by itself.", "bare", lambda c: True,
        taken="磷石膏综合利用率«2022年»达到50%。", left="磷石膏综合利用率到«2022年»达到50%。",
    ),
)  # fmt: skip
"""What a year tells about the time of its text."""
_KIND: dict[str, Kind | None] = {
    "fact": "fact",
    "status": "status",
    "baseline": "baseline",
    "goal": "goal",
    "moved": "moved",
    "bare": "bare",
    "nothing": None,
}
