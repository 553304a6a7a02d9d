"""Choices: how a statement about ambition moves with the choices made to reach it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product

from compare import charts
from compare.analysis import target_words
from compare.analysis.display_table import Cell, Table
from compare.analysis.national_targets import silent, usable
from compare.analysis.selection import Place, View
from compare.wording.messages import Several, Text, md, say


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


def share(cells: list[dict], place: Place, choices: Choices) -> tuple[float, int] | None:
    """Share of the nation's targets than which a place is stricter, in %.

    Parameters
    ----------
    cells : list of dict
        Its comparisons rows, one for each measure and horizon.
    place : Place
    choices : Choices

    Returns
    -------
    (float, int) or None
        The share and the number of measures behind it; None where nothing can be compared.
    """
    if place.draft and not choices.draft:
        return None
    found: dict[str, list[bool]] = defaultdict(list)
    for c in cells:
        if c["nation_std"] is None or (not c["nation_checked"] and not choices.unchecked):
            continue
        fits = c["nation_comparability"] == "same" or (
            c["nation_comparability"] == "close" and choices.close
        )
        if usable(c) and fits:
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
    if silent(view):
        return Several([head, Text(md("ambition.none", lang))])
    own = {p.id: [c for c in view.cells if c["region_id"] == p.id] for p in view.places}
    results = {p.id: {c: share(own[p.id], p, c) for c in every_choice()} for p in view.places}
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
        target_words.key_words(lang),
        lang=lang,
        axis=say("ambition.axis", lang),
        subtitle=say("ambition.robust_subtitle", lang, n=len(every_choice())),
        caption=say("ambition.robust_caption", lang),
        source=target_words.source_line(view),
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
        words = target_words.names(below, lang, 8)
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
