"""Dots: one measure, one row a place; promises as marks, benchmarks as lines."""

from __future__ import annotations

from dataclasses import dataclass

from compare.charts import marks, style
from compare.charts.frame import EDGE, Chart, Sheet, chart, height_of
from compare.charts.marks import Mark


@dataclass(frozen=True)
class Line:
    """A benchmark: the nation's across all rows, a province's across the rows of its places."""

    value: float
    label: str
    checked: bool = True


@dataclass(frozen=True)
class Row:
    """One place on one measure.

    Attributes
    ----------
    place : str
        Its name.
    look : style.Look
    note : str
        Beside the name, small (that the plan is a draft).
    marks : tuple of Mark
    text : str
        What is promised, in words; or why there is no mark.
    status : str
        ``target`` or a kind of nothing.
    direction : str or None
        Of a directional target.
    province : Line or None
        Its province's own target.
    small : str
        Below the words, in small letters.
    others : tuple of Mark
        Marks of other places, drawn pale behind.
    """

    place: str
    look: style.Look
    note: str = ""
    marks: tuple[Mark, ...] = ()
    text: str = ""
    status: str = "target"
    direction: str | None = None
    province: Line | None = None
    small: str = ""
    others: tuple[Mark, ...] = ()

    @property
    def words(self) -> str:
        """Its words; before a kind of nothing its sign, which never stands on the scale."""
        if self.status == "target":
            return self.text
        return f"{marks.glyph(self.status, self.direction)} {self.text}".strip()


@dataclass
class Panel:
    """One measure at one horizon.

    Attributes
    ----------
    title : str
        The horizon, or the measure.
    rows : list of Row
    axis : str
        Name of the axis with its unit.
    nation : Line or None
    header : str
        Heads a group of panels that measure one thing; stands above with a rule.
    warning : str
        Why its figures are not those of the group above.
    beside : bool
        Stands to the right of the panel before it, with the same rows.
    limits : (float, float) or None
        Of a scale that has ends (a share: 0 and 100).
    calendar : bool
        The values are years.
    signed : bool
        The values are differences: zero is not an end of the scale.
    """

    title: str
    rows: list[Row]
    axis: str
    nation: Line | None = None
    header: str = ""
    warning: str = ""
    beside: bool = False
    limits: tuple[float, float] | None = None
    calendar: bool = False
    signed: bool = False


_LEAST_FIELD = 1.8
"""Inches below which two fields do not stand side by side."""
_LEAST = 0.2
"""Least part of a scale with ends that a panel shows between its marks."""
_PALE = "#9aa19d"
_MANY = 14
"""Rows of one panel from which on rows are low and letters small."""


def dots(panels: list[Panel], name: str, title: str, words, *, lang: str, **texts) -> Chart:
    """Promises of places on one measure; different measures in panels of their own.

    Parameters
    ----------
    panels : list of Panel
    name, title : str
    words : callable
        Words of the key, see `compare.charts.marks.key`; also ``nation``, ``province``,
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
    tight = {id(g) for g in groups if len(g) > 1 and _Group(g, words).field() < _LEAST_FIELD}
    # … on the scale that they would have side by side: a later aim stands where it is on the earlier scale
    plans = [
        _Group(part, words, scale=g)
        for g in groups
        for part in ([[p] for p in g] if id(g) in tight else [g])
    ]
    left = max((p.left for p in plans), default=1.0)
    if any(p.many for p in plans):
        for plan in plans:
            plan.measure(many=True)
        left = max(p.left for p in plans)
    for plan in plans:  # one edge for all
        alike = [p.said for p in plans if len(p.said) == len(plan.said)]
        plan.left, plan.said = left, [max(s) for s in zip(*alike, strict=True)]
    rows = [r for p in panels for r in p.rows]
    used = [m for r in rows for m in r.marks]
    key = marks.key(used, {r.status for r in rows} - {"target"}, words)
    lines = [r.province for r in rows if r.province]
    nations = [p.nation for p in panels if p.nation]
    if nations:
        key.append((marks.vline(style.NATION, False, 1.6), words("nation")))
    if lines:
        key.append((marks.vline(style.PROVINCE, False, 3.0), words("province")))
    if any(r.others for r in rows):
        key.append((marks.sample(Mark(0), style.Look(_PALE, "o")), words("others")))
    if not all(line.checked for line in [*lines, *nations]):
        key.append((marks.vline(style.NATION, True), words("unchecked")))

    def draw(sheet: Sheet) -> None:
        y = 0.0
        for plan in plans:
            plan.draw(sheet, y)
            y += plan.height

    return chart(
        name, title, sum(p.height for p in plans), draw, lang=lang, key=tuple(key), **texts
    )


class _Group:
    """Panels side by side: same rows, same scale (that of all panels in ``scale``)."""

    def __init__(self, panels: list[Panel], words, scale: list[Panel] | None = None):
        self.panels, self.words, self.scale = panels, words, scale or panels
        self.measure(len(panels[0].rows) > _MANY)

    def measure(self, many: bool) -> None:
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
        self.said = [self._said(p) for p in panels]
        self.low, self.high = _range(self.scale)

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
        return style.wrap(name, self.field() + self.said[number], style.SIZE["small"])

    def field(self) -> float:
        """Inches that each field has."""
        room, gap = style.WIDTH - 2 * EDGE - self.left, 0.30 * (len(self.panels) - 1)
        return (room - gap - sum(self.said)) / len(self.panels) - 0.12

    def draw(self, sheet: Sheet, top: float) -> None:
        self._header(sheet, top)
        y = top + self.head + self.above
        plot, gap = self.field(), 0.30
        x = EDGE + self.left
        for number, panel in enumerate(self.panels):
            self._panel(sheet, panel, x, y, plot, number)
            x += plot + 0.12 + self.said[number] + gap

    def _said(self, panel: Panel) -> float:
        """Inches for the words at the right of a panel."""
        size = style.SIZE["small"] if self.many else style.SIZE["value"]
        most = 1.9 if len(self.panels) > 1 else 3.0
        wide = [style.text_width(r.words, size) for r in panel.rows]
        wide += [style.text_width(r.province.label, 8.0) for r in panel.rows if r.province]
        wide += [style.text_width(r.small, 8.0) for r in panel.rows]
        return min(max(wide, default=0) + 0.1, most)

    def _header(self, sheet: Sheet, y: float) -> None:
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

    def _panel(self, sheet, panel: Panel, x, y, width, number: int) -> None:
        ax = sheet.axes(x, y, width, self.plot)
        count = len(panel.rows)
        ax.set_xlim(self.low, self.high)
        ax.set_ylim(count - 0.5 + 0.06, -0.5 - 0.06)
        ax.set_yticks([])
        for side in ("left", "right", "top"):
            ax.spines[side].set_visible(False)
        ax.tick_params(axis="x", length=3, pad=2)
        _ticks(ax, panel, width)
        ax.set_xlabel("\n".join(self._axis(number)), labelpad=2, loc="left", linespacing=1.25)
        if self.cut:
            _break(ax, 0.1 * (self.high - self.low) * 1.5 / width)
        sheet.text(x, y - self.above + 0.12, panel.title, style.SIZE["label"], color=style.INK)
        if panel.nation:
            self._nation(ax, panel.nation, count, width)
        for n, row in enumerate(panel.rows):
            if n % 2 == 0:
                ax.axhspan(n - 0.5, n + 0.5, color=style.WASH, lw=0, zorder=0)
            self._row(ax, n, row)
            at = y + 0.03 + (n + 0.5) * self.step
            if number == 0:
                self._name(sheet, x, at, row)
            self._text(sheet, x + width + 0.12, at, row, self.said[number])

    def _name(self, sheet, x: float, y: float, row: Row) -> None:
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

    def _text(self, sheet, x: float, y: float, row: Row, width: float) -> None:
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

    def _row(self, ax, n: int, row: Row) -> None:
        size = 5.6 if self.many else 8.0
        if row.province:
            self._province(ax, n, row)
        for mark in row.others:
            ax.plot(
                [mark.value], [n], "o", ms=size * 0.7, color=_PALE, mec="white", mew=0.6, zorder=3
            )
        ends = [m.value for m in row.marks]
        if len(ends) > 1:
            ax.plot([min(ends), max(ends)], [n, n], color=row.look.color, lw=1.0, zorder=2)
        for mark in row.marks:
            marks.draw(ax, n, mark, row.look, size)

    def _province(self, ax, n: int, row: Row) -> None:
        line = row.province
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

    def _nation(self, ax, line: Line, count: int, width: float) -> None:
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


def _range(panels: list[Panel]) -> tuple[float, float]:
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


def _break(ax, room: float) -> None:
    """Two strokes through the left end of an axis: it does not begin at its zero."""
    ax.set_xticks([t for t in ax.get_xticks() if t - ax.get_xlim()[0] > room])
    stroke = {"marker": [(-0.5, -1), (0.5, 1)], "ms": 7, "mec": style.SOFT, "mew": 0.9, "ls": ""}
    ax.plot([0.008, 0.018], [0, 0], transform=ax.transAxes, clip_on=False, **stroke)


def _from_zero(value: float) -> tuple[float, float]:
    return (0.0, 1.4 * value) if value > 0 else (1.4 * value, 0.0) if value < 0 else (-1.0, 1.0)


def _ticks(ax, panel: Panel, width: float) -> None:
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


def _plain(value: float, _=None) -> str:
    return f"{value:,.6g}".replace("-", "−")
