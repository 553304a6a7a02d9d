"""Lines → rows of cells: bars, tabs, wide blanks, and one cell a line with bars."""

from __future__ import annotations

import itertools
import re

from compare.extraction.tables.cells import GridRow, Source

BARS = "|│┃┆¦"
_BAR = re.compile(f"[{BARS}]")
_DRAWN = frozenset(" \t\u3000|│┃┆¦+:-—=─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬║┏┓┗┛┣┫┠┨┯┷╋")
WIDE = re.compile(r"[ \xa0]{2,}|[ \xa0]*[\u3000\u2003][ \xa0\u3000\u2003]*|[ ]*\t[ \t]*")

Span = tuple[int, int]


def is_ruled(line: str) -> bool:
    """Whether a line is drawn, not written: ``|:---|---:|``, ``+----+``."""
    return _DRAWN.issuperset(line) and any(line.count(c) > 1 for c in "-—=─━═")


def by_bars(source: Source, lines: list[Span]) -> list[GridRow]:
    """One row a line, cells between bars."""
    out = []
    for start, end in lines:
        line = source.text[start:end]
        if is_ruled(line):
            continue
        cuts = [start + m.start() for m in _BAR.finditer(line)]
        ends = [start - 1, *cuts, end]
        spans = [(a + 1, b) for a, b in itertools.pairwise(ends)]
        if cuts and not source.text[spans[0][0] : spans[0][1]].strip():
            spans = spans[1:]
        if cuts and not source.text[spans[-1][0] : spans[-1][1]].strip():
            spans = spans[:-1]
        out.append(_row(source, spans, start, end))
    return out


def by_tabs(source: Source, lines: list[Span]) -> list[GridRow]:
    """One row a line, cells between tabs."""
    return [_row(source, _parted(source.text, "\t", a, b), a, b) for a, b in lines]


def by_commas(source: Source, lines: list[Span]) -> list[GridRow]:
    """One row a line, cells between commas."""
    return [_row(source, _parted(source.text, ",", a, b), a, b) for a, b in lines]


def _parted(text: str, mark: str, start: int, end: int) -> list[Span]:
    spans = []
    while (cut := text.find(mark, start, end)) >= 0:
        spans.append((start, cut))
        start = cut + 1
    return [*spans, (start, end)]


def by_wide_blanks(source: Source, lines: list[Span]) -> list[GridRow]:
    """One row a line, cells between wide blanks; an empty cell leaves no trace."""
    out = []
    for start, end in lines:
        text = source.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        at, spans = start, []
        for m in WIDE.finditer(text, start, end):
            spans.append((at, m.start()))
            at = m.end()
        out.append(_row(source, [*spans, (at, end)], start, end))
    return out


def by_closed_bars(source: Source, lines: list[Span]) -> list[GridRow]:
    """One cell a line with a bar before it; a bar alone on its line closes the row."""
    out: list[GridRow] = []
    spans: list[Span] = []
    for n, (start, end) in enumerate(lines):
        line = source.text[start:end].strip()
        if not line:
            continue
        if len(line) == 1 and line in BARS:
            follows = next(
                (source.text[a:b].strip() for a, b in lines[n + 1 :] if source.text[a:b].strip()),
                "",
            )
            if spans and len(follows) > 1 and follows[0] in BARS:
                spans.append((end, end))  # an empty cell: the row goes on
                continue
            if spans:
                out.append(_row(source, spans, spans[0][0], end))
            spans = []
            continue
        spans.append(
            (start + 1 + source.text[start:end].index(line[0]), end)
            if line[0] in BARS
            else (start, end)
        )
        if spans and line[-1] in BARS:  # | 属性 |
            spans[-1] = spans[-1][0], source.text.rindex(line[-1], start, end)
    if spans:
        out.append(_row(source, spans, spans[0][0], spans[-1][1]))
    return out


def _row(source: Source, spans: list[Span], start: int, end: int) -> GridRow:
    return GridRow(tuple(source.cell(a, b) for a, b in spans), start, end)
