"""Lines of the page and not of the text: page numbers and running headers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Line(NamedTuple):
    """A line that is not blank.

    Attributes
    ----------
    start, end : int
        Its span in the text, spaces at its ends included, the line end not.
    body : str
        Its words, without spaces.
    indent : float
        How many characters wide the spaces in front of it are.
    blank : bool
        An empty line stands before it.
    page : bool
        A page ends before it.
    cells : bool
        It is a row of a table, whose columns stand apart.
    """

    start: int
    end: int
    body: str
    indent: float
    blank: bool
    page: bool
    cells: bool

    @classmethod
    def of(cls, words: str) -> Line:
        """A line of which only the words are known."""
        body = words.replace(" ", "")
        return cls(0, 0, body, 0, False, False, False)

    @property
    def width(self) -> float:
        """How many characters wide the words are."""
        return width_of(self.body)


def width_of(words: str) -> float:
    """How many characters wide words are, letters and digits as half a character."""
    return len(words) - len(_HALF.findall(words)) / 2


_HALF = re.compile("[0-9A-Za-z]")
_BARE = re.compile(r"\d{1,3}")
_NUMBER = re.compile(
    r"[-—~·.|\[(〔]*第?\d{1,3}[-—~·.|\])〕]+|[-—~·.|\[〔]+第?\d{1,3}|第\d{1,3}页(?:[,/(]?共\d{1,3}页\)?)?|\d{1,3}/\d{1,3}|"
    r"\d{1,3}页|[Pp](?:age|\.)?\d{1,3}(?:of\d{1,3}|/\d{1,3})?|[-—·]+[ivxIVX]{1,5}[-—·]+"
)
_DIGITS = re.compile(r"\d+")
_MARKS = re.compile("[。;:!?,、(|]|[)”]$")
_ENDS = re.compile("[。;:!?)”]$")
_NUMBERED = re.compile(r"[((]?[\d一二三四五六七八九十]{1,3}[、.))]")
_LONGEST_HEADER = 40
_TITLE = re.compile(
    r"(?:方案|规划|计划|意见|通知|纲要|要点|办法|公报|文件|简报)(?:\([^()]*\)|\d{4}年第\d{1,3}期)?$"
)
# lines of one page, at the least
_APART = 8
_APART_BESIDE = 3  # … where page numbers stand beside them


def page_lines(lines: Sequence[Line]) -> set[int]:
    """Which lines are page numbers or running headers.

    A page number has its marks (— 3 —, 第3页, 3/40), or is one more than the bare number a page before. A
    header is a short line that comes again and again, beside a page number or in the middle of a sentence.
    """
    found = {i for i, line in enumerate(lines) if len(line.body) < 16 and _is_number(line.body)}
    found |= _counted(lines)
    return found | _headers(lines, found)


def _is_number(body: str) -> bool:
    return bool(_NUMBER.fullmatch(body)) and not _LIST_NUMBER.fullmatch(body)


# 1. or (1) on a line of its own numbers what follows
_LIST_NUMBER = re.compile(r"\d{1,3}[.)]|\(\d{1,3}\)")


def _counted(lines: Sequence[Line]) -> set[int]:
    """Bare numbers that count on, a page apart, three of them at the least."""
    found: set[int] = set()
    run: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        if len(line.body) > 3 or not _BARE.fullmatch(line.body):
            continue
        number = int(line.body)
        if run and number == run[-1][1] + 1 and i - run[-1][0] >= _APART:
            run.append((i, number))
        elif not run or number > run[-1][1] + 1 or i - run[-1][0] >= _APART:
            run = [(i, number)]
        if len(run) > 2:
            found.update(at for at, _ in run[-3:])
    return found


def _headers(lines: Sequence[Line], numbers: set[int]) -> set[int]:
    again: dict[str, list[int]] = {}
    usual = Counter([len(line.body) for line in lines]).most_common(1)
    width = usual[0][0] if usual else 0
    for i, line in enumerate(lines):
        body = line.body
        if 4 < len(body) <= _LONGEST_HEADER and not _MARKS.search(body) and i not in numbers:
            again.setdefault(_DIGITS.sub("#", body), []).append(i)
    found: set[int] = set()
    for places in again.values():
        nearest = min([b - a for a, b in pairwise(places)], default=_APART)
        if nearest < _APART_BESIDE:
            continue
        beside = [i for i in places if _beside_page(lines, i, numbers)]
        within = [i for i in places if _within_sentence(lines, i, numbers)]
        if len(beside) > 1 and len(beside) >= len(places) - 1:
            found.update(i for i in beside if i != places[0] or i in within)
        elif beside and beside == within and _TITLE.search(lines[beside[0]].body):
            found.update(beside)
        elif (
            nearest >= _APART
            and len(within) > 2
            and len(within) >= 0.6 * len(places)
            and abs(len(lines[places[0]].body) - width) > 1
            and _regular(places)
        ):
            found.update(places if places[0] in within else places[1:])
    return found


def _regular(places: Sequence[int]) -> bool:
    """Whether they stand a page apart, each."""
    apart = sorted(b - a for a, b in pairwise(places))
    return apart[-1] <= 1.5 * apart[0] or apart[len(apart) * 3 // 4] <= 1.2 * apart[len(apart) // 4]


def _within_sentence(lines: Sequence[Line], i: int, numbers: set[int]) -> bool:
    """Whether what stands before a line, but for page numbers, ends in mid-sentence."""
    before, after = i - 1, i + 1
    while before in numbers:
        before -= 1
    while after in numbers:
        after += 1
    if before < 0 or after >= len(lines):
        return False
    return not (_ENDS.search(lines[before].body) or _NUMBERED.match(lines[after].body))


def _beside_page(lines: Sequence[Line], i: int, numbers: set[int]) -> bool:
    after = lines[i + 1].page if i + 1 < len(lines) else False
    return i - 1 in numbers or i + 1 in numbers or lines[i].page or after
