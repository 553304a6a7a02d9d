"""Dates in a sentence and the part each plays: horizon, baseline, or a fact of the past."""

from __future__ import annotations

import re
from typing import NamedTuple

from compare.extraction.dates.date_roles import (
    DAY,
    FISCAL,
    RELATIVES,
    STEP,
    TO_FINISH,
    TOLD_IN_TIME,
    WHOLE_TERM,
    WORK_YEAR,
    PlanCase,
    RelativeCase,
    YearCase,
    role_of_plan,
    role_of_year,
)
from compare.extraction.dates.date_words import (
    PLAN,
    RELATIVE,
    YEAR_OF_REPUBLIC,
    date_matches,
    plan_years,
    term_matches,
    work_year_matches,
    year_of,
)
from compare.extraction.dates.document_time import DocumentTime
from compare.extraction.dates.year_mentions import PAST_WORD
from compare.extraction.rules import Decision, first
from compare.vocabulary.lexicon import rx

# 规划 and 纲要 behind a plan make it a title; “六五”环境日 is a day of the year
_NOUN_AFTER_PLAN = re.compile(r"规划(?!期)|[^,。;]{0,12}(?:规划|纲要)|环境日")
# the part of a date in its sentence, by what the ledger calls it
_ROLE = {"horizon": "horizon", "baseline": "baseline", "fact": "past", "name": "past"}
_PERIOD_JOINS = ("至", "到", "-", "—", "~")


class Date(NamedTuple):
    """One mention of a year or a five-year plan in a sentence.

    Attributes
    ----------
    start, end : int
        Span in the clean text, preposition and suffix included.
    at : int
        Where the (first) year itself begins.
    years : list of int or None
        More than one for 到2025年、2030年; None for 今年 where the year of issue is unknown.
    role : str
        ``horizon``, ``baseline`` or ``past``.
    before, about : bool
        2030年前; 2030年前后 or 左右.
    explicit : bool
        A year is written out (not a five-year plan, not 今年).
    spans : list of (int, int)
        Where each of the years stands, what follows the last one (底前, 期间) included.
    rule : str
        Id of the rule that gave the role.
    bound : (int, int) or None
        Where 前, 前后 or 左右 stands.
    reach : int or None
        Where its reach ends, if it does not govern what follows its clause.
    """

    start: int
    end: int
    at: int
    years: list[int | None]
    role: str
    before: bool
    about: bool
    explicit: bool
    spans: list[tuple[int, int]]
    rule: str
    bound: tuple[int, int] | None = None
    reach: int | None = None

    @property
    def last(self) -> int | None:
        """The last of its years."""
        return self.years[-1]

    def span_of(self, year: int) -> tuple[int, int]:
        """Where one of its years stands."""
        return self.spans[self.years.index(year)]

    def moved(self, by: int) -> Date:
        """The same date, its offsets counted from another place."""
        return Date(
            self.start + by, self.end + by, self.at + by, self.years, self.role, self.before,
            self.about, self.explicit, [(a + by, b + by) for a, b in self.spans], self.rule,
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
    out: list[Date] = []
    for m in date_matches(text, start, end, republic):
        if m["plan"]:
            found = _plan_date(m, text, end, time)
        elif m["fiscal"]:
            found = _fiscal_date(m)
        elif m["relative"]:
            found = _relative_date(m, text, end, time)
        else:
            found = _calendar_date(m, text, start, end, time, goals)
        if found:
            found = _beside_others(text, start, end, found, out, time)
            out.append(found)
    if time.work_year is not None:
        return _with_work_year(text, start, end, out, time.work_year)
    if time.term and "年" in text:
        out = _with_term(text, start, end, out, time.term)
    return out


def _with_term(
    text: str, start: int, end: int, found: list[Date], term: tuple[int, int]
) -> list[Date]:
    """The dates, and the words for the whole term of the plan: 三年累计."""
    spans = term_matches(text, start, end, term[1] - term[0] + 1)
    free = [
        (a, b)
        for a, b in spans
        if not any(d.start < b and (a < d.end or d.role == "past") for d in found)
    ]
    more = [
        Date(
            a, b, a, [term[1]], "horizon", False, False, False, [(a, b)], WHOLE_TERM.id
        )
        for a, b in free
    ]  # fmt: skip
    return sorted(found + more, key=lambda d: d.start) if more else found


def _with_work_year(text: str, start: int, end: int, found: list[Date], year: int) -> list[Date]:
    """The dates, and those that the plan of work for one year writes without it: 年内, 9月底前."""
    more = []
    for a, b in work_year_matches(text, start, end):
        before = next((d for d in reversed(found) if d.end <= a and d.explicit), None)
        if any(d.start < b and a < d.end for d in found) or (before and before.role == "horizon"):
            continue  # 2026年6月底前完成A,9月底前完成B: the year is said
        more.append(
            Date(
                a,
                b,
                a,
                [year],
                "horizon",
                text[b - 1] == "前",
                False,
                False,
                [(a, b)],
                WORK_YEAR.id,
            )
        )
    return sorted(found + more, key=lambda d: d.start) if more else found


def _fiscal_date(m: re.Match[str]) -> Date:
    """2025-26年度: the year in which it ends."""
    year, before = int(m["fiscal"][:2] + m["fiscal"][-2:]), "前" in m[0]
    return Date(
        m.start(), m.end(), m.start("fiscal"), [year], "horizon", before, False, True,
        [(m.start("fiscal"), m.end())], FISCAL.id, (m.end("fiscal"), m.end()) if before else None,
    )  # fmt: skip


def _relative_date(m: re.Match[str], text: str, end: int, time: DocumentTime) -> Date:
    """今年, 明年: counted from the year of issue, unknown where that is."""
    year = None if time.this_year is None else time.this_year + RELATIVE[m["relative"]]
    case = RelativeCase(text, end, m.end(), m["rsuf"])
    role = first(RELATIVES, case) or RELATIVES[-1].decision
    span = m.start("relative"), m.end()
    return Date(
        m.start(), m.end(), span[0], [year], _ROLE[role.disposition], m["rsuf"].endswith("前"), False, False,
        [span], role.reason,
    )  # fmt: skip


def _plan_date(m: re.Match[str], text: str, end: int, time: DocumentTime) -> Date | None:
    suffix = m["psuf"]
    years: list[int | None] = [*plan_years(m["plan"])]
    if suffix == "规划" or (not suffix and _NOUN_AFTER_PLAN.match(text, m.end(), end)):
        return None
    case = PlanCase(text, end, m.end(), m["ppre"], suffix, max(plan_years(m["plan"])), time)
    role = role_of_plan(case)
    spans = [p.span() for p in rx(PLAN).finditer(text, m.start("plan"), m.end("plan"))]
    spans[-1] = spans[-1][0], m.end()
    found = Date(
        m.start(), m.end(), m.start("plan"), years, _ROLE[role.disposition], False, False, False, spans,
        role.reason,
    )  # fmt: skip
    return _called(found, text, end)


def _bound(m: re.Match[str], text: str) -> tuple[int, int] | None:
    """Where 底前, 前, 前后 or 左右 stands behind the year."""
    if not m["suf"].endswith(("前", "前后", "左右")):
        return None
    start = m.start("suf")
    return start - (text[start - 1] in "底末"), m.end()


def _calendar_date(
    m: re.Match[str], text: str, start: int, end: int, time: DocumentTime, goals: bool
) -> Date:
    rest = m["rest"]
    years, at = [year_of(m["first"])], m.start("first")
    spans = [m.span("first")]
    period = rest.startswith(_PERIOD_JOINS)
    if rest:
        more = list(rx(YEAR_OF_REPUBLIC).finditer(rest))
        years += [year_of(y[0]) for y in more]
        spans += [(m.start("rest") + y.start(), m.start("rest") + y.end()) for y in more]
        if period:
            years, spans = years[-1:], spans[-1:]  # its end is the horizon
            at = spans[0][0]
    spans[:-1] = [(a, b + (text[b] == "年")) for a, b in spans[:-1]]
    suffix = m["suf"]
    case = YearCase(
        text, start, end, m.start(), m.end(), m["pre"], suffix, years[-1], time, goals
    )  # fmt: skip
    role = role_of_year(case)
    day = DAY.match(text, m.end(), end) if role.disposition == "horizon" else None
    stop = day.end() if day else m.end()
    spans[-1] = spans[-1][0], stop
    found = Date(
        m.start(), stop, at, [*years], _ROLE[role.disposition], period or suffix.endswith("前"),
        suffix in ("前后", "左右"), True, spans, role.reason, _bound(m, text),
    )  # fmt: skip
    return _called(found, text, end)


def _called(date: Date, text: str, end: int) -> Date:
    """A date that only names the time reaches no further than its clause."""
    if not date.rule.endswith("-called"):
        return date
    stop = next((i for i in range(date.end + 1, end) if text[i] in ",;。"), end)
    return date._replace(reach=stop)


def _beside_others(
    text: str, start: int, end: int, date: Date, before: list[Date], time: DocumentTime
) -> Date:
    """The date, made anew where the dates beside it say what it is."""
    if before and "其中" in text[date.start - 3 : date.start]:
        return _of_which(text, end, date, before[-1], time)
    goes_on = date.role == "past" and before and before[-1].role == "horizon"
    if goes_on and (before[-1].last or 0) < (date.last or 0):
        told = first(TOLD_IN_TIME, text, date.start, date.end, end)
        date = _as(date, told) if told else date
    if text[date.end : date.end + 2] in _FINISH:
        date = _in_a_list_to_finish(text, start, date, before, time.year - (not time.known))
    return date


def _of_which(text: str, end: int, date: Date, total: Date, time: DocumentTime) -> Date:
    """到2028年,新增300艘,其中2026年新增80艘; …: a step of the total, which ends with its part of the sentence."""
    ahead = total.role == "horizon" and (total.last or 0) >= (date.last or 0)
    told = PAST_WORD.search(text, date.end, end) or rx("年[^,;。]{0,6}(?:完成了|实际)").search(
        text, date.start, end
    )
    open_year = (date.last or 0) >= time.year if time.known else True
    if date.role == "past" and date.at == date.start and ahead and open_year and not told:
        date = _as(date, STEP.decision)
    if date.role != "horizon":
        return date
    return date._replace(reach=next((i for i in range(date.end, end) if text[i] in ";。"), end))


_FINISH = frozenset(
    {"全部", "全容", "基本", "建成", "投产", "投运", "竣工", "完工", "并网", "通车", "投用", "投入"}
)
_UNDER_WAY = re.compile(r"(?:加快|推进|推动|抓好|有序|积极|确保|统筹|实施|支持)[^,;]*[,;]")


def _as(date: Date, role: Decision) -> Date:
    return date._replace(role=_ROLE[role.disposition], rule=role.reason)


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
    past = date.role == "past" and date.at == date.start and (date.last or 0) >= first
    return _as(date, TO_FINISH.decision) if past else date
