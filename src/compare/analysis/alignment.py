"""From nation to province to city: is the lower level stricter, equal, looser, or silent?"""

from __future__ import annotations

from collections import Counter

from compare import charts
from compare.analysis import target_lists, target_words
from compare.analysis.display_table import Cell, Table, evidence
from compare.analysis.national_targets import rows_of
from compare.analysis.selection import View
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.charts import style
from compare.charts.matrix import nothing
from compare.comparison import gaps
from compare.wording import messages
from compare.wording.messages import Several, Text, md, say

LEVELS = ("nation", "province")
_PLACES = 12
"""Places that have a line of their own in words."""
_SIGN = {"stricter": "▲", "equal": "=", "looser": "▼"}


def read(regions: list[str] = (), years: list[int] = (), lang: str = "zh") -> View:
    """One row for each place, measure and horizon, of some places (empty: all)."""
    return _read(lang, regions, [], years, one_each=True)


def spots(view: View) -> list[tuple[str, int]]:
    """Measures and horizons for which the nation or a province has a target of its own."""
    return rows_of(view, LEVELS)


def relation(cell: dict, level: str) -> str | None:
    """``stricter``, ``equal``, ``looser``, ``size``, ``different``, or a kind of nothing; None
    where the upper level has no target."""
    if cell[f"{level}_std"] is None:
        return None
    if cell["status"] != "target":
        return cell["status"]
    if cell[f"{level}_stance"] and not cell["flags"]:
        return cell[f"{level}_stance"]
    return "size" if cell["gap_unit"] == "ratio" else "different"


def opening(view: View) -> Text:
    """For each place, how it stands to its province and to the nation."""
    lang = view.lang
    lines = [f"# {md('alignment.title', lang)}", "", md("alignment.meaning", lang), ""]
    if not spots(view):
        return Text("\n".join([*lines, md("alignment.none", lang)]))
    for place in view.places[:_PLACES]:
        own = [c for c in view.cells if c["region_id"] == place.id]
        if not place.collected:
            lines.append(f"- {md('ambition.no_plan', lang, place=place.name)}")
            continue
        parts = []
        for level in LEVELS:
            found = Counter(r for c in own if (r := relation(c, level)))
            if not found:
                if level == "province" and place.level not in ("province", "nation"):
                    name = target_words.province(place.province, lang)
                    parts.append(say("alignment.no_province", lang, name=name))
                continue
            who = (
                say("common.the_nation", lang)
                if level == "nation"
                else target_words.province(place.province, lang)
            )
            kinds = [say(f"alignment.{k}", lang, n=found[k]) for k in _KINDS if found[k]]
            parts.append(
                say(
                    "alignment.part",
                    lang,
                    who=who,
                    n=sum(found.values()),
                    kinds=messages.join(kinds, lang),
                )
            )
        lines.append(
            f"- **{messages.escape(place.name)}** {messages.escape((' ' if lang == 'en' else '').join(parts))}"
        )
    return Text("\n".join([*lines, *target_lists.rest(view, _PLACES)]))


_KINDS = (
    "stricter",
    "equal",
    "looser",
    "size",
    "different",
    "directional",
    "deferred",
    "no_target",
)


def chart(view: View):
    """Places by measures: each beside the nation and beside its province."""
    lang, keys = view.lang, spots(view)
    if not keys or all(c["status"] in ("no_target", "no_data") for c in view.cells):
        return Text(md("ambition.silent_all", lang) if keys else "")
    if len(view.places) > 12:
        return _bars(view)
    at = {(c["region_id"], c["indicator"], c["target_year"]): c for c in view.cells}
    rows = [
        (f"{view.name(i)} {y}", target_lists.sector_name(view.indicators[i]["sector"], lang))
        for i, y in keys
    ]
    columns, over, cells, seen = [], [], {}, []
    for place in view.places:
        levels = [k for k in LEVELS if k == "nation" or place.level not in ("province", "nation")]
        over.append((place.name, len(levels)))
        for level in levels:
            who = say("common.nation", lang)
            columns.append(
                (who if level == "nation" else target_words.province(place.province, lang), "")
            )
            for n, (name, year) in enumerate(keys):
                cell = at.get((place.id, name, year))
                kind = relation(cell, level) if cell else None
                if kind:
                    cells[n, len(columns) - 1] = _field(cell, kind, lang)
                    seen.append(kind)
    key = [
        (
            charts.field_sample(
                charts.Cell(style.STANCES.get(k, "#eef1f4"), "", _SIGN.get(k, "○"))
            ),
            say(f"alignment.key_{k}", lang),
        )
        for k in ("stricter", "equal", "looser", "size", "different")
        if k in seen
    ]
    key += [
        (charts.field_sample(nothing(s)), say(f"key.{s}", lang))
        for s in target_words.STATUSES[1:]
        if s in seen
    ]
    found = Counter(seen)
    return charts.matrix(
        rows,
        columns,
        cells,
        "alignment",
        say("alignment.chart", lang, **{k: found[k] for k in ("stricter", "equal", "looser")}),
        lang=lang,
        over=over,
        subtitle=say("alignment.subtitle", lang),
        key=tuple(key),
        caption=say("alignment.caption", lang, n=len(seen), rows=len(keys))
        + target_words.flag_note(view.cells, lang),
        source=target_words.source_line(view),
    )


def _bars(view: View) -> charts.Chart:
    """With many places: how many targets of the levels above each is stricter on, and so on."""
    lang = view.lang
    looks = {
        "stricter": (style.STRICTER, "", "#ffffff"),
        "equal": (style.EQUAL, "", style.INK),
        "looser": (style.LOOSER, "", "#ffffff"),
        "neither": ("#a9b7c6", "", style.INK),
        "deferred": (style.SHADES["deferred"], "\\\\", style.INK),
        "directional": (style.SHADES["directional"], "..", style.INK),
        "no_target": (style.SHADES["no_target"], "", style.SOFT),
        "no_data": ("#ffffff", "////", style.SOFT),
    }
    words = {k: say(f"key.{k}", lang) for k in target_words.STATUSES[1:]}
    words |= {k: say(f"alignment.key_{k}", lang) for k in ("stricter", "equal", "looser")}
    words["neither"] = say("ambition.key_size", lang)
    parts = [charts.Part(k, words[k], *look) for k, look in looks.items()]
    rows, total = [], Counter()
    for level in LEVELS:
        for place in view.places:
            own = [c for c in view.cells if c["region_id"] == place.id]
            kinds = [k for c in own if (k := relation(c, level))]
            found = Counter("neither" if k in ("size", "different") else k for k in kinds)
            if found:
                total += found
                group = say(f"alignment.beside_{level}", lang)
                rows.append(
                    charts.Bar(place.name, dict(found), str(sum(found.values())), "", group)
                )
    return charts.bars(
        rows,
        parts,
        "alignment",
        say("alignment.chart", lang, **{k: total[k] for k in ("stricter", "equal", "looser")}),
        lang=lang,
        share=False,
        subtitle=say("alignment.bars_subtitle", lang),
        caption=say("alignment.bars_caption", lang, n=sum(total.values())),
        source=target_words.source_line(view),
    )


def _field(cell: dict, kind: str, lang: str) -> charts.Cell:
    if kind in target_words.STATUSES:
        return nothing(kind, cell["direction"])
    ink = style.INK if kind in _SIGN else style.SOFT
    sign = _SIGN.get(kind, "○") + ("†" if cell["flags"] else "")
    return charts.Cell(style.STANCES.get(kind, "#eef1f4"), "", sign, ink)


def table(view: View) -> Table:
    """The chain: the nation's figure, the province's, the place's, and how they stand."""
    lang, rows = view.lang, []
    for name, year in spots(view):
        for place in view.places:
            cell = next(
                (
                    c
                    for c in view.cells
                    if (c["region_id"], c["indicator"], c["target_year"]) == (place.id, name, year)
                ),
                None,
            )
            if cell is None or cell["status"] in ("no_target", "no_data"):
                continue
            rows.append(
                [
                    Cell(view.name(name), str(year)),
                    target_words.place_cell(place, lang),
                    target_words.field(cell, view),
                    *(_level(cell, level, view) for level in LEVELS),
                    evidence(cell, lang),
                ]
            )
    names = ("indicator", "place", "target", "to_nation", "to_province", "evidence")
    columns = [say(f"table.{k}", lang) for k in names]
    caption = say("alignment.table", lang, n=len(rows))
    return Table("alignment", columns, rows, caption, lang, md("alignment.none", lang))


def _level(cell: dict, level: str, view: View) -> Cell:
    """The upper level's figure, and below it how the place stands to it."""
    lang, row = view.lang, target_words.benchmark_row(cell, level)
    if row is None:
        return Cell(_no_line(cell, level, view), tone="soft")
    kind, notes = relation(cell, level), []
    if kind in _SIGN:
        notes.append(say(f"stance.{target_words.stance(cell, level)}", lang))
    elif kind not in target_words.STATUSES:
        notes.append(say(f"alignment.key_{kind}", lang))
    notes.append(target_words.gap_short(cell, level, lang))
    if kind == "different" or cell[f"{level}_comparability"] == "close":
        notes.append(cell[f"{level}_why_{lang}"] or "")
    if not cell[f"{level}_checked"]:
        notes.append(say("table.unchecked", lang))
    return Cell(messages.bounded(row, lang), " · ".join(n for n in notes if n))


def _no_line(cell: dict, level: str, view: View) -> str:
    """Why there is no target of the level above beside a place."""
    if level == "province" and view.place[cell["region_id"]].level in ("province", "nation"):
        return say("beside.is_province", view.lang)
    return say("alignment.unknown", view.lang)


def provinces(view: View) -> Several:
    """The provinces' own targets beside the nation's: the first step of the chain."""
    lang, rows = view.lang, []
    names = {p.province for p in view.places if p.level not in ("province", "nation")}
    lines = [b for b in view.benchmarks if b["indicator"] in view.indicators]
    for b in lines:
        if b["jurisdiction_level"] != "province" or b["jurisdiction_zh"] not in names:
            continue
        if view.years and b["target_year"] not in view.years:
            continue
        cell = dict.fromkeys(view.cells[0]) | b | {"value_max_std": None, "direction": None}
        about = view.indicators[b["indicator"]]
        spot = (b["indicator"], b["target_year"])
        above = [n for n in lines if (n["indicator"], n["target_year"]) == spot]
        gaps.beside(cell, {"region_level": "province", "province_zh": None}, above, about)
        rows.append(
            [
                Cell(view.name(b["indicator"]), str(b["target_year"])),
                Cell(target_words.province(b["jurisdiction_zh"], lang)),
                Cell(
                    messages.bounded(b, lang), "" if b["checked"] else say("table.unchecked", lang)
                ),
                _level(cell | {"status": "target", "flags": []}, "nation", view),
            ]
        )
    if not rows:
        return Several()
    heads = [say(f"table.{k}", lang) for k in ("indicator", "place", "target", "to_nation")]
    caption = say("alignment.provinces_table", lang, n=len(rows))
    title = Text(f"## {md('alignment.provinces_title', lang)}")
    return Several([title, Table("alignment-provinces", heads, rows, caption, lang, "")])


def silent(view: View) -> Several:
    """Upper targets that a place does not take up at all."""
    lang = view.lang
    lines = [f"## {md('alignment.silent_title', lang)}", ""]
    for place in view.places[:_PLACES]:
        own = [
            f"{view.name(c['indicator'])} {c['target_year']}"
            for c in view.cells
            if c["region_id"] == place.id
            and c["status"] == "no_target"
            and any(relation(c, k) for k in LEVELS)
        ]
        if own:
            lines.append(
                f"- {md('alignment.silent', lang, place=place.name, n=len(own), list=messages.some(own, lang, 40))}"
            )
    if len(lines) == 2:
        return Several()
    return Several([Text("\n".join([*lines, *target_lists.rest(view, _PLACES)]))])


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(
        view,
        [c for c in view.cells if c["nation_std"] is not None or c["province_std"] is not None],
    )
