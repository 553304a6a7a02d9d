"""Indicator chart: one indicator, a panel for each variant and horizon, a row for each place."""

from __future__ import annotations

from collections.abc import Sequence

from compare import charts
from compare.analysis.chart_parts import (
    LOOK_NATION,
    axis_name,
    flag_note,
    key_words,
    mark_of,
    source_line,
    stretch_mark,
)
from compare.analysis.indicator_groups import (
    LETTERS,
    Group,
    headline,
    nothing_words,
    other_panel,
)
from compare.analysis.levels_above import benchmark_line, nearest_line
from compare.analysis.selection import SILENT, STATUSES, View
from compare.analysis.target_words import comparison_words, draft_note, scale_of
from compare.display.lists import join_sentences
from compare.display.messages import all_messages, message
from compare.display.numbers import Scale, format_number, round_figures
from compare.schema.records import Comparison
from compare.vocabulary import variants

_FOLD = 14
"""Places from which on those that are silent at every horizon share one row."""


def indicator_chart(view: View, shown: Sequence[Group], indicator: str) -> charts.Chart:
    """The chart of one indicator.

    Parameters
    ----------
    view : View
    shown : list of Group
        Its variants that hold a figure.
    indicator : str
    """
    lang = view.lang
    panels = [p for number in range(len(shown)) for p in _panels(number, shown, view)]
    rows = [c for g in shown for c in g.rows]
    caption = message(
        "indicator.caption",
        lang,
        n=sum((c.status == "target") + (c.stretch_std is not None) for c in rows),
        plans=len({c.doc for c in rows if c.status == "target"}),
    )
    if _are_sizes(rows) or any(p.nation for p in panels):
        key = _how_to_read(shown[0].rows, view.indicators[indicator].better)
        caption = message(f"indicator.{key}", lang) + caption
    caption += _checked_note(panels, lang) + flag_note(rows, lang)
    key = "subtitle" if len(shown) > 1 else "subtitle_variant"
    name, variant = view.name(indicator), shown[0].name
    return charts.dots(
        panels,
        f"indicator-{indicator}",
        headline(shown, view),
        key_words(lang),
        lang=lang,
        subtitle=message(f"indicator.{key}", lang, name=name, variant=variant),
        caption=caption,
        source=source_line(view),
    )


def _are_sizes(rows: Sequence[Comparison]) -> bool:
    """Whether the figures are totals, which say nothing of strictness."""
    return any(c.gap_unit == "ratio" or c.per_head is not None for c in rows)


def _how_to_read(rows: Sequence[Comparison], better: str) -> str:
    """Key of the message that says on which side of the line a place is stricter."""
    if _are_sizes(rows) or better == "none":
        return "read_size"
    level = all(c.measure in (None, "level") for c in rows)
    return "read_up" if better == "up" or not level else "read_down"


def _checked_note(panels: Sequence[charts.Panel], lang: str) -> str:
    """Whether the benchmarks that are drawn were seen in their documents."""
    lines = [p.nation for p in panels] + [r.province for p in panels for r in p.rows]
    checked = [line.checked for line in lines if line]
    if not checked:
        return ""
    key = "benchmarks_checked" if all(checked) else "benchmarks_unchecked"
    return message(f"indicator.{key}", lang)


# ------------------------------------------------------------------ panels
def _panels(number: int, shown: Sequence[Group], view: View) -> list[charts.Panel]:
    """The panels of one variant, one a horizon."""
    lang, group = view.lang, shown[number]
    scale = scale_of(group.answers, lang)
    unit = next((c.unit_std for c in group.answers if c.unit_std), None)
    sequence = list(dict.fromkeys(c.region_id for year in group.years for c in group.at(year)))
    if number:  # silence is shown once, on the first variant
        answering = {c.region_id for c in group.answers}
        sequence = [r for r in sequence if r in answering]
    folded = _silent_places(group, sequence) if len(sequence) > _FOLD else {}
    sequence = [r for r in sequence if not any(r in ids for ids in folded.values())]
    level = all(c.measure in (None, "level") for c in group.answers)
    limits = (0.0, 100.0) if unit == "%" and level else None
    several = len(shown) > 1
    alone = several and len(group.years) == 1  # the header names the horizon
    header = message("indicator.panel", lang, letter=LETTERS[number % 26], name=group.name)
    if alone and unit != "year":
        header += " · " + message("indicator.horizon", lang, year=group.years[0])
    axis = message(
        "indicator.variant_axis", lang, name=view.name(group.indicator), variant=group.name
    )
    panels = []
    for n, year in enumerate(group.years):
        at = {c.region_id: c for c in group.rows if c.target_year == year}
        rows = [_row(at[r], view, scale, shown) for r in sequence if r in at]
        rows += [_folded(status, len(ids), lang) for status, ids in folded.items()]
        held = next((c for c in at.values() if c.nation_std is not None), None)
        untitled = alone or unit == "year"
        panels.append(
            charts.Panel(
                "" if untitled else message("indicator.horizon", lang, year=year),
                rows,
                axis_name(axis, scale.unit if unit != "year" else "", lang),
                _nation(held, rows, view, scale) if held else None,
                header=header if several and n == 0 else "",
                warning=_warning(group, shown[:number], view) if n == 0 else "",
                beside=n % 2 == 1,
                limits=limits,
                calendar=unit == "year",
            )
        )
    return panels


def _warning(group: Group, before: Sequence[Group], view: View) -> str:
    """Why the figures of this panel are not those of the panels above it."""
    said: dict[str, str] = {}  # the first panel of each grade stands for its like
    for n, other in enumerate(before):
        found = variants.grade(group.indicator, other.variant, group.variant)
        why = found.zh if view.lang == "zh" else found.en
        key = f"indicator.warning_{found.grade}"
        words = message(key, view.lang, letter=LETTERS[n % 26], why=why)
        said.setdefault(found.grade, words)
    ordered = [said[grade] for grade in ("different", "close", "same") if grade in said]
    return join_sentences(ordered, view.lang)


def _silent_places(group: Group, sequence: Sequence[str]) -> dict[str, list[str]]:
    """Places that are silent at every horizon, by kind of silence: of many, one row stands for all."""
    out: dict[str, list[str]] = {}
    for region in sequence:
        statuses = {c.status for c in group.rows if c.region_id == region}
        if statuses <= set(SILENT):
            out.setdefault("no_data" if "no_data" in statuses else "no_target", []).append(region)
    return dict(sorted(out.items(), key=lambda i: STATUSES.index(i[0])))


def _folded(status: str, count: int, lang: str) -> charts.Row:
    label = message("indicator.silent_places", lang, n=count)
    text = message(f"status.{status}", lang)
    return charts.Row(label, LOOK_NATION, text=text, status=status)


def _nation(
    row: Comparison, rows: Sequence[charts.Row], view: View, scale: Scale
) -> charts.BenchmarkLine | None:
    """The nation's line; a total that would dwarf all places is left to the words."""
    line = benchmark_line(row, "nation", view, scale)
    largest = max((m.value for r in rows for m in r.marks), default=0.0)
    total = row.nation_unit not in ("%", "pp", "year", "1")
    return None if line and total and line.value > 3 * largest else line


def _row(row: Comparison, view: View, scale: Scale, shown: Sequence[Group]) -> charts.Row:
    place = view.place[row.region_id]
    target = row.status == "target"
    words = comparison_words(row, view, scale) if target else nothing_words(row, view)
    found = (mark_of(row, scale), stretch_mark(row, view, scale))
    return charts.Row(
        place.name,
        place.look,
        draft_note(place, view.lang),
        tuple(m for m in found if m),
        other_panel(row, view, shown) or words,
        row.status,
        row.direction,
        nearest_line(row, view, scale),
        per_head_words(row, view.lang),
    )


def per_head_words(row: Comparison, lang: str) -> str:
    """``1.07 千瓦/人``; empty where the population is not known."""
    if row.per_head is None:
        return ""
    unit = row.per_head_unit or ""
    known = all_messages()["per_head"].get(unit)
    return f"{format_number(round_figures(row.per_head))} {known[lang] if known else unit}"
