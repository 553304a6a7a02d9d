"""Charts: drawn from plain display rows, in one style, each with title, key, caption and source.

In: rows that say what to draw, with all words (`compare.analysis` decides what is shown).
Out: a `Chart`, which shows and saves itself (`frame`). One module a kind of chart: `dots`, `bars`,
`matrix`, `slopes`, `ranges`, `timeline`; how one target is drawn: `marks`; colours and fonts: `style`.
"""

from compare.base.renamed_modules import renamed
from compare.charts.bars import Bar, Part, bars
from compare.charts.dot_rows import BenchmarkLine, Panel, Row
from compare.charts.dots import dots
from compare.charts.frame import Chart
from compare.charts.key import KeyEntry
from compare.charts.marks import Mark, swatch
from compare.charts.matrix import MatrixField, field_sample, matrices, matrix, status_field
from compare.charts.ranges import RangeRow, ranges
from compare.charts.slopes import Facet, Series, slopes
from compare.charts.timeline import Event, timeline

__all__ = [
    "Bar",
    "BenchmarkLine",
    "Chart",
    "Event",
    "Facet",
    "KeyEntry",
    "Mark",
    "MatrixField",
    "Panel",
    "Part",
    "RangeRow",
    "Row",
    "Series",
    "bars",
    "dots",
    "field_sample",
    "matrices",
    "matrix",
    "ranges",
    "slopes",
    "status_field",
    "swatch",
    "timeline",
]

__getattr__ = renamed(
    __name__,
    {
        "Line": "compare.charts.dot_rows.BenchmarkLine",
        "Cell": "compare.charts.matrix.MatrixField",
        "Choice": "compare.charts.ranges.RangeRow",
        "nothing_cell": "compare.charts.matrix.status_field",
    },
)
