"""Words that may end the name of a place, and those that only look so."""

from __future__ import annotations

import pytest

from compare.extraction.row.place_words import first_place, may_hold_place


@pytest.mark.parametrize(
    "name", ["洱海流域森林覆盖率", "乌杨组团余热利用率", "滨江县新建建筑绿电占比", "青石港吞吐量"]
)
def test_a_name_may_hold_a_place(name):
    assert may_hold_place(name)


@pytest.mark.parametrize(
    "name",
    [
        "全市森林覆盖率", "城市生活垃圾回收率", "县级以上党政机关占比", "服务区充电设施覆盖率", "港口岸电使用量", "河流水质优良比例",
        "各设区市回收率", "园区能耗", "市场占有率", "地区生产总值能耗", "农村居民用电占比", "区域供冷面积", "乡镇污水处理率",
    ],
)  # fmt: skip
def test_common_nouns_and_the_whole_place_are_no_places(name):
    assert not may_hold_place(name)
    assert first_place(name) in (0, len(name))
