"""The frame of dates at a place of a text: what each level sets, and the rule by which it reaches there.

Levels are stacked as the text is: a heading, the opening of a list, a dated sentence. The innermost one
decides which date is in force; the clauses of a sentence set dates of their own (`Sentence.horizon`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from compare.extraction.dates.horizons import Date

Span = tuple[int, int]


class Level(NamedTuple):
    """What one place of a text sets for what stands below or behind it.

    Attributes
    ----------
    of : str
        ``heading``, ``list`` (the sentence that opens it), ``sentence``, or ``clause``.
    rule : str
        Id of the rule by which it reaches so far, or by which the date before it ended.
    at : int
        Where the words that set it begin, in the clean text.
    path : tuple of str
        The headings above those words.
    date : Date or None
        Its date, with offsets in the clean text; None where a date ended and none is in force.
    strive : (int, int) or None
        Where the 力争 stands that governs it.
    base : Date or None
        The base year that it sets (与2020年相比), with offsets in the clean text.
    task : bool
        The date stands behind a task (推广装配式建筑,到2025年…) and dates only that.
    inner : bool
        The date stands behind the subject of its clause (农膜回收率2025年达到85%), or second in its sentence,
        and dates only that.
    marked : bool or None
        Of a list, whether its items carry marks (——, 1.); None before its first item.
    inside : str
        Of a list, the kind of mark that the item carries in which it opens; the next such item ends it.
    """

    of: Literal["heading", "list", "sentence", "clause"]
    rule: str
    at: int
    path: tuple[str, ...] = ()
    date: Date | None = None
    strive: Span | None = None
    base: Date | None = None
    task: bool = False
    inner: bool = False
    marked: bool | None = None
    inside: str = ""
