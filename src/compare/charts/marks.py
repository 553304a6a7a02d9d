"""Marks: how a target is drawn, so that a bound is never taken for a point.

==============  ==========================================================
exactly         a dot
about           a dot in a pale halo (the halo's width means nothing)
at least, more  a dot with an arrow to the open side (to the right)
at most, less   the same to the left
a range         a bar between two ends
strive for      a hollow dot
second, higher  a diamond, joined to the base by a thin line
==============  ==========================================================
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.charts import style
from compare.charts.key import KeyEntry, KeySample

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GLYPH = {"part": "◐", "deferred": "⇧", "directional": "↗", "no_target": "—", "no_data": "?"}
INKS = {
    "part": "#28566e",
    "deferred": "#7a5c08",
    "directional": "#5f4373",
    "no_target": style.SOFT,
    "no_data": style.SOFT,
}
"""Ink of each kind of nothing."""
_TREND = {"up": "↗", "down": "↘", "hold": "→"}
ARROW = 26
"""Points that an arrow to the open side is long."""


@dataclass(frozen=True)
class Mark:
    """One target.

    Attributes
    ----------
    value : float
        In the unit of the axis.
    top : float or None
        Upper end of a range.
    comparator : str
        ``=``, ``>=``, ``>``, ``<=``, ``<`` or ``~``.
    strive : bool
    stretch : bool
        The second, higher aim.
    about : bool
        A bound (a gap, say) that itself rests on a figure that is about.
    """

    value: float
    comparator: str = "="
    top: float | None = None
    strive: bool = False
    stretch: bool = False
    about: bool = False


def glyph(status: str, direction: str | None = None) -> str:
    """The sign that stands for a kind of nothing."""
    if status == "directional":
        return _TREND.get(direction or "up", "↗")
    return GLYPH[status]


def draw(
    ax: Axes, y: float, mark: Mark, look: style.Look, size: float = 8.0, x: float | None = None
) -> None:
    """Draw one mark at ``(x or mark.value, y)``, in data coordinates."""
    x = mark.value if x is None else x
    marker = "D" if mark.stretch else look.marker
    size = size * (0.78 if marker == "D" else 0.9 if marker == "s" else 1.0)
    line: dict[str, Any] = {"color": look.color, "clip_on": False, "zorder": 4}
    if mark.comparator == "~" or mark.about:
        ax.plot([x], [y], "o", ms=size * 2.3, mfc=look.color, mec="none", alpha=0.20, **_at(3))
        ax.plot([x], [y], "o", ms=size * 2.3, mfc="none", mec=look.color, mew=0.7, ls="", **_at(3))
        ax.lines[-1].set_markeredgewidth(0.7)
    side = {">": 1, ">=": 1, "<": -1, "<=": -1}.get(mark.comparator, 0)
    if side:
        arrow = {"arrowstyle": "<|-,head_width=0.28,head_length=0.55", "lw": 1.9}
        arrow |= {"color": look.color, "shrinkA": 0, "shrinkB": 0}
        ax.annotate(
            "", (x, y), (side * ARROW, 0), textcoords="offset points", zorder=3,
            annotation_clip=False, arrowprops=arrow,
        )  # fmt: skip
    if mark.top is not None:
        ax.plot([x, mark.top], [y, y], lw=3.2, solid_capstyle="butt", alpha=0.55, **line)
        ax.plot([mark.top], [y], "|", ms=size * 1.3, mew=2.0, **line)
        ax.plot([x], [y], "|", ms=size * 1.3, mew=2.0, **line)
        return
    face = style.PAPER if mark.strive else look.color
    ax.plot([x], [y], marker, ms=size, mfc=face, mec=look.color, mew=1.7, ls="", **_at(5))


def _at(zorder: float) -> dict[str, Any]:
    return {"clip_on": False, "zorder": zorder}


_PLAIN = style.Look(style.INK, "o")


def sample(mark: Mark, look: style.Look = _PLAIN) -> KeySample:
    """A mark for the key."""

    def show(ax: Axes, x: float, y: float) -> None:
        side = 1 if mark.comparator in (">", ">=") else -1 if mark.comparator in ("<", "<=") else 0
        draw(ax, y, mark, look, size=6.5, x=x - 0.15 * side)

    return KeySample(show, 0.54 if mark.comparator[0] in "<>" else 0.34)


def status_sample(status: str, direction: str | None = None) -> KeySample:
    """A kind of nothing for the key."""

    def show(ax: Axes, x: float, y: float) -> None:
        draw_status(ax, x, y, status, direction, size=11, centred=True)

    return KeySample(show)


def draw_status(
    ax: Axes,
    x: float,
    y: float,
    status: str,
    direction: str | None = None,
    size: float = 11.0,
    centred: bool = False,
) -> None:
    """The sign of a kind of nothing at a place in data coordinates."""
    ax.annotate(
        glyph(status, direction),
        (x, y),
        xytext=(0 if centred else size * 0.8, 0),
        textcoords="offset points",
        zorder=4,
        ha="center",
        va="center",
        color=INKS[status],
        fontsize=size,
    )


def line_sample(color: str, dashed: bool, width: float = 1.4) -> KeySample:
    """A benchmark line for the key."""

    def show(ax: Axes, x: float, y: float) -> None:
        ax.plot(
            [x, x], [y - 0.1, y + 0.1], color=color, lw=width, ls=(0, (3, 2)) if dashed else "-"
        )

    return KeySample(show)


def swatch(color: str, hatch: str = "", edge: str = style.RULE) -> KeySample:
    """A coloured field for the key."""

    def show(ax: Axes, x: float, y: float) -> None:
        from matplotlib.patches import Rectangle

        box = Rectangle((x - 0.14, y - 0.075), 0.28, 0.15, fc=color, ec=edge, lw=0.6, hatch=hatch)
        ax.add_artist(box)

    return KeySample(show)


def key_entries(
    marks: Sequence[Mark], statuses: Collection[str], words: Callable[[str], str]
) -> list[KeyEntry]:
    """Key entries for the marks that a chart uses.

    Parameters
    ----------
    marks : list of Mark
    statuses : set of str
        Kinds of nothing in the chart.
    words : callable
        ``words(name)`` gives the meaning of ``exactly``, ``about``, ``at_least`` …
    """
    signs = {m.comparator for m in marks if m.top is None and not m.stretch}
    out = []
    if "=" in signs:
        out.append((sample(Mark(0, "=")), words("exactly")))
    if "~" in signs or any(m.about for m in marks):
        out.append((sample(Mark(0, "~")), words("about")))
    if signs & {">", ">="}:
        out.append((sample(Mark(0, ">=")), words("at_least")))
    if signs & {"<", "<="}:
        out.append((sample(Mark(0, "<=")), words("at_most")))
    if any(m.strive and not m.stretch for m in marks):
        out.append((sample(Mark(0, "=", strive=True)), words("strive")))
    if any(m.stretch for m in marks):
        hollow = all(m.strive for m in marks if m.stretch)
        out.append((sample(Mark(0, "=", stretch=True, strive=hollow)), words("stretch")))
    for status in ("part", "directional", "deferred", "no_target", "no_data"):
        if status in statuses:
            out.append((status_sample(status), words(status)))
    return out
