"""Tables: everything escaped, four kinds of nothing, every row leads to its sentence."""

import re
import string

import pytest
from release_samples import comparison

from compare.analysis import explorer, indicator, levels_above, region
from compare.analysis.display import Cell, Table, status_cell
from compare.analysis.selection import read
from compare.base.errors import CompareError
from compare.provenance.evidence import evidence_href
from compare.report.render.sanitize_html import Page, clean
from compare.wording import messages, values

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&"


# ------------------------------------------------------------------ tables
def hostile_table() -> Table:
    cells = [
        Cell(HOSTILE, HOSTILE),
        Cell(HOSTILE, href=f'evidence/x.html#"{HOSTILE}', title=HOSTILE),
        Cell(HOSTILE, more=HOSTILE),
    ]
    return Table("hostile", [HOSTILE, f">{HOSTILE}", "c"], [cells], HOSTILE)


def test_no_word_of_a_table_is_markup():
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(hostile_table().html(), "html.parser")
    assert not soup.find_all(["script", "img"])
    assert not [k for tag in soup.find_all() for k in tag.attrs if k.startswith("on")]
    assert soup.td.get_text() == HOSTILE


def test_a_page_keeps_a_table_as_it_is():
    page = Page()
    view = indicator.read("nonfossil_share", lang="zh")
    kept = str(clean(indicator.table(view)[0].html(), page))
    assert "&lt;" not in kept and kept.count("<tr>") == 11
    assert 'href="evidence/ruijin.html?lang=zh#t-' in kept
    assert any("text-align" in rule for rule in page.rules)


def test_the_four_kinds_of_nothing_look_different():
    kinds = ["directional", "deferred", "no_target", "no_data"]
    for lang in messages.LANGS:
        cells = [status_cell(k, values.status_words(k, None, lang)) for k in kinds]
        assert len({c.text for c in cells}) == len({c.text[0] for c in cells}) == 4
        assert not any(set(c.text) & set(string.digits) for c in cells)


def test_every_row_leads_to_its_sentence():
    view = region.read("yuhua", lang="zh")
    table = region.table(view, "yuhua")[1]
    own = [t for t in view.targets if t.region_id == "yuhua"]
    assert {r[-1].href for r in table.rows} == {evidence_href(t.target_id, t.doc) for t in own}
    assert {r[-1].title for r in table.rows} == {t.evidence for t in own}


def test_an_empty_table_is_a_sentence():
    table = Table("x", ["a"], [], empty="Nothing here.")
    assert table._repr_mimebundle_() == {
        "text/markdown": "Nothing here.",
        "text/plain": "Nothing here.",
    }


def test_a_table_for_jupyterlab_needs_no_network(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *a, **k: shown.extend(a))
    monkeypatch.setattr("IPython.core.display_functions.display", lambda *a, **k: shown.extend(a))
    view = explorer.read(["yuhua"], ["nonfossil_share"], lang="zh")
    explorer.targets(view)._ipython_display_()
    html = "".join(getattr(s, "data", "") or "" for s in shown)
    assert "details>" in html and "非化石能源消费比重进一步提高" in html
    assert not re.findall(r'(?:src|href)="https?://', html)


# ------------------------------------------------------------------ what is said
def test_gaps_carry_their_bounds():
    view = indicator.read("nonfossil_share", lang="zh")
    said = str(indicator.gaps(view))
    assert "比全国目标（约20%）高，差距超过约7.4个百分点" in said
    assert "比江西省级目标（18.3%）高，差距超过9.1个百分点" in said
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
    assert gaps["Shiyan", "2025"] == "nation: ≈+1 pp | Hubei: no target held"
    assert gaps["Guizhou", "2025"] == "nation: ≈0 | is itself a province"
    assert gaps["Ruijin", "2025"] == "nation: >≈+7.4 pp | Jiangxi: >+9.1 pp"
    assert gaps["Huzhou", "2025"].endswith("Zhejiang aims for ≈24% (no figure here)")
    green = indicator.table(indicator.read("green_building_share", lang="en"))[0]
    assert any("another measure" in r[2].text for r in green.rows)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ({"nation_stance": "looser", "gap_nation_bound": ">="}, "looser_least"),
        ({"nation_stance": "stricter", "gap_nation_bound": ">"}, "stricter"),
        ({"nation_stance": "stricter", "gap_nation_bound": "<="}, "stricter_least"),
        ({"nation_stance": "equal", "gap_nation_bound": ">="}, "equal_least"),
        ({"nation_stance": "equal", "gap_nation_bound": "~", "comparator": "~"}, "equal_about"),
        ({"nation_stance": None, "gap_nation_bound": None}, None),
    ],
)
def test_a_stance_is_as_sure_as_its_bounds(cell, expected):
    row = comparison(**{"comparator": "=", "nation_comparator": "=", "nation_std": 1.0} | cell)
    assert levels_above.stance(row, "nation") == expected


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


def test_unknown_names_are_a_line_with_the_nearest_word():
    with pytest.raises(CompareError, match="did you mean 'shiyan'"):
        read("zh", ["shiyam"])
    with pytest.raises(CompareError, match="did you mean 'nonfossil_share'"):
        indicator.read("nonfosil_share")
    with pytest.raises(CompareError, match="unknown language 'fr'"):
        read("fr")
