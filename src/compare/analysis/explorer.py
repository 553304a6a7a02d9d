"""For analysts: every row to sort and to search, its sentence one click away."""

from __future__ import annotations

import os
from dataclasses import dataclass

from markupsafe import escape

from compare.analysis import target_lists, target_words
from compare.analysis.display_table import Cell, Table, inner
from compare.analysis.selection import View
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.vocabulary import variants
from compare.wording.messages import Text, md, say

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
    regions: list[str] = (),
    indicators: list[str] = (),
    years: list[int] = (),
    lang: str = "zh",
) -> View:
    """Any rows: of some places, measures and horizons (each empty: all)."""
    return _read(lang, regions, indicators, years)


def opening(view: View) -> Text:
    """What the tables hold."""
    lang = view.lang
    lines = [f"# {md('explorer.title', lang)}", ""]
    lines.append(md("explorer.count", lang, n=len(view.targets), cells=len(view.cells)))
    lines += ["", md("explorer.how", lang)]
    return Text("\n".join(lines))


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
        fields = [[str(inner(c)) for c in row] for row in self.table.rows]
        itables.init_notebook_mode(all_interactive=False, connected=False)
        shown = itables.to_html_datatable(
            pd.DataFrame(fields, columns=heads),
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


def targets(view: View, interactive: bool = True):
    """All targets."""
    caption = say("explorer.targets", view.lang, n=len(view.targets))
    shown = target_lists.table(
        view.targets, view, "explorer-targets", caption, _COLUMNS, md("explorer.nothing", view.lang)
    )
    return Interactive(shown) if interactive else shown


def comparisons(view: View, interactive: bool = True):
    """All rows of the comparisons table in which a place says something."""
    lang, rows = view.lang, []
    for c in view.cells:
        if c["status"] in ("no_target", "no_data"):
            continue
        name = variants.name(c["indicator"], c["variant"], lang)
        rows.append(
            [
                target_words.place_cell(view.place[c["region_id"]], lang),
                Cell(view.name(c["indicator"]), name),
                Cell(str(c["target_year"])),
                target_words.field(c, view),
                target_words.gap_field(c, view),
                target_words.rank_field(c, lang),
                target_lists.opened(c, lang) if c["target_id"] else Cell(""),
            ]
        )
    names = ("place", "indicator", "horizon", "target", "gap", "rank", "opened")
    shown = Table(
        "explorer-comparisons",
        [say(f"table.{k}", lang) for k in names],
        rows,
        say("explorer.comparisons", lang, n=len(rows)),
        lang,
        md("explorer.nothing", lang),
    )
    return Interactive(shown) if interactive else shown


def sources(view: View) -> Text:
    """The closing list."""
    silent = ("no_target", "no_data")
    return _sources(view, [c for c in view.cells if c["status"] not in silent])
