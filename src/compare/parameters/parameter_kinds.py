"""Kinds of notebook parameters: what a value means, and whether there is such a thing.

A parameter that names places, indicators, years, languages or tables of the release says so at the
head of its comment::

    regions: list[str] = []  # place: which places, by id; empty: all

Everything else (a switch, a folder, a number) has no kind. A notebook of release 0.1 declares none;
it is read by the names of its parameters (`kind_by_name`) until release 0.3.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches
from functools import cache

from compare.base.errors import CompareError, nearest
from compare.schema import fields
from compare.vocabulary import indicators as indicator_catalogue
from compare.vocabulary import places as place_catalogue

INDICATOR, PLACE, YEAR, LANGUAGE, TABLE = "indicator", "place", "year", "language", "table"
KINDS = (INDICATOR, PLACE, YEAR, LANGUAGE, TABLE)
LANGUAGES = ("zh", "en")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_HEAD = re.compile(r"(\w+):\s*")
_BY_NAME = {
    "region": PLACE,
    "regions": PLACE,
    "peers": PLACE,
    "indicator": INDICATOR,
    "indicators": INDICATOR,
    "lang": LANGUAGE,
    "year": YEAR,
    "years": YEAR,
}


def split_comment(comment: str) -> tuple[str | None, str]:
    """The kind at the head of a comment (None if there is none), and the rest."""
    head = _HEAD.match(comment)
    if head and head[1] in KINDS:
        return head[1], comment[head.end() :]
    return None, comment


def misspelt(comment: str) -> str | None:
    """A word at the head of a comment that is all but a kind; any other word there is plain text."""
    head = _HEAD.match(comment)
    if head is None or head[1] in KINDS:
        return None
    return head[1] if get_close_matches(head[1], KINDS, n=1, cutoff=0.75) else None


def kind_by_name(name: str) -> str | None:
    """The kind of a parameter in a notebook that declares no kinds at all (release 0.1)."""
    return _BY_NAME.get(name)


def fits_type(kind: str, type_name: str) -> bool:
    """Whether a parameter of this type can hold values of this kind."""
    base = type_name.removesuffix(" | None")
    return base in (("int", "list[int]") if kind == YEAR else ("str", "list[str]"))


@cache
def places() -> dict[str, dict[str, str]]:
    """Known places by id, each with its name by language."""
    return {p.region_id: {"zh": p.region_zh, "en": p.region_en} for p in place_catalogue.places()}


@cache
def indicators() -> dict[str, dict[str, str]]:
    """Known indicators by id, each with its name by language."""
    return {k: {"zh": v.name_zh, "en": v.name_en} for k, v in indicator_catalogue.known().items()}


def known_values(kind: str) -> Collection[str] | None:
    """All values of a kind; None for years, which are not listed."""
    match kind:
        case "place":
            return places()
        case "indicator":
            return indicators()
        case "language":
            return LANGUAGES
        case "table":
            return fields.tables()
    return None


def shown_value(kind: str | None, value: object, lang: str) -> str:
    """A value as a title shows it: the name of a place or indicator, else itself."""
    named = {PLACE: places, INDICATOR: indicators}.get(kind or "")
    return named()[str(value)][lang] if named else str(value)


def check_value(name: str, kind: str | None, value: object) -> None:
    """Refuse what does not exist; a parameter without a kind may hold anything of its type.

    Raises
    ------
    CompareError
        One line that names the parameter and the value, with the nearest right one.
    """
    if kind is None:
        return
    known = known_values(kind)
    for one in value if isinstance(value, list | tuple) else [] if value is None else [value]:
        if known is not None and one not in known:
            raise CompareError(
                f"parameter {name}: unknown {kind} {one!r}{nearest(str(one), list(known))}"
            )
        if kind == YEAR and not (isinstance(one, int) and _FIRST_YEAR <= one <= _LAST_YEAR):
            raise CompareError(
                f"parameter {name}: {one!r} is not a year between {_FIRST_YEAR} and {_LAST_YEAR}"
            )
