"""Charts: drawn from plain display rows, in one style, each with title, key, caption and source.

Nothing here knows tables or files: `compare.story` decides what is shown, these functions how.
Every function returns a `Chart`.
"""

from compare.charts.bars import Bar, Part, bars
from compare.charts.dots import Line, Panel, Row, dots
from compare.charts.frame import Chart
from compare.charts.marks import Mark
from compare.charts.matrix import Cell, matrix
from compare.charts.ranges import Choice, ranges
from compare.charts.slopes import Facet, Series, slopes
from compare.charts.timeline import Event, timeline

__all__ = [
    "Bar", "Cell", "Chart", "Choice", "Event", "Facet", "Line", "Mark", "Panel", "Part", "Row", "Series",
    "bars", "dots", "matrix", "ranges", "slopes", "timeline",
]  # fmt: skip
