"""Cards: what the index shows of each report, in both languages."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from compare.display.code_words import code_word, indicator_names
from compare.display.messages import LANGS
from compare.parameters import parameter_kinds
from compare.report.history.run_record import FAILED, ReportEntry
from compare.report.render import html_page
from compare.report.render.visible_blocks import Block, main_chart
from compare.schema.records import Place
from compare.target_evidence.html import in_langs

_FORMATS = ("html", "pdf", "ipynb")
Regions = dict[str, Place]
"""The places, by id."""
Picture = tuple[str, str]
"""Address of a picture, and what it shows."""
Draw = Callable[[Block], bytes | None]
"""Draws a chart as a small picture, if it can be read."""


@dataclass(frozen=True)
class CardVersion:
    """One language of a report: its state, the files it has, and why it failed."""

    lang: str
    label: str
    status: str
    links: list[tuple[str, str]]
    why: str


@dataclass(frozen=True)
class Card:
    """What the index shows of a report.

    Attributes
    ----------
    title, titles
        Its title by language, and as markup that switches.
    group : dict
        The question it answers, by language.
    main : list of (language or None, address)
        Where the card leads.
    thumbs : list of (language or None, address, text)
        Its pictures.
    plain : bool
        Whether a card without a picture shows rows: nothing failed.
    about : markup or None
        Its places and indicators.
    search : str
        What the search looks in.
    versions : list of CardVersion
    """

    id: str
    title: dict[str, str]
    titles: Markup
    group: dict[str, str]
    main: list[tuple[str | None, str]]
    thumbs: list[tuple[str | None, str, str]]
    plain: bool
    about: Markup | None
    search: str
    versions: list[CardVersion]


def make_cards(
    folder: Path,
    reports: list[ReportEntry],
    regions: Regions,
    previous: Path | None,
    draw: Draw,
) -> list[Card]:
    """One card for reports that differ in language only.

    Parameters
    ----------
    folder : path
        Holds the reports; pictures are added.
    reports : list of ReportEntry
    regions : dict
        The places, by id.
    previous : path or None
        Folder of an earlier run, whose pictures of unchanged charts are taken over.
    draw : callable
        Draws a picture.
    """
    together: dict[str, list[ReportEntry]] = {}
    for report in reports:
        parameters = {
            name: value
            for name, value in report.parameters.items()
            if report.kinds.get(name) != parameter_kinds.LANGUAGE
        }
        same = [report.notebook, parameters, report.title, report.group]
        key = json.dumps(same, sort_keys=True, ensure_ascii=False, default=str)
        members = together.setdefault(key, [])
        if any(m.lang == report.lang for m in members):
            members = together[f"{key} {report.id}"] = []
        members.append(report)
    made = ((r.id, thumbnail(folder, r, previous, draw)) for r in reports)
    thumbs = {report: found for report, found in made if found}
    return [_card(members, regions, thumbs) for members in together.values()]


def _card(members: list[ReportEntry], regions: Regions, thumbs: dict[str, Picture]) -> Card:
    first = members[0]
    title = both_languages(first.title)
    main: list[tuple[str | None, str]] = [
        (m.lang, html_page.relative(m.formats["html"])) for m in members if "html" in m.formats
    ]
    if len(main) == 1:  # one language: its page, whatever language the index is in
        main = [(None, main[0][1])]
    return Card(
        id=first.id,
        title=title,
        titles=in_langs(title),
        group=_question(first),
        main=main,
        thumbs=_thumbs(members, thumbs),
        plain=all(m.status != FAILED for m in members),
        about=_about(first, regions),
        search=_search(first, regions),
        versions=[_version(m) for m in members],
    )


def _version(report: ReportEntry) -> CardVersion:
    error = report.error
    why = ": ".join(t for t in (error.name, error.message) if t) if error else ""
    cell = error.cell if error else None
    where = in_langs({k: code_word("page", "failed_cell", k).format(cell) for k in LANGS})
    links = [(k, html_page.relative(report.formats[k])) for k in _FORMATS if k in report.formats]
    if report.previous:
        links.append(("previous", html_page.relative(report.previous)))
    return CardVersion(
        lang=report.lang,
        label={"zh": "中文", "en": "English"}.get(report.lang, report.lang),
        status=report.status,
        links=links,
        why=where + (f": {why}" if why else "") if cell is not None else why,
    )


def _thumbs(
    members: list[ReportEntry], thumbs: dict[str, Picture]
) -> list[tuple[str | None, str, str]]:
    """Pictures of a card by language, with what they show; one for both where only one language has
    a chart."""
    found = [(m.lang, thumbs[m.id]) for m in members if m.id in thumbs]
    return [(lang if len(found) > 1 else None, *picture) for lang, picture in found]


def thumbnail(
    folder: Path, report: ReportEntry, previous: Path | None, draw: Draw
) -> Picture | None:
    """Draw a report's picture, unless it is there; returns its address, and what it shows."""
    notebook = report.formats.get("ipynb")
    chart = _chart(folder / notebook) if notebook else None
    if chart is None:
        return None
    name = f"thumbs/{report.id}-{sha256(chart.data).hexdigest()[:10]}.png"
    if not (folder / name).is_file():
        known = previous / name if previous else None
        small = known.read_bytes() if known and known.is_file() else draw(chart)
        if not small:
            return None
        (folder / name).write_bytes(small)
    return html_page.relative(name), chart.alt


def _chart(notebook: Path) -> Block | None:
    import nbformat

    try:
        nb = json.loads(notebook.read_bytes())
        return main_chart(nbformat.from_dict(nb))
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return None  # the runner answers for its notebooks; a card without a picture is enough here


def _about(report: ReportEntry, regions: Regions) -> Markup | None:
    """Places and indicators of a report, in both languages, a few of each."""
    texts = {}
    for lang in LANGS:
        places = [region_name(r, regions, lang) for r in report.regions]
        indicators = [indicator_name(i, lang) for i in report.indicators]
        texts[lang] = " · ".join(t for t in (_few(places, lang), _few(indicators, lang)) if t)
    return in_langs(texts) if any(texts.values()) else None


def _few(names: list[str], lang: str, most: int = 6) -> str:
    comma = "、" if lang == "zh" else ", "
    rest = len(names) - most
    more = "" if rest <= 0 else (f" 等{len(names)}项" if lang == "zh" else f" and {rest} more")
    return comma.join(names[:most]) + more


def region_name(region: str, regions: Regions, lang: str) -> str:
    """The name of a place, or its id if it is not known."""
    known = regions.get(region)
    return {"zh": known.region_zh, "en": known.region_en}[lang] if known else str(region)


def indicator_name(indicator: str, lang: str) -> str:
    """The name of an indicator, or its id if it is not known."""
    return indicator_names().get(indicator, {}).get(lang, str(indicator))


def _search(report: ReportEntry, regions: Regions) -> str:
    words = [*both_languages(report.title).values(), *_question(report).values(), report.name]
    for region in dict.fromkeys([*report.regions, *report.places]):
        words += [region, *(region_name(region, regions, lang) for lang in LANGS)]
    for indicator in report.indicators:
        words += [indicator, *(indicator_name(indicator, lang) for lang in LANGS)]
    return folded(words)


def folded(words: Iterable[object]) -> str:
    """Words as the search compares them: each once, in lower case, wide letters as narrow ones."""
    text = "\n".join(dict.fromkeys(str(w) for w in words if w))
    return unicodedata.normalize("NFKC", text).lower()


def suggestions(reports: list[ReportEntry], regions: Regions) -> list[str]:
    """Words that the search offers."""
    words = set()
    for report in reports:
        for lang in LANGS:
            words |= {region_name(r, regions, lang) for r in report.regions}
            words |= {indicator_name(i, lang) for i in report.indicators}
    return sorted(words)


def group_cards(cards: list[Card]) -> list[tuple[Markup, list[Card]]]:
    """The cards by the question they answer."""
    groups: dict[tuple[tuple[str, str], ...], list[Card]] = {}
    for card in cards:
        groups.setdefault(tuple(sorted(card.group.items())), []).append(card)
    return [(in_langs(members[0].group), members) for members in groups.values()]


def _question(report: ReportEntry) -> dict[str, str]:
    return both_languages(report.group or {k: code_word("page", "other_reports", k) for k in LANGS})


def both_languages(value: dict[str, str] | str) -> dict[str, str]:
    """A text in both languages, from ``{zh, en}`` or from one text."""
    if isinstance(value, dict):
        known = next((value[k] for k in LANGS if value.get(k)), "")
        return {lang: str(value.get(lang) or known) for lang in LANGS}
    return {lang: str(value) for lang in LANGS}
