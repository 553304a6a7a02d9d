"""Display: what a notebook shows besides charts: text, tables, and several things in a row.

Every word of a table is escaped, in HTML and in plain text. A cell says its value with its bound, a
kind of nothing by its own sign and words, and leads to its evidence. JupyterLab and report pages
show the same HTML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from compare.base.renamed_modules import renamed
from compare.charts.marks import glyph
from compare.display.messages import markdown, message
from compare.schema.records import Comparison, Target
from compare.target_evidence.addresses import evidence_href


@dataclass(frozen=True)
class Text:
    """Markdown for a notebook; as plain text in a terminal."""

    markdown: str

    def _ipython_display_(self) -> None:
        from IPython.display import display

        if self.markdown:
            display({"text/markdown": self.markdown, "text/plain": self.markdown}, raw=True)

    def __str__(self) -> str:
        return self.markdown


class Several(list[Any]):
    """Things to show one under another."""

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for one in self:
            display(one)

    def __str__(self) -> str:
        return "\n\n".join(str(one) for one in self)


def as_text(lines: Iterable[str]) -> Text:
    """Lines of Markdown as one text."""
    return Text("\n".join(lines))


def title_lines(key: str, lang: str, **values: object) -> list[str]:
    """The title of a page and a blank line."""
    return [f"# {markdown(key, lang, **values)}", ""]


def heading(title: str, lang: str, body: str = "") -> Text:
    """The title of a section and the paragraph below it, by their message keys."""
    text = f"## {markdown(title, lang)}"
    return Text(f"{text}\n\n{markdown(body, lang)}" if body else text)


# ------------------------------------------------------------------ tables
TONES = {
    "soft": "#5f6864",
    "warn": "#a3471a",
    "part": "#28566e",
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
    links: tuple[tuple[str, str, str], ...] = ()


def status_cell(status: str, text: str, direction: str | None = None, small: str = "") -> Cell:
    """The field of a kind of nothing: sign and words, each kind its own."""
    return Cell(f"{glyph(status, direction)} {text}", small, tone=status)


@dataclass
class Table:
    """A table for display.

    Attributes
    ----------
    name : str
        Letters, digits and hyphens; one of its kind on a page.
    columns : list of str
        A name that begins with ``>`` is one of a column of numbers.
    rows : list of list of Cell
    caption : str
    lang : {"zh", "en"}
    empty : str
        What is shown instead of a table without rows.
    """

    name: str
    columns: Sequence[str]
    rows: list[list[Cell]] = field(repr=False)
    caption: str = ""
    lang: str = "zh"
    empty: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[\w-]+", self.name):
            raise ValueError(f"not a name for a table: {self.name!r}")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        if not self.rows:
            return {"text/markdown": self.empty, "text/plain": self.empty}
        return {"text/html": self.html(), "text/plain": self.plain()}

    def html(self) -> str:
        """The table as an HTML fragment."""
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
        wide = [max(_terminal_width(line[n]) for line in lines) for n in range(len(head))]
        out = [
            "  ".join(
                t + " " * (w - _terminal_width(t)) for t, w in zip(line, wide, strict=True)
            ).rstrip()
            for line in lines
        ]
        return "\n".join([self.caption, *out] if self.caption else out)

    def __str__(self) -> str:
        return self.plain() if self.rows else self.empty


_MANY = 6
"""Columns from which on those with long texts must share the width."""
_SHORT = 8
"""Letters of a link that need not wrap."""


def _align(right: bool) -> Markup:
    return Markup(' style="text-align: right; white-space: nowrap"') if right else Markup("")


def cell_markup(cell: Cell) -> Markup:
    """What stands in a field, as markup."""
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


def _field(cell: Cell, right: bool, column: int) -> Markup:
    text = cell_markup(cell)
    style = "text-align: right; white-space: nowrap" if right else ""
    if cell.tone:
        style = f"{style}; color: {TONES[cell.tone]}".lstrip("; ")
    look = Markup(' style="{}"').format(style) if style else Markup("")
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


def _terminal_width(text: str) -> int:
    """Width in a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def evidence_cell(row: Target | Comparison, lang: str) -> Cell:
    """The field that leads to the sentence a target was read from."""
    return Cell(
        message("table.sentence", lang),
        href=evidence_href(row.target_id or "", row.doc or ""),
        title=row.evidence or "",
    )


def opened_cell(row: Target | Comparison, lang: str) -> Cell:
    """The sentence of a row, to be opened in place; and the link to it."""
    href = evidence_href(row.target_id or "", row.doc or "")
    links = ((message("table.evidence", lang), href, ""),)
    return Cell(message("table.sentence", lang), more=row.evidence or "", links=links)


def column_heads(names: Sequence[str], lang: str, numeric: Sequence[str] = ()) -> list[str]:
    """Heads of columns from the group ``table`` of the messages; ``numeric`` stand at the right."""
    return [(">" if n in numeric else "") + message(f"table.{n}", lang) for n in names]


__getattr__ = renamed(  # what release 0.1 had in `compare.tables`
    __name__,
    {
        "nothing": "compare.analysis.notebook_output.status_cell",
        "evidence": "compare.analysis.notebook_output.evidence_cell",
        "inner": "compare.analysis.notebook_output.cell_markup",
    },
)
