"""Charts of all notebooks, for few places and for many: no text overlaps another or is cut."""

import ast
import json
import warnings
from functools import cache

import numpy as np
import pytest
import release_samples
from chart_texts import texts
from conftest import ROOT

from compare import charts
from compare.analysis import indicator

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """Project folders with 5 places and with 50."""
    folder = tmp_path_factory.mktemp("homes")
    made = {"5": release_samples.frames(), "50": release_samples.many()}
    return {name: release_samples.write(tables, folder / name) for name, tables in made.items()}


@cache
def cells(notebook) -> list[tuple[ast.Module, ast.Expression | None, bool]]:
    """Its code cells: what runs, the expression that is shown, and whether it holds the parameters."""
    out = []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        code, last = ast.parse("".join(cell["source"])), None
        if code.body and isinstance(code.body[-1], ast.Expr):
            last = ast.Expression(code.body.pop().value)
        out.append((code, last, "parameters" in cell["metadata"].get("tags", ())))
    return out


def shown(lang: str, places=(), one: str = "yuhua", few: bool = False) -> list:
    """Every chart of every notebook; of a cell with many charts, with ``few``, only the first three."""
    parameters = {
        "lang": lang,
        "regions": list(places),
        "region": one,
        "peers": list(places),
        "indicator": "green_building_share",
    }
    made = []
    for notebook in NOTEBOOKS:
        names: dict = {}
        for code, last, declares in cells(notebook):
            exec(compile(code, str(notebook), "exec"), names)
            if declares:
                names |= {k: v for k, v in parameters.items() if k in names}
            if last:
                got = eval(compile(last, str(notebook), "eval"), names)
                got = got if isinstance(got, list) else [got]
                got = [c for c in got if isinstance(c, charts.Chart)]
                made += got[: 3 if few and len(got) > 6 else None]
    return made


def faults(chart) -> list:
    """Texts that leave the figure or lie on one another, and letters without a glyph."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = [(t, b) for t, b in texts(chart) if b.width > 0]
    wide, tall = chart.figure.bbox.width, chart.figure.bbox.height
    out = [
        f"outside: {t}"
        for t, b in found
        if min(b.x0, b.y0) < -1 or b.x1 > wide + 1 or b.y1 > tall + 1
    ]
    boxes = np.array([[b.x0, b.y0, b.x1, b.y1] for _, b in found])
    low, high = np.maximum(boxes[:, None, :2], boxes[None, :, :2]), boxes[:, 2:]
    across, down = np.moveaxis(np.minimum(high[:, None], high[None]) - low, 2, 0)
    tall = boxes[:, 3] - boxes[:, 1]
    touching = (across > 2.5) & (down > 0.35 * np.minimum(tall[:, None], tall[None]))
    out += [f"overlap: {found[i][0]} | {found[j][0]}" for i, j in np.argwhere(np.triu(touching, 1))]
    out += [str(w.message) for w in caught if "Glyph" in str(w.message)]
    return [f"{chart.name} ({chart.lang}): {f}" for f in out]


def test_the_check_below_sees_faults():
    def draw(sheet):
        sheet.text(1, 0.2, "十堰市")
        sheet.text(1.1, 0.22, "瑞金市")
        sheet.text(8.9, 0.8, "beyond the edge")

    found = faults(charts.frame.chart("x", "t", 1.0, draw, lang="zh"))
    assert [f.split(": ")[1].split(" ")[0] for f in found] == ["outside", "overlap"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("places", [(), ("shiyan", "huzhou"), ("yuhua",)], ids=["5", "2", "1"])
def test_no_text_overlaps_or_is_cut(lang, places, homes, monkeypatch):
    monkeypatch.setenv("CARBON_PEAK_HOME", str(homes["5"]))
    one = places[0] if places else "ruijin"
    assert [f for c in shown(lang, places, one) for f in faults(c)] == []


def test_no_text_overlaps_or_is_cut_with_fifty_places(homes, monkeypatch):
    monkeypatch.setenv("CARBON_PEAK_HOME", str(homes["50"]))
    assert [f for c in shown("en", one="huzhou", few=True) for f in faults(c)] == []


@pytest.mark.parametrize("measure", ["nonfossil_share", "co2_peak", "energy_intensity", "pue"])
def test_other_measures_fit_too(measure, homes, monkeypatch):
    monkeypatch.setenv("CARBON_PEAK_HOME", str(homes["5"]))
    for lang in ("zh", "en"):
        view = indicator.read(measure, [], [], lang)
        made = [indicator.chart(view), *indicator.related(view)]
        assert [f for c in made if isinstance(c, charts.Chart) for f in faults(c)] == []
