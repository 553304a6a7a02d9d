"""Words that a pattern cannot do without: one of them stands in whatever it matches.

A text without any of them need not be searched. ``(?:截至|已(?:建成)?)[^,]*`` needs 截至 or 已.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import product
from re import _constants as ops  # pyright: ignore[reportAttributeAccessIssue]
from re import _parser as parser  # pyright: ignore[reportAttributeAccessIssue]

_MOST = 200  # words; with more, to look for them saves nothing

_EVERYWHERE = frozenset({"", *"的年到至在和,、。"})  # in nearly every sentence

Words = frozenset[str]


@cache
def needed_words(pattern: str, flags: int = 0) -> Words:
    """The words of which one stands in every match of a pattern; empty where that cannot be told."""
    parsed = parser.parse(pattern, flags)
    if parsed.state.flags & re.IGNORECASE:
        return frozenset()
    _, needed = _of_sequence(parsed)
    return frozenset(w for w in needed if not any(v in w for v in needed - {w}))


def _of_sequence(items: Iterable[tuple]) -> tuple[Words | None, Words]:
    """All that a sequence can match, where that is a few words (else None), and the words that it needs."""
    whole: Words | None = frozenset({""})
    run: Words = frozenset({""})  # the words that can stand right before the place looked at
    needed: Words = frozenset()
    for op, argument in items:
        exact, inside = _of_item(op, argument)
        if exact is not None and len(run) * len(exact) <= _MOST:
            run = frozenset(a + b for a, b in product(run, exact))
        else:
            needed = _better(needed, run, inside)
            whole, run = None, frozenset({""}) if exact is None else exact
    return (run if whole is not None else None), _better(needed, run)


def _of_item(op: object, argument: object) -> tuple[Words | None, Words]:
    """The same for one item of a sequence."""
    none: Words = frozenset()
    match op, argument:
        case ops.LITERAL, int(code):
            word = frozenset({chr(code)})
            return word, word
        case ops.IN, list(members) if all(kind is ops.LITERAL for kind, _ in members):
            some = frozenset(chr(code) for _, code in members)
            return some, some
        case ops.BRANCH, (_, branches):
            each = [_of_sequence(branch) for branch in branches]
            exact = none.union(*(e for e, _ in each if e is not None))
            complete = all(e is not None for e, _ in each) and len(exact) <= _MOST
            needed = none.union(*(n for _, n in each)) if all(n for _, n in each) else none
            return (exact if complete else None), needed
        case ops.SUBPATTERN, (_, 0, 0, inner):
            return _of_sequence(inner)
        case ((ops.MAX_REPEAT | ops.MIN_REPEAT), (least, most, inner)):
            exact, needed = _of_sequence(inner)
            if (least, most) == (0, 1) and exact is not None:
                return exact | {""}, none
            return None, needed if least else none
        case ((ops.ASSERT | ops.ASSERT_NOT | ops.AT), _):  # look, and match nothing
            return frozenset({""}), none
    return None, none


def _better(*some: Words) -> Words:
    """Those words that are likely to be found least often: long ones, and few."""
    useful = [w for w in some if w and w.isdisjoint(_EVERYWHERE) and len(w) <= _MOST]
    return max(useful, key=_rarity, default=frozenset())


def _rarity(some: Words) -> tuple[int, float, int]:
    sizes = [*map(len, some)]
    return min(sizes), sum(sizes) / len(sizes), -len(sizes)
