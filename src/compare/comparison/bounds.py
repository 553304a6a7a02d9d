"""Bounds: the values that meet a target, and how differences and ratios carry its comparator."""

from __future__ import annotations

import math
from dataclasses import dataclass

from compare.schema.records import Benchmark, Comparison, Target


@dataclass(frozen=True, slots=True)
class Figure:
    """What a target says in numbers: its standard value with all that bears on how to read it.

    Attributes
    ----------
    value, value_max : float
        Standard value; the upper end of a range, or None.
    unit : str
        Its standard unit.
    comparator : str
        ``=``, ``>=``, ``>``, ``<=``, ``<`` or ``~``.
    measure, direction : str
        ``level``, ``change`` or ``growth``; which way a change goes, or None.
    """

    value: float
    value_max: float | None
    unit: str
    comparator: str
    measure: str
    direction: str | None


def figure(row: Target | Comparison | Benchmark | None) -> Figure | None:
    """The figure of a row; None for a row without a value (or no row)."""
    if row is None or row.value_std is None or row.unit_std is None or row.comparator is None:
        return None
    single = isinstance(row, Benchmark)  # a benchmark is neither a range nor told by its direction
    return Figure(
        row.value_std,
        None if single else row.value_max_std,
        row.unit_std,
        row.comparator,
        row.measure or "level",
        None if single else row.direction,
    )


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that meet a target; None for an open end.

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


NO_INTERVAL = Interval(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A target seen from the side of strictness.

    Attributes
    ----------
    limit : float
        The least strict value that still meets the target: what is committed to at the very least.
        Where only the strict side is limited (``less``), the limit on that side.
    more, less : bool
        Whether the target leaves values open that are stricter, or laxer, than the limit.
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
    """The values that meet a target.

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
        return NO_INTERVAL
    top = value if value_max is None else value_max
    if comparator in (">", ">="):
        return Interval(value, ceiling, comparator == ">=", None if ceiling is None else True)
    if comparator in ("<", "<="):
        return Interval(floor, top, None if floor is None else True, comparator == "<=")
    return Interval(value, top, True, True)


def commitment(
    comparator: str, value: float, value_max: float | None = None, stricter: int = 1
) -> Commitment:
    """What a target commits to, where larger (``stricter=1``) or smaller (``-1``) is stricter."""
    top = value if value_max is None else value_max
    if comparator in (">", ">=", "<", "<="):
        upward = comparator.startswith(">")
        towards = upward == (stricter > 0)
        limit = value if upward else top
        return Commitment(limit, towards, not towards, len(comparator) == 1)
    limit = value if stricter > 0 else top
    return Commitment(limit, more=top != value, about=comparator == "~")


def difference_bound(a: Commitment, b: Commitment) -> str:
    """How the difference (or ratio) of ``a`` to ``b`` binds, larger meaning that ``a`` is stricter.

    Two that are open on the same side are compared limit with limit; else the difference is open
    where one of the two is.
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


def stance(gap: float, a: Commitment, b: Commitment) -> str | None:
    """``stricter``, ``equal`` or ``looser``: what ``a`` commits to at the very least, beside ``b``.

    Returns
    -------
    str or None
        None where one of the two commits to nothing at the least (a mere ceiling on what is good).
    """
    if a.less or b.less:
        return None
    if math.isclose(gap, 0, abs_tol=1e-9):
        return "equal"  # "more than 27.4" beside "27.4" is the same figure, in other words
    return "stricter" if gap > 0 else "looser"


def stricter_way(measure: str | None, direction: str | None, better: str) -> int | None:
    """Which way is stricter: 1 where a larger figure is, -1 where a smaller is, None where neither.

    Parameters
    ----------
    measure, direction : str or None
        Of the figure.
    better : str
        Which way the indicator gets better: ``up``, ``down`` or ``none``.
    """
    if better == "none":
        return None
    if measure == "level":
        return 1 if better == "up" else -1
    # a change of 14 % down: the figure is the size of the change
    return 1 if direction in (None, "hold", better) else -1


def rounded(value: float) -> float:
    """Ten significant digits: 0.8, not 0.8000000000000007; and no -0."""
    return float(f"{value:.10g}") + 0.0
