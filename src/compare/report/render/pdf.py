"""PDF: one report through Typst, from the same blocks as its page.

The notebook becomes plain data (``doc.json`` and image files, all in memory) that a fixed Typst
program lays out: no word of a plan, a parameter or a table is ever read as Typst. Fonts come from
the zhplot wheel and Typst itself, never from the machine, and no date is written, so the same
notebook gives the same bytes.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from compare.base.errors import CompareError
from compare.display.code_words import code_word
from compare.report.render.html_page import image_size
from compare.report.render.html_to_typst import Node, typst_nodes
from compare.report.render.sanitize_html import Page
from compare.report.render.visible_blocks import Block, cell_parameters, visible_blocks

if TYPE_CHECKING:
    from nbformat import NotebookNode

_PAGE_SHAPE = 22 / 17  # a picture taller than this is fitted to the height of the page
_LONGEST_MARKUP = 600_000  # characters a cell; setting takes longer than showing
_SHORT_INTRO = 3
"""How many texts between a heading and a figure stay with the two."""
_LONG_WORD = re.compile(r"[!-~]{17,}")


@cache
def fonts() -> typst.Fonts:
    """Typst's own fonts and Noto Sans SC of the zhplot wheel; none of the machine's.

    Raises
    ------
    CompareError
        If the wheel holds no font.
    """
    spec = importlib.util.find_spec("zhplot")
    folder = Path(spec.origin).parent / "fonts" if spec and spec.origin else None
    if folder is None or not any(folder.glob("*.ttf")):
        raise CompareError("the package zhplot, which carries the Chinese font, is not installed")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def render(nb: NotebookNode, *, title: dict[str, str], lang: str) -> bytes:
    """One report as PDF: contents, page numbers, figures, tables.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        Executed notebook.
    title : dict
        ``zh`` and ``en``; used where the notebook has no first-level heading of its own.
    lang : {"zh", "en"}

    Returns
    -------
    bytes
        The same input gives the same bytes.

    Raises
    ------
    CompareError
        If Typst cannot set it (a broken image).
    """
    page = Page(lang=lang)
    pictures: dict[str, bytes] = {}
    parts = visible_blocks(nb, page, _LONGEST_MARKUP)
    content = [
        node
        for number, block in enumerate(parts)
        for node in _block_nodes(block, number, page, lang, pictures)
    ]
    _keep_with_figures(content)
    headed = bool(content) and content[0]["t"] == "h" and content[0]["level"] == 1
    doc = {
        "title": _heading(content[0])
        if headed
        else title.get(lang) or next(iter(title.values()), ""),
        "lang": lang,
        "headed": headed,
        "nodes": content,
        "contents": sum(level == 2 for level, *_ in page.headings) > 1,
        "parameters": cell_parameters(nb),
        "parameters-label": code_word("page", "parameters", lang),
    }
    program = {
        "main.typ": (files("compare.report.render") / "static" / "report.typ").read_bytes(),
        "doc.json": json.dumps(doc, ensure_ascii=False).encode(),
        **pictures,
    }
    try:
        return typst.compile(
            program,  # pyright: ignore[reportArgumentType]  (the stubs do not know of files in memory)
            format="pdf",
            font_paths=fonts(),
            ignore_system_fonts=True,
        )
    except RuntimeError as error:  # typst.TypstError is one
        raise CompareError(f"the PDF cannot be set: {error}", doc["title"]) from None


def _keep_with_figures(content: list[Node]) -> None:
    """Mark the texts between a heading and its figure, where they are short: they stay with it."""
    for at, node in enumerate(content):
        if node["t"] != "image":
            continue
        start = at
        while start and content[start - 1]["t"] in ("p", "ul"):
            start -= 1
        if start and content[start - 1]["t"] == "h" and at - start <= _SHORT_INTRO:
            for text in content[start:at]:
                text["keep"] = True


def _heading(node: Node) -> str:
    def words(parts: list[Any]) -> str:
        return "".join(p if isinstance(p, str) else words(p.get("c", ())) for p in parts)

    return words(node["c"])


def _block_nodes(
    block: Block, number: int, page: Page, lang: str, pictures: dict[str, bytes]
) -> list[Node]:
    if block.kind == "html":
        return _breakable(typst_nodes(block.content, page.rules))
    if block.kind == "image":
        size = image_size(block.mime, block.data)
        name = f"figure-{number}.svg"
        pictures[name] = block.data if block.mime == "image/svg+xml" else _framed(block, size)
        fit = "width" if size is None or size[0] >= 520 else "none"
        if size and size[1] / size[0] > _PAGE_SHAPE:
            fit = "height"
        return [{"t": "image", "file": name, "alt": block.alt, "fit": fit}]
    if block.kind == "error":
        line = code_word("page", "failed_cell", lang).format(block.cell)
        return [{"t": "error", "line": line, "message": block.content, "source": block.source}]
    if block.kind == "text":
        return [{"t": "pre", "c": block.content}]
    return []  # messages on stderr stay on the page and in the notebook


def _framed(block: Block, size: tuple[int, int] | None) -> bytes:
    """A raster picture inside an SVG: files that Typst is given in memory must be text."""
    width, height = size or (1, 1)
    data = base64.b64encode(block.data).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'href="data:{block.mime};base64,{data}"/></svg>'
    ).encode()


def _breakable(value: Any) -> Any:
    """Let long Latin words (ids, hashes) break where they have a joint."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda m: re.sub(r"(?<=[_/.\-])", "\u200b", m[0]), value)
    if isinstance(value, list):
        return [_breakable(v) for v in value]
    if isinstance(value, dict):
        return {k: v if k in ("t", "href", "align") else _breakable(v) for k, v in value.items()}
    return value
