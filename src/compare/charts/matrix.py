"""Matrix: what each place says on each indicator, one coloured field each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.charts import style
from compare.charts.frame import EDGE, Chart, Sheet, chart
from compare.charts.key import KeyEntry, KeySample
from compare.charts.marks import glyph

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INK = {
    "part": "#28566e",
    "deferred": "#6d5207",
    "directional": "#553c69",
    "no_target": "#8b938e",
    "no_data": "#8b938e",
}
_FILL = {
    "part": "#dceaf2",
    "deferred": "#f6e7bd",
    "directional": "#e7deed",
    "no_target": "#f4f4ef",
    "no_data": "#ffffff",
}


@dataclass(frozen=True)
class MatrixField:
    """One field: its colour, its words, and the sign that is left of them where they do not fit."""

    fill: str
    text: str = ""
    sign: str = ""
    ink: str = style.INK
    hatch: str = ""


def status_field(status: str, direction: str | None = None, text: str = "") -> MatrixField:
    """The field of a kind of nothing: each has its own colour and its own sign."""
    sign = glyph(status, direction)
    hatch = "////" if status == "no_data" else ""
    return MatrixField(_FILL[status], text, sign, _INK[status], hatch)


def field_sample(cell: MatrixField) -> KeySample:
    """A field for the key: its colour, its sign in it."""

    def show(ax: Axes, x: float, y: float) -> None:
        from matplotlib.patches import Rectangle

        edge = style.RULE
        box = Rectangle((x - 0.15, y - 0.09), 0.30, 0.18, fc=cell.fill, ec=edge, lw=0.6)
        box.set_hatch(cell.hatch)
        ax.add_artist(box)
        if cell.sign:
            back = {"facecolor": cell.fill, "edgecolor": "none", "pad": 0.6} if cell.hatch else None
            ax.text(
                x,
                y + 0.005,
                cell.sign,
                fontsize=8.4,
                color=cell.ink,
                ha="center",
                va="center",
                bbox=back,
            )

    return KeySample(show)


def matrix(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    fields: Mapping[tuple[int, int], MatrixField],
    name: str,
    title: str,
    *,
    lang: str,
    over: Sequence[tuple[str, int]] = (),
    key: Sequence[KeyEntry] = (),
    **texts: str,
) -> Chart:
    """A table of coloured fields.

    Parameters
    ----------
    rows : list of (str, str)
        Label and group; a group's name stands once, above its rows.
    columns : list of (str, str)
        Label, and a small note under it.
    fields : dict
        ``(row, column)`` to `MatrixField`; a field without one stays empty.
    name, title : str
    lang : {"zh", "en"}
    over : list of (str, int)
        Names over so many columns each.
    key : sequence of KeyEntry
    **texts
        ``subtitle``, ``caption``, ``source``.
    """
    plan = _Plan(rows, columns, fields, over)
    return chart(name, title, plan.height, plan.draw, lang=lang, key=key, **texts)


COLUMNS = 26
"""Columns of one chart at most: more would be too narrow for their names."""


def matrices(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    fields: Mapping[tuple[int, int], MatrixField],
    name: str,
    title: str,
    *,
    lang: str,
    part: Callable[[int, int], str],
    subtitle: str = "",
    key: Sequence[KeyEntry] = (),
    caption: str = "",
    source: str = "",
) -> list[Chart]:
    """As `matrix`, in as many charts as the columns need.

    Parameters
    ----------
    part : callable
        ``part(number, all)`` names a part in the subtitle.
    """
    count = -(-len(columns) // COLUMNS)
    size = -(-len(columns) // max(count, 1))
    out = []
    for n in range(count):
        first, last = n * size, min((n + 1) * size, len(columns))
        own = {(r, c - first): field for (r, c), field in fields.items() if first <= c < last}
        words = f"{subtitle} {part(n + 1, count)}" if count > 1 else subtitle
        made = matrix(
            rows,
            columns[first:last],
            own,
            f"{name}-{n + 1}" if count > 1 else name,
            title,
            lang=lang,
            key=key,
            subtitle=words,
            caption=caption,
            source=source,
        )
        out.append(made)
    return out


class _Plan:
    """Sizes of a matrix, and its drawing."""

    def __init__(
        self,
        rows: Sequence[tuple[str, str]],
        columns: Sequence[tuple[str, str]],
        fields: Mapping[tuple[int, int], MatrixField],
        over: Sequence[tuple[str, int]],
    ) -> None:
        self.rows, self.columns, self.fields, self.over = rows, columns, fields, over
        room = style.WIDTH - 2 * EDGE
        size = style.SIZE["small"] + 0.6
        label = max((style.text_width(t, size) for t, _ in rows), default=1.0) + 0.2
        label = max([label, *(style.text_width(g, size) for _, g in rows)])
        self.left = min(label, 3.6)
        self.size = size
        self.wide = min((room - self.left) / max(len(columns), 1), 1.5)
        self.heads = [style.wrap(c, self.wide - 0.04, size) for c, _ in columns]
        fits = all(
            len(h) <= 2 and max(style.text_width(t, size) for t in h) <= self.wide + 0.04
            for h in self.heads
            if h
        )
        self.turned = self.wide < 0.42 or not fits
        notes = any(n for _, n in columns) and not self.turned
        names = [style.text_width(f"{c} {n}", min(size, 8.6)) for c, n in columns]
        lines = max((len(h) for h in self.heads), default=1)
        tall = max(names, default=0) + 0.12 if self.turned else 0.14 + 0.16 * lines
        self.above = tall + (0.16 if notes else 0) + (0.28 if over else 0)
        self.step = 0.30 if self.wide > 0.34 else 0.24
        groups = [g for n, (_, g) in enumerate(rows) if g and (n == 0 or rows[n - 1][1] != g)]
        self.height = self.above + len(rows) * self.step + len(groups) * 0.30 + 0.06
        texts = [f.text for f in fields.values() if f.text]
        fit = sum(style.text_width(t, 7.6) <= self.wide - 0.05 for t in texts)
        self.words = bool(texts) and fit >= 0.8 * len(texts) and self.wide > 0.34

    def draw(self, sheet: Sheet) -> None:
        from matplotlib.patches import Rectangle

        wide = self.left + self.wide * len(self.columns)
        ax = sheet.axes(EDGE, 0, wide, self.height, bare=True)
        self._draw_heads(ax)
        y, group = self.above, None
        for n, (label, new) in enumerate(self.rows):
            if new and new != group:
                ax.text(0, y + 0.19, new, fontsize=self.size, color=style.SOFT, va="center")
                ax.plot([0, wide], [y + 0.30] * 2, color=style.RULE, lw=0.8)
                y += 0.30
            group = new
            lines = style.wrap(label, self.left - 0.1, self.size)
            size = self.size if len(lines) == 1 else 7.4
            shown = lines if len(lines) == 1 else style.wrap(label, self.left - 0.1, size)[:2]
            for k, line in enumerate(shown):
                at = y + self.step / 2 + (k - (len(shown) - 1) / 2) * 0.125
                ax.text(0.06, at, line, fontsize=size, va="center")
            for m in range(len(self.columns)):
                cell = self.fields.get((n, m))
                if cell is None:
                    continue
                x = self.left + m * self.wide
                box = Rectangle(
                    (x + 0.012, y + 0.012), self.wide - 0.024, self.step - 0.024,
                    fc=cell.fill, ec=style.RULE if cell.hatch else "none", lw=0.4, hatch=cell.hatch,
                )  # fmt: skip
                ax.add_artist(box)
                self._draw_words(ax, x + self.wide / 2, y + self.step / 2, cell)
            y += self.step

    def _draw_words(self, ax: Axes, x: float, y: float, cell: MatrixField) -> None:
        text, size = (cell.text, 8.4) if self.words and cell.text else (cell.sign, 9.0)
        while size > 6.4 and style.text_width(text, size) > self.wide - 0.05:
            size -= 0.4
        if not self.words and self.wide < 0.16:
            size = 6.6
        if text and (style.text_width(text, size) <= self.wide or text == cell.sign):
            back = {"facecolor": "white", "edgecolor": "none", "pad": 0.8} if cell.hatch else None
            ax.text(
                x,
                y + 0.008,
                text,
                fontsize=size,
                color=cell.ink,
                ha="center",
                va="center",
                bbox=back,
            )

    def _draw_heads(self, ax: Axes) -> None:
        x = self.left
        for label, count in self.over:
            end = x + count * self.wide
            ax.text((x + end) / 2, 0.12, label, fontsize=self.size, ha="center", va="center")
            ax.plot([x + 0.05, end - 0.05], [0.25, 0.25], color=style.RULE, lw=0.8)
            x = end
        for m, (label, note) in enumerate(self.columns):
            x = self.left + (m + 0.5) * self.wide
            if self.turned:
                ax.text(
                    x, self.above - 0.06, label + (f" {note}" if note else ""), fontsize=min(self.size, 8.6),
                    rotation=90, ha="center", va="bottom",
                )  # fmt: skip
                continue
            up = 0.20 if any(n for _, n in self.columns) else 0.0
            for k, line in enumerate(reversed(self.heads[m])):
                at = self.above - 0.14 - up - 0.155 * k
                ax.text(x, at, line, fontsize=self.size, ha="center", va="center")
            if note:
                ax.text(
                    x,
                    self.above - 0.13,
                    note,
                    fontsize=7.4,
                    ha="center",
                    va="center",
                    color=style.LOOSER,
                )
