"""Spans of a row that a decision has changed or added.

A span stays where the field that it decided stays. For a field that a person set, the words are those
that the person read: the pieces of a new name in the row's own sentence, and for a year or a 力争 the
mark of the nearest row of the section that has the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from compare.extraction.row.extracted_target import ExtractedTarget
from compare.extraction.row.spans import Role, Span
from compare.review.rows import ReviewedRow

DECIDES: dict[Role, str] = {
    "bound": "comparator",
    "horizon": "target_year",
    "baseline": "baseline_year",
    "effort": "effort",
    "indicator": "indicator_text",
}
"""The field that the words of each role decide."""
_BORROWED: tuple[Role, ...] = ("horizon", "baseline", "effort")
_SAYS_NOTHING = (None, "firm")
_SHORTEST = 2  # characters of a piece


def reviewed_spans(
    row: ReviewedRow, before: ExtractedTarget | None, rows: Sequence[ExtractedTarget]
) -> tuple[Span, ...]:
    """Spans of a row after review.

    Parameters
    ----------
    row : ReviewedRow
    before : ExtractedTarget or None
        The row as it was extracted, with its spans; None for one that was added.
    rows : sequence of ExtractedTarget
        The extracted rows of the document.
    """
    changed = {
        role: before is None or getattr(before, field) != getattr(row, field)
        for role, field in DECIDES.items()
    }
    kept = [s for s in before.spans if not changed.get(s.role)] if before is not None else []
    if before is None:
        kept.append(Span(row.start, row.end, "value"))
    for role in _BORROWED:
        if changed[role] and getattr(row, DECIDES[role]) not in _SAYS_NOTHING:
            kept += _borrowed(role, row, rows)
    if changed["indicator"]:
        kept += _pieces(row, kept)
    return tuple(sorted(set(kept)))


def _borrowed(role: Role, row: ReviewedRow, rows: Sequence[ExtractedTarget]) -> list[Span]:
    field = DECIDES[role]
    found = [
        (abs(r.start - row.start), s)
        for r in rows
        if r.section == row.section and getattr(r, field) == getattr(row, field)
        for s in r.spans
        if s.role == role
    ]
    return [min(found)[1]] if found else []


def _pieces(row: ReviewedRow, taken: Sequence[Span]) -> list[Span]:
    """The words of a name as they stand in the sentence, from the left, each piece the longest.

    A piece that stands only in what is marked already (完成项目建设) has no mark of its own.
    """
    text, words = row.evidence, row.indicator_text
    used = [(s.start - row.evidence_start, s.end - row.evidence_start) for s in taken]
    value = row.start - row.evidence_start
    out: list[Span] = []
    at = 0
    while at < len(words):
        for length in range(len(words) - at, _SHORTEST - 1, -1):
            piece = words[at : at + length]
            if piece not in text:
                continue
            if places := _places(text, piece, used):
                start = min(places, key=lambda x: (x > value, abs(value - x)))
                used.append((start, start + length))
                first = row.evidence_start + start
                out.append(Span(first, first + length, "indicator"))
            at += length
            break
        else:
            at += 1
    return out


def _places(text: str, words: str, used: Sequence[tuple[int, int]]) -> list[int]:
    """Where words stand beside what is used."""
    out, at = [], text.find(words)
    while at >= 0:
        if not any(a < at + len(words) and at < b for a, b in used):
            out.append(at)
        at = text.find(words, at + 1)
    return out
