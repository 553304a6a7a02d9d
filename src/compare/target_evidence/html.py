"""Evidence as an HTML fragment: one rendering for JupyterLab and for the pages of a report set.

Text from plans and tables goes through markupsafe, which escapes all of it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import pairwise

from markupsafe import Markup, escape

from compare.display.code_words import code_word, flag_words, indicator_names, reason_words
from compare.display.values import baseline_words, horizon, standard_value, written_value
from compare.target_evidence.evidence_record import DocumentFacts, Evidence
from compare.target_evidence.marks import is_row_of_table


@cache
def css() -> str:
    """Style of the fragment that `as_html` gives."""
    return (files("compare") / "target_evidence" / "evidence.css").read_text(encoding="utf-8")


@cache
def both(group: str, code: str, langs: tuple[str, ...]) -> Markup:
    """A word in one language, or in both for a page that switches between them."""
    return in_langs({lang: code_word(group, code, lang) for lang in langs})


def in_langs(texts: dict) -> Markup:
    """Texts by language as markup: bare where they are one, else one ``span`` a language."""
    if len(set(texts.values())) == 1:
        return Markup("{}").format(next(iter(texts.values())))
    span = Markup('<span class="{0}" lang="{0}">{1}</span>')
    return Markup("").join(span.format(lang, text) for lang, text in texts.items())


def as_html(item: Evidence, langs: tuple[str, ...] = ("zh",), source: bool = False) -> Markup:
    """One target's evidence as an HTML fragment.

    Parameters
    ----------
    item : Evidence
        What to show.
    langs : tuple of str
        Languages of the labels.
    source : bool
        Whether the source is part of it (a page about one document says it once, above).
    """
    target = item.target
    legend = Markup(" ").join(
        Markup('<span class="ev-{}">{}</span>').format(role, both("role", role, langs))
        for role in item.roles
    )
    facts = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(both("label", name, langs), shown)
        for name, shown in [
            *_facts(item, langs, source),
            *(_source(item, langs) if source else []),
        ]
    )
    return Markup(
        '<article class="ev" id="{id}"><header><h3>{name}</h3>'
        '<p class="ev-what">{flag}<b>{value}</b> <span class="ev-when">{year}</span></p></header>'
        '<blockquote lang="zh-{script}"{cells}><p>{text}</p></blockquote>'
        '<p class="ev-legend">{legend}{notes}</p><dl>{facts}</dl></article>'
    ).format(
        id=target.target_id,
        name=target.indicator_text,
        flag=Markup('<span class="ev-flag">⚠ {}</span>').format(both("label", "flags", langs))
        if target.flags
        else "",
        value=in_langs({lang: written_value(target, lang) for lang in langs}),
        year=in_langs({lang: horizon(target, lang) for lang in langs}),
        script=item.source.script,
        cells=Markup(' class="ev-cells"') if is_row_of_table(item.target.evidence) else "",
        text=_marked(item),
        legend=legend,
        notes=Markup("").join(
            Markup(' <em class="ev-note">{}</em>').format(both("label", n, langs))
            for n in item.notes
        ),
        facts=facts,
    )


def _marked(item: Evidence) -> Markup:
    """The paragraph with the sentence and the marks in it."""
    low, high = item.sentence
    cuts = {
        0,
        low,
        high,
        len(item.text),
        *(x for start, end, _ in item.marks for x in (start, end)),
    }
    cuts = sorted(c for c in cuts if 0 <= c <= len(item.text))
    roles, role = {start: (end, role) for start, end, role in item.marks}, (0, "")
    parts = {"before": [], "in": [], "after": []}
    for start, end in pairwise(cuts):
        role = roles.get(start, role)
        piece = escape(item.text[start:end])
        if start < role[0]:
            piece = Markup('<mark class="ev-{}">{}</mark>').format(role[1], piece)
        parts["before" if end <= low else "after" if start >= high else "in"].append(piece)
    before, sentence, after = (Markup("").join(p) for p in parts.values())
    return Markup('{}<span class="ev-sentence">{}</span>{}').format(before, sentence, after)


def _facts(item: Evidence, langs: tuple[str, ...], alone: bool) -> list[tuple[str, Markup]]:
    target = item.target
    names = indicator_names().get(target.indicator)
    if names:
        label = in_langs({lang: names[lang] for lang in langs})
        indicator = Markup("{} <code>{}</code>").format(label, target.indicator)
    else:
        indicator = both("label", "other_indicator", langs)
    kind = Markup("{} · {}").format(
        both("kind", target.kind, langs), both("measure", target.measure, langs)
    )
    effort = Markup("{} · {}").format(
        both("tier", target.tier, langs), both("effort", target.effort, langs)
    )
    facts = [("indicator", indicator), ("kind", kind), ("tier_effort", effort)]
    if standard := standard_value(target):
        facts.append(("standard", escape(standard)))
    if baseline := baseline_words(target):
        facts.append(("baseline", escape(baseline)))
    if target.binding:
        facts.append(("binding", both("binding", target.binding, langs)))
    scope = target.scope_region
    facts.append(("scope", escape(scope) if scope else both("label", "whole_place", langs)))
    for name, agencies in (("lead", target.lead_agencies), ("support", target.support_agencies)):
        named = escape("、".join(agencies)) if agencies else both("label", "not_named", langs)
        facts.append((name, named))
    if target.section:
        facts.append(("section", escape(target.section)))
    if target.flags:
        said = [in_langs({k: flag_words(f, k) for k in langs}) for f in target.flags]
        facts.append(("flags", Markup("<br>").join(said)))
    if target.review_reasons:
        said = [in_langs({k: reason_words(r, k) for k in langs}) for r in target.review_reasons]
        facts.append(("review_reasons", Markup("<br>").join(said)))
    if target.note:
        facts.append(("note", escape(target.note)))
    if target.repeats is not None:
        there = both("label", "first_mention", langs)
        if item.first and alone:
            there = Markup("{} <code>{}</code>").format(there, item.first)
        elif item.first:
            there = Markup('<a href="#{}">{}</a>').format(item.first, there)
        facts.append(("repeats", there))
    facts.append(("origin", both("origin", target.origin, langs)))
    place = Markup("{} {}–{} · <code>{}</code>").format(
        both("label", "characters", langs), target.start, target.end, target.target_id
    )
    return [*facts, ("position", place)]


def source_facts(source: DocumentFacts, langs: tuple[str, ...]) -> list[tuple[str, Markup]]:
    """What is known of a document, as (label code, markup)."""
    facts: list[tuple[str, Markup]] = []
    for name in ("issuer", "document_no", "date"):
        known = getattr(source, name)
        facts.append((name, escape(known) if known else both("label", "not_stated", langs)))
    facts.append(("status", both("document_status", source.status, langs)))
    facts.append(("publisher", escape(source.publisher or "")))
    facts.append(("sha256", Markup('<code class="ev-hash">{}</code>').format(source.sha256)))
    return [(name, shown) for name, shown in facts if shown]


def _source(item: Evidence, langs: tuple[str, ...]) -> list[tuple[str, Markup]]:
    return [("source", escape(item.source.title)), *source_facts(item.source, langs)]
