"""Rows of a table as they come: of figures, of a group, of one line of a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from compare.extraction.layout.located import Located
from compare.extraction.tables.alignment import Aligned, align, is_name, is_short, kind_of
from compare.extraction.tables.cells import GridRow, glued
from compare.extraction.tables.roles import Column, column_of, is_head
from compare.extraction.tables.table import DataRow, Table
from compare.extraction.tables.unit_brackets import split_unit
from compare.vocabulary.lexicon import rx

_GOES_ON = r"(?:下降|降低|减少|提高|增长|率|比例|比重|占|的|量|\(|[〔（]|面积|规模|容量|强度)"


class RowList:
    """Rows of a table, one after the other, with the groups above them."""

    def __init__(self, columns: tuple[Column, ...], blanks_kept: bool):
        self.columns, self.blanks_kept = columns, blanks_kept
        self.rows: list[DataRow] = []
        self.unread: list[tuple[int, int]] = []
        self._alone: tuple[Located, int] | None = None
        self._group: Located | None = None
        self._heads = [str(c.head) for c in columns]

    def add(self, row: GridRow) -> None:
        """One more row: of figures, of a group's name, or one that cannot be read."""
        filled = [c for c in row.cells if c]
        if not filled or [str(c) for c in row.cells] == self._heads:
            return  # the head again, on the next page
        if len(filled) == 1:
            self._group_row(filled[0], row)
            return
        cells = row.cells
        aligned = align(cells, self.columns, self.blanks_kept)
        start = row.start
        if aligned is None and self._alone and not self.blanks_kept:
            # a name that stands above the figures, in the middle of its row
            alone, begins = self._alone
            aligned = align((alone, *filled), self.columns, blanks_kept=False)
            if aligned is not None:
                self._alone, self._group = None, None
                self.rows.append(
                    DataRow(aligned, (), begins, row.end, is_short(aligned, self.columns))
                )
                return
        if aligned is None:
            if not self._repeats_head(cells):
                self.unread.append((row.start, row.end))
            return
        aligned, start = self._with_first_line(aligned, start)
        group = (str(self._group),) if self._group else ()
        short = not self.blanks_kept and is_short(aligned, self.columns)
        self.rows.append(DataRow(aligned, group, start, row.end, short))

    def _repeats_head(self, cells: Sequence[Located]) -> bool:
        return is_head(cells) and not any(
            kind_of(str(c)) == "figure" for c in cells if column_of(c).role == "other"
        )

    def _group_row(self, cell: Located, row: GridRow) -> None:
        if self.ends_name(cell):
            last = self.rows[-1]
            at = self._name_at
            cells = (*last.cells[:at], glued(last.cells[at], cell), *last.cells[at + 1 :])
            self.rows[-1] = replace(last, cells=cells, end=row.end)
        elif is_name(str(cell)) or kind_of(str(cell)) == "binding":
            self._alone, self._group = (cell, row.start), cell
        else:
            self.unread.append((row.start, row.end))

    @property
    def _name_at(self) -> int:
        return next((i for i, c in enumerate(self.columns) if c.role in ("name", "place")), 0)

    def ends_name(self, cell: Located) -> bool:
        """Whether the name of the row above goes on: it has no unit, the line has one, and so have other names."""
        if self.blanks_kept or not self.rows or split_unit(cell)[1] is None:
            return False
        if any(c.role == "unit" for c in self.columns):
            return False
        return split_unit(self.rows[-1].cells[self._name_at])[1] is None

    def _with_first_line(self, aligned: Aligned, start: int) -> tuple[Aligned, int]:
        """A name that begins on the line above: 单位建筑面积能耗较2020年 ⏎ 下降(%) 5."""
        alone, self._alone = self._alone, None
        at = next((i for i, c in enumerate(self.columns) if c.role in ("name", "place")), None)
        if alone is None or at is None or self.blanks_kept:
            return aligned, start
        first, begins = alone
        if not rx(_GOES_ON).match(aligned[at]) and not rx(r"(?:\d年?|[、和及与的])$").search(first):
            return aligned, start
        self._group = None
        cells = [*aligned[:at], glued(first, aligned[at]), *aligned[at + 1 :]]
        return tuple(cells), begins

    def table(self, start: int, end: int, loose: tuple[Located, ...] = ()) -> Table:
        """All of it."""
        return Table(start, end, self.columns, tuple(self.rows), tuple(self.unread), loose)
