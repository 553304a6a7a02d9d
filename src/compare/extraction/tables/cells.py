"""Cells: the words of a table with where each character stands in the raw text."""

from __future__ import annotations

from dataclasses import dataclass

from compare.extraction.layout.located import Located

_INVISIBLE = "\u200b\u200c\u200d\ufeff\u2060\xad"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a table as it stands: its cells, empty ones too, and its span in the text."""

    cells: tuple[Located, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A part of a raw text, made Simplified and half-width without a change of length.

    Attributes
    ----------
    text : str
        The part.
    at : int
        Where it begins in the raw text.
    """

    text: str
    at: int = 0

    def cell(self, start: int, end: int) -> Located:
        """The words between two offsets of the part, without blanks and line ends."""
        text = self.text
        kept = [i for i in range(start, end) if not text[i].isspace() and text[i] not in _INVISIBLE]
        return Located("".join([text[i] for i in kept]), [self.at + i for i in kept])


def span(words: str) -> tuple[int, int] | None:
    """Where located words stand in the raw text, from the first character to the last."""
    at = [i for i in words.at if i >= 0] if isinstance(words, Located) else []
    return (at[0], at[-1] + 1) if at else None


def piece(words: Located, start: int, end: int) -> Located:
    """A slice that is still located, for those who need its type."""
    return Located(str(words)[start:end], words.at[start:end])


def glued(*parts: Located) -> Located:
    """Cells that are parts of one, joined."""
    return Located("".join(map(str, parts)), [i for p in parts for i in p.at])
