"""Raster: a picture of an SVG, drawn by the engine that also sets the PDF pages."""

from __future__ import annotations

from typing import Any


def png(svg: str | bytes, width: float, dpi: float, fonts: Any = None) -> bytes:
    """An SVG as PNG on white; the same SVG gives the same bytes.

    Parameters
    ----------
    svg : str or bytes
    width : float
        Of the picture, in points; its height follows.
    dpi : float
        Dots an inch.
    fonts : typst.Fonts, optional
        The only fonts there are; letters that are outlines need none.

    Raises
    ------
    typst.TypstError
        If it is no SVG.
    """
    import typst

    page = f"#set page(width: {width}pt, height: auto, margin: 0pt)\n"
    page += '#image("chart.svg", width: 100%)\n'
    data = svg.encode() if isinstance(svg, str) else svg
    files: Any = {"main.typ": page.encode(), "chart.svg": data}  # stubs know no dict
    return typst.compile(
        files,
        format="png",
        ppi=dpi,
        font_paths=fonts or [],
        ignore_system_fonts=True,
    )
