"""What is shown of one target: its text, what is marked in it, and its document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from compare.extraction.row.spans import Span
from compare.schema.records import Target


@dataclass(frozen=True)
class DocumentFacts:
    """What is known of a document; unknown is None."""

    title: str
    issuer: str | None
    document_no: str | None
    date: date | None
    status: str
    publisher: str | None
    sha256: str
    script: str


@dataclass(frozen=True)
class Evidence:
    """One target with the text it stands in.

    Attributes
    ----------
    target : Target
        Its row.
    text : str
        The paragraph, or only the sentence where the raw text is not at hand.
    sentence : (int, int)
        Where the sentence stands in ``text``.
    marks : tuple of Span
        Marked places in ``text``, with the roles of `compare.extraction.row.spans`.
    whole : bool
        Whether ``text`` is the whole paragraph.
    source : DocumentFacts
    first : str or None
        ``target_id`` of the first mention, where the row repeats one.
    lang : str
        Language of the labels.
    outside : bool
        Whether the horizon is stated before this paragraph.
    """

    target: Target
    text: str
    sentence: tuple[int, int]
    marks: tuple[Span, ...]
    whole: bool
    source: DocumentFacts
    first: str | None = None
    lang: str = "zh"
    outside: bool = False

    @property
    def notes(self) -> list[str]:
        """Codes of what is to be said about the text that is shown."""
        return ["sentence_only"] * (not self.whole) + ["outside_paragraph"] * self.outside

    @property
    def roles(self) -> list[str]:
        """Roles of the marks, in text order, each once."""
        return list(dict.fromkeys(mark.role for mark in self.marks))
