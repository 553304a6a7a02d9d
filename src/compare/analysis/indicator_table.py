"""Indicator table: one indicator row by row, the plan's own words as the link to the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from compare.analysis.indicator_chart import per_head_words
from compare.analysis.indicator_groups import Group, groups, left_out, letter, other_panel
from compare.analysis.levels_above import LEVELS
from compare.analysis.notebook_output import Cell, Several, Table, column_heads, evidence_cell
from compare.analysis.selection import SILENT, View
from compare.analysis.target_lists import target_table
from compare.analysis.target_words import draft_note, gap_cell, rank_cell, scale_of, target_cell
from compare.display.messages import markdown, message
from compare.display.numbers import Scale
from compare.schema.records import Comparison, Target

_AROUND = 36
"""Letters that are shown before and behind a figure at most."""
_CLAUSE = re.compile("[，,；;。]")


def indicator_tables(view: View, indicator: str) -> Several:
    """Every place at every horizon; then the targets that no comparison holds."""
    out = Several([_comparisons_table(view, indicator)])
    if left_out(view, indicator):
        out.append(_left_out_table(view, indicator))
    return out


def _left_out_table(view: View, indicator: str) -> Table:
    """The targets that are left out of the comparison, each with its sentence."""
    rows = left_out(view, indicator)
    name = view.name(indicator)
    caption = message("indicator.left_out_table", view.lang, name=name, n=len(rows))
    columns = ("place", "words", "value", "horizon", "effort", "evidence")
    return target_table(rows, view, f"indicator-{indicator}-left-out", caption, columns)


def _comparisons_table(view: View, indicator: str) -> Table:
    """Every place at every horizon: target, gaps, rank, the plan's own words."""
    lang, found = view.lang, groups(view, indicator)
    rows = [(g, c) for g in found for year in g.years for c in g.at(year)]
    if len(found) > 1:  # of further variants only what is said
        rows = [(g, c) for g, c in rows if g is found[0] or c.status not in SILENT]
    have = {
        "variant": len(found) > 1,
        "gap": any(getattr(c, f"{level}_kind") for _, c in rows for level in LEVELS),
        "per_head": any(c.per_head is not None for _, c in rows),
        "rank": any(c.rank is not None and (c.rank_of or 0) > 1 for _, c in rows),
    }
    order = ("place_year", "target", "gap", "rank", "variant", "per_head", "words_link")
    columns = [k for k in order if have.get(k, True)]
    scales = {g.variant: scale_of(g.answers, lang) for g in found}
    made = []
    for group, row in rows:
        cells = _cells(group, row, found, view, scales[group.variant])
        made.append([cells[c] for c in columns])
    name = view.name(indicator)
    return Table(
        f"indicator-{indicator}",
        column_heads(columns, lang, numeric=("per_head",)),
        made,
        message("indicator.table", lang, name=name, n=len(made)),
        lang,
        markdown("indicator.no_rows", lang, name=name),
    )


def _cells(
    group: Group, row: Comparison, found: Sequence[Group], view: View, scale: Scale
) -> dict[str, Cell]:
    lang, place = view.lang, view.place[row.region_id]
    horizon = message("indicator.horizon", lang, year=row.target_year)
    draft = draft_note(place, lang)
    target = target_cell(row, view, scale, notes=True)
    if elsewhere := other_panel(row, view, found):
        target = replace(target, text=f"— {elsewhere}")
    words = Cell("")
    if source := view.target(row.target_id):
        link = evidence_cell(row, lang)
        words = replace(link, text=source.indicator_text, small=excerpt(source))
    return {
        "place_year": Cell(place.name, f"{horizon} · {draft}" if draft else horizon),
        "variant": Cell(f"{letter(found, group)}  {group.name}"),
        "target": target,
        "gap": gap_cell(row, view, scale),
        "per_head": Cell(per_head_words(row, lang)),
        "rank": rank_cell(row, lang),
        "words_link": words,
    }


def excerpt(row: Target) -> str:
    """The plan's own words around a figure, whole clauses where they are short."""
    words, at = row.evidence, row.start - row.evidence_start
    end = at + len(row.value_text)
    starts = [0, *(m.end() for m in _CLAUSE.finditer(words, 0, at))]
    since = next((i for i in starts if at - i <= _AROUND), at - _AROUND)
    ends = [*(m.start() for m in _CLAUSE.finditer(words, end)), len(words)]
    until = max((i for i in ends if i - end <= _AROUND), default=end + _AROUND)
    lead, tail = "…" * (since > 0), "…" * (until < len(words.rstrip("。")))
    return f"{lead}{' '.join(words[since:until].split())}{tail}"
