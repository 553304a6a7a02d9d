"""From one horizon to the next: how fast must each place move?"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from compare import charts
from compare.analysis import target_words
from compare.analysis.display_table import Cell, Table, evidence
from compare.analysis.selection import View
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.charts.slopes import many
from compare.vocabulary import variants
from compare.wording import messages
from compare.wording.messages import Several, Text, md, say


def read(indicators: list[str] = (), regions: list[str] = (), lang: str = "zh") -> View:
    """Some measures (empty: all that have two horizons) of some places (empty: all)."""
    return _read(lang, regions, indicators)


def paths(view: View) -> dict[tuple[str, str], dict[str, list[dict]]]:
    """Rows with a figure at two horizons or more, by measure and place, in order of the horizon."""
    out: dict = defaultdict(lambda: defaultdict(list))
    for c in view.cells:
        figure = c["status"] == "target" and c["value_std"] is not None
        if figure and c["unit_std"] != "year" and c["measure"] == "level":
            out[c["indicator"], c["variant"]][c["region_id"]].append(c)
    kept = {}
    for key, places in out.items():
        long = {
            r: sorted(cs, key=lambda c: c["target_year"]) for r, cs in places.items() if len(cs) > 1
        }
        if long:
            kept[key] = long
    order = list(view.indicators)
    return dict(sorted(kept.items(), key=lambda i: (-len(i[1]), order.index(i[0][0]), i[0][1])))


def opening(view: View) -> Text:
    """How many paths there are, and the fastest of them among shares."""
    lang, found = view.lang, paths(view)
    lines = [f"# {md('trajectory.title', lang)}", ""]
    if not found:
        key = "none" if view.targets else "no_targets"
        where = target_words.names(view.places, lang)
        lines.append(
            md(f"trajectory.{key}", lang, where=where)
            if key == "none"
            else md("common.no_targets", lang)
        )
        return Text("\n".join(lines))
    n = sum(len(p) for p in found.values())
    lines.append(f"- {md('trajectory.count', lang, n=n, measures=len(found))}")
    paced = [
        (c, key)
        for key, ps in found.items()
        for cs in ps.values()
        for c in cs
        if c["pace"] is not None
    ]
    shares = [p for p in paced if p[0]["pace_unit"] == "pp/year"]
    if any(c["pace"] > 0 for c, _ in shares):
        c, _ = max(shares, key=lambda p: p[0]["pace"])
        lines.append(
            "- "
            + md(
                "trajectory.fastest",
                lang,
                place=view.place[c["region_id"]].name,
                name=view.name(c["indicator"]),
                since=c["pace_from"],
                year=c["target_year"],
                pace=pace(c, lang),
            )
        )
    flat = [p for p in shares if p[0]["pace"] <= 0]
    if flat:
        names = [f"{view.place[c['region_id']].name} {view.name(c['indicator'])}" for c, _ in flat]
        lines.append(
            f"- {md('trajectory.flat', lang, n=len(flat), names=messages.some(names, lang, 4))}"
        )
    lines += ["", md("trajectory.meaning", lang)]
    return Text("\n".join(lines))


def pace(cell: dict, lang: str, by: messages.Scale | None = None) -> str:
    """``每年+0.8个百分点``, with its bound, in the unit of ``by``; empty where there is none."""
    if cell["pace"] is None:
        return ""
    unit = cell["pace_unit"].removesuffix("/year")
    sign = messages.SYMBOL[cell["pace_bound"] or "="]
    shown = messages.points(messages.rounded(cell["pace"]), unit, lang, by=by)
    return say("trajectory.pace", lang, x=f"{sign}{shown}")


def chart(view: View):
    """A field for each measure that most places have two horizons of; with many places a figure."""
    found = paths(view)
    if not found:
        return Text("")
    if len(view.places) > 10:
        drawn = list(found.items())[:6]
        return Several(
            [_figure([one], view, f"trajectory-{one[0][0]}", len(found)) for one in drawn]
        )
    return _figure(list(found.items())[:8], view, "trajectory", len(found))


def _figure(drawn: list, view: View, name: str, count: int) -> charts.Chart:
    lang = view.lang
    facets = [_facet(key, places, view) for key, places in drawn]
    cells = [c for _, places in drawn for cs in places.values() for c in cs]
    title = say("trajectory.chart", lang, n=len(facets), all=count)
    if len(drawn) < min(count, 2):
        title = say("trajectory.chart_one", lang, name=facets[0].title, n=len(drawn[0][1]))
    return charts.slopes(
        facets,
        name,
        title,
        target_words.key_words(lang),
        lang=lang,
        subtitle=say("trajectory.subtitle", lang),
        caption=say(f"trajectory.caption{'_rows' if many(facets) else ''}", lang, n=len(cells))
        + target_words.flag_note(cells, lang),
        source=target_words.source_line(view),
    )


def _facet(key: tuple[str, str], places: dict, view: View) -> charts.Facet:
    lang = view.lang
    cells = [c for cs in places.values() for c in cs]
    by = target_words.unit_of(cells, lang)
    series = []
    for region, rows in places.items():
        marks = [(c["target_year"], target_words.mark(c, by)) for c in rows]
        dagger = "†" if any(c["flags"] for c in rows) else ""
        words = f"{messages.bounded(rows[-1], lang, by)}{dagger}, {pace(rows[-1], lang, by)}".strip(
            ", "
        )
        place = view.place[region]
        series.append(
            charts.Series(
                place.name,
                place.look,
                tuple(marks),
                words.replace(", ", "，") if lang == "zh" else words,
            )
        )
    nation, seen = {}, True
    for c in view.cells:
        same = (c["indicator"], c["variant"]) == key and c["nation_std"] is not None
        if (
            same
            and c["nation_comparability"] != "different"
            and c["nation_unit"] == cells[0]["unit_std"]
        ):
            seen = seen and bool(c["nation_checked"])
            nation[c["target_year"]] = charts.Mark(
                c["nation_std"] * by.factor, c["nation_comparator"] or "="
            )
    years = {c["target_year"] for c in cells}
    line = tuple((y, m) for y, m in sorted(nation.items()) if y in years)
    sizes = any(c["per_head"] is not None or c["gap_unit"] == "ratio" for c in cells)
    if len(line) > 1 and not sizes:
        who = say("common.nation", lang) + ("" if seen else say("common.unchecked_mark", lang))
        series.append(charts.Series(who, target_words.LOOK_NATION, line, "", True))
    name = variants.name(*key, lang)
    return charts.Facet(view.name(key[0]), target_words.axis(name, by.unit, lang), tuple(series))


def table(view: View) -> Table:
    """Every path: its values, its pace, and what the pace is reckoned from."""
    lang, rows = view.lang, []
    for key, places in paths(view).items():
        for region, cells in places.items():
            by = target_words.unit_of(cells, lang)
            for before, c in pairwise(cells):
                rows.append(
                    [
                        Cell(view.name(key[0]), variants.name(*key, lang)),
                        target_words.place_cell(view.place[region], lang),
                        Cell(target_words.said(before, view, by), str(before["target_year"])),
                        Cell(target_words.said(c, view, by), str(c["target_year"])),
                        Cell(pace(c, lang, by)),
                        evidence(c, lang),
                    ]
                )
    columns = [say(f"table.{k}", lang) for k in ("indicator", "place", "from", "to")]
    columns += [">" + say("table.pace", lang), say("table.evidence", lang)]
    return Table("trajectory", columns, rows, say("trajectory.table", lang, n=len(rows)), lang, "")


def cuts(view: View) -> Several:
    """Changes against a base year (intensities): the cut asked for each year."""
    lang, rows = view.lang, []
    for c in view.cells:
        if (
            c["status"] == "target"
            and c["measure"] in ("change", "growth")
            and c["pace"] is not None
        ):
            rows.append(
                [
                    Cell(
                        view.name(c["indicator"]), variants.name(c["indicator"], c["variant"], lang)
                    ),
                    target_words.place_cell(view.place[c["region_id"]], lang),
                    target_words.field(c, view),
                    Cell(f"{c['pace_from'] or ''}–{c['target_year']}"),
                    Cell(pace(c, lang)),
                    evidence(c, lang),
                ]
            )
    if not rows:
        return Several()
    head = Text(f"## {md('trajectory.cuts_title', lang)}\n\n{md('trajectory.cuts', lang)}")
    columns = [say(f"table.{k}", lang) for k in ("indicator", "place", "target", "span")]
    columns += [">" + say("table.pace", lang), say("table.evidence", lang)]
    return Several(
        [
            head,
            Table(
                "trajectory-cuts",
                columns,
                rows,
                say("trajectory.cuts_table", lang, n=len(rows)),
                lang,
            ),
        ]
    )


def single(view: View) -> Text:
    """How many targets stand alone at one horizon, and so say nothing of a path."""
    lang, found = view.lang, paths(view)
    dated = [c for c in view.cells if c["status"] == "target" and c["value_std"] is not None]
    on = sum(len(cs) for ps in found.values() for cs in ps.values())
    if not dated:
        return Text("")
    return Text(
        f"## {md('notes.title', lang)}\n\n- {md('trajectory.single', lang, n=len(dated) - on, all=len(dated))}\n- {md('notes.nothing', lang)}"
    )


def sources(view: View) -> Text:
    """The closing list."""
    drawn = [c for ps in paths(view).values() for cs in ps.values() for c in cs]
    return _sources(
        view, [c for c in drawn if c["nation_comparability"] != "different"], ("nation",)
    )
