"""Notebooks: what their sentences and tables say of the five plans."""

from compare.analysis import explorer, indicator


def test_gaps_carry_their_bounds():
    view = indicator.read("nonfossil_share", lang="zh")
    said = str(indicator.gaps(view))
    assert "比全国目标（约20%）高，差距超过约7.4个百分点" in said
    assert "比江西自己的目标（18.3%）高，差距超过9.1个百分点" in said
    assert "比全国目标（约20%）高约1个百分点" in said


def test_things_are_counted_in_the_words_of_the_plans():
    assert "3,100辆" in str(indicator.table(indicator.read("nev_stock", lang="zh"))[0])
    assert "15座" in str(indicator.opening(indicator.read("hydrogen_stations", lang="zh")))


def test_the_explorer_says_gaps_as_the_reports_do():
    view = explorer.read([], ["nonfossil_share"], lang="en")
    shown = str(explorer.comparisons(view, interactive=False))
    assert "Jiangxi: >+9.1 pp" in shown and "≈2 / 3" in shown


def test_a_missing_gap_says_why():
    view = indicator.read("nonfossil_share", lang="en")
    table = indicator.table(view)[0]
    gaps = {(r[0].text, r[0].small[:4]): f"{r[2].text} | {r[2].small}" for r in table.rows}
    assert gaps["Shiyan", "2025"] == "Hubei: ≤≈+1 pp (as reported) | nation: ≈+1 pp"
    assert gaps["Guizhou", "2025"] == "nation: ≈0 | "
    assert gaps["Ruijin", "2025"] == "Ganzhou: >0 | Jiangxi: >+9.1 pp; nation: >≈+7.4 pp"
    assert gaps["Huzhou", "2025"].startswith("Zhejiang aims for ≈24% (no figure here)")
    green = indicator.table(indicator.read("green_building_share", lang="en"))[0]
    assert any("another measure" in r[2].text for r in green.rows)


def test_targets_for_a_part_are_left_out_and_said_to_be():
    view = indicator.read("star_green_building_share", lang="zh")
    said = str(indicator.opening(view))
    assert "只适用于一部分地区（吴兴区）" in said and "一共用了**3种口径**" in said
    rows, left = indicator.table(view)
    assert [r[1].small for r in left.rows] == ["只适用于吴兴区"]
    assert left.rows[0][-1].href not in {r[-1].href for r in rows.rows}


def test_sources_name_what_the_page_shows_and_what_was_seen():
    said = str(indicator.sources(indicator.read("nonfossil_share", lang="zh")))
    assert "国发〔2021〕23号" in said and "中发〔2021〕36号" not in said
    assert "已核对原文：2025年非化石能源消费占比≈20%" in said
    said = str(indicator.sources(indicator.read("green_travel_share", lang="en")))
    assert "**not seen in its text**: Green travel share 2030" in said


def test_what_the_green_building_report_must_say():
    view = indicator.read("green_building_share", lang="en")
    said = str(indicator.opening(view)) + str(indicator.related(view)[1])
    assert "strive for at least 95%" in said
    assert "two stars and above, of new buildings), 2025: at least 40%" in said
    assert "Ruijin: looser at the least" in said
    assert "**cannot be compared**" in said
