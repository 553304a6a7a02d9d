"""Reasons to look at a row: what the extractor is less sure of, flags, rows that nobody has read."""

from __future__ import annotations

from collections.abc import Collection

from compare.review.rows import ReviewedRow
from compare.schema.records import Target
from compare.vocabulary import five_year_plans

NEW = "new since the last reading"
_SUBJECT_LENGTHS = range(3, 41)


def reasons(row: Target, read: Collection[str] | None = None) -> list[str]:
    """All reasons to look at a row, in words; empty where there is none.

    Parameters
    ----------
    row : Target
    read : collection of str, optional
        ``target_id`` of the rows that somebody has read; any other row is new. Without it, no row
        counts as new.
    """
    out = [f"flag {code}" for code in row.flags] + doubts(row)
    return out if read is None or row.target_id in read else [*out, NEW]


def doubts(row: Target | ReviewedRow) -> list[str]:
    """What the extractor itself is less sure of, in words."""
    out = []
    if row.target_year is None:
        out.append("no horizon")
    elif not _year_is_written(row.target_year, row.evidence):
        out.append("horizon taken over from an earlier sentence or a five-year plan")
    if len(row.indicator_text) not in _SUBJECT_LENGTHS:
        out.append("unusual length of the subject")
    if row.indicator == "other" and row.kind in ("verbal", "deferred"):
        out.append("no indicator")
    if row.kind == "milestone":
        out.append("milestone")
    return out


def _year_is_written(year: int, evidence: str) -> bool:
    """Whether a sentence names a year, or the five-year plan that ends in it."""
    plan = five_year_plans.name_of(year)
    return str(year) in evidence or (plan is not None and plan in evidence)
