"""How ambitious, honestly: gaps to the nation, what is silent, how firmly, and what the choices do."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations, product

from compare import charts, style, text
from compare.charts.matrix import nothing
from compare.story import language, lists, phrases
from compare.story.sources import sources as _sources
from compare.story.view import Place, View
from compare.story.view import read as _read
from compare.tables import Cell, Table
from compare.text import Several, Text, md, say

_FILL = {"stricter": "#bfe0dc", "equal": "#e3e5dc", "looser": "#f3d5bd", "size": "#e4e9ef"}


def read(regions: list[str] = (), years: list[int] = (), lang: str = "zh") -> View:
    """One row for each place, measure and horizon, of some places (empty: all)."""
    return _read(lang, regions, [], years, one_each=True)


def rows_of(view: View) -> list[tuple[str, int]]:
    """Measures and horizons for which the nation has a target of its own."""
    found = {(c["indicator"], c["target_year"]) for c in view.cells if c["nation_std"] is not None}
    order = list(view.indicators)
    return sorted(
        found,
        key=lambda k: (
            lists.SECTORS.index(view.indicators[k[0]]["sector"]),
            order.index(k[0]),
            k[1],
        ),
    )


def _silent(view: View) -> bool:
    """Whether no place takes up any of the nation's targets in any way."""
    silence = ("no_target", "no_data")
    return all(c["status"] in silence for c in view.cells if c["nation_std"] is not None)


def _usable(cell: dict) -> bool:
    """Whether a row can be called stricter or looser than the nation's."""
    return cell["nation_stance"] is not None


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
    for place in view.places[:12]:
        own = [
            c
            for c in view.cells
            if c["region_id"] == place.id and (c["indicator"], c["target_year"]) in spots
        ]
        found = Counter(c["nation_stance"] for c in own if _usable(c))
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
            f"- {md(f'ambition.{key}', lang, place=place.name, n=n, parts=text.join(parts, lang), silent=silent, all=len(spots))}"
        )
    return Text("\n".join(lines))


# ------------------------------------------------------------------ the matrix of gaps
def chart(view: View):
    """Places by national targets: the gap, or which kind of nothing."""
    lang, spots = view.lang, rows_of(view)
    if not spots or _silent(view):
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
        label = f"{view.name(name)} {year}：{text.bounded(target, lang)}{mark}"
        if lang == "en":
            label = f"{view.name(name)} {year}: {text.bounded(target, lang)}{mark}"
        rows.append((label, lists.sector_name(view.indicators[name]["sector"], lang)))
        for m, place in enumerate(view.places):
            cell = at.get((place.id, name, year))
            if cell is not None:
                cells[n, m] = _field(cell, lang)
                seen.append(cell)
    columns = [(p.name, say("common.draft", lang) if p.draft else "") for p in view.places]
    kinds = {c["nation_stance"] for c in seen if _usable(c)}
    key = [
        (charts.swatch(_FILL[k]), say(f"ambition.key_{k}", lang))
        for k in ("stricter", "equal", "looser")
        if k in kinds
    ]
    key.append((charts.swatch(_FILL["size"]), say("ambition.key_size", lang)))
    statuses = {c["status"] for c in seen} - {"target"}
    key += [
        (charts.field_sample(nothing(s)), say(f"key.{s}", lang))
        for s in phrases.STATUSES[1:]
        if s in statuses
    ]
    n = sum(_usable(c) for c in seen)
    strict = sum(c["nation_stance"] == "stricter" for c in seen)
    caption = say("ambition.caption", lang, n=n, rows=len(spots))
    if any(not c["nation_checked"] for c in seen):
        caption += say("ambition.caption_unchecked", lang)
    shown = charts.matrices(
        rows,
        columns,
        cells,
        "ambition",
        say("ambition.chart", lang, n=n, stricter=strict),
        lang=lang,
        part=phrases.part(lang),
        subtitle=say("ambition.subtitle", lang),
        key=tuple(key),
        caption=caption,
        source=phrases.source_line(view),
    )
    return Several(shown)


def _field(cell: dict, lang: str) -> charts.Cell:
    if cell["status"] != "target":
        return nothing(cell["status"], cell["direction"], say(f"short.{cell['status']}", lang))
    if cell["gap_nation"] is None:
        other = cell["nation_comparability"] == "different"
        return charts.Cell(
            _FILL["size"],
            say("ambition.other_measure" if other else "ambition.no_gap", lang),
            "○",
            style.SOFT,
        )
    shown = phrases.gap_short(cell, "nation", lang).replace(say("common.pp", lang), "")
    close = "~" if cell["nation_comparability"] == "close" else ""
    if cell["gap_unit"] == "ratio":
        return charts.Cell(_FILL["size"], say("ambition.part", lang, x=shown), "●", style.SOFT)
    sign = {"stricter": "▲", "equal": "=", "looser": "▼"}.get(cell["nation_stance"], "●")
    return charts.Cell(
        _FILL.get(cell["nation_stance"], _FILL["size"]),
        f"{sign} {shown}{close and ' '}{close}",
        sign,
    )


# ------------------------------------------------------------------ coverage and firmness
def coverage(view: View) -> Several:
    """Of the nation's targets: how many each place takes up, and how."""
    lang, spots = view.lang, set(rows_of(view))
    head = Text(f"## {md('ambition.coverage_title', lang)}\n\n{md('ambition.coverage', lang)}")
    if not spots or _silent(view):
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
            c["status"] if c["status"] != "target" else c["nation_stance"] or "size" for c in own
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
        source=phrases.source_line(view),
    )
    return Several([head, shown])


def firmness(view: View) -> Several:
    """How firmly each place speaks, over all its targets."""
    head = Text(
        f"## {md('ambition.firmness_title', view.lang)}\n\n{md('language.meaning', view.lang)}"
    )
    return Several([head, language.chart(view)])


# ------------------------------------------------------------------ what the choices do
@dataclass(frozen=True)
class Choices:
    """How a place's rows become one figure; the first of each is the usual one.

    Attributes
    ----------
    close : bool
        Variants that are nearly the nation's measure count, too.
    draft : bool
        Drafts count.
    unchecked : bool
        National figures not seen in their document count.
    by_sector : bool
        Each sector weighs the same, not each measure.
    equal : bool
        Being as strict as the nation counts, not only being stricter.
    silence : bool
        Measures on which a plan is silent count as not met, instead of being left out.
    """

    close: bool = True
    draft: bool = True
    unchecked: bool = True
    by_sector: bool = False
    equal: bool = False
    silence: bool = False


USUAL = Choices()


def every_choice() -> list[Choices]:
    """All combinations."""
    return [Choices(*flags) for flags in product((True, False), repeat=6)]


def share(view: View, place: Place, choices: Choices) -> tuple[float, int] | None:
    """Share of the nation's targets than which a place is stricter, in %.

    Returns
    -------
    (float, int) or None
        The share and the number of measures behind it; None where nothing can be compared.
    """
    spots = set(rows_of(view))
    if place.draft and not choices.draft:
        return None
    found: dict[str, list[bool]] = defaultdict(list)
    for c in view.cells:
        if c["region_id"] != place.id or (c["indicator"], c["target_year"]) not in spots:
            continue
        if c["nation_std"] is None or (not c["nation_checked"] and not choices.unchecked):
            continue
        fits = c["nation_comparability"] == "same" or (
            c["nation_comparability"] == "close" and choices.close
        )
        if _usable(c) and fits:
            met = ("stricter", "equal") if choices.equal else ("stricter",)
            found[c["sector"]].append(c["nation_stance"] in met)
        elif (
            choices.silence
            and place.collected
            and not (c["status"] == "target" and c["gap_unit"] == "ratio")
        ):
            found[c["sector"]].append(False)
    flat = [v for values in found.values() for v in values]
    if not flat:
        return None
    if choices.by_sector:
        mean = sum(sum(v) / len(v) for v in found.values()) / len(found)
    else:
        mean = sum(flat) / len(flat)
    return 100 * mean, len(flat)


def robustness(view: View) -> Several:
    """The same figure under every combination of choices, and what stays true in all of them."""
    lang = view.lang
    head = Text(f"## {md('ambition.robust_title', lang)}\n\n{md('ambition.robust', lang)}")
    if _silent(view):
        return Several([head, Text(md("ambition.none", lang))])
    results = {p.id: {c: share(view, p, c) for c in every_choice()} for p in view.places}
    if not any(r for place in results.values() for r in place.values()):
        return Several([head, Text(md("ambition.none", lang))])
    rows = []
    for place in view.places:
        found = {c: r for c, r in results[place.id].items() if r}
        values = tuple(r[0] for r in found.values())
        usual = results[place.id][USUAL]
        if values:
            words = say(
                "ambition.span",
                lang,
                low=round(min(values)),
                high=round(max(values)),
                n=usual[1] if usual else 0,
            )
        else:
            words = say("ambition.nothing_to_compare", lang)
        note = say("common.draft", lang) if place.draft else ""
        rows.append(
            charts.Choice(place.name, place.look, values, usual[0] if usual else None, words, note)
        )
    sure, open_ = _orders(view, results)
    shown = charts.ranges(
        rows,
        "ambition-choices",
        say(
            f"ambition.robust_chart{'' if sure else '_none'}",
            lang,
            sure=len(sure),
            all=len(sure) + open_,
        ),
        phrases.key_words(lang),
        lang=lang,
        axis=say("ambition.axis", lang),
        subtitle=say("ambition.robust_subtitle", lang, n=len(every_choice())),
        caption=say("ambition.robust_caption", lang),
        source=phrases.source_line(view),
    )
    return Several([head, shown, _sure(view, sure, open_), _flips(view, results)])


def _orders(view: View, results: dict) -> tuple[list[tuple[Place, Place]], int]:
    """Pairs of places whose order is the same under every choice, and how many others there are."""
    sure, undecided = [], 0
    with_any = [p for p in view.places if any(results[p.id].values())]
    for a, b in combinations(with_any, 2):
        both = [(results[a.id][c], results[b.id][c]) for c in every_choice()]
        signs = {(x[0] > y[0]) - (x[0] < y[0]) for x, y in both if x and y}
        if signs == {1}:
            sure.append((a, b))
        elif signs == {-1}:
            sure.append((b, a))
        elif signs:
            undecided += 1
    return sure, undecided


def _sure(view: View, sure: list, undecided: int) -> Text:
    lang = view.lang
    if not sure:
        key = "sure_none" if undecided else "sure_one"
        return Text(md(f"ambition.{key}", lang, n=undecided))
    lines = [md("ambition.sure", lang, n=len(sure), open=undecided), ""]
    above: dict[str, list[Place]] = defaultdict(list)
    for a, b in sure:
        above[a.id].append(b)
    for region, below in sorted(above.items(), key=lambda i: -len(i[1]))[:12]:
        words = phrases.names(below, lang, 8)
        lines.append(
            f"- {md('ambition.sure_line', lang, place=view.place[region].name, below=words)}"
        )
    return Text("\n".join(lines))


def _flips(view: View, results: dict) -> Table:
    """What turning one choice does, all others being as usual."""
    lang, rows = view.lang, []
    turned = {"usual": USUAL}
    turned |= {
        name: Choices(**{**USUAL.__dict__, name: not getattr(USUAL, name)})
        for name in USUAL.__dict__
    }
    places = view.places if len(view.places) <= 8 else view.places[:8]
    for name, choices in turned.items():
        cells = [Cell(say(f"ambition.choice_{name}", lang))]
        for place in places:
            result = results[place.id][choices]
            cells.append(
                Cell(f"{round(result[0])}%", f"n={result[1]}") if result else Cell("—", tone="soft")
            )
        rows.append(cells)
    columns = [say("ambition.choice", lang), *(">" + p.name for p in places)]
    return Table("ambition-choices", columns, rows, say("ambition.flips", lang), lang)


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view, [c for c in view.cells if c["nation_std"] is not None])
