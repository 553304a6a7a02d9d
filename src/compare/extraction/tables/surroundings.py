"""What stands around a table: its title, the unit above it, the notes below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from compare.extraction.layout.located import Located
from compare.extraction.tables.cells import Source, piece
from compare.extraction.tables.grids import Span
from compare.extraction.tables.roles import CAPTION
from compare.vocabulary.table_words import table_words

_HEADING = re.compile(
    r"[ \t\u3000]*(?:第[一二三四五六七八九十]{1,3}[章节编部]|[一二三四五六七八九十]{1,3}[、.]|[((][一二三四五六七八九十\d]{1,3}[))]|\d{1,2}[.、])"
)
_ANNEX = re.compile(r"[ \t\u3000]*(?:附件|附录)")
_NOTE = re.compile(
    r"[ \t\u3000]*[((]?(?:备注|附注|说明|注释|注)[\d]?(?:[:]|[ \u3000]+(?=\d|[①〔])|(?=[①〔\[(]))"
)
_MARKED = re.compile(r"[ \t\u3000]*(?:\*+|[①-⑳]|\[\d{1,2}\]|〔 ?〕|\[ ?\]|【 ?】|\( ?\))")
_FURTHER = re.compile(
    r"[ \t\u3000]*(?:\d{1,2}[.、)](?!\d)|[①-⑳]|\(\d{1,2}\)|\*+|\[\d{1,2}\]|〔 ?〕)"
)
_LONGEST_LEAD = 24
_LONGEST_TITLE, _LONGEST_NOTE, _MOST_TITLES = 50, 400, 3


@dataclass(frozen=True, slots=True)
class Around:
    """What belongs to a table and is none of its cells.

    Attributes
    ----------
    start, end : int
        With its title and notes, in the part of the text that was read.
    titles : tuple of Located
        Lines above it, the nearest first.
    unit : Located or None
        The one unit that a line above names for all figures.
    lead : Located or None
        The line above that leads to it (如下, 见下表), or is short.
    notes : tuple of Located
        Its notes, line by line.
    """

    start: int
    end: int
    titles: tuple[Located, ...] = ()
    unit: Located | None = None
    lead: Located | None = None
    notes: tuple[Located, ...] = ()


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    titles = table_words()["titles"]
    return re.compile(titles["caption_re"]), re.compile(titles["unit_re"])


def surroundings(
    source: Source, table: Span, lines: list[Span], first: int, last: int, free: int
) -> Around:
    """What stands around a table.

    Parameters
    ----------
    source : Source
    table : (int, int)
    lines : list of (int, int)
        All lines of the text.
    first, last : int
        Those that the table is in.
    free : int
        Lines before this one are taken.
    """
    if source.text[lines[first][0] : table[0]].strip():
        return Around(*table, lead=source.cell(lines[first][0], table[0]))
    caption, unit_line = _patterns()
    start, titles, unit, lead = lines[first][0], [], None, None
    n, blanks = first - 1, 0
    while n >= free and len(titles) < _MOST_TITLES:
        words = source.cell(*lines[n])
        if not words:
            blanks += 1
            n -= 1
            if blanks > 2:
                break
            continue
        line = source.text[slice(*lines[n])]
        named = unit_line.fullmatch(words)
        if named:
            unit = piece(words, *named.span("unit"))
        elif (
            len(words) > _LONGEST_TITLE
            or _HEADING.match(line)
            or _ANNEX.match(line)
            or "。" in words
            or ";" in words
        ):
            lead = (
                words if any(w in words[-40:] for w in ("如下", "下表", "见表", "表所示")) else None
            )
            break
        elif words.endswith((":", "如下")) or not (
            CAPTION.match(words) or caption.fullmatch(words)
        ):
            short = len(words) <= _LONGEST_LEAD and "," not in words
            lead = words if short or words.endswith((":", "如下")) else None
            break
        else:
            titles.append(words)
        start = lines[n][0]
        blanks = 0
        n -= 1
    if source.text[table[1] : lines[last][1]].strip():
        return Around(start, table[1], tuple(titles), unit, lead)
    end, notes = _notes(source, lines, last)
    return Around(start, end, tuple(titles), unit, lead, notes)


def _notes(source: Source, lines: list[Span], last: int) -> tuple[int, tuple[Located, ...]]:
    end, notes = lines[last][1], []
    n, blanks = last + 1, 0
    while n < len(lines) and blanks < 3:
        line = source.text[slice(*lines[n])]
        if not line.strip():
            blanks += 1
            n += 1
            continue
        further = (
            notes
            and not blanks
            and _FURTHER.match(line)
            and ("1" in notes[0][:8] or not line.lstrip()[0].isdigit())
        )
        marked = not notes and not blanks and _MARKED.match(line)
        if not (_NOTE.match(line) or further or marked) or len(line) > _LONGEST_NOTE:
            break
        notes.append(source.cell(*lines[n]))
        end = lines[n][1]
        blanks = 0
        n += 1
    return end, tuple(notes)
