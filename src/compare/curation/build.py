"""Curate: extraction + review + checks → the tables of a release."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from compare import __version__
from compare.base import fields, workspace
from compare.base.errors import CompareError
from compare.curation import parquet, plausibility
from compare.extraction.assembly import extract_text
from compare.intake.source import Source, read_source
from compare.review import decisions


def command(out: Path | None) -> None:
    """``carbon-peak build``: write the release and the data dictionary; say what was made."""
    from compare.curation.dictionary import write_dictionary

    frames = build()
    place = out or workspace.curated_dir()
    write(frames, place)
    if out is None:
        write_dictionary(workspace.home() / "docs" / "data-dictionary.md")
    for name, table in frames.items():
        print(f"{name}: {table.num_rows} rows")
    print(place)


def sources() -> list[Source]:
    """All raw documents, by name; a document whose region is unknown is an error."""
    from compare.vocabulary import places

    known = {r["region_id"] for r in places.rows()}
    folders = sorted(p for p in workspace.raw_dir().iterdir() if p.is_dir())
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
    return out


def reviewed_rows(source: Source) -> list[dict]:
    """Rows of one document after review, in text order."""
    decided = decisions.read_decisions(workspace.review_dir() / f"{source.doc}.toml")
    return decisions.apply(extracted_rows(source), decided, source)


def extracted_rows(source: Source) -> list[dict]:
    """Rows of one document as the extractor finds them, in text order."""
    return extract_text(source.text, source.start, source.end, source.doc)


def checked_rows(source: Source, decided: list[decisions.Decision]) -> list[dict]:
    """Rows of one document as these decisions leave them, checked as a build checks them.

    Raises
    ------
    CompareError
        As in `build`.
    """
    from compare.curation import checks
    from compare.vocabulary import places

    place = next(r for r in places.rows() if r["region_id"] == source.meta["region"])
    rows = identified(decisions.apply(extracted_rows(source), decided, source))
    rows = [_completed(r, source, place) for r in rows]
    checks.targets(rows, {source.doc: _document(source, len(rows))})
    return rows


def completed_rows() -> tuple[list[dict], list[dict], list[dict]]:
    """Reviewed rows of all documents with place, document, standard value, variant and flags.

    Returns
    -------
    targets, documents, benchmarks : list of dict
    """
    from compare.vocabulary import facts, indicators, places

    by_id = {r["region_id"]: r for r in places.rows()}
    marks = facts.rows()
    targets, documents = [], []
    for source in sources():
        place = by_id[source.meta["region"]]
        rows = [_completed(r, source, place) for r in identified(reviewed_rows(source))]
        documents.append(_document(source, len(rows)))
        targets += rows
    plausibility.flag(
        targets, by_id, marks, {i["indicator"]: i["better"] for i in indicators.rows()}
    )
    return targets, documents, marks


def build() -> dict:
    """All tables of a release as Arrow tables, checked.

    Returns
    -------
    dict of str to pyarrow.Table
        targets, documents, regions, indicators, benchmarks, comparisons.

    Raises
    ------
    CompareError
        A changed raw file, a stale decision, a row that breaks a rule: with the place.
    """
    from compare.comparison import table as comparison
    from compare.curation import checks
    from compare.vocabulary import indicators, places

    targets, documents, marks = completed_rows()
    regions = places.rows()
    checks.targets(targets, {d["doc"]: d for d in documents})
    tables = {
        "targets": targets,
        "documents": documents,
        "regions": regions,
        "indicators": indicators.rows(),
        "benchmarks": marks,
    }
    out = {name: parquet.to_arrow(rows, fields.table(name)) for name, rows in tables.items()}
    frames = {name: fields.to_pandas(table, fields.table(name)) for name, table in out.items()}
    names = ("targets", "regions", "indicators", "benchmarks", "documents")
    compared = comparison.build(*(frames[n] for n in names))
    out["comparisons"] = parquet.to_arrow(compared, fields.table("comparisons"))
    for name, table in out.items():
        checks.table(table, fields.table(name))
    return out


def write(tables: dict, place: Path) -> None:
    """Write a release whole (see `compare.curation.parquet.write_release`)."""
    documents = tables["documents"].to_pylist()
    info = {
        "name": "carbon-peak",
        "title": "Carbon-peak targets of Chinese places",
        "version": __version__,
        "sources": [
            {"title": d["document_title"], "path": f"data/raw/{d['doc']}/plan.txt"}
            for d in documents
        ],
    }
    parquet.write_release(tables, place, info)


def target_id(doc: str, start: int, indicator_text: str, later_year: int | None = None) -> str:
    """Stable id of a target.

    Parameters
    ----------
    later_year : int, optional
        Horizon of a row whose span and words an earlier horizon has, too (“十四五”、“十五五”期间…).
    """
    key = f"{doc}\0{start}\0{indicator_text}" + (f"\0{later_year}" if later_year else "")
    return "t-" + hashlib.sha256(key.encode()).hexdigest()[:12]


def identified(rows: list[dict]) -> list[dict]:
    """Rows of one document with their ``target_id``; it does not depend on the order of the rows."""
    first: dict[tuple, int | None] = {}
    for r in rows:
        key, year = (r["start"], r["indicator_text"]), r["target_year"]
        first[key] = min(first.get(key, year), year, key=lambda y: y or 0)
    out = []
    for r in rows:
        key, year = (r["start"], r["indicator_text"]), r["target_year"]
        later = year if year != first[key] else None
        out.append({**r, "target_id": target_id(r["doc"], *key, later)})
    return out


@cache
def _sectors() -> dict[str, str]:
    from compare.vocabulary import indicators

    return {i["indicator"]: i["sector"] for i in indicators.rows()}


def _completed(row: dict, source: Source, place: dict) -> dict:
    """A reviewed row with its place, document and standard value."""
    from compare.vocabulary import units, variants

    row = {
        **row,
        **{
            k: place[k]
            for k in (
                "region_id",
                "region_zh",
                "region_en",
                "region_level",
                "adcode",
                "province_zh",
            )
        },
        "sector": _sectors().get(row["indicator"], "other"),
        "document_title": source.meta["title"],
        "document_status": source.meta["status"],
        "document_date": source.meta.get("issued"),
        "document_sha256": source.sha256,
        "extractor_version": __version__,
    }
    try:
        row |= units.standard(row)
    except CompareError as error:
        raise decisions.blamed(row, error) from None
    row["variant"] = variants.assign(row)
    return row


def _document(source: Source, targets: int) -> dict:
    meta = source.meta
    return {
        "doc": source.doc,
        "region_id": meta["region"],
        "document_title": meta["title"],
        "issuer": meta.get("issuer"),
        "document_no": meta.get("document_no"),
        "document_date": meta.get("issued"),
        "approved": meta.get("approved"),
        "document_status": meta["status"],
        "script": meta["script"],
        "publisher": meta.get("publisher"),
        "published": meta.get("published"),
        "plan_start": source.start,
        "plan_end": source.end,
        "characters": len(source.text),
        "document_sha256": source.sha256,
        "targets": targets,
    }
