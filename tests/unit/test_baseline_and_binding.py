"""What a figure starts from, and whether a text calls it binding: the rules' examples, and any numbers."""

from __future__ import annotations

import pytest
from conftest import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.extraction.assembly import extract_text
from compare.extraction.commitment import binding_words
from compare.extraction.rules import marked
from compare.extraction.with_figure import starting_point

QUICK = settings(max_examples=examples(80), deadline=None, derandomize=True)
UNITS = ["%", "万千瓦", "家", "万吨", "公里", "亿立方米", "公顷"]
MOVES = [
    "提高到",
    "增加至",
    "上升到",
    "降至",
    "下降到",
    "扩大到",
    "压减至",
    "逐步提升到",
    "提高到不低于",
]
NUMBER = st.decimals(min_value=1, max_value=9999, places=2).map(lambda d: f"{d.normalize():f}")


def starts(text: str) -> list[str]:
    """Words that rows start from, in the text."""
    rows = [r for r in extract_text(text, with_spans=True) if r.baseline_value is not None]
    return [f"{r.baseline_value:g}" for r in rows]


@pytest.mark.parametrize("rule", starting_point.RULES, ids=lambda r: r.id)
def test_a_rule_finds_where_a_figure_starts_from(rule):
    text, a, b = marked(rule.taken)
    assert starts(text) == [text[a:b].rstrip("%万吨标准煤亩")]
    text, a, b = marked(rule.left)
    assert text[a:b] and starts(text) == []


@pytest.mark.parametrize("rule", binding_words.RULES, ids=lambda r: r.id)
def test_a_rule_tells_what_a_text_calls_binding(rule):
    for example, code in ((rule.taken, "binding"), (rule.left, None)):
        text, a, b = marked(example)
        assert [r.binding for r in extract_text(text) if (r.start, r.end) == (a, b)] == [code]


@QUICK
@given(NUMBER, NUMBER, st.sampled_from(UNITS), st.sampled_from(MOVES), st.booleans())
def test_a_level_that_is_moved_from_is_kept_whatever_it_is(x, y, unit, move, dated):
    since = "2020年的" if dated else ""
    rows = extract_text(f"到2025年，甲指标由{since}{x}{unit}{move}{y}{unit}。")
    assert [(r.value, r.baseline_value) for r in rows] == [(float(y), float(x))]
    assert rows[0].baseline_year == (2020 if dated else None)


@QUICK
@given(NUMBER, NUMBER, st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_a_level_of_another_unit_is_none(x, y, one, other):
    rows = extract_text(f"到2025年，甲指标由{x}{one}提高到{y}{other}。")
    for r in rows:
        assert r.baseline_value in (None, float(x)) and (one == other or r.baseline_value is None)


def test_a_level_is_told_in_the_unit_of_its_target():
    assert starts("到2025年，装机由3500万千瓦提高到1.2亿千瓦。") == ["0.35"]
    assert starts("新能源发电量比重由2022年的20%提高到2030年的四成。") == ["2"]
    assert starts("到2025年，PUE由1.5降低到1.3以下。") == ["1.5"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到2025年，A、B比重由7.3%、8%分别提高到13%、15%。", ["7.3", "8"]),
        ("到2025年、2030年，比重由15%分别提高到20%、25%。", ["15", "15"]),
        ("煤耗由2020年的318克/千瓦时降至2025年的305克/千瓦时、2030年的300克/千瓦时。", ["318"]),
        ("森林面积由2021年之1850公顷,至2026年扩大至2600公顷。", ["1850"]),
        ("到2030年，矿井水利用率由86%提高到94%，其中沁水县力争达到97%。", ["86"]),
        ("到2025年，燃煤锅炉从2020年的35台压减到10台以内，淘汰率由20%提高到80%。", ["35", "20"]),
        ("到2028年，供热面积由目前的120万平方米扩大到400万平方米。", ["120"]),
        ("到2025年，比重由2020年的15.2%提高3个百分点。", ["15.2"]),
        ("在2020年15.2%的基础上，到2025年绿电消费比重提高5个百分点。", ["15.2"]),
        ("到2027年，抚育面积在现有12万亩的基础上增加到15万亩。", ["12"]),
        ("到2025年，自然湿地保护率38.7%，自然岸线保有率提高到60%。", []),
        ("到2025年，在建成12万亩林地的基础上，森林覆盖率提高5个百分点。", []),
        ("到2025年，绿色工厂从无到有，建成20家以上。", []),
        ("到2025年，由12家企业组成联盟，绿色工厂达到50家。", []),
        ("到2025年，在2020年基础上下降13.5%，占比提高到20%。", []),
    ],
)
def test_lists_and_near_misses(text, found):
    assert starts(text) == found


CALLED = """一、主要目标
（一）约束性指标
到2025年，单位GDP能耗下降13.5%，单位GDP二氧化碳排放下降18%。
（二）预期性指标
到2025年，非化石能源消费比重达到20%。
到2025年，实现以下约束性目标：
1.森林覆盖率达到40%。
2.湿地保护率达到55%。
二、重点任务
到2025年，绿色建筑占比达到100%。"""


def test_a_heading_or_an_opening_line_calls_all_below_it():
    found = [r.binding for r in extract_text(CALLED)]
    assert found == ["binding", "binding", "expected", "binding", "binding", None]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "到2025年，约束性目标：能耗下降13.5%，碳排放下降18%；预期性目标：清洁能源占比达到20%。",
            ["binding", "binding", "expected"],
        ),
        (
            "到2025年，绿电比重达到20%，森林覆盖率达到45%，其中森林覆盖率为约束性指标，绿电比重为预期性指标。",
            ["expected", "binding"],
        ),
        ("到2025年，绿电比重达到20%，森林覆盖率达到45%，均为约束性指标。", ["binding", "binding"]),
        ("到2025年，森林覆盖率达到45%以上（约束性），绿化率达到40%（预期性指标）。", ["binding", "expected"]),
        ("到2025年，将能耗强度下降13.5%作为约束性指标，森林覆盖率达到45%。", ["binding", None]),
        ("到2025年，能耗强度下降13.5%，增强约束性指标考核，森林覆盖率达到45%。", [None, None]),
        ("严格落实约束性指标管控制度，到2025年，能耗强度下降13.5%。", [None]),
        ("到2025年，森林覆盖率达到45%，增强预期性和可操作性。", [None]),
    ],
)  # fmt: skip
def test_what_is_called_binding(text, codes):
    assert [r.binding for r in extract_text(text)] == codes


def test_the_word_beside_a_name_is_no_part_of_it():
    (row,) = extract_text("到2025年，森林覆盖率（约束性指标）达到45%以上。")
    assert (row.indicator_text, row.binding, row.indicator) == (
        "森林覆盖率",
        "binding",
        "forest_coverage",
    )


@QUICK
@given(
    st.text(
        st.sampled_from("约束性预期指标为均(其中),;。:到2025年A达5%由3提高→的基础上在比"),
        max_size=60,
    )
)
def test_any_text_is_read(text):
    for r in extract_text(text, with_spans=True):
        assert r.binding in (None, "binding", "expected")
        assert r.baseline_value is None or r.baseline_value >= 0


def test_words_about_where_a_figure_starts_from_are_no_part_of_its_name():
    for text, name, base in [
        ("到2025年，煤炭消费量在2020年350万吨的基础上下降10%。", "煤炭消费量", 2020),
        ("到2025年，绿电消费比重由2020年的15.2%提高3个百分点。", "绿电消费比重", 2020),
        ("到2025年，全市能耗降到1.38吨标准煤，比2020年的1.66吨标准煤降低16.9%。", "能耗", 2020),
        ("到2025年，泵站效率在现状基础上提升12%。", "泵站效率", None),
        ("在2020年15.2%的基础上，到2025年绿电消费比重提高5个百分点。", "绿电消费比重", 2020),
    ]:
        row = extract_text(text)[-1]
        assert (row.indicator_text, row.baseline_year, row.measure) == (name, base, "change")
