"""Comparison: each place beside the others and beside the nation's and its province's own target.

This module lays out the grid and chooses what a plan says in each cell; `compare.comparison.gaps` measures it.
``docs/method.md`` states every rule with worked examples.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from compare.base import fields
from compare.base.errors import CompareError
from compare.comparison import bounds, gaps
from compare.vocabulary import units, variants

_VALUELESS = ("deferred", "directional")
# the first that a plan offers heads its cell
_FIRMEST = {"target": 0, "deferred": 1, "directional": 2, "no_target": 3, "no_data": 4}
_PLACE = ("region_id", "region_zh", "region_en", "region_level", "province_zh")
_HEAD = (
    *("target_id", "doc", "document_status", "kind", "comparator", "value_std", "value_max_std"),
    *(
        "unit_std",
        "measure",
        "direction",
        "baseline_year",
        "effort",
        "note",
        "note_en",
        "value_text",
    ),
    *("evidence", "start", "end"),
)
_COMMITMENT = ("kind", "value_std", "value_max_std", "unit_std", "comparator", "direction")


@dataclass(frozen=True)
class Column:
    """One column of the grid: places stand in it side by side."""

    indicator: str
    variant: str
    year: int

    @property
    def spot(self) -> tuple[str, int]:
        """Indicator and horizon, without the variant."""
        return self.indicator, self.year


def build(targets, regions, indicators, benchmarks, documents=None, include_flagged: bool = False):
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
        without it, a place that has no target at all counts as one without a plan.
    include_flagged : bool
        Rank implausible rows (those with flags), and let them be benchmarks, too.

    Returns
    -------
    pandas.DataFrame
        Columns of the table ``comparisons`` in ``base/fields.toml``, sorted by indicator,
        variant, horizon and place.

    Raises
    ------
    CompareError
        A row without variant, or of an unknown place or indicator.
    """
    import pandas as pd

    about = {r["indicator"]: r for r in records(indicators)}
    places = {r["region_id"]: r for r in records(regions)}
    rows = [r for r in records(targets) if r["indicator"] != "other"]
    _check(rows, places, about)
    collected = {r["region_id"] for r in records(targets if documents is None else documents)}
    lines = records(benchmarks)
    horizons = _year_horizons(rows, lines, about)
    lines = [{**b, "horizon": horizons.get(b["indicator"], b["target_year"])} for b in lines]
    cells = _cells(rows, horizons)
    out = []
    for column in _grid(cells, lines, about):
        indicator = about[column.indicator]
        own = _own_lines(column, cells, places, include_flagged)
        beside = [*own, *(b for b in lines if (b["indicator"], b["horizon"]) == column.spot)]
        row = [_cell(column, place, cells, indicator, collected) for place in places.values()]
        for cell, place in zip(row, places.values(), strict=True):
            gaps.beside(cell, place, beside, indicator)
            gaps.pace(cell, _earlier(column, place, cells))
            gaps.per_head(cell, place["population_2020"])
        gaps.rank(row, indicator, include_flagged)
        out += row
    spec = fields.table("comparisons").columns
    return pd.DataFrame(
        {f.name: pd.array([c.get(f.name) for c in out], fields.pandas_dtype(f)) for f in spec}
    )


def one_per_indicator(frame):
    """One row per place, indicator and horizon: the variant in which the place says most.

    A target goes before a deferred and a directional one and these before silence; among equals,
    a variant that the nation's own target measures, then a close one, then the usual one.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of the comparisons table.
    """
    spots = defaultdict(list)
    for index, c in enumerate(records(frame)):
        grade = gaps.GRADE.get(c["nation_comparability"], len(gaps.GRADE))
        usual = variants.order(c["indicator"], c["variant"])
        spot = c["region_id"], c["indicator"], c["target_year"]
        spots[spot].append(((_FIRMEST[c["status"]], grade, usual), index))
    return frame.iloc[sorted(min(s)[1] for s in spots.values())].reset_index(drop=True)


def records(frame) -> list[dict]:
    """Rows of a curated table as dicts, unknown as None and lists as lists."""

    def plain(value):
        if isinstance(value, list | tuple) or getattr(value, "ndim", 0):
            return list(value)
        return value if units.given(value) else None

    return [{k: plain(v) for k, v in r.items()} for r in frame.to_dict("records")]


# ---------------------------------------------------------------- which cells there are
def _check(rows: list[dict], places: dict, about: dict) -> None:
    for r in rows:
        place = f"{r['doc']} at {r['start']}"
        if r["region_id"] not in places:
            raise CompareError(f"unknown place {r['region_id']!r}", place)
        if r["indicator"] not in about:
            raise CompareError(f"unknown indicator {r['indicator']!r}", place)
        if r["variant"] is None:
            raise CompareError(f"{r['indicator']} without a variant: {r['indicator_text']}", place)


def _year_horizons(rows: list[dict], lines: list[dict], about: dict) -> dict[str, int]:
    """One horizon for an indicator whose value is a year: the nation's, else the latest one."""
    out = {}
    for name in (n for n, i in about.items() if i["dimension"] == "year"):
        nation = [b for b in lines if b["jurisdiction_level"] == "nation"]
        for found in (nation, rows):
            years = [r["target_year"] for r in found if r["indicator"] == name]
            if any(years) and name not in out:
                out[name] = max(y for y in years if y)
    return out


def _cells(rows: list[dict], horizons: dict) -> dict[tuple[str, str, int], list[dict]]:
    """Rows by place, indicator and horizon; undated ones belong to no horizon."""
    out = defaultdict(list)
    for r in rows:
        year = horizons.get(r["indicator"], r["target_year"])
        if year is not None:
            out[r["region_id"], r["indicator"], year].append(r)
    return out


def _grid(cells: dict, lines: list[dict], about: dict) -> list[Column]:
    """What any place or benchmark puts a figure to; besides, what places leave without a figure
    where nobody's figure could stand for it, and what is set for parts of places only."""

    def order(c: Column) -> tuple:
        return list(about).index(c.indicator), variants.order(c.indicator, c.variant), c.year

    def together(c: Column) -> list[Column]:
        return [o for o in out if o.spot == c.spot]

    known = [b for b in lines if b["indicator"] in about]
    out = {Column(b["indicator"], b["variant"], b["horizon"]) for b in known}
    rows = [(Column(i, r["variant"], y), r) for (_, i, y), found in cells.items() for r in found]
    out |= {c for c, r in rows if not r["scope_region"] and r["kind"] not in _VALUELESS}
    for c in sorted({c for c, r in rows if not r["scope_region"]}, key=order):
        if not any(_stands_for(c.indicator, c.variant, o.variant) for o in together(c)):
            out.add(c)
    out |= {c for c, r in rows if r["scope_region"] and not together(c)}
    return sorted(out, key=order)


def _stands_for(indicator: str, said: str, variant: str) -> bool:
    """Whether words without a figure are about this variant, as nearly as one can tell."""
    return variants.grade(indicator, said, variant).grade != "different" or (
        variants.split(said).base == variants.split(variant).base
    )


# ---------------------------------------------------------------- what a place says in a cell
def _cell(column: Column, place: dict, cells: dict, indicator: dict, collected: set) -> dict:
    cell = {k: place[k] for k in _PLACE}
    cell |= {"sector": indicator["sector"], "indicator": column.indicator}
    cell |= {"variant": column.variant, "target_year": column.year}
    cell |= {"flags": [], "also_ids": [], "mentions": 0}
    found = cells.get((place["region_id"], *column.spot), [])
    base, higher, said = _candidates(column, found)
    figures = [r for r in base if r["kind"] not in _VALUELESS]
    # a higher aim without a base one beside it heads its cell
    head = min(figures or said or higher, key=headline, default=None)
    _stretch(cell, [r for r in higher if r is not head], indicator)
    if head is None:
        cell["status"] = "no_target" if place["region_id"] in collected else "no_data"
        _elsewhere(cell, found, column)
        return cell
    cell["status"] = head["kind"] if head["kind"] in _VALUELESS else "target"
    _graded(cell, variants.grade(column.indicator, head["variant"], column.variant))
    cell |= {f: head[f] for f in _HEAD}
    cell["flags"] = list(head["flags"] or [])
    group = base or said or higher
    same = [r for r in group if all(r[k] == head[k] for k in _COMMITMENT)]
    cell["mentions"] = len(same)
    cell["also_ids"] = [r["target_id"] for r in group if r not in same and r["tier"] == "base"]
    span = _interval(head, indicator)
    cell |= {"low": span.low, "high": span.high}
    cell |= {"low_closed": span.low_closed, "high_closed": span.high_closed}
    return cell


def _candidates(column: Column, found: list[dict]) -> tuple[list, list, list]:
    """Rows for the whole place: base, stretch, and those without a figure that may mean this."""
    whole = [r for r in found if not r["scope_region"]]
    own = [r for r in whole if r["variant"] == column.variant]
    base = [r for r in own if r["tier"] == "base"]
    higher = [r for r in own if r["tier"] == "stretch" and r["value_std"] is not None]
    said = [r for r in base if r["kind"] in _VALUELESS]
    wordy = [r for r in whole if r["kind"] in _VALUELESS]
    said = said or [r for r in wordy if _stands_for(column.indicator, r["variant"], column.variant)]
    return base, higher, said


def headline(row: dict) -> tuple:
    """Order in which a plan's rows head a cell.

    A figure before words; then the plausible, the first mention, the firm, the first in the text.
    """
    status = row["kind"] if row["kind"] in _VALUELESS else "target"
    repeated, strive = row["repeats"] is not None, row["effort"] == "strive"
    firmest = _FIRMEST[status], row["value_std"] is None
    return *firmest, bool(row["flags"]), repeated, strive, row["start"]


def _graded(cell: dict, grade: variants.Comparability) -> None:
    cell["comparability"] = grade.grade
    cell["comparability_zh"], cell["comparability_en"] = grade.zh, grade.en


def _stretch(cell: dict, found: list[dict], indicator: dict) -> None:
    """The strictest second, higher aim beside the base one."""
    if found:
        row = max(found, key=lambda r: (gaps.stricter(r, indicator) or 1) * r["value_std"])
        cell |= {"stretch_std": row["value_std"], "stretch_comparator": row["comparator"]}
        cell |= {"stretch_id": row["target_id"], "unit_std": row["unit_std"]}


def _elsewhere(cell: dict, found: list[dict], column: Column) -> None:
    """A silent cell names the nearest thing that the plan does say at this horizon."""

    def grade(row: dict) -> variants.Comparability:
        return variants.grade(column.indicator, row["variant"], column.variant)

    def nearness(row: dict) -> tuple:
        # a close variant of the whole place, the variant itself for a part of it, what differs
        step = gaps.GRADE[grade(row).grade]
        if row["scope_region"]:
            step = 1.5 if step == 0 else 3
        return step, *headline(row)

    others = [r for r in found if r["variant"] != column.variant or r["scope_region"]]
    if not others:
        return
    row = min(others, key=nearness)
    part = row["scope_region"]
    why = variants.sentence("part", a=part) if part else ()
    _graded(cell, variants.Comparability("different", *why) if part else grade(row))
    cell["other_target_id"] = row["target_id"]


def _interval(row: dict, indicator: dict) -> bounds.Interval:
    """The values that keep the promise, within what the quantity can be."""
    level, share = row["measure"] == "level", row["unit_std"] == "%"
    size = units.per_head(row["unit_std"] or "") is not None
    floor = 0.0 if level and (share or size) else None
    ceiling = 100.0 if level and share and indicator["dimension"] == "share" else None
    value = row["value_std"], row["value_max_std"]
    return bounds.interval(row["comparator"], *value, floor, ceiling)


def _own_lines(column: Column, cells: dict, places: dict, include_flagged: bool) -> list[dict]:
    """Figures of provinces (or the nation) that stand in the tables themselves, as benchmarks."""
    out = []
    for place in places.values():
        if place["region_level"] not in ("province", "nation"):
            continue
        usable = [
            r
            for r in cells.get((place["region_id"], *column.spot), [])
            if r["value_std"] is not None and r["comparator"] and not r["scope_region"]
            if r["tier"] == "base" and (include_flagged or not r["flags"])
        ]
        for variant in dict.fromkeys(r["variant"] for r in usable):
            head = min((r for r in usable if r["variant"] == variant), key=headline)
            keys = ("indicator", "variant", "value_std", "unit_std", "comparator", "measure")
            who = {"jurisdiction_zh": place["region_zh"], "checked": True}
            who |= {"jurisdiction_level": place["region_level"], "horizon": column.year}
            out.append({k: head[k] for k in keys} | who | {"benchmark_id": head["target_id"]})
    return out


def _earlier(column: Column, place: dict, cells: dict) -> tuple[int, dict] | None:
    """The place's headline of the same variant at its latest earlier horizon, with that year."""
    if variants.split(column.variant).form is not None:
        return None
    here = (place["region_id"], column.indicator)
    for year in sorted({y for p, i, y in cells if (p, i) == here and y < column.year})[::-1]:
        rows = [
            r
            for r in cells[*here, year]
            if r["variant"] == column.variant and not r["scope_region"] and r["tier"] == "base"
            if r["value_std"] is not None and r["comparator"]
        ]
        if rows:
            return year, min(rows, key=headline)
    return None
