"""Completion: a reviewed row with its id, place, document, standard value and variant."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from compare import __version__
from compare.base.errors import CompareError
from compare.intake.source import Source
from compare.review.apply import blamed
from compare.review.rows import CompletedRow, ReviewedRow
from compare.schema.records import Document, Place, Target
from compare.vocabulary import indicators, variants
from compare.vocabulary.standard_values import Stated, standard_value


def target_id(doc: str, start: int, indicator_text: str, later_year: int | None = None) -> str:
    """Stable id of a target.

    Parameters
    ----------
    later_year : int, optional
        Horizon of a row whose span and words an earlier horizon has, too (“十四五”、“十五五”期间…).
    """
    key = f"{doc}\0{start}\0{indicator_text}" + (f"\0{later_year}" if later_year else "")
    return "t-" + hashlib.sha256(key.encode()).hexdigest()[:12]


def target_ids(rows: Sequence[ReviewedRow]) -> list[str]:
    """``target_id`` of the rows of one document; it does not depend on their order."""
    first: dict[tuple[int, str], int | None] = {}
    for r in rows:
        key = (r.start, r.indicator_text)
        first[key] = min(first.get(key, r.target_year), r.target_year, key=lambda y: y or 0)
    return [
        target_id(
            r.doc,
            r.start,
            r.indicator_text,
            r.target_year if r.target_year != first[r.start, r.indicator_text] else None,
        )
        for r in rows
    ]


def completed(rows: Sequence[ReviewedRow], source: Source, place: Place) -> list[CompletedRow]:
    """Rows of one document as the table ``targets`` has them, their flags still empty.

    Raises
    ------
    CompareError
        A unit that the vocabulary does not know or the indicator does not take.
    """
    ids = target_ids(rows)
    return [
        CompletedRow(_target(r, one, source, place), r.decision, r.spans)
        for r, one in zip(rows, ids, strict=True)
    ]


def _target(row: ReviewedRow, one: str, source: Source, place: Place) -> Target:
    meta = source.meta
    known = indicators.known().get(row.indicator)
    try:
        std = standard_value(_stated(row))
    except CompareError as error:
        raise blamed(row.decision, error) from None
    return Target(
        target_id=one,
        doc=row.doc,
        region_id=place.region_id,
        region_zh=place.region_zh,
        region_en=place.region_en,
        region_level=place.region_level,
        adcode=place.adcode,
        province_zh=place.province_zh,
        sector=known.sector if known else "other",
        indicator=row.indicator,
        variant=variants.assign(
            row.indicator,
            row.indicator_text,
            value=row.value,
            unit=row.unit,
            kind=row.kind,
            measure=row.measure,
            baseline_year=row.baseline_year,
            period=row.period,
            scope=row.scope_region,
        ),
        indicator_text=row.indicator_text,
        kind=row.kind,
        comparator=row.comparator,
        value=row.value,
        value_max=row.value_max,
        unit=row.unit,
        value_std=std.value,
        value_max_std=std.value_max,
        unit_std=std.unit,
        measure=row.measure,
        direction=row.direction,
        baseline_year=row.baseline_year,
        target_year=row.target_year,
        period=row.period,
        tier=row.tier,
        effort=row.effort,
        scope_region=row.scope_region,
        repeats=row.repeats,
        note=row.note,
        note_en=row.note_en,
        lead_agencies=row.lead_agencies,
        support_agencies=row.support_agencies,
        section=row.section,
        evidence=row.evidence,
        evidence_start=row.evidence_start,
        start=row.start,
        end=row.end,
        value_text=row.value_text,
        document_title=meta["title"],
        document_status=meta["status"],
        document_date=meta.get("issued"),
        document_sha256=source.sha256,
        origin=row.origin,
        extractor_version=__version__,
    )


def _stated(row: ReviewedRow) -> Stated:
    return Stated(
        indicator=row.indicator,
        words=row.indicator_text,
        value=row.value,
        value_max=row.value_max,
        unit=row.unit,
        kind=row.kind,
        measure=row.measure,
        where=f"{row.doc} at {row.start}",
        evidence=row.evidence,
    )


def document(source: Source, targets: Iterable[object]) -> Document:
    """The row of the table ``documents`` about a plan with these targets."""
    meta = source.meta
    return Document(
        doc=source.doc,
        region_id=meta["region"],
        document_title=meta["title"],
        issuer=meta.get("issuer"),
        document_no=meta.get("document_no"),
        document_date=meta.get("issued"),
        approved=meta.get("approved"),
        document_status=meta["status"],
        script=meta["script"],
        publisher=meta.get("publisher"),
        published=meta.get("published"),
        plan_start=source.start,
        plan_end=source.end,
        characters=len(source.text),
        document_sha256=source.sha256,
        targets=sum(1 for _ in targets),
    )
