"""The ledger of a text: every figure in it, what it is, and the rule that said so (``docs/ledger.md``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from compare.extraction.assembly import extract_text
from compare.extraction.dates.horizons import Date
from compare.extraction.ledger import other_numbers, wordings
from compare.extraction.ledger.other_numbers import DIGIT, FIRST_DIGIT, NUMBER, Loose
from compare.extraction.ledger.reading import Reading, ReadSentence
from compare.extraction.row.extracted_target import ExtractedTarget
from compare.extraction.row.target_ids import target_ids
from compare.extraction.rules import Decision
from compare.vocabulary.lexicon import rx

if TYPE_CHECKING:
    import pandas as pd

    from compare.intake.file_parts import Part

_DIGITS = re.compile(f"{FIRST_DIGIT}{DIGIT}*")


class Entry(NamedTuple):
    """One figure of a text, or a wording that could commit without one.

    Attributes
    ----------
    doc : str
        Name of the document.
    start, end : int
        Offsets in the raw text; entries are in text order and never overlap.
    text : str
        ``raw[start:end]``.
    disposition : str
        What it is (see `compare.extraction.rules.Disposition`).
    reason : str
        Id of the rule that decided.
    target_ids : tuple of str
        The targets made of it; empty unless it is a ``target``.
    """

    doc: str
    start: int
    end: int
    text: str
    disposition: str
    reason: str
    target_ids: tuple[str, ...] = ()


class _Part(NamedTuple):
    """A span and what it is."""

    start: int
    end: int
    decision: Decision
    ids: tuple[str, ...] = ()


def figures_of(
    raw: str,
    start: int | None = None,
    end: int | None = None,
    doc: str = "text",
    issued: int | None = None,
    targets: Sequence[ExtractedTarget] | None = None,
    parts: Sequence[Part] | None = None,
) -> list[Entry]:
    """Every figure of a text with what it is.

    Parameters
    ----------
    raw, start, end, doc, issued, parts
        As for `compare.extraction.assembly.extract_text`; of a `compare.intake.source.Source` give
        ``text``, ``doc``, ``issued_year`` and ``parts``.
    targets : sequence of ExtractedTarget, optional
        The rows of the document where a review changed them; the extractor's own by default. Their
        ``target_id`` is that of `compare.extraction.row.target_ids`.

    Returns
    -------
    list of Entry
        In text order; every digit of ``raw`` (`str.isdigit`) lies in exactly one.
    """
    reading = Reading()
    rows = extract_text(raw, start, end, doc, issued=issued, reading=reading, parts=parts)
    return entries(raw, reading, rows if targets is None else targets, doc)


def to_frame(found: Sequence[Entry]) -> pd.DataFrame:
    """Entries as a DataFrame with nullable types; ``target_ids`` holds tuples."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    of = dict(zip(Entry._fields, zip(*found, strict=True), strict=True)) if found else {}
    kept: dict[str, Any] = {"words": pd.StringDtype(), "number": pd.Int64Dtype()}
    arrow = {"words": pa.large_string(), "number": pa.int64()}
    columns = {}
    for name in Entry._fields[:-1]:
        kind = "number" if name in ("start", "end") else "words"
        columns[name] = kept[kind].__from_arrow__(pa.array(of.get(name, ()), arrow[kind]))
    ids = np.fromiter(of.get("target_ids", ()), dtype=object, count=len(found))
    return pd.DataFrame({**columns, "target_ids": ids}, copy=False)


def notices(reading: Reading, raw: str, doc: str) -> list[str]:
    """A line for each block that was set aside although figures are in it."""
    out = []
    for start, end, decision in sorted(reading.aside):
        figures = sum(1 for _ in _DIGITS.finditer(raw, start, end))
        if figures:
            out.append(
                f"{doc}: {start}–{end} is not read as the plan ({decision.reason}); "
                f"figures in it: {figures}"
            )
    return out


def entries(
    raw: str, reading: Reading, targets: Sequence[ExtractedTarget], doc: str = "text"
) -> list[Entry]:
    """The ledger of a text that has been read."""
    parts = [
        _Part(*plan.text.raw_span(a, b), decision, ids)
        for plan in reading.plans
        for a, b, decision, ids in _Found(plan.text.text).parts(plan.sentences)
    ]
    for over in (reading.aside, reading.decided):
        if over:
            blocks = sorted(_Part(*x) for x in over if not raw[x.start : x.end].isspace())
            parts = _laid_over(blocks, parts, raw)
    parts = _laid_over(_targets(targets, reading), parts, raw)
    return [
        Entry(doc, a, b, raw[a:b], decision.disposition, decision.reason, ids)
        for a, b, decision, ids in _with_dropped_lines(parts, raw)
    ]


# ---------------------------------------------------------------- what the plan's own part holds
class _Found:
    """Numbers and wordings of a clean text, taken between the parts of its sentences."""

    def __init__(self, text: str):
        self.text, self.at = text, 0
        self._taken: list[_Part] = []
        kinds = wordings.kinds()
        spans = [(m.start(), m.end(), "") for m in rx(NUMBER).finditer(text)]
        spans += [(m.start(), m.end(), kinds[m[0]]) for m in wordings.pattern().finditer(text)]
        spans.sort(reverse=True)
        self._left = spans

    def parts(self, sentences: Sequence[ReadSentence]) -> list[_Part]:
        """Dates, figures, other numbers and wordings, in order."""
        for read in sentences:
            begin = read.sentence.at
            self._until(begin, None)
            for part in _sentence_parts(read):
                if part.end > self.at:
                    self._until(part.start, read)
                    self._taken.append(part)
                    self.at = part.end
            self._until(begin + len(read.sentence.text), read)
        self._until(len(self.text), None)
        return self._taken

    def _until(self, stop: int, read: ReadSentence | None) -> None:
        """Take those that begin before ``stop`` and behind what has been taken; cut at both."""
        left = self._left
        while left and left[-1][0] < stop:
            start, end, kind = left.pop()
            if self.at <= start and end <= stop:
                self._take(start, end, kind, read)
            elif not kind and self.at < end:
                if end > stop:  # 2021—|2025年
                    left.append((stop, end, kind))
                numbers = rx(NUMBER).finditer(self.text, max(start, self.at), min(end, stop))
                for m in numbers:
                    self._take(m.start(), m.end(), kind, read)
        self.at = max(self.at, stop)

    def _take(self, start: int, end: int, kind: str, read: ReadSentence | None) -> None:
        case = Loose(self.text, start, end, read, kind)
        decision = wordings.decide(case) if kind else other_numbers.decide(case)
        self._taken.append(_Part(start, end, decision))


def _sentence_parts(read: ReadSentence) -> list[_Part]:
    """The figures and dates of a sentence; where two overlap, the second is cut."""
    at = read.sentence.at
    out = [
        _Part(at + q.start, at + q.end, decision)
        for items, decision in read.figures
        for q in items
        if q.unit
        or decision.disposition in ("target", "baseline")  # else it may be a phone number, or 2×…
    ]
    for date in read.sentence.dates:
        out += _date_parts(date, at, read.sentence.masked)
    figures = list(out)
    for left in read.left:  # a year or a figure inside stands for itself
        if all(left.end <= p.start or p.end <= left.start for p in figures):
            out.append(_Part(*left))
    out.sort(key=itemgetter(0, 1))
    stop = 0
    for i, part in enumerate(out):
        if part.start < stop:
            out[i] = part._replace(start=stop)
        stop = max(stop, part.end)
    return [p for p in out if p.start < p.end]


def _date_parts(date: Date, at: int, text: str) -> Iterator[_Part]:
    decision = other_numbers.of_date(date, text)
    *first, (a, b) = date.spans
    day = rx(r"\d{1,2}日").match(text, b) if text[b - 1 : b] == "月" else None
    for span in (*first, (a, day.end() if day else b)):
        yield _Part(at + span[0], at + span[1], decision)


# ---------------------------------------------------------------- what is laid over it
def _targets(targets: Sequence[ExtractedTarget], reading: Reading) -> list[_Part]:
    """Spans of rows, those that overlap as one, with the rule that made them and their ids."""
    reasons = _reasons(reading)
    out: list[_Part] = []
    named = sorted(
        zip(targets, target_ids(targets), strict=True), key=lambda x: (x[0].start, x[0].end)
    )
    for row, one in named:
        if out and row.start < out[-1].end:
            last = out[-1]
            out[-1] = _Part(last.start, max(last.end, row.end), last.decision, (*last.ids, one))
        else:
            decision = reasons.get(row.start, wordings.BY_REVIEW.decision)
            out.append(_Part(row.start, row.end, decision, (one,)))
    return out


def _reasons(reading: Reading) -> dict[int, Decision]:
    """By the start of a row in the raw text, the rule that made it."""
    out = {x.start: x.decision for x in reading.decided if x.decision.disposition == "target"}
    for text, read in ((plan.text, read) for plan in reading.plans for read in plan.sentences):
        if not read.rows:
            continue
        at = read.sentence.at
        numeric = {at + q.start: d for items, d in read.figures for q in items}
        for row in read.rows:
            by_words = Decision("target", row.rule) if row.rule else None
            decision = by_words or numeric.get(row.start)
            if decision:
                out[text.raw(row.start)] = decision
    return out


def _laid_over(over: list[_Part], under: list[_Part], raw: str) -> list[_Part]:
    """``over`` whole, and of ``under`` what lies beside it; of what is cut only what has a digit."""
    out: list[_Part] = []
    i = 0
    for top in over:
        while i < len(under) and under[i].end <= top.start:
            out.append(under[i])
            i += 1
        if i < len(under) and under[i].start < top.start:
            _keep(out, under[i]._replace(end=top.start), raw)
        out.append(top)
        while i < len(under) and under[i].end <= top.end:
            i += 1
        if i < len(under) and under[i].start < top.end:
            under[i] = under[i]._replace(start=top.end)
            if not _DIGITS.search(raw, *under[i][:2]):
                i += 1
    return out + under[i:]


def _keep(out: list[_Part], piece: _Part, raw: str) -> None:
    if _DIGITS.search(raw, piece.start, piece.end):
        out.append(piece)


def _with_dropped_lines(parts: list[_Part], raw: str) -> Iterator[_Part]:
    """All parts, and between them the digits of lines that cleaning drops (page numbers)."""
    at, next_digit = 0, _next_digit(raw, 0)
    for part in [*parts, None]:
        end = part.start if part else len(raw)
        if next_digit < at:
            next_digit = _next_digit(raw, at)
        if next_digit < end:
            for m in _DIGITS.finditer(raw, next_digit, end):
                yield _Part(*m.span(), other_numbers.PAGE_NUMBER.decision)
        if part:
            yield part
            at = part.end


def _next_digit(raw: str, at: int) -> int:
    m = _DIGITS.search(raw, at)
    return m.start() if m else len(raw)
