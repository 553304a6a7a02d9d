"""Tables: everything escaped, four kinds of nothing, every row leads to its sentence."""

import re
import string

import pytest
from release_samples import comparison

from compare.analysis import explorer, indicator, levels_above, region
from compare.analysis.notebook_output import Cell, Table, status_cell
from compare.analysis.selection import read
from compare.base.errors import CompareError
from compare.display import messages, values
from compare.report.render.sanitize_html import Page, clean
from compare.target_evidence.addresses import evidence_href

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
    table = indicator.table(view)[0]
    kept = str(clean(table.html(), page))
    assert "&lt;" not in kept and kept.count("<tr>") == 1 + len(table.rows) > 5
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


def test_unknown_names_are_a_line_with_the_nearest_word():
    with pytest.raises(CompareError, match="did you mean 'shiyan'"):
        read("zh", ["shiyam"])
    with pytest.raises(CompareError, match="did you mean 'nonfossil_share'"):
        indicator.read("nonfosil_share")
    with pytest.raises(CompareError, match="unknown language 'fr'"):
        read("fr")
