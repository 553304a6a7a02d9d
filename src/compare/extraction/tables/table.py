"""A block of lines → a table: its columns, its rows aligned to them, its groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from compare.extraction.located import Located
from compare.extraction.tables.alignment import EMPTY, Aligned, align, is_name, kind_of
from compare.extraction.tables.cells import GridRow, Source, glued, piece
from compare.extraction.tables.grids import (
    BARS,
    Span,
    by_bars,
    by_closed_bars,
    by_tabs,
    by_wide_blanks,
)
from compare.extraction.tables.heads import blank_cells, head_length
from compare.extraction.tables.roles import VALUES, Column, column_of, columns_of, is_head
from compare.extraction.tables.streams import rows_of_stream
from compare.vocabulary.lexicon import rx

Layout = Literal["bars", "closed", "tabs", "wide", "single", "stream", "torn"]
"""``closed``: one cell a line, rows closed by a bar; ``stream``: cells without rows; ``torn``: not parted at all."""
_GOES_ON = r"(?:下降|降低|减少|提高|增长|率|比例|比重|占|的|量|\(|[〔（]|面积|规模|容量|强度)"


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
    """

    cells: Aligned
    group: tuple[str, ...]
    start: int
    end: int


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


def table_of(source: Source, block: Block) -> Table | None:
    """The table of a block, without columns where its head cannot be read; None where it is none."""
    if block.layout == "torn":
        begin, end = block.lines.first(2)[-1][0], _end(source, block, 0)
        return Table(block.start, end) if any(map(str.isdigit, source.text[begin:end])) else None
    if block.layout == "stream":
        return _of_stream(source, block)
    if block.layout == "single":
        return _of_single_blanks(source, block)
    split = {"bars": by_bars, "tabs": by_tabs, "wide": by_wide_blanks, "closed": by_closed_bars}
    lines = list(block.lines)
    return _of_grid(block, split[block.layout](source, lines), block.layout in ("bars", "tabs"))


# ---------------------------------------------------------------------- grids
def _of_grid(block: Block, rows: list[GridRow], blanks_kept: bool) -> Table:
    at = next((i for i, r in enumerate(rows[:4]) if is_head(r.cells)), None)
    if at is None:
        return Table(block.start, block.end)
    loose = tuple(c for r in rows[:at] for c in r.cells if c)
    columns, used = _columns(rows[at : at + 3])
    found = _Rows(columns, blanks_kept)
    for row in rows[at + used :]:
        found.add(row)
    return found.table(block.start, block.end, loose)


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


class _Rows:
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
        if aligned is None:
            if not self._repeats_head(cells):
                self.unread.append((row.start, row.end))
            return
        aligned, start = self._with_first_line(aligned, start)
        self.rows.append(
            DataRow(aligned, (str(self._group),) if self._group else (), start, row.end)
        )

    def _repeats_head(self, cells: Sequence[Located]) -> bool:
        return is_head(cells) and not any(
            kind_of(str(c)) == "figure" for c in cells if column_of(c).role == "other"
        )

    def _group_row(self, cell: Located, row: GridRow) -> None:
        if is_name(str(cell)) or kind_of(str(cell)) == "binding":
            self._alone, self._group = (cell, row.start), cell
        else:
            self.unread.append((row.start, row.end))

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


# ---------------------------------------------------------------------- single blanks
_MOST_ALONE = 6


def _of_single_blanks(source: Source, block: Block) -> Table | None:
    lines = iter(block.lines)
    first = next(lines)
    head = [source.cell(a, b) for a, b in blank_cells(source, *first)]
    below = block.lines.first(2)[-1]
    if column_of(glued(head[-1], source.cell(*below))).role == "binding":
        head[-1] = glued(head[-1], source.cell(*below))  # 指标 ⏎ 属性
        next(lines)
    columns = columns_of(head)
    found = _Rows(columns, blanks_kept=False)
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


# ---------------------------------------------------------------------- streams
_FEW = 64
# a heading: what follows is not of a table that cannot be read
_HEADING = r"\s*(?:第[一二三四五六七八九十]{1,3}[章节编部]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))"


def _end(source: Source, block: Block, first: int) -> int:
    """Where the lines of a block end that may be its cells, from one of them on."""
    end = block.start
    for n, (a, b) in enumerate(block.lines):
        if n > first and rx(_HEADING).match(source.text, a, b):
            break
        end = b
    return end


def _of_stream(source: Source, block: Block) -> Table | None:
    """The table of a stream; so many of its cells are looked at as it needs."""
    many = _FEW
    while True:
        table, used = _of_cells(source, block, many)
        if used < many - _FEW // 2 or many >= len(block.lines):
            return table
        many *= 4


def _of_cells(source: Source, block: Block, many: int) -> tuple[Table | None, int]:
    lines = block.lines.first(many)
    cells, spans = _whole_names([_without_bars(source.cell(a, b)) for a, b in lines], lines)
    skipped = next((i for i in range(min(3, len(cells))) if head_length(cells[i:])), None)
    if skipped is None:
        figures = sum(kind_of(str(c)) == "figure" for c in cells)
        return (Table(block.start, block.end) if figures > 1 else None), 0
    begin = skipped + head_length(cells[skipped:])
    columns = tuple(_head_columns(cells[skipped:begin]))
    parsed = rows_of_stream(cells[begin:], columns)
    if not parsed.rows:  # a head whose cells take two lines: 2025年 ⏎ 目标
        fewer = columns_of(_whole_heads(cells[skipped:begin]))
        again = rows_of_stream(cells[begin:], fewer) if len(fewer) < len(columns) else parsed
        columns, parsed = (fewer, again) if again.rows else (columns, parsed)
    rows, group = [], ()
    for row, first, behind in parsed.rows:
        start, end = spans[begin + first][0], spans[begin + behind - 1][1]
        if len(row) == 1 and len(columns) > 1:
            group = (str(row[0]),)
            continue
        rows.append(DataRow(row, group, start, end))
    last = begin + parsed.used
    loose = tuple(cells[:skipped])
    if parsed.stuck:
        end = _end(source, block, last)
        rest = (spans[last][0], end)
        return Table(block.start, end, columns, tuple(rows), (rest,), loose), last
    if not rows:
        return None, last
    return Table(block.start, spans[last - 1][1], columns, tuple(rows), (), loose), last


def _head_columns(cells: list[Located]) -> list[Column]:
    """Columns of a head; a 目标 right before its years spans them and is no column."""
    found = columns_of(cells)
    out = []
    for i, c in enumerate(found):
        follows = found[i + 1] if i + 1 < len(found) else None
        if c.role == "goal" and c.year is None and follows and follows.role == "bare":
            continue
        out.append(c)
    return out


def _without_bars(cell: Located) -> Located:
    text = str(cell)
    start, end = 0, len(text)
    while start < end and text[start] in BARS:
        start += 1
    while end > start and text[end - 1] in BARS:
        end -= 1
    return piece(cell, start, end)


_ENDING = r"(?:下降|降低|提高|增长)?(?:率|幅度|比例|比重)?(?:[(〔\[][^()〔〕]{1,12}[)〕\]])?"


def _whole_names(cells: list[Located], spans: list[Span]) -> tuple[list[Located], list[Span]]:
    """Cells, those joined whose words run over two lines: …二氧化碳排放 ⏎ 降低(%); 市能源局、 ⏎ 市工信局."""
    out: list[Located] = []
    at: list[Span] = []
    for cell, where in zip(cells, spans, strict=True):
        before = out[-1] if out else EMPTY
        ends = (
            cell
            and rx(_ENDING).fullmatch(cell)
            and is_name(str(before))
            and column_of(cell).role != "unit"
        )
        if (ends and not before.endswith((")", "〕"))) or before.endswith(("、", "和", "及")):
            out[-1], at[-1] = glued(before, cell), (at[-1][0], where[1])
        else:
            out.append(cell)
            at.append(where)
    return out, at


def _whole_heads(cells: list[Located]) -> list[Located]:
    """Heads, a year joined with the 目标 or 实际 on the line below it."""
    out: list[Located] = []
    for cell in cells:
        role = column_of(cell).role
        if (
            out
            and role in ("goal", "base")
            and column_of(cell).year is None
            and column_of(out[-1]).role == "bare"
        ):
            out[-1] = glued(out[-1], cell)
        else:
            out.append(cell)
    return out
