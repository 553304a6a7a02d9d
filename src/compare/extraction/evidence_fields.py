"""Section, evidence and agencies of places in a text, and words in their own script."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from compare.extraction.agencies import agencies
from compare.extraction.located import NOWHERE, Located, offsets
from compare.extraction.normalise import Clean, clean
from compare.extraction.segment import Paragraph, paragraphs, sentences
from compare.intake.source import Source
from compare.vocabulary.characters import INVISIBLE

_SPACE = re.compile(r"[\s\u3000]")


Agencies = tuple[str, ...] | None
OwnScript = Callable[[str], str]


class SentenceEvidence(NamedTuple):
    """A sentence of a plan, where it stands, and who is to do what it says."""

    section: str | None
    evidence: str
    evidence_start: int
    lead_agencies: Agencies = None
    support_agencies: Agencies = None


class EvidenceFields:
    """Section, evidence and agencies of places in a text; each paragraph is looked at once.

    Parameters
    ----------
    text : Clean
    raw : str
        The raw text it was made from.
    """

    def __init__(self, text: Clean, raw: str):
        self._text, self._raw = text, raw
        self._known: dict[int, tuple[OwnScript | None, Agencies, Agencies, str | None]] = {}

    def _paragraph(
        self, paragraph: Paragraph
    ) -> tuple[OwnScript | None, Agencies, Agencies, str | None]:
        known = self._known.get(paragraph.start)
        if known is None:
            clean_text = self._text.text[paragraph.start : paragraph.end]
            own = _own_script(self._text, paragraph, self._raw)
            lead, support = (_in_script(names, own) for names in agencies(clean_text))
            headings = [
                self._raw[self._text.raw(x) : self._text.raw_end(y)] for x, y in paragraph.spans
            ]
            section = " › ".join(_SPACE.sub("", h) for h in headings) or None
            known = self._known[paragraph.start] = (own, lead, support, section)
        return known

    def own(self, paragraph: Paragraph) -> OwnScript | None:
        """Function that gives clean words their own script back, or None."""
        return self._paragraph(paragraph)[0]

    def section(self, paragraph: Paragraph) -> str | None:
        """The headings above a paragraph."""
        return self._paragraph(paragraph)[3]

    def fields(self, paragraph: Paragraph, a: int, b: int) -> SentenceEvidence:
        """Section, evidence and agencies for a sentence of a paragraph (clean offsets)."""
        _, lead, support, section = self._paragraph(paragraph)
        start, end = self._text.raw(a), self._text.raw_end(b)
        return SentenceEvidence(section, self._raw[start:end], start, lead, support)


def _in_script(names: list[str] | None, own: OwnScript | None) -> Agencies:
    """Agencies as the plan writes them; None where it names none."""
    if names is None:
        return None
    return tuple([own(n) for n in names]) if own else tuple(names)


def _own_script(text: Clean, paragraph: Paragraph, raw: str) -> OwnScript | None:
    """A function that gives words of a paragraph back their own script and width; None if nothing differs."""
    start, end = paragraph.start, paragraph.end
    clean_text = text.text[start:end]
    own_text = text.own(raw, start, end)
    if clean_text == own_text:
        return None

    def one(char: str, at: int) -> str:
        """A character of the paragraph; one from elsewhere, as the paragraph writes it."""
        known = start <= at < end and clean_text[at - start] == char
        at = at - start if known else clean_text.find(char)
        return own_text[at] if at >= 0 else char

    def own(words: str) -> str:
        where = offsets(words)
        at = clean_text.find(words) if not isinstance(words, Located) else NOWHERE
        if at >= 0:
            where = range(start + at, start + at + len(words))
        return "".join(map(one, words, where)).replace(INVISIBLE, "")

    return own


@lru_cache(maxsize=8)
def _parts(raw: str, start: int, end: int):
    text = clean(raw, start, end)
    return text, EvidenceFields(text, raw), paragraphs(text.text)


def evidence_fields_of(source: Source, start: int, end: int) -> SentenceEvidence:
    """Section, evidence, evidence_start and agencies of any place of a plan.

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
                    return around.fields(paragraph, a, b)
    return SentenceEvidence(None, source.text[start:end], start)
