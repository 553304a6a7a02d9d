"""Dot panels: sizes and drawing of the panels of a chart of dots that stand side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from compare.charts import marks, style
from compare.charts.dot_rows import BenchmarkLine, Panel, Row
from compare.charts.dot_scale import axis_range, mark_cut, set_ticks
from compare.charts.frame import EDGE, Sheet, height_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PALE = "#9aa19d"
"""Ink of the marks of other places."""
_MANY = 14
"""Rows of one panel from which on rows are low and letters small."""


class PanelGroup:
    """Panels side by side: same rows, same scale (that of all panels in ``scale``)."""

    def __init__(
        self, panels: list[Panel], words: Callable[[str], str], scale: list[Panel] | None = None
    ) -> None:
        self.panels, self.words, self.scale = panels, words, scale or panels
        self.set_sizes(len(panels[0].rows) > _MANY)

    def set_sizes(self, many: bool) -> None:
        """Work out all sizes; with ``many`` places rows are low and letters small."""
        panels, self.many = self.panels, many
        self.step = 0.235 if self.many else 0.44
        self.size = style.SIZE["small"] if self.many else style.SIZE["label"]
        first = panels[0]
        names = [style.text_width(r.place, self.size) for r in first.rows]
        notes = [style.text_width(r.note, 7.6) + (0.06 if self.many else 0) for r in first.rows]
        wide = [n + o if self.many else max(n, o) for n, o in zip(names, notes, strict=True)]
        self.left = min(max(wide, default=1.0) + 0.22, 2.9)
        room = style.WIDTH - 2 * EDGE
        self.header = style.wrap(first.header, room, 11.5)
        self.warning = style.wrap(first.warning, room - 0.3, style.SIZE["small"])
        self.head = (
            (0.14 if first.header else 0)
            + height_of(self.header, 11.5)
            + (height_of(self.warning, style.SIZE["small"]) + 0.08 if self.warning else 0)
        )
        self.above = 0.20 if any(p.nation for p in panels) else 0.06
        self.above += 0.30 if any(p.title for p in panels) else 0.04
        self.plot = self.step * max(len(first.rows), 1) + 0.06
        self.text_widths = [self._text_width(p) for p in panels]
        self.low, self.high = axis_range(self.scale)

    @property
    def cut(self) -> bool:
        """Whether the scale begins elsewhere than at the zero it has."""
        first = self.panels[0]
        return self.low > 0 and not first.calendar and not first.signed

    @property
    def height(self) -> float:
        """Inches from the header to the name of the axis."""
        lines = max(len(self._axis(n)) for n in range(len(self.panels)))
        return self.head + self.above + self.plot + 0.37 + 0.15 * lines

    def _axis(self, number: int) -> list[str]:
        """Name of an axis in lines; it may run on below the words at the right."""
        name = self.panels[number].axis
        if self.cut:
            name = f"{name} · {self.words('cut_axis')}"
        return style.wrap(name, self.field() + self.text_widths[number], style.SIZE["small"])

    def field(self) -> float:
        """Inches that each field has."""
        room, gap = style.WIDTH - 2 * EDGE - self.left, 0.30 * (len(self.panels) - 1)
        return (room - gap - sum(self.text_widths)) / len(self.panels) - 0.12

    def draw(self, sheet: Sheet, top: float) -> None:
        self._draw_header(sheet, top)
        y = top + self.head + self.above
        plot, gap = self.field(), 0.30
        x = EDGE + self.left
        for number, panel in enumerate(self.panels):
            self._draw_panel(sheet, panel, x, y, plot, number)
            x += plot + 0.12 + self.text_widths[number] + gap

    def _text_width(self, panel: Panel) -> float:
        """Inches for the words at the right of a panel."""
        size = style.SIZE["small"] if self.many else style.SIZE["value"]
        most = 1.9 if len(self.panels) > 1 else 3.0
        wide = [style.text_width(r.words, size) for r in panel.rows]
        wide += [style.text_width(r.province.label, 8.0) for r in panel.rows if r.province]
        wide += [style.text_width(r.small, 8.0) for r in panel.rows]
        return min(max(wide, default=0) + 0.1, most)

    def _draw_header(self, sheet: Sheet, y: float) -> None:
        if not self.header:
            return
        ax = sheet.axes(EDGE, y, sheet.width - 2 * EDGE, self.head, bare=True)
        ax.plot([0, sheet.width - 2 * EDGE], [0.02, 0.02], color=style.INK, lw=1.0)
        at = 0.14
        for line in self.header:
            at += 11.5 * 1.42 / 72
            ax.text(0, at - 0.09, line, fontsize=11.5, va="center")
        if not self.warning:
            return
        high = height_of(self.warning, style.SIZE["small"])
        from matplotlib.patches import Rectangle

        ax.add_artist(Rectangle((0, at + 0.02), 0.05, high, fc=style.LOOSER, ec="none"))
        for line in self.warning:
            at += style.SIZE["small"] * 1.42 / 72
            ax.text(
                0.16, at - 0.06, line, fontsize=style.SIZE["small"], va="center", color=style.LOOSER
            )

    def _draw_panel(
        self, sheet: Sheet, panel: Panel, x: float, y: float, width: float, number: int
    ) -> None:
        ax = sheet.axes(x, y, width, self.plot)
        count = len(panel.rows)
        ax.set_xlim(self.low, self.high)
        ax.set_ylim(count - 0.5 + 0.06, -0.5 - 0.06)
        ax.set_yticks([])
        for side in ("left", "right", "top"):
            ax.spines[side].set_visible(False)
        ax.tick_params(axis="x", length=3, pad=2)
        set_ticks(ax, panel, width)
        ax.set_xlabel("\n".join(self._axis(number)), labelpad=2, loc="left", linespacing=1.25)
        if self.cut:
            mark_cut(ax, 0.1 * (self.high - self.low) * 1.5 / width)
        sheet.text(x, y - self.above + 0.12, panel.title, style.SIZE["label"], color=style.INK)
        if panel.nation:
            self._draw_nation(ax, panel.nation, count, width)
        for n, row in enumerate(panel.rows):
            if n % 2 == 0:
                ax.axhspan(n - 0.5, n + 0.5, color=style.WASH, lw=0, zorder=0)
            self._draw_row(ax, n, row)
            at = y + 0.03 + (n + 0.5) * self.step
            if number == 0:
                self._draw_name(sheet, x, at, row)
            self._draw_text(sheet, x + width + 0.12, at, row, self.text_widths[number])

    def _draw_name(self, sheet: Sheet, x: float, y: float, row: Row) -> None:
        if self.many:
            mark = f"{row.place}{row.note and ' '}{row.note}"
            sheet.text(x - 0.10, y, mark, self.size, ha="right")
            return
        up = 0.075 if row.note else 0.0
        lines = style.wrap(row.place, self.left - 0.16, self.size)
        size = self.size if len(lines) == 1 else 9.0
        lines = lines if len(lines) == 1 else style.wrap(row.place, self.left - 0.16, size)[:2]
        for n, line in enumerate(lines):
            at = y - up + (n - (len(lines) - 1) / 2) * 0.155
            sheet.text(x - 0.10, at, line, size, ha="right")
        if row.note:
            sheet.text(x - 0.10, y + 0.105, row.note, 7.6, ha="right", color=style.LOOSER)

    def _draw_text(self, sheet: Sheet, x: float, y: float, row: Row, width: float) -> None:
        size = style.SIZE["small"] if self.many else style.SIZE["value"]
        color = style.INK if row.status == "target" else marks.INKS[row.status]
        lines = style.wrap(row.words, width, size)
        if len(lines) > 1:
            size = min(size, 8.2)
            lines = style.wrap(row.words, width, size)[:2]
        entries = [(line, size, color) for line in lines]
        if row.small and not self.many:
            entries.append((row.small, 8.0, style.SOFT))
        if row.province and not self.many:
            entries.append((row.province.label, 8.0, style.PROVINCE))
        for n, (line, points, ink) in enumerate(entries):
            sheet.text(x, y + (n - (len(entries) - 1) / 2) * 0.165, line, points, color=ink)

    def _draw_row(self, ax: Axes, n: int, row: Row) -> None:
        size = 5.6 if self.many else 8.0
        if row.province:
            self._draw_province(ax, n, row.province)
        for mark in row.others:
            ax.plot(
                [mark.value], [n], "o", ms=size * 0.7, color=PALE, mec="white", mew=0.6, zorder=3
            )
        ends = [m.value for m in row.marks]
        if len(ends) > 1:
            ax.plot([min(ends), max(ends)], [n, n], color=row.look.color, lw=1.0, zorder=2)
        for mark in row.marks:
            marks.draw(ax, n, mark, row.look, size)

    def _draw_province(self, ax: Axes, n: int, line: BenchmarkLine) -> None:
        high = 0.34 if self.many else 0.38
        dash = "-" if line.checked else (0, (1.5, 1))
        ax.plot(
            [line.value] * 2,
            [n - high, n + high],
            color=style.PROVINCE,
            lw=2.6,
            ls=dash,
            alpha=0.75,
            zorder=2,
        )

    def _draw_nation(self, ax: Axes, line: BenchmarkLine, count: int, width: float) -> None:
        dash = "-" if line.checked else (0, (3, 2))
        ax.plot(
            [line.value] * 2,
            [-0.5 - 0.06, count - 0.5 + 0.06],
            color=style.NATION,
            lw=1.4,
            ls=dash,
            zorder=1.5,
        )
        share = (line.value - self.low) / (self.high - self.low)
        half = style.text_width(line.label, style.SIZE["small"]) / 2 / width
        side = "center" if half < share < 1 - half else "left" if share <= half else "right"
        ax.annotate(
            line.label, (line.value, -0.5 - 0.06), (0, 7), textcoords="offset points",
            fontsize=style.SIZE["small"], color=style.NATION, ha=side, va="center", annotation_clip=False,
        )  # fmt: skip
