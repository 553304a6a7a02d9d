"""How ambitious, honestly: gaps to the nation, what is silent, how firmly, and what the choices do."""

from __future__ import annotations

from collections import Counter

from compare import charts
from compare.analysis import language, target_lists, target_words
from compare.analysis import robustness as choices
from compare.analysis.national_targets import rows_of, silent, usable
from compare.analysis.selection import View
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.charts import style
from compare.charts.matrix import nothing
from compare.wording import messages
from compare.wording.messages import Several, Text, md, say


def read(regions: list[str] = (), years: list[int] = (), lang: str = "zh") -> View:
    """One row for each place, measure and horizon, of some places (empty: all)."""
    return _read(lang, regions, [], years, one_each=True)


_PLACES = 12
"""Places that have a line of their own in words."""


# ------------------------------------------------------------------ opening
def opening(view: View) -> Text:
    """What can be compared at all, and what comes out; no score."""
    lang, spots = view.lang, rows_of(view)
    lines = [f"# {md('ambition.title', lang)}", "", md("ambition.honest", lang), ""]
    if not spots or not view.places:
        return Text("\n".join([*lines, md("ambition.none", lang)]))
    lines.append(
        f"- {md('ambition.count', lang, n=len(spots), measures=len({i for i, _ in spots}))}"
    )
    for place in view.places[:_PLACES]:
        own = [
            c
            for c in view.cells
            if c["region_id"] == place.id and (c["indicator"], c["target_year"]) in spots
        ]
        found = Counter(c["nation_stance"] for c in own if usable(c))
        n = sum(found.values())
        if not place.collected:
            lines.append(f"- {md('ambition.no_plan', lang, place=place.name)}")
            continue
        silent = sum(c["status"] == "no_target" for c in own)
        parts = [
            say(f"ambition.{k}", lang, n=found[k])
            for k in ("stricter", "equal", "looser")
            if found[k]
        ]
        key = "place" if n else "place_none"
        lines.append(
            f"- {md(f'ambition.{key}', lang, place=place.name, n=n, parts=messages.join(parts, lang), silent=silent, all=len(spots))}"
        )
    return Text("\n".join([*lines, *target_lists.rest(view, _PLACES)]))


# ------------------------------------------------------------------ the matrix of gaps
def chart(view: View):
    """Places by national targets: the gap, or which kind of nothing."""
    lang, spots = view.lang, rows_of(view)
    if not spots or silent(view):
        return Text(md("ambition.silent_all", lang) if spots else "")
    at = {(c["region_id"], c["indicator"], c["target_year"]): c for c in view.cells}
    rows, cells, seen = [], {}, []
    for n, (name, year) in enumerate(spots):
        line = next(
            c
            for c in view.cells
            if (c["indicator"], c["target_year"]) == (name, year) and c["nation_std"] is not None
        )
        target = {
            "value_std": line["nation_std"],
            "unit_std": line["nation_unit"],
            "comparator": line["nation_comparator"],
        }
        mark = "" if line["nation_checked"] else "*"
        label = f"{view.name(name)} {year}：{messages.bounded(target, lang)}{mark}"
        if lang == "en":
            label = f"{view.name(name)} {year}: {messages.bounded(target, lang)}{mark}"
        rows.append((label, target_lists.sector_name(view.indicators[name]["sector"], lang)))
        for m, place in enumerate(view.places):
            cell = at.get((place.id, name, year))
            if cell is not None:
                cells[n, m] = _field(cell, lang)
                seen.append(cell)
    columns = [(p.name, say("common.draft", lang) if p.draft else "") for p in view.places]
    kinds = {c["nation_stance"] for c in seen if usable(c)}
    key = [
        (charts.swatch(style.STANCES[k]), say(f"ambition.key_{k}", lang))
        for k in ("stricter", "equal", "looser")
        if k in kinds
    ]
    key.append((charts.swatch(style.STANCES["size"]), say("ambition.key_size", lang)))
    statuses = {c["status"] for c in seen} - {"target"}
    key += [
        (charts.field_sample(nothing(s)), say(f"key.{s}", lang))
        for s in target_words.STATUSES[1:]
        if s in statuses
    ]
    n = sum(usable(c) for c in seen)
    strict = sum(usable(c) and c["nation_stance"] == "stricter" for c in seen)
    caption = say("ambition.caption", lang, n=n, rows=len(spots))
    if any(not c["nation_checked"] for c in seen):
        caption += say("ambition.caption_unchecked", lang)
    caption += target_words.flag_note(seen, lang)
    shown = charts.matrices(
        rows,
        columns,
        cells,
        "ambition",
        say("ambition.chart", lang, n=n, stricter=strict),
        lang=lang,
        part=target_words.part(lang),
        subtitle=say("ambition.subtitle", lang),
        key=tuple(key),
        caption=caption,
        source=target_words.source_line(view),
    )
    return Several(shown)


def _field(cell: dict, lang: str) -> charts.Cell:
    if cell["status"] != "target":
        return nothing(cell["status"], cell["direction"], say(f"short.{cell['status']}", lang))
    dagger = "†" if cell["flags"] else ""
    if cell["gap_nation"] is None:
        other = cell["nation_comparability"] == "different"
        return charts.Cell(
            style.STANCES["size"],
            say("ambition.other_measure" if other else "ambition.no_gap", lang) + dagger,
            "○" + dagger,
            style.SOFT,
        )
    shown = target_words.gap_short(cell, "nation", lang).replace(say("common.pp", lang), "")
    close = "~" if cell["nation_comparability"] == "close" else ""
    if cell["gap_unit"] == "ratio":
        shown = say("ambition.part", lang, x=shown) + dagger
        return charts.Cell(style.STANCES["size"], shown, "●" + dagger, style.SOFT)
    if not usable(cell):
        return charts.Cell(style.STANCES["size"], shown + dagger, "○" + dagger, style.SOFT)
    sign = {"stricter": "▲", "equal": "=", "looser": "▼"}[cell["nation_stance"]]
    return charts.Cell(
        style.STANCES[cell["nation_stance"]], f"{sign} {shown}{close and ' '}{close}", sign
    )


# ------------------------------------------------------------------ coverage and firmness
def coverage(view: View) -> Several:
    """Of the nation's targets: how many each place takes up, and how."""
    lang, spots = view.lang, set(rows_of(view))
    head = Text(f"## {md('ambition.coverage_title', lang)}\n\n{md('ambition.coverage', lang)}")
    if not spots or silent(view):
        return Several([head, Text(md("ambition.none", lang))])
    parts = [
        charts.Part("stricter", say("ambition.key_stricter", lang), style.STRICTER),
        charts.Part("equal", say("ambition.key_equal", lang), style.EQUAL, ink=style.INK),
        charts.Part("looser", say("ambition.key_looser", lang), style.LOOSER),
        charts.Part("size", say("ambition.key_size", lang), "#a9b7c6", ink=style.INK),
        charts.Part(
            "deferred", say("key.deferred", lang), style.SHADES["deferred"], "\\\\", style.INK
        ),
        charts.Part(
            "directional",
            say("key.directional", lang),
            style.SHADES["directional"],
            "..",
            style.INK,
        ),
        charts.Part(
            "no_target", say("key.no_target", lang), style.SHADES["no_target"], ink=style.SOFT
        ),
        charts.Part("no_data", say("key.no_data", lang), "#ffffff", "////", style.SOFT),
    ]
    bars = []
    for place in view.places:
        own = [
            c
            for c in view.cells
            if c["region_id"] == place.id and (c["indicator"], c["target_year"]) in spots
        ]
        kinds = (
            c["status"] if c["status"] != "target" else c["nation_stance"] if usable(c) else "size"
            for c in own
        )
        note = say("common.draft", lang) if place.draft else ""
        bars.append(charts.Bar(place.name, dict(Counter(kinds)), "", note))
    most = max(
        bars, key=lambda b: sum(b.counts.get(k, 0) for k in ("stricter", "equal", "looser", "size"))
    )
    taken = sum(most.counts.get(k, 0) for k in ("stricter", "equal", "looser", "size"))
    shown = charts.bars(
        bars,
        parts,
        "ambition-coverage",
        say("ambition.coverage_chart", lang, place=most.label, n=taken, all=len(spots)),
        lang=lang,
        subtitle=say("ambition.coverage_subtitle", lang, n=len(spots)),
        caption=say("ambition.coverage_caption", lang),
        source=target_words.source_line(view),
    )
    return Several([head, shown])


def firmness(view: View) -> Several:
    """How firmly each place speaks, over all its targets."""
    head = Text(
        f"## {md('ambition.firmness_title', view.lang)}\n\n{md('language.meaning', view.lang)}"
    )
    return Several([head, language.chart(view)])


def robustness(view: View) -> Several:
    """The same figure under every combination of choices, and what stays true in all of them."""
    return choices.robustness(view)


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view, [c for c in view.cells if c["nation_std"] is not None], ("nation",))
