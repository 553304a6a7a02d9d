"""Ranks: the places in one column of the grid, ordered by what each commits to at the very least."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compare.comparison import bounds
from compare.comparison.bounds import Commitment
from compare.comparison.per_head import is_size
from compare.schema.records import Comparison, IndicatorRow
from compare.vocabulary import variants


@dataclass(frozen=True, slots=True)
class _Ranked:
    """One place to be ranked: its position in the column, its commitment and the end left open."""

    position: int
    commitment: Commitment
    end: float | None
    stricter: int


def with_ranks(
    column: Sequence[Comparison], indicator: IndicatorRow, include_flagged: bool = False
) -> list[Comparison]:
    """The cells of one column of the grid with their ranks among each other, in the same order.

    Ranked is what a place commits to at the very least; for sizes, per head. Nothing is ranked
    where the variant need not mean the same in two places, or where figures have different units.

    Parameters
    ----------
    column : sequence of Comparison
        One cell of each place, all of one indicator, variant and horizon.
    indicator : IndicatorRow
    include_flagged : bool
        Rank implausible rows (those with flags), too.
    """
    out = [c if c.rank is None else _unranked(c) for c in column]
    size = any(is_size(c.unit_std) for c in column if _has_value(c))
    found = _to_rank(column, indicator, include_flagged, size)
    if not found:
        return out
    order = ranks([f.commitment for f in found], [f.end for f in found], found[0].stricter)
    for one, (rank, best, worst) in zip(found, order, strict=True):
        out[one.position] = replace(
            out[one.position],
            rank=rank,
            rank_best=best,
            rank_worst=worst,
            rank_of=len(found),
            rank_by="per_head" if size else "value",
        )
    return out


def _unranked(cell: Comparison) -> Comparison:
    return replace(cell, rank=None, rank_best=None, rank_worst=None, rank_of=None, rank_by=None)


def _has_value(cell: Comparison) -> bool:
    return cell.status == "target" and cell.value_std is not None


def _to_rank(
    column: Sequence[Comparison], indicator: IndicatorRow, include_flagged: bool, size: bool
) -> list[_Ranked]:
    if len({c.unit_std for c in column if _has_value(c)}) != 1:
        return []
    out = []
    for position, cell in enumerate(column):
        figure = bounds.figure(cell) if _has_value(cell) else None
        if figure is None or (cell.flags and not include_flagged):
            continue
        way = bounds.stricter_way(figure.measure, figure.direction, indicator.better)
        if way is None or not variants.comparable(cell.indicator, cell.variant):
            continue
        scale = 1.0
        if size:
            if cell.per_head is None:
                continue
            scale = cell.per_head / figure.value if figure.value else 1.0
        top = figure.value_max and figure.value_max * scale
        commitment = bounds.commitment(figure.comparator, figure.value * scale, top, way)
        end = cell.high if way > 0 else cell.low
        if not commitment.less:
            end = None if end is None else end * scale
            out.append(_Ranked(position, commitment, end, way))
    return out


def ranks(
    commitments: Sequence[Commitment], ends: Sequence[float | None], stricter: int = 1
) -> list[tuple[int, int, int]]:
    """Rank, best and worst possible rank of each commitment among all of them.

    Parameters
    ----------
    commitments : sequence of Commitment
        None of them ``less``.
    ends : sequence of float or None
        The strictest value that each leaves open (None: no end).
    stricter : int
        1 where larger is stricter, -1 where smaller is.

    Returns
    -------
    list of (rank, best, worst)
        ``rank``: 1 + number of those whose limit is stricter; equal limits share a rank, and ``>``
        stands before ``=`` at the same number. ``best``: 1 + number of those whose limit is
        stricter than this one's end. ``worst``: 1 + number of those whose end is stricter than
        this one's limit.
    """
    keys = [(stricter * c.limit, c.strict) for c in commitments]
    tops = []
    for c, end in zip(commitments, ends, strict=True):
        open_end = c.limit if not c.more else math.inf if end is None else end
        tops.append(open_end if open_end == math.inf else stricter * open_end)
    out = []
    for i, (key, top) in enumerate(zip(keys, tops, strict=True)):
        others = [j for j in range(len(keys)) if j != i]
        out.append(
            (
                1 + sum(keys[j] > key for j in others),
                1 + sum(keys[j] > (top, commitments[i].more) for j in others),
                1 + sum(tops[j] > key[0] or keys[j] > key for j in others),
            )
        )
    return out
