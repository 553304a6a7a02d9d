"""Tables of one cell a line, or all in one line: where a row ends, its cells must tell."""

from __future__ import annotations

from compare.extraction.layout.located import Located
from compare.extraction.tables.alignment import EMPTY, align, is_name, is_short, kind_of
from compare.extraction.tables.cells import GridRow, Source, glued, piece
from compare.extraction.tables.grids import BARS, Span
from compare.extraction.tables.heads import head_length
from compare.extraction.tables.roles import Column, column_of, columns_of
from compare.extraction.tables.row_list import RowList
from compare.extraction.tables.streams import rows_of_stream
from compare.extraction.tables.table import Block, DataRow, Table
from compare.extraction.tables.unit_brackets import split_unit
from compare.vocabulary.lexicon import rx
from compare.vocabulary.table_words import table_words

_FEW, _MOST = 64, 400
_LONG = 10  # characters of a line that may be the first of a name
# a heading: what follows is not of a table that cannot be read
_HEADING = r"\s*(?:第[一二三四五六七八九十]{1,3}[章节编部]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))"


def end_of_cells(source: Source, block: Block, first: int) -> int:
    """Where the lines of a block end that may be its cells, from one of them on."""
    end = block.start
    for n, (a, b) in enumerate(block.lines):
        if n > first and rx(_HEADING).match(source.text, a, b):
            break
        end = b
    return end


def stream_table(source: Source, block: Block) -> Table | None:
    """The table of a stream; so many of its cells are looked at as it needs."""
    parted = _parted_by_blank_lines(source, block)
    if parted:
        return parted
    many = _FEW
    while True:
        table, used = _of_cells(source, block, many)
        if used < many - _FEW // 2 or many >= len(block.lines):
            return table
        many *= 4


def _parted_by_blank_lines(source: Source, block: Block) -> Table | None:
    """The table where an empty line stands behind each row; None where that is not so."""
    rows: list[list[Span]] = []
    stop = -1
    for a, b in block.lines.first(_MOST):
        if not rows or source.text.count("\n", stop, a) > 1:
            rows.append([])
        rows[-1].append((a, b))
        stop = b
    head = [source.cell(a, b) for a, b in rows[0]] if len(rows) > 2 else []
    if len(head) < 3 or head_length(head) != len(head):
        return None
    found = RowList(tuple(_head_columns(head)), blanks_kept=False)
    end, waiting = block.start, None
    for spans in rows[1:]:
        cells = tuple(source.cell(a, b) for a, b in spans)
        row = GridRow(cells, spans[0][0], spans[-1][1])
        if len(cells) == 1 and waiting is None:
            waiting = row
            continue
        if len(cells) < 2 or align(cells, found.columns, blanks_kept=False) is None:
            break
        if waiting:
            found.add(waiting)
        waiting = None
        found.add(row)
        end = row.end
    return found.table(block.start, end) if len(found.rows) > 1 else None


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
    if (parsed.stuck or not parsed.rows) and begin - skipped > 3 and is_name(str(cells[begin - 1])):
        # the first cell below the head may read as one of it
        fewer = tuple(_head_columns(cells[skipped : begin - 1]))
        again = rows_of_stream(cells[begin - 1 :], fewer)
        if again.rows and not again.stuck:
            begin, columns, parsed = begin - 1, fewer, again
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
        rows.append(DataRow(row, group, start, end, is_short(row, columns)))
    last = begin + parsed.used
    loose = tuple(cells[:skipped])
    if parsed.stuck:
        end = end_of_cells(source, block, last)
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
        goes_on = before.endswith(("、", "和", "及")) or _second_line(before, cell)
        if (ends and not before.endswith((")", "〕"))) or goes_on:
            out[-1], at[-1] = glued(before, cell), (at[-1][0], where[1])
        else:
            out.append(cell)
            at.append(where)
    return out, at


def _second_line(before: Located, cell: Located) -> bool:
    """Whether a cell is the second line of a long name: it begins with 的 or 所占, or alone has the unit."""
    if (
        not is_name(str(before))
        or not is_name(str(cell))
        or column_of(cell).role not in ("other", "measured")
    ):
        return False
    if cell.startswith(("的", "所占", "占")):
        return True
    duty = rx(table_words()["cells"]["agency_re"]).search(before)
    return (
        len(before) >= _LONG
        and not duty
        and split_unit(before)[1] is None
        and split_unit(cell)[1] is not None
    )


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
