"""Sources: the list that closes every report."""

from __future__ import annotations

from collections.abc import Sequence

from compare.analysis.levels_above import LEVELS, benchmark_above, superior_name
from compare.analysis.notebook_output import Text
from compare.analysis.selection import SILENT, View
from compare.analysis.target_words import place_names
from compare.comparison.gaps import SEEN
from compare.display.lists import full_width_brackets, join_clauses, join_words
from compare.display.messages import Raw, escape, markdown, message
from compare.display.values import benchmark_amount, standard_with_bound
from compare.schema.records import Benchmark, Comparison, Document

_LISTED = 4
"""Checked targets of one document that are listed at most; more are counted."""


def sources(
    view: View, used: Sequence[Comparison] | None = None, levels: tuple[str, ...] = LEVELS
) -> Text:
    """Documents with date, draft mark and hash; benchmarks with their documents; the release.

    Parameters
    ----------
    view : View
    used : list of Comparison, optional
        The rows that were shown: their benchmarks are listed, those not seen in the text of their
        document marked.
    levels : tuple of str
        Whose benchmarks were shown.
    """
    lang = view.lang
    lines = [f"## {markdown('sources.title', lang)}", ""]
    if not view.documents:
        lines.append(markdown("sources.no_documents", lang))
    lines += [f"{n}. {_document(d, view)}" for n, d in enumerate(view.documents, 1)]
    lines += ["", *_benchmarks(view, used or [], levels)]
    lines += ["", _scope(view, used), ""]
    lines.append(markdown("sources.release", lang, hash=Raw(f"`{view.release}`")))
    return Text("\n".join(lines))


def _document(document: Document, view: View) -> str:
    """A plan in one line: place, title, number, issuer, date, publisher, hash."""
    lang = view.lang
    place = view.place[document.region_id].name
    title = full_width_brackets(document.document_title)
    parts = [markdown("sources.document", lang, place=place, title=title)]
    if document.document_status == "draft":
        parts.append(f"**{markdown('sources.draft', lang)}**")
    if document.document_no:
        parts.append(escape(full_width_brackets(document.document_no)))
    key = "issuer" if document.issuer else "no_issuer"
    parts.append(markdown(f"sources.{key}", lang, name=document.issuer or ""))
    date = document.document_date or document.published
    key = "date" if document.document_date else "published" if date else "no_date"
    parts.append(markdown(f"sources.{key}", lang, date=str(date)))
    if document.publisher:
        parts.append(markdown("sources.publisher", lang, name=document.publisher))
    parts.append(markdown("sources.hash", lang, hash=Raw(f"`{document.document_sha256}`")))
    return join_clauses(parts, lang)


def _scope(view: View, used: Sequence[Comparison] | None) -> str:
    """Which places and horizons a page speaks of, in one line."""
    lang = view.lang
    rows = [c for c in used or view.comparisons if c.status not in SILENT]
    years = sorted({c.target_year for c in rows}) or list(view.years)
    places = place_names(view.places, lang, 8)
    key = "shown" if years else "shown_undated"
    return markdown(f"sources.{key}", lang, places=places or "—", years=join_words(years, lang))


def _benchmarks(view: View, used: Sequence[Comparison], levels: tuple[str, ...]) -> list[str]:
    """The documents of the benchmarks that are shown; what was seen in them, and what was not."""
    lang = view.lang
    ids = {benchmark_above(c, level).benchmark_id for c in used for level in levels}
    found = [b for b in view.benchmarks if b.benchmark_id in ids]
    if not found:
        return []
    documents: dict[tuple[str, str, str, str | None], list[Benchmark]] = {}
    for b in found:
        key = (b.jurisdiction_level, b.jurisdiction_zh, b.document_zh, b.document_no)
        documents.setdefault(key, []).append(b)
    out = [markdown("sources.benchmarks", lang), ""]
    for (level, who, title, number), rows in documents.items():
        name = who if level == "nation" or lang == "zh" else superior_name(who, lang)
        who = message(f"sources.{level}", lang, name=name)
        shown = markdown("sources.benchmark", lang, who=who, title=full_width_brackets(title))
        if number:
            shown += markdown("sources.number", lang, number=number)
        for seen in SEEN:
            what = [_benchmark(b, view) for b in rows if b.checked == seen]
            if len(what) > _LISTED and seen == "yes":
                shown += markdown("sources.seen_many", lang, n=len(what))
            elif what:
                listed = "、".join(what) if lang == "zh" else join_clauses(what, lang)
                shown += markdown(f"sources.seen_{seen}", lang, what=listed)
        out.append(f"- {shown}")
    return out


def _benchmark(row: Benchmark, view: View) -> str:
    """A benchmark in a few words: ``2025年非化石能源消费占比≈20%``."""
    if row.value is None:
        value = message("status.deferred", view.lang)
    else:
        value = standard_with_bound(benchmark_amount(row), view.lang)
    if row.measure == "change":  # all of them are cuts of intensities
        value = message("target_value.change_down", view.lang, what=value)
    name = view.name(row.indicator)
    return message("sources.target", view.lang, year=row.target_year, name=name, value=value)
