"""An executed notebook as the sequence of blocks a reader sees, for HTML, PDF and index."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.report.render.sanitize_html import Page, clean, markdown

if TYPE_CHECKING:
    from nbformat import NotebookNode

IMAGES = ("image/svg+xml", "image/png", "image/jpeg")
MAIN_TAG = "main-chart"
ADDED_TAGS = frozenset({"papermill-error-cell-tag", "injected-parameters"})  # by papermill
HIDDEN_TAGS = frozenset({"papermill-error-cell-tag", "hide", "remove-cell"})
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass
class Block:
    """One thing on the page.

    Attributes
    ----------
    kind : str
        ``html`` (safe markup in ``content``), ``image`` (bytes in ``data``), ``text``, ``stderr``
        or ``error`` (plain text in ``content``).
    content : str
        Markup or text; for an error its message.
    mime : str
        Of an image.
    data : bytes
        Of an image.
    alt : str
        What an image shows: its own title, else the heading above it.
    name : str
        Class of an error.
    source : str
        Source of the cell that failed.
    cell : int
        1-based place of the cell in the source notebook (cells that papermill put in do not count).
    main : bool
        Whether the notebook calls this image its main chart (cell tag ``main-chart``).
    """

    kind: str
    cell: int
    content: str = ""
    mime: str = ""
    data: bytes = b""
    alt: str = ""
    name: str = ""
    source: str = ""
    main: bool = False


def visible_blocks(nb: NotebookNode, page: Page) -> list[Block]:
    """What a reader sees of a notebook, in order: markdown and outputs, no code.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        Executed.
    page : Page
        Collects style rules and headings.
    """
    out: list[Block] = []
    number = 0
    for cell in nb.cells:
        tags = set(cell.get("metadata", {}).get("tags", ()))
        number += not tags & ADDED_TAGS
        if tags & HIDDEN_TAGS:
            continue
        if cell.cell_type == "markdown":
            if cell.source.strip():
                out.append(Block("html", number, markdown(cell.source, page)))
        elif cell.cell_type == "code":
            for output in cell.get("outputs", ()):
                block = _output(output, cell, number, page, MAIN_TAG in tags)
                if block:
                    _append(out, block)
    return out


def _append(out: list[Block], block: Block) -> None:
    last = out[-1] if out else None
    if (
        last
        and block.kind in ("text", "stderr")
        and (last.kind, last.cell) == (block.kind, block.cell)
    ):
        last.content += block.content
    else:
        out.append(block)


def _output(
    output: NotebookNode, cell: NotebookNode, number: int, page: Page, main: bool
) -> Block | None:
    if output.output_type == "stream":
        kind = "stderr" if output.name == "stderr" else "text"
        return Block(kind, number, plain(output.text))
    if output.output_type == "error":
        message = plain(f"{output.ename}: {output.evalue}" if output.evalue else output.ename)
        return Block("error", number, message, name=plain(output.ename), source=cell.source)
    data = output.get("data", {})
    for mime in IMAGES:
        if mime in data:
            content = _bytes(mime, data[mime])
            if content:
                alt = _alt(mime, output, content) or page.heading()
                return Block("image", number, mime=mime, data=content, alt=alt, main=main)
    for mime, convert in (("text/html", clean), ("text/markdown", markdown)):
        if mime in data:
            return Block("html", number, convert(_text(data[mime]), page))
    if "text/plain" in data:
        return Block("text", number, plain(_text(data["text/plain"])))
    return None


def plain(text: str) -> str:
    """Text without terminal codes and control characters."""
    return _CONTROL.sub("", _ANSI.sub("", text))


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def _bytes(mime: str, value: str | list[str]) -> bytes:
    text = _text(value)
    if mime == "image/svg+xml":
        return text.encode()
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""


def _alt(mime: str, output: NotebookNode, data: bytes) -> str:
    meta = output.get("metadata", {})
    for place in (meta.get(mime, {}), meta):
        if isinstance(place, dict) and isinstance(place.get("alt"), str):
            return place["alt"]
    if mime == "image/svg+xml":
        title = re.search(rb"<(?:dc:)?title>([^<]{1,200})</", data)
        if title:
            return html.unescape(title[1].decode("utf-8", "replace"))
    return ""


def cell_parameters(nb: NotebookNode) -> list[tuple[str, str]]:
    """Parameters that papermill gave to the notebook, as (name, JSON)."""
    given = nb.metadata.get("papermill", {}).get("parameters", {})
    return [(name, json.dumps(value, ensure_ascii=False)) for name, value in sorted(given.items())]


def main_chart(nb: NotebookNode) -> Block | None:
    """The image that stands for a notebook: the one its tag names, else the first."""
    page, first = Page(), None
    for number, cell in enumerate(nb.cells, 1):
        if cell.cell_type != "code":
            continue
        main = MAIN_TAG in cell.get("metadata", {}).get("tags", ())
        if first and not main:
            continue
        for output in cell.get("outputs", ()):
            if any(mime in output.get("data", {}) for mime in IMAGES):
                block = _output(output, cell, number, page, main)
                if block and main:
                    return block
                first = first or block
                break
    return first
