"""Comparison: the contract of the table, and rules on made-up rows."""

import pandas as pd
import pytest
from conftest import at, standard_of, variant_of

import compare
from compare.base.errors import CompareError
from compare.comparison import bounds, ranks, table
from compare.schema import fields
from compare.schema.records import Comparison, records

# ---------------------------------------------------------------- the release


def test_table_keeps_its_contract(release, cells):
    spec = fields.table("comparisons")
    assert list(cells.columns) == spec.names
    assert not cells.duplicated(list(spec.key)).any()
    for f in spec.columns:
        assert f.name not in spec.required or cells[f.name].notna().all(), f.name
        found = cells[f.name].dropna()
        found = found.explode().dropna() if f.type == "list" else found
        assert not f.codes or set(found) <= set(f.codes), f.name
    # every whole-place commitment with a horizon is a headline, a stretch or named beside one
    rows = release["targets"]
    rows = rows[rows.scope_region.isna() & rows.target_year.notna() & (rows.indicator != "other")]
    shown = {*cells.target_id, *cells.stretch_id, *cells.also_ids.explode()}
    repeated = rows.repeats.notna()
    assert set(rows[~repeated].target_id) <= shown


def test_no_cell_is_called_silent_where_the_plan_says_it(release, cells):
    """What is set for a part of the place only is said to be so, never that the plan sets none."""
    spot = ["region_id", "indicator", "variant", "target_year"]
    silent = cells[cells.status == "no_target"][spot]
    assert silent.merge(release["targets"][spot], on=spot).empty
    parts = cells[cells.status == "part"].set_index("other_target_id")
    rows = release["targets"].set_index("target_id").loc[parts.index]
    assert rows.scope_region.notna().all() and parts.value_std.isna().all()


def test_subsets(release):
    one = release["regions"][release["regions"].region_id == "huzhou"]
    targets = release["targets"]
    alone = table.build(**release | {"regions": one, "targets": targets[targets.doc == "huzhou"]})
    assert set(alone.region_id) == {"huzhou"} and (alone["rank"].dropna() == 1).all()
    nothing = table.build(**release | {"targets": targets.iloc[:0]})
    assert set(nothing.status) == {"no_data"} and nothing.nation_std.notna().any()
    checked = release["benchmarks"][release["benchmarks"].checked == "yes"]
    sure = table.build(**release | {"benchmarks": checked})
    assert set(sure.nation_checked.dropna()) == {"yes"}


def test_one_per_indicator(cells):
    best = table.one_per_indicator(cells)
    assert not best.duplicated(["region_id", "indicator", "target_year"]).any()
    star = best[(best.indicator == "star_green_building_share") & (best.target_year == 2025)]
    said = dict(zip(star.region_id, star.variant, strict=True))
    assert (said["huzhou"], said["yuhua"]) == ("new_two_star", "green_any_star")


# ---------------------------------------------------------------- made-up rows
def blank(name):
    """A row of a table whose columns hold nothing, or what stands for it where null is not allowed."""
    nothing = {"string": "-", "integer": 0, "number": 0.0, "boolean": False, "list": []}
    spec = fields.table(name)
    return {f.name: nothing[f.type] if f.name in spec.required else None for f in spec.columns}


def region(name, level="prefecture", province="甲省", population=1_000_000):
    return blank("regions") | {
        "region_id": name,
        "region_zh": name,
        "region_en": name,
        "region_level": level,
        "province_zh": None if level == "province" else province,
        "population_2020": population,
    }


def target(place, value, comparator="=", **more):
    row = blank("targets")
    row |= {"doc": place, "region_id": place, "start": 0, "end": 1, "flags": [], "kind": "numeric"}
    row |= {"indicator": "nonfossil_share", "indicator_text": "非化石能源消费比重"}
    row |= {"unit": "%", "measure": "level", "target_year": 2030, "tier": "base", "effort": "firm"}
    row |= {"value": value, "comparator": comparator} | more
    row["target_id"] = f"{place}-{row['start']}-{row['tier']}"
    return row | standard_of(row) | {"variant": variant_of(row)}


def benchmark(value, comparator="=", level="nation", who="中国", **more):
    row = blank("benchmarks")
    row |= {"benchmark_id": f"{who}-{value}", "jurisdiction_zh": who, "jurisdiction_level": level}
    row |= {"indicator": "nonfossil_share", "variant": "consumption", "target_year": 2030}
    row |= {"value_std": value, "unit_std": "%", "comparator": comparator, "measure": "level"}
    return row | {"kind": "numeric", "value": value, "checked": "yes"} | more


@pytest.fixture
def compared():
    indicators = compare.load("indicators")

    def make(targets, places, benchmarks=(), **more):
        names = fields.table("benchmarks").names
        frame = table.build(
            pd.DataFrame(targets, columns=fields.table("targets").names),
            pd.DataFrame(places),
            indicators,
            pd.DataFrame(list(benchmarks), columns=names),
            **more,
        )
        return {(c.region_id, c.variant): c for c in records(frame, Comparison)}

    return make


def test_provinces_own_plan_is_the_benchmark(compared):
    got = compared(
        [target("甲省", 30.0), target("乙市", 33.0)],
        [region("甲省", "province"), region("乙市")],
        [benchmark(28.0, level="province", who="甲省"), benchmark(25.0, "~")],
    )
    city, province = got["乙市", "consumption"], got["甲省", "consumption"]
    at(city, gap_province=3.0, province_id="甲省-0-base", gap_nation=8.0, gap_nation_bound="~")
    at(province, gap_province=None, province_id=None, gap_nation=5.0)


def test_flagged_plan_is_no_benchmark(compared):
    got = compared(
        [target("甲省", 300.0, flags=["share_range"]), target("乙市", 33.0)],
        [region("甲省", "province"), region("乙市")],
        [benchmark(28.0, level="province", who="甲省")],
    )
    at(got["乙市", "consumption"], gap_province=5.0, rank=1, rank_of=1)


def test_which_row_heads(compared):
    rows = [
        target("乙市", None, None, kind="directional", start=1, measure="change", direction="up"),
        target("乙市", 30.0, start=9, effort="strive"),
        target("乙市", 28.0, start=20),
        target("乙市", 28.0, start=30, repeats=20),
        target("乙市", 35.0, start=21, tier="stretch", effort="strive"),
        target("乙市", 50.0, start=40, scope_region="丙区"),
    ]
    got = compared(rows, [region("乙市")])["乙市", "consumption"]
    at(got, target_id="乙市-20-base", mentions=2, stretch_std=35.0)
    assert set(got.also_ids) == {"乙市-1-base", "乙市-9-base"}


def test_higher_aim_beside_a_deferred_level(compared):
    base = target("乙市", None, None, kind="deferred", measure="level")
    higher = target("乙市", 35.0, start=5, tier="stretch", effort="strive")
    got = compared([base, higher], [region("乙市")])["乙市", "consumption"]
    at(got, status="deferred", value_std=None, stretch_std=35.0, rank=None)
    alone = compared([higher], [region("乙市")])["乙市", "consumption"]
    at(alone, status="target", value_std=35.0, stretch_std=None, effort="strive")


def test_silence_and_no_plan_differ(compared):
    places = [region("乙市"), region("丙市"), region("丁市")]
    plans = pd.DataFrame({"region_id": ["乙市", "丙市"]})
    got = compared([target("乙市", 30.0)], places, documents=plans)
    said = [got[p, "consumption"].status for p in ("乙市", "丙市", "丁市")]
    assert said == ["target", "no_target", "no_data"]


def test_a_peak_has_one_horizon(compared):
    def peak(place, year):
        more = {"indicator": "co2_peak", "indicator_text": "碳达峰", "kind": "peak", "unit": "year"}
        return target(place, float(year), "<=", target_year=year, **more)

    nation = {"indicator": "co2_peak", "variant": "co2", "unit_std": "year"}
    got = compared(
        [peak("乙市", 2028), peak("丙市", 2030)],
        [region("乙市"), region("丙市")],
        [benchmark(2030.0, "<=", **nation)],
    )
    early, late = got["乙市", "co2"], got["丙市", "co2"]
    at(early, target_year=2030, value_std=2028.0, gap_nation=2.0, gap_unit="year", rank=1)
    at(late, gap_nation=0.0, nation_stance="equal", rank=2)


def test_units_that_differ_are_no_gap(compared):
    points = target("乙市", 5.0, unit="个百分点", measure="change", direction="up", kind="numeric")
    other = benchmark(10.0, variant="consumption:change", measure="change")
    got = compared([points], [region("乙市")], [other])["乙市", "consumption:change"]
    at(got, unit_std="pp", gap_nation=None, nation_comparability="different")
    assert "pp" in got.nation_why_en


def test_row_without_variant_is_an_error(compared):
    with pytest.raises(CompareError, match="without a variant"):
        compared([target("乙市", 30.0) | {"variant": None}], [region("乙市")])


# ---------------------------------------------------------------- bounds
@pytest.mark.parametrize(
    ("comparator", "ends"),
    [
        ("=", (30, 30, True, True)),
        (">=", (30, 100, True, True)),
        (">", (30, 100, False, True)),
        ("<", (0, 30, True, False)),
        ("~", (30, 30, True, True)),
        (None, (None, None, None, None)),
    ],
)
def test_interval(comparator, ends):
    got = bounds.interval(comparator, 30.0, None, 0.0, 100.0)
    assert (got.low, got.high, got.low_closed, got.high_closed) == ends


@pytest.mark.parametrize(
    ("mine", "theirs", "better", "bound", "stance"),
    [
        (("=", 30), ("=", 20), 1, "=", "stricter"),
        ((">=", 30), ("=", 20), 1, ">=", "stricter"),
        ((">", 20), ("~", 20), 1, ">", "equal"),
        (("=", 20), (">=", 20), 1, "<=", "equal"),
        ((">=", 20), (">=", 20), 1, "=", "equal"),
        ((">=", 20), (">", 20), 1, "<", "equal"),
        (("~", 20), ("=", 20), 1, "~", "equal"),
        (("<=", 30), ("=", 20), 1, "<=", None),
        (("<=", 30), ("=", 40), -1, ">=", "stricter"),
        (("<", 1.3), ("=", 1.3), -1, ">", "equal"),
        ((">=", 30), ("=", 40), -1, "<=", None),
    ],
)
def test_gap_carries_bounds(mine, theirs, better, bound, stance):
    a, b = bounds.commitment(*mine, stricter=better), bounds.commitment(*theirs, stricter=better)
    assert bounds.difference_bound(a, b) == bound
    assert bounds.stance(better * (a.limit - b.limit), a, b) == stance


def test_a_range_commits_to_its_lax_end():
    assert bounds.commitment("=", 20.0, 25.0).limit == 20
    assert bounds.commitment("=", 20.0, 25.0, stricter=-1).limit == 25
    assert bounds.commitment("=", 20.0, 25.0).more


def test_ranks_with_ties_and_open_ends():
    commitments = [
        bounds.commitment(c, v) for c, v in ((">=", 30.0), ("=", 30.0), ("=", 40.0), (">", 30.0))
    ]
    assert ranks.ranks(commitments, [100.0, 30.0, 40.0, 100.0]) == [
        (3, 1, 3),
        (3, 3, 4),
        (1, 1, 3),
        (2, 1, 3),
    ]


def test_a_view_of_some_places_ranks_among_those():
    import compare
    from compare.analysis import selection
    from compare.schema.records import Comparison, IndicatorRow, records

    rows = records(compare.load("comparisons"), Comparison)
    catalogue = {i.indicator: i for i in records(compare.load("indicators"), IndicatorRow)}
    assert selection._ranked(rows, catalogue) == rows  # of all places: what the table says
    some = [c for c in selection.read(regions=["shiyan", "guizhou"]).comparisons if c.rank]
    assert some and max(c.rank_of for c in some) == 2
    firsts = {(c.indicator, c.variant, c.target_year) for c in some if c.rank == 1}
    assert firsts == {(c.indicator, c.variant, c.target_year) for c in some}
