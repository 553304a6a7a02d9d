"""The frame of dates at any place of a text, to be shown: every level in force, and its rule."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from compare.extraction.assembly import extract_text
from compare.extraction.dates.frame import Level
from compare.extraction.layout.normalise import Clean
from compare.extraction.ledger.reading import Reading, ReadSentence


@dataclass(frozen=True, slots=True)
class InForce:
    """A level of the frame as it is shown.

    Attributes
    ----------
    of, rule : str
        As of `Level`; ``clause`` for a date of the sentence itself.
    years : tuple of int or None
        The years that it sets; empty where it says that a date ended.
    start, end : int
        Where the date stands in the raw text; where the level is set, if it has none.
    base : int or None
        The base year that it sets.
    strive : bool
        Whether 力争 governs it.
    """

    of: str
    rule: str
    years: tuple[int | None, ...]
    start: int
    end: int
    base: int | None = None
    strive: bool = False


def frame_of(read: ReadSentence, at: int, text: Clean) -> list[InForce]:
    """The levels in force at raw offset ``at`` of a sentence that was read, outermost first."""
    s = read.sentence
    place = bisect_right(range(len(s.text)), at, key=lambda i: text.raw(s.at + i))
    out = [_shown(level, text) for level in read.context.levels]
    date = s.horizon(place)
    if date:
        date = date.moved(s.at)
        out.append(_shown(Level("clause", date.rule, date.start, date=date), text))
    return out


def _shown(level: Level, text: Clean) -> InForce:
    date = level.date
    start, end = (date.start, date.end) if date else (level.at, level.at + 1)
    return InForce(
        level.of,
        level.rule,
        tuple(date.years) if date else (),
        text.raw(start),
        text.raw_end(end),
        level.base.years[0] if level.base else None,
        level.strive is not None,
    )


def frame_at(raw: str, at: int, issued: int | None = None) -> list[InForce]:
    """The frame of dates at an offset of a text: every level in force, outermost first.

    Parameters
    ----------
    raw : str
        The raw text.
    at : int
        Offset in it.
    issued : int, optional
        Year of issue, where it is known.

    Returns
    -------
    list of InForce
        The last one decides; empty where no date is in force, or the words are not read as a sentence.
    """
    reading = Reading()
    extract_text(raw, issued=issued, reading=reading)
    for plan in reading.plans:
        for read in plan.sentences:
            s, text = read.sentence, plan.text
            if text.raw(s.at) <= at < text.raw_end(s.at + len(s.text)):
                return frame_of(read, at, text)
    return []
