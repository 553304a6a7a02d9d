"""When a document was issued: what is past for it, and what is ahead.

Its date of issue where that is known (given, or told by the text); else the most likely year, from
the years and five-year plans that it tells as facts and those that it sets as goals.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

from compare.extraction.dates.issue_day import present_year, year_of_issue, year_shown
from compare.extraction.dates.year_mentions import PERIOD, Kind, Mention, mentions, titles

Basis = Literal["given", "text", "years", "none"]

_NEARLY = 1.0
_USUAL = 2  # so many years before its last one a plan is usually out


@dataclass(frozen=True, slots=True)
class DocumentTime:
    """The year of a document.

    Attributes
    ----------
    year : int
        Year of issue, or the most likely one.
    basis : str
        ``given`` (a date of issue from outside), ``text`` (the text tells it), ``years`` (estimated
        from its years), ``none`` (nothing tells it: what could be a fact is kept as a goal).
    opens : int or None
        The first year of the period that its title names, where that is not over yet.
    work_year : int or None
        The year that its title names as the one it is for (2026年工作要点).
    term : (int, int) or None
        First and last year of the period that its title names.
    present : int or None
        The year in which its opening, or its own number, says that it stands.
    """

    year: int
    basis: Basis
    opens: int | None = None
    work_year: int | None = None
    term: tuple[int, int] | None = None
    present: int | None = None

    @property
    def known(self) -> bool:
        """Whether the date of issue is known, not estimated."""
        return self.basis in ("given", "text")

    @property
    def told(self) -> int:
        """The last year that, written bare, tells what has been."""
        return self.year if self.opens is None else min(self.year, self.opens - 1)

    @property
    def begins(self) -> int:
        """The first year that may be a goal without words of a deadline."""
        return self.year if self.opens is None else max(self.year, self.opens)

    @property
    def this_year(self) -> int | None:
        """The year that the text calls 今年; None where nothing tells it."""
        return self.work_year or (self.year if self.known else self.present)


def document_time(
    text: str, issued: int | None = None, republic: bool = False, page: str = ""
) -> DocumentTime:
    """The time of a document.

    Parameters
    ----------
    text : str
        Clean text of the plan.
    issued : int, optional
        Year of issue, where it is known from elsewhere.
    republic : bool
        The text counts in years of the Republic.
    page : str
        What a page puts before the text.
    """
    title = titles(text, republic)
    opens = max((t.first for t in title if t.opens), default=None)
    work_year = title[-1].first if title and title[-1].work else None
    term = next(((t.first, t.last) for t in title if t.last > t.first), None)
    return replace(
        _time(text, issued, republic, page, opens, work_year), term=term, present=present_year(text)
    )


def _time(
    text: str,
    issued: int | None,
    republic: bool,
    page: str,
    opens: int | None,
    work_year: int | None,
) -> DocumentTime:
    told = year_of_issue(text) if issued is None else issued
    if told is not None:
        # a plan of 2028 for the years from 2031 on may set goals for 2030
        opens = opens if opens is not None and told <= opens <= told + 1 else None
        return DocumentTime(told, "text" if issued is None else "given", opens, work_year)
    found = replace(_estimated(mentions(text, republic), opens), work_year=work_year)
    shown = year_of_issue(page) or year_shown(page) or year_shown(text)
    # a page may show a document years after its issue, but then its goals are past
    if shown is not None and (found.basis == "none" or abs(shown - found.year) <= _USUAL):
        opens = opens if opens is not None and opens >= shown else None
        return DocumentTime(shown, "text", opens, work_year)
    return found


def _period_end(year: int) -> int:
    return -(-year // PERIOD) * PERIOD


def _estimated(found: list[Mention], opens: int | None) -> DocumentTime:
    """The year in which a text with these years was most likely issued.

    It is the year before the period opens that the title names; else that of the five-year plan whose
    facts, baselines and goals fit best; a plan is usually issued in its first three years.
    """
    years = {kind: sorted({m.year for m in found if m.kind == kind}) for kind in get_args(Kind)}
    bare = {*years["moved"], *years["bare"]}
    newest = max([*years["fact"], *years["over"]], default=0)
    # “十三五”时期…, 2020年…, 到2025年…: a plan whose last year is told, and not aimed at, is over
    for end in years["plan"]:
        aimed = [y for y in years["goal"] if y > end - PERIOD]
        if aimed and min(aimed) > end and end in (*years["status"], *bare):
            newest = max(newest, end + 1)
    if opens is not None:
        return DocumentTime(max(newest, opens - 1), "years", opens if newest < opens else None)
    ahead = [y for y in (*years["goal"], *years["plan"]) if y > newest]
    # what stands as a status counts as a fact where nothing before it is set as a goal
    told = [y for y in years["status"] if y < min(ahead, default=y + 1)]
    if ahead or newest or (len(years["status"]) == 1 and not bare):
        newest = max([newest, *told])
    if not ahead and not newest:
        return _without_goals({*years["status"], *years["moved"]}, bare)
    if newest % PERIOD and newest in (*years["fact"], *years["status"]):
        return DocumentTime(newest, "years")  # later than the usual base, the end of a plan
    ends = {_period_end(y) for y in ahead}
    if newest:
        ends.add(_period_end(newest + 1))
    fits = {end: sum(_fit(m, end) for m in found) for end in sorted(ends)}
    # the earlier of two plans that fit nearly as well: a goal lost is worse than a fact kept
    end = next(end for end, fit in fits.items() if fit >= max(fits.values()) - _NEARLY)
    ahead = [y for y in ahead if y > end - PERIOD]
    # a goal is set before its year begins
    return DocumentTime(max(newest, min([end - _USUAL, *(y - 1 for y in ahead)])), "years")


def _without_goals(status: set[int], bare: set[int]) -> DocumentTime:
    """The time of a text that sets no year as a goal and tells none as a fact.

    Where it says of a year how things stood or had moved (2022年,占比为14%), its newest year tells the time, if no
    five-year plan ends in it and the years are not steps. Bare years alone tell nothing.
    """
    years = sorted(status | bare)
    if status:
        steps = len(years) > 2 and years[-1] - years[0] == len(years) - 1
        if years[-1] % PERIOD and not steps:
            return DocumentTime(years[-1], "years")
        if years[0] % PERIOD and len(years) == 2:
            return DocumentTime(years[0], "years")
    return DocumentTime(years[0] - 1 if years else 0, "none")


# how well a year fits a document of a five-year plan, by where it stands to that plan: before it, the
# year before its first, within it, its last, behind it
_FITS: dict[Kind, tuple[float, float, float, float, float]] = {
    "fact": (1, 2, 2, 2, -10),
    "over": (1, 2, 2, 2, -10),
    "status": (0.2, 0.5, 0.5, 0.5, 0),
    "baseline": (0, 1, 0.5, -0.5, -0.5),
    "goal": (-1, -1, 1, 1, 0.9),
    "plan": (0, 0, 0, 1.5, 0),
    "moved": (0, 0.3, 0.2, 0.2, 0),
    "bare": (0, 0.3, 0.2, 0.2, 0),
}
_FADES = 0.05  # a year, for goals behind the plan: the later, the less they tell


def _fit(mention: Mention, end: int) -> float:
    """How well a year fits a document of the plan that ends in ``end``."""
    before, begins, within, closes, behind = _FITS[mention.kind]
    year, begin = mention.year, end - PERIOD
    if year > end:
        return max(0, behind - _FADES * (year - end)) if mention.kind == "goal" else behind
    return (
        closes if year == end else within if year > begin else begins if year == begin else before
    )
