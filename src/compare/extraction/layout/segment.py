"""Clean text → headings, paragraphs and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compare.extraction.layout.heading_rules import LONGEST_TITLED, is_titled, line_says, looks_back
from compare.extraction.row.agencies import LINE_OPENS, agencies_of_lines
from compare.vocabulary.quantities import unit_end

# the levels of headings, one group each
_LEVELS = re.compile(
    r"(第[一二三四五六七八九十]{1,3}[章编部篇]|附件)|(第[一二三四五六七八九十]{1,3}节)|([一二三四五六七八九十]{1,3}[、.])"
    r"|([((][一二三四五六七八九十]{1,3}[))])|(\d{1,2}(?:\.(?!\d)|、))"
    r"|([((]\d{1,2}[))]|\d{1,2}\)|[①-⑳㉑-㉟㊱-㊿])"
)
# 3.2 and 3.2.1, behind which no unit stands
_NESTED = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}(?=[\u4e00-\u9fff])")
_NUMBERING = frozenset("第附一二三四五六七八九十(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_SENTENCE = re.compile(r"[^。!?!?]+[。!?!?]?")
LONGEST_SENTENCE = 1200
"""Characters after which a sentence that does not end is cut at a clause."""
_LONGEST_TITLE = 45
_BULLET = "●•◆■▪►▶➢✓✔★☆♦◇□○·"
_ITEM = re.compile(
    rf"(?:——|[一二三四五六七八九十]是|[((]?\d{{1,2}}[)).、]|[((]?[a-z][)).、]|[①-⑳㉑-㉟㊱-㊿{_BULLET}\-])"
)
# the mark of an item that belongs to no sentence; 一是 and —— are words of theirs
_MARK = re.compile(
    rf"第[一二三四五六七八九十百]{{1,4}}条|[((][一二三四五六七八九十\d]{{1,3}}[))]|[一二三四五六七八九十]{{1,3}}、|\d{{1,2}}(?:[.、](?!\d)|\))|[((]?[a-z][)).、]|[①-⑳㉑-㉟㊱-㊿]|[{_BULLET}]+"
)
_MARKS = _NUMBERING | frozenset("㉑㉒㉓㉔㉕abcdefghij" + _BULLET)
_TITLED = 3.5  # the level of a heading without a number: below 一、, above all others
_SECTIONS = 3  # the level of 一、 and of 1.1


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its span in the clean text and the headings above it (words and spans), outermost first.

    ``body`` is where its first sentence begins, behind a number or bullet; ``answer`` the lines below it that name
    who is to act.
    """

    start: int
    end: int
    headings: tuple[str, ...]
    item: bool
    spans: tuple[tuple[int, int], ...] = ()
    body: int = 0
    answer: tuple[int, int] | None = None


class _Path:
    """The headings above a place, outermost first; a heading ends those of its level and below."""

    def __init__(self) -> None:
        self._open: list[tuple[float, str, tuple[int, int]]] = []
        self._above: tuple[tuple[str, ...], tuple[tuple[int, int], ...]] | None = None

    def end(self, level: float) -> None:
        """End the headings of a level and below."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self._above = None

    def push(self, level: float, title: str, start: int) -> None:
        """A heading."""
        self.end(level)
        self._open.append((level, title, (start, start + len(title))))

    def push_titled(self, title: str, start: int) -> None:
        """A heading without a number: below the last one with a number, unless that looks back and it does not."""
        numbered = [(level, above) for level, above, _ in self._open if level == int(level)]
        while numbered and looks_back(numbered[-1][1]) and not looks_back(title):
            self.end(numbered.pop()[0])
        self.push(max(numbered[-1][0] + 0.5 if numbered else 0, _TITLED), title, start)

    def above(self) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
        """The headings and their spans; the same objects until they change."""
        if self._above is None:
            titles, spans = [x[1] for x in self._open], [x[2] for x in self._open]
            self._above = tuple(titles), tuple(spans)
        return self._above


def paragraphs(text: str) -> list[Paragraph]:
    """Paragraphs of a clean text, each with its path of headings.

    A line that opens with a number is a heading if it is short and holds no full stop, and says nothing that is
    to be reached (`heading_rules`); where a heading and its paragraph share one line
    (``1.推动….到2025年…``) its first sentence is the heading.
    """
    out: list[Paragraph] = []
    path = _Path()
    at = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        if not line:
            continue
        says = False
        level, number = _level(line) if line[0] in _NUMBERING else (0, 0)
        if level:
            stop = line.find("。", 0, _LONGEST_TITLE + 1)
            title = line if stop < 0 else line[:stop]
            if len(title) <= _LONGEST_TITLE:
                title = title.rstrip(":;")
                says = line_says(title[number:]) is not None
                if says:
                    path.end(level)
                else:
                    path.push(level, title, start)
                    if stop < 0 and not any(c.isdigit() for c in title[4:]):
                        continue
        elif len(line) <= LONGEST_TITLED and is_titled(line):
            path.push_titled(line.rstrip(":"), start)
        mark = _MARK.match(line) if line[0] in _MARKS else None
        body = start + (mark.end() if mark and mark.end() < len(line) else 0)
        item = says or bool(_ITEM.match(line))
        headings, spans = path.above()
        out.append(Paragraph(start, start + len(line), headings, item, spans, body))
    _answer(text, out)
    return out


def _answer(text: str, found: list[Paragraph]) -> None:
    """Lines that name who is to act answer for the paragraphs above them, up to the heading."""
    below: tuple[int, int] | None = None
    path: tuple[str, ...] = ()
    closed = False
    for p in reversed(found):
        named = text[p.start] in LINE_OPENS and agencies_of_lines(text[p.start : p.end]) is not None
        if below and p.headings == path and named and not closed:
            below = p.start, below[1]
        elif named:
            below, path, closed = (p.start, p.end), p.headings, False
        elif below and p.headings == path:
            p.answer, closed = below, True
        else:
            below = None


def _level(line: str) -> tuple[int, int]:
    """The level of the number that a line opens with, and where the number ends; 0 without one."""
    m = _LEVELS.match(line)
    if m:
        return m.lastindex or 0, m.end()
    m = _NESTED.match(line)
    if m and unit_end(line, m.end()) == m.end():
        return _SECTIONS + m[0].count(".") - 1, m.end()
    return 0, 0


def sentences(text: str, paragraph: Paragraph) -> list[tuple[int, int]]:
    """Spans of the sentences of a paragraph; one that never ends is cut at its clauses."""
    out = []
    for m in _SENTENCE.finditer(text, max(paragraph.start, paragraph.body), paragraph.end):
        a, b = m.span()
        while b - a > LONGEST_SENTENCE:
            cut = max(text.rfind(mark, a, a + LONGEST_SENTENCE) for mark in ",;")
            cut = cut + 1 if cut > a else a + LONGEST_SENTENCE
            out.append((a, cut))
            a = cut
        out.append((a, b))
    return out
