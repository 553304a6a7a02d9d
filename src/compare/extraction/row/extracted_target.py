"""One target as the extractor finds it: the codebook's fields, its sentence, and its spans."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from compare.extraction.row.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedTarget:
    """One target of a plan, offsets in the raw text.

    Attributes
    ----------
    spans : tuple of Span
        Where the words stand that made it; empty where they were not asked for.

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
    baseline_value: float | None = None
    target_year: int | None = None
    period: str | None = None
    tier: str
    effort: str
    binding: str | None = None
    scope_region: str | None = None
    repeats: int | None = None
    note: str | None = None
    review_reasons: tuple[str, ...] = ()
    section: str | None = None
    evidence: str
    evidence_start: int
    lead_agencies: tuple[str, ...] | None = None
    support_agencies: tuple[str, ...] | None = None
    spans: tuple[Span, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The same target by name of the field: `FIELDS` and `EXTRA`."""
        return {name: getattr(self, name) for name in (*FIELDS, *EXTRA)}


_NAMES = tuple(f.name for f in fields(ExtractedTarget))
FIELDS = _NAMES[: _NAMES.index("section")]
"""The codebook's fields, in its order."""
EXTRA = _NAMES[len(FIELDS) : _NAMES.index("spans")]
"""What the text around a target tells: section, sentence and agencies."""
