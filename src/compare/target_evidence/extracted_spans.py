"""Spans of a curated row: those that the extractor kept when it made the row.

The document is extracted again in memory, once for all its rows. What a review has added has no
span but its value, nor has a field that a review has changed.
"""

from __future__ import annotations

from functools import lru_cache

from compare.extraction.assembly import extract_text
from compare.extraction.extracted_target import ExtractedTarget
from compare.extraction.spans import Role, Span
from compare.intake.source import Source
from compare.schema.records import Target

_DECIDES: dict[Role, str] = {
    "bound": "comparator",
    "horizon": "target_year",
    "baseline": "baseline_year",
    "effort": "effort",
    "indicator": "indicator_text",
}
"""The field that the words of each role decide."""
_SAME = ("indicator_text", "target_year", "value", "tier", "scope_region")

Extracted = dict[tuple[int, int], list[ExtractedTarget]]


def spans_of(target: Target, source: Source | None) -> tuple[Span, ...]:
    """Where the words stand that made a row, in the raw text.

    Parameters
    ----------
    target : Target
    source : Source or None
        Its document; without it, what its own sentence says.
    """
    if source is not None:
        rows = _extracted(source.text, source.start, source.end, source.issued_year)
        return _agreed(target, rows, 0)
    issued = target.document_date.year if target.document_date else None
    rows = _extracted(target.evidence, 0, None, issued)
    found = _agreed(target, rows, target.evidence_start)
    if len(found) > 1 or target.target_year is None:
        return found
    # the year in force is stated before the sentence: say it, to read the sentence as it was read
    lead = f"目标:到{target.target_year}年:\n1."
    rows = _extracted(lead + target.evidence, 0, None, issued)
    shift = target.evidence_start - len(lead)
    spans = _agreed(target, rows, shift)
    return tuple(s for s in spans if s.start >= target.evidence_start)


@lru_cache(maxsize=8)
def _extracted(text: str, start: int, end: int | None, issued: int | None) -> Extracted:
    """Rows of a text, read as the build reads it, by the span of their value."""
    out: Extracted = {}
    end = len(text) if end is None else end
    for row in extract_text(text, start, end, with_spans=True, issued=issued):
        out.setdefault((row.start, row.end), []).append(row)
    return out


def _agreed(target: Target, rows: Extracted, shift: int) -> tuple[Span, ...]:
    """Spans of the row that was extracted there, of the fields in which the two agree."""
    value = Span(target.start, target.end, "value")
    here = rows.get((target.start - shift, target.end - shift))
    if not here:
        return (value,)
    row = max(here, key=lambda r: [getattr(r, name) == getattr(target, name) for name in _SAME])
    kept = [
        Span(s.start + shift, s.end + shift, s.role)
        for s in row.spans
        if s.role in _DECIDES and _stands(s, row, target)
    ]
    return tuple(sorted([value, *kept]))


def _stands(span: Span, row: ExtractedTarget, target: Target) -> bool:
    """Whether a review has left standing what the words of a span decided."""
    field = _DECIDES[span.role]
    if getattr(row, field) == getattr(target, field):
        return True
    # 光伏 corrected to 光伏装机容量: of a name, the pieces that are still in it
    piece = row.evidence[slice(*(at - row.evidence_start for at in span[:2]))]
    return span.role == "indicator" and len(piece) > 1 and piece in target.indicator_text
