"""Silence: why a plan sets nothing in a cell, where the tables tell; so that it is not read as less ambition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from compare.comparison import bounds, gaps
from compare.schema.records import Benchmark, IndicatorRow, Place
from compare.vocabulary import flags, indicators

if TYPE_CHECKING:
    from compare.comparison.grid import Column, Grid
    from compare.comparison.pace import Earlier

_MET = ("stricter", "equal")


def reason(
    column: Column,
    place: Place,
    grid: Grid,
    earlier: Earlier | None,
    above: Sequence[Benchmark],
    indicator: IndicatorRow,
) -> str | None:
    """Why a plan that is silent in a cell need not speak there; the first that holds.

    Parameters
    ----------
    column : Column
    place : Place
    grid : Grid
    earlier : Earlier or None
        What the place says of the same variant at an earlier horizon.
    above : sequence of Benchmark
        Those of the levels above the place, for this indicator and horizon.
    indicator : IndicatorRow

    Returns
    -------
    str or None
        A code of ``silence_reason``: ``not_its_level``, ``beyond_plans``, ``met_earlier``,
        ``stated_apart`` or ``other_variant``.
    """
    levels = indicators.get(column.indicator).set_by
    if levels and place.region_level not in levels:
        return "not_its_level"
    if column.year > grid.last_horizon:
        return "beyond_plans"
    if earlier and _met(column.variant, earlier, above, indicator):
        return "met_earlier"
    if _stated_apart(column, place, grid.targets):
        return "stated_apart"
    rows = grid.at(place, column)
    return "other_variant" if rows else None


def _met(
    variant: str, earlier: Earlier, above: Sequence[Benchmark], indicator: IndicatorRow
) -> bool:
    """Whether the earlier aim already is what every level above asks for at the later horizon."""
    own = bounds.figure(earlier.target)
    stances = [
        gaps.gap_to(gaps.of_level(above, level), variant, own, indicator).stance
        for level in gaps.LEVELS
    ]
    told = [s for s in stances if s]
    return bool(told) and all(s in _MET for s in told)


def _stated_apart(column: Column, place: Place, targets: Mapping[tuple, Sequence]) -> bool:
    """Whether a total is silent because each of its parts has a figure of its own."""
    spec = flags.known()["below_part"]
    parts = spec.parts.get(column.variant, ()) if column.indicator == spec.total else ()
    return bool(parts) and all(
        any(
            r.value_std is not None and not r.scope_region
            for r in targets.get((place.region_id, part, column.year), ())
        )
        for part in parts
    )
