"""Robustness: how a statement about ambition moves with the choices made to reach it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import combinations, product

from compare import charts
from compare.analysis.chart_parts import key_words, source_line
from compare.analysis.national_targets import has_stance, no_place_answers
from compare.analysis.notebook_output import Cell, Several, Table, Text, as_text, heading
from compare.analysis.selection import ShownPlace, View, of_place
from compare.analysis.target_words import draft_note, place_names
from compare.display.messages import markdown, message
from compare.schema.records import Comparison


@dataclass(frozen=True)
class Choices:
    """How a place's rows become one figure; the first of each is the usual one.

    Attributes
    ----------
    close : bool
        Variants that are nearly the nation's count, too.
    draft : bool
        Drafts count.
    unchecked : bool
        National figures not seen in their document count.
    by_sector : bool
        Each sector weighs the same, not each indicator.
    equal : bool
        Being as strict as the nation counts, not only being stricter.
    silence : bool
        Indicators on which a plan is silent count as not met, instead of being left out.
    """

    close: bool = True
    draft: bool = True
    unchecked: bool = True
    by_sector: bool = False
    equal: bool = False
    silence: bool = False


USUAL = Choices()
Share = tuple[float, int]
"""A share in %, and the number of targets behind it."""
Results = Mapping[str, Mapping[Choices, Share | None]]
"""Shares by place and choices."""


def every_choice() -> list[Choices]:
    """All combinations."""
    return [Choices(*flags) for flags in product((True, False), repeat=6)]


def share(rows: Sequence[Comparison], place: ShownPlace, choices: Choices) -> Share | None:
    """Share of the nation's targets than which a place is stricter, in %.

    Parameters
    ----------
    rows : list of Comparison
        Those of the place, one for each indicator and horizon.
    place : ShownPlace
    choices : Choices

    Returns
    -------
    (float, int) or None
        The share and the number of targets behind it; None where nothing can be compared.
    """
    if place.draft and not choices.draft:
        return None
    found: dict[str, list[bool]] = defaultdict(list)
    comparable = ("same", "close") if choices.close else ("same",)
    met = ("stricter", "equal") if choices.equal else ("stricter",)
    for row in rows:
        if row.nation_std is None or (row.nation_checked == "no" and not choices.unchecked):
            continue
        total = row.status == "target" and row.gap_unit == "ratio"
        if has_stance(row) and row.nation_comparability in comparable:
            found[row.sector].append(row.nation_stance in met)
        elif choices.silence and place.collected and not total:
            found[row.sector].append(False)
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
    head = heading("ambition.robust_title", lang, "ambition.robust")
    nothing = Several([head, Text(markdown("ambition.none", lang))])
    if no_place_answers(view):
        return nothing
    own = {p.id: of_place(view.comparisons, p.id) for p in view.places}
    results = {p.id: {c: share(own[p.id], p, c) for c in every_choice()} for p in view.places}
    if not any(r for place in results.values() for r in place.values()):
        return nothing
    same, undecided = _orders(view, results)
    key = "robust_chart" if same else "robust_chart_none"
    shown = charts.ranges(
        [_range_row(place, results[place.id], lang) for place in view.places],
        "ambition-choices",
        message(f"ambition.{key}", lang, sure=len(same), all=len(same) + undecided),
        key_words(lang),
        lang=lang,
        axis=message("ambition.axis", lang),
        subtitle=message("ambition.robust_subtitle", lang, n=len(every_choice())),
        caption=message("ambition.robust_caption", lang),
        source=source_line(view),
    )
    return Several([head, shown, _same_order(view, same, undecided), _choices_table(view, results)])


def _range_row(
    place: ShownPlace, results: Mapping[Choices, Share | None], lang: str
) -> charts.RangeRow:
    values = tuple(r[0] for r in results.values() if r)
    usual = results[USUAL]
    if values:
        low, high = round(min(values)), round(max(values))
        n = usual[1] if usual else 0
        words = message("ambition.share_range", lang, low=low, high=high, n=n)
    else:
        words = message("ambition.nothing_to_compare", lang)
    first = usual[0] if usual else None
    return charts.RangeRow(place.name, place.look, values, first, words, draft_note(place, lang))


Pairs = list[tuple[ShownPlace, ShownPlace]]


def _orders(view: View, results: Results) -> tuple[Pairs, int]:
    """Pairs of places whose order is the same under every choice, and how many others there are."""
    same: Pairs = []
    undecided = 0
    with_any = [p for p in view.places if any(results[p.id].values())]
    for a, b in combinations(with_any, 2):
        both = [(results[a.id][c], results[b.id][c]) for c in every_choice()]
        signs = {(x[0] > y[0]) - (x[0] < y[0]) for x, y in both if x and y}
        if signs == {1}:
            same.append((a, b))
        elif signs == {-1}:
            same.append((b, a))
        elif signs:
            undecided += 1
    return same, undecided


def _same_order(view: View, same: Pairs, undecided: int) -> Text:
    """Which places stand above which under every choice."""
    lang = view.lang
    if not same:
        key = "same_order_none" if undecided else "same_order_one"
        return Text(markdown(f"ambition.{key}", lang, n=undecided))
    lines = [markdown("ambition.same_order", lang, n=len(same), open=undecided), ""]
    below: dict[str, list[ShownPlace]] = defaultdict(list)
    for a, b in same:
        below[a.id].append(b)
    for region, places in sorted(below.items(), key=lambda i: -len(i[1]))[:12]:
        names, place = place_names(places, lang, 8), view.place[region].name
        line = markdown("ambition.same_order_place", lang, place=place, below=names)
        lines.append(f"- {line}")
    return as_text(lines)


def _choices_table(view: View, results: Results) -> Table:
    """What turning one choice does, all others being as usual."""
    lang, made = view.lang, []
    turned = {"usual": USUAL}
    turned |= {
        f.name: replace(USUAL, **{f.name: not getattr(USUAL, f.name)}) for f in fields(Choices)
    }
    places = view.places[:8]
    for name, choices in turned.items():
        cells = [Cell(message(f"ambition.choice_{name}", lang))]
        for place in places:
            result = results[place.id][choices]
            cells.append(
                Cell(f"{round(result[0])}%", f"n={result[1]}") if result else Cell("—", tone="soft")
            )
        made.append(cells)
    columns = [message("ambition.choice", lang), *(">" + p.name for p in places)]
    return Table("ambition-choices", columns, made, message("ambition.choices_table", lang), lang)
