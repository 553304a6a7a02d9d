"""Sources: the list that closes every report."""

from __future__ import annotations

from compare.analysis import target_words
from compare.analysis.selection import View
from compare.wording import messages
from compare.wording.messages import Raw, Text, md, say

_LISTED = 4
"""Checked targets of one document that are listed at most; more are counted."""


def sources(
    view: View, used: list[dict] | None = None, levels: tuple[str, ...] = ("nation", "province")
) -> Text:
    """Documents with date, draft mark and hash; benchmarks with their documents; the release.

    Parameters
    ----------
    view : View
    used : list of dict, optional
        The comparisons rows that were shown: their benchmarks are listed, those not seen in the
        text of their document marked.
    levels : tuple of str
        Whose benchmarks were shown: ``nation``, ``province``.
    """
    lang = view.lang
    lines = [f"## {md('sources.title', lang)}", ""]
    if not view.documents:
        lines.append(md("sources.no_documents", lang))
    for number, d in enumerate(view.documents, 1):
        place = view.place[d["region_id"]].name
        title = messages.full_width(d["document_title"])
        parts = [md("sources.document", lang, place=place, title=title)]
        if d["document_status"] == "draft":
            parts.append(f"**{md('sources.draft', lang)}**")
        if d["document_no"]:
            parts.append(messages.escape(messages.full_width(d["document_no"])))
        key = "issuer" if d["issuer"] else "no_issuer"
        parts.append(md(f"sources.{key}", lang, name=d["issuer"] or ""))
        date = d["document_date"] or d["published"]
        key = "date" if d["document_date"] else "published" if date else "no_date"
        parts.append(md(f"sources.{key}", lang, date=str(date)))
        if d["publisher"]:
            parts.append(md("sources.publisher", lang, name=d["publisher"]))
        parts.append(md("sources.hash", lang, hash=Raw(f"`{d['document_sha256']}`")))
        lines.append(f"{number}. {('；' if lang == 'zh' else '; ').join(parts)}")
    lines += ["", *_benchmarks(view, used or [], levels)]
    lines += ["", _scope(view, used), ""]
    lines.append(md("sources.release", lang, hash=Raw(f"`{view.release}`")))
    return Text("\n".join(lines))


def _scope(view: View, used: list[dict] | None) -> str:
    """Which places and horizons a page speaks of, in one line."""
    lang = view.lang
    rows = [c for c in used or view.cells if c["status"] not in ("no_target", "no_data")]
    years = sorted({c["target_year"] for c in rows}) or list(view.years)
    places = target_words.names(view.places, lang, 8)
    key = "shown" if years else "shown_undated"
    return md(f"sources.{key}", lang, places=places or "—", years=messages.join(years, lang))


def _benchmarks(view: View, used: list[dict], levels: tuple[str, ...]) -> list[str]:
    """The documents of the benchmarks that are shown; what was seen in them, and what was not."""
    lang = view.lang
    ids = {c[f"{k}_id"] for c in used for k in levels}
    found = [b for b in view.benchmarks if b["benchmark_id"] in ids]
    if not found:
        return []
    documents: dict[tuple, list[dict]] = {}
    for b in found:
        who = (b["jurisdiction_level"], b["jurisdiction_zh"])
        documents.setdefault((*who, b["document_zh"], b["document_no"]), []).append(b)
    out = [md("sources.benchmarks", lang), ""]
    for (level, who, title, number), rows in documents.items():
        name = target_words.province(who, lang) if level == "province" and lang == "en" else who
        who = say(f"sources.{level}", lang, name=name)
        shown = md("sources.benchmark", lang, who=who, title=messages.full_width(title))
        if number:
            shown += md("sources.number", lang, number=number)
        for key in ("checked", "unchecked"):
            what = [_target(b, view) for b in rows if b["checked"] == (key == "checked")]
            if len(what) > _LISTED and key == "checked":
                shown += md("sources.checked_many", lang, n=len(what))
            elif what:
                shown += md(
                    f"sources.{key}", lang, what=("、" if lang == "zh" else "; ").join(what)
                )
        out.append(f"- {shown}")
    return out


def _target(row: dict, view: View) -> str:
    """A benchmark in a few words: ``2025年非化石能源消费占比≈20%``."""
    value = messages.bounded(row, view.lang)
    if row["measure"] == "change":  # all of them are cuts of intensities
        value = say("promise.change_down", view.lang, what=value)
    name = view.name(row["indicator"])
    return say("sources.target", view.lang, year=row["target_year"], name=name, value=value)
