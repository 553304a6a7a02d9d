"""Names that several figures share are parted by named rules; each takes its example and leaves its near miss."""

from __future__ import annotations

import pytest

from compare.extraction.subject.name_lists import RULES, parted, split_list


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_parts_its_example_and_leaves_its_near_miss(rule):
    assert parted(rule.taken) == rule.id
    assert parted(rule.left) != rule.id


NAMES = {
    "光伏、风电装机容量": ["光伏装机容量", "风电装机容量"],
    "城镇、农村生活污水治理率": ["城镇生活污水治理率", "农村生活污水治理率"],
    "钢铁、水泥行业能效标杆水平产能占比": [
        "钢铁行业能效标杆水平产能占比",
        "水泥行业能效标杆水平产能占比",
    ],
    "公路、水路、航空客运单位能耗": ["公路客运单位能耗", "水路客运单位能耗", "航空客运单位能耗"],
    "总磷、甲烷等2类污染因子治理工程削减量": ["总磷治理工程削减量", "甲烷治理工程削减量"],
    "稻谷、小麦、玉米、油菜、大豆、花生、棉花、甘蔗、马铃薯秸秆综合利用率": [
        f"{x}秸秆综合利用率"
        for x in ["稻谷", "小麦", "玉米", "油菜", "大豆", "花生", "棉花", "甘蔗", "马铃薯"]
    ],
    "高等院校、公立医院单位建筑面积能耗": ["高等院校单位建筑面积能耗", "公立医院单位建筑面积能耗"],
}


@pytest.mark.parametrize(("text", "names"), NAMES.items())
def test_as_many_names_as_there_are_figures(text, names):
    assert split_list(text, len(names)) == names


def test_one_rate_of_a_joint_population_is_not_split():
    assert split_list("城市和县城建成区绿化覆盖率") == ["城市和县城建成区绿化覆盖率"]
    assert split_list("化肥农药利用率") == ["化肥农药利用率"]
