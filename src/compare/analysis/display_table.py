"""Tables: display tables whose every word is escaped, as HTML and as plain text.

A cell says its value with its bound, a kind of nothing by its own sign and words, and leads to
its evidence. In JupyterLab and in report pages the same HTML is shown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from compare.charts.marks import GLYPH, glyph
from compare.wording.messages import say

TONES = {
    "soft": "#5f6864",
    "warn": "#a3471a",
    "deferred": "#6d5207",
    "directional": "#553c69",
    "no_target": "#5f6864",
    "no_data": "#5f6864",
}


@dataclass(frozen=True)
class Cell:
    """One field.

    Attributes
    ----------
    text : str
        Plain text.
    small : str
        A second line, in smaller letters.
    href : str
        Relative address that the text leads to.
    title : str
        Shown when pointed at.
    tone : str
        Key of `TONES`, or empty.
    more : str
        Text that opens on a click, with ``text`` as its name.
    links : tuple of (str, str, str)
        Text, relative address and title of further links, behind the text.
    """

    text: str
    small: str = ""
    href: str = ""
    title: str = ""
    tone: str = ""
    more: str = ""
    links: tuple = ()


def nothing(status: str, text: str, direction: str | None = None) -> Cell:
    """The field of a kind of nothing: sign and words, each kind its own."""
    sign = glyph(status, direction) if status == "directional" else GLYPH[status]
    return Cell(f"{sign} {text}", tone=status)


@dataclass
class Table:
    """A table for display.

    Attributes
    ----------
    name : str
        Letters, digits and hyphens; one of its kind on a page.
    columns : list of str
        A name that begins with ``>`` is one of a column of numbers.
    rows : list of list of (Cell or str)
    caption : str
    lang : {"zh", "en"}
    empty : str
        What is shown instead of a table without rows.
    """

    name: str
    columns: list[str]
    rows: list[list] = field(repr=False)
    caption: str = ""
    lang: str = "zh"
    empty: str = ""

    def __post_init__(self):
        if not re.fullmatch(r"[\w-]+", self.name):
            raise ValueError(f"not a name for a table: {self.name!r}")
        self.rows = [[c if isinstance(c, Cell) else Cell(str(c)) for c in r] for r in self.rows]

    def _repr_mimebundle_(self, include=None, exclude=None):
        if not self.rows:
            return {"text/markdown": self.empty, "text/plain": self.empty}
        return {"text/html": self.html(), "text/plain": self.plain()}

    def html(self) -> str:
        """The table as an HTML fragment."""
        from markupsafe import Markup

        right = [c.startswith(">") for c in self.columns]
        head = Markup("").join(
            Markup('<th scope="col"{}>{}</th>').format(_align(r), c.removeprefix(">"))
            for c, r in zip(self.columns, right, strict=True)
        )
        body = Markup("\n").join(
            Markup("<tr>{}</tr>").format(
                Markup("").join(
                    _field(c, r, n) for n, (c, r) in enumerate(zip(row, right, strict=True))
                )
            )
            for row in self.rows
        )
        caption = Markup("<caption>{}</caption>").format(self.caption) if self.caption else ""
        ident = f"T_{self.name}"
        # JupyterLab aligns everything to the right
        rules = [f"#{ident} td, #{ident} th {{ text-align: left; vertical-align: top; }}"]
        if len(self.columns) >= _MANY:  # else pages keep long texts so wide that others do not fit
            rules.append(f"#{ident} td {{ min-width: 7em; }}")
        rules += [
            f"#{ident} td:nth-child({n}), #{ident} th:nth-child({n}) {{ text-align: right; }}"
            for n, r in enumerate(right, 1)
            if r
        ]
        return str(
            Markup(
                '<style>{}</style><table id="{}">{}<thead><tr>{}</tr></thead>\n<tbody>\n{}\n'
                "</tbody></table>"
            ).format(Markup(" ".join(rules)), ident, caption, head, body)
        )

    def plain(self) -> str:
        """The table as text, columns one under another."""
        head = [c.removeprefix(">") for c in self.columns]
        lines = [head, *[[_plain(c) for c in row] for row in self.rows]]
        wide = [max(_cells(line[n]) for line in lines) for n in range(len(head))]
        out = [
            "  ".join(t + " " * (w - _cells(t)) for t, w in zip(line, wide, strict=True)).rstrip()
            for line in lines
        ]
        return "\n".join([self.caption, *out] if self.caption else out)

    def __str__(self) -> str:
        return self.plain() if self.rows else self.empty


_MANY = 6
"""Columns from which on those with long texts must share the width."""
_SHORT = 8
"""Letters of a link that need not wrap."""


def _align(right: bool):
    from markupsafe import Markup

    return Markup(' style="text-align: right; white-space: nowrap"') if right else ""


def inner(cell: Cell):
    """What stands in a field, as markup."""
    from markupsafe import Markup

    text = Markup("{}").format(cell.text)
    if cell.href:
        title = Markup(' title="{}"').format(cell.title) if cell.title else ""
        text = Markup('<a href="{}"{}>{}</a>').format(cell.href, title, text)
        if len(cell.text) > _SHORT:  # pages keep a bare link on one line
            text = Markup("<span>{}</span>").format(text)
    elif cell.more:
        text = Markup("<details><summary>{}</summary>{}</details>").format(text, cell.more)
    for name, href, title in cell.links:
        text += Markup(' <a href="{}" title="{}">{}</a>').format(href, title, name)
    if cell.small:
        small = Markup('<br><small style="color: {}">{}</small>')
        text += small.format(TONES["soft"], cell.small)
    return text


def _field(cell: Cell, right: bool, column: int):
    from markupsafe import Markup

    text = inner(cell)
    style = "text-align: right; white-space: nowrap" if right else ""
    if cell.tone:
        style = f"{style}; color: {TONES[cell.tone]}".lstrip("; ")
    look = Markup(' style="{}"').format(style) if style else ""
    if cell.title and not cell.href:
        look += Markup(' title="{}"').format(cell.title)
    if column == 0:
        return Markup('<th scope="row"{}>{}</th>').format(look, text)
    return Markup("<td{}>{}</td>").format(look, text)


def _plain(cell: Cell) -> str:
    parts = [cell.text, cell.small]
    if cell.href.startswith("evidence/"):
        parts.insert(1, cell.href.partition("#")[2])
    return " ".join(" · ".join(p for p in parts if p).split())


def _cells(text: str) -> int:
    """Width in a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def evidence(row: dict, lang: str) -> Cell:
    """The field that leads to the sentence a target was read from.

    Parameters
    ----------
    row : dict
        With ``target_id``, ``doc`` and ``evidence``.
    """
    from compare.provenance.evidence import evidence_href

    return Cell(
        say("table.sentence", lang),
        href=evidence_href(row["target_id"], row["doc"]),
        title=row["evidence"],
    )
