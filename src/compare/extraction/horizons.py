"""Dates in a sentence and the part each plays: horizon, baseline, or a fact of the past."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from compare.extraction.date_words import PLAN, YEAR_OF_REPUBLIC, date_matches, plan_years, year_of
from compare.extraction.document_time import (
    AFTER_BASELINE,
    BASELINE_WORD,
    COMPARED,
    FUTURE_WORD,
    PAST_WORD,
    DocumentTime,
)
from compare.vocabulary.lexicon import rx

_FIRST_YEARS = re.compile(r"[前头][一二两三四]年")
_DAY = re.compile(r"(?<=月)\d{1,2}日|\d{1,2}月\d{1,2}日")
# 有效期至2025年12月31日, 自2021年1月1日至2025年12月31日: the end of a term, which is no deadline
_TERM_BEFORE = re.compile("(?:有效|施行|实施|执行|公示|[自从由])[^。;]*$")
_LATE = 2  # years after which even 底前 is no deadline still to come
_NOUN_AFTER_PLAN = re.compile(r"规划(?!期)|[^,。;]{0,12}(?:规划|纲要)")


@dataclass(frozen=True, slots=True)
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


def dates(
    text: str,
    start: int,
    end: int,
    time: DocumentTime,
    goals: bool = False,
    republic: bool = False,
) -> list[Date]:
    """All dates of ``text[start:end]`` with their roles.

    Parameters
    ----------
    time : DocumentTime
        Of the document: a bare year up to its year is a fact, not a goal.
    goals : bool
        The section sets goals: a bare year is one (2024年,全省…下降3%).
    republic : bool
        The text counts in years of the Republic: 119年 is 2030.
    """
    out = []
    for m in date_matches(text, start, end, republic):
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
            _plan_date(m, text, end, time)
            if m["plan"]
            else _calendar_date(m, text, start, end, time, goals)
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
                found = replace(found, role="horizon")
            if text[found.end : found.end + 2] in _FINISH:
                first = time.year - (not time.known)
                found = _in_a_list_to_finish(text, start, found, out, first)
            out.append(found)
    return out


_FINISH = frozenset(
    {"全部", "全容", "基本", "建成", "投产", "投运", "竣工", "完工", "并网", "通车", "投用", "投入"}
)
_UNDER_WAY = re.compile(r"(?:加快|推进|推动|抓好|有序|积极|确保|统筹|实施|支持)[^,;]*[,;]")


def _in_a_list_to_finish(text: str, start: int, date: Date, before: list[Date], first: int) -> Date:
    """A bare year at which something is finished is to come where the list around it is.

    加快建设A、B等电站,C电站2023年建成; A机组2022年建成投产,B机组2027年建成. In the second the date
    before is made anew, in ``before``.
    """
    if date.role == "horizon":
        if before and text[before[-1].end : before[-1].end + 2] in _FINISH:
            before[-1] = _to_come(before[-1], first)
        return date
    if not _UNDER_WAY.match(text, start, date.start) or PAST_WORD.search(text, start, date.end):
        return date
    return _to_come(date, first)


def _to_come(date: Date, first: int) -> Date:
    past = date.role == "past" and date.at == date.start and date.years[-1] >= first
    return replace(date, role="horizon") if past else date


def _continues_in_time(text: str, m: re.Match, end: int) -> bool:
    """Whether a bare year opens its clause, and the clause tells nothing that has been."""
    stop = next((i for i in range(m.end(), end) if text[i] in ",;。"), end)
    return text[m.start() - 1] in ",;" and not rx("已|共|为|同比|获|底").search(
        text, m.end() - 1, stop
    )


def _plan_date(m: re.Match, text: str, end: int, time: DocumentTime) -> Date | None:
    suffix = m["psuf"]
    years = plan_years(m["plan"])
    if "规划" in suffix and suffix == "规划":
        return None
    if not suffix and _NOUN_AFTER_PLAN.match(text, m.end(), end):
        return None
    if m["ppre"] in ("较", "比"):
        role = "baseline"
    elif suffix == "以来" or max(years) < time.year or _FIRST_YEARS.match(text, m.end()):
        role = "past"
    elif m["ppre"] in ("自", "从"):
        role = "baseline"
    else:
        role = "horizon"
    spans = [p.span() for p in rx(PLAN).finditer(text, m.start("plan"), m.end("plan"))]
    spans[-1] = spans[-1][0], m.end()
    return Date(m.start(), m.end(), m.start("plan"), years, role, False, False, False, spans)


def _is_last_day(m: re.Match, text: str, start: int) -> bool:
    """Whether the day that follows is the last one of a deadline: 到2025年12月31日,….

    `date_matches` takes in those that say so behind the day (31日前).
    """
    term = _TERM_BEFORE.search(text, max(start, m.start() - 24), m.start())
    return m["pre"] in ("到", "至") and not term


def _bound(m: re.Match, text: str) -> tuple[int, int] | None:
    """Where 底前, 前, 前后 or 左右 stands behind the year."""
    if not m["suf"].endswith(("前", "前后", "左右")):
        return None
    start = m.start("suf")
    return start - (text[start - 1] in "底末"), m.end()


def _calendar_date(
    m: re.Match, text: str, start: int, end: int, time: DocumentTime, goals: bool
) -> Date:
    rest = m["rest"]
    years, at = [year_of(m["first"])], m.start("first")
    spans = [m.span("first")]
    period = rest.startswith(("至", "到", "-", "—", "~"))
    if rest:
        more = list(rx(YEAR_OF_REPUBLIC).finditer(rest))
        years += [year_of(y[0]) for y in more]
        spans += [(m.start("rest") + y.start(), m.start("rest") + y.end()) for y in more]
        if period:
            years, spans = years[-1:], spans[-1:]  # its end is the horizon
            at = spans[0][0]
    spans[:-1] = [(a, b + (text[b] == "年")) for a, b in spans[:-1]]
    pre, suffix = m["pre"], m["suf"]
    role = _role(pre, suffix, years, text, m, start, end, time, goals)
    day = _DAY.match(text, m.end(), end) if role == "horizon" else None
    stop = day.end() if day else m.end()
    spans[-1] = spans[-1][0], stop
    return Date(
        m.start(), stop, at, years, role,
        period or suffix.endswith("前"), suffix in ("前后", "左右"), True, spans, _bound(m, text),
    )  # fmt: skip


def _role(pre, suffix, years, text, m, start, end, time, goals) -> str:
    tail = text[m.end() : min(m.end() + 12, end)]
    if _DAY.match(text, m.end(), end) and not _is_last_day(m, text, start):
        return "past"
    if pre.startswith(COMPARED) or BASELINE_WORD.search(text, max(start, m.start() - 5), m.start()):
        return "baseline"
    if AFTER_BASELINE.match(tail):
        return "baseline"
    if pre in ("从", "由", "自", "与", "以"):
        return "past" if suffix in ("起", "以来") else "baseline"
    year, now = years[-1], time.year
    done = "已" in text[max(start, m.start() - 3) : m.start()]  # 已于2022年7月投运
    if suffix == "以来" or ((pre.startswith("截") or done) and year <= now):
        return "past"
    if suffix in ("起", "后", "以后") and year <= now - (not time.known):
        return "past"
    if year < now - _LATE:
        return "past"
    if (
        goals
        and not pre
        and year >= now - 1
        and m.start() == start
        and not rx(r"为\d").search(text, m.end(), end)
    ):
        return "horizon"
    if pre in ("到", "至") and year <= now and text[m.start() - 1] in "升增降高加低减":
        return "past"  # 由2019年的6.3%升至2023年的65%
    anchored = pre in ("到", "至", "在", "于") or suffix not in ("", "期间", "时")
    if (
        (year <= now or (time.basis == "none" and not anchored))
        and PAST_WORD.search(
            text[m.end() : min(m.end() + 30, end)].partition("。")[0].partition(";")[0]
        )
        and not FUTURE_WORD.search(text[max(start, m.start() - 6) : m.end()])
    ):
        return "past"
    led = FUTURE_WORD.search(text[max(start, m.start() - 4) : m.start()])
    if not anchored and not led and year <= now and time.basis != "none":
        return "past"
    # 2022年底前 in a document of 2023, as in those it was drawn up from, is a goal; 2022年底 is past
    if year < now and not led and not suffix.endswith("前"):
        return "past"
    return "horizon"
