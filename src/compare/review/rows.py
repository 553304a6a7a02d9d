"""A row between the stages: as review leaves it, and as curation completes it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter

from compare.extraction.row.extracted_target import ExtractedTarget
from compare.extraction.row.spans import Span
from compare.review.decisions import Decision
from compare.schema.records import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedRow(ExtractedTarget):
    """One row of a document: what the extractor found, as the decisions leave it.

    Attributes
    ----------
    origin : str
        ``extracted``, or ``reviewed`` where a person changed or added it.
    decision : Decision or None
        The last decision about it.
    note_en : str or None
        As in the table ``targets``. All others are those of `ExtractedTarget`.
    """

    note_en: str | None = None
    origin: str = "extracted"
    decision: Decision | None = None


_extracted = tuple(f.name for f in fields(ExtractedTarget))
_values = attrgetter(*_extracted)


def reviewed_row(row: ExtractedTarget) -> ReviewedRow:
    """A row before any decision."""
    return ReviewedRow(**dict(zip(_extracted, _values(row), strict=True)))


@dataclass(frozen=True, slots=True)
class CompletedRow:
    """A row as the table ``targets`` will hold it, with what the table does not tell.

    Attributes
    ----------
    target : Target
    decision : Decision or None
        The last decision about it.
    spans : tuple of Span
        As in `ReviewedRow`.
    """

    target: Target
    decision: Decision | None = None
    spans: tuple[Span, ...] = ()
