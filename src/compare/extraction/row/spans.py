"""Spans with roles: where in the raw text the words stand that made a row what it is.

Each was kept where the extractor decided (`Row.horizon_at` …, and the offsets that the words of
``indicator_text`` carry); none is searched for.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from compare.extraction.layout.located import runs
from compare.extraction.layout.normalise import Clean
from compare.extraction.sentence import Row

Role = Literal["value", "bound", "horizon", "baseline", "effort", "indicator"]
ROLES: tuple[Role, ...] = get_args(Role)


class Span(NamedTuple):
    """A place in the raw text, and the part that its words play in a row.

    Attributes
    ----------
    start, end : int
        Offsets into the raw text: ``raw[start:end]`` is what was used.
    role : str
        ``value``: the figure, date or phrase; ``bound``: the word of its comparator (以上, 不低于);
        ``horizon``: the year or five-year plan of ``target_year``; ``baseline``: that of
        ``baseline_year``; ``effort``: the 力争; ``indicator``: a piece of ``indicator_text``.
    """

    start: int
    end: int
    role: Role


def spans_of(row: Row, text: Clean, raw: str) -> tuple[Span, ...]:
    """Spans of a row in the raw text, in text order.

    Only ``indicator`` may have several, and they overlap no other; of the others, one may lie in
    another (the year of a peak is value and horizon) but none cross. The horizon, baseline, effort
    and subject may stand in a sentence or paragraph before the value.
    """
    kept: list[tuple[Role, tuple[int, int] | None]] = [
        ("value", (row.start, row.end)),
        ("bound", row.bound_at),
        ("horizon", row.horizon_at),
        ("baseline", row.baseline_at),
        ("effort", row.effort_at),
    ]
    taken = [at for _, at in kept if at]
    decided: list[tuple[int, int, Role]] = []
    for role, at in kept:
        if at:
            decided.append((*at, role))
    for run in runs(row.indicator_text):
        for piece in _outside(run, taken):
            for a, b in _on_pages(piece, text, raw):
                decided.append((a, b, "indicator"))
    decided.sort()
    return tuple([Span(text.raw(a), text.raw_end(b), role) for a, b, role in decided])


def _on_pages(piece: tuple[int, int], text: Clean, raw: str) -> list[tuple[int, int]]:
    """A span of the clean text, cut where a page number stands in the raw text."""
    start, end = piece
    if text.raw_end(end) - text.raw(start) == end - start:
        return [piece]
    out = []
    for at in range(start + 1, end):
        gap = raw[text.raw_end(at) : text.raw(at)]
        if gap and not gap.isspace():
            out.append((start, at))
            start = at
    return [*out, (start, end)]


def _outside(run: tuple[int, int], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a span that lie in none of the others (全部|执行… : 全部执行 is the value)."""
    parts = [run]
    for start, end in taken:
        parts = [
            piece
            for a, b in parts
            for piece in ((a, min(b, start)), (max(a, end), b))
            if piece[0] < piece[1]
        ]
    return parts
