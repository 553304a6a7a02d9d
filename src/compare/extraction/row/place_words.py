"""Words that may end the name of a place, known or not: a sign that a target may be for that place alone."""

from __future__ import annotations

import re
from functools import cache

from compare.vocabulary.lexicon import any_of, words

# one set of characters first, so that the search can skip to them
_ENDS = re.compile(
    "[市区县州盟旗镇乡湖山岛江河港湾域团线](?:(?<![域团线])|(?<=流域)|(?<=组团)|(?<=沿线))(?![级直属场政民域内城])"
)
_LONGEST_BEFORE, _LONGEST_BEHIND = 3, 4


@cache
def _common() -> re.Pattern[str]:
    known = words()["places"]
    heads = (w for w in known["common_heads"] if len(w) > 1)
    common = any_of(known["common_nouns"], heads, known["common_words"])
    return re.compile(f"{common}|[全我本该各每][省市县区州盟旗镇乡岛]")


def first_place(said: str) -> int:
    """Where the first word ends that may be the name of a place; the length where none does.

    Common nouns that end alike (地区, 城镇, 河流) and the whole place (全市) are none.
    """
    for m in _ENDS.finditer(said):
        at = m.start()
        near = _common().finditer(said, max(0, at - _LONGEST_BEFORE), at + _LONGEST_BEHIND)
        if not any(c.start() <= at < c.end() for c in near):
            return at
    return len(said)


def may_hold_place(name: str) -> bool:
    """Whether what may be the name of a place stands in the name of what is measured."""
    return 0 < first_place(name) < len(name)
