"""Frames: each table of a page in a frame that scrolls, its cells told the names of their columns.

Works on the tokens of cleaned HTML (see `compare.report.render.sanitize_html`). Wide tables scroll sideways in their
frame, tall ones in both ways with their heads in sight; on a phone the rows of a plain table are
shown as cards, for which each cell holds its column's name in ``data-label``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

TALL = 40
"""Rows from which on a table has a height of its own."""
_TEXT = ("Characters", "SpaceCharacters")


def framed(source: Iterable[dict], heading: Callable[[], str]) -> Iterator[dict]:
    """Pass tokens on, tables in frames.

    Parameters
    ----------
    source : iterable of dict
        html5lib's tokens; every start tag has its end tag.
    heading : callable
        The heading that a table without a caption stands under; names the frame for readers who
        do not see it.
    """
    table, depth = [], 0
    for token in source:
        opens, closes = (_is(token, kind, "table") for kind in ("StartTag", "EndTag"))
        depth += opens - closes
        if not depth and not closes:
            yield token
            continue
        table.append(token)
        if not depth:
            yield from _frame(table, heading)
            table = []


def _frame(table: list[dict], heading: Callable[[], str]) -> Iterator[dict]:
    rows, caption = _rows(table)
    names = "cp-scroll cp-tall" if len(rows) > TALL else "cp-scroll"
    data = {(None, "class"): names, (None, "tabindex"): "0", (None, "role"): "region"}
    if label := caption or heading():
        data[(None, "aria-label")] = label
    div = {"name": "div", "namespace": table[0].get("namespace")}
    _name_cells(rows)
    yield {"type": "StartTag", **div, "data": data}
    yield from table
    yield {"type": "EndTag", **div, "data": {}}


def _rows(table: list[dict]) -> tuple[list[list], str]:
    """Rows as lists of [start tag, text] of their cells; and the caption."""
    rows, caption, into = [], ["", ""], None
    for token in table:
        if _is(token, "StartTag", "tr"):
            rows.append([])
        elif _is(token, "StartTag", "caption"):
            into = caption
        elif _is(token, "StartTag", "td", "th") and rows:
            into = [token, ""]
            rows[-1].append(into)
        elif _is(token, "EndTag", "td", "th", "caption"):
            into = None
        elif into and token["type"] in _TEXT:
            into[1] += token["data"]
    return rows, _one_line(caption[1])


def _name_cells(rows: list[list]) -> None:
    """Only where one row of heads stands over rows of as many cells."""
    head, body = (rows[0], rows[1:]) if rows else ([], [])
    if any(cell["name"] != "th" for cell, _ in head) or _spans(rows):
        return
    if any(len(row) != len(head) or row[-1][0]["name"] != "td" for row in body):
        return
    for row in body:
        for (cell, _), (_, name) in zip(row, head, strict=True):
            if cell["name"] == "td" and name.strip():
                cell["data"] = {**cell["data"], (None, "data-label"): _one_line(name)}


def _spans(rows: list[list]) -> bool:
    spans = {(None, "colspan"), (None, "rowspan")}
    return any(spans & cell["data"].keys() for row in rows for cell, _ in row)


def _is(token: dict, kind: str, *names: str) -> bool:
    return token["type"] == kind and token["name"] in names


def _one_line(text: str) -> str:
    return " ".join(text.split())
