"""The ledger of a text: every figure in it, what it is, and the rule that said so (``docs/ledger.md``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.extraction.extracted_target import ExtractedTarget
from compare.extraction.rules import Disposition
from compare.extraction.target_ids import target_ids

# what str.isdigit() calls a digit: \d and ² ③ ⒌ ➏ …
DIGITS = re.compile(
    "[\\d²³¹፩-፱᧚⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒\U00010a40-\U00010a43\U00010e60-\U00010e68"
    "\U00011052-\U0001105a\U0001f100-\U0001f10a]+"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of a text, or a wording that could commit without one.

    Attributes
    ----------
    doc : str
        Name of the document.
    start, end : int
        Offsets in the raw text; entries are in text order and never overlap.
    text : str
        ``raw[start:end]``.
    disposition : str
        What it is (see `compare.extraction.rules.Disposition`).
    reason : str
        Id of the rule that decided.
    target_ids : tuple of str
        The targets made of it; empty unless it is a ``target``.
    """

    doc: str
    start: int
    end: int
    text: str
    disposition: Disposition
    reason: str
    target_ids: tuple[str, ...] = ()


def figures_of(
    raw: str,
    start: int | None = None,
    end: int | None = None,
    doc: str = "text",
    issued: int | None = None,
    targets: Sequence[ExtractedTarget] | None = None,
) -> list[Entry]:
    """Every figure of a text with what it is.

    Parameters
    ----------
    raw, start, end, doc, issued
        As for `compare.extraction.assembly.extract_text`.
    targets : sequence of ExtractedTarget, optional
        The rows of the document where a review changed them; the extractor's own by default. Their
        ``target_id`` is that of `compare.extraction.target_ids`.

    Returns
    -------
    list of Entry
        In text order; every digit of ``raw`` (`str.isdigit`) lies in exactly one.
    """
    from compare.extraction.assembly import extract_text

    rows = extract_text(raw, start, end, doc, issued=issued) if targets is None else targets
    found: list[Entry] = []
    at = 0
    for a, b, ids in _targets(rows):
        found += _undecided(raw, at, a, doc)
        found.append(Entry(doc, a, b, raw[a:b], "target", "row", ids))
        at = b
    return found + _undecided(raw, at, len(raw), doc)


def _targets(rows: Sequence[ExtractedTarget]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Spans of rows, those that overlap as one, with the ids of the rows."""
    out: list[tuple[int, int, tuple[str, ...]]] = []
    for row, one in sorted(
        zip(rows, target_ids(rows), strict=True), key=lambda x: (x[0].start, x[0].end)
    ):
        if out and row.start < out[-1][1]:
            a, b, ids = out[-1]
            out[-1] = a, max(b, row.end), (*ids, one)
        else:
            out.append((row.start, row.end, (one,)))
    return out


def _undecided(raw: str, start: int, end: int, doc: str) -> list[Entry]:
    return [
        Entry(doc, *m.span(), m[0], "undecided", "no-rule")
        for m in DIGITS.finditer(raw, start, end)
    ]
