"""Why a figure is what it is: its sentence, the parts found in it, what was in force, the rules that spoke."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from compare.extraction import rule_tables
from compare.extraction.assembly import extract_source
from compare.extraction.dates.frame_at import frame_of
from compare.extraction.layout.normalise import Clean
from compare.extraction.ledger import entries as ledger
from compare.extraction.ledger.entries import Entry
from compare.extraction.ledger.other_numbers import of_date
from compare.extraction.ledger.reading import Reading, ReadSentence
from compare.extraction.row.extracted_target import ExtractedTarget
from compare.extraction.row.target_ids import target_ids
from compare.extraction.rules import Rule
from compare.intake.source import Source


@dataclass(frozen=True, slots=True)
class FoundPart:
    """A part found in a sentence: a clause, a date, a quantity, or the subject of a row.

    Attributes
    ----------
    start, end : int
        Offsets in the raw text.
    says : str
        What was read from it: the role of a date, the class of a unit, …
    reason : str
        Id of the rule that said so; empty where there is none.
    """

    part: str
    start: int
    end: int
    text: str
    says: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One entry of the ledger and how it came about.

    Attributes
    ----------
    sentence : FoundPart or None
        None where the words were not read as a sentence: headings, blocks that are set aside.
    in_force : dict
        What the text before left to the sentence: years, the frame of dates (`compare.extraction.dates.frame_at`),
        and whether it looks back or sets goals.
    rules : dict of str to str
        Ids of the rules that spoke, with what each says.
    """

    entry: Entry
    sentence: FoundPart | None = None
    in_force: dict[str, Any] = field(default_factory=dict)
    parts: tuple[FoundPart, ...] = ()
    rules: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The same as plain dicts and lists."""
        return {
            "entry": self.entry._asdict(),
            "sentence": asdict(self.sentence) if self.sentence else None,
            "in_force": self.in_force,
            "parts": [asdict(p) for p in self.parts],
            "rules": self.rules,
        }


def explain(source: Source) -> Iterator[Explanation]:
    """Every entry of the ledger of a document, with how it came about."""
    raw, reading = source.text, Reading()
    rows = extract_source(source, reading)
    named = dict(zip(target_ids(rows), rows, strict=True))
    sentences = [(plan.text, read) for plan in reading.plans for read in plan.sentences]
    begins = [text.raw(read.sentence.at) for text, read in sentences]
    for entry in ledger.entries(raw, reading, rows, source.doc):
        i = bisect_right(begins, entry.start) - 1
        text, read = sentences[i] if i >= 0 else (None, None)
        if text is None or read is None or entry.start >= text.raw_end(_end(read)):
            yield Explanation(entry, rules=_said([entry.reason]))
            continue
        parts = tuple(_parts(read, text, raw, [named[one] for one in entry.target_ids]))
        yield Explanation(
            entry,
            _part("sentence", read.sentence.at, _end(read), text, raw),
            _in_force(read, entry.start, text),
            parts,
            _said([entry.reason, *(p.reason for p in parts), *_frame(read)]),
        )


def _end(read: ReadSentence) -> int:
    return read.sentence.at + len(read.sentence.text)


def _part(
    what: str, start: int, end: int, text: Clean, raw: str, says: str = "", reason: str = ""
) -> FoundPart:
    a, b = text.raw(start), text.raw_end(end)
    return FoundPart(what, a, b, raw[a:b], says, reason)


def _parts(
    read: ReadSentence, text: Clean, raw: str, rows: list[ExtractedTarget]
) -> Iterator[FoundPart]:
    s = read.sentence
    for a, b in s.clauses:
        if a < b:
            yield _part("clause", s.at + a, s.at + b, text, raw)
    for date in s.dates:
        years = ", ".join(map(str, date.years))
        reason = of_date(date, s.masked).reason
        yield _part(
            "date", s.at + date.start, s.at + date.end, text, raw, f"{date.role} {years}", reason
        )
    decided = {q.start: decision for items, decision in read.figures for q in items}
    for q in s.quantities:
        decision = decided.get(q.start)
        says = f"{decision.disposition} ({q.dimension})" if decision else q.dimension
        reason = decision.reason if decision else ""
        yield _part("quantity", s.at + q.start, s.at + q.end, text, raw, says, reason)
    for row in read.rows:
        for what, rule in zip(("subject", "measure", "bound"), row.read_by, strict=False):
            yield _part(what, row.start, row.end, text, raw, str(row.indicator_text), rule)
    for row in rows:
        says = f"{row.indicator_text}, {row.target_year or 'no year'}"
        yield FoundPart("row", row.start, row.end, row.value_text, says)


def _frame(read: ReadSentence) -> list[str]:
    """The rule by which a date reaches the sentence, or by which it ended before."""
    return [read.context.levels[-1].rule] if read.context.levels else []


def _in_force(read: ReadSentence, at: int, text: Clean) -> dict[str, Any]:
    context = read.context
    return {
        "years": list(context.years),
        "frame": [asdict(level) for level in frame_of(read, at, text)],
        "about_the_past": context.past,
        "sets_goals": context.goals,
        "place": context.place,
        "issued": context.time.year,
        "issued_from": context.time.basis,
    }


@cache
def _rules() -> dict[str, Rule]:
    return {rule.id: rule for rules in rule_tables.ALL.values() for rule in rules}


def _said(ids: list[str]) -> dict[str, str]:
    return {i: _rules()[i].sentence for i in dict.fromkeys(ids) if i in _rules()}
