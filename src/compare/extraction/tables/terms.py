"""The time a table is for: its plan's years, and the baselines that its notes name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from compare.extraction.dates.date_words import PLAN, plan_years
from compare.extraction.layout.located import Located
from compare.extraction.tables.cells import piece, span
from compare.vocabulary.lexicon import rx

_YEARS = 5
_RANGE = re.compile(r"(?<!\d)((?:19|20|21)\d\d)年?(?:-|—|~|至|到)+((?:19|20|21)\d\d)(?!\d)")
_ONE = re.compile(r"(?<!\d)((?:19|20|21)\d\d)年(?!\d|\d{1,2}月)")
_PAIR = re.compile(
    r"((?:19|20|21)\d\d)年(?:目标值?|数值?|数据|指标值?)?(?:均|分别)?(?:以|较|比)((?:19|20|21)\d\d)年(?:为(?:基期|基准|基年|基数|基准年))?"
)
_BASE = re.compile(
    r"(?:以|[较比])((?:19|20|21)\d\d)年(?:为(?:基期|基准|基年|基数|基准年)|(?:累计)?(?:下降|降低|减少|提高|增长))"
)


@dataclass(frozen=True, slots=True)
class Term:
    """The years of a plan.

    Attributes
    ----------
    end : int
        The last.
    at : (int, int)
        Where in the raw text that is said.
    start : int or None
        The first; None where only the last is said.
    stated : bool
        The years themselves stand there (2023—2025年), not the name of a plan.
    """

    end: int
    at: tuple[int, int]
    start: int | None = None
    stated: bool = False


def term_of(lines: Iterable[Located], single_year: bool = True) -> Term | None:
    """The term that the first of the lines names that names one."""
    for words in lines:
        found = _RANGE.search(words)
        at = span(piece(words, *found.span(2))) if found else None
        if found and at:
            return Term(int(found[2]), at, int(found[1]), True)
        plan = rx(PLAN).search(words)
        ends = plan_years(plan[0]) if plan else []
        at = span(piece(words, *plan.span())) if plan else None
        if ends and at:
            return Term(ends[-1], at, ends[-1] - _YEARS + 1)
        one = _ONE.search(words) if single_year else None
        at = span(piece(words, *one.span(1))) if one else None
        if one and at:
            return Term(int(one[1]), at)
    return None


Base = tuple[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class NotedBases:
    """Baseline years that notes name for changes: by year of the target, and for all."""

    by_year: dict[int, Base]
    every: Base | None = None

    def of(self, year: int | None) -> Base | None:
        """The baseline of a change up to a year."""
        if year is not None and year in self.by_year:
            return self.by_year[year]
        return self.every if not self.by_year else None


def noted_bases(notes: Iterable[Located]) -> NotedBases:
    """The baselines that notes name: 2025年以2020年为基期; 〔〕内为较2020年累计下降."""
    by_year: dict[int, Base] = {}
    every: Base | None = None
    for words in notes:
        pairs = list(_PAIR.finditer(words))
        for m in pairs:
            at = span(piece(words, *m.span(2)))
            if at:
                by_year[int(m[1])] = int(m[2]), at
        one = None if pairs else _BASE.search(words)
        at = span(piece(words, *one.span(1))) if one else None
        if one and at and every is None:
            every = int(one[1]), at
    return NotedBases(by_year, every)
