"""In: the text of a plan. Out: one row for each target, with offsets into that text.

Text to parts: ``normalise`` (clean text, offset map), ``segment`` (headings, paragraphs, sentences),
``sentence`` (one sentence with its ``horizons`` and ``quantities``), ``figure_list`` (figures in their clause).
Which indicator, place, agency? ``subject``, ``subject_words``, ``earlier_subject``, ``pairing``,
``indicator_match``, ``scope``, ``agencies``. Is it a target, and how does it bind? ``commitment``,
``comparators``, ``effort``. What a date is, and how far it reaches: ``date_roles``, ``document_time``,
``frame`` (its rules in ``frame_rules``, from sentence to sentence in ``frame_steps``). The rows: ``figure_rows``, ``without_figure``,
``evidence_fields``, ``assembly`` (all together). Tables, before any sentence is read:
``tables``. Where the words stand that made a row: ``spans``, ``located``.
What is each number, and why? ``ledger`` (from ``reading``, ``other_numbers``, ``wordings``), ``explain``; the rules
that decide are ``rules``, all of them together ``rule_tables``.
"""

from __future__ import annotations

__all__ = ["extract", "figures"]


def extract(text: str, doc: str = "text"):
    """Find the targets in a plan's text.

    Parameters
    ----------
    text : str
        The raw text, in either script; any Unicode text is fine. Offsets count its characters as
        given: a byte order mark or line ends that the caller changed count as they stand. Half of a
        surrogate pair, which no table can hold, comes out as U+FFFD.
    doc : str
        Name for the column ``doc``.

    Returns
    -------
    pandas.DataFrame
        One row per target in text order, with the codebook's fields (see
        ``docs/data-dictionary.md``); ``text[start:end] == value_text`` for every row.

    Raises
    ------
    CompareError
        If ``text`` is not a str.
    """
    from compare.extraction.assembly import extract_text, to_frame

    return to_frame(extract_text(_text(text, "extract"), doc=doc))


def figures(text: str, doc: str = "text"):
    """Every figure of a plan's text, what it is, and the named rule that decided (``docs/ledger.md``).

    Parameters
    ----------
    text : str
        The raw text; any Unicode text is fine.
    doc : str
        Name for the column ``doc``.

    Returns
    -------
    pandas.DataFrame
        One row per figure, and per wording that could commit without one, in text order, with
        ``doc, start, end, text, disposition, reason, target_ids``. Each character of ``text`` that
        `str.isdigit` calls a digit lies in exactly one row; rows never overlap.

    Raises
    ------
    CompareError
        If ``text`` is not a str.
    """
    from compare.extraction.ledger import figures_of, to_frame

    return to_frame(figures_of(_text(text, "figures"), doc=doc))


def _text(text: object, asked: str) -> str:
    from compare.base.errors import CompareError
    from compare.vocabulary.characters import without_halves

    if not isinstance(text, str):
        raise CompareError(f"{asked} needs the text of a plan, a str, not {text!r:.60}")
    return without_halves(text)
