"""For analysts: every row to sort and to search, its sentence one click away."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from compare.analysis.notebook_output import (
    Cell,
    Table,
    Text,
    as_text,
    cell_markup,
    column_heads,
    opened_cell,
    title_lines,
)
from compare.analysis.selection import SILENT, View
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.analysis.target_lists import target_table
from compare.analysis.target_words import gap_cell, place_cell, rank_cell, target_cell
from compare.display.messages import markdown, message
from compare.vocabulary import variants

_COLUMNS = (
    "place",
    "sector",
    "indicator",
    "words",
    "value",
    "standard",
    "horizon",
    "effort",
    "agencies",
    "opened",
)


def read(
    regions: Sequence[str] = (),
    indicators: Sequence[str] = (),
    years: Sequence[int] = (),
    lang: str = "zh",
) -> View:
    """Any rows: of some places, indicators and horizons (each empty: all)."""
    return _read(lang, regions, indicators, years)


def opening(view: View) -> Text:
    """What the tables hold."""
    lang = view.lang
    n, cells = len(view.targets), len(view.comparisons)
    count = markdown("explorer.count", lang, n=n, cells=cells)
    lines = title_lines("explorer.title", lang)
    return as_text([*lines, count, "", markdown("explorer.how", lang)])


PLAIN = "CARBON_PEAK_PLAIN_TABLES"
"""Set to 1, no table needs a script: report runs do so, whose pages run none."""

# what DataTables writes around a table
_LANGUAGE = {
    "search": "搜索：",
    "lengthMenu": "每页 _MENU_ 行",
    "info": "第 _START_ 至 _END_ 行，共 _TOTAL_ 行",
    "infoEmpty": "没有行",
    "infoFiltered": "（从 _MAX_ 行中筛选）",
    "zeroRecords": "没有符合的行",
}


@dataclass(frozen=True)
class Interactive:
    """A table to sort, search and page in JupyterLab; it needs nothing from the network.

    On a page that runs no scripts (`PLAIN`) it is a plain table.
    """

    table: Table

    def _ipython_display_(self) -> None:
        from IPython.display import HTML, display

        if not self.table.rows or os.environ.get(PLAIN) == "1":
            display(self.table)
            return
        import itables
        import pandas as pd

        heads = [c.removeprefix(">") for c in self.table.columns]
        fields = [[str(cell_markup(c)) for c in row] for row in self.table.rows]
        itables.init_notebook_mode(all_interactive=False, connected=False)
        shown = itables.to_html_datatable(
            pd.DataFrame(fields, columns=pd.Index(heads)),
            caption=str(escape(self.table.caption)),
            connected=False,
            allow_html=True,  # every field is escaped
            showIndex=False,
            maxBytes=0,
            classes="display compact",
            pageLength=25,
            autoWidth=False,
            columnDefs=[
                {"className": "dt-left", "targets": "_all"},
                {"width": "24%", "targets": len(heads) - 1},
            ],
            language=_LANGUAGE if self.table.lang == "zh" else {},
        )
        display(HTML(shown))


def targets(view: View, interactive: bool = True) -> Interactive | Table:
    """All targets."""
    caption = message("explorer.targets", view.lang, n=len(view.targets))
    empty = markdown("explorer.nothing", view.lang)
    shown = target_table(view.targets, view, "explorer-targets", caption, _COLUMNS, empty)
    return Interactive(shown) if interactive else shown


def comparisons(view: View, interactive: bool = True) -> Interactive | Table:
    """All rows of the comparisons table in which a place says something."""
    lang = view.lang
    rows = [
        [
            place_cell(view.place[c.region_id], lang),
            Cell(view.name(c.indicator), variants.name(c.indicator, c.variant, lang)),
            Cell(str(c.target_year)),
            target_cell(c, view),
            gap_cell(c, view),
            rank_cell(c, lang),
            opened_cell(c, lang) if c.target_id else Cell(""),
        ]
        for c in view.comparisons
        if c.status not in SILENT
    ]
    names = ("place", "indicator", "horizon", "target", "gap", "rank", "opened")
    shown = Table(
        "explorer-comparisons",
        column_heads(names, lang),
        rows,
        message("explorer.comparisons", lang, n=len(rows)),
        lang,
        markdown("explorer.nothing", lang),
    )
    return Interactive(shown) if interactive else shown


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view, [c for c in view.comparisons if c.status not in SILENT])
