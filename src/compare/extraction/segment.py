"""Clean text → headings, paragraphs and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

# the levels of headings, one group each
_LEVELS = re.compile(
    r"(第[一二三四五六七八九十]{1,3}[章编部]|附件)|([一二三四五六七八九十]{1,3}[、.])|([((][一二三四五六七八九十]{1,3}[))])"
    r"|(\d{1,2}(?:\.(?!\d)|、))|([((]\d{1,2}[))]|\d{1,2}\)|[①-⑳])"
)
_NUMBERING = frozenset("第附一二三四五六七八九十(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_SENTENCE = re.compile(r"[^。!?!?]+[。!?!?]?")
_LONGEST = 1200
_ITEM = re.compile(r"(?:——|[一二三四五六七八九十]是|[((]?\d{1,2}[)).、]|[①-⑳•●◆■▪·\-])")


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its span in the clean text and the headings above it (words and spans), outermost first."""

    start: int
    end: int
    headings: tuple[str, ...]
    item: bool
    spans: tuple[tuple[int, int], ...] = ()


def paragraphs(text: str) -> list[Paragraph]:
    """Paragraphs of a clean text, each with its path of headings.

    A line that opens with a number is a heading if it is short and holds no full stop; where a
    heading and its paragraph share one line (``1.推动….到2025年…``) its first sentence is the heading.
    """
    out: list[Paragraph] = []
    path: dict[int, tuple[str, tuple[int, int]]] = {}  # by level
    headings, spans = (), ()
    at = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        if not line:
            continue
        numbered = _LEVELS.match(line) if line[0] in _NUMBERING else None
        if numbered:
            stop = line.find("。")
            title = line if stop < 0 else line[:stop]
            if len(title) <= 45:
                title = title.rstrip(":;")
                level = numbered.lastindex or 0
                path = {k: v for k, v in path.items() if k < level}
                path[level] = title, (start, start + len(title))
                headings, spans = zip(*path.values(), strict=True)
                if stop < 0 and not any(c.isdigit() for c in title[4:]):
                    continue
        item = bool(_ITEM.match(line))
        out.append(Paragraph(start, start + len(line), headings, item, spans))
    return out


def sentences(text: str, paragraph: Paragraph) -> list[tuple[int, int]]:
    """Spans of the sentences of a paragraph; one that never ends is cut at its clauses."""
    out = []
    for m in _SENTENCE.finditer(text, paragraph.start, paragraph.end):
        a, b = m.span()
        while b - a > _LONGEST:
            cut = max(text.rfind(mark, a, a + _LONGEST) for mark in ",;")
            cut = cut + 1 if cut > a else a + _LONGEST
            out.append((a, cut))
            a = cut
        out.append((a, b))
    return out
