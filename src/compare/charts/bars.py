"""Bars: how a number of rows divides into kinds, one bar for each place or sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from compare.charts import marks, style
from compare.charts.frame import EDGE, Chart, Sheet, chart


@dataclass(frozen=True)
class Part:
    """One kind: its key in the counts, its name and colour; light parts have dark numbers."""

    key: str
    name: str
    color: str
    hatch: str = ""
    ink: str = "#ffffff"


@dataclass(frozen=True)
class Bar:
    """One bar: ``counts`` by kind; ``text`` stands at its right; ``group`` heads its rows."""

    label: str
    counts: dict[str, int]
    text: str = ""
    note: str = ""
    group: str = ""


def bars(
    rows: Sequence[Bar],
    parts: Sequence[Part],
    name: str,
    title: str,
    *,
    lang: str,
    share: bool = True,
    axis: str = "",
    **texts: str,
) -> Chart:
    """Stacked horizontal bars.

    Parameters
    ----------
    rows : list of Bar
    parts : list of Part
    name, title : str
    lang : {"zh", "en"}
    share : bool
        Bars of equal length that show shares; else of a length that shows the count.
    axis : str
        Name of the axis.
    **texts
        ``subtitle``, ``caption``, ``source``.
    """
    many = len(rows) > 14
    step = 0.24 if many else 0.38
    size = style.SIZE["small"] if many else 10.0
    if many:  # no room for a second line
        rows = [replace(r, label=f"{r.label} {r.note}".strip(), note="") for r in rows]
    left = max((style.text_width(r.label, size) for r in rows), default=0.5) + 0.2
    left = min(max([left, *(style.text_width(r.note, 7.6) + 0.2 for r in rows)]), 3.4)
    right = max((style.text_width(r.text, style.SIZE["small"]) for r in rows), default=0) + 0.15
    groups = [
        r.group for n, r in enumerate(rows) if r.group and (n == 0 or rows[n - 1].group != r.group)
    ]
    plot = len(rows) * step + len(groups) * 0.34
    most = max((sum(r.counts.values()) for r in rows), default=1) or 1
    width = style.WIDTH - 2 * EDGE - left - right

    def draw(sheet: Sheet) -> None:
        from matplotlib.patches import Rectangle

        ax = sheet.axes(EDGE, 0.04, style.WIDTH - 2 * EDGE, plot, bare=True)
        y, group = 0.0, ""
        for row in rows:
            if row.group and row.group != group:
                ax.text(0, y + 0.22, row.group, fontsize=10, color=style.SOFT, va="center")
                y += 0.34
            group = row.group
            middle = y + step / 2
            up = 0.07 if row.note else 0
            label = style.wrap(row.label, left - 0.12, size)
            points = size if len(label) == 1 else 7.6
            label = label if len(label) == 1 else style.wrap(row.label, left - 0.12, points)[:2]
            for k, line in enumerate(label):
                at = middle - up + (k - (len(label) - 1) / 2) * 0.14
                ax.text(left - 0.1, at, line, fontsize=points, ha="right", va="center")
            if row.note:
                ax.text(
                    left - 0.1,
                    middle + 0.1,
                    row.note,
                    fontsize=7.4,
                    ha="right",
                    va="center",
                    color=style.LOOSER,
                )
            total = sum(row.counts.values())
            scale = width / ((total if share else most) or 1)
            x = left
            if not total:
                ax.plot(
                    [left, left + width], [middle] * 2, color=style.EQUAL, lw=0.9, ls=(0, (1, 3))
                )
            for part in parts:
                count = row.counts.get(part.key, 0)
                if not count:
                    continue
                wide = count * scale
                ax.add_artist(
                    Rectangle(
                        (x, y + step * 0.14),
                        wide,
                        step * 0.72,
                        fc=part.color,
                        ec=style.EQUAL if part.color == style.PAPER else "white",
                        lw=0.8,
                        hatch=part.hatch,
                    )
                )
                shown = str(count)
                if style.text_width(shown, 8.4) < wide - 0.03:
                    back = (
                        {"facecolor": part.color, "edgecolor": "none", "pad": 0.6}
                        if part.hatch
                        else None
                    )
                    ax.text(
                        x + wide / 2,
                        middle,
                        shown,
                        fontsize=8.4,
                        color=part.ink,
                        ha="center",
                        va="center",
                        bbox=back,
                    )
                x += wide
            at = left + width if share else x
            ax.text(
                at + 0.1,
                middle,
                row.text,
                fontsize=style.SIZE["small"],
                va="center",
                color=style.SOFT,
            )
            y += step
        if axis:
            sheet.text(EDGE + left, plot + 0.16, axis, style.SIZE["small"], color=style.SOFT)

    used = [p for p in parts if any(r.counts.get(p.key) for r in rows)]
    key = [(marks.swatch(p.color, p.hatch), p.name) for p in used]
    return chart(name, title, plot + (0.30 if axis else 0.1), draw, lang=lang, key=key, **texts)
