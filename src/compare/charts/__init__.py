"""Charts: drawn from plain display rows, in one style, each with title, key, caption and source.

Nothing here knows tables or files: `compare.analysis` decides what is shown, these functions how.
Every function that draws returns a `Chart`.
"""

from compare.charts.bars import Bar, Part, bars
from compare.charts.dots import Line, Panel, Row, dots
from compare.charts.frame import Chart
from compare.charts.marks import Mark, swatch
from compare.charts.matrix import Cell, field_sample, matrices, matrix
from compare.charts.matrix import nothing as nothing_cell
from compare.charts.ranges import Choice, ranges
from compare.charts.slopes import Facet, Series, slopes
from compare.charts.timeline import Event, timeline

__all__ = [
    "Bar",
    "Cell",
    "Chart",
    "Choice",
    "Event",
    "Facet",
    "Line",
    "Mark",
    "Panel",
    "Part",
    "Row",
    "Series",
    "bars",
    "dots",
    "field_sample",
    "matrices",
    "matrix",
    "nothing_cell",
    "ranges",
    "slopes",
    "swatch",
    "timeline",
]
