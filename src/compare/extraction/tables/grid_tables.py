"""Tables of one row a line: by bars, tabs or blanks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from compare.extraction.layout.located import Located
from compare.extraction.tables.alignment import EMPTY, align, is_name, kind_of
from compare.extraction.tables.cells import GridRow, Source, glued
from compare.extraction.tables.heads import blank_cells
from compare.extraction.tables.roles import (
    VALUES,
    YEARS_ASIDE,
    Column,
    column_of,
    columns_of,
    is_head,
)
from compare.extraction.tables.row_list import RowList
from compare.extraction.tables.table import Block, DataRow, Table
from compare.vocabulary.lexicon import rx


def grid_table(block: Block, rows: list[GridRow], blanks_kept: bool) -> Table:
    at = next((i for i, r in enumerate(rows[:4]) if is_head(r.cells)), None)
    if at is None:
        return Table(block.start, block.end)
    loose = tuple(c for r in rows[:at] for c in r.cells if c)
    columns, used = _columns(rows[at : at + 3])
    found = RowList(columns, blanks_kept)
    for row in rows[at + used :]:
        found.add(row)
    return by_years(found.table(block.start, block.end, loose))


def by_years(table: Table) -> Table:
    """A table with a year on each row and an indicator in each column, turned: a row for each indicator."""
    columns, rows = table.columns, table.rows
    if not rows or str(columns[0].head) not in YEARS_ASIDE:
        return table
    years = [column_of(r.cells[0]) for r in rows]
    if any(y.year is None for y in years):
        return table
    first, last = rows[0].start, rows[-1].end
    turned = tuple(
        DataRow((c.head, *(r.cells[j] for r in rows)), (), first, last)
        for j, c in enumerate(columns)
        if j and (c.role == "measured" or is_name(str(c.head)))
    )
    return replace(table, columns=(Column("name", columns[0].head), *years), rows=turned)


def _columns(rows: list[GridRow]) -> tuple[tuple[Column, ...], int]:
    """The columns of a head of one line or two."""
    top = rows[0].cells
    if len(rows) > 1 and _continues_head(top, rows[1].cells):
        return columns_of(_two_lines(top, rows[1].cells)), 2
    return columns_of(top), 1


def _continues_head(top: Sequence[Located], below: Sequence[Located]) -> bool:
    filled = [c for c in below if c]
    if not filled or len(below) > len(top) + 6:
        return False
    roles = [column_of(c).role for c in filled]
    dated = [c for c in filled if column_of(c).role in VALUES]
    return (
        len(dated) >= 1
        and all(r in VALUES or r in ("unit", "name") for r in roles)
        and not (below[0] and is_name(str(below[0])) and column_of(below[0]).role not in VALUES)
    )


def _two_lines(top: Sequence[Located], below: Sequence[Located]) -> list[Located]:
    """The cells of both lines, one below the other; a blank above is spanned by the cell before it."""
    if len(below) < len(top) and below[0]:  # without blanks: the years of the one column of goals
        at = next((i for i, c in enumerate(top) if column_of(c).role in VALUES), None)
        if at is None:
            return list(top)
        wide = len(below) - sum(column_of(c).role in VALUES for c in top[at:] if c) + 1
        last = max(i for i, c in enumerate(top) if column_of(c).role in VALUES)
        spanned = [*top[at:last], *[top[last]] * wide]
        return [
            *top[:at],
            *(glued(a, b) for a, b in zip(spanned, below, strict=False)),
            *top[last + 1 :],
        ]
    width = max(len(top), len(below))
    out, above = [], EMPTY
    for i in range(width):
        own = top[i] if i < len(top) else EMPTY
        under = below[i] if i < len(below) else EMPTY
        above = own or above
        out.append(glued(own or (above if under else EMPTY), under))
    return out


_MOST_ALONE = 6


def blank_table(source: Source, block: Block) -> Table | None:
    lines = iter(block.lines)
    first = next(lines)
    head = [source.cell(a, b) for a, b in blank_cells(source, *first)]
    below = block.lines.first(2)[-1]
    if column_of(glued(head[-1], source.cell(*below))).role == "binding":
        head[-1] = glued(head[-1], source.cell(*below))  # 指标 ⏎ 属性
        next(lines)
    columns = columns_of(head)
    found = RowList(columns, blanks_kept=False)
    end, waiting = first[1], []
    for start, stop in lines:
        cells = [source.cell(a, b) for a, b in blank_cells(source, start, stop)]
        row = GridRow(tuple(_names_joined(cells, columns)), start, stop)
        if len(row.cells) < 2:
            waiting.append(row)
            if len(waiting) > _MOST_ALONE:
                break
            continue
        if align(row.cells, columns, blanks_kept=False) is None and not _figures(row):
            break
        for before in waiting:
            found.add(before)
        waiting = []
        found.add(row)
        end = stop
    if waiting and found.ends_name(waiting[0].cells[0]):
        found.add(waiting[0])
        end = waiting[0].end
    if not found.rows and not found.unread:
        return None
    return found.table(block.start, end)


def _figures(row: GridRow) -> bool:
    return any(kind_of(str(c)) in ("figure", "binding", "nothing") for c in row.cells)


def _names_joined(cells: list[Located], columns: tuple[Column, ...]) -> list[Located]:
    """Cells whose name was parted by blanks inside it: 单位 GDP 能耗降低."""
    at = next((i for i, c in enumerate(columns) if c.role in ("name", "place")), 0)
    first = next((i for i, c in enumerate(cells) if i and kind_of(str(c)) in _FIGURES), len(cells))
    leading, rest = cells[:first], cells[first:]
    kept: list[Located] = []
    for column in columns[:at]:
        if (column.role == "number" and leading and rx(r"\d{1,3}[.、]?").fullmatch(leading[0])) or (
            column.role == "group"
            and len(leading) > 1
            and rx("[\u4e00-\u9fff]{2,6}").fullmatch(leading[0])
        ):
            kept.append(leading.pop(0))
    unit = [leading.pop()] if len(leading) > 1 and kind_of(str(leading[-1])) == "unit" else []
    return [*kept, *([glued(*leading)] if leading else []), *unit, *rest]


_FIGURES = frozenset({"figure", "nothing", "deferred", "directional", "verbal", "binding"})
