"""Plausibility: named checks over all rows. A flag never changes a value; it asks a reader to look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from compare.schema.records import Benchmark, Place, Target
from compare.vocabulary import flags as vocabulary
from compare.vocabulary import indicators
from compare.vocabulary.dimensions import dimensions

_CEILINGS = ("<", "<=")
_ROUNDING = 1 + 1e-9


class _Sized(NamedTuple):
    """A row with a level, and that level."""

    row: Target
    value: float


def flags(
    rows: Sequence[Target],
    places: Mapping[str, Place],
    benchmarks: Iterable[Benchmark],
    better: Mapping[str, str],
) -> list[tuple[str, ...]]:
    """Codes of the checks that each row fails, sorted.

    Parameters
    ----------
    rows : sequence of Target
        With value_std, unit_std and variant; each with a target_id of its own.
    places : mapping
        Places by region_id (population_2020 may be None).
    benchmarks : iterable of Benchmark
    better : mapping
        Direction of ambition by indicator: up, down or none.
    """
    sized = [
        _Sized(r, r.value_std)
        for r in rows
        if r.value_std is not None and r.measure == "level" and r.kind == "numeric"
    ]
    found: dict[str, set[str]] = defaultdict(set)
    for code, flagged in (
        ("unit_mismatch", _unit_mismatch(sized)),
        ("share_range", _share_range(sized)),
        ("horizon_jump", _horizon_jump(sized)),
        ("horizon_fall", _horizon_fall(sized, better)),
        ("below_part", _below_part(sized)),
        ("national_share", _national_share(sized, places, benchmarks)),
        ("per_head", _per_head(sized, places)),
    ):
        for row in flagged:
            found[row.target_id].add(code)
    return [tuple(sorted(found.get(r.target_id, ()))) for r in rows]


def _unit_mismatch(rows: Iterable[_Sized]) -> Iterator[Target]:
    """Narrower than what a build accepts, which takes a bare figure where plans leave a unit out."""
    for r, _ in rows:
        if r.indicator != "other" and r.unit_std not in _usual(r.indicator):
            yield r


@cache
def _usual(indicator: str) -> set[str]:
    """Standard units that values of an indicator have ("none" in ``units`` is for words)."""
    spec = indicators.get(indicator)
    named = set(spec.units) - {"none"} or {spec.dimension, *spec.also}
    return {dimensions()[d].unit_std for d in named}


def _share_range(rows: Iterable[_Sized]) -> Iterator[Target]:
    limits = vocabulary.known()["share_range"]
    for r, value in rows:
        if r.unit_std == "%" and not limits.least <= value <= limits.most:
            yield r


def _horizon_jump(rows: Iterable[_Sized]) -> Iterator[Target]:
    limits = vocabulary.known()["horizon_jump"]
    for earlier, later, years in _pairs(rows):
        if years <= limits.years and 0 < earlier.value * limits.times < later.value:
            yield later.row


def _horizon_fall(rows: Iterable[_Sized], better: Mapping[str, str]) -> Iterator[Target]:
    for earlier, later, _ in _pairs(rows):
        way = better.get(later.row.indicator)
        fell, rose = later.value < earlier.value, later.value > earlier.value
        if (way == "up" and fell) or (way == "down" and rose):
            yield later.row


def _pairs(rows: Iterable[_Sized]) -> Iterator[tuple[_Sized, _Sized, int]]:
    """Neighbouring horizons of one quantity in one document, with the years between."""
    series: dict[tuple, list[tuple[int, _Sized]]] = defaultdict(list)
    for one in rows:
        if one.row.target_year is not None and one.row.tier == "base":
            series[_quantity(one.row)].append((one.row.target_year, one))
    for group in series.values():
        group.sort(key=lambda item: item[0])
        for (first, a), (second, b) in pairwise(group):
            if second > first:
                yield a, b, second - first


def _quantity(r: Target) -> tuple:
    """What makes two rows of one document the same quantity at different horizons."""
    name = r.indicator_text if r.indicator == "other" else r.variant
    return (r.doc, r.indicator, name, r.scope_region, r.unit_std, r.period)


def _below_part(rows: Sequence[_Sized]) -> Iterator[Target]:
    spec = vocabulary.known()["below_part"]
    largest: dict[tuple, float] = defaultdict(float)
    for r, value in rows:
        if r.tier == "base" and r.comparator not in _CEILINGS:
            key = (*_together(r), r.indicator)
            largest[key] = max(largest[key], value)
    for total, value in rows:
        if total.indicator != spec.total or total.comparator in _CEILINGS:
            continue
        parts = spec.parts.get(total.variant or "", ())
        at_least = sum(largest.get((*_together(total), p), 0) for p in parts)
        if at_least > value * _ROUNDING:
            yield total


def _together(r: Target) -> tuple:
    """Where a total and its parts stand together."""
    return r.doc, r.target_year, r.scope_region


def _national_share(
    rows: Iterable[_Sized], places: Mapping[str, Place], benchmarks: Iterable[Benchmark]
) -> Iterator[Target]:
    share = vocabulary.known()["national_share"].percent / 100
    nation = {
        (b.indicator, b.variant, b.target_year): b.value_std
        for b in benchmarks
        if b.jurisdiction_level == "nation"
        and b.value_std
        and b.unit_std not in ("%", "pp", "year")
    }
    for r, value in rows:
        limit = nation.get((r.indicator, r.variant, r.target_year or 0))
        local = places[r.region_id].region_level not in ("nation", "province")
        if local and limit and value > share * limit:
            yield r


def _per_head(rows: Iterable[_Sized], places: Mapping[str, Place]) -> Iterator[Target]:
    spec = vocabulary.known()["per_head"]
    groups: dict[tuple, list[_Sized]] = defaultdict(list)
    for r, value in rows:
        people = places[r.region_id].population_2020
        fits = r.indicator in spec.indicators and r.scope_region is None and r.tier == "base"
        if fits and people:
            size = _Sized(r, value / people)
            groups[r.indicator, r.variant, r.target_year].append(size)
    for group in groups.values():
        best: dict[str, float] = defaultdict(float)
        for r, size in group:
            best[r.region_id] = max(best[r.region_id], size)
        for r, size in group:
            others = [v for k, v in best.items() if k != r.region_id]
            if others and size > spec.times * max(others):
                yield r
