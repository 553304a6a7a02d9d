"""Marks: the spans of a row, cut to the paragraph that is shown, none overlapping."""

from __future__ import annotations

import re
from collections.abc import Iterable

from compare.extraction.row.spans import ROLES, Role, Span

_APART = re.compile("\t|[|│｜\n]| {2}|\u3000")
_SENTENCE = re.compile("[，；]|。(?!\\d)")
_FAR = 2000  # characters from the head of a table to a row that is shown below it


def paragraph(raw: str, start: int, end: int) -> tuple[int, int]:
    """The line or lines that hold ``raw[start:end]``, without blanks at the ends."""
    first = raw.rfind("\n", 0, start) + 1
    last = raw.find("\n", end)
    last = len(raw) if last < 0 else last
    while first < start and raw[first].isspace():
        first += 1
    while last > end and raw[last - 1].isspace():
        last -= 1
    return first, last


def is_row_of_table(evidence: str) -> bool:
    """Whether the evidence of a row is cells: they stand apart, or on lines of their own."""
    return len(_APART.findall(evidence.strip())) > 1 and not _SENTENCE.search(evidence)


def head_of_table(raw: str, row: int, spans: Iterable[Span]) -> int:
    """Where the head of a table begins, if it stands not far above its row: the line of the years."""
    dated = [s.start for s in spans if s.role in ("horizon", "baseline") and s.start < row]
    if not dated:
        return row
    head = raw.rfind("\n", 0, min(dated)) + 1
    return head if row - head <= _FAR else row


def marks(spans: Iterable[Span], low: int, high: int) -> tuple[Span, ...]:
    """Marks in ``raw[low:high]``, in text order, none overlapping.

    Parameters
    ----------
    spans : iterable of Span
        Offsets into the raw text; what lies outside is left out. Where two lie in one place, the
        role that stands first in `compare.extraction.row.spans.ROLES` is shown.
    low, high : int
        The part of the raw text that is shown.

    Returns
    -------
    tuple of Span
        Offsets into that part.
    """
    roles: list[Role | None] = [None] * (high - low)
    for span in sorted(spans, key=lambda s: ROLES.index(s.role), reverse=True):
        start, end = max(span.start - low, 0), min(span.end, high) - low
        if start < end:
            for at in range(start, end):
                roles[at] = span.role
    out, at = [], 0
    while at < len(roles):
        end, role = at + 1, roles[at]
        while end < len(roles) and roles[end] == role:
            end += 1
        if role:
            out.append(Span(at, end, role))
        at = end
    return tuple(out)
