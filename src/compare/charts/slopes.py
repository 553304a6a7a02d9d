"""Slopes: how targets move from one horizon to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.charts import marks, style
from compare.charts.frame import EDGE, Chart, Sheet, chart
from compare.charts.key import KeySample
from compare.charts.marks import Mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

_MANY = 10


@dataclass(frozen=True)
class Series:
    """One place (or the nation, dashed) on one indicator: ``points`` are ``(year, Mark)`` by year;
    ``text`` says its value at the last horizon and its pace."""

    name: str
    look: style.Look
    points: tuple[tuple[int, Mark], ...]
    text: str = ""
    benchmark: bool = False


@dataclass(frozen=True)
class Facet:
    """One indicator: its name, the name of its axis with the unit, and its series."""

    title: str
    axis: str
    series: tuple[Series, ...]
    note: str = ""


def slopes(
    facets: list[Facet],
    name: str,
    title: str,
    words: Callable[[str], str],
    *,
    lang: str,
    **texts: str,
) -> Chart:
    """Lines from horizon to horizon, a field for each indicator; with many places one row each.

    Parameters
    ----------
    facets : list of Facet
    name, title : str
    words : callable
        Words of the key, see `compare.charts.marks.key_entries`; also ``nation`` and ``earlier``.
    lang : {"zh", "en"}
    **texts
        ``subtitle``, ``caption``, ``source``.
    """
    room = style.WIDTH - 2 * EDGE
    blocks, y, x = [], 0.0, 0.0
    half, tall = (room - 0.4) / 2, 0.0
    for facet in _without_gaps(facets, room):
        long = len(facet.series) > _MANY
        high = _rows_height(facet) if long else _lines_height(facet)
        wide = room if _needs_whole_width(facet, half) or len(facets) == 1 else half
        if x + wide > room + 0.01:
            x, y, tall = 0.0, y + tall, 0.0
        blocks.append((facet, long, x, y, wide))
        x, tall = x + wide + 0.4, max(tall, high)
    body = y + tall

    def draw(sheet: Sheet) -> None:
        for facet, long, x, y, wide in blocks:
            (_rows if long else _lines)(sheet, facet, x, y, wide)

    used = [m for f in facets for s in f.series for _, m in s.points]
    key = marks.key_entries(used, set(), words)
    if any(s.benchmark for f in facets for s in f.series):
        key.append((KeySample(_dash), words("nation")))
    if any(long for _, long, *_ in blocks):
        key.append((marks.sample(Mark(0), style.Look(style.EQUAL, "o")), words("earlier")))
    return chart(name, title, body, draw, lang=lang, key=key, **texts)


def drawn_in_rows(facets: list[Facet]) -> bool:
    """Whether there are so many places that they are drawn in rows instead of lines."""
    return any(len(f.series) > _MANY for f in facets)


def _needs_whole_width(facet: Facet, half: float) -> bool:
    """Whether a facet needs the whole width."""
    return len(facet.series) > 5 or _label_width(facet) > 0.58 * half


def _without_gaps(facets: list[Facet], room: float) -> list[Facet]:
    """The facets in their order, but no half line left empty where a later one fits into it."""
    left, out, open_half = list(facets), [], False
    while left:
        n = 0
        if open_half:
            n = next(
                (k for k, f in enumerate(left) if not _needs_whole_width(f, (room - 0.4) / 2)), 0
            )
        facet = left.pop(n)
        open_half = not open_half and not _needs_whole_width(facet, (room - 0.4) / 2)
        out.append(facet)
    return out


def _label_width(facet: Facet) -> float:
    """Inches that the longest label at the end of a line needs."""
    labels = [s.name + (f"  {s.text}" if s.text else "") for s in facet.series]
    return max((style.text_width(t, 8.4) for t in labels), default=0) + 0.2


def _dash(ax: Axes, x: float, y: float) -> None:
    ax.plot([x - 0.15, x + 0.15], [y, y], color=style.NATION, lw=1.3, ls=(0, (3, 2)))


def _lines_height(facet: Facet) -> float:
    return 0.50 + max(1.9, 0.27 * len(facet.series) + 0.5) + 0.42


def _lines(sheet: Sheet, facet: Facet, x: float, y: float, wide: float) -> None:
    labels = [s.name + (f"  {s.text}" if s.text else "") for s in facet.series]
    right = min(_label_width(facet), wide * 0.60)
    high = _lines_height(facet) - 0.92
    head = style.wrap(facet.title, wide, 10.5)
    for n, line in enumerate(head[:2]):
        sheet.text(EDGE + x, y + 0.12 + n * 0.19, line, 10.5)
    if facet.note:
        sheet.text(EDGE + x, y + 0.14 + 0.19 * len(head[:2]), facet.note, 7.8, color=style.SOFT)
    ax = sheet.axes(EDGE + x + 0.5, y + 0.50, wide - right - 0.5, high)
    years = sorted({year for s in facet.series for year, _ in s.points})
    values = [
        v for s in facet.series for _, m in s.points for v in (m.value, m.top) if v is not None
    ]
    span = max(max(values) - min(values), abs(max(values)) * 0.1, 1e-9)
    ax.set_ylim(min(values) - 0.18 * span, max(values) + 0.18 * span)
    ax.set_xlim(min(years) - 0.6, max(years) + 0.6)
    ax.set_xticks(years)
    ax.set_xticklabels([str(v) for v in years])
    for side in ("right", "top"):
        ax.spines[side].set_visible(False)
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    low, high_end = ax.get_ylim()
    ax.set_yticks([t for t in ax.get_yticks() if low <= t <= high_end])
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.6g}".replace("-", "−")))
    ax.tick_params(axis="y", labelsize=style.SIZE["small"], colors=style.SOFT, length=3)
    sheet.text(EDGE + x + 0.5, y + 0.40, facet.axis, 8.2, color=style.SOFT)
    for s in facet.series:
        xs, ys = [p[0] for p in s.points], [p[1].value for p in s.points]
        if s.benchmark:
            ax.plot(xs, ys, color=style.NATION, lw=1.3, ls=(0, (3, 2)), zorder=2)
            continue
        ax.plot(xs, ys, color=s.look.color, lw=1.8, alpha=0.85, zorder=3)
        for year, mark in s.points:
            _upright(ax, year, mark, s.look)
    _labels(ax, sheet, facet, labels, EDGE + x + wide - right + 0.1, y + 0.50, high)


def _upright(ax: Axes, x: float, mark: Mark, look: style.Look) -> None:
    """A mark on a vertical scale: arrows point up or down."""
    plain = Mark(mark.value, "~" if mark.comparator == "~" else "=", None, mark.strive)
    marks.draw(ax, mark.value, plain, look, size=6.5, x=x)
    side = {">": 1, ">=": 1, "<": -1, "<=": -1}.get(mark.comparator, 0)
    if side:
        arrow = {
            "arrowstyle": "<|-,head_width=0.22,head_length=0.42",
            "lw": 1.6,
            "color": look.color,
        }
        ax.annotate(
            "", (x, mark.value), (0, side * 19), textcoords="offset points", annotation_clip=False,
            arrowprops=arrow | {"shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip


def _labels(
    ax: Axes, sheet: Sheet, facet: Facet, labels: list[str], x: float, y: float, high: float
) -> None:
    """Names at the right of the lines' ends, moved apart where they would touch."""
    low, top = ax.get_ylim()
    at = [high * (1 - (s.points[-1][1].value - low) / (top - low)) for s in facet.series]
    placed = spread_apart(at, 0.19, 0.0, high)
    left, right = ax.get_position().x0, ax.get_position().x1
    years = ax.get_xlim()
    for s, label, here, there in zip(facet.series, labels, at, placed, strict=True):
        color = style.NATION if s.benchmark else s.look.color
        last = left + (s.points[-1][0] - years[0]) / (years[1] - years[0]) * (right - left)
        sheet.figure.add_artist(
            _line(sheet, last + 0.008, y + here, (x - 0.05) / sheet.width, y + there)
        )
        sheet.text(x, y + there, label, 8.4, color=color)


def _line(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> Line2D:
    from matplotlib.lines import Line2D

    ys = [1 - (sheet.top + v) / sheet.height for v in (y0, y1)]
    return Line2D([x0, x1], ys, color=style.EQUAL, lw=0.7, zorder=1)


def spread_apart(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Places moved as little as needed so that any two are ``gap`` apart, in the same order."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    out, last = list(places), low - gap
    for i in order:
        last = out[i] = max(out[i], last + gap)
    limit = max(high, low + gap * (len(places) - 1))
    for i in reversed(order):
        limit = out[i] = min(out[i], limit)
        limit -= gap
    return out


def _rows_height(facet: Facet) -> float:
    return 0.46 + 0.235 * len(facet.series) + 0.62


def _rows(sheet: Sheet, facet: Facet, x: float, y: float, wide: float) -> None:
    size, step = style.SIZE["small"], 0.235
    left = max(style.text_width(s.name, size) for s in facet.series) + 0.2
    right = max(style.text_width(s.text, size) for s in facet.series) + 0.2
    sheet.text(EDGE + x, y + 0.12, facet.title, 10.5)
    high = step * len(facet.series)
    ax = sheet.axes(EDGE + x + left, y + 0.40, wide - left - right, high)
    ax.set_ylim(len(facet.series) - 0.5, -0.5)
    ax.set_yticks([])
    values = [m.value for s in facet.series for _, m in s.points]
    span = max(max(values) - min(values), 1e-9)
    ax.set_xlim(min(values) - 0.08 * span, max(values) + 0.12 * span)
    for side in ("left", "right", "top"):
        ax.spines[side].set_visible(False)
    ax.set_xlabel(facet.axis, labelpad=2)
    ends = ax.get_xlim()
    ax.set_xticks([t for t in ax.get_xticks() if ends[0] <= t <= ends[1]])
    for n, s in enumerate(facet.series):
        look = style.Look(style.NATION, "o") if s.benchmark else s.look
        first, last = s.points[0][1], s.points[-1][1]
        ax.plot([first.value, last.value], [n, n], color=look.color, lw=1.4, alpha=0.7)
        ax.plot([first.value], [n], "o", ms=4.4, mfc=style.EQUAL, mec=look.color, mew=0.9, zorder=4)
        marks.draw(ax, n, last, look, size=5.6)
        at = y + 0.40 + (n + 0.5) * step
        sheet.text(EDGE + x + left - 0.1, at, s.name, size, ha="right")
        sheet.text(EDGE + x + wide - right + 0.12, at, s.text, size, color=style.SOFT)
