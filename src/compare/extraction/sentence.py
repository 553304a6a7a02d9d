"""One sentence made ready: masked names, clauses, dates and quantities, all in local offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from compare.extraction.attribution.speakers import Speakers
from compare.extraction.dates.document_time import DocumentTime
from compare.extraction.dates.frame import Level
from compare.extraction.dates.horizons import Date, dates
from compare.extraction.layout.located import Located
from compare.extraction.rules import Decision
from compare.vocabulary.lexicon import rx
from compare.vocabulary.quantities import Quantity, target_quantities

MASK = "□"
# (2025年底), (2025年6月底前), (2024—2026年), (“十四五”期间): brackets that hold no more than a date
_ONLY_A_DATE = (
    r"(?<!计划\()(?<!方案\()(?<!规划\()(?<!纲要\()(?<!要点\()(?:(?:19|20|21)\d\d年?(?:[-—~至到](?:19|20|21)?\d\d年?)?"
    r"(?:\d{1,2}月(?:\d{1,2}日)?)?(?:年?[底末初内]|期间)?(?:之?以?前)?|[“\"]?十[一二三四五六七八九]五[”\"]?(?:期间|时期|末)?)\)"
)
_NAMES = re.compile(
    rf"《[^》]{{0,120}}》|(?<!阶段)\((?!\d{{1,2}}\)|其中|[\u4e00-\u9fff]{{1,6}}[市区县旗州镇]\d[\d.]*[^()、,\d]{{1,6}}[、,]|[到以较比与](?:19|20|21)\d\d年|基准?[年期](?:为|:)?(?:19|20|21)\d\d年|{_ONLY_A_DATE})[^()]{{0,200}}\)|〔[^〕]{{0,60}}〕|〈[^〉]{{0,120}}〉"
    r"|[“\"「『][^”\"」』]{0,16}[0-9一二三四五六七八九十]+[米\+ +][^”\"」』]{0,16}[”\"」』]"
)
# the comma of 1,250 ends no clause
_CLAUSE = re.compile(r"[,;:](?!(?<=\d,)(?:\d{3}|\d{1,2}$)|(?<=\d:)1)")


class Context(NamedTuple):
    """What the text before leaves to a sentence.

    Attributes
    ----------
    time : DocumentTime
        Year of issue of the document, or the most likely one.
    levels : tuple of Level
        The frame of dates, outermost first; the innermost decides.
    open : tuple of Level
        The lists that may go on in paragraphs to come.
    pending : Level or None
        The last dated sentence, of this paragraph or the one before: a list may take up its date.
    run : Level or None
        The dated sentence that opens the paragraph, in a section of goals.
    begin : int
        Where the paragraph begins.
    path : tuple of str or None
        The headings above it.
    leads : bool
        It is the first paragraph below them.
    past : bool
        The section is about the past.
    goals : bool
        The section sets goals.
    speakers : Speakers or None
        Who speaks in the text: the plan itself, or others that it quotes.
    paragraph : (int, int)
        Span of the paragraph in the clean text.
    section_of_others : Decision or None
        The section is about what others want, by its heading or by the line that opens its list.
    list_of_others : Decision or None
        Others speak at the end of the line that opens the list.
    place : str or None
        Sub-area that the section is about.
    section_base : Date or None
        The base year that a heading sets, with offsets in the clean text.
    own : frozenset of str
        What the titles call the whole place.
    previous : Sentence or None
        The sentence before.
    republic : bool
        The text counts in years of the Republic.
    binding : str or None
        What a heading, or the line that opens a list, calls the targets below it.
    opened : tuple or None
        What the line that opened the list calls its items, the headings above that line, and the
        sub-area that they are for.
    headline : (str, int) or None
        The words that head the paragraph, on its line or above it, and where they stand.
    """

    time: DocumentTime
    levels: tuple[Level, ...] = ()
    open: tuple[Level, ...] = ()
    pending: Level | None = None
    run: Level | None = None
    begin: int = 0
    path: tuple[str, ...] | None = None
    leads: bool = True
    past: bool = False
    goals: bool = False
    speakers: Speakers | None = None
    paragraph: tuple[int, int] = (0, 0)
    section_of_others: Decision | None = None
    list_of_others: Decision | None = None
    place: str | None = None
    section_base: Date | None = None
    own: frozenset[str] = frozenset()
    previous: Sentence | None = None
    republic: bool = False
    binding: str | None = None
    headline: tuple[str, int] | None = None
    opened: tuple[str | None, tuple[str, ...], str | None] | None = None

    @property
    def date(self) -> Date | None:
        """The date in force, with offsets in the clean text."""
        return self.levels[-1].date if self.levels else None

    @property
    def years(self) -> list[int | None]:
        """Years in force; empty where no date reaches this far."""
        date = self.levels[-1].date if self.levels else None
        return date.years if date else []

    @property
    def strive(self) -> tuple[int, int] | None:
        """Where the 力争 stands that governs them."""
        return self.levels[-1].strive if self.levels else None

    @property
    def base(self) -> Date | None:
        """The base year in force (与2020年相比 before a list), with offsets in the clean text."""
        return self.levels[-1].base if self.levels else None

    def said_by_others(self, at: int) -> Decision | None:
        """What a figure at ``at`` of the clean text is, where others than the plan speak; else None."""
        if self.speakers is None:
            return None
        return self.speakers.decision(*self.paragraph, at, self.section_of_others)

    def horizon_at(self, year: int | None, date: Date | None, at: int) -> tuple[int, int] | None:
        """Where in the clean text a year stands: in ``date`` of the sentence at ``at``, or before."""
        if date is None:
            date, at = self.date, 0
        if date is None or year is None:
            return None
        start, end = date.span_of(year)
        return at + start, at + end


class Row(NamedTuple):
    """One target, offsets in the clean text; the fields are the codebook's.

    The ``…_at`` say where the words stand that decided its horizon, comparator, baseline and effort;
    those of ``indicator_text`` are in the words themselves (see ``located``). ``rule`` is the id of
    the rule that made it one.
    """

    start: int
    end: int
    indicator_text: str
    kind: str
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    comparator: str | None = None
    measure: str = "level"
    direction: str | None = None
    baseline_year: int | None = None
    target_year: int | None = None
    period: str | None = None
    tier: str = "base"
    effort: str = "firm"
    scope_region: str | None = None
    dimension: str = "none"
    baseline_value: float | None = None
    binding: str | None = None
    review_reasons: tuple[str, ...] = ()
    horizon_at: tuple[int, int] | None = None
    bound_at: tuple[int, int] | None = None
    baseline_at: tuple[int, int] | None = None
    effort_at: tuple[int, int] | None = None
    rule: str | None = None
    # ids of the rules that found the subject, the measure and the bound of a figure
    read_by: tuple[str, ...] = ()

    def doubted(self, *codes: str) -> Row:
        """The same row with reasons to look at it, codes of ``vocabulary/review_reasons.toml``."""
        return self._replace(review_reasons=tuple(dict.fromkeys((*self.review_reasons, *codes))))


@dataclass(slots=True)
class Sentence:
    """A sentence with its parts found.

    Attributes
    ----------
    at : int
        Offset of the sentence in the clean text.
    text, masked : str
        The words, and the same with names in 《》, brackets and slogans hidden (equal length).
    clauses : list of (int, int)
        Spans between , ; : in the masked text.
    ends : list of int
        Where they end.
    """

    at: int
    text: str
    masked: str
    clauses: list[tuple[int, int]]
    ends: list[int]
    dates: list[Date]
    quantities: list[Quantity]

    def clause_at(self, place: int) -> int:
        """Index of the clause that holds ``place``."""
        return min(bisect_left(self.ends, place), len(self.ends) - 1)

    def words(self, start: int, end: int) -> Located:
        """Words of the sentence that know where they stand."""
        return Located(self.text[start:end], range(self.at + start, self.at + end))

    def masked_words(self, start: int, end: int) -> Located:
        """The same with names hidden."""
        at = self.at
        return Located(self.masked[start:end], range(at + start, at + end))

    def in_text(self, start: int, end: int) -> tuple[int, int]:
        """A span of the sentence as one of the clean text."""
        return self.at + start, self.at + end

    def base_in_force(self, place: int) -> Date | None:
        """The last base year before ``place`` that a clause of its own sets: 与2020年相比, 以2020年…为基数."""
        found = None
        for d in self.dates:
            if d.start >= place:
                break
            if d.role == "baseline" and self._says_only(d):
                found = d
        return found

    def _says_only(self, date: Date) -> bool:
        a, b = self.clauses[self.clause_at(date.end)]
        if rx("[为為]?基(?:数|准|期|準)").search(self.masked, date.end, b):
            return True
        if any(date.end <= q.start < b for q in self.quantities):
            return False  # 比2023年减少6千克标准煤
        dated = sum(min(d.end, b) - max(d.start, a) for d in self.dates if a <= d.start < b)
        return b - a - dated <= _AROUND_BASE

    def horizon(self, place: int) -> Date | None:
        """The last horizon or past date that stands before ``place``.

        A date inside a clause about a peak (A在2028年左右达峰) reaches no further than its clause.
        """
        found = None
        for d in self.dates:
            if d.start >= place:
                break
            if d.role != "baseline" and not (d.reach is not None and place > d.reach):
                found = d
        return found


def parse_sentence(
    text: str,
    start: int,
    end: int,
    time: DocumentTime,
    goals: bool = False,
    republic: bool = False,
) -> Sentence:
    """Find the parts of the sentence ``text[start:end]`` (``goals``: of a section that sets goals)."""
    s = text[start:end]
    masked = _NAMES.sub(lambda m: MASK * len(m[0]), s) if rx(r"[《(〔〈“\"「『]").search(s) else s
    marks = [m.start() for m in _CLAUSE.finditer(masked)]
    begins = [0, *[i + 1 for i in marks]]
    ends = [*marks, max(begins[-1], len(s.rstrip(_STOPS)))]
    clauses = list(zip(begins, ends, strict=True))
    found = dates(masked, 0, len(s), time, goals, republic)
    out = Sentence(start, s, masked, clauses, ends, found, target_quantities(masked, 0, len(s)))
    _limit_reach(out)
    if "三是" in masked and len(found) > 1:
        _limit_to_items(out)
    return out


_STOPS = "。!?"
_AROUND_BASE = 8  # characters beside the year in a clause that is nothing but a base (与…水平相比)
_ISSUES = frozenset({"公布", "印发", "发布", "释出", "出台", "签署"})


def _limit_reach(s: Sentence) -> None:
    """Dates that reach no further than their clause: of a peak, behind its subject; of an issue."""
    peaks = "峰" in s.masked
    for i, d in enumerate(s.dates):
        issue = d.role == "past" and s.masked[d.end : d.end + 2] in _ISSUES
        if not peaks and not issue:
            continue
        begin, end = s.clauses[s.clause_at(d.end)]
        if issue:
            s.dates[i] = d._replace(reach=end)
            continue
        peak = rx("达峰|峰值").search(s.masked, d.end, end)
        if peak and d.start > begin + 1:
            s.dates[i] = d._replace(reach=peak.end())


def _limit_to_items(s: Sentence) -> None:
    """一是2025年…;二是2026年…;三是…: where later items have a date of their own, each is only its item's."""
    marks = [m.start() for m in rx("(?<![^,;:。])[一二三四五六七八九]是").finditer(s.masked)]
    if len(marks) < 3:
        return
    dated = [d.start for d in s.dates if d.role == "horizon" and d.start > marks[1]]
    if not dated:
        return
    stops = marks[bisect_left(marks, dated[0]) - 1 :]
    for i, d in enumerate(s.dates):
        end = next((m for m in stops if m > d.start), None)
        if d.reach is None and end and d.start >= marks[0]:
            s.dates[i] = d._replace(reach=end - 1)
