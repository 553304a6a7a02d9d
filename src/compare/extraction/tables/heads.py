"""Heads of tables, however their cells are parted: the lines by which such a table is found."""

from __future__ import annotations

import re

from compare.extraction.layout.located import Located
from compare.extraction.tables.alignment import is_name
from compare.extraction.tables.cells import Source
from compare.extraction.tables.grids import Span, by_bars, by_commas, by_tabs, by_wide_blanks
from compare.extraction.tables.roles import column_of, columns_of, is_head

# words with which a head may begin; the line is left at once where none does
_FIRST = re.compile(
    "(?:序号?|编号|行次|类别|分类|类型|领域|方面|地区|区域|区县|县|市县?|乡镇|街道|园区|年份|组别|项目|名称|[^\\s,。;:]{0,8}(?:指标|目标))"
)
_FLAT = re.compile(
    r"(?:(?<=[\s:])|^)(?:序号|类别|[^\s,。;:]{0,6}指标(?:名称|内容)?|县 ?区|地区|区县|项目)(?= )"
)
_JAMMED = re.compile(
    r"(?:序号|类别|领域|(?:主要|具体)?指标(?:名称)?|单位|(?:19|20|21)\d\d年?(?:实际|现状|目标值|目标|基期)?|基期值?|现状值?|目标值|预期值|(?:指标)?属性|(?:责任|牵头)单位|备注){3,}"
)
# a blank that parts no cells: 2020 年, ≥ 55, 13 左右
_JOINED = re.compile(
    r"(?<=\d) +(?=年|左右|以上|以下|以内|%|‰|万|亿|个百分点|个\b)|(?<=[≥≤><~约]) +|(?<=[〔\[【(]) +| +(?=[〕\]】)])"
)
_OPENING = frozenset({"number", "group", "name", "place", "work"})
_MOST, _MOST_LINES = 24, 400


def blank_cells(source: Source, start: int, end: int) -> list[Span]:
    """Cells between single blanks; a blank inside 2020 年 parts none."""
    text = source.text
    while start < end and text[start].isspace():
        start += 1
    first = start  # 4 万元GDP用水量: the number of a row joins nothing
    while first < end and text[first].isdigit():
        first += 1
    kept = {i for m in _JOINED.finditer(text, first + 1, end) for i in range(*m.span())}
    out, at = [], None
    for i in range(start, end):
        if text[i].isspace() and i not in kept:
            if at is not None:
                out.append((at, i))
            at = None
        elif at is None:
            at = i
    return [*out, (at, end)] if at is not None else out


def _cells(source: Source, spans: list[Span]) -> list[Located]:
    return [source.cell(a, b) for a, b in spans]


def is_head_words(source: Source, kind: str, line: Span) -> bool:
    """Whether a parted line reads as a head."""
    split = {"bar": by_bars, "tab": by_tabs, "comma": by_commas}.get(kind, by_wide_blanks)
    rows = split(source, [line])
    return bool(rows) and is_head(rows[0].cells)


def opens_head(text: str, start: int, end: int) -> bool:
    """Whether a line begins with a word with which heads begin."""
    while start < end and text[start].isspace():
        start += 1
    return bool(_FIRST.match(text, start, end))


def single_blanks(source: Source, start: int, end: int) -> list[Span] | None:
    """The cells of a head parted by single blanks; None where the line is none."""
    line = source.text[start:end].strip()
    if len(line) > 120 or not _FIRST.match(line):
        return None
    spans = blank_cells(source, start, end)
    if not 3 <= len(spans) <= _MOST:
        return None
    cells = _cells(source, spans)
    others = sum(c.role == "other" for c in columns_of(cells))
    if not is_head(cells) or others > (len(cells) > 3):
        return None
    return spans


def head_length(cells: list[Located]) -> int:
    """How many of the first cells make a head; 0 where they make none."""
    if not cells or column_of(cells[0]).role not in _OPENING:
        return 0
    n, named = 0, False
    for cell in cells[:_MOST]:
        role = column_of(cell).role
        if role == "other" or (named and role in ("measured", "name")):
            break
        named |= role == "name"
        n += 1
    while n > 2 and not is_head(cells[:n]):
        n -= 1
    return n if n > 2 else 0


def flat_head(source: Source, start: int, end: int) -> list[Span] | None:
    """All cells of a line that holds a whole table, from its head on."""
    if end - start < 40 or source.text.find(" ", start, end) < 0:
        return None
    m = _FLAT.search(source.text, start, end)
    if not m:
        return None
    spans = blank_cells(source, m.start(), end)
    if len(spans) < 6 or not head_length(_cells(source, spans[:_MOST])):
        return None
    return spans


def lines_head(source: Source, lines: list[Span], n: int) -> int:
    """How many lines from ``n`` on are the head of a table with one cell a line; 0 where none are."""
    line = source.text[slice(*lines[n])].strip()
    if len(line) > 14 or not _FIRST.match(line):
        return 0
    cells = []
    for a, b in lines[n : n + 4 * _MOST]:
        if source.text[a:b].strip():
            cells.append(source.cell(a, b))
        if len(cells) == _MOST or b - a > 40:
            break
    return head_length(cells)


def mixed_cells(source: Source, lines: list[Span], n: int) -> list[Span] | None:
    """Cells of a table some of whose lines hold one cell and some several, parted by single blanks; None where no head begins."""
    first = source.text[slice(*lines[n])].strip()
    if len(first) > 40 or not _FIRST.match(first):
        return None
    head: list[Span] = []
    last = n
    for i, (a, b) in enumerate(lines[n : n + 4 * _MOST], n):
        if b - a > 60 or len(head) > _MOST or "\t" in source.text[a:b]:
            break
        head += blank_cells(source, a, b)
        last = i
        size = head_length(_cells(source, head))
        if size < len(head) and size > 2:
            break
    size = head_length(_cells(source, head))
    ends = {b for _, b in head[:size]}
    if not size or size == last - n + 1:
        return None
    stop = head[size - 1][1]
    end = source.text.find("\n", stop)
    if source.text[stop : end if end >= 0 else len(source.text)].strip():
        return None  # the head ends in the middle of a line
    out = head[:size]
    for a, b in lines[n : n + _MOST_LINES]:
        if a < max(ends) or not source.text[a:b].strip():
            continue
        if b - a > 60 or source.text[a:b].rstrip()[-1] in "。;:":
            break
        out += _names_whole(source, blank_cells(source, a, b))
    return out


def _names_whole(source: Source, spans: list[Span]) -> list[Span]:
    """Cells of a line, those joined that are words of one name."""
    out: list[Span] = []
    for a, b in spans:
        words = str(source.cell(a, b))
        if out and is_name(words) and is_name(str(source.cell(*out[-1]))):
            out[-1] = out[-1][0], b
        else:
            out.append((a, b))
    return out


def jammed_head(line: str) -> bool:
    """Whether a line is a head whose cells run into one another."""
    line = line.strip()
    return bool(_FIRST.match(line)) and bool(_JAMMED.fullmatch(line))
