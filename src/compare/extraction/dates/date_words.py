"""What dates look like: 到2025年底前, 2024—2025年, “十四五”期间, 民国114年, 今年."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.vocabulary import five_year_plans
from compare.vocabulary.lexicon import rx

_CENTURY = "(?:19|20|21)"
_HAN_DIGIT = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "O": "0",
}
_Y = rf"(?:{_CENTURY}\d\d|[二][〇零○O][〇零○O一二三四五六七八九]{{2}}|民国(?:[12]\d\d|\d\d)(?!\d)|(?<!\d)1[0-4]\d(?=年(?:底|末|前|度|达|降|增|减|起|较|提|全|之|[,、)]))|(?<=[至到自])1[0-4]\d(?=年))"
# … and any, where a text counts in years of the Republic: 119年市区公车全面电动化
YEAR_OF_REPUBLIC = _Y.removesuffix(")") + r"|(?<![\d.])(?:9\d|1[0-4]\d)(?=年|[至到—~-]1[0-4]\d年))"
# 十四五; 九五, 十五 and 二十五 only in quotes, because they are numbers too
PLAN = (
    r"(?:[“\"「『]?二?十[一二三四五六七八九]五[”\"」』]?|[“\"「『](?:[六七八九]|二?十)五[”\"」』])"
)
# 今年, 明年: counted from the year of issue. 成本年均, 说明年 are none; 当年 mostly belongs to a name
RELATIVE = {"今年": 0, "本年度": 0, "本年": 0, "当年": 0, "明年": 1, "后年": 2}
_RELATIVE = r"(?:今年|(?<![\u4e00-\u9fff])(?:本年度?|[明后]年|当年(?=[,、(底内]))|(?<=[到至在于])(?:本年度?|[明后]年))"
_JOIN = r"(?:、|,|和|及|与|以及|至|到|-|—|~)"
# a day that a deadline names, or the day on which a rule sets in; not that of an issue (…起施行)
_CLOSING_DAY = r"\d{1,2}日(?=(?:或?之|以)?前|止|起(?!施行|实施|执行|生效|试行|废止))"
_WRITTEN = (
    rf"(?:到|至|于|在)?(?P<fiscal>{_CENTURY}\d\d[-/]\d\d)(?:财政)?年度(?:或之前|之前|以前|前|内|底)?|"
    rf"(?P<pre>(?:截至|截止到?|相比于?|相较于?|相对于?|对比|到|至|于|在|(?<![占同环])比|较|与|以|从|由|自|从)?)"
    rf"(?P<first>{_Y})(?:年(?:底|末)?)?(?P<rest>(?:{_JOIN}{_Y}(?:年(?:底|末)?)?)*)(?<=[年底末])"
    rf"(?P<month>(?:\d{{1,2}}月(?:份|{_CLOSING_DAY})?|第?[一二三四]季度|上半年|(?:供暖|采暖)季|年?中|年)?)"
    rf"(?P<suf>(?:年底前|年底|年末|底以前|底之前|底前|末前|采暖季前|供暖季前|供暖期前|采暖期前|汛期前|底|末|内|(?<=日)止|以前|之前|前后|或之前|前|左右|期间|间(?![接断歇隔作距])|时|起|以来|以后|后)?)"
    rf"|(?P<ppre>(?:到|至|在|于|较|比|自|从)?)(?P<plan>{PLAN}(?:(?:期?末|期间|时期)?(?:、|和|及|与){PLAN})*)"
    rf"(?P<psuf>(?:规划)?(?:期末|末期|末|期间|时期|期内|以来|后期|中期|前期|期|初)?)"
    rf"|(?:到|至|于|在)?(?P<relative>{_RELATIVE})"
    r"(?P<rsuf>(?:\d{1,2}月(?:份|\d{1,2}日)?)?(?:底|末)?(?:以前|之前|前|内|起|以来|期间)?)"
)
_DATE = re.compile(_WRITTEN)
_DATE_REPUBLIC = _WRITTEN.replace(_Y, YEAR_OF_REPUBLIC)  # compiled for the few texts that need it
_YEAR_REPUBLIC = re.compile(
    r"[12]\d{3}|二?十[一二三四五六七八九]五|[“\"「『](?:[六七八九]|二?十)五[”\"」』]|二[〇零○]|民国\d|(?<!\d)(?:9|1[0-4])\d(?:年|[至到—~-]1[0-4]\d年)|[今本明后当]年"
)
# opens with one set of characters, so that the search can skip to them
_YEAR = re.compile(
    r"[12十二民今本明后当“\"「『](?:(?<=[12])\d{3}|(?<=1)[0-4]\d年|(?<=十)[一二三四五六七八九]五|(?<=二)(?:[〇零○O]|十[一二三四五六七八九]五)|(?<=民)国\d"
    r"|(?<=[“\"「『])(?:[六七八九]|二?十)五[”\"」』]|(?<=[今本明后当])年)"
)
_LEAD = re.compile(
    r"(?:截至|截止到?|相比于?|相较于?|相对于?|对比|到|至|于|在|(?<![占同环])比|较|与|以|从|由|自)?[“\"「『]?$"
)
_LEAD_ENDS = frozenset('至止到比于对在较与以从由自“"「『')


# in the plan of work for one year: 年内, 年底, 9月底前, and a heading 年度目标
_OF_WORK_YEAR = re.compile(
    r"(?:全年|年度)(?=(?:主要|工作|重点)?(?:目标|任务|指标|计划)(?:$|[。:]))|(?:全年|[春夏秋冬]季|下半年|第?[二三四]季度末?)(?=完成|新增|实现|建成|力争|计划|组织|改造|培育|淘汰|推广|累计|要)|(?:到|至|于|在)?"
    r"(?:(?<![\d每几多两一二三四五六七八九十百今明去本当后年])年(?:内|底|末)(?:以前|之前|前)?"
    r"|(?<![\d年—~-])\d{1,2}月(?:份|中旬|下旬|上旬|\d{1,2}日|底|末)*(?:以前|之前|前|完成|内))"
)
_MAY_BE_OF_WORK_YEAR = re.compile("年[内底末度]|月|全年|下半年|季")


def work_year_matches(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of words that date without a year in the plan of work for one year."""
    if not _MAY_BE_OF_WORK_YEAR.search(text, start, end):
        return []
    spans = [m.span() for m in _OF_WORK_YEAR.finditer(text, start, end)]
    return [(a, b - 2 * text.endswith("完成", a, b)) for a, b in spans]


# 三年累计…, 用三年时间, 三年内, 三年实施…; 规划期内
_TERM = re.compile(
    r"(?<![\d一二三四五六七八九十第近过前每续满])(?:用|利用|通过|经过)?(?P<n>[两二三四五])年"
    r"(?:时间内?|内|间)?(?=,|累计|合计|总计|共|实施|完成|建成|新建|新增|改造|培育|推广|淘汰|创建|打造|(?<=内)|(?<=间))"
    r"|(?<![\u4e00-\u9fff])(?:到|在)?(?:本)?(?:规划|计划|方案|行动)期(?:内|间|末)"
)
_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}


def term_matches(text: str, start: int, end: int, years: int) -> list[tuple[int, int]]:
    """Spans of words for a term of so many years: 三年累计, 用三年时间."""
    return [
        m.span() for m in _TERM.finditer(text, start, end) if not m["n"] or _COUNT[m["n"]] == years
    ]


def year_of(text: str) -> int:
    """The year that a text writes as 2025, 二〇二五, 民国114 or 114 (of the Republic)."""
    if text.startswith("民国"):
        return 1911 + int(text[2:])
    year = int(text if text.isdecimal() else "".join(_HAN_DIGIT.get(c, c) for c in text))
    return year + 1911 if year < 200 else year  # 118年 of the Republic


def plan_years(plans: str) -> list[int]:
    """Last years of the five-year plans that a text names: 2025 and 2030 for “十四五”、“十五五”."""
    names = rx("[一二三四五六七八九十]+").findall(plans)
    return [year for year in map(five_year_plans.end_year, names) if year is not None]


def date_matches(text: str, start: int, end: int, republic: bool) -> Iterator[re.Match[str]]:
    """Matches of `_DATE`, found by their years, which is quicker than by what may stand before them."""
    at = start
    pattern = rx(_DATE_REPUBLIC) if republic else _DATE
    for year in (_YEAR_REPUBLIC if republic else _YEAR).finditer(text, start, end):
        if year.start() < at:
            continue
        begin = year.start()
        if text[begin - 1 : begin] in _LEAD_ENDS:
            lead = _LEAD.search(text[max(at, begin - 4) : begin])
            begin -= len(lead[0]) if lead else 0
        m = pattern.match(text, begin, end)
        if m:
            at = m.end()
            yield m
