"""Clean text and its map back, headings, paragraphs, sentences, and lines that PDF text wraps."""

from __future__ import annotations

from itertools import pairwise

import pytest

from compare import extract
from compare.extraction.assembly import extract_text
from compare.extraction.layout import heading_rules
from compare.extraction.layout.heading_rules import LOOKS_BACK
from compare.extraction.layout.normalise import clean, to_simplified
from compare.extraction.layout.segment import paragraphs, sentences
from compare.extraction.row.extracted_target import EXTRA, FIELDS

PLAN = """某某市碳达峰实施方案
一、总体要求
(一)指导思想。坚持先立后破,确保全市2030年前实现碳达峰。
二、重点任务
(一)能源绿色低碳转型行动
1.大力发展新能源。坚持集中式与分布式并举,统筹推进基地建设。到2025年,光伏发电装机达到320万千瓦。(市发改委牵头,市林业局配合)
2.有序发展氢能。到2025年,建成加氢站8座以上。
三、保障措施
加强统筹协调。各县市区要压实责任。
"""


def test_every_clean_character_maps_to_the_raw_one_it_stands_for():
    raw = "到 ２０２５ 年 ，\r\n非化石能源消費\n占比達到 18 ％ 。\n\n二、重點任務\n"
    text = clean(raw)
    assert "到2025年" in text.text and "消费占比达到18%" in text.text
    simple = to_simplified(raw)
    for at, c in enumerate(text.text):
        own = simple[text.raw(at)]
        assert own == c or ord(own) - 0xFEE0 == ord(c), (at, c, own)
    at = text.text.index("18%")
    assert raw[text.raw(at) : text.raw_end(at + 3)] == "18 ％"


def test_to_simplified_never_changes_the_length():
    for text in (
        "單位地區生產總值能耗",
        "再生能源裝置容量達650百萬瓦",
        "干净乾隆后面後面",
        "𠮷野家麼麽",
    ):
        assert len(to_simplified(text)) == len(text)
    assert to_simplified("裝置容量達標") == "装置容量达标"


def test_headings_above_a_target_are_its_section():
    sections = dict(zip(*(extract_frame(PLAN)[c] for c in ("value_text", "section")), strict=True))
    assert sections["2030年"].startswith("一、总体要求")
    for value, last in (("320万千瓦", "1.大力发展新能源"), ("8座", "2.有序发展氢能")):
        path = sections[value].split(" › ")
        assert path == ["二、重点任务", "(一)能源绿色低碳转型行动", last]


def extract_frame(text: str) -> dict:
    rows = extract_text(text)
    return {name: [getattr(r, name) for r in rows] for name in FIELDS + EXTRA}


@pytest.mark.parametrize("rule", heading_rules.LINES, ids=lambda r: r.id)
def test_a_numbered_line_that_says_what_is_to_be_reached_is_no_heading(rule):
    for text, says in ((rule.taken, True), (rule.left, False)):
        whole = clean(text).text
        title = whole.split("\n")[1]
        found = paragraphs(whole)
        assert not says or any(whole[p.start : p.end] == title for p in found)
        assert any(title in p.headings for p in found) != says
        assert (heading_rules.line_says(heading_rules.without_number(title)) == rule.id) == says


@pytest.mark.parametrize("rule", heading_rules.PAST, ids=lambda r: r.id)
def test_which_headings_look_back(rule):
    taken, left = (clean(t).text for t in (rule.taken, rule.left))
    assert heading_rules.looks_back(taken) == (rule.decision.disposition == LOOKS_BACK)
    assert heading_rules.looks_back(left) != heading_rules.looks_back(taken)


HEADINGS = """第一章 总体要求
第一节 发展基础
1.1 能源
（一）现状
1.成效
森林覆盖率为60%。
（1）问题
略。
（二）巩固现有成效
主要目标
到2030年，森林覆盖率达到65%。
1.2 新型能源
扩大规模。
二、2026年新增光伏装机300万千瓦
加快建设。
第二节 目标
到2027年，绿电占比达到30%。
"""


def test_a_heading_ends_those_of_its_level_and_below():
    text = clean(HEADINGS).text
    path = {text[p.start : p.end]: p.headings for p in paragraphs(text)}
    assert path["森林覆盖率为60%。"] == (
        *("第一章总体要求", "第一节发展基础", "1.1能源", "(一)现状", "1.成效"),
    )
    assert path["略。"][-2:] == ("1.成效", "(1)问题")
    goal = next(v for k, v in path.items() if k.startswith("到2030年"))
    assert goal == ("第一章总体要求", "第一节发展基础", "1.1能源", "(二)巩固现有成效", "主要目标")
    assert path["扩大规模。"] == ("第一章总体要求", "第一节发展基础", "1.2新型能源")
    said = next(v for k, v in path.items() if k.startswith("二、2026年"))
    assert said == path["加快建设。"] == ("第一章总体要求", "第一节发展基础")
    assert path["到2027年,绿电占比达到30%。"] == ("第一章总体要求", "第二节目标")


def test_a_title_without_a_number_ends_what_looks_back():
    text = clean("一、发展基础\n略。\n主要目标\n绿电占比不低于30%。\n二、任务\n略。").text
    assert [p.headings for p in paragraphs(text)] == [
        ("一、发展基础",), ("主要目标",), ("主要目标",), ("二、任务",),
    ]  # fmt: skip
    values = [r.value_text for r in extract_text(text)]
    assert values == ["30%"]


MARKS = (
    "①",
    "⑴",
    "(1)",
    "（一）",
    "㈠",
    "1)",
    "1.",
    "⒈",
    "1、",
    "a)",
    "❶",
    "㊀",
    "●",
    "♦",
    "\uf0b7",
    "——",
    "一是",
)


@pytest.mark.parametrize("mark", MARKS)
def test_the_mark_of_an_item_belongs_to_no_name(mark):
    text = f"到2027年，实现以下目标：\n{mark}森林覆盖率达到60%\n{mark}绿色工厂达到20家\n"
    rows = extract_text(text)
    assert [(r.indicator_text, r.target_year) for r in rows] == [
        ("森林覆盖率", 2027),
        ("绿色工厂", 2027),
    ]


def test_evidence_is_the_sentence_as_it_stands_in_the_raw_text():
    for row in extract_text(PLAN):
        a = row.evidence_start
        assert PLAN[a : a + len(row.evidence)] == row.evidence
        assert a <= row.start and row.end <= a + len(row.evidence)
        assert "\n" not in row.evidence.strip()


def test_sentences_of_a_paragraph_cover_it_without_overlap():
    text = clean(PLAN).text
    for p in paragraphs(text):
        spans = sentences(text, p)
        assert spans[0][0] == p.body and spans[-1][1] == p.end
        assert all(a[1] == b[0] for a, b in pairwise(spans))


def test_agencies_of_the_closing_bracket_belong_to_its_paragraph_only():
    rows = {r.value_text: r for r in extract_text(PLAN)}
    assert rows["320万千瓦"].lead_agencies == ("市发改委",)
    assert rows["320万千瓦"].support_agencies == ("市林业局",)
    assert rows["8座"].lead_agencies is None and rows["8座"].support_agencies is None


AGENCIES = [
    ("(牵头单位:甲局,责任单位:乙局、丙委等)", ("甲局",), ("乙局", "丙委")),
    ("(甲局、乙委牵头,丙局、丁局等按职责分工负责)", ("甲局", "乙委"), ("丙局", "丁局")),
    ("(甲局牵头、乙局配合)", ("甲局",), ("乙局",)),
    ("(甲局、乙局按照职能分工负责)", None, ("甲局", "乙局")),
    ("(甲局负责)", None, ("甲局",)),
    ("(甲部〈乙中心、丙校〉、丁局按职责分工负责)", None, ("甲部〈乙中心、丙校〉", "丁局")),
    ("（市商務局牽頭，市能源局等按職責分工負責）。", ("市商務局",), ("市能源局",)),
    ("(其中:公共充电桩300个)", None, None),
    ("(强化责任落实)", None, None),
    ("（责任单位：甲局牵头，乙委、丙局等按职责分工负责）", ("甲局",), ("乙委", "丙局")),
    ("（牵头单位：甲委；配合单位：乙局、各县〔市、区〕人民政府）", ("甲委",), ("乙局", "各县〔市、区〕人民政府")),
    ("（甲委牵头负责，乙局、各县（市、区）政府配合）", ("甲委",), ("乙局", "各县（市、区）政府")),
    ("（责任部门：甲局、乙局）", None, ("甲局", "乙局")),
    ("（主办：甲局；协办：乙局、丙局）", ("甲局",), ("乙局", "丙局")),
    ("（责任单位：甲局；配合单位：乙局）", ("甲局",), ("乙局",)),
    ("（甲局负责，乙局配合）", ("甲局",), ("乙局",)),
    ("（甲委会同乙局负责）", ("甲委",), ("乙局",)),
    ("（由甲委牵头，乙局等有关部门参加）", ("甲委",), ("乙局",)),
    ("（甲委、乙局按职责分工牵头，丙厅等参与）", ("甲委", "乙局"), ("丙厅",)),
    ("【责任单位：甲局、乙委】", None, ("甲局", "乙委")),
    ("（牵头单位：甲局；责任单位：乙局；完成时限：2025年12月底）", ("甲局",), ("乙局",)),
    ("（甲局、乙委，各县（市、区）人民政府、某某供电公司等按职责分工负责）", None, ("甲局", "乙委", "各县（市、区）人民政府", "某某供电公司")),
    ("\n责任单位：甲局、乙委", None, ("甲局", "乙委")),
    ("\n牵头单位：甲局。\n配合单位：乙局、丙局。", ("甲局",), ("乙局", "丙局")),
    ("\n（责任单位：甲局牵头，乙局配合）", ("甲局",), ("乙局",)),
]  # fmt: skip


@pytest.mark.parametrize(("words", "lead", "support"), AGENCIES)
def test_forms_of_agency_lists(words, lead, support):
    rows = extract_text(f"到2025年,建成充电站15座。推广绿色出行。{words}")
    row = next(r for r in rows if r.value_text == "15座")
    assert (row.lead_agencies, row.support_agencies) == (lead, support)


def test_agencies_answer_for_what_stands_before_them_or_below_their_heading():
    text = (
        "（一）交通\n到2025年，建成充电站15座（甲局牵头）。到2025年，建成加氢站6座（乙局负责）。\n"
        "（二）建筑（丙局牵头）\n到2025年，建成零碳园区3个。\n"
        "（三）林业\n到2025年，新增造林2万亩。\n推广竹产品。\n责任单位：丁局\n"
        "（四）其他\n到2025年，建成绿道9公里。\n"
    )
    named = {r.value_text: (r.lead_agencies, r.support_agencies) for r in extract_text(text)}
    assert named == {
        "15座": (("甲局",), None),
        "6座": (None, ("乙局",)),
        "3个": (("丙局",), None),
        "2万亩": (None, ("丁局",)),
        "9公里": (None, None),
    }


def test_lines_wrapped_in_the_middle_of_a_sentence_are_read_as_one():
    whole = (
        "(三)提高非化石能源占比。坚持集中式与分布式并举,充分利用工业厂房、党政机关、学校医院等建筑屋顶资源,有序推进试点。"
        "到2025年,全市光伏发电装机达到320万千瓦,风电装机达到85万千瓦,非化石能源消费占比达到18%左右。"
    )
    broken = "\n".join(whole[i : i + 26] for i in range(0, len(whole), 26))
    key = ["kind", "value", "unit", "comparator", "target_year", "indicator_text"]
    a, b = extract(whole), extract(broken)
    assert len(a) == 3
    assert a[key].to_dict("records") == b[key].to_dict("records")
    for row in b.to_dict("records"):
        assert broken[row["start"] : row["end"]] == row["value_text"]


def test_short_lines_of_their_own_stay_apart():
    text = "主要指标\n2025年:光伏装机300万千瓦\n森林覆盖率达到60%\n2030年:光伏装机520万千瓦\n"
    found = {r.value_text: r.target_year for r in extract_text(text)}
    assert found["300万千瓦"] == 2025 and found["520万千瓦"] == 2030
