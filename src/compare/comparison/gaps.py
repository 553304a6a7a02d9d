"""Gaps: what a place says beside the targets of the levels above: its prefecture's, province's, the nation's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from compare.comparison import bounds
from compare.comparison.bounds import Figure
from compare.comparison.per_head import is_size
from compare.schema.records import Benchmark, IndicatorRow, Place
from compare.vocabulary import variants

LEVELS = ("prefecture", "province", "nation")
"""The levels that stand above places, the nearest first."""
SEEN = {"yes": 0, "reported": 1, "no": 2}
"""How well a benchmark is known: the codes of ``checked`` in their order."""
_NATION = "中国"
_UNIT = {"%": "pp", "pp": "pp", "year": "year"}


@dataclass(frozen=True, slots=True)
class Gap:
    """The target of one level above, and the gap to it; all None where none is known.

    Attributes
    ----------
    benchmark : Benchmark or None
        The nearest of the level's targets.
    other_ids : tuple of str
        Further figures of the level for the same variant that differ from it.
    comparability : Comparability or None
        How the variant of the cell compares with it.
    value, unit, bound, stance
        The gap, what it counts, how it binds, and which of the two is stricter; None where there
        is no figure, the variants differ, or neither way is better.
    """

    benchmark: Benchmark | None = None
    other_ids: tuple[str, ...] = ()
    comparability: variants.Comparability | None = None
    value: float | None = None
    unit: str | None = None
    bound: str | None = None
    stance: str | None = None


NO_GAP = Gap()


def superiors(place: Place) -> dict[str, str]:
    """The levels that stand above a place, its direct superior first, with their names in Chinese.

    A county whose parent is its province (a county directly under it) has no prefecture.
    """
    if place.region_level == "nation":
        return {}
    out = {}
    if place.region_level == "county" and place.parent_zh not in (None, place.province_zh):
        out["prefecture"] = place.parent_zh
    if place.region_level != "province" and place.province_zh:
        out["province"] = place.province_zh
    return out | {"nation": _NATION}


def of_level(
    benchmarks: Sequence[Benchmark], level: str, place: Place | None = None
) -> list[Benchmark]:
    """Those of several benchmarks that a level above a place has set (of any place's: all)."""
    found = [b for b in benchmarks if b.jurisdiction_level == level]
    if place is None or (level == "nation" and place.region_level != "nation"):
        return found
    return [b for b in found if b.jurisdiction_zh == superiors(place).get(level)]


def above_any(benchmarks: Sequence[Benchmark], places: Sequence[Place]) -> list[Benchmark]:
    """Those of several benchmarks that stand above at least one of the places."""
    who = {p.province_zh for p in places} | {p.parent_zh for p in places}
    return [b for b in benchmarks if b.jurisdiction_level == "nation" or b.jurisdiction_zh in who]


def gap_to(
    benchmarks: Sequence[Benchmark], variant: str, own: Figure | None, indicator: IndicatorRow
) -> Gap:
    """The nearest of a level's benchmarks, and the gap to it where it is nearly the same variant.

    Of several for one variant, one that was seen in its document goes before one reported, a
    figure before a deferral, the base aim before a higher one, the latest document before others.

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
        (variants.grade(indicator.indicator, variant, b.variant or ""), b)
        for b in sorted(benchmarks, key=lambda b: b.issued_text or "", reverse=True)
    ]
    grade, benchmark = min(graded, key=_nearness)
    others = [
        b for _, b in graded if b.variant == benchmark.variant and _figure(b) != _figure(benchmark)
    ]
    theirs = bounds.figure(benchmark)
    if own is not None and theirs is not None and own.unit != theirs.unit:
        why = variants.sentence("units", a=own.unit, b=theirs.unit)
        grade = variants.Comparability("different", *why)
    found = Gap(benchmark, tuple(b.benchmark_id for b in others if b.value is not None), grade)
    if own is None or theirs is None or grade.grade == "different":
        return found
    return _measured(found, own, theirs, indicator)


def _nearness(graded: tuple[variants.Comparability, Benchmark]) -> tuple:
    grade, b = graded
    return (
        variants.GRADES[grade.grade],
        b.kind == "deferred",
        SEEN[b.checked],
        b.effort == "strive",
    )


def _figure(b: Benchmark) -> tuple:
    return b.value_std, b.unit_std, b.comparator


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
