"""A table with its parts told apart, and the block of lines that it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from compare.extraction.layout.located import Located
from compare.extraction.tables.alignment import Aligned
from compare.extraction.tables.grids import Span
from compare.extraction.tables.roles import Column

Layout = Literal["bars", "closed", "tabs", "commas", "wide", "single", "stream", "torn"]
"""``closed``: one cell a line, rows closed by a bar; ``stream``: cells without rows; ``torn``: not parted at all."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a list of lines that is not copied: a head may be found again and again."""

    of: Sequence[Span]
    start: int
    end: int

    def __iter__(self) -> Iterator[Span]:
        return islice(self.of, self.start, self.end)

    def __len__(self) -> int:
        return self.end - self.start

    def first(self, many: int) -> list[Span]:
        """The first lines, so many at the most."""
        return list(self.of[self.start : min(self.end, self.start + many)])


@dataclass(frozen=True, slots=True)
class Block:
    """A table as lines: how they are parted, and where they stand.

    Attributes
    ----------
    layout : Layout
    lines : Slice
        Of a ``stream``, its cells.
    start, end : int
    """

    layout: Layout
    lines: Slice
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row whose cells stand in their columns.

    Attributes
    ----------
    cells : Aligned
        One for each column, empty where the row has none.
    group : tuple of str
        The groups that it stands in: rows of one cell above it.
    start, end : int
        Its lines, in the part of the text that was read.
    short : bool
        It has a figure less than the head has columns for them.
    """

    cells: Aligned
    group: tuple[str, ...]
    start: int
    end: int
    short: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its parts told apart.

    Attributes
    ----------
    start, end : int
        In the part of the text that was read, without title and notes.
    columns : tuple of Column
        Empty where it has no head.
    rows : tuple of DataRow
    unread : tuple of (int, int)
        Lines that are of the table and fit no column.
    loose : tuple of Located
        Rows of one cell above the head: its title, a unit.
    """

    start: int
    end: int
    columns: tuple[Column, ...] = ()
    rows: tuple[DataRow, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    loose: tuple[Located, ...] = ()
