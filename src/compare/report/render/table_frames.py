"""Frames: each table of a page in a frame that scrolls, its cells told the names of their columns.

Works on the tokens of cleaned HTML (see `compare.report.render.sanitize_html`). Wide tables scroll sideways in their
frame, tall ones in both ways with their heads in sight; on a phone the rows of a plain table are
shown as cards, for which each cell holds its column's name in ``data-label``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from compare.report.render.html_tokens import END, START, TEXT, Token

TALL = 40
"""Rows from which on a table has a height of its own."""


@dataclass
class _Cell:
    """What a cell, or a caption, holds."""

    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def framed(source: Iterable[Token], heading: Callable[[], str]) -> Iterator[Token]:
    """Pass tokens on, tables in frames.

    Parameters
    ----------
    source : iterable of Token
        Every start tag has its end tag.
    heading : callable
        The heading that a table without a caption stands under; names the frame for readers who
        do not see it.
    """
    table: list[Token] = []
    depth = 0
    for token in source:
        opens, closes = (token.is_(kind, "table") for kind in (START, END))
        depth += opens - closes
        if not depth and not closes:
            yield token
            continue
        table.append(token)
        if not depth:
            yield from _frame(table, heading)
            table = []


def _frame(table: list[Token], heading: Callable[[], str]) -> Iterator[Token]:
    rows, caption = _rows(table)
    names = "cp-scroll cp-tall" if len(rows) > TALL else "cp-scroll"
    attributes = {"class": names, "tabindex": "0", "role": "region"}
    if label := caption or heading():
        attributes["aria-label"] = label
    _name_cells(rows)
    yield Token(START, "div", attributes=attributes)
    yield from table
    yield Token(END, "div")


def _rows(table: list[Token]) -> tuple[list[list[tuple[Token, _Cell]]], str]:
    """Rows as lists of the start tags of their cells, with what they hold; and the caption."""
    rows: list[list[tuple[Token, _Cell]]] = []
    caption, into = _Cell(), None
    for token in table:
        if token.is_(START, "tr"):
            rows.append([])
        elif token.is_(START, "caption"):
            into = caption
        elif token.is_(START, "td", "th") and rows:
            into = _Cell()
            rows[-1].append((token, into))
        elif token.is_(END, "td", "th", "caption"):
            into = None
        elif into and token.kind == TEXT:
            into.texts.append(token.text)
    return rows, caption.text


def _name_cells(rows: list[list[tuple[Token, _Cell]]]) -> None:
    """Only where one row of heads stands over rows of as many cells."""
    head, body = (rows[0], rows[1:]) if rows else ([], [])
    if any(tag.name != "th" for tag, _ in head) or _spans(rows):
        return
    if any(len(row) != len(head) or row[-1][0].name != "td" for row in body):
        return
    for row in body:
        for (tag, _), (_, column) in zip(row, head, strict=True):
            if tag.name == "td" and column.text:
                tag.attributes["data-label"] = column.text


def _spans(rows: list[list[tuple[Token, _Cell]]]) -> bool:
    return any({"colspan", "rowspan"} & tag.attributes.keys() for row in rows for tag, _ in row)
