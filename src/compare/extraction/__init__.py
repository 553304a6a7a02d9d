"""In: the text of a plan. Out: one row for each target, with offsets into that text.

One folder a question. ``layout``: the parts of the text. ``sentence``: one sentence made ready. ``attribution``: who
speaks, and for whom? ``dates``: what a date is, and how far it reaches. ``subject``: what is measured, and where?
``commitment``: is it a target, and how firmly? ``with_figure``, ``without_figure``, ``tables``: the rows of each kind.
``row``: what a row carries. ``assembly``: all together. ``ledger``: what is each number, and why? The rules that decide
are records of ``rules``, all of them together ``rule_tables``; which of them are worth asking, ``signs`` tell.
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
    from compare.extraction.ledger.entries import figures_of, to_frame

    return to_frame(figures_of(_text(text, "figures"), doc=doc))


def _text(text: object, asked: str) -> str:
    from compare.base.errors import CompareError
    from compare.vocabulary.characters import without_halves

    if not isinstance(text, str):
        raise CompareError(f"{asked} needs the text of a plan, a str, not {text!r:.60}")
    return without_halves(text)
