"""A wording that could commit without a figure, and what is made of it: a row, or a decision why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import TypeVar

from compare.extraction.commitment.effort import effort_word
from compare.extraction.dates.horizons import Date
from compare.extraction.layout.located import without
from compare.extraction.ledger.reading import LeftWording
from compare.extraction.rules import Rule, first
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject.scope import scope_of
from compare.extraction.subject.set_place import place_set_before
from compare.extraction.subject.subject_words import introduces, strip_head, strip_tail
from compare.extraction.with_figure.figure_list import unmasked, without_dates
from compare.vocabulary.lexicon import rx

NAMES_NOTHING = Rule(
    "wording-names-nothing",
    "A wording that names nothing that it could be about is a turn of speech.",
    "name",
    lambda rows: not rows,
    taken="到2027年,力争«全部采用»。",
    left="到2027年,新增货车«全部采用»电动车型。",
)
OF_VALUE = Rule(
    "words-of-a-value",
    "The words of a row whose value stands elsewhere: the year of a peak, the size of a project.",
    "qualifier",
    lambda rows: bool(rows),
    taken="确保工业碳排放于2030年前«达峰»。",
    left="到2030年,公共电车«全覆盖»。",
)
RULES = (NAMES_NOTHING, OF_VALUE)
# 力争提前两年在2023年底前基本淘汰…
_AHEAD_OF_TIME = rx(r"提前(?:[一二两三四五半]|\d)?(?:个)?(?:年|月)?[、,]?(?:在|于)?")
_ENCOURAGED = rx("坚持|加快|支持|引导|鼓励|倡导|探索|督促|研究")


@dataclass(slots=True)
class Found:
    """What the wordings of a sentence gave so far.

    Attributes
    ----------
    rows : list of Row
        Those with a figure, which the sentence brought along, included.
    left : list of LeftWording
    spans : list of (int, int)
        Words of the sentence that are spoken for.
    """

    rows: list[Row]
    left: list[LeftWording] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


class Wording:
    """Words of a sentence that could commit.

    Parameters
    ----------
    s : Sentence
    context : Context
        Of the sentence.
    m : re.Match
        The words, in ``s.masked``.
    form : Rule
        The form of words that found them.
    done : Found
        What the sentence gave so far.
    """

    def __init__(self, s: Sentence, context: Context, m: re.Match[str], form: Rule, done: Found):
        self.s, self.context, self.m, self.form, self.done = s, context, m, form, done
        self.start, self.end = words_of(m)
        self.clause = s.clause_at(self.start)
        self.begin, self.stop = s.clauses[self.clause]
        self._in_brackets = dated_brackets(s, self.end, self.stop)
        if self._in_brackets:  # …全部完成改造(2025年6月底前)
            self.stop = self._in_brackets[1]
        for a, b in done.spans:  # A零填埋、B零直排: the second name begins behind the first words
            if self.begin <= a and b < self.start and s.masked[b] in "、和及":
                self.begin = b + 1

    @cached_property
    def _force(self) -> tuple[Date | None, list[int | None]]:
        behind = self._in_brackets[0] if self._in_brackets else _date_behind(self.s, self.end)
        return (behind, behind.years) if behind else in_force(self.s, self.start, self.context)

    @cached_property
    def date(self) -> Date | None:
        """The date of the sentence that governs the words."""
        return self._force[0]

    @cached_property
    def years(self) -> list[int | None]:
        """The years in force; empty where none are."""
        return self._force[1]

    @cached_property
    def base(self) -> Date | None:
        """The base year that governs the words, with offsets in the clean text."""
        s = self.s
        here = without_dates(s, self.begin, self.start)[1] or s.base_in_force(self.start)
        return here.moved(s.at) if here else None if self.date else self.context.base

    @cached_property
    def told(self) -> bool:
        """The words, or the date before them, tell of the past."""
        if self.date and self.date.role == "past" and not self.years:
            return True
        before = self.s.masked[max(self.begin, self.start - 4) : self.start]
        return bool(rx("已(?:经|全部|基本|于)?$|[实]现了$|均已").search(before)) or self.s.masked[
            self.end : self.end + 1
        ] == ("了")

    @cached_property
    def name(self) -> str:
        """The subject that stands before the words in their clause."""
        return subject(self.s, self.begin, self.start)

    @cached_property
    def rest(self) -> str:
        """What stands behind the words in their clause, names hidden."""
        return self.s.masked[self.end : self.stop].rstrip("。").lstrip('”"')

    @cached_property
    def object(self) -> str:
        """The same in the plan's own words."""
        return self.s.words(self.end, self.stop).rstrip("。").lstrip('”"')

    @cached_property
    def is_encouraged(self) -> bool:
        """The subject is only supported, encouraged or sped up (鼓励出租车…)."""
        return bool(_ENCOURAGED.match(self.name))

    @property
    def span(self) -> tuple[int, int]:
        """Of the words, in the sentence."""
        return self.start, self.end

    def rows_in(self, start: int, end: int) -> list[Row]:
        """Rows so far whose value begins in a span of the sentence."""
        at = self.s.at
        return [r for r in self.done.rows if start <= r.start - at < end]

    @property
    def leads_to_figure(self) -> bool:
        """A figure of a row stands in the words or right behind them."""
        return any(r.kind == "numeric" for r in self.rows_in(self.start, self.end + 1))


def words_of(m: re.Match[str]) -> tuple[int, int]:
    """Where the words of a form stand: its group ``words``, or all of it."""
    return m.span("words" if "words" in m.re.groupindex else 0)


def undated(kind: str, taken: str, left: str) -> Rule:
    """The rule of a kind for wordings that no date governs."""
    return Rule(
        f"{kind}-undated",
        "Without a date in force the words say how work is done, not what will be reached.",
        "name",
        lambda w: not w.years and not w.told,
        taken=taken,
        left=left,
    )


def past(kind: str, taken: str, left: str) -> Rule:
    """The rule of a kind for wordings that tell what has been reached."""
    return Rule(
        f"{kind}-past",
        "The words, or their date, tell of the past.",
        "fact",
        lambda w: w.told,
        taken=taken,
        left=left,
    )


W = TypeVar("W", bound=Wording)


def read(
    s: Sentence,
    context: Context,
    forms: Iterable[Rule],
    none: Iterable[Rule],
    rows_of: Callable[[W], Iterable[Row]],
    out: Found,
    case: type[W],
) -> None:
    """Find the wordings of one kind, and add to ``out`` what each gives.

    Parameters
    ----------
    forms, none : iterable of Rule
        What finds wordings (``applies`` yields matches in a sentence), and what leaves them. Words
        that one form found, no later form looks at.
    rows_of : callable
        Rows of a wording that no rule left; none where it names nothing, which is a decision too.
    case : type
        What the rules of the kind ask about a wording.
    """
    found: list[tuple[int, re.Match[str], Rule]] = []  # in the order of forms, then of the text
    for form in forms:
        for m in form.applies(s):
            if all(m.end() <= a or b <= m.start() for a, b in out.spans):
                out.spans.append(m.span())
                found.append((m.start(), m, form))
    free = []  # words that a rule left may be of another kind (全部投产: a milestone)
    for _, m, form in sorted(found, key=itemgetter(0)):
        w = case(s, context, m, form, out)
        decision = context.said_by_others(s.at + w.start) or first(none, w)
        rows = [] if decision else list(rows_of(w))
        if rows:
            out.rows += rows
            if not any(r.start - s.at < w.end and w.start < r.end - s.at for r in rows):
                out.left.append(LeftWording(*s.in_text(*w.span), OF_VALUE.decision))
        else:
            out.left.append(LeftWording(*s.in_text(*w.span), decision or NAMES_NOTHING.decision))
            free.append(m.span())
    out.spans = [span for span in out.spans if span not in free]


def found_by(pattern: Callable[[], re.Pattern[str]]) -> Callable[[Sentence], Iterator[re.Match]]:
    """The ``applies`` of a form: its matches in a sentence."""
    return lambda s: pattern().finditer(s.masked)


def _date_behind(s: Sentence, at: int) -> Date | None:
    """…全覆盖于2026年内实现: the date stands right behind the words."""
    if s.masked[at : at + 1] not in ("于", "在"):
        return None
    date = next((d for d in s.dates if at <= d.start <= at + 1 and d.role == "horizon"), None)
    return (
        date if date and rx("(?:之?前|内)?(?:实现|完成|到位)").match(s.masked, date.end) else None
    )


def dated_brackets(s: Sentence, at: int, stop: int) -> tuple[Date, int] | None:
    """The date in the brackets that close a clause behind ``at``, and where they open."""
    if s.masked[stop - 1 : stop] != ")" and s.masked[stop - 2 : stop] != ")。":
        return None
    date = next((d for d in s.dates if at <= d.start < stop and d.role == "horizon"), None)
    if date is None or not rx("(?:之?以?前|[底末内])*\\)").match(s.masked, date.end):
        return None
    opens = s.masked.rfind("(", at, date.start + 1)
    return (date, opens) if opens >= 0 and date.at - opens <= 2 else None


def in_force(s: Sentence, at: int, context: Context) -> tuple[Date | None, list[int | None]]:
    """The date of the sentence that governs ``at``, if any, and the years in force; empty where none are."""
    date = s.horizon(at)
    if date:
        return date, date.years if date.role == "horizon" else []
    return None, [] if context.past else context.years


def subject(s: Sentence, begin: int, at: int) -> str:
    """The subject that stands in ``masked[begin:at]``, in its own words."""
    said = without(_AHEAD_OF_TIME, without_dates(s, begin, at)[0])
    name = strip_head(strip_tail(said))
    name = without(rx("^(?:行政区域|辖区|范围)内(?=..|$)"), name)
    if introduces(name):
        name = name[:0]
    if name[:1] in '“"' and name[-1:] in '”"':
        name = name.strip('“”"')
    if name[-1:] in ("“", '"') and name.count('"') % 2 == (name[-1] == '"'):
        name = strip_tail(name[:-1])  # 实现|“双下降”
    return unmasked(s, name, begin, at)


def row(
    w: Wording, span: tuple[int, int], name: str, year: int | None, date: Date | None = None, **more
) -> Row:
    """A row for ``span`` (in the sentence).

    Parameters
    ----------
    date : Date, optional
        The date that sets ``year``, where it is not the wording's.
    **more
        Further fields of the row, ``kind`` among them.
    """
    s, context, date = w.s, w.context, date or w.date
    scope = context.place  # a project keeps the place in its name
    if more.get("kind") != "milestone" and not name.startswith(("所有", "全部", "全体")):
        set_before = place_set_before(s, span[0], name, context.headline, context.own)
        scope, rest = scope_of(name, context.place or set_before, context.own)
        scope, name = (None, name) if rest[:1] in "、和及" else (scope, rest)
    effort = effort_word(s, span[0], date, context)
    return Row(
        start=s.at + span[0],
        end=s.at + span[1],
        indicator_text=name,
        target_year=year,
        effort="strive" if effort else "firm",
        scope_region=scope,
        horizon_at=context.horizon_at(year, date, s.at),
        effort_at=effort,
        rule=w.form.id,
        **more,
    )
