"""What a subject leaves out is put back from the figure before it, and only where it is left out."""

from __future__ import annotations

import pytest

from compare.extraction.assembly import extract_text
from compare.extraction.subject.left_out import is_bare_measure, stem_of

NAMES = {
    "到2025年，建筑垃圾收集率96%、综合利用率82%。": ["建筑垃圾收集率", "建筑垃圾综合利用率"],
    "到2030年，海上风电新增60万千瓦，累计规模110万千瓦，占总装机的比重达到9%。": [
        "海上风电新增", "海上风电累计规模", "海上风电占总装机的比重",
    ],
    "到2025年，新型储能装机达到200万千瓦，其中电网侧80万千瓦、用户侧40万千瓦。": [
        "新型储能装机", "电网侧新型储能装机", "用户侧新型储能装机",
    ],
    "到2025年，累计推广新能源汽车10万辆，其中公交车2000辆。": ["累计推广新能源汽车", "累计推广新能源公交车"],
    "到2025年，公共机构单位建筑面积能耗下降5%，人均用水量下降6%。": [
        "公共机构单位建筑面积能耗", "公共机构人均用水量",
    ],
    "到2026年，绿色贷款余额达到800亿元，年均增速不低于20%。": ["绿色贷款余额", "绿色贷款余额年均增速"],
    "到2030年，尾矿综合利用率达到40%；磷石膏年利用量达到500万吨，综合利用率达到65%。": [
        "尾矿综合利用率", "磷石膏年利用量", "磷石膏综合利用率",
    ],
    "到2025年，大宗固废年利用量达到1400万吨，秸秆综合利用率达到95%；到2030年，年利用量达到1750万吨。": [
        "大宗固废年利用量", "秸秆综合利用率", "大宗固废年利用量",
    ],
    # near misses: what names its own thing stays as it is
    "到2025年，建筑垃圾收集率达到96%，秸秆综合利用率达到92%。": ["建筑垃圾收集率", "秸秆综合利用率"],
    "到2025年，光伏装机达到200万千瓦，供电可靠率达到99.9%。": ["光伏装机", "供电可靠率"],
    "到2025年，修复退化湿地面积3000公顷，湿地面积稳定在12万公顷。": ["修复退化湿地面积", "湿地面积"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "names"), NAMES.items())
def test_a_name_is_put_back_in_full(text, names):
    assert [r.indicator_text for r in extract_text(text)] == names


def test_a_name_is_a_thing_and_its_measure():
    assert stem_of("农作物秸秆综合利用率") == "农作物秸秆"
    assert stem_of("光伏装机新增") == "光伏装机"
    assert stem_of("森林覆盖率") == "森林" and stem_of("综合利用率") == ""
    assert is_bare_measure("年发电量") and not is_bare_measure("用水总量")


EACH = {
    "到2025年，化学需氧量和总磷排放总量比2020年分别削减10%以上。": ["化学需氧量排放总量", "总磷排放总量"],
    "“十四五”期间，森林、草原火灾受害率分别控制在0.9‰以下。": ["森林火灾受害率", "草原火灾受害率"],
    "到2025年，水泥、平板玻璃行业单位产品能耗分别下降5%以上。": [
        "平板玻璃行业单位产品能耗", "水泥行业单位产品能耗",
    ],
    "到2025年，总磷、甲烷等2类污染因子治理工程削减量分别达到0.12万吨、0.08万吨。": [
        "总磷治理工程削减量", "甲烷治理工程削减量",
    ],
    "到2025年，城镇、农村生活污水治理率分别达到98%、45%。": ["城镇生活污水治理率", "农村生活污水治理率"],
    # one rate of a joint population is one row
    "到2025年，化肥农药利用率达到43%。": ["化肥农药利用率"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "names"), EACH.items())
def test_a_shared_measure_is_repeated_for_each_subject(text, names):
    assert [r.indicator_text for r in extract_text(text)] == names
