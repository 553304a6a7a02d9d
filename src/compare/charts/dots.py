"""Dots: one indicator, one row a place; targets as marks, benchmarks as lines."""

from __future__ import annotations

from collections.abc import Callable

from compare.charts import marks, style
from compare.charts.dot_panels import PALE, PanelGroup
from compare.charts.dot_rows import Panel
from compare.charts.frame import Chart, Sheet, chart
from compare.charts.marks import Mark

_LEAST_FIELD = 1.8
"""Inches below which two fields do not stand side by side."""


def dots(
    panels: list[Panel],
    name: str,
    title: str,
    words: Callable[[str], str],
    *,
    lang: str,
    **texts: str,
) -> Chart:
    """Targets of places on one indicator; different variants in panels of their own.

    Parameters
    ----------
    panels : list of Panel
    name, title : str
    words : callable
        Words of the key, see `compare.charts.marks.key_entries`; also ``nation``, ``province``,
        ``unchecked``, and ``cut_axis`` for a scale that does not begin at 0.
    lang : {"zh", "en"}
    **texts
        ``subtitle``, ``caption``, ``source``.

    Returns
    -------
    Chart
    """
    groups: list[list[Panel]] = []
    for panel in panels:
        if panel.beside and groups:
            groups[-1].append(panel)
        else:
            groups.append([panel])
    # where the words leave too little room for two fields, they stand one under another
    tight = {id(g) for g in groups if len(g) > 1 and PanelGroup(g, words).field() < _LEAST_FIELD}
    # … on the scale that they would have side by side: a later aim stands where it is on the earlier scale
    plans = [
        PanelGroup(part, words, scale=g)
        for g in groups
        for part in ([[p] for p in g] if id(g) in tight else [g])
    ]
    left = max((p.left for p in plans), default=1.0)
    if any(p.many for p in plans):
        for plan in plans:
            plan.set_sizes(many=True)
        left = max(p.left for p in plans)
    for plan in plans:  # one edge for all
        alike = [p.text_widths for p in plans if len(p.text_widths) == len(plan.text_widths)]
        plan.left, plan.text_widths = left, [max(s) for s in zip(*alike, strict=True)]
    rows = [r for p in panels for r in p.rows]
    used = [m for r in rows for m in r.marks]
    key = marks.key_entries(used, {r.status for r in rows} - {"target"}, words)
    lines = [r.province for r in rows if r.province]
    nations = [p.nation for p in panels if p.nation]
    if nations:
        key.append((marks.line_sample(style.NATION, False, 1.6), words("nation")))
    if lines:
        key.append((marks.line_sample(style.PROVINCE, False, 3.0), words("province")))
    if any(r.others for r in rows):
        key.append((marks.sample(Mark(0), style.Look(PALE, "o")), words("others")))
    if not all(line.checked for line in [*lines, *nations]):
        key.append((marks.line_sample(style.NATION, True), words("unchecked")))

    def draw(sheet: Sheet) -> None:
        y = 0.0
        for plan in plans:
            plan.draw(sheet, y)
            y += plan.height

    return chart(name, title, sum(p.height for p in plans), draw, lang=lang, key=key, **texts)
