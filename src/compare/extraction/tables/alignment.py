"""Cells of a row → columns, where cells are missing: groups named once, blanks that left no trace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from compare.extraction.layout.located import Located
from compare.extraction.tables.cell_values import read_cell
from compare.extraction.tables.roles import VALUES, Column
from compare.extraction.tables.unit_brackets import is_unit
from compare.vocabulary.lexicon import rx
from compare.vocabulary.table_words import table_words

MARKS = frozenset("√●★✓■▲○V")
"""What stands in a column 约束性 where the row is of that kind."""
EMPTY = Located("", ())
Aligned = tuple[Located, ...]
_NUMBER = (
    r"[(]?\d{1,3}[).、]?|[一二三四五六七八九十]{1,3}[、.]?|\([一二三四五六七八九十]{1,3}\)|[①-⑳]"
)
_AFTER_NAMES = frozenset({"lead", "support", "note", "binding"})


@lru_cache(maxsize=8192)
def kind_of(words: str) -> str:
    """What a cell with these words is, by itself: binding, unit, or as `read_cell` says."""
    cells = table_words()["cells"]
    if words in cells["binding"] or words in cells["expected"] or words in cells["other_kinds"]:
        return "binding"
    said = read_cell(Located(words, range(len(words)))).kind
    return "unit" if said in ("words", "unread") and is_unit(words) else said


def is_name(words: str) -> bool:
    """Whether words can name what is measured, or a place."""
    return kind_of(words) in ("words", "unread") and bool(
        rx("[\u4e00-\u9fffA-Za-z]{2}").search(words)
    )


def misfit(column: Column, cell: Located) -> int:
    """How badly a cell fits a column: 0 well, 1 if need be, 9 not at all."""
    words, role = str(cell), column.role
    if role in ("name", "place"):
        return 0 if is_name(words) else 9
    if not words:
        return 0
    kind = kind_of(words)
    if role == "number":
        return 0 if rx(_NUMBER).fullmatch(words) or kind == "nothing" else 9
    if role == "binding":
        return 0 if kind in ("binding", "nothing") or words in MARKS else 9
    if role == "unit":
        return 0 if kind in ("unit", "nothing") else 1 if kind == "words" and len(words) < 9 else 9
    if role in VALUES or role == "measured":
        if kind in ("figure", "deferred", "directional", "verbal", "year", "nothing"):
            return 0
        return 9 if kind in ("binding", "unit") else 2 if kind == "words" and len(words) < 25 else 9
    if role in ("group", "lead", "support"):
        return 0 if kind in ("words", "unread", "verbal", "nothing") else 9
    return 0


def align(cells: Sequence[Located], columns: Sequence[Column], blanks_kept: bool) -> Aligned | None:
    """The cells of a row, one for each column; None where they cannot be told apart.

    Parameters
    ----------
    cells : sequence of Located
    columns : sequence of Column
    blanks_kept : bool
        Empty cells stand among the cells (bars, tabs): a full row is as it stands.
    """
    cells = list(cells)
    while len(cells) > len(columns) and not cells[-1]:
        cells.pop()
    extra = len(cells) - len(columns)
    if extra > 0:
        # a group that the head does not name
        at = next((i for i, c in enumerate(columns) if c.role in ("name", "place")), 0)
        if not all(is_name(str(c)) for c in cells[:extra]) or at:
            return None
        cells = cells[extra:]
    if len(cells) == len(columns) and blanks_kept:
        named = all(
            misfit(c, x) < 9
            for c, x in zip(columns, cells, strict=True)
            if c.role in ("name", "place", "binding")
        )
        return tuple(cells) if named else None
    best: tuple[int, Aligned] | None = None
    for cost, row in _spread(cells, columns):
        bad = max((misfit(c, x) for c, x in zip(columns, row, strict=True)), default=0)
        if bad < 9 and (best is None or cost + bad < best[0]):
            best = cost + bad, row
    return best[1] if best else None


def is_short(row: Aligned, columns: Sequence[Column]) -> bool:
    """Whether a row whose empty cells leave no trace has a figure less than its columns."""
    return any(not cell and c.role in VALUES for cell, c in zip(row, columns, strict=True))


def _spread(cells: list[Located], columns: Sequence[Column]) -> Iterator[tuple[int, Aligned]]:
    """Ways to leave columns empty: groups and numbers in front, what stands behind the figures, the last figures."""
    missing = len(columns) - len(cells)
    at = next((i for i, c in enumerate(columns) if c.role in ("name", "place")), 0)
    leading = list(range(at)) if all(c.role in ("group", "number") for c in columns[:at]) else []
    trailing = [i for i in range(len(columns)) if columns[i].role in _AFTER_NAMES and i > at]
    values = [i for i in range(len(columns)) if columns[i].role in VALUES]
    for drop in _subsets(leading, missing):
        rest = missing - len(drop)
        for behind in range(min(rest, len(trailing)) + 1):
            lost = rest - behind
            if lost > min(1, len(values) - 1):
                continue  # one figure short: from the left; more, and nobody can tell
            empty = {*drop, *trailing[len(trailing) - behind :], *values[len(values) - lost :]}
            taken = iter(cells)
            yield (
                3 * lost + behind,
                tuple(EMPTY if i in empty else next(taken) for i in range(len(columns))),
            )


def _subsets(leading: list[int], most: int) -> list[list[int]]:
    if not leading or not most:
        return [[]]
    every: list[list[int]] = [[]]
    for i in leading[:4]:
        every += [[*some, i] for some in every]
    return [some for some in every if len(some) <= most]
