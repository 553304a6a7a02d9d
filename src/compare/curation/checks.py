"""Paired checks before anything is written: rules of the codebook, row by row, beside the raw texts.

Those of the field registry are in ``table_checks``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from compare.base import workspace
from compare.base.errors import CompareError
from compare.curation.row_rules import broken_rules
from compare.intake.source import read_source
from compare.review.apply import blamed
from compare.review.rows import CompletedRow
from compare.schema.records import Document, Figure, Target, TargetSpan


def targets(rows: Sequence[CompletedRow], documents: Mapping[str, Document]) -> None:
    """Check the rules that tie the columns of a target together.

    Parameters
    ----------
    rows : sequence of CompletedRow
    documents : mapping of str to Document
        The plans that they are from, by name.

    Raises
    ------
    CompareError
        The first row that breaks a rule, with document, place and evidence.
    """
    texts = {doc: read_source(workspace.raw_dir() / doc).text for doc in documents}
    starts = {(r.target.doc, r.target.start) for r in rows}
    seen: dict[str, CompletedRow] = {}
    for row in rows:
        t = row.target
        for problem in _problems(t, texts[t.doc], documents[t.doc], starts):
            raise _broken(row, problem)
        if t.target_id in seen:
            other = row if row.decision else seen[t.target_id]
            raise _broken(other, "two rows have the same start, indicator_text and horizon")
        seen[t.target_id] = row


def _problems(
    t: Target, text: str, document: Document, starts: Collection[tuple[str, int]]
) -> Iterator[str]:
    """Every rule that a target breaks."""
    a, b, e = t.start, t.end, t.evidence_start
    if text[a:b] != t.value_text:
        yield f"value_text is not raw[{a}:{b}] ({text[a:b]!r})"
    if not document.plan_start <= a < b <= document.plan_end:
        yield "it lies outside the plan's own text"
    if text[e : e + len(t.evidence)] != t.evidence or e > a:
        yield "evidence is not the raw text there"
    yield from broken_rules(t)
    if t.repeats is not None and not (t.repeats < a and (t.doc, t.repeats) in starts):
        yield "repeats names no earlier row"


def _broken(row: CompletedRow, problem: str) -> CompareError:
    t = row.target
    words = f"{t.indicator_text!r} {t.value_text!r} in {t.evidence[:80]!r}"
    return blamed(row.decision, CompareError(f"{problem}: {words}", f"{t.doc}@{t.start}"))


def figures(
    ledger: Sequence[Figure], spans: Sequence[TargetSpan], rows: Sequence[CompletedRow]
) -> None:
    """Check the ledger and the spans against the raw texts and the targets.

    Raises
    ------
    CompareError
        A figure or span whose words are not the raw text there, figures that overlap, a digit
        without its figure, or targets that have no figure or no span of their value.
    """
    by_doc: dict[str, list[Figure]] = {r.target.doc: [] for r in rows}
    for f in ledger:
        by_doc.setdefault(f.doc, []).append(f)
    texts = {doc: read_source(workspace.raw_dir() / doc).text for doc in by_doc}
    ids = {r.target.target_id for r in rows}
    for f in (*ledger, *spans):
        if texts[f.doc][f.start : f.end] != f.text:
            raise CompareError(f"{f.text!r} is not raw[{f.start}:{f.end}]", f"{f.doc}@{f.start}")
    for doc, text in texts.items():
        at = 0
        for f in by_doc[doc]:
            if f.start < at:
                raise CompareError(f"two figures hold {f.text!r}", f"{doc}@{f.start}")
            _no_digit(text, at, f.start, doc)
            at = f.end
        _no_digit(text, at, len(text), doc)
    for what, found in (
        ("figure", {one for f in ledger for one in f.target_ids}),
        ("span", {s.target_id for s in spans if s.role == "value"}),
    ):
        if found != ids:
            raise CompareError(f"{what}s and targets differ: {', '.join(sorted(found ^ ids)[:3])}")


def _no_digit(text: str, start: int, end: int, doc: str) -> None:
    found = next((i for i in range(start, end) if text[i].isdigit()), None)
    if found is not None:
        raise CompareError(f"no figure holds the digit {text[found]!r}", f"{doc}@{found}")
