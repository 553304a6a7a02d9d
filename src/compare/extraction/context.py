"""Section, evidence and agencies of any place of a plan, for rows that a person adds."""

from __future__ import annotations

from functools import lru_cache

from compare.extraction.normalise import clean
from compare.extraction.rows import Surroundings
from compare.extraction.segment import paragraphs, sentences
from compare.read import Source


@lru_cache(maxsize=8)
def _parts(raw: str, start: int, end: int):
    text = clean(raw, start, end)
    return text, Surroundings(text, raw), paragraphs(text.text)


def context_of(source: Source, start: int, end: int) -> dict:
    """Columns section, evidence, evidence_start, lead_agencies and support_agencies.

    Parameters
    ----------
    source : Source
    start, end : int
        Span in the raw text, inside the plan's own part.
    """
    text, around, parts = _parts(source.text, source.start, source.end)
    for paragraph in parts:
        if text.raw(paragraph.start) <= start and end <= text.raw_end(paragraph.end):
            for a, b in sentences(text.text, paragraph):
                if start < text.raw_end(b):
                    return around.of(paragraph, a, b)
    return {
        "section": None,
        "evidence": source.text[start:end],
        "evidence_start": start,
        "lead_agencies": None,
        "support_agencies": None,
    }
