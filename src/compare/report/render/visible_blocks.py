"""An executed notebook as the sequence of blocks a reader sees, for HTML, PDF and index."""

from __future__ import annotations

import base64
import binascii
import html
import itertools
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from compare.display.code_words import code_word
from compare.report.render.sanitize_html import Page, clean, markdown_html

if TYPE_CHECKING:
    from nbformat import NotebookNode

IMAGES = ("image/svg+xml", "image/png", "image/jpeg")
MAIN_TAG = "main-chart"
ADDED_TAGS = frozenset({"papermill-error-cell-tag", "injected-parameters"})  # by papermill
HIDDEN_TAGS = frozenset({"papermill-error-cell-tag", "hide", "remove-cell"})
LONGEST_TEXT = 100_000
"""Characters of text of a cell that a page shows."""
LONGEST_MARKUP = 2_000_000
"""Characters of HTML and Markdown of a cell that a page shows."""
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


def visible_blocks(
    nb: NotebookNode, page: Page, longest_markup: int = LONGEST_MARKUP
) -> list[Block]:
    """What a reader sees of a notebook, in order: markdown and outputs, no code.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        Executed.
    page : Page
        Collects style rules and headings.
    longest_markup : int
        Characters of HTML and Markdown of a cell that are shown.
    """
    out: list[Block] = []
    number = 0
    for cell in nb.cells:
        tags = set(cell.get("metadata", {}).get("tags", ()))
        number += not tags & ADDED_TAGS
        if tags & HIDDEN_TAGS:
            continue
        room = _Room(longest_markup)
        if cell.cell_type == "markdown":
            if cell.source.strip():
                out.append(Block("html", number, room.html("text/markdown", cell.source, page)))
        elif cell.cell_type == "code":
            for output in cell.get("outputs", ()):
                block = _output(output, cell, number, page, MAIN_TAG in tags, room)
                if block:
                    out.append(block)
        if room.was_short:
            note = escape(code_word("page", "cut", page.lang))
            out.append(Block("html", number, Markup("<p><em>{}</em></p>").format(note)))
    return _joined(out)


@dataclass
class _Room:
    """What a cell may still show: the whole of it stays in the notebook."""

    markup_left: int = LONGEST_MARKUP
    text_left: int = LONGEST_TEXT
    was_short: bool = False

    def text(self, text: str) -> str:
        text = plain(self._cut(text, self.text_left, "\n"))
        self.text_left -= len(text)
        return text

    def html(self, mime: str, text: str, page: Page) -> Markup:
        if mime == "text/markdown":  # a short text may stand for much markup
            text = markdown_html(self._cut(text, self.markup_left, "\n"))
        text = self._cut(text, self.markup_left, ">")
        self.markup_left -= len(text)
        return clean(text, page)

    def _cut(self, text: str, left: int, joint: str) -> str:
        """The beginning of a text that there is room for, up to a joint if one is near."""
        if len(text) <= left:
            return text
        self.was_short = True
        return text[: text.rfind(joint, left // 2, left) + 1 or left]


def _joined(blocks: list[Block]) -> list[Block]:
    """Texts of one cell that follow each other as one."""
    out = []
    for (kind, _), same in itertools.groupby(blocks, lambda block: (block.kind, block.cell)):
        if kind in ("text", "stderr"):
            first, *others = same
            content = "".join([first.content, *(block.content for block in others)])
            out.append(replace(first, content=content))
        else:
            out.extend(same)
    return out


def _output(
    output: NotebookNode, cell: NotebookNode, number: int, page: Page, main: bool, room: _Room
) -> Block | None:
    if output.output_type == "stream":
        kind = "stderr" if output.name == "stderr" else "text"
        text = room.text(output.text)
        return Block(kind, number, text) if text or not output.text else None
    if output.output_type == "error":
        message = f"{output.ename}: {output.evalue}" if output.evalue else output.ename
        name = plain(output.ename[:200])
        return Block("error", number, room.text(message), name=name, source=room.text(cell.source))
    data = output.get("data", {})
    for mime in IMAGES:
        if mime in data:
            content = _bytes(mime, data[mime])
            if content:
                alt = _alt(mime, output, content) or page.heading()
                return Block("image", number, mime=mime, data=content, alt=alt, main=main)
    for mime in ("text/html", "text/markdown"):
        if mime in data:
            return Block("html", number, room.html(mime, _text(data[mime]), page))
    if "text/plain" in data:
        return Block("text", number, room.text(_text(data["text/plain"])))
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
                block = _output(output, cell, number, page, main, _Room())
                if block and main:
                    return block
                first = first or block
                break
    return first
