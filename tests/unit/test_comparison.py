"""Comparison: figures worked out by hand from the five plans, and rules on made-up rows."""

import pandas as pd
import pytest

import compare
from compare.base import fields
from compare.base.errors import CompareError
from compare.base.records import Comparison, Target, records
from compare.comparison import bounds, ranks, table
from compare.vocabulary import units, variants


def variant(row):
    names = ("value", "unit", "kind", "measure", "baseline_year", "period")
    about = {n: row[n] for n in names} | {"scope": row["scope_region"]}
    return variants.assign(row["indicator"], row["indicator_text"], **about)


# ---------------------------------------------------------------- the five plans
@pytest.fixture(scope="module")
def release():
    """The curated tables, with variants and standard values as the vocabularies give them now."""
    tables = {n: compare.load(n) for n in ("targets", "regions", "indicators", "benchmarks")}
    rows = [r.as_dict() for r in records(tables["targets"], Target)]
    rows = [r | units.standard(r) | {"variant": variant(r)} for r in rows]
    for r in rows:
        # 11亿噸 after 9000万噸: twelve times as much in five years
        implausible = r["indicator"] == "solid_waste_volume" and r["target_year"] == 2030
        r["flags"] = sorted({*r["flags"], "horizon_jump"} if implausible else r["flags"])
    return tables | {"targets": pd.DataFrame(rows)}


@pytest.fixture(scope="module")
def cells(release):
    return table.build(**release)


@pytest.fixture(scope="module")
def cell(cells):
    def find(place, indicator, variant, year=2025):
        hit = cells[
            (cells.region_id == place)
            & (cells.indicator == indicator)
            & (cells.variant == variant)
            & (cells.target_year == year)
        ]
        assert len(hit) == 1
        return records(hit, Comparison)[0]

    return find


def at(cell, **expected):
    for key, value in expected.items():
        got = getattr(cell, key)
        assert got == (pytest.approx(value) if isinstance(value, float) else value), key


def test_nonfossil_shiyan(cell):
    # 到2025年、2030年…占比分别达到21%和25%左右; 国 20% 左右, 25% 左右
    now = cell("shiyan", "nonfossil_share", "consumption")
    at(now, status="target", comparator="~", value_std=21.0, unit_std="%", rank=2, rank_of=3)
    at(now, gap_nation=1.0, gap_nation_bound="~", nation_stance="stricter", gap_unit="pp")
    at(now, gap_province=None, province_id=None)
    later = cell("shiyan", "nonfossil_share", "consumption", 2030)
    at(later, pace=0.8, pace_unit="pp/year", pace_from=2025, pace_bound="~", gap_nation=0.0)


def test_nonfossil_ruijin_is_an_open_interval(cell):
    # 超过27.4%; 江西 18.3%
    got = cell("ruijin", "nonfossil_share", "consumption")
    at(got, comparator=">", value_std=27.4, low=27.4, low_closed=False, high=100.0)
    at(got, gap_nation=7.4, gap_nation_bound=">", rank=1, rank_best=1, rank_worst=1)
    at(got, gap_province=9.1, gap_province_bound=">", province_std=18.3, province_checked=True)


def test_nonfossil_guizhou_has_a_stretch_and_no_province_above(cell):
    # 20%左右、力争达到21.6%; 2030: 25%左右
    got = cell("guizhou", "nonfossil_share", "consumption")
    at(got, value_std=20.0, comparator="~", effort="firm", stretch_std=21.6, rank=3)
    at(got, gap_nation=0.0, nation_stance="equal", gap_province=None, province_id=None)
    assert cell("guizhou", "nonfossil_share", "consumption", 2030).pace == pytest.approx(1.0)


def test_nonfossil_yuhua_says_a_direction_huzhou_nothing(cell):
    yuhua = cell("yuhua", "nonfossil_share", "consumption")
    at(yuhua, status="directional", value_std=None, low=None, rank=None, gap_nation=None)
    at(yuhua, direction="up", province_std=22.0, province_comparator="~", nation_std=20.0)
    huzhou = cell("huzhou", "nonfossil_share", "consumption")
    at(huzhou, status="no_target", target_id=None, other_target_id=None, comparability=None)
    at(huzhou, province_std=24.0, province_comparator="~")


def test_green_buildings(cell):
    # 全部, 全面, 100%: three firm 100 %; 力争…95%以上; 湖州 sets two-star buildings instead
    for place in ("shiyan", "yuhua", "guizhou"):
        got = cell(place, "green_building_share", "new_urban")
        at(got, value_std=100.0, effort="firm", rank=1, gap_nation=0.0, nation_stance="equal")
    ruijin = cell("ruijin", "green_building_share", "new_urban")
    at(ruijin, comparator=">=", value_std=95.0, effort="strive", low=95.0, high=100.0)
    at(ruijin, gap_nation=-5.0, gap_nation_bound=">=", nation_stance="looser")
    at(ruijin, gap_province=-5.0, rank=4, rank_of=4, rank_best=1, rank_worst=4)
    at(cell("huzhou", "green_building_share", "new_urban"), status="no_target", nation_std=100.0)
    # 公共机构新建建筑100% is no second mention of the same
    at(cell("shiyan", "green_building_share", "public_institutions"), nation_stance=None)


def test_star_rated_shares_are_never_lined_up(cells, cell):
    star = cells[cells.indicator == "star_green_building_share"]
    assert star[star.status == "target"].groupby("variant").size().max() == 1
    huzhou = cell("huzhou", "star_green_building_share", "new_two_star")
    at(huzhou, comparator=">=", value_std=40.0, gap_nation=None)
    yuhua = cell("yuhua", "star_green_building_share", "green_any_star")
    at(yuhua, comparator=">", value_std=5.0, rank_of=1)
    beside = cell("yuhua", "star_green_building_share", "new_two_star")
    at(beside, status="no_target", comparability="different", other_target_id=yuhua.target_id)
    assert "二星" in beside.comparability_zh and "stars" in beside.comparability_en


def test_energy_intensity(cell):
    # 较2020年下降14%,力争达到14.5% (瑞金); 14.5% (雨花, twice); 国 13.5%
    ruijin = cell("ruijin", "energy_intensity", "gdp:from_2020")
    at(ruijin, value_std=14.0, stretch_std=14.5, gap_nation=0.5, pace=2.8, rank=2)
    at(ruijin, pace_unit="%/year", pace_from=2020, low=14.0, high=14.0)
    yuhua = cell("yuhua", "energy_intensity", "gdp:from_2020")
    at(yuhua, gap_nation=1.0, nation_stance="stricter", mentions=2, rank=1, also_ids=())
    # 十堰 says both that the province sets it and 持续下降: deferred binds more
    at(cell("shiyan", "energy_intensity", "gdp:from_2020"), status="deferred")
    at(cell("guizhou", "energy_intensity", "gdp:from_2020"), status="deferred")
    at(cell("huzhou", "energy_intensity", "gdp:from_2020"), status="no_target")


def test_co2_intensity_by_base_year(cell):
    # 贵州 and 国: 比2005年下降65%以上, two promises open on the same side
    got = cell("guizhou", "co2_intensity", "gdp:from_2005", 2030)
    at(got, gap_nation=0.0, gap_nation_bound="=", nation_stance="equal", pace=2.6, pace_bound=">=")
    ruijin = cell("ruijin", "co2_intensity", "gdp:from_2005", 2030)
    at(ruijin, status="deferred", comparability="close", value_std=None)


def test_sizes_are_ranked_per_head(cell):
    # 320, 360以上, 3100 万千瓦 over 3 209 004, 3 367 579, 38 562 148 persons
    heads = {"shiyan": (0.9971941, 2), "huzhou": (1.0690172, 1), "guizhou": (0.8038971, 3)}
    for place, (kw, rank) in heads.items():
        got = cell(place, "solar_capacity", "total")
        at(got, rank=rank, rank_by="per_head", per_head_unit="kW/person")
        assert got.per_head == pytest.approx(kw, rel=1e-6)
    later = cell("guizhou", "solar_capacity", "total", 2030)
    at(later, value_std=60000.0, pace=5800.0, pace_bound=">=", pace_unit="MW/year")
    # no checked population
    at(cell("ruijin", "pumped_storage_capacity", "total", 2030), per_head=None, rank=None)


def test_a_size_is_a_part_of_the_nation(cell):
    # 7亿 of 180亿立方米
    got = cell("guizhou", "forest_stock", "forest")
    at(got, gap_nation=700 / 18000, gap_unit="ratio", nation_stance=None)
    # 活立木 is nearly 森林: graded, not silent
    at(cell("ruijin", "forest_stock", "living_trees"), nation_comparability="close")


def test_less_is_stricter_where_down_is_better(cell):
    # 23.2% and 42%左右 coal; PUE <1.3 and 1.3
    at(cell("huzhou", "coal_power_share", "capacity"), rank=1)
    at(cell("guizhou", "coal_power_share", "capacity"), rank=2)
    at(cell("yuhua", "pue", "new_large"), rank=1, rank_worst=1)
    at(cell("guizhou", "pue", "new_large"), rank=2, rank_best=2)


def test_prefabricated_buildings_close_variants(cell):
    at(cell("huzhou", "prefab_share", "new_buildings"), gap_nation=6.0, gap_nation_bound="=")
    at(cell("ruijin", "prefab_share", "new_buildings"), gap_nation=5.0, gap_nation_bound=">=")
    at(cell("yuhua", "prefab_share", "new_floor_area"), gap_nation=10.0)
    shiyan = cell("shiyan", "prefab_share", "new_floor_area")
    at(shiyan, gap_nation=0.0, gap_nation_bound=">=", nation_comparability="close")
    assert "面积" in shiyan.nation_why_zh
    beside = cell("shiyan", "prefab_share", "new_buildings")
    at(beside, status="no_target", comparability="close", other_target_id=shiyan.target_id)


def test_other_measure_has_no_gap(cell):
    got = cell("ruijin", "building_renewable_share", "area")
    at(got, value_std=8.0, nation_std=8.0, gap_nation=None, nation_comparability="different")
    assert "面积" in got.nation_why_zh


def test_part_of_a_place_never_heads_a_cell(cell):
    got = cell("huzhou", "green_travel_share", "city")
    at(got, status="no_target", comparability="different", value_std=None)
    assert got.other_target_id and "中心城区" in got.comparability_zh


def test_implausible_rows_are_not_ranked(release, cell):
    got = cell("guizhou", "solid_waste_volume", "bulk", 2030)
    at(got, value_std=1.1e9, rank=None)
    assert got.flags
    again = table.build(**release, include_flagged=True)
    spot = (again.indicator == "solid_waste_volume") & (again.target_year == 2030)
    assert again[spot & (again.region_id == "guizhou")]["rank"].item() == 1


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


def test_subsets(release):
    one = release["regions"][release["regions"].region_id == "huzhou"]
    targets = release["targets"]
    alone = table.build(**release | {"regions": one, "targets": targets[targets.doc == "huzhou"]})
    assert set(alone.region_id) == {"huzhou"} and (alone["rank"].dropna() == 1).all()
    nothing = table.build(**release | {"targets": targets.iloc[:0]})
    assert set(nothing.status) == {"no_data"} and nothing.nation_std.notna().any()
    checked = release["benchmarks"][release["benchmarks"].checked.astype(bool)]
    sure = table.build(**release | {"benchmarks": checked})
    assert sure.nation_checked.dropna().all()


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
    return row | units.standard(row) | {"variant": variant(row)}


def benchmark(value, comparator="=", level="nation", who="中国", **more):
    row = blank("benchmarks")
    row |= {"benchmark_id": f"{who}-{value}", "jurisdiction_zh": who, "jurisdiction_level": level}
    row |= {"indicator": "nonfossil_share", "variant": "consumption", "target_year": 2030}
    row |= {"value_std": value, "unit_std": "%", "comparator": comparator, "measure": "level"}
    return row | {"checked": True} | more


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
        ((">", 20), ("~", 20), 1, ">", "stricter"),
        (("=", 20), (">=", 20), 1, "<=", "equal"),
        ((">=", 20), (">=", 20), 1, "=", "equal"),
        ((">=", 20), (">", 20), 1, "<", "looser"),
        (("~", 20), ("=", 20), 1, "~", "equal"),
        (("<=", 30), ("=", 20), 1, "<=", None),
        (("<=", 30), ("=", 40), -1, ">=", "stricter"),
        (("<", 1.3), ("=", 1.3), -1, ">", "stricter"),
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
    from compare.base.records import Comparison, IndicatorRow, records

    rows = records(compare.load("comparisons"), Comparison)
    catalogue = {i.indicator: i for i in records(compare.load("indicators"), IndicatorRow)}
    assert selection._ranked(rows, catalogue) == rows  # of all places: what the table says
    some = [c for c in selection.read(regions=["shiyan", "guizhou"]).comparisons if c.rank]
    assert some and max(c.rank_of for c in some) == 2
    firsts = {(c.indicator, c.variant, c.target_year) for c in some if c.rank == 1}
    assert firsts == {(c.indicator, c.variant, c.target_year) for c in some}
