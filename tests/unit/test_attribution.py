"""Whose goal it is: what others set gives no row of any kind, and the text's own goals stay."""

from __future__ import annotations

import pytest

from compare.base.workspace import raw_dir
from compare.extraction.assembly import extract_text
from compare.extraction.attribution.own_document import COUNTY, NATION, PREFECTURE, PROVINCE, TOWN
from compare.extraction.attribution.own_document import own_document as own_of
from compare.extraction.layout.normalise import clean
from compare.intake.source import read_source

PLANS = ("guizhou", "huzhou", "ruijin", "shiyan", "yuhua")
OF_THE_NATION = [
    "我国力争2030年前碳达峰。",
    "全国到2025年非化石能源消费比重达到20%左右。",
    "国家提出2030年前碳达峰目标。",
    "国家层面到2025年单位国内生产总值能耗下降13.5%。",
    "2030年前，全国二氧化碳排放达到峰值。",
    "2030年前我国实现碳达峰。",
    "到2025年，非化石能源消费比重全国达到20%左右。",
    "党中央、国务院明确，到2025年新建建筑全面执行绿色建筑标准。",
    "国务院印发的《2030年前碳达峰行动方案》要求，到2030年，大宗固废年利用量达到45亿吨左右，非化石能源比重进一步提高。",
    "按照国家《“十四五”节能减排综合工作方案》要求，到2025年单位能耗下降13.5%。",
    "习近平主席向世界宣布，中国力争2030年前碳达峰。",
    "据测算，到2030年用电量将达到260亿千瓦时。",
    "张委员建议，2030年前老旧小区全部完成改造。",
]
OF_THE_PROVINCE = [
    "全省到2025年森林覆盖率达到60%。",
    "我省力争2030年前碳达峰。",
    "省里提出，到2025年新能源装机达到3000万千瓦。",
    "省委、省政府要求，到2025年城镇新建建筑全部执行绿色建筑标准。",
    "《某省碳达峰实施方案》明确，到2025年非化石能源消费比重达到18%，森林蓄积量稳步增加。",
    "省能源局印发的方案提出，到2025年新型储能装机达到200万千瓦。",
    "根据省政府要求，到2025年单位能耗下降14%。",
]
OWN = [
    "{ours}力争2028年前碳达峰。",
    "到2025年，{ours}非化石能源消费比重高于全国平均水平，达到20%。",
    "与全国同步于2030年前实现碳达峰。",
    "到2025年，创建全国绿色矿山5家。",
    "本方案提出，到2025年绿电比例达到30%。",
    "国家提出2030年前碳达峰目标，{ours}确保2028年前碳达峰。",
]


def rows(text: str) -> list[tuple]:
    return [(r.indicator_text, r.kind, r.value, r.target_year) for r in extract_text(text)]


@pytest.mark.parametrize("doc", PLANS)
def test_what_others_set_adds_no_row_to_a_plan(doc):
    source = read_source(raw_dir() / doc)
    text = source.text[source.start : source.end]
    before = rows(text)
    others = OF_THE_NATION + ([] if doc == "guizhou" else OF_THE_PROVINCE)
    at = text.index("\n", text.index("。", len(text) // 4))
    for line in others:
        assert rows(text[:at] + "\n" + line + text[at:]) == before, line


@pytest.mark.parametrize(("doc", "ours"), [*zip(PLANS, "省市市市区", strict=True)])
def test_what_the_plan_sets_itself_is_a_row(doc, ours):
    source = read_source(raw_dir() / doc)
    text = source.text[source.start : source.end]
    count = len(rows(text))
    at = text.index("\n", text.index("。", len(text) // 4))
    for line in OWN:
        line = line.format(ours="我" + ours)
        assert len(rows(text[:at] + "\n" + line + text[at:])) == count + 1, line


@pytest.mark.parametrize("line", OF_THE_NATION[:7])
def test_in_the_nations_own_plan_its_goals_are_its_own(line):
    plan = "全国碳达峰工作方案\n一、目标\n各省（区、市）要抓好落实。\n" + line
    assert len(rows(plan)) == 1


@pytest.mark.parametrize("line", OF_THE_PROVINCE[:4])
def test_in_the_provinces_own_plan_its_goals_are_its_own(line):
    plan = "湘东省碳达峰实施方案\n一、目标\n各市州要抓好落实。\n" + line
    assert len(rows(plan)) == 1


@pytest.mark.parametrize(
    ("text", "rank", "classes"),
    [
        ("长沙市雨花区碳达峰实施方案\n到2025年，全区绿电比例达到30%。", COUNTY, "区"),
        ("瑞金市碳达峰实施方案\n全市抓好落实。", COUNTY, "市"),
        ("云岭市碳达峰实施方案\n全市抓好落实，全省领先。", PREFECTURE, "市"),
        ("广西壮族自治区碳达峰实施方案\n全区抓好落实。", PROVINCE, "区"),
        ("全省达到30%，全市达到28%。", PREFECTURE, "市"),
        ("全市达到30%，全县达到28%。", COUNTY, "县"),
        ("全市、全市、全市、全市达到30%。全县抓好落实。", PREFECTURE, "市"),
        ("海州电厂节能方案\n到2025年，我厂煤耗下降3%。", TOWN, "厂"),
        ("国务院关于印发碳达峰行动方案的通知\n各省要抓好落实。", NATION, ""),
        ("能耗强度下降完成省下达任务。", PREFECTURE, ""),
        ("到2025年，绿电比例达到30%。", None, ""),
    ],
)
def test_the_level_at_which_a_text_speaks(text, rank, classes):
    own = own_of(clean(text).text)
    assert own.rank == rank
    assert set(classes) <= own.classes and bool(classes) == bool(own.classes)
