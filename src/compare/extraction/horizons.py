"""Dates in a sentence and the part each plays: horizon, baseline, or a fact of the past."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compare.vocabulary.lexicon import rx

_PLANS = {
    "十一": 2010,
    "十二": 2015,
    "十三": 2020,
    "十四": 2025,
    "十五": 2030,
    "十六": 2035,
    "十七": 2040,
}
_HAN_DIGIT = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "O": "0",
}
_Y = r"(?:20\d\d|19\d\d|[二][〇零○O][〇零○O一二三四五六七八九]{2}|民国\d{2,3}|(?<!\d)1[0-4]\d(?=年(?:底|末|前|度|达|降|增|减|起|较|提|全|之|[,、)]))|(?<=[至到自])1[0-4]\d(?=年))"
# … and any, where a text counts in years of the Republic: 119年市区公车全面电动化
_Y_REPUBLIC = _Y.removesuffix(")") + r"|(?<![\d.])(?:9\d|1[0-4]\d)(?=年|[至到—~-]1[0-4]\d年))"
_PLAN = r"[“\"「『]?(?:十[一二三四五六七])五[”\"」』]?"
_JOIN = r"(?:、|,|和|及|与|以及|至|到|-|—|~)"
_WRITTEN = (
    r"(?:到|至|于|在)?(?P<fiscal>20\d\d[-/]\d\d)(?:财政)?年度(?:或之前|之前|以前|前|内|底)?|"
    rf"(?P<pre>(?:截至|截止到?|相比于?|相较于?|相对于?|对比|到|至|于|在|(?<![占同环])比|较|与|以|从|由|自|从)?)"
    rf"(?P<first>{_Y})(?:年(?:底|末)?)?(?P<rest>(?:{_JOIN}{_Y}(?:年(?:底|末)?)?)*)(?<=[年底末])"
    rf"(?P<month>(?:\d{{1,2}}月(?:份)?|第?[一二三四]季度|上半年|(?:供暖|采暖)季|年?中|年)?)"
    rf"(?P<suf>(?:年底前|年底|年末|底以前|底之前|底前|末前|采暖季前|供暖季前|供暖期前|采暖期前|汛期前|底|末|内|以前|之前|前后|或之前|前|左右|期间|时|起|以来|以后|后)?)"
    rf"|(?P<ppre>(?:到|至|在|于|较|比|自|从)?)(?P<plan>{_PLAN}(?:(?:期?末|期间|时期)?(?:、|和|及|与){_PLAN})*)"
    rf"(?P<psuf>(?:规划)?(?:期末|末期|末|期间|时期|期内|以来|后期|中期|前期|期|初)?)"
)
_DATE = re.compile(_WRITTEN)
_DATE_REPUBLIC = re.compile(_WRITTEN.replace(_Y, _Y_REPUBLIC))
_YEAR_REPUBLIC = re.compile(
    r"[12]\d{3}|十[一二三四五六七]五|二[〇零○]|民国\d|(?<!\d)(?:9|1[0-4])\d(?:年|[至到—~-]1[0-4]\d年)"
)
# opens with one set of characters, so that the search can skip to them
_YEAR = re.compile(
    r"[12十二民](?:(?<=[12])\d{3}|(?<=1)[0-4]\d年|(?<=十)[一二三四五六七]五|(?<=二)[〇零○O]|(?<=民)国\d)"
)
_LEAD = re.compile(
    r"(?:截至|截止到?|相比于?|相较于?|相对于?|对比|到|至|于|在|(?<![占同环])比|较|与|以|从|由|自)?[“\"「『]?$"
)
_LEAD_ENDS = frozenset('至止到比于对在较与以从由自“"「『')
_AFTER_BASE = re.compile(
    r"(?:的)?(?:水平|基准|基数|排放水平|实际)?(?:相比|为基准|为基期|为基数|基础上|的基础上|同期|的\d[\d.]*倍|水平(?:减|降|下|提|增|上)|水平$|水平,)"
)
_FIRST_YEARS = re.compile(r"[前头][一二两三四]年")
_BASE_WORD = re.compile(r"(?:基准年|基年|基期)(?:\(|为|即)?$")
_PAST_WORD = re.compile(r"已(?!有|知)|累计已|共有|成为|荣获|获评|获批|首次|同比")
_FUTURE_WORD = re.compile(r"力争|争取|努力|确保|目标|将|要")
_DAY = re.compile(r"(?<=月)\d{1,2}日|\d{1,2}月\d{1,2}日")
_NOUN_AFTER_PLAN = re.compile(r"规划(?!期)|[^,。;]{0,12}(?:规划|纲要)")


@dataclass(slots=True)
class Date:
    """One mention of a year or a five-year plan in a sentence.

    Attributes
    ----------
    start, end : int
        Span in the clean text, preposition and suffix included.
    at : int
        Where the (first) year itself begins.
    years : list of int
        More than one for 到2025年、2030年.
    role : str
        ``horizon``, ``baseline`` or ``past``.
    before, about : bool
        2030年前; 2030年前后 or 左右.
    explicit : bool
        A year is written out (not a five-year plan).
    spans : list of (int, int)
        Where each of the years stands, what follows the last one (底前, 期间) included.
    bound : (int, int) or None
        Where 前, 前后 or 左右 stands.
    reach : int or None
        Where its reach ends, if it does not govern what follows its clause.
    """

    start: int
    end: int
    at: int
    years: list[int]
    role: str
    before: bool
    about: bool
    explicit: bool
    spans: list[tuple[int, int]]
    bound: tuple[int, int] | None = None
    reach: int | None = None

    def span_of(self, year: int) -> tuple[int, int]:
        """Where one of its years stands."""
        return self.spans[self.years.index(year)]

    def moved(self, by: int) -> Date:
        """The same date, its offsets counted from another place."""
        return Date(
            self.start + by, self.end + by, self.at + by, self.years, self.role,
            self.before, self.about, self.explicit,
            [(start + by, end + by) for start, end in self.spans],
            self.bound and (self.bound[0] + by, self.bound[1] + by),
        )  # fmt: skip


def _year(text: str) -> int:
    if text.startswith("民国"):
        return 1911 + int(text[2:])
    year = int(text if text.isdecimal() else "".join(_HAN_DIGIT.get(c, c) for c in text))
    return year + 1911 if year < 200 else year  # 118年 of the Republic


def _date_matches(text: str, start: int, end: int, republic: bool):
    """Matches of `_DATE`, found by their years, which is quicker than by what may stand before them."""
    at = start
    pattern = _DATE_REPUBLIC if republic else _DATE
    for year in (_YEAR_REPUBLIC if republic else _YEAR).finditer(text, start, end):
        if year.start() < at:
            continue
        begin = year.start()
        if text[begin - 1 : begin] in _LEAD_ENDS:
            begin -= len(_LEAD.search(text[max(at, begin - 4) : begin])[0])
        m = pattern.match(text, begin, end)
        if m:
            at = m.end()
            yield m


def dates(
    text: str,
    start: int,
    end: int,
    issued: int | None = None,
    goals: bool = False,
    republic: bool = False,
) -> list[Date]:
    """All dates of ``text[start:end]`` with their roles.

    Parameters
    ----------
    issued : int, optional
        Year of issue of the document: a bare year up to it is a fact, not a goal.
    goals : bool
        The section sets goals: a bare year is one (2024年,全省…下降3%).
    republic : bool
        The text counts in years of the Republic: 119年 is 2030.
    """
    out = []
    for m in _date_matches(text, start, end, republic):
        if m["fiscal"]:
            year = int(m["fiscal"][:2] + m["fiscal"][-2:])
            out.append(
                Date(
                    m.start(),
                    m.end(),
                    m.start("fiscal"),
                    [year],
                    "horizon",
                    "前" in m[0],
                    False,
                    True,
                    [(m.start("fiscal"), m.end())],
                    (m.end("fiscal"), m.end()) if "前" in m[0] else None,
                )
            )
            continue
        found = (
            _plan_date(m, text, end)
            if m["plan"]
            else _calendar_date(m, text, start, end, issued, goals)
        )
        if found:
            # 2022年采暖季前完成1.5万户;2023年完成2万户: a plan goes on in time
            if (
                found.role == "past"
                and out
                and out[-1].role == "horizon"
                and out[-1].years[-1] < found.years[-1]
                and _continues_in_time(text, m, end)
            ):
                found.role = "horizon"
            if text[found.end : found.end + 2] in _FINISH:
                _in_a_list_to_finish(text, start, found, out, issued or 2022)
            out.append(found)
    return out


_FINISH = frozenset(
    {"全部", "全容", "基本", "建成", "投产", "投运", "竣工", "完工", "并网", "通车", "投用", "投入"}
)
_UNDER_WAY = re.compile(r"(?:加快|推进|推动|抓好|有序|积极|确保|统筹|实施|支持)[^,;]*[,;]")


def _in_a_list_to_finish(text: str, start: int, date: Date, before: list[Date], first: int) -> None:
    """A bare year at which something is finished is to come where the list around it is.

    加快建设A、B等电站,C电站2023年建成; A机组2022年建成投产,B机组2027年建成.
    """
    if date.role == "horizon":
        date = before[-1] if before else date
        if text[date.end : date.end + 2] not in _FINISH:
            return
    elif not _UNDER_WAY.match(text, start, date.start) or _PAST_WORD.search(text, start, date.end):
        return
    if date.role == "past" and date.at == date.start and date.years[-1] >= first:
        date.role = "horizon"


def _continues_in_time(text: str, m: re.Match, end: int) -> bool:
    """Whether a bare year opens its clause, and the clause tells nothing that has been."""
    stop = next((i for i in range(m.end(), end) if text[i] in ",;。"), end)
    return text[m.start() - 1] in ",;" and not rx("已|共|为|同比|获|底").search(
        text, m.end() - 1, stop
    )


def _plan_date(m: re.Match, text: str, end: int) -> Date | None:
    suffix = m["psuf"]
    years = [_PLANS[p] for p in rx(r"十[一二三四五六七](?=五)").findall(m["plan"])]
    if "规划" in suffix and suffix == "规划":
        return None
    if not suffix and _NOUN_AFTER_PLAN.match(text, m.end(), end):
        return None
    if m["ppre"] in ("较", "比"):
        role = "baseline"
    elif suffix == "以来" or max(years) <= 2020 or _FIRST_YEARS.match(text, m.end()):
        role = "past"
    elif m["ppre"] in ("自", "从"):
        role = "baseline"
    else:
        role = "horizon"
    spans = [p.span() for p in rx(_PLAN).finditer(text, m.start("plan"), m.end("plan"))]
    spans[-1] = spans[-1][0], m.end()
    return Date(m.start(), m.end(), m.start("plan"), years, role, False, False, False, spans)


def _bound(m: re.Match, text: str) -> tuple[int, int] | None:
    """Where 底前, 前, 前后 or 左右 stands behind the year."""
    if not m["suf"].endswith(("前", "前后", "左右")):
        return None
    start = m.start("suf")
    return start - (text[start - 1] in "底末"), m.end()


def _calendar_date(
    m: re.Match, text: str, start: int, end: int, issued: int | None, goals: bool
) -> Date:
    rest = m["rest"]
    years, at = [_year(m["first"])], m.start("first")
    spans = [m.span("first")]
    period = rest.startswith(("至", "到", "-", "—", "~"))
    if rest:
        more = list(rx(_Y_REPUBLIC).finditer(rest))
        years += [_year(y[0]) for y in more]
        spans += [(m.start("rest") + y.start(), m.start("rest") + y.end()) for y in more]
        if period:
            years, spans = years[-1:], spans[-1:]  # its end is the horizon
            at = spans[0][0]
    spans[:-1] = [(a, b + (text[b] == "年")) for a, b in spans[:-1]]
    spans[-1] = spans[-1][0], m.end()
    pre, suffix = m["pre"], m["suf"]
    role = _role(pre, suffix, years, text, m, start, end, issued, goals)
    return Date(
        m.start(), m.end(), at, years, role,
        period or suffix.endswith("前"), suffix in ("前后", "左右"), True, spans, _bound(m, text),
    )  # fmt: skip


def _role(pre, suffix, years, text, m, start, end, issued, goals) -> str:
    tail = text[m.end() : min(m.end() + 12, end)]
    if _DAY.match(text, m.end()):
        return "past"
    if pre.startswith(("比", "较", "相", "对比")) or _BASE_WORD.search(
        text, max(start, m.start() - 5), m.start()
    ):
        return "baseline"
    if _AFTER_BASE.match(tail):
        return "baseline"
    if pre in ("从", "由", "自", "与", "以"):
        return "past" if suffix in ("起", "以来") else "baseline"
    if suffix == "以来" or (
        (pre.startswith("截") or suffix in ("起", "后", "以后")) and years[-1] <= (issued or 2024)
    ):
        return "past"
    if years[-1] <= 2020:
        return "past"
    if (
        goals
        and not pre
        and years[-1] >= 2022
        and m.start() == start
        and not rx(r"为\d").search(text, m.end(), end)
    ):
        return "horizon"
    if (
        pre in ("到", "至")
        and years[-1] <= (issued or 2023)
        and text[m.start() - 1] in "升增降高加低减"
    ):
        return "past"  # 由2019年的6.3%升至2023年的65%
    if (
        years[-1] <= max(issued or 0, 2026)
        and _PAST_WORD.search(
            text[m.end() : min(m.end() + 30, end)].partition("。")[0].partition(";")[0]
        )
        and not _FUTURE_WORD.search(text[max(start, m.start() - 6) : m.end()])
    ):
        return "past"
    anchored = pre in ("到", "至", "在", "于") or suffix not in ("", "期间", "时")
    led = _FUTURE_WORD.search(text[max(start, m.start() - 4) : m.start()])
    if not anchored and not led and years[-1] <= (issued or 2023):
        return "past"
    # without a date of issue: 2022年底前 is still to come, 2022年底 may be past
    before = suffix.endswith("前")
    if years[-1] < (issued or (2021 if before else 2023)) and not led and not (issued and before):
        return "past"
    return "horizon"
