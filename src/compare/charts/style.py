"""Style: one look for all charts, and one colour and marker for each place.

Places differ by ten colours and five markers, fifty pairs in all. The colours keep apart for
readers with protan, deutan or tritan colour vision and have a contrast of at least 2.9 on white;
still no chart asks a reader to tell places by colour alone: each mark stands in its place's row
or beside its name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

COLORS = (
    "#0c5abe",  # blue
    "#c23507",  # vermilion
    "#0a865f",  # green
    "#a85688",  # mauve
    "#c48c03",  # ochre
    "#8c1719",  # dark red
    "#529dc3",  # sky
    "#643f7e",  # violet
    "#6b8836",  # olive
    "#373131",  # near black
)
MARKERS = ("o", "s", "^", "P", "v")
INK, SOFT, RULE, WASH, PAPER = "#1d2321", "#5f6864", "#d9dbd3", "#f3f3ed", "#ffffff"
NATION, PROVINCE = "#30343f", "#6b5b2e"
STRICTER, EQUAL, LOOSER = "#1b7f79", "#b9bcae", "#c2601b"
"""Hues of a gap: teal and orange, told apart by all readers; never red and green."""
SHADES = {
    "firm": "#1f5f8b",
    "strive": "#7fb2d6",
    "part": "#bcd6e4",
    "deferred": "#d9b44a",
    "directional": "#b7a3c4",
    "target": "#2f6f8f",
    "no_target": "#e9e9e3",
    "no_data": "#ffffff",
}
STANCES = {"stricter": "#bfe0dc", "equal": "#e3e5dc", "looser": "#f3d5bd", "size": "#e4e9ef"}
"""Fields that say how a figure stands beside that of a level above; ``size``: it cannot be said."""
WIDTH = 9.0
"""Inches: every figure is as wide, so that letters have one size on a page."""
SIZE = {"title": 14.0, "subtitle": 10.5, "label": 10.5, "value": 10.0, "small": 8.6}


@dataclass(frozen=True)
class Look:
    """How a place is drawn."""

    color: str
    marker: str


def look(region_id: str, known: list[str] | tuple[str, ...] = ()) -> Look:
    """Colour and marker of a place, the same in every chart.

    Parameters
    ----------
    region_id : str
    known : list of str
        All places in the order of the regions table, where new ones stand at the end; a place
        that is not among them gets its pair from a hash of its id.
    """
    if region_id in known:
        n = known.index(region_id)
    else:
        n = int(sha256(region_id.encode()).hexdigest(), 16)
    return Look(COLORS[n % len(COLORS)], MARKERS[n // len(COLORS) % len(MARKERS)])


@cache
def rc(lang: str) -> dict[str, Any]:
    """Matplotlib settings for a language: seaborn's, with our fonts, sizes and greys."""
    import matplotlib
    import seaborn

    with matplotlib.rc_context():  # zhplot brings Noto Sans SC, and would make it everybody's font
        import zhplot  # noqa: F401

    return {
        **seaborn.axes_style("ticks"),
        **seaborn.plotting_context("paper"),
        "font.family": ["Noto Sans SC", "DejaVu Sans"],
        "font.size": SIZE["label"],
        "axes.unicode_minus": True,
        "axes.edgecolor": SOFT,
        "axes.linewidth": 0.8,
        "axes.labelcolor": SOFT,
        "axes.labelsize": SIZE["small"],
        "xtick.color": SOFT,
        "ytick.color": INK,
        "xtick.labelsize": SIZE["small"],
        "ytick.labelsize": SIZE["label"],
        "text.color": INK,
        "text.hinting": "none",  # as wide at any resolution
        "text.parse_math": False,  # a plan's own $ is no formula
        "hatch.linewidth": 0.6,
        "figure.facecolor": PAPER,
        "savefig.facecolor": PAPER,
        "svg.hashsalt": "carbon-peak",
        "svg.fonttype": "path",
        "path.simplify": True,
    }


@contextmanager
def applied(lang: str) -> Iterator[None]:
    """Our settings inside the block, the user's own again behind it."""
    import matplotlib

    settings = rc(lang)
    with matplotlib.rc_context(settings):  # pyright: ignore[reportArgumentType] (its own name for a str)
        yield


# ------------------------------------------------------------------ how wide text is
_WIDTHS = {
    0.24: " ",
    0.29: "',.:;i|jl",
    0.33: "I!f()[]{}",
    0.36: "-t",
    0.40: "/\\r",
    0.48: '*"?szc',
    0.51: "Jxvy",
    0.56: "YL#$+0123456789<=>F^ek~_−",
    0.59: "XagSVZTE",
    0.63: "A`hoCbnudpqP",
    0.69: "RKB&DG",
    0.75: "NUHOQ",
    0.81: "wM",
    0.93: "Wm%@—",
}
"""Widths of letters in ems, a little more than those of Noto Sans SC."""
_EMS = {char: ems for ems, chars in _WIDTHS.items() for char in chars}


def text_width(text: str, size: float) -> float:
    """About how wide one line of text is, in inches (``size`` in points); never too small."""
    # letters are set on whole pixels, which makes some a little wider
    return 1.01 * sum(_EMS.get(char, 1.0) for char in text) * size / 72


_NEVER_FIRST = set("，。；：、）！？》”’…,.;:)!?%]")
_NEVER_LAST = set("（《“‘([")


def wrap(text: str, inches: float, size: float) -> list[str]:
    """Text in lines of at most about ``inches``: Chinese breaks anywhere, Latin at spaces."""
    lines, line, width = [], "", 0.0
    for piece in _pieces(text):
        wide = text_width(piece, size)
        if line and width + wide > inches and piece.strip():
            lines.append(line.rstrip())
            line, width = "", 0.0
            piece = piece.lstrip()
            wide = text_width(piece, size)
        line, width = line + piece, width + wide
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """The smallest parts of a text between which a line may break."""
    out: list[str] = []
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF" or char in "“”‘’"
        last = out[-1][-1] if out else " "
        joins = (
            char in _NEVER_FIRST
            or last in _NEVER_LAST
            or (not wide and char != " " and last != " " and not _is_wide(last))
        )
        if out and joins:
            out[-1] += char
        else:
            out.append(char)
    return out


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
