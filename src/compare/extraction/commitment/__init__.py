"""Is a figure a commitment? Tables of named rules say what it is; the first that applies decides.

``told``: for all figures, what is past, another's, or a condition. ``in_front``: figures in front of
a noun; ``sizes``: those that are physical sizes. ``level``: figures at the end of their clause. ``case``: what the rules look at. ``words``:
patterns from the lexicon.
"""

from __future__ import annotations

from compare.extraction.commitment import in_front, level, sizes, told
from compare.extraction.commitment.case import Case
from compare.extraction.rules import Decision, Rule, first
from compare.extraction.sentence import Context
from compare.extraction.signs import signs_in
from compare.extraction.with_figure.figure_list import FigureList

TABLES: dict[str, tuple[Rule, ...]] = {
    "all figures": told.RULES,
    "in front of a noun": in_front.COMMON,
    "a share in front of a noun": in_front.SHARES,
    "a count in front of a noun": in_front.COUNTS,
    "a size in front of a noun": sizes.SIZES,
    "at the end of a clause": level.RULES,
}
"""The rules by the figures that they look at, in the order in which they are asked."""

WEAK = frozenset(
    {
        "aim-of-a-task",
        "change-from-the-plan-base",
        "dated-count",
        "each-year",
        "energy-standard-to-reach",
    }
)
"""Rules whose targets a person should look at: they were wrong twice as often as others."""


def decide(f: FigureList, context: Context) -> Decision:
    """What a list of figures is, and the rule that says so.

    Parameters
    ----------
    f : FigureList
    context : Context
        Of the sentence: whether it stands in a section about the past, and what is in force.
    """
    case = Case(f, context)
    found = first(told.TABLE.asked(signs_in(f.sentence.masked)), case) or context.said_by_others(
        f.sentence.at + f.first.start
    )
    if found:
        return found
    if not f.noun_behind:
        return _last(level.RULES, case)
    found = first(in_front.COMMON, case)
    if found:
        return found
    if case.relative:
        return _last(in_front.SHARES, case)
    return _last(in_front.COUNTS if case.counted else sizes.SIZES, case)


def _last(rules: tuple[Rule, ...], case: Case) -> Decision:
    """The decision of a table whose last rule always applies."""
    return first(rules, case) or rules[-1].decision
