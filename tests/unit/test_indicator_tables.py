"""Tables of indicators in plain text: any text, any damage; what is not read is said; nothing is quadratic."""

from __future__ import annotations

import random
from time import perf_counter

import pytest
from conftest import ROOT, examples
from extraction_contract import check
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from table_guises import GUISES, in_guise, made_results, made_table

from compare.evaluation.labels import read_jsonl
from compare.extraction.assembly import extract_text
from compare.extraction.layout.normalise import plain
from compare.extraction.ledger.entries import figures_of
from compare.extraction.tables.cell_values import read_cell
from compare.extraction.tables.cells import Source
from compare.extraction.tables.reading import find_tables
from compare.extraction.tables.roles import column_of
from compare.target_evidence.marks import head_of_table, is_row_of_table, marks, paragraph

CASES = read_jsonl(ROOT / "data" / "labels" / "genre" / "tables.jsonl")
SLACK = settings(
    max_examples=examples(120),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
PIECES = [
    *["指标", "单位", "属性", "2020年", "2025年", "2025年目标", "目标值", "基期值", "约束性", "预期性", "%", "万千瓦", "—", "〔13〕", "≥20", "20左右", "18—20"],
    *["完成省下达任务", "全覆盖", "持续下降", "森林覆盖率（%）", "单位GDP能耗降低", "县（市、区）", "序号", "1", "2", "注：", "表1", "单位：%"],
    *"|", "||", "\t", "\t\t", "\n", "\n\n", "  ", "　", "｜", "│", "|---|", "。", "，", "33。4", "①", "\ufffc",
]  # fmt: skip


def cell(words: str):
    return Source(words).cell(0, len(words))


@SLACK
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=80))
@example(["|"])
@example(["\t\n\t"])
@example(["指标", "\t", "2025年", "\n", "\ud800", "\t", "20"])
@example(["指标|2025年|属性\n", "森林覆盖率|", "9" * 400, "|约束性\n", "湿地保护率|20|约束性\n"])
@example(["\ufffc\n", "指标\t2020年\t2025年目标\n森林覆盖率\t1\t2\n湿地保护率\t3\t4\n", "\ufffc\n"])
def test_any_pieces_of_tables_keep_the_contract(parts):
    text = "".join(parts)
    check(text, extract_text(text))
    _each_digit_once(text)


def _each_digit_once(text: str) -> None:
    entries = figures_of(text)
    at = 0
    for e in entries:
        assert at <= e.start < e.end and text[e.start : e.end] == e.text
        assert not any(c.isdigit() for c in text[at : e.start])
        at = e.end
    assert not any(c.isdigit() for c in text[at:])


@SLACK
@given(st.integers(0, 10**9))
def test_damaged_tables_keep_the_contract(seed):
    rng = random.Random(seed)
    text = list(rng.choice(CASES)["text"])
    for _ in range(rng.randint(1, 25)):
        at = rng.randrange(len(text) + 1)
        if rng.random() < 0.5:
            del text[at : at + rng.randint(1, 5)]
        else:
            text[at:at] = rng.choice(PIECES)
    damaged = "".join(text)
    check(damaged, extract_text(damaged))
    _each_digit_once(damaged)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_every_digit_of_a_table_has_one_entry_and_every_row_its_own(case):
    _each_digit_once(case["text"])
    starts = {e.start for e in figures_of(case["text"]) if e.disposition == "target"}
    assert starts >= {r["start"] for r in case["rows"]}


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["form"].startswith("unreadable")], ids=lambda c: c["id"]
)
def test_a_table_that_cannot_be_read_is_one_entry_and_no_row(case):
    assert not extract_text(case["text"])
    entries = figures_of(case["text"])
    assert len(entries) == 1
    assert entries[0].disposition == "undecided" and entries[0].reason.startswith("table-not-read")


def test_text_around_a_table_reads_as_without_it():
    before = "三、主要目标\n到2025年，森林覆盖率达到46%。\n"
    behind = "四、重点任务\n到2025年，新增屋顶光伏10万千瓦。\n"

    def told(text: str) -> list[tuple]:
        rows = extract_text(text)
        return [(r.value_text, r.target_year, str(r.section).split(" › ")[-1]) for r in rows]

    alone = told(before + behind)
    for case in CASES:
        own = told(before + case["text"] + "\n" + behind)
        assert own[:1] == alone[:1], case["id"]
        assert own[-1:] == alone[-1:], case["id"]


def test_the_evidence_of_a_row_is_its_line_and_the_section_ends_with_the_title():
    text = "三、主要目标\n表1 主要指标\n指标\t2020年\t2025年\n森林覆盖率（%）\t45\t46\n湿地保护率（%）\t52\t55\n"
    first, second = extract_text(text)
    assert first.evidence == "森林覆盖率（%）\t45\t46"
    assert second.section == "三、主要目标 › 表1主要指标"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("≥20%", ("20%", 20, None, ">=")),
        ("18—20", ("18—20", 18, 20, "=")),
        ("〔13.5〕", ("13.5", 13.5, None, "=")),
        ("33。4", ("33。4", 33.4, None, "=")),
        ("1,250以上", ("1,250", 1250, None, ">=")),
        ("不低于5", ("5", 5, None, ">=")),
        ("控制在300以内", ("300", 300, None, "<=")),
        ("50（不含抽水蓄能）", ("50", 50, None, "=")),
        ("20①", ("20", 20, None, "=")),
    ],
)
def test_what_a_cell_says(words, said):
    found = read_cell(cell(plain(words).text))
    (figure,) = found.figures
    assert (words[figure.start : figure.end], figure.value, figure.value_max, figure.sign) == said


@pytest.mark.parametrize("words", ["4.6.1", "20≤25", "1/2/3", "〔13", "9" * 40, "20约束"])
def test_a_cell_that_is_not_understood_gives_no_figure(words):
    assert read_cell(cell(words)).kind == "unread"


def test_heads_say_which_part_a_column_plays():
    roles = {
        h: column_of(cell(h)).role
        for h in (
            "2025年",
            "2025年目标",
            "2020年实际",
            "属性",
            "全省2025年",
            "完成情况",
            "建设规模",
        )
    }
    assert roles == {
        "2025年": "bare", "2025年目标": "goal", "2020年实际": "base", "属性": "binding",
        "全省2025年": "reference", "完成情况": "result", "建设规模": "work",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["指标\n单位\n2020年\n", "指标 2020年 2025年 属性\nx\n", "a\tb\n", "a|b\n", "| 2020年\n", "一、总则\t1\n", "12\nx\n", "1 2 x "],
)  # fmt: skip
def test_time_is_linear_in_the_length(unit):
    took = []
    for size in (20_000, 160_000):
        text = plain(unit * (size // len(unit))).text
        runs = []
        for _ in range(2):
            begun = perf_counter()
            find_tables(text)
            runs.append(perf_counter() - begun)
        took.append(min(runs))
    assert took[1] < 32 * max(took[0], 0.05)  # 64 times where it were quadratic


def test_a_row_of_a_table_is_shown_below_the_head_that_dates_it():
    text = "三、主要目标\n表1 主要指标\n指标\t2020年\t2025年\n森林覆盖率（%）\t45\t46\n湿地保护率（%）\t52\t≥55\n四、任务\n"
    row = extract_text(text, with_spans=True)[1]
    low, high = paragraph(text, row.evidence_start, row.evidence_start + len(row.evidence))
    assert is_row_of_table(row.evidence)
    low = head_of_table(text, low, row.spans)
    assert text[low:high].startswith("指标\t2020年\t2025年\n")
    shown = [(text[low + m.start : low + m.end], m.role) for m in marks(row.spans, low, high)]
    assert shown == [
        ("2020年", "baseline"), ("2025年", "horizon"), ("湿地保护率", "indicator"), ("≥", "bound"), ("55", "value"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["到2025年，森林覆盖率\n达到46%。", "　　到2025年，森林覆盖率达到46%", "森林覆盖率46%"]
)
def test_a_sentence_is_no_row_of_a_table(words):
    assert not is_row_of_table(words)


def test_where_order_alone_tells_the_columns_a_row_says_so():
    table = "指标\t2021年\t2025年\t属性\n森林覆盖率（%）\t45\t46\t约束性\n湿地保护率（%）\t52\t55\t预期性\n"
    assert {r.review_reasons for r in extract_text(table)} == {("table_base_guessed",)}
    told = table.replace("2021年", "2021年实际")
    assert {r.review_reasons for r in extract_text(told)} == {()}


def test_a_year_of_the_plan_itself_that_sets_no_goals_is_a_guess():
    plan = "某市“十四五”生态规划\n表1 主要指标\n"
    head = "指标\t{}\t2030年展望\t属性\n"
    rows = "森林覆盖率（%）\t45\t46\t48\t约束性\n湿地保护率（%）\t52\t55\t60\t预期性\n"
    inside = extract_text(plan + head.format("2020年\t2025年") + rows)
    assert {r.review_reasons for r in inside if r.target_year == 2030} == {("table_base_guessed",)}
    before = extract_text(plan + head.format("2019年\t2020年") + rows)
    assert {r.review_reasons for r in before} == {()}


def test_a_row_of_a_table_without_unit_or_for_a_place_says_so():
    table = "指标\t单位\t2020年实际\t2025年目标\n{}\t{}\t45\t46\n湿地保护率\t%\t52\t55\n"
    for name, unit, reasons in (
        ("生态廊道长度", "公里", ()),
        ("生态廊道长度", "", ("table_no_unit",)),
        ("青江流域绿化率", "%", ("place_in_name",)),
        ("全市绿化率", "%", ()),
    ):
        row = extract_text(table.format(name, unit))[0]
        assert row.review_reasons == reasons, name


@pytest.mark.parametrize("guise", GUISES)
@pytest.mark.parametrize("pages", [False, True], ids=["one page", "two pages"])
def test_a_table_gives_the_same_rows_in_every_guise(guise, pages):
    for seed in range(examples(40)):
        made = made_table(random.Random(seed))
        text = in_guise(made, guise, pages)
        rows = extract_text(text)
        check(text, rows)
        found = [(r.indicator_text, r.target_year, r.value) for r in rows]
        assert sorted(found, key=str) == sorted(made.targets, key=str), (seed, text)


@pytest.mark.parametrize("guise", GUISES)
def test_a_table_of_results_gives_no_rows_in_any_guise(guise):
    for seed in range(examples(20)):
        text = in_guise(made_results(random.Random(seed)), guise)
        assert not extract_text(text), (seed, text)
