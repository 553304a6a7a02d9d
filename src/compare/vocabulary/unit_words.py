"""The words of units (``vocabulary/units.toml``) by class, as the reader of numbers needs them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from compare.vocabulary.dimensions import dimensions, vocabulary
from compare.vocabulary.lexicon import any_of


@dataclass(frozen=True)
class UnitWords:
    """Every word that may stand behind a number.

    Attributes
    ----------
    class_of : dict of str to str
        Word → class by which rules tell units apart (``share``, ``mass``, ``count`` …).
    no_target : frozenset of str
        Words whose numbers set no target (天, 年, 期).
    multipliers : tuple of str
        万, 亿, 百万 …
    """

    class_of: dict[str, str]
    no_target: frozenset[str]
    multipliers: tuple[str, ...]

    def of(self, *classes: str) -> list[str]:
        """The words of some classes."""
        return [w for w, c in self.class_of.items() if c in classes]

    def but(self, *classes: str) -> list[str]:
        """The words of all other classes."""
        return [w for w, c in self.class_of.items() if c not in classes]


@cache
def unit_words() -> UnitWords:
    """The words of the table, spellings included."""
    table = vocabulary()
    exceptions = table["reading"]["class"]
    found: dict[str, str] = {}
    for name, dimension in dimensions().items():
        for word in dimension.words:
            found[word] = exceptions.get(word, dimension.reads_as)
        if name == "number":
            found.pop("plain", None)  # the name of no unit at all
    for sign, word in table["spelling"].items():
        found[sign] = "ratio" if sign == ":1" else found[word]
    return UnitWords(found, frozenset(table["reading"]["no_target"]), tuple(table["multiplier"]))


@cache
def multiplier_pattern() -> re.Pattern[str]:
    """Multipliers at the head of a unit."""
    return re.compile(f"^{any_of(unit_words().multipliers)}")


@cache
def unit_class(unit: str) -> str:
    """Class of a unit as written, multiplier and denominator included.

    Returns
    -------
    str
        ``per`` for a rate; ``none`` without a unit.
    """
    words = unit_words()
    head = _without_multiplier(unit.split("/")[0] or unit)
    known = words.class_of.get(head, "none")
    return "per" if "/" in unit and known != "none" else known


@cache
def sets_target(unit: str) -> bool:
    """Whether a number of this unit may be a target: not one of days, years or phases."""
    return _without_multiplier(unit) not in unit_words().no_target


def _without_multiplier(unit: str) -> str:
    if unit in unit_words().class_of:
        return unit
    return multiplier_pattern().sub("", unit, count=1)
