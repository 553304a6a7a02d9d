"""Figures and wordings that gave no row and may be targets all the same: what to read for targets that were missed."""

from __future__ import annotations

from collections.abc import Iterable

from compare.extraction.ledger.entries import Entry

OFTEN_TARGETS = frozenset({
    "dated-count-of-nothing", "goal-of-another-document", "milestone-undated", "milestone-unnamed", "no-population",
    "number-without-unit", "table-of-work", "undated-count-of-work", "undated-level",
})  # fmt: skip
"""Rules that left out a labelled target more often than others (``docs/quality.md``)."""


def near_misses(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of a ledger that a person should look at: undecided ones, and those that a weak rule decided."""
    return [e for e in entries if e.disposition == "undecided" or e.reason in OFTEN_TARGETS]
