"""A block of lines → a table, by how its cells are parted."""

from __future__ import annotations

from compare.extraction.tables.cells import Source
from compare.extraction.tables.grid_tables import blank_table, grid_table
from compare.extraction.tables.grids import (
    by_bars,
    by_closed_bars,
    by_commas,
    by_tabs,
    by_wide_blanks,
)
from compare.extraction.tables.stream_tables import end_of_cells, stream_table
from compare.extraction.tables.table import Block, Table


def table_of(source: Source, block: Block) -> Table | None:
    """The table of a block, without columns where its head cannot be read; None where it is none."""
    if block.layout == "torn":
        begin, end = block.lines.first(2)[-1][0], end_of_cells(source, block, 0)
        return Table(block.start, end) if any(map(str.isdigit, source.text[begin:end])) else None
    if block.layout == "stream":
        return stream_table(source, block)
    if block.layout == "single":
        return blank_table(source, block)
    split = {
        "bars": by_bars,
        "tabs": by_tabs,
        "commas": by_commas,
        "wide": by_wide_blanks,
        "closed": by_closed_bars,
    }
    lines = list(block.lines)
    rows = split[block.layout](source, lines)
    return grid_table(block, rows, block.layout in ("bars", "tabs", "commas"))
