"""What the name of a row says: what is measured, in which unit, whether it falls, since when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from compare.extraction.dates.date_words import PLAN, plan_years
from compare.extraction.layout.located import Located
from compare.extraction.tables.cells import piece, span
from compare.extraction.tables.roles import without_marks
from compare.extraction.tables.unit_brackets import split_any_bracket, split_unit
from compare.vocabulary.lexicon import rx
from compare.vocabulary.table_words import table_words

# 1.  1、 (1) ① 一、 1。 in front of a name; 1.5公里 is none
_NUMBERED = re.compile(
    r"^(?:[((]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[))]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、。](?!\d)|[①-⑳●◆■▪•·★☆*#※])+"
)
_YEAR_FIRST = re.compile(
    r"^(?:到|至)?(?P<year>(?:19|20|21)\d\d)年(?:底|末)?(?=[\u4e00-\u9fffA-Za-z])"
)
_BASE = re.compile(rf"[比较](?:(?P<year>(?:19|20|21)\d\d)年?|(?P<plan>{PLAN})(?:期?末)?)")
_MARK_INSIDE = re.compile(r"[①-⑳]|\[\d{1,2}\]|\*+")
_FALLS = re.compile(
    r"(?:下降|降低|减少|削减|压减|降)(?:率|幅度|比例|幅|目标)?$|(?:降幅|减排率|减排幅度|减排比例|降碳率)$|减排$"
)
_RISES = re.compile(r"(?:提高|提升|增加|上升|改善)(?:率|幅度|比例)?$|(?:增幅|提高幅度)$")
_GROWS = re.compile(r"年均(?:增长|增速|提高|下降|降低)率?$|增长(?:率|速度|幅度)?$|增速$")
_SUMS = re.compile(r"累计|五年|[〔\[]")


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a row.

    Attributes
    ----------
    words : Located
        What is measured, without number, unit and footnote mark.
    unit : Located or None
    year : int or None
        A horizon at its head (2030年风电装机), and where it stands.
    base : int or None
        A baseline year in it (较2020年下降), and where it stands.
    measure, direction
        As in the codebook.
    of_which : bool
        A part of the row before (其中: …).
    """

    words: Located
    unit: Located | None = None
    year: int | None = None
    year_at: tuple[int, int] | None = None
    base: int | None = None
    base_at: tuple[int, int] | None = None
    measure: str = "level"
    direction: str | None = None
    of_which: bool = False


@cache
def _of_which() -> re.Pattern[str]:
    return re.compile(table_words()["cells"]["of_which_re"])


def read_name(cell: Located, any_bracket: bool = False) -> Name:
    """What a name says.

    Parameters
    ----------
    cell : Located
    any_bracket : bool
        The table has its units in brackets: a short word in the last one is a unit.
    """
    words = without_marks(cell)
    m = _NUMBERED.match(words)
    words = piece(words, m.end(), len(words)) if m else words
    part = _of_which().match(words)
    words = piece(words, part.end(), len(words)) if part else words
    words, unit = split_any_bracket(words) if any_bracket else split_unit(words)
    words = _unmarked(words)
    year = _YEAR_FIRST.match(words)
    named = (int(year["year"]), span(piece(words, *year.span("year")))) if year else (None, None)
    words = piece(words, year.end(), len(words)) if year else words
    base, base_at = _base(words)
    measure, direction = measure_of(str(words))
    return Name(words, unit, *named, base, base_at, measure, direction, bool(part))


def _unmarked(words: Located) -> Located:
    """Words without footnote marks inside and at the end."""
    words = without_marks(words)
    kept, at = [], 0
    for m in _MARK_INSIDE.finditer(words):
        kept.append(piece(words, at, m.start()))
        at = m.end()
    if not kept:
        return words
    kept.append(piece(words, at, len(words)))
    return Located("".join(map(str, kept)), [i for part in kept for i in part.at])


def _base(words: Located) -> tuple[int | None, tuple[int, int] | None]:
    m = _BASE.search(words)
    if not m:
        return None, None
    if m["year"]:
        return int(m["year"]), span(piece(words, *m.span("year")))
    ends = plan_years(m["plan"])
    return (ends[-1], span(piece(words, *m.span("plan")))) if ends else (None, None)


def measure_of(name: str) -> tuple[str, str | None]:
    """Measure and direction that a name says by how it ends."""
    name = rx(r"\((?!.*\().*\)$").sub("", name)
    if _GROWS.search(name):
        falls = rx("(?:下降|降低)率?$").search(name)
        return "growth", "down" if falls else "up"
    if _FALLS.search(name):
        return "change", "down"
    if _RISES.search(name):
        return "change", "up"
    return "level", None


def summed(name: str) -> bool:
    """Whether a name says that its figures are sums over years."""
    return bool(_SUMS.search(name))
