"""Dot scale: the ends and ticks of the axis of a chart of dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.charts import style
from compare.charts.dot_rows import Panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEAST = 0.2
"""Least part of a scale with ends that a panel shows between its marks."""


def axis_range(panels: list[Panel]) -> tuple[float, float]:
    """Ends of the scale: all marks and lines with room for arrows, within the scale's own ends."""
    values = [
        v
        for p in panels
        for r in p.rows
        for m in r.marks
        for v in (m.value, m.top)
        if v is not None
    ]
    values += [p.nation.value for p in panels if p.nation]
    values += [r.province.value for p in panels for r in p.rows if r.province]
    limits = panels[0].limits
    if not values:
        return limits or (0.0, 1.0)
    low, high = min(values), max(values)
    calendar = panels[0].calendar
    if (
        high - low < 1e-9 and not calendar
    ):  # one figure: the whole scale, so that it is not blown up
        return (limits[0], limits[1] * 1.04) if limits else _from_zero(low)
    room = max(high - low, _LEAST * (limits[1] - limits[0]) if limits else abs(high) * 0.15, 1e-9)
    room = max(high - low, 6.0) if calendar else room
    low, high = low - 0.35 * room, high + 0.40 * room
    if low < 0 <= min(values) and not panels[0].signed:
        low = 0.0
    if limits:
        # a little beyond the end, so that a mark on it is seen whole
        low, high = max(low, limits[0]), min(high, limits[1] + 0.04 * (limits[1] - low))
        if low < limits[0] + 0.25 * (high - limits[0]):
            low = limits[0]
    return low, high


def mark_cut(ax: Axes, room: float) -> None:
    """Two strokes through the left end of an axis: it does not begin at its zero."""
    ax.set_xticks([t for t in ax.get_xticks() if t - ax.get_xlim()[0] > room])
    stroke = {"marker": [(-0.5, -1), (0.5, 1)], "ms": 7, "mec": style.SOFT, "mew": 0.9, "ls": ""}
    ax.plot([0.008, 0.018], [0, 0], transform=ax.transAxes, clip_on=False, **stroke)


def _from_zero(value: float) -> tuple[float, float]:
    return (0.0, 1.4 * value) if value > 0 else (1.4 * value, 0.0) if value < 0 else (-1.0, 1.0)


def set_ticks(ax: Axes, panel: Panel, width: float) -> None:
    """Ticks as close as their numbers allow, none beyond the ends of the scale."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    ax.xaxis.set_major_locator(
        MaxNLocator(max(2, min(7, int(width / 0.48))), steps=[1, 2, 2.5, 5, 10])
    )
    limit = panel.limits[1] if panel.limits else None
    ax.set_xticks(
        [
            t
            for t in ax.get_xticks()
            if ax.get_xlim()[0] <= t <= min(ax.get_xlim()[1], limit or 1e30)
        ]
    )
    ax.xaxis.set_major_formatter(
        FuncFormatter((lambda v, _: f"{v:.0f}") if panel.calendar else _plain)
    )


def _plain(value: float, _: object = None) -> str:
    return f"{value:,.6g}".replace("-", "−")
