"""Rules of the codebook that tie the columns of one target together; no text is needed to see them hold."""

from __future__ import annotations

from collections.abc import Iterator

from compare.curation.stated_values import problem_of_value
from compare.schema.records import Target


def broken_rules(t: Target) -> Iterator[str]:
    """Every rule that a target breaks, in words."""
    yield from _of_value(t)
    yield from _of_years(t)
    if (t.measure in ("change", "growth")) != (t.direction is not None):
        yield f"direction {t.direction!r} does not fit measure {t.measure}"


def _of_value(t: Target) -> Iterator[str]:
    no_level = t.kind in ("deferred", "directional") or (t.kind == "milestone" and t.value is None)
    if (t.comparator is None) != no_level:
        yield f"comparator {t.comparator!r} does not fit kind {t.kind}"
    if no_level and (t.value is not None or t.unit is not None):
        yield f"a {t.kind} row has no value"
    if t.kind in ("numeric", "verbal", "peak") and t.value is None:
        yield f"a {t.kind} row needs a value"
    if t.kind == "peak" and (t.unit != "year" or t.value != t.target_year):
        yield "a peak's value is its year"
    if t.value_max is not None and (t.value is None or t.value_max <= t.value):
        yield "value_max is not above value"
    if problem := problem_of_value(t):
        yield problem


def _of_years(t: Target) -> Iterator[str]:
    if t.target_year is None:
        if t.kind in ("deferred", "directional", "verbal"):
            yield f"a {t.kind} row needs a horizon"
        return
    if not 2000 < t.target_year <= 2100:
        yield f"target_year {t.target_year} is out of range"
    if t.baseline_year is not None and t.baseline_year >= t.target_year:
        yield "the baseline is not before the horizon"
