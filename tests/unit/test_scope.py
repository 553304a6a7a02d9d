"""Sub-areas: names from the gazetteer, names by their shape, counted and singular parts, and what is none."""

from __future__ import annotations

import pytest

from compare.extraction.assembly import extract_text
from compare.extraction.subject.scope import each_of, is_place, own_places, places_of, scope_of
from compare.vocabulary.divisions import gazetteer

TAKEN = {
    "昌吉市、阜康市城区清洁取暖率": "昌吉市、阜康市",
    "苏尼特右旗风电装机": "苏尼特右旗",
    "海西州光伏装机": "海西州",
    "峨边彝族自治县水电装机": "峨边彝族自治县",
    "盐城市可再生能源装机": "盐城市",
    "云岭县森林覆盖率": "云岭县",
    "顺宁镇、双河镇光伏装机": "顺宁镇、双河镇",
    "主城五区绿色出行比例": "主城五区",
    "沿江八市煤炭消费总量": "沿江八市",
    "城区常住人口100万以上的城市绿色出行比例": "城区常住人口100万以上的城市",
    "其他县(市、区)清洁取暖率": "其他县(市、区)",
    "滨澜市主城区绿色出行比例": "滨澜市主城区",
    "昌吉国家高新区绿电消费占比": "昌吉国家高新区",
    "涞源、阜平、易县三县二氧化碳排放": "涞源、阜平、易县三县",
    "榆神、榆横两个工业区绿电消费占比": "榆神、榆横两个工业区",
    "城市建成区绿地率": "城市建成区",
}
LEFT = [
    "城区绿地率", "县城污水处理率", "农村地区清洁取暖率", "服务区充电桩覆盖率", "老旧小区改造", "工业园区固废利用率",
    "设区市空气质量优良天数比率", "市县公共机构能耗", "新型城镇化率", "东山县城污水处理率", "泰州通道新能源电量占比",
    "地级城市建成区绿地率", "各市州中心城市公交分担率", "七成以上的工业园区固废利用率", "电动车市售占比", "城市更新面积",
]  # fmt: skip


@pytest.mark.parametrize(("subject", "scope"), TAKEN.items())
def test_a_part_of_the_place_is_split_off(subject, scope):
    assert scope_of(subject, None) == (scope, subject.removeprefix(scope))


@pytest.mark.parametrize("subject", LEFT)
def test_a_class_or_a_thing_is_no_part_of_the_place(subject):
    assert scope_of(subject, None) == (None, subject)


def test_the_gazetteer_knows_short_forms_and_bare_names():
    known = gazetteer()
    assert known.level["恩施州"] == known.level["恩施土家族苗族自治州"] == "prefecture"
    assert known.bare["昆明"] == "prefecture" and known.bare["信丰"] == "county"
    assert "白银" not in known.bare and known.at_head("白银市风电") == "白银市"


def test_lists_of_places():
    assert places_of("昆明、曲靖") == ["昆明", "曲靖"]
    assert places_of("信丰、全南、龙南三县") == ["信丰", "全南", "龙南"]
    assert places_of("水泥、玻璃") == [] and is_place("甘孜县") and not is_place("甘孜县光伏")
    assert each_of("正蓝旗、苏尼特右旗各推广重卡") == (["正蓝旗", "苏尼特右旗"], "推广重卡")
    assert each_of("正蓝旗、苏尼特右旗推广重卡") is None


def test_the_whole_place_is_none_of_its_parts():
    assert own_places("长沙市雨花区碳达峰实施方案\n(一)主城区") == {
        "长沙市",
        "雨花区",
        "长沙市雨花区",
    }
    text = (
        "克拉玛依市绿色低碳规划\n到2030年，克拉玛依市光伏装机达到300万千瓦，白碱滩区达到80万千瓦。"
    )
    assert [r.scope_region for r in extract_text(text)] == [None, "白碱滩区"]
    [row] = extract_text("到2026年，张掖市光伏装机突破1300万千瓦。")
    assert row.scope_region is None
    rows = extract_text("到2026年，长治市清洁取暖率达到95%，其他城市达到85%。")
    assert [r.scope_region for r in rows] == ["长治市", "其他城市"]
