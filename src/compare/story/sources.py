"""Sources: the list that closes every report."""

from __future__ import annotations

from compare import text
from compare.story.view import View
from compare.text import Raw, Text, md


def sources(view: View, used: list[dict] | None = None) -> Text:
    """Documents with date, draft mark and hash; benchmarks with their documents; the release.

    Parameters
    ----------
    view : View
    used : list of dict, optional
        The comparisons rows that were shown: their benchmarks are listed, those not seen in the
        text of their document marked.
    """
    lang = view.lang
    lines = [f"## {md('sources.title', lang)}", ""]
    if not view.documents:
        lines.append(md("sources.no_documents", lang))
    for number, d in enumerate(view.documents, 1):
        place = view.place[d["region_id"]].name
        parts = [md("sources.document", lang, place=place, title=d["document_title"])]
        if d["document_status"] == "draft":
            parts.append(f"**{md('sources.draft', lang)}**")
        parts += [text.escape(d[k]) for k in ("issuer", "document_no") if d[k]]
        date = d["document_date"] or d["published"]
        key = "date" if d["document_date"] else "published" if date else "no_date"
        parts.append(md(f"sources.{key}", lang, date=str(date)))
        if d["publisher"]:
            parts.append(md("sources.publisher", lang, name=d["publisher"]))
        parts.append(md("sources.hash", lang, hash=Raw(f"`{d['document_sha256']}`")))
        lines.append(f"{number}. {('；' if lang == 'zh' else '; ').join(parts)}")
    lines += ["", *_benchmarks(view, used or [])]
    lines += ["", md("sources.release", lang, hash=Raw(f"`{view.release}`"))]
    return Text("\n".join(lines))


def _benchmarks(view: View, used: list[dict]) -> list[str]:
    ids = {c[k] for c in used for k in ("nation_id", "province_id") if c[k]}
    found = [b for b in view.benchmarks if b["benchmark_id"] in ids]
    if not found:
        return []
    documents: dict[tuple, list[dict]] = {}
    for b in found:
        key = (b["jurisdiction_zh"], b["document_zh"], b["document_no"])
        documents.setdefault(key, []).append(b)
    out = [md("sources.benchmarks", view.lang), ""]
    for (who, title, number), rows in documents.items():
        shown = md("sources.benchmark", view.lang, who=who, title=title)
        shown += f" ({text.escape(number)})" if number else ""
        doubtful = [b for b in rows if not b["checked"]]
        if doubtful:
            what = [f"{b['target_year']} {b['population_zh']}" for b in doubtful]
            shown += md("sources.unchecked", view.lang, what=text.join(what, view.lang))
        out.append(f"- {shown}")
    return out
