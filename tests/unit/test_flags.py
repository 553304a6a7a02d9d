"""Plausibility: finds slips of the kind that plans hold, cries no wolf, changes no value."""

from dataclasses import replace

import pytest
from conftest import ROOT

import compare
from compare.base.errors import CompareError
from compare.curation import plausibility, release, table_checks
from compare.schema import fields
from compare.schema.records import Benchmark, Place, Target
from compare.vocabulary import flags


def _blank(kind):
    """What a record needs besides the fields that a test is about."""
    nothing = {"string": "-", "integer": 0, "number": 0.0, "boolean": False, "list": ()}
    spec = fields.table(kind.TABLE)
    return {f.name: nothing[f.type] for f in spec.columns if f.name in spec.required}


def _place(level, population):
    more = {"region_level": level, "population_2020": population}
    return Place(**_blank(Place) | more)


PLACES = {
    "a": _place("prefecture", 3_000_000),
    "b": _place("prefecture", 4_000_000),
    "c": _place("county", None),
}
NATION = [
    Benchmark(
        **_blank(Benchmark)
        | {
            "jurisdiction_level": "nation",
            "indicator": "new_storage_capacity",
            "variant": "x",
            "target_year": 2025,
            "value_std": 30000.0,
            "unit_std": "MW",
        }
    )
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
        "unit_std": unit, "value_std": float(value), "measure": "level", "kind": "numeric", "tier": "base",
        "target_year": year, "comparator": "=", "value": value,
    }  # fmt: skip
    return Target(**_blank(Target) | row | more)


def _flags(*rows):
    named = [replace(r, target_id=f"t-{i}") for i, r in enumerate(rows)]
    return list(map(list, plausibility.flags(named, PLACES, NATION, BETTER)))


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


@pytest.mark.parametrize(
    ("indicator", "unit", "fits"),
    [
        ("industry_output", "CNY", True),
        ("industry_output", "1", False),  # 500亿级: the text leaves 元 out; a build takes it
        ("new_storage_capacity", "MW", True),
        ("new_storage_capacity", "MWh", True),  # storage is measured in both
        ("new_storage_capacity", "tce", False),
        ("park_circular", "count", True),
        ("pue", "1", True),
        ("forest_coverage", "ha", False),
        ("other", "ha", True),
    ],
)
def test_unit_against_the_indicator(indicator, unit, fits):
    assert _flags(_row(indicator, 5, unit)) == [[] if fits else ["unit_mismatch"]]


def test_total_below_the_sum_of_its_parts():
    total = _row("renewable_capacity", 400, "MW", variant="wind_solar")
    sun, wind = _row("solar_capacity", 250, "MW"), _row("wind_capacity", 151, "MW")
    assert _flags(total, sun, wind) == [["below_part"], [], []]  # neither part alone is above it
    assert _flags(total, sun) == [[], []]
    assert _flags(total, sun, replace(wind, value_std=150.0)) == [[], [], []]
    # a part of a part, another class's part, another year or place, an aim beyond, mere ceilings
    assert _flags(total, sun, replace(sun, variant="distributed")) == [[], [], []]
    assert _flags(total, sun, _row("hydro_capacity", 900, "MW")) == [[], [], []]
    assert _flags(replace(total, variant="renewable"), sun, _row("hydro_capacity", 151, "MW"))[0]
    assert not any(_flags(replace(total, variant="unnamed"), sun, wind))
    for other in (
        {"target_year": 2030},
        {"scope_region": "y"},
        {"tier": "stretch"},
        {"comparator": "<="},
    ):
        assert not any(_flags(total, sun, replace(wind, **other))), other
    assert not any(_flags(replace(total, comparator="<="), sun, wind))


def test_size_against_the_nation_and_the_others():
    own, other = (
        _row("new_storage_capacity", 4400, "MW"),
        _row("new_storage_capacity", 100, "MW", region="b"),
    )
    assert _flags(own, other) == [["national_share", "per_head"], []]
    assert _flags(replace(own, variant="y"), other) == [[], []]  # another measure is no yardstick
    assert _flags(_row("new_storage_capacity", 700, "MW"), other) == [[], []]


def test_a_place_without_population_is_neither_checked_nor_compared_with_per_head():
    unknown = _row("new_storage_capacity", 2900, "MW", region="c")
    assert _flags(unknown, _row("new_storage_capacity", 100, "MW", region="b")) == [[], []]
    assert _flags(_row("new_storage_capacity", 2900, "MW"), replace(unknown, value_std=1.0)) == [
        [],
        [],
    ]


def test_every_flag_is_declared_and_documented_with_its_limits():
    codes = set(flags.known())
    for table in ("targets", "comparisons"):
        assert set(fields.table(table).column("flags").codes) == codes
    assert flags.page() in (ROOT / "docs/method.md").read_text(), flags.page()
    for code, flag in flags.known().items():
        for limit in filter(None, (flag.times, flag.years, flag.percent, flag.most)):
            for words in (flag.rule, flag.why_zh, flag.why_en):
                assert str(limit) in words, (code, limit, words)


def test_an_unknown_flag_fails_validation():
    spec = fields.table("targets")
    rows = (
        compare.load("targets").astype(object).where(lambda t: t.notna(), None).to_dict("records")
    )
    rows[3]["flags"] = ["horizon_jump", "big"]
    with pytest.raises(CompareError, match=r"column 'flags' holds an unknown code.*'big'"):
        table_checks.table(release.to_arrow(rows, spec), spec)
