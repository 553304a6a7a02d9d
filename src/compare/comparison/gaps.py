"""Gaps: what a place says beside the target of a level above, the nation's or its province's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from compare.comparison import bounds
from compare.comparison.bounds import Figure
from compare.comparison.per_head import is_size
from compare.schema.records import Benchmark, IndicatorRow, Place
from compare.vocabulary import variants

_UNIT = {"%": "pp", "pp": "pp", "year": "year"}


@dataclass(frozen=True, slots=True)
class Gap:
    """The target of one level above, and the gap to it; all None where none is known.

    Attributes
    ----------
    benchmark : Benchmark or None
        The nearest of the level's targets.
    comparability : Comparability or None
        How the variant of the cell compares with it.
    value, unit, bound, stance
        The gap, what it counts, how it binds, and which of the two is stricter; None where there
        is no figure, the variants differ, or neither way is better.
    """

    benchmark: Benchmark | None = None
    comparability: variants.Comparability | None = None
    value: float | None = None
    unit: str | None = None
    bound: str | None = None
    stance: str | None = None


NO_GAP = Gap()


def of_level(
    benchmarks: Sequence[Benchmark], level: str, place: Place | None = None
) -> list[Benchmark]:
    """Those of several benchmarks that stand above a place at ``nation`` or ``province`` level.

    Nothing stands above the nation, and no province above a province.
    """
    at = None if place is None else place.region_level
    if at == "nation" or (at == "province" and level == "province"):
        return []
    if level == "nation" or place is None:
        return [b for b in benchmarks if b.jurisdiction_level == level]
    return [
        b
        for b in benchmarks
        if b.jurisdiction_level == level and b.jurisdiction_zh == place.province_zh
    ]


def gap_to(
    benchmarks: Sequence[Benchmark], variant: str, own: Figure | None, indicator: IndicatorRow
) -> Gap:
    """The nearest of a level's benchmarks, and the gap to it where it is nearly the same variant.

    Parameters
    ----------
    benchmarks : sequence of Benchmark
        Of one level, one indicator and one horizon.
    variant : str
        Variant of the cell.
    own : Figure or None
        What the place says.
    indicator : IndicatorRow
    """
    if not benchmarks:
        return NO_GAP
    graded = [
        (variants.grade(indicator.indicator, variant, b.variant or ""), b) for b in benchmarks
    ]
    grade, benchmark = min(graded, key=lambda g: (variants.GRADES[g[0].grade], not g[1].checked))
    if own is not None and own.unit != benchmark.unit_std:
        why = variants.sentence("units", a=own.unit, b=benchmark.unit_std)
        grade = variants.Comparability("different", *why)
    found = Gap(benchmark, grade)
    theirs = bounds.figure(benchmark)
    if own is None or theirs is None or grade.grade == "different":
        return found
    return _measured(found, own, theirs, indicator)


def _measured(found: Gap, own: Figure, theirs: Figure, indicator: IndicatorRow) -> Gap:
    way = bounds.stricter_way(own.measure, own.direction, indicator.better)
    if way is None:
        return found
    size = is_size(own.unit)
    # a place is a part of its nation: a ratio says how large a part, not how strict
    way = 1 if size else way
    a = bounds.commitment(own.comparator, own.value, own.value_max, way)
    b = bounds.commitment(theirs.comparator, theirs.value, stricter=way)
    unit = "ratio" if size else _UNIT.get(own.unit, "relative")
    if unit in ("ratio", "relative") and not b.limit:
        return found
    bound = bounds.difference_bound(a, b)
    if size:
        gap = bounds.rounded(a.limit / b.limit)
        return replace(found, value=gap, unit=unit, bound=bound)
    gap = way * (a.limit - b.limit)
    stance = bounds.stance(gap, a, b)
    gap = gap / abs(b.limit) if unit == "relative" else gap
    return replace(found, value=bounds.rounded(gap), unit=unit, bound=bound, stance=stance)
