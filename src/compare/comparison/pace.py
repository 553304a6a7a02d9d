"""Pace: the change per year that a target asks for."""

from __future__ import annotations

from dataclasses import dataclass

from compare.comparison import bounds
from compare.schema.records import Target


@dataclass(frozen=True, slots=True)
class Pace:
    """Change per year, its unit, how it binds, and the year it is counted from."""

    value: float | None = None
    unit: str | None = None
    bound: str | None = None
    since: int | None = None


NONE = Pace()


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a place says of the same variant at its latest earlier horizon."""

    year: int
    target: Target


def pace(head: Target | None, year: int, earlier: Earlier | None) -> Pace:
    """Pace of a change since its base year, or of a level since the earlier horizon.

    Parameters
    ----------
    head : Target or None
        The headline of the cell.
    year : int
        Horizon of the cell.
    earlier : Earlier or None
    """
    own = bounds.figure(head)
    if head is None or own is None or own.unit == "year":
        return NONE
    since, before = None, bounds.Commitment(0.0)
    if own.measure == "change":
        since = head.baseline_year
    elif own.measure == "level":
        then = bounds.figure(earlier.target) if earlier else None
        if earlier is None or then is None or then.unit != own.unit:
            return NONE
        since = earlier.year
        before = bounds.commitment(then.comparator, then.value, then.value_max)
    years = 1
    if own.measure != "growth":
        if since is None or since >= year:
            return NONE
        years = year - since
    now = bounds.commitment(own.comparator, own.value, own.value_max)
    called = "pp" if own.unit == "%" and own.measure == "level" else own.unit
    return Pace(
        bounds.rounded((now.limit - before.limit) / years),
        f"{called}/year",
        bounds.difference_bound(now, before),
        since,
    )
