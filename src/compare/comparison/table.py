"""The comparisons table: each place beside the others and beside the levels above, cell by cell.

``docs/method.md`` states every rule with worked examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from compare.comparison import bounds, cells, gaps, silence
from compare.comparison.gaps import Gap
from compare.comparison.grid import Column, Grid, check_rows, earlier, own_benchmarks
from compare.comparison.pace import pace
from compare.comparison.per_head import per_head
from compare.comparison.ranks import with_ranks
from compare.schema import records as typed
from compare.schema.records import Benchmark, Comparison, IndicatorRow, Place, Target
from compare.vocabulary import variants

if TYPE_CHECKING:
    import pandas as pd


def build(
    targets: pd.DataFrame,
    regions: pd.DataFrame,
    indicators: pd.DataFrame,
    benchmarks: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    include_flagged: bool = False,
) -> pd.DataFrame:
    """The comparisons table.

    Every place has one row for each indicator, variant and horizon that any place or benchmark
    sets, so that silence is seen. Leave a draft or the unchecked benchmarks out by leaving their
    rows out of ``targets`` (and ``documents``) or ``benchmarks``.

    Parameters
    ----------
    targets, regions, indicators, benchmarks : pandas.DataFrame
        The curated tables; ``targets`` with ``variant`` and standard values.
    documents : pandas.DataFrame, optional
        Tells a plan without targets (``no_target``) from a place without a plan (``no_data``);
        without it, a place that has no target at all counts as one without a plan. Only the
        column ``region_id`` is read.
    include_flagged : bool
        Rank implausible rows (those with flags), and let them be benchmarks, too.

    Returns
    -------
    pandas.DataFrame
        Columns of the table ``comparisons`` in ``schema/fields.toml``, sorted by indicator,
        variant, horizon and place.

    Raises
    ------
    CompareError
        A row without variant, or of an unknown place or indicator.
    """
    rows = compared(
        typed.records(targets, Target),
        typed.records(regions, Place),
        typed.records(indicators, IndicatorRow),
        typed.records(benchmarks, Benchmark),
        None if documents is None else set(documents["region_id"]),
        include_flagged,
    )
    return typed.to_frame(rows, Comparison)


def compared(
    targets: Iterable[Target],
    places: Sequence[Place],
    indicators: Iterable[IndicatorRow],
    benchmarks: Sequence[Benchmark],
    collected: set[str] | None = None,
    include_flagged: bool = False,
) -> list[Comparison]:
    """The rows of the comparisons table; as `build`, of records.

    Parameters
    ----------
    collected : set of str, optional
        ``region_id`` of the places whose plan has been collected (default: of those with targets).
    """
    every, about = list(targets), {i.indicator: i for i in indicators}
    if collected is None:
        collected = {t.region_id for t in every}
    rows = [t for t in every if t.indicator != "other"]
    benchmarks = gaps.above_any(benchmarks, places)
    check_rows(rows, benchmarks, {p.region_id for p in places}, about)
    grid = Grid.of(rows, benchmarks, about)
    out = []
    for column in grid.columns():
        indicator = about[column.indicator]
        above = [
            *own_benchmarks(column, grid, places, include_flagged),
            *grid.benchmarks.get(column.spot, ()),
        ]
        row = [
            _compared(column, p, indicator, grid, above, p.region_id in collected) for p in places
        ]
        out += with_ranks(row, indicator, include_flagged)
    return out


def one_per_indicator(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per place, indicator and horizon: the variant in which the place says most.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of the comparisons table.
    """
    names = ("region_id", "indicator", "target_year", "variant", "status", "nation_comparability")
    columns = (typed.plain(frame[n]) for n in names)
    kept = _best(
        ((region, indicator, year), _fullness(indicator, variant, status, grade))
        for region, indicator, year, variant, status, grade in zip(*columns, strict=True)
    )
    return frame.iloc[kept].reset_index(drop=True)


def one_variant_each(rows: Sequence[Comparison]) -> list[Comparison]:
    """One row per place, indicator and horizon: the variant in which the place says most.

    A target goes before a deferred and a directional one and these before silence; among equals,
    a variant that the nation's own target measures, then a close one, then the usual one.
    """
    kept = _best(
        (
            (r.region_id, r.indicator, r.target_year),
            _fullness(r.indicator, r.variant, r.status, r.nation_comparability),
        )
        for r in rows
    )
    return [rows[i] for i in kept]


def _fullness(indicator: str, variant: str, status: str, nation: str | None) -> tuple:
    grade = len(variants.GRADES) if nation is None else variants.GRADES[nation]
    return cells.FIRMEST[status], grade, variants.order(indicator, variant)


def _best(spots: Iterable[tuple[tuple, tuple]]) -> list[int]:
    """Positions of the first of each key with the lowest rank, in their order."""
    best: dict[tuple, tuple] = {}
    for position, (spot, rank) in enumerate(spots):
        found = (rank, position)
        best[spot] = min(best.get(spot, found), found)
    return sorted(position for _, position in best.values())


def records(frame: pd.DataFrame) -> list[dict]:
    """Rows of a curated table as dicts: the function of release 0.1; see `compare.schema.records`."""
    columns = [typed.plain(frame[c]) for c in frame.columns]
    rows = (dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True))
    return [{k: list(v) if hasattr(v, "__array__") else v for k, v in r.items()} for r in rows]


def _compared(
    column: Column,
    place: Place,
    indicator: IndicatorRow,
    grid: Grid,
    benchmarks: Sequence[Benchmark],
    collected: bool,
) -> Comparison:
    """One cell of the grid, all but its rank."""
    said = cells.said(grid.at(place, column), column.variant, indicator, collected)
    head, stretch, grade = said.head, said.stretch, said.comparability
    span = cells.interval(head, indicator) if head else bounds.NO_INTERVAL
    own = bounds.figure(head)
    own_above = [b for level in gaps.LEVELS for b in gaps.of_level(benchmarks, level, place)]
    above = {
        level: gaps.gap_to(gaps.of_level(benchmarks, level, place), column.variant, own, indicator)
        for level in gaps.LEVELS
    }
    before = earlier(column, place, grid)
    speed = pace(head, column.year, before)
    size = per_head(own.value, own.unit, column.variant, place.population_2020) if own else None
    return Comparison(
        region_id=place.region_id,
        region_zh=place.region_zh,
        region_en=place.region_en,
        region_level=place.region_level,
        province_zh=place.province_zh,
        parent_zh=place.parent_zh,
        sector=indicator.sector,
        indicator=column.indicator,
        variant=column.variant,
        target_year=column.year,
        status=said.status,
        silence_reason=silence.reason(column, place, grid, before, own_above, indicator)
        if said.status == "no_target"
        else None,
        comparator=head and head.comparator,
        value_std=head and head.value_std,
        value_max_std=head and head.value_max_std,
        unit_std=head and head.unit_std,
        low=span.low,
        high=span.high,
        low_closed=span.low_closed,
        high_closed=span.high_closed,
        effort=head and head.effort,
        stretch_std=stretch and stretch.value_std,
        stretch_comparator=stretch and stretch.comparator,
        superior=next(iter(gaps.superiors(place)), None),
        gap_unit=next((g.unit for g in above.values() if g.unit), None),
        pace=speed.value,
        pace_unit=speed.unit,
        pace_bound=speed.bound,
        pace_from=speed.since,
        per_head=size and size.value,
        per_head_unit=size and size.unit,
        comparability=grade and grade.grade,
        comparability_zh=grade and grade.zh,
        comparability_en=grade and grade.en,
        flags=head.flags if head else (),
        kind=head and head.kind,
        measure=head and head.measure,
        direction=head and head.direction,
        baseline_year=head and head.baseline_year,
        mentions=said.mentions,
        target_id=head and head.target_id,
        stretch_id=stretch and stretch.target_id,
        also_ids=said.also_ids,
        other_target_id=said.other_target_id,
        doc=head and head.doc,
        document_status=head and head.document_status,
        note=head and head.note,
        note_en=head and head.note_en,
        value_text=head and head.value_text,
        evidence=head and head.evidence,
        start=head and head.start,
        end=head and head.end,
        **{name: value for level in above for name, value in _beside(level, above[level]).items()},
    )


def _beside(level: str, gap: Gap) -> dict[str, Any]:
    """The columns of one level above: its target, and the gap to it."""
    b, grade = gap.benchmark, gap.comparability
    return {
        f"{level}_id": b and b.benchmark_id,
        f"{level}_kind": b and b.kind,
        f"{level}_std": b and b.value_std,
        f"{level}_unit": b and b.unit_std,
        f"{level}_comparator": b and b.comparator,
        f"{level}_checked": b and b.checked,
        f"{level}_comparability": grade and grade.grade,
        f"{level}_why_zh": grade and grade.zh,
        f"{level}_why_en": grade and grade.en,
        f"{level}_other_ids": gap.other_ids,
        f"gap_{level}": gap.value,
        f"gap_{level}_bound": gap.bound,
        f"{level}_stance": gap.stance,
    }
