"""Safe HTML as plain data (headings, paragraphs, lists, tables) that the Typst program lays out."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

Node = dict[str, Any]
"""``t`` names the kind, ``c`` holds texts and nodes; the Typst program reads it as JSON."""
Styles = dict[str, dict[str, str]]
"""Declarations by selector."""

_INLINE = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "cite": "em",
    "code": "code",
    "kbd": "code",
    "sub": "sub",
    "sup": "sup",
    "del": "del",
    "s": "del",
    "mark": "mark",
    "a": "link",
    "u": "u",
}
_CELL_STYLES = ("background-color", "color", "font-weight", "text-align")
_COLOR = re.compile(r"^#(?:[0-9a-f]{3}|[0-9a-f]{6})$", re.I)


def typst_nodes(html: str, rules: list[str]) -> list[Node]:
    """A cleaned piece of HTML as nodes.

    Parameters
    ----------
    html : str
        From `compare.report.render.sanitize_html`.
    rules : list of str
        Style rules of the page; those of single cells are kept.

    Returns
    -------
    list of Node
    """
    return _blocks(BeautifulSoup(html, "html.parser"), _styles(rules))


def _styles(rules: list[str]) -> Styles:
    out: dict[str, dict[str, str]] = {}
    for rule in rules:
        selectors, _, body = rule.rstrip("}").partition("{")
        kept = dict(d.split(":", 1) for d in body.split(";") if d.split(":", 1)[0] in _CELL_STYLES)
        for selector in selectors.split(",") if kept else ():
            if re.fullmatch(r"[#.][\w-]+", selector.strip()):
                out.setdefault(selector.strip(), {}).update(kept)
    return out


_IN_A_LINE = (*_INLINE, "br", "span", "small", "abbr", "q", "time")


def _blocks(parent: Tag, styles: Styles) -> list[Node]:
    out: list[Node] = []
    loose: list[Node | str] = []

    def flush() -> None:
        if any(not isinstance(n, str) or n.strip() for n in loose):
            out.append({"t": "p", "c": list(loose)})
        loose.clear()

    for child in parent.children:
        if not isinstance(child, Tag) or child.name in _IN_A_LINE:
            loose.extend(_inline(child))
            continue
        name = child.name
        flush()
        if re.fullmatch(r"h[1-6]", name):
            out.append({"t": "h", "level": int(name[1]), "c": _inlines(child)})
        elif name == "p":
            out.append({"t": "p", "c": _inlines(child)})
        elif name in ("ul", "ol"):
            items = [_blocks(li, styles) for li in child.find_all("li", recursive=False)]
            out.append({"t": name, "c": items})
        elif name == "dl":
            out.append({"t": "dl", "c": _terms(child)})
        elif name == "pre":
            out.append({"t": "pre", "c": child.get_text()})
        elif name == "table":
            out.append(table(child, styles))
        elif name == "hr":
            out.append({"t": "hr"})
        elif name == "blockquote":
            out.append({"t": "quote", "c": _blocks(child, styles)})
        else:
            out.extend(_blocks(child, styles))
    flush()
    return out


def _terms(dl: Tag) -> list[list[list[Node | str]]]:
    pairs: list[list[list[Node | str]]] = []
    waiting: list[list[list[Node | str]]] = []
    for child in dl.find_all(["dt", "dd"]):
        if child.name == "dt":
            waiting.append([_inlines(child), []])
            pairs.append(waiting[-1])
        else:
            for pair in waiting:
                pair[1] = _inlines(child)
            waiting = []
    return pairs


def _inlines(parent: Tag) -> list[Node | str]:
    out = [n for child in parent.children for n in _inline(child)]
    shown = [at for at, n in enumerate(out) if not isinstance(n, str) or n.strip()]
    return out[shown[0] : shown[-1] + 1] if shown else []


def _inline(child: PageElement) -> list[Node | str]:
    if not isinstance(child, Tag):
        return [re.sub(r"\s+", " ", str(child))] if str(child) else []
    name = child.name
    if name == "br":
        return [{"t": "br"}]
    inside = [n for c in child.children for n in _inline(c)]
    if name not in _INLINE or (name == "a" and not child.get("href")):
        return inside
    node = {"t": _INLINE[name], "c": inside}
    if name == "a":
        node["href"] = address = str(child["href"])
        if address.startswith("#"):
            return inside
    return [node]


def table(element: Tag, styles: Styles) -> Node:
    """One HTML table: rows of cells, how many rows are header, and how wide columns want to be."""
    rows, header = [], 0
    for tr in element.find_all("tr"):
        cells = [_cell(c, styles) for c in tr.find_all(["th", "td"], recursive=False)]
        if not cells:
            continue
        if tr.find_parent("thead") is not None or (not rows and all(c["head"] for c in cells)):
            header += 1
        rows.append(cells)
    caption = element.find("caption")
    return {
        "t": "table",
        "rows": rows,
        "header": header,
        "columns": _columns(rows),
        "caption": _inlines(caption) if caption else [],
    }


def _cell(cell: Tag, styles: Styles) -> Node:
    look: dict[str, str] = {}
    for key in [f"#{cell.get('id')}", *(f".{c}" for c in cell.get_attribute_list("class"))]:
        look |= styles.get(key, {})
    out = {
        "head": cell.name == "th",
        "c": _inlines(cell),
        "across": _span(cell.get("colspan")),
        "down": _span(cell.get("rowspan")),
        "length": _length(cell.get_text()),
        "align": look.get("text-align", ""),
        "bold": look.get("font-weight", "") in ("bold", "600", "700"),
    }
    for key, name in (("background-color", "fill"), ("color", "ink")):
        if _COLOR.match(look.get(key, "")):
            out[name] = look[key]
    return out


def _span(value: object) -> int:
    return int(value) if isinstance(value, str) and value.isdigit() and 0 < int(value) < 200 else 1


def _length(text: str) -> int:
    """Width in half characters of the longest line that cannot be shorter."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in " ".join(text.split()))


def _columns(rows: list[list[Node]]) -> list[float]:
    """Weight of each column; 0 for one as narrow as its words."""
    count = max((sum(c["across"] for c in row) for row in rows), default=0)
    widest, taken = [1] * count, {}
    for number, row in enumerate(rows):
        at = 0
        for cell in row:
            while taken.get(at, 0) > number:
                at += 1
            if cell["across"] == 1 and at < count:
                widest[at] = max(widest[at], cell["length"])
            for column in range(at, at + cell["across"]):
                taken[column] = number + cell["down"]
            at += cell["across"]
    narrow = [w <= 14 for w in widest]
    if sum(w + 3 for w, n in zip(widest, narrow, strict=True) if n) > 60:
        narrow = [False] * count
    return [0 if n else round(min(w, 120) ** 0.6, 2) for w, n in zip(widest, narrow, strict=True)]
