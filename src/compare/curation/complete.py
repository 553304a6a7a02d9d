"""Completion: a reviewed row with its id, place, document, standard value and variant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compare import __version__
from compare.base.errors import CompareError
from compare.extraction.row.target_ids import target_ids
from compare.intake.source import Source
from compare.review.apply import blamed
from compare.review.rows import CompletedRow, ReviewedRow
from compare.schema.records import Document, Place, Target
from compare.vocabulary import indicators, variants
from compare.vocabulary.standard_values import Stated, standard_value


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
        baseline_value=row.baseline_value,
        target_year=row.target_year,
        period=row.period,
        tier=row.tier,
        effort=row.effort,
        binding=row.binding,
        scope_region=row.scope_region,
        repeats=row.repeats,
        note=row.note,
        note_en=row.note_en,
        review_reasons=row.review_reasons,
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
