"""Cells one after the other, without a mark where a row ends → rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compare.extraction.layout.located import Located
from compare.extraction.tables.alignment import EMPTY, Aligned, align, is_name, kind_of, misfit
from compare.extraction.tables.roles import VALUES, Column
from compare.vocabulary.lexicon import rx
from compare.vocabulary.table_words import table_words


@dataclass(frozen=True, slots=True)
class Parsed:
    """Rows of a stream of cells.

    Attributes
    ----------
    rows : tuple of (Aligned, int, int)
        A row with its first cell and the one behind its last; a group's row holds its name alone.
    used : int
        How many cells were read.
    stuck : bool
        The next cell is still of the table, but of no row.
    """

    rows: tuple[tuple[Aligned, int, int], ...]
    used: int
    stuck: bool


def rows_of_stream(cells: Sequence[Located], columns: Sequence[Column]) -> Parsed:
    """The rows of the cells that follow a head.

    Parameters
    ----------
    cells : sequence of Located
    columns : sequence of Column
    """
    out: list[tuple[Aligned, int, int]] = []
    heads = [str(c.head) for c in columns]
    at = used = 0
    while at < len(cells):
        if str(cells[at]) == heads[0] and [str(c) for c in cells[at : at + len(heads)]] == heads:
            at += len(heads)  # the head again, on the next page
            continue
        found = _row_at(cells, at, columns)
        if found is not None:
            row, size = found
            out.append((row, at, at + size))
            at += size
            used = at
            continue
        # the name of a group, if a row follows it
        if is_name(str(cells[at])) and at + 1 < len(cells) and _row_at(cells, at + 1, columns):
            out.append(((cells[at],), at, at + 1))
            at += 1
            continue
        break
    stuck = at < len(cells) and not _leaves(cells, at)
    return Parsed(tuple(r for r in out if r[2] <= used), used, stuck)


def _leaves(cells: Sequence[Located], at: int) -> bool:
    """Whether running text goes on behind the table: the next cells are no figures."""
    return not any(
        c and kind_of(str(c)) in ("figure", "binding", "unit", "deferred", "nothing")
        for c in cells[at : at + 3]
    )


def _row_at(
    cells: Sequence[Located], at: int, columns: Sequence[Column]
) -> tuple[Aligned, int] | None:
    """The row that begins with a cell, and how many cells it takes."""
    whole = len(columns)
    leading = next((i for i, c in enumerate(columns) if c.role in ("name", "place")), 0)
    shortest = max(2, whole - leading - (columns[-1].role == "binding"))
    for size in range(min(whole + 1, len(cells) - at), shortest - 1, -1):
        row = align(cells[at : at + size], columns, blanks_kept=False)
        if (
            row is None
            or sum(bool(x) for x, c in zip(row, columns, strict=True) if c.role in VALUES) == 0
        ):
            continue
        if _closes(row, columns) and _may_begin(cells, at + size, columns):
            return row, size
    return None


def _closes(row: Aligned, columns: Sequence[Column]) -> bool:
    """A short row counts only where its last column shows that it is over."""
    lost = any(not x for x, c in zip(row, columns, strict=True) if c.role in VALUES)
    last = columns[-1]
    clean = all(misfit(c, x) < 2 for c, x in zip(columns, row, strict=True))
    by_duty = (
        last.role not in ("lead", "support")
        or not row[-1]
        or bool(rx(table_words()["cells"]["agency_re"]).search(row[-1]))
    )
    return clean and by_duty and (not lost or (last.role == "binding" and bool(row[-1])))


def _may_begin(cells: Sequence[Located], at: int, columns: Sequence[Column]) -> bool:
    """Whether a row, or other text, may begin with a cell."""
    if at >= len(cells):
        return True
    words = str(cells[at])
    if is_name(words):
        return True
    numbered = any(c.role == "number" for c in columns)
    return numbered and bool(rx(r"\d{1,3}[.、]?").fullmatch(words))


__all__ = ["EMPTY", "Parsed", "rows_of_stream"]
