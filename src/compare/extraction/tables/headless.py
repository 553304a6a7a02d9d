"""Tables without a head that anyone could read: only their figures show that no sentence is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from compare.extraction.layout.wrapped_lines import is_spaced_out
from compare.extraction.tables.grids import Span

_FIGURE = re.compile(r"[-+±≥≤<>~]?\d[\d.,]*[%‰]?(?:左右|以上|以下|以内)?")
_FIGURE_LINE = re.compile(rf"\s*(?:{_FIGURE.pattern})\s*")
_TOKEN = re.compile(r"\S+")
_PROSE = re.compile(r"[,;:。!?](?!\d)|^[年月日%、和及至到]")
_LEADS_ON = re.compile(r"(?:[到至年为达约超过于比较第在的和及、]|不低于|不超过)$")
_FOLLOWS = re.compile(r"[年月日%个万亿千吨家座、和及至到以]")
_HEADING = re.compile(
    r"第[一二三四五六七八九十]+[章节]|[((]?[一二三四五六七八九十]{1,3}[)、.]|\d{1,2}[.、](?!\d)"
)
_FEWEST_CELLS, _FEWEST_FIGURES, _HEAD = 8, 3, 12


def figures_in_a_line(text: str, start: int, end: int) -> Span | None:
    """The span of a line where figures stand side by side, with the words between them, as in rows of a table."""
    if text.count(" ", start, end) < _FEWEST_CELLS or is_spaced_out(text[start:end]):
        return None
    run: list[Span] = []
    best: list[Span] = []
    for m in _TOKEN.finditer(text, start, end):
        if _PROSE.search(m[0]):
            best = max(best, _upto_figure(text, run), key=len)
            run = []
        else:
            run.append(m.span())
    best = max(best, _upto_figure(text, run), key=len)
    figures = [_is_figure(text, x) for x in best]
    beside = sum(a and b for a, b in pairwise(figures))
    if sum(figures) < 2 * _FEWEST_FIGURES or beside < _FEWEST_FIGURES:
        return None
    return best[0][0], best[-1][1]


def _is_figure(text: str, at: Span) -> bool:
    return bool(_FIGURE.fullmatch(text, *at))


def _upto_figure(text: str, run: list[Span]) -> list[Span]:
    while run and not _is_figure(text, run[-1]):
        run.pop()
    return run


def holds_figures_alone(text: str, lines: Sequence[Span]) -> bool:
    """Whether as many lines as a table has at the least hold a figure alone."""
    alone = (1 for a, b in lines if _FIGURE_LINE.fullmatch(text, a, b))
    return sum(islice(alone, _FEWEST_FIGURES)) == _FEWEST_FIGURES


def figures_by_lines(
    text: str, lines: Sequence[Span], start: int, end: int
) -> tuple[int, int] | None:
    """First and last of the short lines ``start`` to ``end`` among which so many hold a figure alone that they are cells."""
    words = [text[a:b].strip() for a, b in lines[start:end]]
    found = [i for i, w in enumerate(words) if _FIGURE.fullmatch(w)]
    if len(found) < _FEWEST_FIGURES or len(words) < _FEWEST_CELLS:
        return None
    heading = max((i for i, w in enumerate(words[: found[0]]) if _HEADING.match(w)), default=-1)
    first, last = max(heading + 1, found[0] - _HEAD), found[-1]
    if last - found[0] > 5 * len(found):
        return None
    for i in found:
        if (i and _LEADS_ON.search(words[i - 1])) or (
            i + 1 < len(words) and _FOLLOWS.match(words[i + 1]) and len(words[i + 1]) > 2
        ):
            return None  # a sentence in a narrow column
    return start + first, start + last
