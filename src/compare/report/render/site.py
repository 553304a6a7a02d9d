"""Site: the index and the evidence pages of one report run.

``build(folder, run)`` finds the reports already in ``folder`` and adds ``index.html``, ``thumbs/``
and ``evidence/``. A failed report without a page gets one here, with its failing cell and message.
Everything is written in an order that depends on the input alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markupsafe import Markup

from compare.base.errors import CompareError
from compare.display.code_words import code_word
from compare.display.messages import LANGS
from compare.display.values import written_value
from compare.report.history.run_record import (
    FAILED,
    KEPT,
    OK,
    FileRecord,
    ReportEntry,
    RunRecord,
    describe_file,
)
from compare.report.render import html_page
from compare.report.render.report_cards import (
    Draw,
    Regions,
    both_languages,
    folded,
    group_cards,
    indicator_name,
    make_cards,
    region_name,
    suggestions,
    thumbnail,
)
from compare.report.render.thumbnails import thumb
from compare.schema.records import Document, Place, Target, records
from compare.target_evidence.addresses import evidence_page
from compare.target_evidence.evidence_record import DocumentFacts
from compare.target_evidence.html import as_html, both, in_langs, source_facts
from compare.target_evidence.lookup import evidence_of_document

_ID = re.compile(r"^[^\W_][\w.-]{0,150}$")
_IMAGES = "'self' file: data:"  # thumbnails are files; 'self' alone does not hold for file: pages


def build(
    folder: Path, run: RunRecord, previous: Path | None = None, draw: Draw = thumb
) -> dict[str, FileRecord]:
    """Write index, thumbnails and evidence pages into a folder of rendered reports.

    Parameters
    ----------
    folder : path
        Holds the files that ``run`` names.
    run : RunRecord
        What ran, and with what outcome.
    previous : path, optional
        Folder of an earlier run, whose thumbnails of unchanged charts are taken over.
    draw : callable, optional
        Draws a thumbnail.

    Returns
    -------
    dict
        Every file that was added, by its name.

    Raises
    ------
    CompareError
        A report id or file name that could leave the folder; an unknown status; curated tables
        that do not fit the raw texts.
    """
    from compare.curation.tables import load

    for report in run.reports:
        _check(report)
    regions = {r.region_id: r for r in records(load("regions"), Place)}
    documents = records(load("documents"), Document)
    reports = [
        _with_failure_page(folder, report)
        if report.status == FAILED and "html" not in report.formats
        else report
        for report in run.reports
    ]
    (folder / "thumbs").mkdir(exist_ok=True)
    cards = make_cards(folder, reports, regions, previous, draw)
    title = both_languages(run.title or {k: code_word("page", "site", k) for k in LANGS})
    sources = _write_evidence(folder, run, records(load("targets"), Target), documents, regions)
    text = html_page.write(
        "index.html.j2",
        LANGS,
        images=_IMAGES,
        title=title,
        titles=in_langs(title),
        run=run,
        record="run.json" if (folder / "run.json").exists() else None,
        cards=cards,
        groups=group_cards(cards),
        suggestions=suggestions(reports, regions),
        documents=sources,
        newest=max((d.date for d in sources if d.date), default=None),
        draft=both("document_status", "draft", LANGS),
    )
    (folder / "index.html").write_text(text, encoding="utf-8", newline="\n")
    added = [folder / "index.html", *folder.glob("thumbs/*"), *folder.glob("evidence/*")]
    return {p.relative_to(folder).as_posix(): describe_file(p.read_bytes()) for p in sorted(added)}


def picture(folder: Path, report: ReportEntry, draw: Draw) -> None:
    """Draw a report's picture ahead of `build`, which takes what it finds."""
    (folder / "thumbs").mkdir(exist_ok=True)
    thumbnail(folder, report, None, draw)


def _check(report: ReportEntry) -> None:
    """Ids and file names are names, never paths."""
    names = {"id": report.id, **{f"formats.{k}": v for k, v in report.formats.items()}}
    for place, name in names.items():
        if not _ID.match(name):
            raise CompareError(f"not a plain file name: {name!r}", f"report {report.id!r}, {place}")
    if report.status not in (OK, KEPT, FAILED):
        raise CompareError(f"unknown status {report.status!r}", f"report {report.id!r}")


def _with_failure_page(folder: Path, report: ReportEntry) -> ReportEntry:
    """A failed report that has no page gets one, with its failing cell and message."""
    name = f"{report.id}.html"
    links = {"index": "index.html"} | ({"previous": report.previous} if report.previous else {})
    text = html_page.failure(
        report.error, title=both_languages(report.title), lang=report.lang, links=links
    )
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return report.model_copy(update={"formats": {"html": name, **report.formats}})


# ------------------------------------------------------------------ evidence
@dataclass(frozen=True)
class _Source:
    """A document as the index lists it."""

    place: Markup
    title: str
    script: str
    draft: bool
    date: date | None
    count: int
    page: str
    search: str


def _write_evidence(
    folder: Path,
    run: RunRecord,
    targets: list[Target],
    documents: list[Document],
    regions: Regions,
) -> list[_Source]:
    """Write one page a document; return what the index says about each."""
    (folder / "evidence").mkdir(exist_ok=True)
    by_doc: dict[str, list[Target]] = {}
    for target in targets:
        by_doc.setdefault(target.doc, []).append(target)
    out = []
    for document in sorted(documents, key=lambda d: d.doc):
        rows = by_doc.get(document.doc, [])
        names = {k: region_name(document.region_id, regions, k) for k in LANGS}
        place = in_langs(names)
        page = evidence_page(document.doc)
        text = _evidence_page(run, document, rows, place)
        (folder / page).write_text(text, encoding="utf-8", newline="\n")
        out.append(
            _Source(
                place=place,
                title=document.document_title,
                script=document.script,
                draft=document.document_status == "draft",
                date=document.document_date,
                count=len(rows),
                page=html_page.relative(page),
                search=folded([document.document_title, document.doc, *names.values()]),
            )
        )
    return out


def _evidence_page(run: RunRecord, document: Document, rows: list[Target], place: Markup) -> str:
    simplified = _simplifier(document.script)
    items = []
    for item in evidence_of_document(rows):
        row = item.target
        words = [row.indicator_text, row.value_text, row.evidence, row.scope_region]
        words += [row.target_id, row.target_year, row.indicator, row.section]
        words += [indicator_name(row.indicator, lang) for lang in LANGS]
        words += [simplified(str(w)) for w in words[:3] if w]
        items.append(
            {
                "id": row.target_id,
                "name": row.indicator_text,
                "value": in_langs({lang: written_value(row, lang) for lang in LANGS}),
                "search": folded(words),
                "html": as_html(item, LANGS),
            }
        )
    source = DocumentFacts(
        title=document.document_title,
        issuer=document.issuer,
        document_no=document.document_no,
        date=document.document_date,
        status=document.document_status,
        publisher=document.publisher,
        sha256=document.document_sha256,
        script=document.script,
    )
    return html_page.write(
        "evidence.html.j2",
        LANGS,
        title=document.document_title,
        draft=both("document_status", "draft", LANGS) if source.status == "draft" else None,
        script_code=document.script,
        place=place,
        facts=[(both("label", name, LANGS), shown) for name, shown in source_facts(source, LANGS)],
        release=run.data_release,
        items=items,
    )


def _simplifier(script: str) -> Callable[[str], str | None]:
    """Traditional text is found by Simplified words too."""
    if script != "Hant":
        return lambda text: None
    import opencc

    return opencc.OpenCC("t2s").convert
