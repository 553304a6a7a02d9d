"""Standard values: what a row states in the standard unit, if its indicator takes the unit at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compare.base.errors import CompareError
from compare.vocabulary import indicators
from compare.vocabulary.dimensions import VOCAB, dimensions
from compare.vocabulary.indicators import Indicator
from compare.vocabulary.units import Unit, converted, parse, simplify

_LONGEST_EVIDENCE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A value as a plan, or the file of benchmarks, states it.

    Attributes
    ----------
    indicator : str
    words : str
        What it measures, in its own words.
    value, value_max : float or None
    unit : str or None
    kind, measure : str
        As in the table ``targets``.
    where, evidence : str
        Where it stands, and the sentence: for errors.
    """

    indicator: str
    words: str
    value: float | None
    value_max: float | None = None
    unit: str | None = None
    kind: str = "numeric"
    measure: str = "level"
    where: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class StandardValue:
    """A value in its standard unit; all None where there is none."""

    value: float | None = None
    value_max: float | None = None
    unit: str | None = None


def standard_value(stated: Stated) -> StandardValue:
    """The value in the standard unit of its dimension, checked.

    Raises
    ------
    CompareError
        If the unit is unknown or not allowed for the row's indicator (see `checked_unit`).
    """
    unit = checked_unit(stated)
    if stated.value is None or unit is None:
        return StandardValue()
    if stated.indicator == "other" and unit.dimension == "number":
        return StandardValue()
    top = None if stated.value_max is None else converted(stated.value_max, unit)
    return StandardValue(converted(stated.value, unit), top, unit.unit_std)


def checked_unit(stated: Stated) -> Unit | None:
    """The unit of a row, if it is allowed for the row's indicator.

    Allowed are the indicator's ``dimension`` and those in ``also``; besides, for a change or a
    growth, a percentage or a multiple, and percentage points where the indicator is a share; a
    share for a ``verbal`` row (all of them) and a year for a ``peak``.

    Returns
    -------
    Unit or None
        None for a row without a value, and for an unknown unit of the indicator ``other``.

    Raises
    ------
    CompareError
        Otherwise; it names document, offset, unit and evidence.
    """
    if stated.value is None:
        return None
    unit = parse(stated.unit)
    if stated.indicator == "other":
        return unit
    indicator = indicators.get(stated.indicator)
    if unit is None:
        raise _error(stated, f"unit {stated.unit!r} is not in {VOCAB}")
    if unit.dimension == "volume" and indicator.dimension == "volume_per_area":
        unit = _per_area(stated, unit, indicator)
    if unit.dimension == "number" and indicator.dimension in ("ratio", "count"):
        d = dimensions()[indicator.dimension]
        return Unit(unit.text, d.name, d.unit_std, unit.factor)
    allowed = _allowed(stated, indicator)
    if unit.dimension not in allowed:
        have = "a value without unit"
        if stated.unit:
            have = f"unit {stated.unit!r} is of dimension {unit.dimension}"
        raise _error(stated, f"{have}; {indicator.id} takes {', '.join(sorted(allowed))}")
    return unit


def _allowed(stated: Stated, indicator: Indicator) -> set[str]:
    allowed = {indicator.dimension, *indicator.also}
    if stated.measure in ("change", "growth"):
        allowed |= {"share", "ratio", "doubling"}
        allowed |= {"points"} if indicator.dimension == "share" else set()
    allowed |= {"share"} if stated.kind == "verbal" else set()
    return allowed | ({"year"} if stated.kind == "peak" else set())


def _per_area(stated: Stated, unit: Unit, indicator: Indicator) -> Unit:
    """亩均…4.5立方米: the text names the area in the indicator, not behind the number."""
    text = simplify(stated.words)
    for area, pattern in indicator.per:
        if re.search(pattern, text):
            return parse(f"{stated.unit}/{area}") or unit
    return unit


def _error(stated: Stated, problem: str) -> CompareError:
    evidence = stated.evidence
    if len(evidence) > _LONGEST_EVIDENCE:
        evidence = evidence[: _LONGEST_EVIDENCE - 1] + "…"
    return CompareError(
        f"{stated.indicator}: {problem} (value {stated.value}; evidence: {evidence})", stated.where
    )
