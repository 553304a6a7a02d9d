"""Horizons and baselines: which year governs what, and how far it reaches."""

from __future__ import annotations

import pytest

from compare import extract
from compare.extraction.assembly import extract_text
from compare.extraction.dates.frame_at import frame_at
from compare.extraction.dates.frame_rules import RULES
from compare.extraction.rules import Rule, marked


def years(text: str) -> list[tuple]:
    """(value_text, target_year, baseline_year, period) of every row."""
    frame = extract(text).astype(object)
    frame = frame.where(frame.notna(), None)
    columns = ["value_text", "target_year", "baseline_year", "period"]
    return [tuple(r) for r in frame[columns].itertuples(index=False)]


def horizon(text: str) -> list[tuple]:
    return [(value, year) for value, year, _, _ in years(text)]


GOAL = "全市绿电消费比例达到30%"


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("到2025年，", 2025),
        ("到2025年底，", 2025),
        ("至2027年末，", 2027),
        ("2026年内，", 2026),
        ("2027年底前，", 2027),
        ("2027年6月底前，", 2027),
        ("2025年12月31日前，", 2025),
        ("2027年6月30日之前，", 2027),
        ("到2027年12月31日，", 2027),
        ("截至2027年12月31日止，", 2027),
        ("“十四五”期间，", 2025),
        ("“十四五”末，", 2025),
        ("“十四五”时期，", 2025),
        ("“十五五”期间，", 2030),
        ("「十五五」期間，", 2030),
        ("到二〇三〇年，", 2030),
        ("到２０３０年，", 2030),
        ("到 2030 年，", 2030),
        ("力争到2030年，", 2030),
        ("展望2035年，", 2035),
        ("到2060年，", 2060),
    ],
)
def test_dates_in_front(date, year):
    assert horizon(f"{date}{GOAL}。") == [("30%", year)]


@pytest.mark.parametrize("issued", [None, 2023])
@pytest.mark.parametrize(
    "date",
    [
        "2023年5月9日印发，",
        "2023年6月30日，",
        "截至2022年12月31日，",
        "本方案有效期至2027年12月31日，",
        "自2021年1月1日至2025年12月31日，",
        "本办法自2027年7月1日起施行，",
    ],
)
def test_days_that_set_no_deadline(date, issued):
    assert extract_text(f"{date}{GOAL}。", issued=issued) == []


def test_a_rule_that_sets_in_on_a_day():
    text = "自2027年7月1日起，新建建筑全部执行绿色建筑标准。"
    assert horizon(text) == [("全部执行", 2027)]


def test_a_date_inside_the_clause_and_a_second_one_that_inherits_the_subject():
    assert horizon("天然气消费占比2025年达到9%，2030年提高到12%，2035年进一步提高。") == [
        ("9%", 2025),
        ("12%", 2030),
        ("进一步提高", 2035),
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (f"{GOAL}（2027年），森林覆盖率达到65%(到2030年)。", [("30%", 2027), ("65%", 2030)]),
        (
            "2028年使用率提升至55%；都市林新增120公頃，2030年達成。",
            [("55%", 2028), ("120公頃", 2030)],
        ),
        (f"到2025年，{GOAL}，2030年，森林覆盖率达到65%。", [("30%", 2025), ("65%", 2030)]),
        (f"第一阶段（2023—2025年）：{GOAL}。", [("30%", 2025)]),
        (
            "太陽光電累計設置容量114年底達800MW，119年達1,500MW。",
            [("800MW", 2025), ("1,500MW", 2030)],
        ),
        (f"到2025年，{GOAL}，其后再提升至50%以上。", [("30%", 2025), ("50%", None)]),
    ],
)
def test_dates_behind_their_goal_in_brackets_or_in_other_calendars(text, rows):
    assert horizon(text) == rows


def test_all_in_a_year_is_no_mean_of_years():
    assert {r[3] for r in years("风电、光伏利用率2025年均超过97%。")} == {None}
    assert years("到2025年，铁水联运量年均增长15%。") == [("15%", 2025, None, "annual")]


def test_the_level_of_another_year_is_a_baseline_or_a_fact():
    assert years("光伏装机由2021年的45万千瓦增加到2025年的120万千瓦、2030年的260万千瓦。") == [
        ("120万千瓦", 2025, 2021, None),
        ("260万千瓦", 2030, None, None),
    ]
    assert years("私家車電動化比例由2019年的6.3%升至2023年的65%。") == []


def test_year_lists_pair_with_their_values():
    text = (
        "到2025年、2030年，风电、光伏装机容量分别达到150万千瓦、400万千瓦和260万千瓦、720万千瓦。"
    )
    assert horizon(text) == [
        ("150万千瓦", 2025),
        ("400万千瓦", 2025),
        ("260万千瓦", 2030),
        ("720万千瓦", 2030),
    ]
    assert horizon("到2025、2030年，绿电消费比例分别达到20%和35%。") == [
        ("20%", 2025),
        ("35%", 2030),
    ]


def test_a_horizon_reaches_over_semicolons_and_sentences_that_go_on_with_the_goals():
    text = (
        "（三）主要目标\n到2025年，产业结构明显优化，支撑碳达峰的政策框架基本建立。"
        "单位地区生产总值能耗比2020年下降14.5%；非化石能源消费比重达到18%。森林覆盖率达到42%。"
    )
    assert years(text) == [
        ("14.5%", 2025, 2020, None),
        ("18%", 2025, None, None),
        ("42%", 2025, None, None),
    ]


def test_a_new_task_or_paragraph_ends_it_and_a_clause_before_the_date_has_none():
    text = (
        "到2025年，城市生活垃圾资源化利用率达到60%。完善分类投放体系，推进飞灰安全处置。"
        "新建住宅小区生活垃圾分类设施配套率不低于95%。\n"
        "旧区改建项目绿地率不低于25%，到2030年，公共充电桩达到500个。"
    )
    assert horizon(text) == [("60%", 2025), ("95%", None), ("25%", None), ("500个", 2030)]


def test_several_horizons_in_one_paragraph():
    text = (
        "到2030年，非化石能源消费比重达到25%。到2035年，非化石能源消费比重提高到38%。"
        "到2060年，非化石能源消费比重达到80%以上。"
    )
    assert horizon(text) == [("25%", 2030), ("38%", 2035), ("80%", 2060)]


@pytest.mark.parametrize(
    ("words", "baseline"),
    [
        ("比2020年下降14%", 2020),
        ("较2005年下降14%", 2005),
        ("与2015年相比下降14%", 2015),
        ("在2020年基础上降低14%", 2020),
        ("在2020年的基础上降低14%", 2020),
        ("由2005年水平减少14%", 2005),
        ("下降14%", None),
    ],
)
def test_baselines(words, baseline):
    assert years(f"到2030年，单位地区生产总值二氧化碳排放{words}。") == [
        ("14%", 2030, baseline, None)
    ]


def test_a_base_year_in_front_of_a_list_holds_for_all_of_it():
    text = "到2030年，以2020年为基准，公共机构单位建筑面积碳排放降低12%、人均综合能耗降低10%。"
    assert [(v, y, b) for v, y, b, _ in years(text)] == [("12%", 2030, 2020), ("10%", 2030, 2020)]


def test_past_figures_in_front_of_a_goal_are_not_goals():
    text = (
        "2020年，全市非化石能源消费比重为15%。到2025年，非化石能源消费比重由2020年的15%提高到20%。"
    )
    assert years(text) == [("20%", 2025, 2020, None)]


def test_annual_flows_and_growth():
    text = "“十四五”期间，节能环保产业产值年均增长12%以上，每年完成营造林15万亩。"
    assert years(text) == [("12%", 2025, None, "annual"), ("15万亩", 2025, None, "annual")]


@pytest.mark.parametrize(
    ("text", "year", "comparator"),
    [
        ("确保全市二氧化碳排放2030年前达到峰值。", 2030, "<="),
        ("全市工业领域碳排放力争2029年左右达峰。", 2029, "~"),
        ("到2028年，全区二氧化碳排放总量达到峰值。", 2028, "="),
        ("力爭2030年前實現碳達峰。", 2030, "<="),
    ],
)
def test_peaks_take_the_year_as_their_value(text, year, comparator):
    (row,) = extract(text).to_dict("records")
    assert (row["kind"], row["value"], row["unit"]) == ("peak", year, "year")
    assert row["comparator"] == comparator and row["target_year"] == year
    assert row["value_text"] == f"{year}年"


@pytest.mark.parametrize(
    "text",
    [
        "力争有色金属、化工等行业尽早达峰。",
        "落实《2030年前碳达峰行动方案》（国发〔2021〕23号）精神，做好碳达峰工作。",
        "本方案自2022年12月1日起施行，有效期至2030年12月31日。",
        "到2060年，如期实现碳中和目标。",
        "香港的碳排放量在2014年達到峰值，人均碳排放由6.2公噸降至2021年的約4.7公噸。",
    ],
)
def test_years_that_set_no_target(text):
    assert years(text) == []


def test_strive_before_the_list_governs_it_and_inside_a_clause_only_that_clause():
    def effort(text):
        return extract(text)["effort"].tolist()

    assert effort("力争到2027年，绿电消费比例达到80%，公共充电桩达到600个。") == [
        "strive",
        "strive",
    ]
    assert effort("到2027年，绿电消费比例力争达到80%，公共充电桩达到600个。") == ["strive", "firm"]
    assert effort("到2027年，确保绿电消费比例达到80%，力争公共充电桩达到600个。") == [
        "firm",
        "strive",
    ]


def test_base_and_stretch_of_one_indicator():
    frame = extract("到2025年，非化石能源消费比重达到19%以上、力争达到20.5%。")
    assert frame["tier"].tolist() == ["base", "stretch"]
    assert frame["effort"].tolist() == ["firm", "strive"]
    assert frame["indicator_text"].nunique() == 1


def test_a_list_without_marks_ends_where_another_part_of_the_plan_begins():
    text = "到2027年，主要目标如下：\n{GOAL}。\n重点任务\n新建数据中心绿电使用比例不低于50%。"
    assert horizon(text.replace("{GOAL}", GOAL)) == [("30%", 2027), ("50%", None)]


LIST = "到2027年，主要目标如下：\n——绿电占比达到30%。\n——充电桩达到600个。\n——换电站达到9座。"


@pytest.mark.parametrize(
    "words",
    ["加强组织领导，落实工作责任。", "到2030年，全区换电站达到12座。", "换电站不少于12座。"],
)
@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_paragraph_between_the_items_of_a_list_ends_it_for_none_of_them(words, line):
    lines = LIST.split("\n")
    text = "\n".join([*lines[:line], words, *lines[line:]])
    own = range(text.index(words), text.index(words) + len(words))
    assert {r.target_year for r in extract_text(text) if r.start not in own} == {2027}


def rules_at(example: str) -> list[str]:
    text, start, _ = marked(example)
    return [level.rule for level in frame_at(text, start)]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_of_the_frame_decides_its_example_and_leaves_its_near_miss(rule: Rule):
    assert rule.id in rules_at(rule.taken)
    assert rule.id not in rules_at(rule.left)


def test_the_frame_at_a_place_shows_every_level_and_where_its_date_stands():
    text = "（一）2025年目标\n力争实现以下指标：\n——与2020年相比，能耗下降12%。\n——2024年底前，水耗下降5%。"
    frame = frame_at(text, text.index("12%"))
    assert [(x.of, x.years, text[x.start : x.end], x.strive) for x in frame] == [
        ("heading", (2025,), "2025年", False),
        ("list", (2025,), "2025年", True),
    ]
    assert [x.years for x in frame_at(text, text.index("5%"))] == [(2025,), (2025,), (2024,)]
    assert frame_at(text, len(text) + 5) == []
