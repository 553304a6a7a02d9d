"""Ranges: how a result moves with the choices that were made to reach it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.charts import style
from compare.charts.frame import EDGE, Chart, Sheet, chart
from compare.charts.key import KeySample

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class RangeRow:
    """One place: its result under each combination of choices, and that of the usual ones."""

    label: str
    look: style.Look
    values: tuple[float, ...]
    usual: float | None
    text: str = ""
    note: str = ""


def ranges(
    rows: Sequence[RangeRow],
    name: str,
    title: str,
    words: Callable[[str], str],
    *,
    lang: str,
    axis: str,
    **texts: str,
) -> Chart:
    """One row a place: a dot for each combination, a bar from least to most.

    Parameters
    ----------
    rows : list of RangeRow
    name, title : str
    words : callable
        Words of the key: ``usual``, ``other``.
    lang : {"zh", "en"}
    axis : str
        Name of the axis, a share of 0 to 100 %.
    **texts
        ``subtitle``, ``caption``, ``source``.
    """
    many = len(rows) > 14
    step, size = (0.24, style.SIZE["small"]) if many else (0.44, 10.0)
    names = [f"{r.label} {r.note}".strip() if many else r.label for r in rows]
    left = max((style.text_width(n, size) for n in names), default=0.5) + 0.25
    left = max([left, *(style.text_width(r.note, 7.6) + 0.25 for r in rows)])
    right = max((style.text_width(r.text, style.SIZE["small"]) for r in rows), default=0) + 0.3
    plot = step * max(len(rows), 1)

    def draw(sheet: Sheet) -> None:
        ax = sheet.axes(EDGE + left, 0.04, style.WIDTH - 2 * EDGE - left - right, plot)
        ax.set_ylim(len(rows) - 0.5, -0.5)
        ax.set_xlim(-2, 102)
        ax.set_yticks([])
        ax.set_xticks([0, 25, 50, 75, 100])
        ax.set_xlabel(axis, labelpad=2)
        for side in ("left", "right", "top"):
            ax.spines[side].set_visible(False)
        for n, row in enumerate(rows):
            if n % 2 == 0:
                ax.axhspan(n - 0.5, n + 0.5, color=style.WASH, lw=0, zorder=0)
            y = 0.04 + (n + 0.5) * step
            up = 0.07 if row.note and not many else 0
            sheet.text(EDGE + left - 0.1, y - up, names[n], size, ha="right")
            if row.note and not many:
                sheet.text(
                    EDGE + left - 0.1, y + 0.11, row.note, 7.6, ha="right", color=style.LOOSER
                )
            sheet.text(
                style.WIDTH - EDGE - right + 0.15,
                y,
                row.text,
                style.SIZE["small"],
                color=style.SOFT,
            )
            if not row.values:
                continue
            color = row.look.color
            ax.plot(
                [min(row.values), max(row.values)],
                [n, n],
                color=color,
                lw=5,
                alpha=0.25,
                solid_capstyle="round",
            )
            for value in sorted(set(row.values)):
                ax.plot([value], [n], "|", ms=7, mew=1.2, color=color)
            if row.usual is not None:
                ax.plot(
                    [row.usual], [n], row.look.marker, ms=5.5 if many else 8, color=color, zorder=4
                )

    def usual(ax: Axes, x: float, y: float) -> None:
        ax.plot([x], [y], "o", ms=6.5, color=style.INK)

    def other(ax: Axes, x: float, y: float) -> None:
        ax.plot(
            [x - 0.12, x + 0.12], [y, y], color=style.INK, lw=4, alpha=0.25, solid_capstyle="round"
        )
        ax.plot([x - 0.1, x + 0.03, x + 0.11], [y] * 3, "|", ms=6, mew=1.2, color=style.INK)

    key = ((KeySample(usual), words("usual")), (KeySample(other), words("other")))
    return chart(name, title, plot + 0.48, draw, lang=lang, key=key, **texts)
