"""From one horizon to the next: how fast must each place move?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from compare import charts
from compare.analysis.chart_parts import (
    LOOK_NATION,
    axis_name,
    flag_note,
    key_words,
    mark_of,
    source_line,
)
from compare.analysis.notebook_output import (
    Cell,
    Several,
    Table,
    Text,
    as_text,
    column_heads,
    evidence_cell,
    heading,
    title_lines,
)
from compare.analysis.selection import View
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.analysis.target_words import (
    comparison_words,
    place_cell,
    place_names,
    scale_of,
    target_cell,
)
from compare.charts.slopes import drawn_in_rows
from compare.display.lists import join_first
from compare.display.messages import markdown, message
from compare.display.numbers import Scale, round_figures
from compare.display.values import BOUND_SYMBOL, difference, standard_with_bound
from compare.schema.records import Comparison
from compare.vocabulary import variants

Variant = tuple[str, str]
"""An indicator and one of its variants."""
Paths = dict[str, list[Comparison]]
"""Rows in order of the horizon, by place."""


def read(indicators: Sequence[str] = (), regions: Sequence[str] = (), lang: str = "zh") -> View:
    """Some indicators (empty: all that have two horizons) of some places (empty: all)."""
    return _read(lang, regions, indicators)


def paths(view: View) -> dict[Variant, Paths]:
    """Rows with a figure at two horizons or more, by variant and place."""
    out: dict[Variant, Paths] = defaultdict(lambda: defaultdict(list))
    for row in view.comparisons:
        figure = row.status == "target" and row.value_std is not None
        if figure and row.unit_std != "year" and row.measure == "level":
            out[row.indicator, row.variant][row.region_id].append(row)
    kept: dict[Variant, Paths] = {}
    for variant, places in out.items():
        long = {
            region: sorted(rows, key=lambda c: c.target_year)
            for region, rows in places.items()
            if len(rows) > 1
        }
        if long:
            kept[variant] = long
    order = list(view.indicators)
    return dict(sorted(kept.items(), key=lambda i: (-len(i[1]), order.index(i[0][0]), i[0][1])))


def _rows(found: Mapping[Variant, Paths]) -> list[Comparison]:
    """All rows of some paths."""
    return [row for places in found.values() for rows in places.values() for row in rows]


def opening(view: View) -> Text:
    """How many paths there are, and the fastest of them among shares."""
    lang, found = view.lang, paths(view)
    lines = title_lines("trajectory.title", lang)
    if not view.targets and not found:
        return as_text([*lines, markdown("common.no_targets", lang)])
    if not found:
        where = place_names(view.places, lang)
        return as_text([*lines, markdown("trajectory.none", lang, where=where)])
    n = sum(len(places) for places in found.values())
    lines.append(f"- {markdown('trajectory.count', lang, n=n, indicators=len(found))}")
    shares = [(c.pace, c) for c in _rows(found) if c.pace is not None and c.pace_unit == "pp/year"]
    fastest, row = max(shares, key=lambda s: s[0], default=(0.0, None))
    if row is not None and fastest > 0:
        line = markdown(
            "trajectory.fastest",
            lang,
            place=view.place[row.region_id].name,
            name=view.name(row.indicator),
            since=row.pace_from,
            year=row.target_year,
            pace=pace_words(row, lang),
        )
        lines.append(f"- {line}")
    flat = [c for pace, c in shares if pace <= 0]
    if flat:
        names = [f"{view.place[c.region_id].name} {view.name(c.indicator)}" for c in flat]
        listed = join_first(names, lang, 4)
        lines.append(f"- {markdown('trajectory.flat', lang, n=len(flat), names=listed)}")
    return as_text([*lines, "", markdown("trajectory.meaning", lang)])


def pace_words(row: Comparison, lang: str, scale: Scale | None = None) -> str:
    """``每年+0.8个百分点``, with its bound, in the unit of ``scale``; empty where there is none."""
    if row.pace is None:
        return ""
    unit = (row.pace_unit or "").removesuffix("/year")
    shown = difference(round_figures(row.pace), unit, lang, scale=scale)
    return message("trajectory.pace", lang, x=f"{BOUND_SYMBOL[row.pace_bound or '=']}{shown}")


# ------------------------------------------------------------------ charts
def chart(view: View) -> charts.Chart | Several | Text:
    """A field for each indicator that most places have two horizons of; of many places a figure."""
    found = paths(view)
    if not found:
        return Text("")
    items, n = list(found.items()), len(found)
    if len(view.places) > 10:
        return Several(_figure([one], view, f"trajectory-{one[0][0]}", n) for one in items[:6])
    return _figure(items[:8], view, "trajectory", n)


def _figure(
    drawn: Sequence[tuple[Variant, Paths]], view: View, name: str, count: int
) -> charts.Chart:
    lang = view.lang
    facets = [_facet(variant, places, view) for variant, places in drawn]
    rows = _rows(dict(drawn))
    title = message("trajectory.chart", lang, n=len(facets), all=count)
    if len(drawn) < min(count, 2):
        title = message("trajectory.chart_one", lang, name=facets[0].title, n=len(drawn[0][1]))
    key = "caption_rows" if drawn_in_rows(facets) else "caption"
    return charts.slopes(
        facets,
        name,
        title,
        key_words(lang),
        lang=lang,
        subtitle=message("trajectory.subtitle", lang),
        caption=message(f"trajectory.{key}", lang, n=len(rows)) + flag_note(rows, lang),
        source=source_line(view),
    )


def _facet(variant: Variant, places: Paths, view: View) -> charts.Facet:
    lang = view.lang
    rows = _rows({variant: places})
    scale = scale_of(rows, lang)
    series = [_series(own, view, scale) for own in places.values()]
    sizes = any(c.per_head is not None or c.gap_unit == "ratio" for c in rows)
    nation = _nation(variant, rows, view, scale)
    if nation and not sizes:
        series.append(nation)
    axis = axis_name(variants.name(*variant, lang), scale.unit, lang)
    return charts.Facet(view.name(variant[0]), axis, tuple(series))


def _series(rows: Sequence[Comparison], view: View, scale: Scale) -> charts.Series:
    """The line of one place: its marks, and in words its last value and pace."""
    lang, place, last = view.lang, view.place[rows[0].region_id], rows[-1]
    points = [(c.target_year, m) for c in rows if (m := mark_of(c, scale))]
    dagger = "†" if any(c.flags for c in rows) else ""
    value = standard_with_bound(last, lang, scale) + dagger
    words = ("，" if lang == "zh" else ", ").join(
        v for v in (value, pace_words(last, lang, scale)) if v
    )
    return charts.Series(place.name, place.look, tuple(points), words)


def _nation(
    variant: Variant, rows: Sequence[Comparison], view: View, scale: Scale
) -> charts.Series | None:
    """The nation's own targets on a variant, where it has two at the horizons of the places."""
    lang, found, checked = view.lang, {}, True
    for row in view.comparisons:
        if (row.indicator, row.variant) != variant or row.nation_std is None:
            continue
        if row.nation_comparability != "different" and row.nation_unit == rows[0].unit_std:
            checked = checked and row.nation_checked != "no"
            found[row.target_year] = charts.Mark(
                row.nation_std * scale.factor, row.nation_comparator or "="
            )
    years = {c.target_year for c in rows}
    points = tuple((y, m) for y, m in sorted(found.items()) if y in years)
    if len(points) < 2:
        return None
    name = message("common.nation", lang)
    name += "" if checked else message("common.mark", lang, note=message("common.unchecked", lang))
    return charts.Series(name, LOOK_NATION, points, "", True)


# ------------------------------------------------------------------ tables
def table(view: View) -> Table:
    """Every path: its values, its pace, and what the pace is reckoned from."""
    lang, made = view.lang, []
    for variant, places in paths(view).items():
        for region, rows in places.items():
            scale = scale_of(rows, lang)
            for before, row in pairwise(rows):
                made.append(
                    [
                        Cell(view.name(variant[0]), variants.name(*variant, lang)),
                        place_cell(view.place[region], lang),
                        Cell(comparison_words(before, view, scale), str(before.target_year)),
                        Cell(comparison_words(row, view, scale), str(row.target_year)),
                        Cell(pace_words(row, lang, scale)),
                        evidence_cell(row, lang),
                    ]
                )
    names = ("indicator", "place", "from", "to", "pace", "evidence")
    columns = column_heads(names, lang, numeric=("pace",))
    return Table("trajectory", columns, made, message("trajectory.table", lang, n=len(made)), lang)


def cuts(view: View) -> Several:
    """Changes against a base year (intensities): the cut asked for each year."""
    lang = view.lang
    made = [
        [
            Cell(view.name(c.indicator), variants.name(c.indicator, c.variant, lang)),
            place_cell(view.place[c.region_id], lang),
            target_cell(c, view),
            Cell(f"{c.pace_from or ''}–{c.target_year}"),
            Cell(pace_words(c, lang)),
            evidence_cell(c, lang),
        ]
        for c in view.comparisons
        if c.status == "target" and c.measure in ("change", "growth") and c.pace is not None
    ]
    if not made:
        return Several()
    names = ("indicator", "place", "target", "span", "pace", "evidence")
    columns = column_heads(names, lang, numeric=("pace",))
    caption = message("trajectory.cuts_table", lang, n=len(made))
    shown = Table("trajectory-cuts", columns, made, caption, lang)
    return Several([heading("trajectory.cuts_title", lang, "trajectory.cuts"), shown])


def single(view: View) -> Text:
    """How many targets stand alone at one horizon, and so say nothing of a path."""
    lang = view.lang
    dated = [c for c in view.comparisons if c.status == "target" and c.value_std is not None]
    if not dated:
        return Text("")
    alone = len(dated) - len(_rows(paths(view)))
    return as_text(
        [
            heading("notes.title", lang).markdown,
            "",
            f"- {markdown('trajectory.single', lang, n=alone, all=len(dated))}",
            f"- {markdown('notes.nothing', lang)}",
        ]
    )


def sources(view: View) -> Text:
    """The closing list."""
    used = [c for c in _rows(paths(view)) if c.nation_comparability != "different"]
    return _sources(view, used, ("nation",))
