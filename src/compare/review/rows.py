"""A row between the stages: as review leaves it, and as curation completes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from compare.review.decisions import Decision
from compare.schema.records import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedRow:
    """One row of a document: what the extractor found, as the decisions leave it.

    Attributes
    ----------
    origin : str
        ``extracted``, or ``reviewed`` where a person changed or added it.
    decision : Decision or None
        The last decision about it.
    spans : object
        Where in the text its parts stand, as the extractor tells it; carried along.

    All others are columns of the table ``targets``.
    """

    doc: str
    start: int
    end: int
    value_text: str
    indicator_text: str
    indicator: str
    kind: str
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    comparator: str | None = None
    measure: str
    direction: str | None = None
    baseline_year: int | None = None
    target_year: int | None = None
    period: str | None = None
    tier: str
    effort: str
    scope_region: str | None = None
    repeats: int | None = None
    note: str | None = None
    note_en: str | None = None
    section: str | None = None
    evidence: str
    evidence_start: int
    lead_agencies: tuple[str, ...] | None = None
    support_agencies: tuple[str, ...] | None = None
    origin: str = "extracted"
    decision: Decision | None = None
    spans: object = None


_AGENCIES = ("lead_agencies", "support_agencies")
_NAMES = frozenset(f.name for f in fields(ReviewedRow))


def reviewed_row(row: Mapping[str, Any]) -> ReviewedRow:
    """An extracted row as the record; what the record does not have is left out."""
    plain: dict[str, Any] = {k: v for k, v in row.items() if k in _NAMES}
    for name in _AGENCIES:
        plain[name] = None if row.get(name) is None else tuple(row[name])
    return ReviewedRow(**plain)


@dataclass(frozen=True, slots=True)
class CompletedRow:
    """A row as the table ``targets`` will hold it, with what the table does not tell.

    Attributes
    ----------
    target : Target
    decision : Decision or None
        The last decision about it.
    spans : object
        As in `ReviewedRow`.
    """

    target: Target
    decision: Decision | None = None
    spans: object = None
