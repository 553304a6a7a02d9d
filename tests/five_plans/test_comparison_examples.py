"""Comparison: figures worked out by hand from the five plans."""

import pytest
from conftest import at

from compare.comparison import table
from compare.schema.records import Comparison, records


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


def test_nonfossil_shiyan(cell):
    # 到2025年、2030年…占比分别达到21%和25%左右; 国 20% 左右, 25% 左右
    now = cell("shiyan", "nonfossil_share", "consumption")
    at(now, status="target", comparator="~", value_std=21.0, unit_std="%", rank=2, rank_of=3)
    at(now, gap_nation=1.0, gap_nation_bound="~", nation_stance="stricter", gap_unit="pp")
    # 湖北 20% 以上, as a report says
    at(now, gap_province=1.0, province_stance="stricter", province_checked="reported")
    later = cell("shiyan", "nonfossil_share", "consumption", 2030)
    at(later, pace=0.8, pace_unit="pp/year", pace_from=2025, pace_bound="~", gap_nation=0.0)


def test_nonfossil_ruijin_is_an_open_interval(cell):
    # 超过27.4%; 江西 18.3%
    got = cell("ruijin", "nonfossil_share", "consumption")
    at(got, comparator=">", value_std=27.4, low=27.4, low_closed=False, high=100.0)
    at(got, gap_nation=7.4, gap_nation_bound=">", rank=1, rank_best=1, rank_worst=1)
    at(got, gap_province=9.1, gap_province_bound=">", province_std=18.3, province_checked="yes")
    # its prefecture 赣州 sets the same 27.4%
    at(got, superior="prefecture", gap_prefecture=0.0, prefecture_std=27.4)


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
    at(yuhua, superior="prefecture", prefecture_std=20.0, prefecture_comparator=">=")
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
    at(got, status="part", comparability="different", value_std=None, rank=None)
    assert got.other_target_id and "中心城区" in got.comparability_zh


def test_silence_that_says_little_says_why(cell):
    # 27.4% by 2025 answers the nation's 25% of 2030; 十堰 sets wind and sun one by one for 2025
    at(cell("ruijin", "nonfossil_share", "consumption", 2030), silence_reason="met_earlier")
    at(cell("shiyan", "renewable_capacity", "wind_solar"), silence_reason="stated_apart")
    at(cell("yuhua", "demand_response", "peak_share", 2030), silence_reason="not_its_level")
    at(cell("huzhou", "nonfossil_share", "consumption", 2060), silence_reason="beyond_plans")
    at(cell("huzhou", "nonfossil_share", "consumption"), silence_reason=None)


def test_implausible_rows_are_not_ranked(release, cell):
    got = cell("guizhou", "solid_waste_volume", "bulk", 2030)
    at(got, value_std=1.1e9, rank=None)
    assert got.flags
    again = table.build(**release, include_flagged=True)
    spot = (again.indicator == "solid_waste_volume") & (again.target_year == 2030)
    assert again[spot & (again.region_id == "guizhou")]["rank"].item() == 1
