"""Variants: which denominator or population the words name, and how two of them compare."""

import pytest

from compare.base.errors import CompareError
from compare.vocabulary import indicators, variants


def assign(indicator, text, unit="%", **more):
    return variants.assign(indicator, text, **{"unit": unit, "value": 10.0} | more)


@pytest.mark.parametrize(
    ("indicator", "text", "variant"),
    [
        # as the five plans have it
        ("star_green_building_share", "二星级以上绿色建筑占新建建筑比重", "new_two_star"),
        (
            "star_green_building_share",
            "星级绿色建筑占当年新增绿色建筑面积的比例",
            "green_any_star",
        ),
        ("star_green_building_share", "星级绿色建筑占比", "any_star"),
        ("green_building_share", "城鎮新建建築執行綠色建築標準", "new_urban"),
        ("green_building_share", "公共机构新建建筑实行绿色建筑标准", "public_institutions"),
        ("building_renewable_share", "城镇建筑可再生能源替代率", "replacement"),
        ("building_renewable_share", "可再生能源在城镇新建建筑中应用面积占比", "area"),
        (
            "rooftop_pv_coverage",
            "新建公共机构建筑、新建厂房屋顶光伏覆盖率",
            "new_public_and_plants",
        ),
        ("rooftop_pv_coverage", "新建公共建筑、厂房屋顶光伏覆盖率", "new_public_wide_and_plants"),
        ("rooftop_pv_coverage", "“零碳”公共机构光伏覆盖率", "zero_carbon_public"),
        ("prefab_share", "装配式建筑面积占新建建筑面积", "new_floor_area"),
        ("prefab_share", "城镇新建建筑中装配式建筑比例", "new_buildings"),
        (
            "nev_new_share",
            "當年新增和更新新能源、清潔能源動力的營運車輛和船舶比例",
            "operating_clean",
        ),
        ("nev_new_share", "当年新增新能源动力的交通工具比例", "all_means"),
        ("nev_new_share", "当年新能源汽车注册登记数量占比", "registrations"),
        ("nev_new_share", "新增和更新公务用车新能源化比例", "official"),
        ("nev_new_share", "新增纯电动公交车比例", "bus_electric"),
        ("nev_bus_share", "纯电动公交车比例", "electric"),
        ("nev_bus_share", "新能源和清洁能源车辆比例", "clean"),
        ("nev_public_share", "网约车、公共机构用车电动化", "mix"),
        ("msw_resource_use", "生活垃圾分类回收利用率", "recovery"),
        ("msw_sorting_coverage", "农村生活垃圾分类行政村覆盖率", "villages"),
        ("fertilizer_efficiency", "主要農作物化肥農藥利用率", "joint"),
        ("charging_coverage", "交通枢纽公共停车场充电设施车位比例", "parking"),
        ("park_circular", "省級以上園區實施循環化改造比例", "provincial_up"),
        # as the genre has it elsewhere
        ("star_green_building_share", "城镇新建建筑中星级绿色建筑占比", "new_any_star"),
        ("star_green_building_share", "政府投资公共建筑二星级以上绿色建筑占比", "public"),
        ("nev_new_share", "新增公交车新能源比例", "bus"),
        ("rooftop_pv_coverage", "党政机关建筑屋顶安装光伏比例", "party_gov"),
        ("electricity_share", "终端用能电气化率", "final"),
        ("rail_freight_share", "铁路货运周转量占比", "turnover"),
        ("green_factories", "规上工业绿色工厂占比", "share"),
        ("building_energy_saving", "新建居住建筑节能率", "new_residential"),
    ],
)
def test_words_name_the_variant(indicator, text, variant):
    assert assign(indicator, text) == variant


def test_form_is_part_of_the_variant():
    assert assign("solar_capacity", "新增光伏装机", "万千瓦") == "total:added"
    yearly = assign("charging_points", "新增公共充电桩", "个", period="annual")
    assert yearly == "public:added_per_year"
    assert assign("prefab_share", "装配式建筑占比", measure="change") == "new_buildings:change"
    cut = {"measure": "change"}
    assert assign("co2_intensity", "碳排放强度", baseline_year=2005, **cut) == "gdp:from_2005"
    assert assign("co2_intensity", "碳排放强度", **cut) == "gdp"
    project = assign("pumped_storage_capacity", "某抽水蓄能电站", "万千瓦", kind="milestone")
    assert project == "total:project"
    # 增加值 is value added, nothing newly added
    assert assign("industry_output", "制造业增加值", "亿元") == "manufacturing"
    assert assign("other", "成品油消费比重") == "other"


def test_unit_tells_variants_apart():
    assert assign("green_factories", "国家级绿色低碳供应链管理企业", "家") == "supply_chain"
    assert assign("new_storage_capacity", "新型储能规模", "万千瓦时") == "energy"
    assert assign("demand_response", "需求侧响应能力", "万千瓦") == "capability"
    # without a figure there is no unit to tell by
    row = {"value": None, "unit": None, "kind": "directional", "measure": "change"}
    assert assign("new_storage_capacity", "新型储能规模", **row) == "total"


def test_grades():
    def grade(indicator, a, b):
        g = variants.grade(indicator, a, b)
        assert variants.grade(indicator, b, a).grade == g.grade
        assert g.zh and g.en
        return g.grade

    star = "star_green_building_share"
    assert grade(star, "new_two_star", "green_any_star") == "different"
    assert grade(star, "new_two_star", "any_star") == "different"
    assert grade(star, "green_any_star", "any_star") == "close"
    assert grade("prefab_share", "new_buildings", "new_floor_area") == "close"
    assert grade("co2_intensity", "gdp:from_2005", "gdp:from_2020") == "different"
    assert grade("co2_intensity", "gdp", "gdp:from_2020") == "close"
    assert grade("solar_capacity", "total", "total:added") == "different"
    assert grade("industry_output", "nev", "nev") == "different"
    assert grade("pumped_storage_capacity", "total:project", "total:project") == "different"
    assert grade("rooftop_pv_coverage", "party_gov", "rural_homes") == "different"


def test_sentence_names_what_differs():
    g = variants.grade("star_green_building_share", "new_two_star", "green_any_star")
    assert "二星" in g.zh and "新增绿色建筑" in g.zh
    assert "two stars" in g.en.lower() and "green building area" in g.en
    g = variants.grade("co2_intensity", "gdp:from_2005", "gdp:from_2020")
    assert "2005" in g.zh and "2020" in g.en


def test_every_variant_has_a_name_and_a_grade_in_both_languages():
    for i in indicators.known().values():
        for a in i.variant_ids:
            assert variants.name(i.id, a) != variants.name(i.id, a, "en")
            for b in i.variant_ids:
                assert variants.grade(i.id, a, b).grade in ("same", "close", "different")


def test_hidden_entry_matches_but_is_no_indicator():
    hidden = [n for n, i in indicators.catalogue().items() if i.hidden]
    assert hidden and not set(hidden) & {r.indicator for r in indicators.table()}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"dimension": "shares"}, "did you mean 'share'"),
        ({"definiton_zh": "…"}, "did you mean 'definition_zh'"),
        ({"match": "("}, "not a regular expression"),
        ({"usual": "al"}, "unknown variant 'al'"),
        ({"variants": {}}, "exactly one variant"),
        ({"better": "higher"}, "better must be one of"),
    ],
)
def test_mistakes_in_the_vocabulary_are_named(change, problem):
    spec = {
        "sector": "energy",
        "name_zh": "甲",
        "name_en": "A",
        "definition_zh": "甲。",
        "definition_en": "A.",
        "dimension": "share",
        "better": "up",
        "match": "甲",
        "variants": {"all": {"name_zh": "全部", "name_en": "all"}},
    }
    assert indicators._indicator("a", spec).general.id == "all"
    with pytest.raises(CompareError, match=problem):
        indicators._indicator("a", spec | change)


def test_unknown_variant_is_named():
    with pytest.raises(CompareError, match="did you mean 'new_urban'"):
        variants.name("green_building_share", "new_urbann")
