"""Find the evidence of a target: its row, its document, its paragraph, and what to mark there."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from compare.base.errors import CompareError, nearest
from compare.base.workspace import raw_dir
from compare.display.messages import LANGS
from compare.intake.source import Source, read_source
from compare.schema.records import Target, records
from compare.target_evidence.curated_spans import spans_of
from compare.target_evidence.evidence_record import DocumentFacts, Evidence
from compare.target_evidence.html import as_html, css
from compare.target_evidence.marks import head_of_table, is_row_of_table, marks, paragraph
from compare.target_evidence.text import as_text

if TYPE_CHECKING:
    import pandas as pd


class ShownEvidence(Evidence):
    """Evidence that shows itself: rich in JupyterLab, plain in a terminal."""

    @property
    def row(self) -> dict[str, Any]:
        """The target by column name, as release 0.1 gave it."""
        return self.target.as_dict()

    def _repr_html_(self) -> str:
        return f"<style>{css()}</style>{as_html(self, (self.lang,), source=True)}"

    def __str__(self) -> str:
        return as_text(self)

    def plain(self, color: bool = False) -> str:
        """As text: marked places in brackets, or in colours for a terminal."""
        return as_text(self, color)


def evidence(
    target_id: str, targets: pd.DataFrame | None = None, lang: str = "zh"
) -> ShownEvidence:
    """A target's sentence in its paragraph, marked, with its section and source.

    Parameters
    ----------
    target_id : str
        As in the table ``targets``.
    targets : pandas.DataFrame, optional
        Another table of targets (default: the curated one).
    lang : {"zh", "en"}
        Language of the labels; the text stays as the plan has it.

    Raises
    ------
    CompareError
        Unknown id or language; a raw text that is not the one the row was made from.
    """
    if lang not in LANGS:
        raise CompareError(f"unknown language {lang!r}; known: zh, en", "lang")
    if targets is None:
        from compare.curation.tables import load

        targets = load("targets")
    hit = targets.index[targets["target_id"] == target_id]
    if not len(hit):
        raise CompareError(
            f"unknown target {target_id!r}{nearest(str(target_id), list(targets['target_id']))}"
        )
    rows = targets[targets["doc"] == targets.at[hit[0], "doc"]]
    return evidence_of_document(records(rows, Target), lang, only=target_id)[0]


def evidence_of_document(
    targets: Sequence[Target], lang: str = "zh", only: str | None = None
) -> list[ShownEvidence]:
    """Evidence of the targets of one document, in text order; the raw text is read once.

    Parameters
    ----------
    targets : sequence of Target
        All rows of the document: one that repeats another names the first.
    lang : {"zh", "en"}
        Language of the labels.
    only : str, optional
        ``target_id`` of the one that is wanted.
    """
    targets = sorted(targets, key=lambda t: (t.start, t.end, t.target_id))
    source = _source_of(targets[0]) if targets else None
    first: dict[int | None, str] = {}
    for target in targets:
        if target.repeats is None:
            first.setdefault(target.start, target.target_id)
    wanted = [t for t in targets if only in (None, t.target_id)]
    return [_evidence(t, source, first.get(t.repeats), lang) for t in wanted]


def _source_of(target: Target) -> Source | None:
    doc = target.doc
    if not doc or doc.startswith(".") or re.search(r"[/\\:\0]", doc):
        return None
    try:
        folder = raw_dir() / doc
    except CompareError:
        return None
    if not (folder / "plan.txt").is_file():
        return None
    source = read_source(folder)
    if source.sha256 != target.document_sha256:
        raise CompareError(
            f"the text is not the one the tables were made from: its SHA-256 is {source.sha256}, "
            f"theirs {target.document_sha256}; `carbon-peak build` renews the tables",
            source.path,
        )
    return source


def _evidence(target: Target, source: Source | None, first: str | None, lang: str) -> ShownEvidence:
    low, high = target.evidence_start, target.evidence_start + len(target.evidence)
    text = target.evidence
    if source is not None:
        low, high = paragraph(source.text, min(low, target.start), max(high, target.end))
        text = source.text[low:high]
        there = source.text[target.start : target.end]
        if there != target.value_text:
            raise CompareError(
                f"target {target.target_id}: characters {target.start} to {target.end} are "
                f"{there!r}, not {target.value_text!r}",
                source.path,
            )
    spans = spans_of(target, low, text)
    if source is not None and is_row_of_table(target.evidence):
        low = head_of_table(source.text, low, spans)
        text = source.text[low:high]
    at = target.evidence_start - low
    return ShownEvidence(
        target=target,
        text=text,
        sentence=(at, at + len(target.evidence)),
        marks=marks(spans, low, high),
        whole=source is not None,
        source=_facts(target, source),
        first=first,
        lang=lang,
        outside=_horizon_before(
            target, source, low, [s.start for s in spans if s.role == "horizon"]
        ),
    )


def _horizon_before(target: Target, source: Source | None, low: int, horizons: list[int]) -> bool:
    """Whether the horizon is stated before what is shown."""
    if target.target_year is None or target.kind == "peak":
        return False
    if not horizons:
        return source is None
    return any(start < low for start in horizons)


def _facts(target: Target, source: Source | None) -> DocumentFacts:
    meta = source.meta if source else {}
    return DocumentFacts(
        title=target.document_title,
        issuer=meta.get("issuer"),
        document_no=meta.get("document_no"),
        date=target.document_date or meta.get("issued"),
        status=target.document_status,
        publisher=meta.get("publisher"),
        sha256=target.document_sha256,
        script=meta.get("script", "Hans"),
    )


def show(target_id: str, lang: str = "zh") -> None:
    """Print one target's evidence, in colours where stdout is a terminal."""
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    print(as_text(evidence(target_id, lang=lang), color))
