"""Section, evidence and agencies of places in a text, and words in their own script."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from compare.extraction.layout.located import NOWHERE, Located, offsets
from compare.extraction.layout.normalise import Clean, clean
from compare.extraction.layout.segment import Paragraph, paragraphs, sentences
from compare.extraction.row.agencies import Named, agencies, agencies_of_lines, duties
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


class _Around(NamedTuple):
    """What is known of a paragraph; its lists of agencies with where each begins in the clean text."""

    own: OwnScript | None
    section: str | None
    duties: list[tuple[int, Agencies, Agencies]]
    else_named: tuple[Agencies, Agencies]


class _Section(NamedTuple):
    """The headings above a paragraph in one line, and the agencies that they name."""

    title: str | None
    named: tuple[Agencies, Agencies]


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
        self._known: dict[int, _Around] = {}
        self._below: dict[tuple[int, int], tuple[Agencies, Agencies]] = {}
        self._sections: dict[tuple[tuple[int, int], ...], _Section] = {}

    def _paragraph(self, paragraph: Paragraph) -> _Around:
        known = self._known.get(paragraph.start)
        if known is None:
            start, end = paragraph.start, paragraph.end
            own = _own_script(self._text, start, end, self._raw)
            found = [
                (start + d.start, *_in_script(d.named, own))
                for d in duties(self._text.text[start:end])
            ]
            section = self._section(paragraph)
            named = self._named_below(paragraph) or section.named
            known = self._known[start] = _Around(own, section.title, found, named)
        return known

    def _section(self, paragraph: Paragraph) -> _Section:
        """What the headings above a paragraph tell."""
        known = self._sections.get(paragraph.spans)
        if known is None:
            headings = [
                self._raw[self._text.raw(a) : self._text.raw_end(b)] for a, b in paragraph.spans
            ]
            title = " › ".join([_SPACE.sub("", h) for h in headings]) or None
            known = self._sections[paragraph.spans] = _Section(
                title, self._named_above(paragraph.headings, paragraph.spans)
            )
        return known

    def _named_below(self, paragraph: Paragraph) -> tuple[Agencies, Agencies] | None:
        """The agencies that the lines below a paragraph name; None where none do."""
        if paragraph.answer:
            if paragraph.answer not in self._below:
                a, b = paragraph.answer
                named = agencies_of_lines(self._text.text[a:b])
                self._below[paragraph.answer] = _in_script(
                    named, _own_script(self._text, a, b, self._raw)
                )
            return self._below[paragraph.answer]
        return None

    def _named_above(
        self, headings: tuple[str, ...], spans: tuple[tuple[int, int], ...]
    ) -> tuple[Agencies, Agencies]:
        """The agencies that the last heading names which names any."""
        for title, (a, b) in zip(reversed(headings), reversed(spans), strict=True):
            named = agencies(title)
            if named:
                return _in_script(named, _own_script(self._text, a, b, self._raw))
        return None, None

    def own(self, paragraph: Paragraph) -> OwnScript | None:
        """Function that gives clean words their own script back, or None."""
        return self._paragraph(paragraph).own

    def section(self, paragraph: Paragraph) -> str | None:
        """The headings above a paragraph."""
        return self._paragraph(paragraph).section

    def fields(
        self, paragraph: Paragraph, a: int, b: int, at: int | None = None
    ) -> SentenceEvidence:
        """Section, evidence and agencies for a sentence of a paragraph, or for what stands ``at`` in it (clean offsets)."""
        around = self._paragraph(paragraph)
        place = a if at is None else at
        named = next(
            (names for start, *names in around.duties if start >= place), around.else_named
        )
        start, end = self._text.raw(a), self._text.raw_end(b)
        return SentenceEvidence(around.section, self._raw[start:end], start, *named)


def _in_script(named: Named | None, own: OwnScript | None) -> tuple[Agencies, Agencies]:
    """Agencies as the plan writes them; None where it names none."""
    if named is None:
        return None, None
    lead, support = (tuple([own(n) for n in some]) if own else some for some in named)
    return lead or None, support or None


def _own_script(text: Clean, start: int, end: int, raw: str) -> OwnScript | None:
    """A function that gives words of a span back their own script and width; None if nothing differs."""
    clean_text = text.text[start:end]
    own_text = text.own(raw, start, end)
    if clean_text == own_text:
        return None

    def one(char: str, at: int) -> str:
        """A character of the span; one from elsewhere, as the span writes it."""
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
