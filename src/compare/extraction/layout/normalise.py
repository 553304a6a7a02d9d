"""Raw text → clean text for matching, with a map back to raw offsets.

Clean text is Simplified, has half-width digits, letters and clause marks, no spaces, and one line per
paragraph: lines that were only wrapped are joined again. It never replaces the raw text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from compare.extraction.layout.wrapped_lines import is_running, wraps
from compare.vocabulary.characters import INVISIBLE, SPACES, odd_characters, one_to_one, readable
from compare.vocabulary.lexicon import words

# characters that only Traditional text has, frequent enough that any paragraph of it shows one
_TRADITIONAL = re.compile(
    "[萬億國發達為與個產業電總這對碳應應並後無從將實現標準環節區縣廠團圍團體係關點類結構優勢車輛務農鎮鄉裝備](?<![碳並])"
)
_SPACE = re.compile(f"[{SPACES}{INVISIBLE}][{SPACES}{INVISIBLE}]*")  # quicker to search than []+
# figures side by side: of one number (20 25年, 1 200万千瓦, 6 0 %), or in columns
_YEAR_BEHIND = re.compile(r"\d{1,3}年")
_WORD_BEFORE = re.compile(r"[\d.,]+$")
_WORD_BEHIND = re.compile(r"[\d.,]+")


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

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of the clean one: `raw` of its start, `raw_end` of its end."""
        i = bisect_right(self.cuts, start)
        shift = self.shifts[i - 1]
        whole = start < end and (i == len(self.cuts) or end <= self.cuts[i])
        return start + shift, end + shift if whole else self.raw_end(end)

    def own(self, raw: str, start: int, end: int) -> str:
        """The characters of ``text[start:end]`` as ``raw`` writes them.

        As long as that; `INVISIBLE` where one character of the raw text stands for several (㎾ for kW).
        """
        parts, words = [], self.text[start:end]
        i = bisect_right(self.cuts, start) - 1
        before = -1
        while start < end:
            stop = min(end, self.cuts[i + 1]) if i + 1 < len(self.cuts) else end
            if stop > start:
                at = start + self.shifts[i]
                parts.append(INVISIBLE if at == before else raw[at : at + stop - start])
                before, start = at, stop
            i += 1
        own = "".join(parts)
        return own if own == words else readable(own)  # clean text has no glyphs of fonts


@cache
def _t2s():
    import opencc

    return opencc.OpenCC("t2s")


def to_simplified(text: str) -> str:
    """Simplified script and mainland words, character for character (the length never changes)."""
    simple = _in_simplified_script(text)
    return simple if simple is text else _in_mainland_words(simple)


def _in_simplified_script(text: str) -> str:
    if not _TRADITIONAL.search(text):
        return text
    out = _t2s().convert(text)
    if len(out) != len(text):
        table = {c: _t2s().convert(c) for c in set(text)}
        out = "".join(table[c] if len(table[c]) == 1 else c for c in text)
    return out


def _in_mainland_words(text: str) -> str:
    for theirs, ours in words()["taiwan"].items():
        text = text.replace(theirs, ours)
    return text


class Plain(NamedTuple):
    """A part of a raw text in Simplified script and half-width characters, as long as before.

    ``part`` is what it was, ``odd`` the characters that stand for something else, ``traditional``
    whether its script was changed.
    """

    text: str
    part: str
    odd: list[tuple[str, str]]
    traditional: bool


def plain(part: str) -> Plain:
    """A part of a raw text, character for character."""
    odd = odd_characters(part)
    same = one_to_one(part, odd, INVISIBLE)
    text = _in_simplified_script(same)
    return Plain(text, part, odd, text is not same)


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
    return clean_of(plain(raw[start:end]), start)


TABLE = "\ufffc"
"""What stands in clean text in place of a table, on a line of its own."""


def clean_of(same: Plain, start: int = 0, tables: Sequence[tuple[int, int]] = ()) -> Clean:
    """Clean text of what `plain` gave.

    Parameters
    ----------
    same : Plain
    start : int
        Where in the raw text it begins.
    tables : sequence of (int, int)
        Spans in it, in text order: each becomes a line that holds `TABLE` alone.
    """
    text, part = _without_tables(same.text, tables) if tables else same.text, same.part
    pages = [i for i, c in enumerate(part) if c == "\f"] if "\f" in part else ()
    edits = [(a, b, " " if _is_gap(text, a, b) else "") for a, b in _spaces(text)]
    edits += [(a, b, "") for a, b in wraps(text, pages)]
    longer = {c: mean for c, mean in same.odd if len(mean) > 1}
    if longer:
        several = re.compile(f"[{''.join(map(re.escape, longer))}]")
        edits += [(m.start(), m.end(), longer[m[0]]) for m in several.finditer(text)]
    if not edits:
        return Clean(_in_mainland_words(text) if same.traditional else text, [0], [start])
    edits.sort()
    out = _edited(text, edits, start)
    # words that the end of a line parts are whole only now
    return replace(out, text=_in_mainland_words(out.text)) if same.traditional else out


def _without_tables(text: str, tables: Sequence[tuple[int, int]]) -> str:
    """The text, as long as before, with a mark in place of each table and nothing seen of it."""
    parts, at = [], 0
    for start, end in tables:
        before = "" if start == 0 or text[start - 1] == "\n" else "\n"
        behind = "" if text[end : end + 1] in ("\n", "") else "\n"
        left = end - start - len(before) - len(behind) - 1
        parts += [text[at:start], before, TABLE, INVISIBLE * left, behind]
        at = end
    return "".join([*parts, text[at:]])


def _spaces(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _SPACE.finditer(text)]


def _edited(text: str, edits: list[tuple[int, int, str]], start: int) -> Clean:
    """The text with spans of it replaced; of spans that overlap, the first holds to where the last ends."""
    parts, cuts, shifts, at, kept = [], [0], [start], 0, 0
    for a, b, new in edits:
        if a > at:
            parts.append(text[at:a])
            kept += a - at
        elif a < at:
            new = ""
        for i in range(len(new)):  # each character stands where the first of the span does
            cuts.append(kept + i)
            shifts.append(start + a - kept - i)
        parts.append(new)
        kept += len(new)
        at = max(at, b)
        cuts.append(kept)
        shifts.append(start + at - kept)
    parts.append(text[at:])
    return Clean("".join(parts), cuts, shifts)


def _is_gap(text: str, a: int, b: int) -> bool:
    """Whether the space ``text[a:b]`` parts two figures, as of columns, instead of standing in one."""
    if not (text[a - 1 : a].isdigit() and text[b : b + 1].isdigit()):
        return False
    before = _WORD_BEFORE.search(text, max(0, a - 12), a)
    behind = _WORD_BEHIND.match(text, b, b + 12)
    left, right = before[0] if before else "", behind[0] if behind else ""
    if "\t" in text[a:b] or len(text[a:b].replace(INVISIBLE, "")) > 1:
        whole = len(left) < 4 and len(left + right) == 4 and _YEAR_BEHIND.match(text, b)
        if not (whole or is_running(_near(text, a, b))):
            return True
    if len(left) == len(right) == 4 and left[:2] in _CENTURIES and right[:2] in _CENTURIES:
        return True
    return "." in left and len(right) > 1 and left[-1] != "."


_CENTURIES = ("19", "20", "21")
_NEAR = 120


def _near(text: str, a: int, b: int) -> str:
    """What stands on the same line, near ``text[a:b]``."""
    before = text[max(0, a - _NEAR) : a].rpartition("\n")[2]
    return before + text[a : b + _NEAR].partition("\n")[0]
