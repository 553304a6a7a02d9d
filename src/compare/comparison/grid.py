"""Grid: which cells there are, and the targets and benchmarks that belong to each.

What a plan says in a cell is chosen in `compare.comparison.cells`; the table is put together in
`compare.comparison.table`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compare.base.errors import CompareError
from compare.comparison import bounds, cells, gaps
from compare.comparison.pace import Earlier
from compare.schema.records import Benchmark, IndicatorRow, Place, Target
from compare.vocabulary import variants


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the grid: places stand in it side by side."""

    indicator: str
    variant: str
    year: int

    @property
    def spot(self) -> tuple[str, int]:
        """Indicator and horizon, without the variant."""
        return self.indicator, self.year


def check_rows(
    rows: Sequence[Target],
    benchmarks: Sequence[Benchmark],
    places: set[str],
    about: Mapping[str, IndicatorRow],
) -> None:
    """Stop at a row of an unknown place or indicator, or without a variant."""
    for r in rows:
        where = f"{r.doc} at {r.start}"
        if r.region_id not in places:
            raise CompareError(f"unknown place {r.region_id!r}", where)
        if r.indicator not in about:
            raise CompareError(f"unknown indicator {r.indicator!r}", where)
        if r.variant is None:
            raise CompareError(f"{r.indicator} without a variant: {r.indicator_text}", where)
    for b in benchmarks:
        if b.variant is None:
            raise CompareError(f"{b.indicator} without a variant", b.benchmark_id)


@dataclass(frozen=True, slots=True)
class Grid:
    """The targets and benchmarks by what they are about.

    Attributes
    ----------
    targets : dict
        By place, indicator and horizon; undated ones belong to no horizon.
    years : dict
        Horizons by place and indicator, the latest first.
    benchmarks : dict
        By indicator and horizon.
    about : dict
        Indicators by id, in their order.
    """

    targets: dict[tuple[str, str, int], list[Target]]
    years: dict[tuple[str, str], list[int]]
    benchmarks: dict[tuple[str, int], list[Benchmark]]
    about: Mapping[str, IndicatorRow]

    @property
    def last_horizon(self) -> int:
        """The latest horizon of any place."""
        return max((years[0] for years in self.years.values()), default=0)

    @classmethod
    def of(
        cls,
        rows: Sequence[Target],
        benchmarks: Sequence[Benchmark],
        about: Mapping[str, IndicatorRow],
    ) -> Grid:
        """Lay out rows and benchmarks."""
        horizons = _year_horizons(rows, benchmarks, about)
        placed: dict[tuple[str, str, int], list[Target]] = defaultdict(list)
        for r in rows:
            year = horizons.get(r.indicator, r.target_year)
            if year is not None:
                placed[r.region_id, r.indicator, year].append(r)
        above: dict[tuple[str, int], list[Benchmark]] = defaultdict(list)
        for b in benchmarks:
            if b.indicator in about:
                above[b.indicator, horizons.get(b.indicator, b.target_year)].append(b)
        years: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, indicator, year in sorted(placed, reverse=True):
            years[place, indicator].append(year)
        return cls(dict(placed), dict(years), dict(above), about)

    def at(self, place: Place, column: Column) -> list[Target]:
        """Rows of a place at a column's indicator and horizon, of all variants."""
        return self.targets.get((place.region_id, *column.spot), [])

    def columns(self) -> list[Column]:
        """What any place or benchmark puts a figure to; besides, what places leave without a figure
        where nobody's figure could stand for it, and what is set for parts of places only."""
        position = {name: i for i, name in enumerate(self.about)}

        def order(c: Column) -> tuple:
            return position[c.indicator], variants.order(c.indicator, c.variant), c.year

        out = {
            Column(indicator, b.variant or "", year)
            for (indicator, year), found in self.benchmarks.items()
            for b in found
            if b.value is not None
        }
        rows = [
            (Column(indicator, r.variant or "", year), r)
            for (_, indicator, year), found in self.targets.items()
            for r in found
        ]
        whole = {c for c, r in rows if not r.scope_region}
        out |= {c for c, r in rows if not r.scope_region and r.kind not in cells.WITHOUT_FIGURE}
        beside: dict[tuple[str, int], list[Column]] = defaultdict(list)
        for c in out:
            beside[c.spot].append(c)
        for c in sorted(whole - out, key=order):
            if not any(cells.stands_for(c.indicator, c.variant, o.variant) for o in beside[c.spot]):
                beside[c.spot].append(c)
        parts = {
            c
            for c, r in rows
            if r.scope_region and not any(_alike(c, o.variant) for o in beside[c.spot])
        }
        return sorted({*parts, *(c for found in beside.values() for c in found)}, key=order)


def _alike(column: Column, variant: str) -> bool:
    return variants.grade(column.indicator, column.variant, variant).grade != "different"


def _year_horizons(
    rows: Sequence[Target], benchmarks: Sequence[Benchmark], about: Mapping[str, IndicatorRow]
) -> dict[str, int]:
    """One horizon for an indicator whose value is a year: the nation's, else the latest one."""
    out: dict[str, int] = {}
    nation = [b for b in benchmarks if b.jurisdiction_level == "nation"]
    for name in (n for n, i in about.items() if i.dimension == "year"):
        for found in (nation, rows):
            years = [r.target_year for r in found if r.indicator == name and r.target_year]
            if years and name not in out:
                out[name] = max(years)
    return out


def own_benchmarks(
    column: Column, grid: Grid, places: Sequence[Place], include_flagged: bool
) -> list[Benchmark]:
    """Figures of places that stand in the tables themselves, as benchmarks for those below them."""
    out = []
    for place in places:
        if place.region_level not in gaps.LEVELS:
            continue
        heads: dict[str | None, Target] = {}
        for r in grid.at(place, column):
            usable = bounds.figure(r) and not r.scope_region and r.tier == "base"
            if usable and (include_flagged or not r.flags):
                heads[r.variant] = min(heads.get(r.variant, r), r, key=cells.headline_order)
        out += [_as_benchmark(r, place, column.year) for r in heads.values()]
    return out


def _as_benchmark(row: Target, place: Place, year: int) -> Benchmark:
    return Benchmark(
        benchmark_id=row.target_id,
        jurisdiction_zh=place.region_zh,
        adcode=place.adcode,
        jurisdiction_level=place.region_level,
        indicator=row.indicator,
        variant=row.variant,
        population_zh=row.indicator_text,
        target_year=year,
        kind="peak" if row.kind == "peak" else "numeric",
        value=row.value,
        unit=row.unit,
        comparator=row.comparator,
        value_std=row.value_std,
        unit_std=row.unit_std,
        measure=row.measure,
        baseline_year=row.baseline_year,
        effort=row.effort,
        document_zh=row.document_title,
        checked="yes",
    )


def earlier(column: Column, place: Place, grid: Grid) -> Earlier | None:
    """The place's headline of the same variant at its latest earlier horizon, with that year."""
    if variants.split(column.variant).form is not None:
        return None
    here = (place.region_id, column.indicator)
    for year in grid.years.get(here, ()):
        rows = [
            r
            for r in (grid.targets[*here, year] if year < column.year else ())
            if r.variant == column.variant and not r.scope_region and r.tier == "base"
            if bounds.figure(r)
        ]
        if rows:
            return Earlier(year, min(rows, key=cells.headline_order))
    return None
