"""Which rows of a document state a commitment again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import NamedTuple, Protocol


class Commitment(Protocol):
    """What tells whether two rows state the same commitment."""

    @property
    def start(self) -> int: ...
    @property
    def indicator_text(self) -> str: ...
    @property
    def indicator(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def target_year(self) -> int | None: ...
    @property
    def scope_region(self) -> str | None: ...


_commitment = attrgetter(
    "indicator", "kind", "target_year", "value", "unit", "direction", "scope_region", "tier"
)
# names of one commitment that others are held against; a document has a handful, a made-up one any number
_MOST_NAMES = 100


class _Mention(NamedTuple):
    """A name under which a commitment stands; where, and where it stood first."""

    name: str
    start: int
    first: int


def repeats(rows: Iterable[Commitment]) -> list[int | None]:
    """For each row of a document, where the commitment begins that it states again, or None.

    The same commitment has the same indicator, horizon, value (or direction) and sub-area, and
    names what it measures in nearly the same words; a whole-place CO2 peak needs only the year.
    """
    out: list[int | None] = []
    known: dict[tuple, dict[str, _Mention]] = {}
    for r in rows:
        whole_peak = r.kind == "peak" and r.indicator == "co2_peak"
        key = ("co2_peak", r.target_year, r.scope_region) if whole_peak else _commitment(r)
        name = "" if whole_peak else r.indicator_text
        mentions = known.setdefault(key, {})
        earlier = _earlier(mentions, name, r.start)
        out.append(earlier.first if earlier else None)
        if name not in mentions:
            first = earlier.first if earlier else r.start
            mentions[name] = _Mention(name, r.start, first)
    return out


def _earlier(mentions: dict[str, _Mention], name: str, start: int) -> _Mention | None:
    same = mentions.get(name)
    if same and same.start != start:
        return same
    for other in islice(mentions.values(), _MOST_NAMES):
        if other.start != start and _same_words(name, other.name):
            return other
    return None


@lru_cache(maxsize=4 * _MOST_NAMES)
def _letters(name: str) -> int:
    """A bit for each letter of a name: two names that differ in bits differ in letters."""
    bits = 0
    for letter in name:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _same_words(name: str, other: str) -> bool:
    short, long = (name, other) if len(name) <= len(other) else (other, name)
    if len(short) < 0.7 * len(long):
        return False
    if (_letters(short) & ~_letters(long)).bit_count() > 0.1 * len(short):
        return False
    common = sum(1 for c in short if c in long)
    return common >= 0.9 * len(short) and common >= 0.75 * len(long)
