"""Plausibility: finds slips of the kind that plans hold, cries no wolf, changes no value."""

import compare
from compare import flags

REGIONS = {
    "a": {"population_2020": 3_000_000, "region_level": "prefecture"},
    "b": {"population_2020": 4_000_000, "region_level": "prefecture"},
    "c": {"population_2020": None, "region_level": "county"},
}
NATION = [
    {
        "jurisdiction_level": "nation",
        "indicator": "new_storage_capacity",
        "variant": "x",
        "target_year": 2025,
        "value_std": 30000.0,
        "unit_std": "MW",
    }
]
BETTER = {
    "forest_coverage": "up",
    "pue": "down",
    "new_storage_capacity": "up",
    "renewable_capacity": "up",
}


def _row(indicator, value, unit="%", year=2025, region="a", **more):
    row = {
        "doc": region, "region_id": region, "indicator": indicator, "indicator_text": indicator, "variant": "x",
        "scope_region": None, "unit_std": unit, "period": None, "value_std": float(value), "measure": "level",
        "kind": "numeric", "tier": "base", "target_year": year, "comparator": "=", "value": value,
    }  # fmt: skip
    return row | more


def _flags(*rows):
    flags.flag(list(rows), REGIONS, NATION, BETTER)
    return [r["flags"] for r in rows]


def test_jump_of_more_than_ten_times():
    assert _flags(_row("pue", 9, "t"), _row("pue", 91, "t", 2030))[1][0] == "horizon_fall"
    assert "horizon_jump" in _flags(_row("other", 9, "t"), _row("other", 91, "t", 2030))[1]
    assert _flags(_row("other", 9, "t"), _row("other", 90, "t", 2030)) == [[], []]
    assert _flags(_row("other", 9, "t"), _row("other", 91, "t", 2035)) == [[], []]
    assert _flags(_row("other", 9, "t"), _row("other", 91, "t", 2030, indicator_text="y")) == [
        [],
        [],
    ]


def test_fall_against_the_better_direction():
    assert _flags(_row("forest_coverage", 60), _row("forest_coverage", 59, year=2030))[1] == [
        "horizon_fall"
    ]
    assert _flags(_row("pue", 1.3, "1"), _row("pue", 1.2, "1", 2030)) == [[], []]


def test_share_out_of_range():
    assert _flags(_row("other", 101), _row("other", 100)) == [["share_range"], []]
    assert _flags(_row("other", 130, measure="change")) == [[]]


def test_total_below_its_part():
    total, part = _row("renewable_capacity", 100, "MW"), _row("solar_capacity", 120, "MW")
    assert _flags(total, part) == [["below_part"], []]
    assert _flags(total | {"target_year": 2030}, part) == [[], []]


def test_size_against_the_nation_and_the_others():
    own, other = (
        _row("new_storage_capacity", 4400, "MW"),
        _row("new_storage_capacity", 100, "MW", region="b"),
    )
    assert _flags(own, other) == [["national_share", "per_head"], []]
    assert _flags(_row("new_storage_capacity", 700, "MW"), other) == [[], []]
    assert _flags(_row("new_storage_capacity", 2900, "MW", region="c"), other) == [[], []]


def test_the_two_slips_of_the_five_plans_and_nothing_else():
    targets = compare.load("targets")
    flagged = targets[targets["flags"].map(len) > 0]
    assert set(zip(flagged["doc"], flagged["indicator"], strict=True)) == {
        ("guizhou", "solid_waste_volume"),
        ("huzhou", "new_storage_capacity"),
    }
    waste = flagged[flagged["doc"] == "guizhou"].iloc[0]
    assert (waste["value"], waste["unit"]) == (11, "億噸")
