"""One sentence made ready: masked names, clauses, dates and quantities, all in local offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from compare.extraction.horizons import Date, dates
from compare.extraction.lexicon import rx, words
from compare.extraction.quantities import Quantity, quantities

MASK = "□"
_NAMES = re.compile(
    r"《[^》]*》|\((?!其中|20\d\d年\))[^()]*\)|〔[^〕]*〕|〈[^〉]*〉|[“\"「『][^”\"」』]{0,16}[0-9一二三四五六七八九十]+[米\+ +][^”\"」』]{0,16}[”\"」』]"
)
_CLAUSE = re.compile(r"[,;:]")
_STRIVE_BEFORE = re.compile(
    r"(?:力争|争取|努力|力求|争创|争做|力促)(?:在|于|通过|经过|用|全[省市区县]|我[省市区县]|[^,;:。]{0,4})?$"
)


@dataclass(slots=True)
class Context:
    """What an earlier sentence leaves to the next: years in force, and whether 力争 governs them."""

    years: list[int] = field(default_factory=list)
    strive: bool = False
    past: bool = False
    goals: bool = False
    issued: int | None = None
    place: str | None = None
    explicit: tuple[int, int] | None = None
    previous: Sentence | None = None


@dataclass(slots=True)
class Row:
    """One target, offsets in the clean text; the fields are the codebook's."""

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
    """

    at: int
    text: str
    masked: str
    clauses: list[tuple[int, int]]
    dates: list[Date]
    quantities: list[Quantity]

    def clause_at(self, place: int) -> int:
        """Index of the clause that holds ``place``."""
        for i, (_, end) in enumerate(self.clauses):
            if place <= end:
                return i
        return len(self.clauses) - 1

    def horizon(self, place: int) -> Date | None:
        """The last horizon or past date that stands before ``place``."""
        found = None
        for d in self.dates:
            if d.start >= place:
                break
            if d.role != "baseline":
                found = d
        return found

    def block_end(self, date: Date | None) -> int:
        """Where the reach of a date ends: at the next date of its kind."""
        for d in self.dates:
            if d.role != "baseline" and (date is None or d.start > date.start):
                return d.start
        return len(self.text)


def make(text: str, start: int, end: int, issued: int | None) -> Sentence:
    """Find the parts of the sentence ``text[start:end]``."""
    s = text[start:end]
    masked = _NAMES.sub(lambda m: MASK * len(m[0]), s) if rx(r"[《(〔〈“\"「『]").search(s) else s
    clauses, at = [], 0
    for m in _CLAUSE.finditer(masked):
        i = m.start()
        if (
            masked[i] == ","
            and i + 3 < len(masked)
            and masked[i - 1 : i].isdigit()
            and masked[i + 1 : i + 4].isdigit()
        ):
            continue
        clauses.append((at, i))
        at = i + 1
    clauses.append((at, len(s.rstrip("。!?!?")) if s[-1:] in "。!?!?" else len(s)))
    clauses[-1] = (clauses[-1][0], max(clauses[-1]))
    return Sentence(
        start, s, masked, clauses, dates(masked, 0, len(s), issued), quantities(masked, 0, len(s))
    )


def strives(sentence: Sentence, place: int, date: Date | None, context: Context) -> bool:
    """Whether 力争 (or the like) governs what is promised at ``place``.

    Before the date, or right behind it at the head of its list, it governs the whole list; inside a
    clause it governs that clause, and the clauses that follow without a subject of their own.
    """
    text = sentence.masked
    begin = 0
    if date:
        begin = date.end
        head = text[max(0, date.start - 12) : date.start]
        if _STRIVE_BEFORE.search(head.rsplit("。")[-1]) and not rx(r"[,;]").search(
            head[_last_strive(head) :]
        ):
            return True
        if rx(
            r"(?:年)?(?:,|、)?(?:底|末)?,?(?:全[省市区县]|我[省市区县]|全市域)?(?:要|将)?(?:力争|争取|努力|力求|争创)"
        ).match(text[begin : begin + 12]):
            # 力争 opens the list: it holds until 确保 or a clause of its own
            if not rx(r"确保").search(text[begin:place]):
                return True
    elif context.strive and not rx("确保").search(text[:place]):
        return True
    i = sentence.clause_at(place)
    a, b = sentence.clauses[i]
    clause = text[a : min(b, place + 12)]
    if date and a < date.start:
        clause = text[date.start - min(6, date.start - a) : min(b, place + 12)]
    strive = _strive_word().search(clause)
    if strive and a + strive.start() <= place:
        return True
    # verbs without a subject of their own continue the clause before
    while i > 0 and sentence.clauses[i - 1][0] >= begin:
        a, b = sentence.clauses[i]
        if not _verb_first().match(text[a:b]):
            return False
        i -= 1
        a, b = sentence.clauses[i]
        if _strive_word().search(text[a:b]):
            return True
        if "确保" in text[a:b] or text[b : b + 1] == ";":
            return False
    return False


def _last_strive(head: str) -> int:
    return max(head.rfind(w) for w in words()["effort"]["strive"])


_COMPILED: dict[str, re.Pattern] = {}


def _strive_word() -> re.Pattern:
    if "strive" not in _COMPILED:
        _COMPILED["strive"] = re.compile("|".join(words()["effort"]["strive"]))
    return _COMPILED["strive"]


def _verb_first() -> re.Pattern:
    if "verb" not in _COMPILED:
        verbs = sorted(words()["achieve"]["verbs"], key=len, reverse=True)
        _COMPILED["verb"] = re.compile("(?:" + "|".join(map(re.escape, verbs)) + r")(?!率)")
    return _COMPILED["verb"]
