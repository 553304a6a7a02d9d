"""Bounds: what a target promises, and how differences, ratios and ranks carry its comparator."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """The values that keep a promise; None for an open end.

    Attributes
    ----------
    low, high : float or None
    low_closed, high_closed : bool or None
        Whether the end itself belongs to it; None at an open end.
    """

    low: float | None
    high: float | None
    low_closed: bool | None
    high_closed: bool | None


@dataclass(frozen=True)
class Promise:
    """A target seen from the side of strictness.

    Attributes
    ----------
    limit : float
        The least strict value that still keeps the promise: what is promised at the very least.
        Where only the strict side is limited (``less``), the limit on that side.
    more, less : bool
        Whether the promise leaves values open that are stricter, or laxer, than the limit.
    strict : bool
        The limit itself is not enough (or, with ``less``, not allowed): ``>`` and ``<``.
    about : bool
        ``~``: no tolerance is known, so none is assumed.
    """

    limit: float
    more: bool = False
    less: bool = False
    strict: bool = False
    about: bool = False


def interval(
    comparator: str | None,
    value: float | None,
    value_max: float | None = None,
    floor: float | None = None,
    ceiling: float | None = None,
) -> Interval:
    """The values that keep a promise.

    Parameters
    ----------
    comparator : str or None
        ``=``, ``>=``, ``>``, ``<=``, ``<`` or ``~``.
    value, value_max : float or None
        Standard value, and the upper end of a range.
    floor, ceiling : float or None
        What the quantity cannot go below or above (0 and 100 % for a share).
    """
    if value is None or comparator is None:
        return Interval(None, None, None, None)
    top = value if value_max is None else value_max
    if comparator in (">", ">="):
        return Interval(value, ceiling, comparator == ">=", None if ceiling is None else True)
    if comparator in ("<", "<="):
        return Interval(floor, top, None if floor is None else True, comparator == "<=")
    return Interval(value, top, True, True)


def promise(
    comparator: str | None, value: float | None, value_max: float | None = None, stricter: int = 1
) -> Promise | None:
    """What a target promises, where larger (``stricter=1``) or smaller (``-1``) is stricter.

    Returns
    -------
    Promise or None
        None without a value or a comparator.
    """
    if value is None or comparator is None:
        return None
    top = value if value_max is None else value_max
    if comparator in (">", ">=", "<", "<="):
        upward = comparator.startswith(">")
        towards = upward == (stricter > 0)
        limit = value if upward else top
        return Promise(limit, towards, not towards, len(comparator) == 1)
    limit = value if stricter > 0 else top
    return Promise(limit, more=top != value, about=comparator == "~")


def bound(a: Promise, b: Promise) -> str:
    """How the difference (or ratio) of ``a`` to ``b`` binds, larger meaning that ``a`` is stricter.

    Two promises open on the same side are compared limit with limit, as promises are; else the
    difference is open where one of the two is.
    """
    if (a.more and b.more) or (a.less and b.less):
        if a.strict == b.strict:
            return "="
        return ">" if a.strict == a.more else "<"
    if a.more or b.less:
        return ">" if (a.strict and a.more) or (b.strict and b.less) else ">="
    if b.more or a.less:
        return "<" if (b.strict and b.more) or (a.strict and a.less) else "<="
    return "~" if a.about or b.about else "="


def stance(gap: float, a: Promise, b: Promise) -> str | None:
    """``stricter``, ``equal`` or ``looser``: what ``a`` promises at the very least, beside ``b``.

    Returns
    -------
    str or None
        None where one of the two promises nothing at the least (a mere ceiling on what is good).
    """
    if a.less or b.less:
        return None
    if math.isclose(gap, 0, abs_tol=1e-9):
        if a.strict == b.strict:
            return "equal"
        return "stricter" if a.strict else "looser"
    return "stricter" if gap > 0 else "looser"


def ranks(
    promises: list[Promise], ends: list[float | None], stricter: int = 1
) -> list[tuple[int, int, int]]:
    """Rank, best and worst possible rank of each promise among all of them.

    Parameters
    ----------
    promises : list of Promise
        None of them ``less``.
    ends : list of float or None
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
    keys = [(stricter * p.limit, p.strict) for p in promises]
    tops = [
        math.inf if p.more and e is None else stricter * (e if p.more else p.limit)
        for p, e in zip(promises, ends, strict=True)
    ]
    out = []
    for i, (key, top) in enumerate(zip(keys, tops, strict=True)):
        others = [j for j in range(len(keys)) if j != i]
        out.append(
            (
                1 + sum(keys[j] > key for j in others),
                1 + sum(keys[j] > (top, promises[i].more) for j in others),
                1 + sum(tops[j] > key[0] or keys[j] > key for j in others),
            )
        )
    return out
