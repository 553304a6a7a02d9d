"""Site: the index and the evidence pages of one report run.

``build(folder, run)`` finds the reports already in ``folder`` and adds ``index.html``, ``thumbs/``
and ``evidence/``. ``run`` is a dict:

====================  ==========================================================================
``data_release``      hash of the data release
``package_version``   version of this package
``date``              date of this version, or null
``title``             title of the set, ``{zh, en}`` (optional)
``reports``           list of reports, each a dict:

* ``id``              name of its files; letters, digits, ``._-`` (anything else is refused)
* ``name``            name in the declared set
* ``notebook``        file it was made from
* ``title``           ``{zh, en}``
* ``lang``            ``zh`` or ``en``; reports that differ in nothing else share a card
* ``group``           the question it answers: ``{zh, en}``, one text, or null
* ``parameters``      as resolved
* ``status``          ``ok``, ``kept`` (unchanged since an earlier run) or ``failed``
* ``formats``         ``{html: file, ipynb: file, pdf: file}``, those that there are
* ``error``           null, or ``{cell, name, message}``
* ``previous``        null, or relative path of the last good version
* ``regions``         ids of places
* ``indicators``      ids of indicators
* ``places``          ids of all places it looks at, for the search (optional)
====================  ==========================================================================

A failed report without a page gets one here, with its failing cell and message. Everything is
written in an order that depends on the input alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from compare.base.errors import CompareError
from compare.base.records import Document, Place, Target, records
from compare.provenance.addresses import evidence_page
from compare.provenance.evidence_record import DocumentFacts
from compare.provenance.html import as_html, both, in_langs, source_facts
from compare.provenance.lookup import evidence_of_document
from compare.report.history import run_record
from compare.report.render import html_page
from compare.report.render.blocks import Block, main_chart
from compare.report.render.thumbnails import thumb
from compare.wording.code_words import code_word, indicator_names
from compare.wording.messages import LANGS
from compare.wording.values import written_value

_ID = re.compile(r"^[^\W_][\w.-]{0,150}$")
_STATUS = ("ok", "kept", "failed")
_FORMATS = ("html", "pdf", "ipynb")
_IMAGES = "'self' file: data:"  # thumbnails are files; 'self' alone does not hold for file: pages


def build(folder: Path, run: dict, previous: Path | None = None) -> dict[str, dict]:
    """Write index, thumbnails and evidence pages into a folder of rendered reports.

    Parameters
    ----------
    folder : path
        Holds the files that ``run`` names.
    run : dict
        As described above.
    previous : path, optional
        Folder of an earlier run, whose thumbnails of unchanged charts are taken over.

    Returns
    -------
    dict
        ``bytes`` and ``sha256`` of every file that was added, by its name.

    Raises
    ------
    CompareError
        A report id or file name that could leave the folder; an unknown status; curated tables
        that do not fit the raw texts.
    """
    from compare.curation.parquet import load

    for report in run["reports"]:
        _check(report)
    regions = {r.region_id: r.as_dict() for r in records(load("regions"), Place)}
    documents = [d.as_dict() for d in records(load("documents"), Document)]
    for report in run["reports"]:
        if report["status"] == "failed" and "html" not in report["formats"]:
            _failure_page(folder, report)
    (folder / "thumbs").mkdir(exist_ok=True)
    cards = _cards(folder, run["reports"], regions, previous)
    title = _texts(run.get("title") or {k: code_word("page", "site", k) for k in LANGS})
    sources = _evidence(folder, run, records(load("targets"), Target), documents, regions)
    text = html_page.write(
        "index.html.j2",
        LANGS,
        images=_IMAGES,
        title=title,
        titles=in_langs(title),
        run=run,
        record="run.json" if (folder / "run.json").exists() else None,
        cards=cards,
        groups=_groups(cards),
        suggestions=_suggestions(run["reports"], regions),
        documents=sources,
        newest=max((d["date"] for d in sources if d["date"]), default=None),
        draft=both("document_status", "draft", LANGS),
    )
    (folder / "index.html").write_text(text, encoding="utf-8", newline="\n")
    added = [folder / "index.html", *folder.glob("thumbs/*"), *folder.glob("evidence/*")]
    return {
        p.relative_to(folder).as_posix(): run_record.described(p.read_bytes())
        for p in sorted(added)
    }


def picture(folder: Path, report: dict) -> None:
    """Draw a report's picture ahead of `build`, which takes what it finds."""
    (folder / "thumbs").mkdir(exist_ok=True)
    _thumb(folder, report, None)


def _check(report: dict) -> None:
    """Ids and file names are names, never paths."""
    names = {"id": report["id"], **{f"formats.{k}": v for k, v in report["formats"].items()}}
    for place, name in names.items():
        if not isinstance(name, str) or not _ID.match(name):
            raise CompareError(
                f"not a plain file name: {name!r}", f"report {report['id']!r}, {place}"
            )
    if report["status"] not in _STATUS:
        raise CompareError(f"unknown status {report['status']!r}", f"report {report['id']!r}")


def _failure_page(folder: Path, report: dict) -> None:
    name = f"{report['id']}.html"
    text = html_page.failure(
        report.get("error") or {},
        title=_texts(report["title"]),
        lang=report["lang"],
        links={"index": "index.html", "previous": report.get("previous")},
    )
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    report["formats"] = {"html": name, **report["formats"]}


# ------------------------------------------------------------------ cards
def _cards(folder: Path, reports: list[dict], regions: dict, previous: Path | None) -> list[dict]:
    """One card for reports that differ in language only."""
    together: dict[str, list[dict]] = {}
    for report in reports:
        parameters = {k: v for k, v in report["parameters"].items() if k != "lang"}
        same = [report["notebook"], parameters, report["title"], report["group"]]
        key = json.dumps(same, sort_keys=True, ensure_ascii=False, default=str)
        members = together.setdefault(key, [])
        if any(m["lang"] == report["lang"] for m in members):
            members = together[f"{key} {report['id']}"] = []
        members.append(report)
    with ThreadPoolExecutor() as pool:  # pictures are made outside Python's lock
        made = pool.map(lambda r: (r["id"], _thumb(folder, r, previous)), reports)
        thumbs = {report: found for report, found in made if found}
    return [_card(members, regions, thumbs) for members in together.values()]


def _card(members: list[dict], regions: dict, thumbs: dict[str, tuple[str, str]]) -> dict:
    first = members[0]
    title = _texts(first["title"])
    main = [
        (m["lang"], html_page.relative(m["formats"]["html"]))
        for m in members
        if "html" in m["formats"]
    ]
    if len(main) == 1:  # one language: its page, whatever language the index is in
        main = [(None, main[0][1])]
    return {
        "id": first["id"],
        "title": title,
        "titles": in_langs(title),
        "group": _question(first),
        "main": main,
        "thumbs": _thumbs(members, thumbs),
        "plain": all(m["status"] != "failed" for m in members),
        "about": _about(first, regions),
        "search": _search(first, regions),
        "versions": [_version(m) for m in members],
    }


def _version(report: dict) -> dict:
    error = report.get("error") or {}
    why = ": ".join(str(error[k]) for k in ("name", "message") if error.get(k))
    cell = error.get("cell")
    where = in_langs({k: code_word("page", "failed_cell", k).format(cell) for k in LANGS})
    links = [
        (k, html_page.relative(report["formats"][k])) for k in _FORMATS if k in report["formats"]
    ]
    if report.get("previous"):
        links.append(("previous", html_page.relative(report["previous"])))
    return {
        "lang": report["lang"],
        "label": {"zh": "中文", "en": "English"}.get(report["lang"], report["lang"]),
        "status": report["status"],
        "links": links,
        "why": where + (f": {why}" if why else "") if cell is not None else why,
    }


def _thumbs(members: list[dict], thumbs: dict[str, tuple[str, str]]) -> list[tuple]:
    """Pictures of a card by language, with what they show; one for both where only one language has
    a chart."""
    found = [(m["lang"], *thumbs[m["id"]]) for m in members if m["id"] in thumbs]
    return found if len(found) > 1 else [(None, *rest) for _, *rest in found]


def _thumb(folder: Path, report: dict, previous: Path | None) -> tuple[str, str] | None:
    """Address of a report's picture, and what it shows."""
    notebook = report["formats"].get("ipynb")
    chart = _chart(folder / notebook) if notebook else None
    if chart is None:
        return None
    name = f"thumbs/{report['id']}-{sha256(chart.data).hexdigest()[:10]}.png"
    if not (folder / name).is_file():
        known = previous / name if previous else None
        small = known.read_bytes() if known and known.is_file() else thumb(chart)
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


def _about(report: dict, regions: dict):
    """Places and indicators of a report, in both languages, a few of each."""
    texts = {}
    for lang in LANGS:
        places = [_region(r, regions, lang) for r in report.get("regions") or ()]
        measures = [_indicator(i, lang) for i in report.get("indicators") or ()]
        texts[lang] = " · ".join(t for t in (_few(places, lang), _few(measures, lang)) if t)
    return in_langs(texts) if any(texts.values()) else None


def _few(names: list[str], lang: str, most: int = 6) -> str:
    comma = "、" if lang == "zh" else ", "
    rest = len(names) - most
    more = "" if rest <= 0 else (f" 等{len(names)}项" if lang == "zh" else f" and {rest} more")
    return comma.join(names[:most]) + more


def _region(region: str, regions: dict, lang: str) -> str:
    known = regions.get(region)
    return known[f"region_{lang}"] if known else str(region)


def _indicator(indicator: str, lang: str) -> str:
    return indicator_names().get(indicator, {}).get(lang, str(indicator))


def _search(report: dict, regions: dict) -> str:
    words = [*_texts(report["title"]).values(), *_question(report).values(), report["name"]]
    for region in dict.fromkeys([*(report.get("regions") or ()), *(report.get("places") or ())]):
        words += [region, *(_region(region, regions, lang) for lang in LANGS)]
    for indicator in report.get("indicators") or ():
        words += [indicator, *(_indicator(indicator, lang) for lang in LANGS)]
    return _folded(words)


def _folded(words) -> str:
    text = "\n".join(dict.fromkeys(str(w) for w in words if w))
    return unicodedata.normalize("NFKC", text).lower()


def _suggestions(reports: list[dict], regions: dict) -> list[str]:
    words = set()
    for report in reports:
        for lang in LANGS:
            words |= {_region(r, regions, lang) for r in report.get("regions") or ()}
            words |= {_indicator(i, lang) for i in report.get("indicators") or ()}
    return sorted(words)


def _groups(cards: list[dict]) -> list[tuple]:
    groups: dict[tuple, list[dict]] = {}
    for card in cards:
        groups.setdefault(tuple(sorted(card["group"].items())), []).append(card)
    return [(in_langs(members[0]["group"]), members) for members in groups.values()]


def _question(report: dict) -> dict[str, str]:
    return _texts(report["group"] or {k: code_word("page", "other_reports", k) for k in LANGS})


def _texts(value) -> dict[str, str]:
    """A text in both languages, from ``{zh, en}`` or from one text."""
    if isinstance(value, dict):
        known = next((value[k] for k in LANGS if value.get(k)), "")
        return {lang: str(value.get(lang) or known) for lang in LANGS}
    return {lang: str(value) for lang in LANGS}


# ------------------------------------------------------------------ evidence
def _evidence(
    folder: Path, run: dict, targets: list[Target], documents: list[dict], regions: dict
) -> list[dict]:
    """Write one page a document; return what the index says about each."""
    (folder / "evidence").mkdir(exist_ok=True)
    by_doc: dict[str, list[Target]] = {}
    for target in targets:
        by_doc.setdefault(target.doc, []).append(target)
    out = []
    for document in sorted(documents, key=lambda d: d["doc"]):
        rows = by_doc.get(document["doc"], [])
        place = in_langs({k: _region(document["region_id"], regions, k) for k in LANGS})
        page = evidence_page(document["doc"])
        (folder / page).write_text(
            _evidence_page(run, document, rows, place), encoding="utf-8", newline="\n"
        )
        names = [_region(document["region_id"], regions, k) for k in LANGS]
        out.append(
            {
                "place": place,
                "title": document["document_title"],
                "script": document["script"],
                "draft": document["document_status"] == "draft",
                "date": document["document_date"],
                "count": len(rows),
                "page": html_page.relative(page),
                "search": _folded([document["document_title"], document["doc"], *names]),
            }
        )
    return out


def _evidence_page(run: dict, document: dict, rows: list[Target], place) -> str:
    simplified = _simplifier(document["script"])
    items = []
    for item in evidence_of_document(rows):
        row = item.target
        words = [row.indicator_text, row.value_text, row.evidence, row.scope_region]
        words += [row.target_id, row.target_year, row.indicator, row.section]
        words += [_indicator(row.indicator, lang) for lang in LANGS]
        words += [simplified(w) for w in words[:3] if w]
        items.append(
            {
                "id": row.target_id,
                "name": row.indicator_text,
                "value": in_langs({lang: written_value(row, lang) for lang in LANGS}),
                "search": _folded(words),
                "html": as_html(item, LANGS),
            }
        )
    source = DocumentFacts(
        title=document["document_title"],
        issuer=document["issuer"],
        document_no=document["document_no"],
        date=document["document_date"],
        status=document["document_status"],
        publisher=document["publisher"],
        sha256=document["document_sha256"],
        script=document["script"],
    )
    return html_page.write(
        "evidence.html.j2",
        LANGS,
        title=document["document_title"],
        draft=both("document_status", "draft", LANGS) if source.status == "draft" else None,
        script_code=document["script"],
        place=place,
        facts=[(both("label", name, LANGS), shown) for name, shown in source_facts(source, LANGS)],
        release=run["data_release"],
        items=items,
    )


def _simplifier(script: str):
    """Traditional text is found by Simplified words too."""
    if script != "Hant":
        return lambda text: None
    import opencc

    return opencc.OpenCC("t2s").convert
