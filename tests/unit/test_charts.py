"""Charts: read by everybody, a bound is not a point, the same bytes every time."""

import base64
from itertools import combinations, pairwise

import numpy as np
import pytest
import release_samples
from conftest import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import charts
from compare.analysis import ambition, indicator, language
from compare.charts import marks, style
from compare.charts.slopes import spread_apart

# Machado, Oliveira and Fernandes 2009, severity 1
SEEN = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritan": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """Project folders with no target at all, and no figure at all."""
    folder = tmp_path_factory.mktemp("homes")
    made = {kind: release_samples.bare(kind) for kind in ("empty", "null")}
    return {name: release_samples.write(tables, folder / name) for name, tables in made.items()}


# ------------------------------------------------------------------ looks
def lab(color: str, seen: list) -> np.ndarray:
    rgb = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(seen) @ linear, 0, 1)
    xyz = [[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]]
    x, y, z = np.cbrt(np.maximum(np.array(xyz) @ linear / [0.95047, 1, 1.08883], 0.00886))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eyes", SEEN)
def test_place_colors_keep_apart_for_every_eye(eyes):
    seen = [lab(c, SEEN[eyes]) for c in style.COLORS]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 13


def test_fifty_places_look_different_and_keep_their_look():
    known = [f"p{n}" for n in range(50)]
    looks = [style.look(p, known) for p in known]
    assert len(set(looks)) == 50
    assert style.look("p3", [*known, "new"]) == looks[3]
    assert style.look("nowhere", known) == style.look("nowhere", [])


# ------------------------------------------------------------------ what is drawn
@pytest.mark.parametrize(
    ("comparator", "side"), [("=", 0), ("~", 0), (">=", 1), (">", 1), ("<=", -1), ("<", -1)]
)
def test_a_bound_has_an_open_side(comparator, side):
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    marks.draw(ax, 0, charts.Mark(5.0, comparator), style.Look("#000000", "o"))
    assert [np.sign(a.xyann[0]) for a in ax.texts] == ([side] if side else [])
    halos = [line for line in ax.lines if line.get_markersize() > 12]
    assert bool(halos) == (comparator == "~")


def test_strive_is_hollow_and_the_higher_aim_has_a_shape_of_its_own():
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    look = style.Look("#123456", "o")
    for mark in (
        charts.Mark(1.0),
        charts.Mark(2.0, strive=True),
        charts.Mark(3.0, strive=True, stretch=True),
    ):
        marks.draw(ax, 0, mark, look)
    firm, strive, higher = ax.lines
    assert firm.get_markerfacecolor() == "#123456" and strive.get_markerfacecolor() == style.PAPER
    assert higher.get_marker() != strive.get_marker() == firm.get_marker()


def test_a_kind_of_nothing_never_stands_on_the_scale():
    chart = indicator.chart(indicator.read("nonfossil_share", lang="zh"))
    for ax in chart.figure.axes:
        if ax.axison:
            assert not {t.get_text() for t in ax.texts} & set(marks.GLYPH.values())
            assert all(line.get_linestyle() != ":" for line in ax.lines)


def test_a_scale_that_begins_elsewhere_says_so():
    cut, whole = "axis does not begin at 0", 0
    for measure in ("nonfossil_share", "star_green_building_share", "solar_capacity"):
        chart = indicator.chart(indicator.read(measure, lang="en"))
        for ax in (a for a in chart.figure.axes if a.axison):
            name = " ".join(ax.get_xlabel().split())
            assert (cut in name) == (ax.get_xlim()[0] > 0), name
            whole += cut not in name
    assert whole


@given(st.lists(st.floats(0.4, 2.5), min_size=1, max_size=14))
def test_lines_of_a_key_are_of_like_length(widths):
    key = tuple((marks.status_sample("no_data"), "x" * int(10 * w)) for w in widths)
    lines = charts.frame._key_lines(key, 8.76)
    sizes = [line[-1][0] for line in lines]
    assert sum(map(len, lines)) == len(widths)
    assert [t for line in lines for *_, t in line] == [t for _, t in key]
    if len(lines) == 2 and len(widths) > 7:
        assert sizes[1] > 0  # nothing is left alone on the second line


@pytest.mark.parametrize("kind", ["empty", "null"])
def test_nothing_to_draw_is_a_sentence(kind, homes, monkeypatch):
    monkeypatch.setenv("CARBON_PEAK_HOME", str(homes[kind]))
    view = indicator.read("nonfossil_share", lang="zh")
    assert not isinstance(indicator.chart(view), charts.Chart)
    assert "没有" in str(indicator.opening(view)) and "没有" in str(indicator.notes(view))
    view = ambition.read(lang="zh")
    assert "没有图可看" in f"{ambition.opening(view)}{ambition.chart(view)}"


# ------------------------------------------------------------------ files
DRAW = """
import sys
from compare.analysis import indicator
sys.stdout.buffer.write(indicator.chart(indicator.read("pue", lang="en")).svg().encode())
"""


@pytest.mark.slow  # runs in a process of its own
def test_the_same_chart_gives_the_same_bytes(other_process):
    made = indicator.chart(indicator.read("pue", lang="en")).svg()
    assert other_process(DRAW).decode() == made
    assert "<dc:date>" not in made
    assert "/site-packages" not in made and "/home" not in made


def test_a_chart_is_saved_twice(tmp_path):
    chart = language.chart(language.read(lang="zh"))
    svg, png = chart.save(tmp_path)
    assert svg.read_text(encoding="utf-8").startswith("<?xml")
    assert png.read_bytes().startswith(b"\x89PNG")
    data, meta = chart._repr_mimebundle_()
    assert meta["image/svg+xml"]["alt"] == data["text/plain"] == chart.alt
    small = base64.b64decode(data["image/png"])
    assert small.startswith(b"\x89PNG") and len(small) < len(data["image/svg+xml"]) / 2


def test_the_users_own_settings_stay():
    import matplotlib

    before = dict(matplotlib.rcParams)
    language.chart(language.read(lang="zh")).svg()
    assert dict(matplotlib.rcParams) == before


# ------------------------------------------------------------------ small things
def test_no_text_is_wider_than_it_is_reckoned():
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    line = "How to read: marks to its right ask for more. 瑞金市、十堰市更严；≥95%，约20% (draft)"
    with style.applied("en"):
        figure = Figure(figsize=(12, 1))
        render = FigureCanvasAgg(figure).get_renderer()
        for size in (7.6, 8.6, 10.5, 14.0):
            drawn = figure.text(0, 0, line, fontsize=size).get_window_extent(render).width / 100
            assert 0.85 * style.text_width(line, size) < drawn < style.text_width(line, size) * 1.01


@given(st.lists(st.floats(0, 10), min_size=1, max_size=12))
def test_labels_move_apart_and_keep_their_order(places):
    placed = spread_apart(places, 0.5, 0.0, 10.0)
    ordered = [placed[i] for i in sorted(range(len(places)), key=lambda i: places[i])]
    assert all(b - a > 0.499 for a, b in pairwise(ordered))


@settings(max_examples=examples(200))
@given(st.text("目标占比 ，。（）abc XYZ“”0%", max_size=80), st.floats(0.3, 4))
def test_wrapping_loses_nothing(text, inches):
    lines = style.wrap(text, inches, 10)
    assert "".join("".join(lines).split()) == "".join(text.split())
