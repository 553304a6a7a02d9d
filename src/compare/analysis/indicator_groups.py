"""Indicator groups: the rows of one indicator, those of one variant together; and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from compare.analysis.selection import SILENT, STATUSES, View
from compare.analysis.target_words import comparison_words, names_of, scale_of
from compare.display.lists import join_first, join_sentences
from compare.display.messages import message
from compare.display.values import target_value
from compare.schema.records import Comparison, Target
from compare.vocabulary import variants

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Group:
    """What places say on one variant: its horizons, and the rows of each."""

    indicator: str
    variant: str
    name: str
    years: tuple[int, ...]
    rows: list[Comparison] = field(repr=False)

    def at(self, year: int) -> list[Comparison]:
        """The rows of one horizon, strictest first, then the kinds of nothing."""
        return sorted((c for c in self.rows if c.target_year == year), key=_strictest_first)

    @property
    def answers(self) -> list[Comparison]:
        """Rows in which a place says something."""
        return [c for c in self.rows if c.status not in SILENT]

    @property
    def setters(self) -> set[str]:
        """Places that set a target."""
        return {c.region_id for c in self.rows if c.status == "target"}

    @property
    def has_figures(self) -> bool:
        """Whether any place puts a figure to it."""
        return any(c.value_std is not None for c in self.answers)


def _strictest_first(row: Comparison) -> tuple[object, ...]:
    """Sort key: ranked places by rank, others by size, then the kinds of nothing."""
    status = STATUSES.index(row.status)
    return status, row.rank is None, row.rank or 0, -(row.value_std or 0.0)


def groups(view: View, indicator: str | None = None) -> list[Group]:
    """The variants of an indicator that any chosen place speaks of.

    Parameters
    ----------
    view : View
    indicator : str, optional
        Default: the one that the notebook asks for.

    Returns
    -------
    list of Group
        Those with figures first; among them the one that most places set, then the usual one.
    """
    indicator = indicator or view.asked[0]
    by_variant: dict[str, list[Comparison]] = {}
    for row in view.comparisons:
        if row.indicator == indicator:
            by_variant.setdefault(row.variant, []).append(row)
    out = []
    for variant in sorted(by_variant, key=lambda v: variants.order(indicator, v)):
        own = by_variant[variant]
        years = {c.target_year for c in own if c.status not in SILENT}
        if years:
            name = variants.name(indicator, variant, view.lang)
            rows = [c for c in own if c.target_year in years]
            out.append(Group(indicator, variant, name, tuple(sorted(years)), rows))
    # the variant that most places set heads the report; those without a figure are not drawn
    return sorted(out, key=lambda g: (not g.has_figures, -len(g.setters)))


def groups_with_figures(view: View, indicator: str | None = None) -> list[Group]:
    """The groups that hold a figure to draw."""
    return [g for g in groups(view, indicator) if g.has_figures]


def letter(shown: Sequence[Group], group: Group) -> str:
    """The letter by which a variant is called, in words and on its panel."""
    return LETTERS[shown.index(group) % 26]


def other_panel(row: Comparison, view: View, shown: Sequence[Group]) -> str:
    """Where else the place gives a figure, if it does so on another variant only."""
    other = view.target(row.other_target_id)
    if not other or other.scope_region:
        return ""
    letters = [LETTERS[n % 26] for n, g in enumerate(shown) if g.variant == other.variant]
    return message("indicator.other_panel", view.lang, letter=letters[0]) if letters else ""


def nothing_words(row: Comparison, view: View) -> str:
    """A kind of nothing in words; where a part of the place has a target of its own, so much."""
    other = view.target(row.other_target_id)
    if row.status == "no_target" and other and other.scope_region:
        return message("indicator.only_part", view.lang, where=other.scope_region)
    return comparison_words(row, view)


# ------------------------------------------------------------------ headlines
def headline(shown: Sequence[Group], view: View) -> str:
    """What a chart of one or several variants says; never of one what holds for another."""
    first = shown[0]
    if len(shown) == 1:
        return _strictest_target(first, view)
    if len(first.setters) < 2:
        name = view.name(first.indicator)
        return message("indicator.many_variants", view.lang, n=len(shown), name=name)
    said = _strictest_target(first, view)
    return message("indicator.headline_of", view.lang, letter=letter(shown, first), headline=said)


def _strictest_target(group: Group, view: View) -> str:
    """The strictest target of the first horizon, or why none can be called so."""
    lang, year = view.lang, group.years[0]
    rows = [c for c in group.at(year) if c.status == "target" and c.value_std is not None]
    scale = scale_of(group.rows, lang)
    doubtful = [c for c in rows if c.flags]
    if doubtful:
        n, m = len(rows), len(doubtful)
        return message("indicator.headline_doubt", lang, year=year, n=n, m=m)
    if not rows:
        return message("indicator.headline_none", lang, name=view.name(group.indicator))
    if len({c.unit_std for c in rows}) > 1:
        return message("indicator.headline_units", lang, year=year, n=len(rows))
    best = rows[0]
    ranked = [c for c in rows if c.rank == 1]
    key, places = "best", names_of(ranked, view, 4)
    if len(rows) == 1:
        part = any(t.target_year == year for t in left_out(view, group.indicator))
        key = "one_whole" if part else "one"
    elif best.unit_std == "year" and ranked:
        key = "tie_year" if len(ranked) > 1 else "best_year"
    elif len(ranked) > 1:
        key = "tie"
    elif best.rank != 1:
        key = "largest"
        best = max(rows, key=lambda c: c.value_std or 0.0)
    elif best.rank_by == "per_head":
        key = "per_head"
    return message(
        f"indicator.headline_{key}",
        lang,
        year=year,
        place=view.place[best.region_id].name,
        places=places,
        target=target_value(best, lang, scale),
        n=len(ranked),
    )


# ------------------------------------------------------------------ what no comparison holds
def left_out(view: View, indicator: str) -> list[Target]:
    """Targets of an indicator that no comparison holds: for a part of a place, or without a date."""
    return [
        t
        for t in view.targets
        if t.indicator == indicator
        and t.repeats is None
        and (t.scope_region or t.target_year is None)
    ]


def left_out_words(view: View, indicator: str) -> str:
    """How many targets are left out of the comparison, and why; empty without any."""
    rows, said = left_out(view, indicator), []
    for key in ("part", "undated"):
        own = [r for r in rows if bool(r.scope_region) == (key == "part")]
        if own:
            where = join_first(dict.fromkeys(r.scope_region or "" for r in own), view.lang)
            why = message(f"indicator.left_out_{key}", view.lang, n=len(own), where=where)
            said.append(message("indicator.left_out", view.lang, n=len(own), why=why))
    return join_sentences(said, view.lang)
