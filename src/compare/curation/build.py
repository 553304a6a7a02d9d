"""Build: extraction + review + checks → the tables of a release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from compare import __version__
from compare.base import workspace
from compare.base.errors import CompareError, writing
from compare.base.ownership import check_release_place, check_text_place
from compare.curation import plausibility, release
from compare.curation.complete import completed, document
from compare.curation.source_checks import check_issue, check_targets, check_texts
from compare.extraction.ledger.reading import Reading
from compare.intake.source import Source, read_source
from compare.review.apply import apply
from compare.review.decisions import Decision, read_decisions
from compare.review.review_files import check_review_files, review_file
from compare.review.rows import CompletedRow, ReviewedRow
from compare.schema import fields
from compare.schema.records import (
    Actual,
    Benchmark,
    Document,
    Figure,
    IndicatorRow,
    Place,
    TargetSpan,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from compare.extraction.row.extracted_target import ExtractedTarget


@dataclass(frozen=True, slots=True)
class Curated:
    """What a release is made of: rows with their flags, every figure, and the tables of the vocabulary."""

    rows: list[CompletedRow]
    documents: list[Document]
    figures: list[Figure]
    spans: list[TargetSpan]
    places: list[Place]
    indicators: list[IndicatorRow]
    benchmarks: list[Benchmark]
    actuals: list[Actual]


def command(out: Path | None) -> None:
    """``carbon-peak build``: write the release and the data dictionary; say what was made."""
    from compare.curation import dictionary

    place = out or workspace.curated_dir()
    page = workspace.home() / "docs" / "data-dictionary.md"
    check_release_place(place)
    if out is None:
        check_text_place(page, dictionary.HEAD)
    frames = build()
    with writing(place):
        write(frames, place)
    if out is None:
        with writing(page):
            dictionary.write_dictionary(page)
    for name, table in frames.items():
        print(f"{name}: {table.num_rows} rows")
    print(place)


# ---------------------------------------------------------------- the rows of one document
def sources() -> list[Source]:
    """All raw documents, by name.

    Raises
    ------
    CompareError
        A document of an unknown region or without ``source.toml``, two of one text, decisions about
        none; a file that lies beside the folders.
    """
    from compare.vocabulary import places

    known = {p.region_id for p in places.places()}
    if not workspace.raw_dir().is_dir():
        raise CompareError("no such folder: the plans lie there", workspace.raw_dir())
    entries = [p for p in sorted(workspace.raw_dir().iterdir()) if not p.name.startswith(".")]
    for one in entries:
        if not one.is_dir() and one.name != "README.md":
            raise CompareError("read by nothing: a plan lies in a folder, as plan.txt", one)
    folders = [p for p in entries if p.is_dir()]
    if not folders:
        raise CompareError("no raw documents", workspace.raw_dir())
    out = [read_source(f) for f in folders]
    for s in out:
        if not s.meta:
            raise CompareError("no such file", s.path.parent / "source.toml")
        if s.meta["region"] not in known:
            raise CompareError(
                f"unknown region {s.meta['region']!r}", s.path.parent / "source.toml"
            )
        check_issue(s)
    check_texts(out)
    check_review_files({s.doc for s in out})
    return out


def extracted_rows(source: Source, reading: Reading | None = None) -> list[ExtractedTarget]:
    """Rows of one document as the extractor finds them, in text order, with their spans.

    Parameters
    ----------
    source : Source
    reading : Reading, optional
        Filled with what was read, to make the ledger of figures from.
    """
    from compare.extraction.assembly import extract_source

    return extract_source(source, reading, with_spans=True)


def reviewed_rows(source: Source, reading: Reading | None = None) -> list[ReviewedRow]:
    """Rows of one document after review, in text order."""
    decided = read_decisions(review_file(source.doc))
    return apply(extracted_rows(source, reading), decided, source)


def figures_of_rows(source: Source, reading: Reading, rows: Sequence[ReviewedRow]) -> list[Figure]:
    """The ledger of one document: its reviewed rows are the targets."""
    from compare.extraction.ledger.entries import entries

    return [Figure(**e._asdict()) for e in entries(source.text, reading, rows, source.doc)]


def spans_of_rows(source: Source, rows: Sequence[CompletedRow]) -> list[TargetSpan]:
    """Where the words stand that made each row of one document, by row and in text order."""
    return [
        TargetSpan(
            target_id=row.target.target_id,
            doc=source.doc,
            role=span.role,
            start=span.start,
            end=span.end,
            text=source.text[span.start : span.end],
        )
        for row in rows
        for span in row.spans
    ]


def checked_rows(source: Source, decided: list[Decision]) -> list[CompletedRow]:
    """Rows of one document as these decisions leave them, checked as a build checks them.

    Raises
    ------
    CompareError
        As in `build`.
    """
    from compare.curation import checks
    from compare.vocabulary import places

    place = next(p for p in places.places() if p.region_id == source.meta["region"])
    reviewed = apply(extracted_rows(source), decided, source)
    rows = completed(reviewed, source, place)
    check_targets(source, len(rows))
    checks.targets(rows, {source.doc: document(source, rows)})
    return rows


# ---------------------------------------------------------------- all documents
def curated() -> Curated:
    """Reviewed rows of all documents with place, document, standard value, variant and flags."""
    from compare.vocabulary import facts, indicators, places

    by_id = {p.region_id: p for p in places.places()}
    rows: list[CompletedRow] = []
    documents: list[Document] = []
    figures: list[Figure] = []
    spans: list[TargetSpan] = []
    for source in sources():
        reading = Reading()
        reviewed = reviewed_rows(source, reading)
        own = completed(reviewed, source, by_id[source.meta["region"]])
        check_targets(source, len(own))
        documents.append(document(source, own))
        rows += own
        figures += figures_of_rows(source, reading, reviewed)
        spans += spans_of_rows(source, own)
    about, benchmarks = indicators.table(), facts.benchmarks()
    flags = plausibility.flags(
        [r.target for r in rows], by_id, benchmarks, {i.indicator: i.better for i in about}
    )
    rows = [
        replace(r, target=replace(r.target, flags=f)) if f else r
        for r, f in zip(rows, flags, strict=True)
    ]
    return Curated(
        rows, documents, figures, spans, list(by_id.values()), about, benchmarks, facts.actuals()
    )


def completed_rows() -> list[CompletedRow]:
    """Rows of all documents as the table ``targets`` holds them."""
    return curated().rows


def build() -> dict[str, pa.Table]:
    """All tables of a release as Arrow tables, checked.

    Returns
    -------
    dict of str to pyarrow.Table
        targets, documents, regions, indicators, benchmarks, actuals, comparisons, figures, spans.

    Raises
    ------
    CompareError
        A changed raw file, a stale decision, a row that breaks a rule: with the place.
    """
    from compare.comparison.table import compared
    from compare.curation import checks, table_checks

    parts = curated()
    checks.targets(parts.rows, {d.doc: d for d in parts.documents})
    checks.figures(parts.figures, parts.spans, parts.rows)
    targets = [r.target for r in parts.rows]
    comparisons = compared(
        targets,
        parts.places,
        parts.indicators,
        parts.benchmarks,
        {d.region_id for d in parts.documents},
    )
    tables = {
        "targets": targets,
        "documents": parts.documents,
        "regions": parts.places,
        "indicators": parts.indicators,
        "benchmarks": parts.benchmarks,
        "actuals": parts.actuals,
        "comparisons": comparisons,
        "figures": parts.figures,
        "spans": parts.spans,
    }
    out = {name: release.to_arrow(rows, fields.table(name)) for name, rows in tables.items()}
    for name, table in out.items():
        table_checks.table(table, fields.table(name))
    return out


def write(tables: dict[str, pa.Table], place: Path, version: str = __version__) -> None:
    """Write a release whole (see `compare.curation.release.write_release`)."""
    documents = tables["documents"].select(["doc", "document_title"]).to_pylist()
    info: release.ReleaseInfo = {
        "title": "Carbon-peak targets of Chinese places",
        "version": version,
        "sources": [
            {"title": d["document_title"], "path": f"data/raw/{d['doc']}/plan.txt"}
            for d in documents
        ],
    }
    release.write_release(tables, place, info)
