"""Timeline: all targets of one place, one mark each, by sector and horizon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.charts import marks, style
from compare.charts.frame import EDGE, Chart, Sheet, chart
from compare.charts.key import KeyEntry

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_GAP = 0.165


@dataclass(frozen=True)
class Event:
    """One target: its row and column, what kind it is (``firm``, ``strive``, ``deferred`` or
    ``directional``), and whether its figure is implausible (then it carries a dagger)."""

    row: str
    column: str
    kind: str
    flagged: bool = False


def timeline(
    events: Sequence[Event],
    rows: Sequence[str],
    columns: Sequence[str],
    name: str,
    title: str,
    words: Callable[[str], str],
    *,
    lang: str,
    color: str = style.SHADES["firm"],
    **texts: str,
) -> Chart:
    """Targets as marks in a table of sectors and horizons.

    Parameters
    ----------
    events : list of Event
    rows, columns : list of str
        Sectors; horizons in order.
    name, title : str
    words : callable
        Words of the key: ``firm``, ``strive``, ``deferred``, ``directional``.
    lang : {"zh", "en"}
    color : str
        Of the place.
    **texts
        ``subtitle``, ``caption``, ``source``.
    """
    look = style.Look(color, "o")
    cells: dict[tuple[str, str], list[Event]] = {}
    order = ["firm", "strive", "deferred", "directional"]
    for event in sorted(events, key=lambda e: (order.index(e.kind), e.flagged)):
        cells.setdefault((event.row, event.column), []).append(event)
    left = max((style.text_width(r, 10) for r in rows), default=0.5) + 0.25
    room = style.WIDTH - 2 * EDGE - left
    most = {c: max([len(v) for (_, k), v in cells.items() if k == c] or [1]) for c in columns}
    weight = {c: max(most[c], 6) ** 0.7 for c in columns}
    scale = room / sum(weight.values())
    wide = {c: weight[c] * scale for c in columns}
    fit = {c: max(1, int((wide[c] - 0.52) / _GAP)) for c in columns}
    lines = {
        r: max([-(-len(cells.get((r, c), ())) // fit[c]) for c in columns] or [1]) for r in rows
    }
    high = {r: max(lines[r], 1) * _GAP + 0.17 for r in rows}
    body = 0.32 + sum(high.values()) + 0.08

    def draw(sheet: Sheet) -> None:
        ax = sheet.axes(EDGE, 0, style.WIDTH - 2 * EDGE, body, bare=True)
        y = 0.32
        for n, row in enumerate(rows):
            if n % 2 == 0:
                ax.axhspan(y, y + high[row], color=style.WASH, lw=0, zorder=0)
            ax.text(left - 0.12, y + high[row] / 2, row, fontsize=10, ha="right", va="center")
            x = left
            for column in columns:
                _cell(ax, x, y, high[row], cells.get((row, column), []), fit[column], look)
                x += wide[column]
            y += high[row]
        x = left
        for column in columns:
            ax.text(x + 0.08, 0.15, column, fontsize=10, va="center")
            ax.plot([x, x], [0.02, y], color=style.RULE, lw=0.8, zorder=1)
            x += wide[column]

    kinds = {e.kind for e in events}
    key: list[KeyEntry] = []
    for kind in order[:2]:
        if kind in kinds:
            sample = marks.Mark(0, strive=kind == "strive")
            key.append((marks.sample(sample, look), words(kind)))
    key += [(marks.status_sample(k), words(k)) for k in order[2:] if k in kinds]
    return chart(name, title, body, draw, lang=lang, key=key, **texts)


def _cell(
    ax: Axes, x: float, y: float, high: float, events: Sequence[Event], fit: int, look: style.Look
) -> None:
    if not events:
        return
    rows = -(-len(events) // fit)
    top = y + high / 2 - (rows - 1) * _GAP / 2
    for n, event in enumerate(events):
        at = x + 0.16 + (n % fit) * _GAP, top + (n // fit) * _GAP
        if event.kind in ("firm", "strive"):
            mark = marks.Mark(at[0], strive=event.kind == "strive")
            marks.draw(ax, at[1], mark, look, size=6.0)
        else:
            marks.draw_status(ax, *at, event.kind, size=9.5, centred=True)
        if event.flagged:
            ax.text(at[0] + 0.05, at[1] - 0.045, "†", fontsize=7.6, va="center", zorder=6)
    end = x + 0.16 + min(len(events), fit) * _GAP
    ax.text(end + 0.02, y + high / 2, str(len(events)), fontsize=8.2, color=style.SOFT, va="center")
