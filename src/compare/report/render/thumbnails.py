"""Thumbnails: the main chart of a report as a small picture for the index."""

from __future__ import annotations

import io

from compare.charts import raster
from compare.report.render.visible_blocks import Block

WIDTH = 480
_COLORS = 64


def thumb(chart: Block) -> bytes | None:
    """A chart as PNG of 480 pixels' width on white; None where the image cannot be read.

    Parameters
    ----------
    chart : Block
        Of kind ``image``: SVG, PNG or JPEG.
    """
    from PIL import Image, UnidentifiedImageError

    data = _rasterised(chart.data) if chart.mime == "image/svg+xml" else chart.data
    if not data:
        return None
    try:
        with Image.open(io.BytesIO(data)) as opened:
            image = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    small = paper.convert("RGB")
    small.thumbnail((WIDTH, WIDTH), Image.Resampling.LANCZOS, reducing_gap=3.0)
    out = io.BytesIO()
    small.quantize(_COLORS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        out, "PNG", compress_level=6
    )
    return out.getvalue()


def _rasterised(svg: bytes) -> bytes | None:
    import typst

    from compare.report.render.pdf import fonts

    try:
        return raster.png(svg, WIDTH, 72, fonts())
    except typst.TypstError:
        return None
