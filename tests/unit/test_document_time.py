"""What is past and what is ahead follows from the document, in whatever years it was written."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
from conftest import ROOT

from compare.base.workspace import raw_dir
from compare.evaluation import labels
from compare.extraction.assembly import extract_text
from compare.extraction.dates import issue_day
from compare.extraction.dates.document_time import document_time
from compare.extraction.dates.year_mentions import KINDS, time_rule_at
from compare.extraction.layout.normalise import clean
from compare.extraction.row.extracted_target import ExtractedTarget
from compare.extraction.rules import Rule, marked
from compare.intake.source import read_source
from compare.vocabulary import five_year_plans

GENRE = ROOT / "data" / "labels" / "genre"
FILES = ("forms", "unseen", "further", "provinces", "counties", "nationwide", "regions", "horizons")
SHIFTS = (-10, -5, 5, 10, 15)
# four digits that stand for a year, whatever the calendar sign behind them: wrapped lines and lists too
YEAR = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:19|20)\d\d(?!\d|[.,]\d|\s*(?:[万亿千百萬億]|[A-Za-z%吨噸家个座辆台户公米平亩元人处项套件元]))"
)
PLAN = re.compile("十[一二三四五六七八九]五")
# another calendar, or years in words that a shift of digits does not reach
NOT_SHIFTED = re.compile(
    "民[国國]|二[〇○零O]|[一二]十年代|20\\d\\d年代|(?<!\\d)1[01]\\d年|[０-９]{4}|20\\d\\d[-/]\\d\\d(?:财政)?年度"
)


def shifted(text: str, by: int) -> str:
    """All years of a text, and its five-year plans, moved by some years; the length stays."""

    def plan(m: re.Match) -> str:
        return five_year_plans.name_of(five_year_plans.end_year(m[0]) + by) or m[0]

    return PLAN.sub(plan, YEAR.sub(lambda m: str(int(m[0]) + by), text))


def can_shift(text: str, by: int) -> bool:
    """Whether every year of the text is one that `shifted` moves, to a plan named as long as before."""
    plans = [five_year_plans.name_of(five_year_plans.end_year(p) + by) for p in PLAN.findall(text)]
    return not NOT_SHIFTED.search(text) and all(p and PLAN.fullmatch(p) for p in plans)


def essence(row: ExtractedTarget, by: int) -> tuple:
    move = lambda year: year and year + by  # noqa: E731
    value = row.value + by if row.kind == "peak" else row.value
    return (
        row.start, row.kind, value, row.unit, row.comparator, row.tier,
        move(row.target_year), move(row.baseline_year),
    )  # fmt: skip


def compare(text: str, by: int, issued: int | None = None, span=(None, None)) -> tuple:
    before = Counter(essence(r, by) for r in extract_text(text, *span, issued=issued))
    later = extract_text(shifted(text, by), *span, issued=issued and issued + by)
    after = Counter(essence(r, 0) for r in later)
    return before - after, after - before


@pytest.mark.parametrize("by", SHIFTS)
@pytest.mark.parametrize("doc", ["guizhou", "huzhou", "ruijin", "shiyan", "yuhua"])
def test_a_plan_of_other_years_gives_the_same_rows(doc, by):
    source = read_source(raw_dir() / doc)
    if not can_shift(source.text, by):
        pytest.skip("its five-year plans have no name of the same length there")
    lost, added = compare(source.text, by, source.issued_year, (source.start, source.end))
    assert not lost and not added


@cache
def passages() -> tuple[tuple[str, str], ...]:
    return tuple(
        (case["id"], case["text"])
        for name in FILES
        for case in labels.read_jsonl(GENRE / f"{name}.jsonl")
    )


@pytest.mark.parametrize(
    "by", [10, *(pytest.param(by, marks=pytest.mark.slow) for by in SHIFTS if by != 10)]
)
def test_labelled_passages_of_other_years_give_the_same_rows(by):
    taken = [(name, text) for name, text in passages() if can_shift(text, by)]
    assert len(taken) > len(passages()) / 2
    wrong = {}
    for name, text in taken:
        lost, added = compare(text, by)
        if lost or added:
            wrong[name] = (sorted(lost, key=str)[:2], sorted(added, key=str)[:2])
    assert not wrong


@pytest.mark.parametrize(
    ("text", "year", "basis"),
    [
        ("某市碳达峰实施方案\n2012年5月9日\n到2015年,全市绿电占比达到30%。", 2012, "text"),
        ("本方案自2041年3月1日起施行。到2045年,绿电占比达到30%。", 2041, "text"),
        ("截至2023年底,绿电占比已达20%。到2025年,达到30%。", 2023, "years"),
        ("到2025年,单位地区生产总值能耗较2020年下降14%。", 2023, "years"),
        ("到2015年,单位地区生产总值能耗较2010年下降14%。", 2013, "years"),
        ("森林覆盖率不低于60%。", 0, "none"),
    ],
)
def test_the_year_of_a_document(text, year, basis):
    found = document_time(text)
    assert (found.year, found.basis) == (year, basis)


DEADLINES = [
    "各区于2026年3月31日报送总结。",
    "各区于2026年3月31日前报送总结。",
    "各区于2026年3月31日之前发布总结。",
    "各地应在2028年12月31日前通过验收",
    "请于2026年3月31日前将落实情况公布。",
    "有效期至2028年12月31日",
    "试点期限:2024年1月1日至2028年12月31日",
    "截至2026年3月31日",
    "拟于2027年6月30日公布评估结果。",
]


@pytest.mark.parametrize("line", DEADLINES)
@pytest.mark.parametrize("doc", ["guizhou", "huzhou", "ruijin", "shiyan", "yuhua"])
def test_a_day_on_which_something_is_due_is_no_date_of_issue(doc, line):
    source = read_source(raw_dir() / doc)
    plan = source.text[source.start : source.end]
    line = "\n" + line
    before = Counter(essence(r, 0) for r in extract_text(plan, 0, len(plan)))
    with_line = extract_text(plan + line, 0, len(plan + line))
    assert Counter(essence(r, 0) for r in with_line) == before


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        # a bare year tells nothing of the time: the row is kept, with a reason to look
        ("磷石膏综合利用率2022年达到50%。", ["issue_year_unknown"]),
        ("磷石膏综合利用率2022年达到50%，2025年达到75%。", ["issue_year_unknown", ""]),
        # these say how things stood
        ("2022年，磷石膏综合利用率为50%。", []),
        ("2022年，磷石膏综合利用率达到50%，创历史新高。", []),
        ("2021年被评为省级示范区，绿色民宿达到163家。", []),
    ],
)
def test_a_year_that_may_be_a_fact_is_kept_with_a_reason(text, reasons):
    assert [",".join(r.review_reasons) for r in extract_text(text)] == reasons


def test_a_date_from_outside_counts_before_what_the_text_tells():
    assert document_time("2012年5月9日\n到2015年,达到30%。", issued=2013).year == 2013


@pytest.mark.parametrize(("issued", "goal"), [(2012, 2015), (2023, 2025), (2041, 2045)])
def test_plans_of_any_time_are_read(issued, goal):
    text = f"{issued - 2}年,非化石能源消费占比为14%。到{goal}年,非化石能源消费占比达到20%左右。"
    rows = extract_text(text, issued=issued)
    assert [(r.value, r.target_year) for r in rows] == [(20, goal)]


@pytest.mark.parametrize("rule", issue_day.RULES, ids=lambda r: r.id)
def test_a_rule_of_days_decides_its_example_and_leaves_its_near_miss(rule: Rule):
    def decided(example: str) -> str | None:
        text, start, end = marked(clean(example).text)
        found = issue_day.decide(text, start, end)
        return found and found.reason

    assert decided(rule.taken) == rule.id
    assert decided(rule.left) != rule.id


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("某市人民政府\n二〇二三年五月九日", 2023),
        ("（2016年5月9日印发）", 2016),
        ("2021年10月24日，国务院印发《2030年前碳达峰行动方案》。", None),
        ("各区于2026年3月31日前报送。\n某市人民政府办公室2019年5月9日", 2019),
        ("本办法自2020年1月1日起施行，有效期至2024年12月31日。", 2020),
        ("公示时间：2024年4月15日-4月23日", None),
    ],
)
def test_the_day_of_issue(text, year):
    assert issue_day.year_of_issue(clean(text).text) == year


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("发布时间：2018-05-12 来源：市政府", 2018),
        ("2018-05-12 09:30 来源：市政府", 2018),
        ("成文日期：2018年5月12日", 2018),
        ("公示时间：2018年4月15日-4月23日", None),
        ("会议时间：2018-05-12", None),
    ],
)
def test_the_day_on_which_a_page_shows_a_document_counts_where_it_fits(head, year):
    goal = "到2020年，绿电比例达到30%。"
    found = document_time(clean(f"{head}\n{goal}").text)
    assert (found.year if found.known else None) == year
    later = document_time(clean(f"{head.replace('2018', '2026')}\n{goal}").text)
    assert not later.known


@pytest.mark.parametrize("rule", KINDS, ids=lambda r: r.id)
def test_a_rule_of_the_time_decides_its_example_and_leaves_its_near_miss(rule: Rule):
    def rule_at(example: str) -> str | None:
        text, start, _ = marked(clean(example).text)
        return time_rule_at(text, start)

    assert rule_at(rule.taken) == rule.id
    assert rule_at(rule.left) not in (rule.id, None)


@pytest.mark.parametrize(
    ("text", "told", "this_year"),
    [
        ("某市“十五五”循环经济规划\n2026年，占比达到30%。", 2025, None),
        ("某市低碳发展行动计划(2024—2027年)\n到2027年，占比达到30%。", 2023, None),
        ("某市2026年节能工作要点\n占比达到30%。", 2025, 2026),
        ("某市“十四五”规划\n截至2023年底，占比已达30%。到2025年，占比达到40%。", 2023, None),
        ("某市行动计划(2021—2025年)\n2024年5月9日印发\n到2025年，占比达到40%。", 2024, 2024),
    ],
)
def test_a_title_tells_which_period_is_not_over(text, told, this_year):
    found = document_time(text)
    assert (found.told, found.this_year) == (told, this_year)
