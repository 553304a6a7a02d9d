"""Words that know where they stand: text cut from a plan, each character with its offset there.

The name of what is measured is cut, stripped, split and put together from pieces. `Located` is a
str, so all of that reads as for any text; the offsets of its characters come along, and the span
of a name is what it was made of, not what a search for it would find.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import SupportsIndex

Offsets = tuple[int, ...] | range
NOWHERE = -1
"""Offset of a character that was put in and stands nowhere in the text."""


class Located(str):
    """Text with the offset of each character.

    Attributes
    ----------
    at : range or tuple of int
        As long as the text; `NOWHERE` for a character that is not the plan's. A range where the text
        was cut in one piece.
    """

    __slots__ = ("at",)
    at: Offsets

    def __new__(cls, text: str, at: Iterable[int]) -> Located:
        """Text whose characters stand at ``at``."""
        self = str.__new__(cls, text)
        self.at = at if isinstance(at, range) else tuple(at)
        return self

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        piece = str.__getitem__(self, key)
        if not isinstance(key, slice):
            return piece
        out = str.__new__(Located, piece)
        out.at = self.at[key]
        return out

    def __add__(self, other: str) -> Located:
        return Located(str.__add__(self, other), (*self.at, *offsets(other))) if other else self

    def __radd__(self, other: str) -> Located:
        return Located(str.__add__(other, self), (*offsets(other), *self.at)) if other else self

    def lstrip(self, chars: str | None = None, /) -> str:
        """As of any str."""
        return self[len(self) - len(str.lstrip(self, chars)) :]

    def rstrip(self, chars: str | None = None, /) -> str:
        """As of any str."""
        return self[: len(str.rstrip(self, chars))]

    def strip(self, chars: str | None = None, /) -> str:
        """As of any str."""
        return self.rstrip(chars).lstrip(chars)

    def removeprefix(self, prefix: str, /) -> str:
        """As of any str."""
        return self[len(prefix) :] if self.startswith(prefix) else self

    def removesuffix(self, suffix: str, /) -> str:
        """As of any str."""
        return self[: len(self) - len(suffix)] if suffix and self.endswith(suffix) else self

    def partition(self, sep: str, /) -> tuple[str, str, str]:
        """As of any str."""
        at = self.find(sep)
        return (self, "", "") if at < 0 else (self[:at], sep, self[at + len(sep) :])

    def rpartition(self, sep: str, /) -> tuple[str, str, str]:
        """As of any str."""
        at = self.rfind(sep)
        return ("", "", self) if at < 0 else (self[:at], sep, self[at + len(sep) :])


def offsets(text: str) -> Offsets:
    """Where the characters of a text stand."""
    return text.at if isinstance(text, Located) else (NOWHERE,) * len(text)


def group(m: re.Match[str], text: str, which: int | str = 0) -> str:
    """A group of a match in ``text``, located as ``text`` is (``m[which]`` is a bare str)."""
    return text[m.start(which) : m.end(which)]


def without(pattern: re.Pattern[str], text: str) -> str:
    """``pattern.sub("", text)``, located as ``text`` is."""
    spans = [m.span() for m in pattern.finditer(text)]
    if not spans:
        return text
    parts, at = [], 0
    for start, end in spans:
        parts.append(text[at:start])
        at = end
    return joined([*parts, text[at:]])


def split(pattern: re.Pattern[str], text: str) -> list[str]:
    """``pattern.split(text)`` of a pattern without groups, located as ``text`` is."""
    out, at = [], 0
    for m in pattern.finditer(text):
        out.append(text[at : m.start()])
        at = m.end()
    return [*out, text[at:]] if at else [text]


def joined(parts: Iterable[str]) -> str:
    """``"".join(parts)``, located as the parts are."""
    parts = [p for p in parts if p]
    if len(parts) == 1:
        return parts[0]
    if not any(isinstance(p, Located) for p in parts):
        return "".join(parts)
    return Located("".join(parts), [at for p in parts for at in offsets(p)])


def mapped(text: str, table: Mapping[int, int | str]) -> str:
    """``text.translate(table)`` of a table of single characters, located as ``text`` is."""
    out = text.translate(table)
    return Located(out, text.at) if isinstance(text, Located) else out


def runs(text: str) -> list[tuple[int, int]]:
    """Spans of the text that a located text is made of, in text order, none touching another."""
    known = offsets(text)
    if isinstance(known, range):
        return [(known.start, known.stop)] if known else []
    out: list[tuple[int, int]] = []
    start = end = NOWHERE
    for at in sorted(set(known) - {NOWHERE}):
        if at != end:
            out.append((start, end))
            start = at
        end = at + 1
    return [*out[1:], (start, end)] if out else []
