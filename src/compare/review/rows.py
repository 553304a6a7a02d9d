"""A row between the stages: as review leaves it, and as curation completes it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter

from compare.extraction.extracted_target import ExtractedTarget
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


_KEPT = tuple(
    f.name for f in fields(ExtractedTarget) if f.name in {own.name for own in fields(ReviewedRow)}
)
_kept = attrgetter(*_KEPT)


def reviewed_row(row: ExtractedTarget) -> ReviewedRow:
    """A row before any decision; what only the extractor tells is left out."""
    return ReviewedRow(**dict(zip(_KEPT, _kept(row), strict=True)))


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
