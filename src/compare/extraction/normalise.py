"""Raw text → clean text for matching, with a map back to raw offsets.

Clean text is Simplified, has half-width digits, letters and clause marks, no spaces, and one line per
paragraph: lines that were only wrapped are joined again. It never replaces the raw text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from compare.vocabulary.lexicon import words

# characters that only Traditional text has, frequent enough that any paragraph of it shows one
_TRADITIONAL = re.compile(
    "[萬億國發達為與個產業電總這對碳應應並後無從將實現標準環節區縣廠團圍團體係關點類結構優勢車輛務農鎮鄉裝備](?<![碳並])"
)
# full-width punctuation (U+FF01 to U+FF5E without digits and letters) and a few marks of the same meaning
_FULL_TO_HALF = [
    *((chr(c), chr(c - 0xFEE0)) for c in range(0xFF01, 0xFF5F) if not chr(c - 0xFEE0).isalnum()),
    *zip(
        "\ufe6a\u301c\u223c\ufe50\ufe54\ufe55\u2013\u2015\u2212\uff61",
        "%~~,;:\u2014\u2014\u2014\u3002",
        strict=True,
    ),
]
_ALNUM = {
    code: code - 0xFEE0
    for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
}
_FULL_ALNUM = re.compile(f"[{''.join(map(chr, _ALNUM))}]")
_FULL = re.compile(f"[{''.join(map(chr, _ALNUM))}{''.join(full for full, _ in _FULL_TO_HALF)}]")
_SPACE = re.compile(
    r"[ \t\u3000\xa0\u2002-\u200b\u202f\ufeff\r\f][ \t\u3000\xa0\u2002-\u200b\u202f\ufeff\r\f]*"
)  # quicker to search than []+
_MARKER = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.章节条编部分]|[((][一二三四五六七八九十\d]{1,3}[))]|\d{1,2}(?:\.(?!\d)|、|\))|"
    r"[①-⑳]|——|[•●◆■▪·\-*]|附件|附表|专栏\d|[一二三四五六七八九十]是)"
)
_WHITE = re.compile(r"[\s\u3000\xa0\u2002-\u200b\u202f\ufeff]")
_PAGE = re.compile(r"[-—–\s]*\d{1,3}[-—–\s]*$")
_ENDS = set('。!?;:)〕】」』”"…')
_TITLE_END = re.compile(
    r"(?:方案|规划|计划|意见|通知|办法|纲要|要点|稿[))]?|目标|要求|思想|原则|任务|保障|措施|工程|行动)$"
)


@dataclass(frozen=True)
class Clean:
    """Clean text and the places where it differs in length from the raw text.

    Attributes
    ----------
    text : str
        Clean text.
    cuts, shifts : list of int
        From clean offset ``cuts[i]`` on, raw offset = clean offset + ``shifts[i]``.
    """

    text: str
    cuts: list[int]
    shifts: list[int]

    def raw(self, at: int) -> int:
        """Raw offset of the clean character at ``at``."""
        return at + self.shifts[bisect_right(self.cuts, at) - 1]

    def raw_end(self, at: int) -> int:
        """Raw offset just behind the clean character before ``at``."""
        return at + self.shifts[bisect_right(self.cuts, at - 1) - 1] if at else self.raw(0)


@cache
def _t2s():
    import opencc

    return opencc.OpenCC("t2s")


def to_simplified(text: str) -> str:
    """Simplified script and mainland words, character for character (the length never changes)."""
    if not _TRADITIONAL.search(text):
        return text
    out = _t2s().convert(text)
    if len(out) != len(text):
        table = {c: _t2s().convert(c) for c in set(text)}
        out = "".join(table[c] if len(table[c]) == 1 else c for c in text)
    for theirs, ours in words()["taiwan"].items():
        out = out.replace(theirs, ours)
    return out


def clean(raw: str, start: int = 0, end: int | None = None) -> Clean:
    """Normalise ``raw[start:end]`` for matching.

    Parameters
    ----------
    raw : str
        The raw text.
    start, end : int
        The part that is the plan's own text.

    Returns
    -------
    Clean
        Its offsets map back into the whole of ``raw``.
    """
    text = to_simplified(raw[start:end])
    if _FULL.search(text):
        for full, half in _FULL_TO_HALF:
            if full in text:
                text = text.replace(full, half)
        if _FULL_ALNUM.search(text):
            text = text.translate(_ALNUM)
    drop = [m.span() for m in _SPACE.finditer(text)]
    drop += _wrapped(text)
    if not drop:
        return Clean(text, [0], [start])
    drop.sort()
    parts, cuts, shifts, at, kept = [], [0], [start], 0, 0
    for a, b in drop:
        if a > at:
            parts.append(text[at:a])
            kept += a - at
        at = max(at, b)
        cuts.append(kept)
        shifts.append(start + at - kept)
    parts.append(text[at:])
    return Clean("".join(parts), cuts, shifts)


def drop_wraps(raw: str) -> str:
    """Raw text of one paragraph without spaces, line ends and page numbers between its lines."""
    if "\n" in raw:
        raw = "\n".join(
            line for line in raw.split("\n") if not _PAGE.match(line) or not line.strip()
        )
    return _WHITE.sub("", raw)


def _wrapped(text: str) -> list[tuple[int, int]]:
    """Spans of line ends (and page numbers between) that only wrap a paragraph."""
    if "\n" not in text:
        return []
    lines, at, paged = [], 0, False
    for line in text.split("\n"):
        body = line.strip(" \t\u3000\xa0\r\f")
        if body and _PAGE.match(body):
            paged = True
        elif body:
            lines.append((at, at + len(line), body, paged))
            paged = False
        at += len(line) + 1
    broken = [
        len(b)
        for _, _, b, _ in lines
        if len(b) > 12 and b[-1] not in _ENDS and not _is_heading(b, 0)
    ]
    hard = len(broken) > 3 and len(broken) > len(lines) * 0.35
    width = sorted(broken)[len(broken) // 2] if hard else 0
    out = []
    for (_, a_end, a, _), (b_start, _, b, page) in pairwise(lines):
        if _MARKER.match(b) or _is_heading(a, width):
            continue
        if not hard and not page and text.count("\n", a_end, b_start) > 1:
            continue
        if a[-1] not in _ENDS:
            if not (_COMPLETE.search(a) and not _GOES_ON.match(b)) or (
                hard and len(a) >= width - 1
            ):
                out.append((a_end, b_start))
        elif hard and len(a) >= width - 1:
            out.append((a_end, b_start))
    return out


# a line that ends with a figure and its bound may be whole: 光伏装机300万千瓦
_COMPLETE = re.compile(r"\d[^,;。]{0,8}(?:[%瓦时吨米亩家个座辆元名套]|以上|以下|以内|左右)$")
_GOES_ON = re.compile(r"[、,;。)/和及与]|以[上下内]|左右|的")


def _is_heading(line: str, width: int) -> bool:
    """A line that stands above a paragraph instead of in one (``width``: of hard-wrapped lines)."""
    if _MARKER.match(line):
        return len(line) <= (width - 3 if width else 50) and not line.startswith("——")
    return len(line) <= 40 and bool(_TITLE_END.search(line)) and "," not in line
