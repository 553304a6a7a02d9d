"""Plausibility: named checks over all rows. A flag never changes a value; it asks a reader to look."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from itertools import pairwise

from compare.paths import vocab


@cache
def vocabulary() -> dict[str, dict]:
    """The checks with their words and limits (``vocab/flags.toml``), by code."""
    return tomllib.loads(vocab("flags.toml").read_text(encoding="utf-8"))


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
    _shares(sized)
    _horizons(sized, better)
    _parts(sized)
    _national(sized, regions, benchmarks)
    _per_head(sized, regions)
    for r in rows:
        r["flags"] = sorted(r["flags"])


def _shares(rows: list[dict]) -> None:
    for r in rows:
        if r["unit_std"] == "%" and not 0 <= r["value_std"] <= 100:
            r["flags"].add("share_range")


def _same(r: dict) -> tuple:
    """What makes two rows of one document the same measure at different horizons."""
    name = r["indicator_text"] if r["indicator"] == "other" else r["variant"]
    return (r["doc"], r["indicator"], name, r["scope_region"], r["unit_std"], r["period"])


def _horizons(rows: list[dict], better: dict[str, str]) -> None:
    limits = vocabulary()["horizon_jump"]
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
    spec = vocabulary()["below_part"]
    for total in rows:
        if total["indicator"] != spec["total"] or total["comparator"] in ("<", "<="):
            continue
        parts = defaultdict(float)
        for r in rows:
            if (
                r["doc"] == total["doc"]
                and r["target_year"] == total["target_year"]
                and r["scope_region"] == total["scope_region"]
                and r["indicator"] in spec["parts"]
                and r["tier"] == "base"
            ):
                parts[r["indicator"]] = max(parts[r["indicator"]], r["value_std"])
        if parts and max(parts.values()) > total["value_std"]:
            total["flags"].add("below_part")


def _national(rows: list[dict], regions: dict[str, dict], benchmarks: list[dict]) -> None:
    share = vocabulary()["national_share"]["share"]
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
    spec = vocabulary()["per_head"]
    groups = defaultdict(list)
    for r in rows:
        people = regions[r["region_id"]]["population_2020"]
        if (
            r["indicator"] in spec["indicators"]
            and people
            and r["scope_region"] is None
            and r["tier"] == "base"
        ):
            groups[r["indicator"], r["target_year"]].append((r["value_std"] / people, r))
    for group in groups.values():
        best = defaultdict(float)
        for size, r in group:
            best[r["region_id"]] = max(best[r["region_id"]], size)
        for size, r in group:
            others = [v for k, v in best.items() if k != r["region_id"]]
            if others and size > spec["times"] * max(others):
                r["flags"].add("per_head")
