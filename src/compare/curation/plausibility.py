"""Plausibility: named checks over all rows. A flag never changes a value; it asks a reader to look."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise

from compare.vocabulary import flags, indicators
from compare.vocabulary.dimensions import dimensions


def flag(
    rows: list[dict], regions: dict[str, dict], benchmarks: list[dict], better: dict[str, str]
) -> None:
    """Set ``flags`` (a sorted list of codes) of every row, in place.

    Parameters
    ----------
    rows : list of dict
        Targets with value_std, unit_std and variant.
    regions : dict
        Rows of the regions table by region_id (population_2020 may be None).
    benchmarks : list of dict
        Rows of the benchmarks table.
    better : dict
        Direction of ambition by indicator: up, down or none.
    """
    for r in rows:
        r["flags"] = set()
    sized = [
        r
        for r in rows
        if r["value_std"] is not None and r["measure"] == "level" and r["kind"] == "numeric"
    ]
    _units(sized)
    _shares(sized)
    _horizons(sized, better)
    _parts(sized)
    _national(sized, regions, benchmarks)
    _per_head(sized, regions)
    for r in rows:
        r["flags"] = sorted(r["flags"])


def _units(rows: list[dict]) -> None:
    """Narrower than what a build accepts, which takes a bare figure where plans leave a unit out."""
    for r in rows:
        if r["indicator"] != "other" and r["unit_std"] not in _usual(r["indicator"]):
            r["flags"].add("unit_mismatch")


@cache
def _usual(indicator: str) -> set[str]:
    """Standard units that values of an indicator have ("none" in ``units`` is for words)."""
    spec = indicators.get(indicator)
    named = set(spec.units) - {"none"} or {spec.dimension, *spec.also}
    return {dimensions()[d].unit_std for d in named}


def _shares(rows: list[dict]) -> None:
    spec = flags.vocabulary()["share_range"]
    for r in rows:
        if r["unit_std"] == "%" and not spec["least"] <= r["value_std"] <= spec["most"]:
            r["flags"].add("share_range")


def _same(r: dict) -> tuple:
    """What makes two rows of one document the same measure at different horizons."""
    name = r["indicator_text"] if r["indicator"] == "other" else r["variant"]
    return (r["doc"], r["indicator"], name, r["scope_region"], r["unit_std"], r["period"])


def _horizons(rows: list[dict], better: dict[str, str]) -> None:
    limits = flags.vocabulary()["horizon_jump"]
    series = defaultdict(list)
    for r in rows:
        if r["target_year"] is not None and r["tier"] == "base":
            series[_same(r)].append(r)
    for group in series.values():
        group.sort(key=lambda r: r["target_year"])
        for a, b in pairwise(group):
            years = b["target_year"] - a["target_year"]
            if years <= 0:
                continue
            if (
                years <= limits["years"]
                and a["value_std"] > 0
                and b["value_std"] > limits["times"] * a["value_std"]
            ):
                b["flags"].add("horizon_jump")
            way = better.get(b["indicator"])
            if (way == "up" and b["value_std"] < a["value_std"]) or (
                way == "down" and b["value_std"] > a["value_std"]
            ):
                b["flags"].add("horizon_fall")


def _parts(rows: list[dict]) -> None:
    spec = flags.vocabulary()["below_part"]
    ceilings = ("<", "<=")
    largest = defaultdict(float)
    for r in rows:
        if r["tier"] == "base" and r["comparator"] not in ceilings:
            key = (*_whole(r), r["indicator"])
            largest[key] = max(largest[key], r["value_std"])
    for total in rows:
        if total["indicator"] != spec["total"] or total["comparator"] in ceilings:
            continue
        parts = spec["parts"].get(total["variant"], ())
        at_least = sum(largest.get((*_whole(total), p), 0) for p in parts)
        if at_least > total["value_std"] * _ROUNDING:
            total["flags"].add("below_part")


_ROUNDING = 1 + 1e-9


def _whole(r: dict) -> tuple:
    """Where a total and its parts stand together."""
    return r["doc"], r["target_year"], r["scope_region"]


def _national(rows: list[dict], regions: dict[str, dict], benchmarks: list[dict]) -> None:
    share = flags.vocabulary()["national_share"]["percent"] / 100
    nation = {
        (b["indicator"], b["variant"], b["target_year"]): b["value_std"]
        for b in benchmarks
        if b["jurisdiction_level"] == "nation"
        and b["value_std"]
        and b["unit_std"] not in ("%", "pp", "year")
    }
    for r in rows:
        limit = nation.get((r["indicator"], r["variant"], r["target_year"]))
        local = regions[r["region_id"]]["region_level"] not in ("nation", "province")
        if local and limit and r["value_std"] > share * limit:
            r["flags"].add("national_share")


def _per_head(rows: list[dict], regions: dict[str, dict]) -> None:
    spec = flags.vocabulary()["per_head"]
    groups = defaultdict(list)
    for r in rows:
        people = regions[r["region_id"]]["population_2020"]
        if (
            r["indicator"] in spec["indicators"]
            and people
            and r["scope_region"] is None
            and r["tier"] == "base"
        ):
            groups[r["indicator"], r["variant"], r["target_year"]].append(
                (r["value_std"] / people, r)
            )
    for group in groups.values():
        best = defaultdict(float)
        for size, r in group:
            best[r["region_id"]] = max(best[r["region_id"]], size)
        for size, r in group:
            others = [v for k, v in best.items() if k != r["region_id"]]
            if others and size > spec["times"] * max(others):
                r["flags"].add("per_head")
