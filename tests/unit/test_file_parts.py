"""A file may hold several plans; only what is known to be a site's is set aside, and each part says why."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from conftest import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.base.workspace import raw_dir
from compare.extraction.assembly import extract_text
from compare.extraction.ledger.entries import figures_of
from compare.intake.file_parts import file_parts
from compare.intake.source import Source, read_source

PLANS = ("guizhou", "huzhou", "ruijin", "shiyan", "yuhua")
PLAN = "涟山市碳达峰实施方案\n一、主要目标\n到2025年，全市非化石能源消费比重达到18%。\n"
LEAD = "近日，涟山市人民政府印发《涟山市碳达峰实施方案》，提出到2025年全市非化石能源消费比重达到18%。\n"


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return {doc: read_source(raw_dir() / doc) for doc in PLANS}


def kinds(text: str) -> list[tuple[str, str]]:
    return [(part.kind, text[part.start : part.end]) for part in file_parts(text)]


def rows(text: str) -> list[tuple]:
    return [
        (r.start, r.end, r.indicator_text, r.kind, r.value, r.target_year, r.effort)
        for r in extract_text(text)
    ]


def moved(found: list[tuple], by: int) -> list[tuple]:
    return [(start + by, end + by, *rest) for start, end, *rest in found]


# ---------------------------------------------------------------- several plans in one file
@pytest.mark.parametrize(("first", "second"), [*permutations(PLANS, 2)])
def test_two_plans_in_one_file_keep_the_rows_of_both(sources, first, second):
    a, b = sources[first].text, sources[second].text
    assert rows(a + "\n" + b) == rows(a) + moved(rows(b), len(a) + 1)


def test_five_plans_in_one_file_keep_all_their_rows(sources):
    found, text = [], ""
    for doc in PLANS:
        found += moved(rows(sources[doc].text), len(text))
        text += sources[doc].text + "\n"
    assert rows(text) == found


@pytest.mark.parametrize(
    "second",
    [
        "清江县人民政府\n关于印发清江县碳达峰实施方案的通知\n各乡镇人民政府：\n现印发给你们，请认真贯彻执行。\n2018年5月9日\n清江县碳达峰实施方案\n一、目标\n到2020年，全县森林覆盖率达到50%。",
        "各县市区人民政府：\n《清江市碳达峰实施方案》已经市政府同意，现印发给你们。\n2018年5月9日\n清江市碳达峰实施方案\n一、目标\n到2020年，全市森林覆盖率达到50%。",
        "能源网获悉，5月10日，清江市发布碳达峰实施方案。\n原文如下：\n清江市碳达峰实施方案\n（2018年5月9日印发）\n一、目标\n到2020年，全市森林覆盖率达到50%。",
    ],
)
def test_each_plan_of_a_file_has_a_date_of_issue_of_its_own(second):
    first = PLAN + "二、组织实施\n加强领导。\n涟山市人民政府\n2023年8月1日\n"
    found = [(r.value, r.target_year) for r in extract_text(first + second)]
    assert found == [(18, 2025), (50, 2020)]


def test_what_a_page_says_of_the_day_counts_for_the_plan_behind_it():
    page = "来源：市政府 发布时间：2024-05-12\n近日，涟山市印发碳达峰实施方案。\n全文如下：\n"
    plan = "涟山市碳达峰实施方案\n一、任务\n2023年，全市绿电比例达到20%。到2025年，全市绿电比例达到30%。\n"
    assert [r.value for r in extract_text(page + plan)] == [30]
    assert [r.value for r in extract_text(page.replace("2024", "2022") + plan)] == [20, 30]


# ---------------------------------------------------------------- nothing of a plan is cut
FURNITURE = [
    "来源：市发展改革委 编辑：某某",
    "责任编辑：某某",
    "相关阅读：",
    "上一篇：某地印发方案",
    "扫一扫支付低碳积分。",
    "点击查看全文",
    "【打印】",
    "特别声明：本网转载其他网站内容，仅供参考。",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_a_site_inside_a_plan_cuts_nothing(line):
    before, after = (
        "涟山市碳达峰实施方案\n一、目标\n到2025年，全市森林覆盖率达到60%。\n",
        "二、任务\n到2025年，全市新建充电桩500个。\n",
    )
    assert len(rows(before + line + "\n" + after)) == 2
    body = "到2025年，森林覆盖率达到60%。\n{}\n到2030年，森林覆盖率达到62%。"
    assert len(rows(body.format(line))) == 2


@pytest.mark.parametrize("doc", PLANS)
@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_a_site_anywhere_in_a_plan_changes_no_row(sources, doc, line):
    source = sources[doc]
    text = source.text[source.start : source.end]
    ends = [i for i, c in enumerate(text) if c == "\n" and text[i - 1] in "。)"]
    for at in ends[len(ends) // 5 :: max(1, len(ends) // 4)]:
        with_line = text[:at] + "\n" + line + text[at:]
        shift = len(line) + 1
        expected = [r if r[0] < at else moved([r], shift)[0] for r in rows(text)]
        assert rows(with_line) == expected


@pytest.mark.parametrize(
    "text",
    [
        "到2025年，森林覆盖率达到60%。\n点击查看全文\n一、任务\n略。",
        "1.目标\n到2025年，森林覆盖率达到60%。\n重点工程计划\n一、工程\n略。",
        "一、目标\n到2025年，森林覆盖率达到60%。\n雨山区绿色建筑行动计划\n按年度推进。\n",
        "扫一扫乘车。到2025年，森林覆盖率达到60%。",
        "一、目标\n略。\n来源：统计局\n到2025年，森林覆盖率达到60%。",
        "一、目标\n略。\n2025年12月31日前，市林业局公布成果，森林覆盖率达到60%。",
        "一、目标\n略。\n责任编辑：某某\n1.到2025年，森林覆盖率达到60%",
    ],
)
def test_what_looks_like_a_title_or_a_footer_loses_no_goal(text):
    assert [r.value for r in extract_text(text)] == [60]


# ---------------------------------------------------------------- what a site puts around a plan
@pytest.mark.parametrize(
    "before",
    [
        LEAD,
        LEAD + "全文如下：\n",
        "涟山市印发碳达峰实施方案\n来源：某某网 时间：2023-05-12\n" + LEAD,
        LEAD + "《方案》还提出，到2030年，全市非化石能源消费比重达到25%。\n",
        "某某网讯：近日，涟山市印发碳达峰实施方案，到2025年非化石能源消费比重达到18%。\n详情如下：\n",
        LEAD + "据介绍，到2030年，比重将达到25%。\n原文如下：\n",
        "《涟山市碳达峰实施方案》政策解读\n一、主要目标\n到2025年，全市非化石能源消费比重达到18%。\n",
    ],
)
def test_a_summary_before_the_own_text_of_a_plan_is_set_apart(before):
    assert kinds(before + PLAN) == [("summary", before), ("plan", PLAN)]
    assert [r.start for r in extract_text(before + PLAN)] == [len(before) + PLAN.index("18%")]


def test_what_a_page_shows_before_it_leads_to_the_text_is_set_apart():
    before = "到2025年，全市非化石能源消费比重达到18%。\n点击查看全文\n"
    assert kinds(before + PLAN) == [("preamble", before), ("plan", PLAN)]


@pytest.mark.parametrize(
    ("behind", "kind"),
    [
        ("责任编辑：某某\n", "footer"),
        ("来源：市政府网站\n扫一扫在手机打开当前页\n", "footer"),
        ("相关阅读：\n海州市：到2025年光伏装机达到200万千瓦\n", "footer"),
        ("记者从市发展改革委获悉，到2025年全市非化石能源消费比重达到18%。\n", "summary"),
        ("《涟山市碳达峰实施方案》政策解读\n一、目标\n到2030年，比重达到25%。\n", "summary"),
    ],
)
def test_what_stands_behind_a_plan_is_set_apart(behind, kind):
    assert kinds(PLAN + behind) == [("plan", PLAN), (kind, behind)]
    assert len(extract_text(PLAN + behind)) == 1


def test_news_about_the_plan_of_another_place_stands_for_that_plan():
    news = "近日，清江县印发《清江县节能行动方案》。《方案》提出，到2025年，全县绿电比例达到30%。\n"
    assert kinds(news + PLAN) == [("plan", news), ("plan", PLAN)]
    assert [r.value for r in extract_text(news + PLAN)] == [30, 18]
    assert [r.value for r in extract_text(PLAN + "二、任务\n略。\n" + news)] == [18, 30]


def test_a_letterhead_belongs_to_the_plan_below_it():
    head = "涟山市人民政府办公室文件\n涟政办发〔2023〕5号\n本件共三份\n"
    assert kinds(head + PLAN) == [("plan", head + PLAN)]


def test_text_that_is_wholly_about_a_plan_stands_for_it():
    assert kinds(LEAD) == [("plan", LEAD)]


@settings(max_examples=examples(150), deadline=None, derandomize=True)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [*FURNITURE, *PLAN.split("\n"), LEAD.strip(), "全文如下：", "2023年5月9日", "附件1"]
            ),
            st.text(st.characters(exclude_categories=()), max_size=8),
        ),
        max_size=14,
    )
)
def test_parts_cover_any_text_without_a_gap(lines):
    text = "\n".join(lines)
    parts = file_parts(text)
    assert parts[0].start == 0 and parts[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert any(part.kind == "plan" for part in parts) and all(part.reason for part in parts)


def test_what_lies_outside_the_anchors_of_a_source_is_one_entry_on_each_side():
    raw = "某某网 2024年\n" + PLAN + "编号 12345\n"
    start = raw.index(PLAN)
    found = figures_of(raw, start, start + len(PLAN))
    outside = [(e.text, e.reason) for e in found if e.disposition == "outside"]
    assert outside == [
        (raw[:start], "outside-the-anchors"),
        ("编号 12345\n", "outside-the-anchors"),
    ]
