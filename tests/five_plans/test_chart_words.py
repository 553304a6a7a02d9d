"""Charts: what they say of the five plans."""

from chart_texts import words

from compare import charts
from compare.analysis import (
    alignment,
    ambition,
    indicator,
    region,
)


def test_nonfossil_share_says_what_the_plans_say():
    said = words(indicator.chart(indicator.read("nonfossil_share", lang="zh")))
    for expected in (
        *("超过27.4%", "约21%", "约20%，力争21.6%", "只有方向：提高", "方案未设此目标"),
        *("全国 ≈20%", "浙江 ≈24%", "长沙 ≥20%", "赣州 27.4%", "征求意见稿"),
    ):
        assert expected in said, expected


def test_what_a_title_says_holds_for_all_variants():
    one = indicator.chart(indicator.read("star_green_building_share", lang="zh"))
    assert "只有" not in one.title and "3种" in one.title
    several = indicator.chart(indicator.read("green_building_share", lang="zh"))
    assert several.title.startswith("口径A：")


def test_star_rated_shares_stand_in_panels_of_their_own():
    view = indicator.read("green_building_share", lang="zh")
    first = words(indicator.chart(view))
    assert "力争不低于95%" in first and first.count("100%") > 3
    assert "40%" not in first and "5%" not in first.replace("95%", "")
    other = next(c for c in indicator.related(view) if isinstance(c, charts.Chart))
    fields = [a for a in other.figure.axes if a.axison and a.get_xlabel()]
    assert "3种不同的量法" in other.title
    assert len(fields) == 3  # 湖州, 雨花 and 瑞金 measure three different things
    assert len({a.get_xlabel() for a in fields}) == 3
    assert words(other).count("不可与A直接比较") == 2


def test_implausible_figures_carry_a_dagger_in_every_chart():
    view = region.read("huzhou", lang="zh")
    flagged = sum(bool(t.flags) for t in view.targets if t.region_id == "huzhou")
    assert flagged and words(region.chart(view, "huzhou")).count("†") == flagged + 1  # and its note
    whole = [
        ambition.chart(ambition.read(lang="zh"))[0],
        alignment.chart(alignment.read(lang="zh")),
    ]
    for chart in whole:
        assert "†：" in words(chart) and words(chart).count("†") >= 3
