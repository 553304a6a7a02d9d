"""Frame: the figure around a chart, with its title, key, caption and source line; and its files.

All places on a figure are counted in inches from its upper left corner.
"""

from __future__ import annotations

import base64
import io
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.charts import raster, style
from compare.charts.key import KeyEntry, KeySample

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

EDGE = 0.12
_LEADING = 1.42
_COLORS = 128
SVG_ONLY = "CARBON_PEAK_SVG_ONLY"
"""Set to 1, a chart shows itself as SVG alone: report runs do so, whose pages take nothing else."""
_SCREEN = 100
"""Dots an inch of the picture that a notebook shows where it cannot show SVG."""


@dataclass
class Chart:
    """A finished figure.

    Attributes
    ----------
    name : str
        For file names.
    title : str
        What the chart says.
    alt : str
        The same with its caption, for readers who do not see it.
    lang : {"zh", "en"}
    figure : matplotlib.figure.Figure
    """

    name: str
    title: str
    alt: str
    lang: str
    figure: Figure = field(repr=False)

    def svg(self) -> str:
        """The figure as SVG: the same figure gives the same bytes; letters are outlines."""
        out = io.StringIO()
        meta = {"Date": None, "Creator": "carbon-peak", "Title": self.alt}
        with style.applied(self.lang):
            self.figure.savefig(out, format="svg", metadata=meta)
        return _compact(out.getvalue())

    def png(self, dpi: int = 150) -> bytes:
        """The figure as PNG of few colours, a fifth of the usual size."""
        return self._picture(self.svg(), dpi)

    def _picture(self, svg: str, dpi: int) -> bytes:
        from PIL import Image

        drawn = raster.png(svg, self.figure.get_figwidth() * 72, dpi)
        with Image.open(io.BytesIO(drawn)) as opened:
            few = opened.convert("RGB").quantize(
                _COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
            )
        out = io.BytesIO()
        few.save(out, "PNG", dpi=(dpi, dpi))
        return out.getvalue()

    def save(self, folder: Path | str) -> list[Path]:
        """Write ``<name>.svg`` and ``<name>.png`` into a folder."""
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        files = [place / f"{self.name}.svg", place / f"{self.name}.png"]
        svg = self.svg()
        files[0].write_text(svg, encoding="utf-8", newline="\n")
        files[1].write_bytes(self._picture(svg, 150))
        return files

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        svg = self.svg()
        data = {"image/svg+xml": svg, "text/plain": self.alt}
        if os.environ.get(SVG_ONLY) != "1":  # for viewers that show no SVG
            data["image/png"] = base64.b64encode(self._picture(svg, _SCREEN)).decode()
        return data, {kind: {"alt": self.alt} for kind in data if kind.startswith("image/")}

    def __str__(self) -> str:
        return self.alt


@dataclass
class Sheet:
    """The part of a figure that a chart may draw on.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
    width, height : float
        Of the whole figure, inches.
    top : float
        Where the body begins.
    lang : str
    """

    figure: Figure
    width: float
    height: float
    top: float
    lang: str

    def axes(self, x: float, y: float, width: float, height: float, bare: bool = False) -> Axes:
        """Axes at a place of the body (``y`` from its top); ``bare`` ones count in inches too."""
        bottom = self.height - self.top - y - height
        box = (x / self.width, bottom / self.height, width / self.width, height / self.height)
        ax = self.figure.add_axes(box)
        if bare:
            ax.set_xlim(0, width)
            ax.set_ylim(height, 0)
            ax.axis("off")
        return ax

    def text(
        self, x: float, y: float, text: str, size: float = style.SIZE["label"], **look: Any
    ) -> Text:
        """One line of text at a place of the body."""
        look = {"ha": "left", "va": "center", "color": style.INK} | look
        return self.figure.text(
            x / self.width, 1 - (self.top + y) / self.height, text, fontsize=size, **look
        )


_AROUND = re.compile(r"\s*([MLQCSTAHVZz])\s*")


def _compact(svg: str) -> str:
    """The same picture with less white space around it: a sixth smaller."""

    def outline(match: re.Match[str]) -> str:
        return f' d="{_AROUND.sub(lambda m: m[1], match[1].strip())}"'

    return re.sub(r">\n\s+<", ">\n<", re.sub(r' d="([^"]+)"', outline, svg))


def height_of(lines: list[str], size: float) -> float:
    """Inches that lines of text need."""
    return len(lines) * size * _LEADING / 72


def chart(
    name: str,
    title: str,
    body: float,
    draw: Callable[[Sheet], None],
    *,
    lang: str,
    subtitle: str = "",
    key: Sequence[KeyEntry] = (),
    caption: str = "",
    source: str = "",
) -> Chart:
    """A figure of the usual width around a body.

    Parameters
    ----------
    name : str
        For file names.
    title, subtitle : str
        What the chart says; what it shows, in which unit.
    body : float
        Inches that the chart itself needs.
    draw : callable
        Draws the chart on the `Sheet`.
    lang : {"zh", "en"}
    key : sequence of KeyEntry
        How to read the marks: each has a sample and a meaning.
    caption, source : str
        What to see and how many rows stand behind it; where the data come from.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width = style.WIDTH
    room = width - 2 * EDGE
    size = style.SIZE
    heads = [(style.wrap(title, room, size["title"]), size["title"], style.INK)]
    heads.append((style.wrap(subtitle, room, size["subtitle"]), size["subtitle"], style.SOFT))
    feet = [(style.wrap(caption, room, size["small"]), size["small"], style.INK)]
    feet.append((style.wrap(source, room, size["small"]), size["small"], style.SOFT))
    entries = _key_lines(key, room)
    top = 0.10 + sum(height_of(lines, s) + 0.05 for lines, s, _ in heads if lines) + 0.12
    below = 0.10 + 0.24 * len(entries) + (0.06 if entries else 0)
    total = top + body + below + sum(height_of(lines, s) + 0.03 for lines, s, _ in feet) + 0.08
    with style.applied(lang):
        figure = Figure(figsize=(width, total))
        FigureCanvasAgg(figure)
        sheet = Sheet(figure, width, total, 0.0, lang)
        y = _lines(sheet, 0.10, heads)
        sheet.top = top
        draw(sheet)
        sheet.top = 0.0
        y = top + body + 0.10
        for entry in entries:
            _draw_key(sheet, y, entry)
            y += 0.24
        _lines(sheet, y + (0.06 if entries else 0), feet)
        if lang == "en":
            _straight_quotes(figure)
    alt = "\n".join(t for t in (title, subtitle, caption) if t)
    return Chart(name, title, alt, lang, figure)


_QUOTES = str.maketrans("“”‘’", "\"\"''")


def _straight_quotes(figure: Figure) -> None:
    """The Chinese font has wide quotation marks only: English text gets the straight ones."""
    items = list(figure.texts)
    for ax in figure.axes:
        items += [*ax.texts, ax.xaxis.label, ax.yaxis.label, ax.title]
    for item in items:
        item.set_text(item.get_text().translate(_QUOTES))


def _lines(sheet: Sheet, y: float, blocks: Sequence[tuple[list[str], float, str]]) -> float:
    for lines, size, color in blocks:
        step = size * _LEADING / 72
        for line in lines:
            sheet.text(EDGE, y + step / 2, line, size, color=color)
            y += step
        y += 0.05 if lines else 0
    return y


def _key_lines(key: Sequence[KeyEntry], room: float) -> list[list[tuple[float, KeySample, str]]]:
    """Entries of the key in lines of like length: where each begins, its sample and meaning."""
    sized = []
    for sample, text in key:
        wide = sample.inches + 0.06 + style.text_width(text, style.SIZE["small"]) + 0.22
        sized.append((wide, sample, text))
    widths = [wide for wide, *_ in sized]
    count = len(_broken(widths, room))
    # the narrowest lines that still need no more of them: the last one is not left lonely
    lines = []
    for share in range(50, 101, 5):
        lines = _broken(widths, room * share / 100)
        if len(lines) <= count:
            break
    out = []
    for line in lines:
        x, made = 0.0, []
        for n in line:
            wide, sample, text = sized[n]
            made.append((x, sample, text))
            x += wide
        out.append(made)
    return out


def _broken(widths: list[float], room: float) -> list[list[int]]:
    """Numbers of the items of each line, when a new line begins where ``room`` is used up."""
    lines: list[list[int]] = []
    x = room + 1
    for n, wide in enumerate(widths):
        if x + wide > room:
            lines.append([])
            x = 0.0
        lines[-1].append(n)
        x += wide
    return lines


def _draw_key(sheet: Sheet, y: float, entries: Sequence[tuple[float, KeySample, str]]) -> None:
    ax = sheet.axes(EDGE, y, sheet.width - 2 * EDGE, 0.24, bare=True)
    for x, sample, text in entries:
        sample.draw(ax, x + sample.inches / 2, 0.12)
        ax.text(
            x + sample.inches + 0.06,
            0.13,
            text,
            fontsize=style.SIZE["small"],
            va="center",
            color=style.SOFT,
        )
