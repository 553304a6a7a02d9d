"""All places, all measures: who commits to what?"""

from __future__ import annotations

from collections import Counter, defaultdict

from compare import charts
from compare.analysis import target_lists, target_words
from compare.analysis.display_table import Cell, Table, evidence
from compare.analysis.selection import Place, View
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.charts import style
from compare.charts.matrix import nothing
from compare.vocabulary import variants
from compare.wording import messages
from compare.wording.messages import Several, Text, md, say

_TARGET, _STRIVE = "#cfe3ee", "#e9f2f7"


def read(regions: list[str] = (), years: list[int] = (), lang: str = "zh") -> View:
    """All measures of some places (empty: all)."""
    return _read(lang, regions, [], years)


def heads(view: View) -> dict[tuple[str, str], dict]:
    """One comparisons row for each place and indicator: what the place says most firmly.

    A target goes before words without a figure and these before silence; among targets the
    earliest horizon, then the usual variant.
    """
    found: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for cell in view.cells:
        found[cell["region_id"], cell["indicator"]].append(cell)
    return {key: min(cells, key=_first) for key, cells in found.items()}


def _first(cell: dict) -> tuple:
    usual = variants.order(cell["indicator"], cell["variant"])
    return (
        target_words.STATUSES.index(cell["status"]),
        cell["value_std"] is None,
        cell["target_year"],
        usual,
    )


def measures(view: View) -> list[str]:
    """Indicators of which at least one place says something, in the order of their table."""
    spoken = {c["indicator"] for c in view.cells if c["status"] not in ("no_target", "no_data")}
    return [i for i in view.indicators if i in spoken]


# ------------------------------------------------------------------ opening
def opening(view: View) -> Text:
    """How many targets, on how many measures; what most set, and what only one sets."""
    lang = view.lang
    lines = [f"# {md('overview.title', lang)}", ""]
    rows, names = target_lists.first_mentions(view.targets), measures(view)
    if not rows:
        return Text("\n".join([*lines, md("common.no_targets", lang)]))
    found = target_lists.counts(rows, target_lists.firmness)
    lines.append(
        f"- {md('overview.count', lang, n=len(rows), places=sum(p.collected for p in view.places), measures=len(names), parts=target_lists.firm_words(found, lang))}"
    )
    per = _setters(view)
    plans = [p for p in view.places if p.collected]
    everyone = [i for i in names if len(per[i]) == len(plans)]
    if len(plans) > 1:
        if everyone:
            shown = messages.some([view.name(i) for i in everyone], lang, 8)
            lines.append(f"- {md('overview.everyone', lang, n=len(everyone), names=shown)}")
        else:
            most = max(len(v) for v in per.values()) if per else 0
            top = [view.name(i) for i in names if len(per[i]) == most]
            lines.append(
                f"- {md('overview.most', lang, n=most, all=len(plans), names=messages.some(top, lang, 6))}"
            )
        single = [i for i in names if len(per[i]) == 1]
        if single:
            lines.append(f"- {md('overview.single', lang, n=len(single), all=len(names))}")
    missing = [p for p in view.places if not p.collected]
    if missing:
        lines.append(
            f"- {md('indicator.not_collected', lang, n=len(missing), names=target_words.names(missing, lang))}"
        )
    return Text("\n".join(lines))


def _setters(view: View) -> dict[str, set[str]]:
    """Places with a target, by indicator."""
    out: dict[str, set[str]] = defaultdict(set)
    for c in view.cells:
        if c["status"] == "target":
            out[c["indicator"]].add(c["region_id"])
    return out


# ------------------------------------------------------------------ charts
def chart(view: View):
    """How much each place says: measures by what kind of answer it gives."""
    lang, names, head = view.lang, measures(view), heads(view)
    if not names or not view.places:
        return Text("")
    parts = [
        charts.Part("target", say("status.target", lang), style.SHADES["target"]),
        charts.Part(
            "directional",
            say("status.directional", lang),
            style.SHADES["directional"],
            "..",
            style.INK,
        ),
        charts.Part(
            "deferred", say("key.deferred", lang), style.SHADES["deferred"], "\\\\", style.INK
        ),
        charts.Part(
            "no_target", say("key.no_target", lang), style.SHADES["no_target"], ink=style.SOFT
        ),
        charts.Part("no_data", say("key.no_data", lang), "#ffffff", "////", style.SOFT),
    ]
    bars = []
    for place in view.places:
        found = Counter(head[place.id, i]["status"] for i in names if (place.id, i) in head)
        note = say("common.draft", lang) if place.draft else ""
        bars.append(charts.Bar(place.name, dict(found), "", note))
    bars.sort(key=lambda b: (-b.counts.get("target", 0), b.counts.get("no_data", 0)))
    top = bars[0]
    return charts.bars(
        bars,
        parts,
        "overview-coverage",
        say("overview.chart", lang, place=top.label, n=top.counts.get("target", 0), all=len(names)),
        lang=lang,
        subtitle=say("overview.chart_subtitle", lang, n=len(names)),
        caption=say(
            "overview.chart_caption", lang, n=len(target_lists.first_mentions(view.targets))
        ),
        source=target_words.source_line(view),
    )


def matrices(view: View) -> Several:
    """Places by measures, one chart a sector."""
    lang, head, out = view.lang, heads(view), Several()
    by = defaultdict(list)
    for name in measures(view):
        by[view.indicators[name]["sector"]].append(name)
    for sector in target_lists.SECTORS:
        if by.get(sector):
            out += _matrix(view, sector, by[sector], head)
    head = Text(f"## {md('overview.matrices_title', lang)}")
    return Several([head, *(out or [Text(md("overview.no_matrix", lang))])])


def _matrix(view: View, sector: str, names: list[str], head: dict) -> list[charts.Chart]:
    lang, cells, shown = view.lang, {}, []
    for n, name in enumerate(names):
        found = [head[p.id, name] for p in view.places if (p.id, name) in head]
        by = target_words.unit_of(found, lang)
        for m, place in enumerate(view.places):
            cell = head.get((place.id, name))
            if cell is not None:
                cells[n, m] = _field(cell, lang, by)
                shown.append(cell)
    columns = [(p.name, say("common.draft", lang) if p.draft else "") for p in view.places]
    targets = [c for c in shown if c["status"] == "target"]
    key = [
        (charts.swatch(_TARGET), say("status.target", lang)),
        (charts.swatch(_STRIVE), say("key.strive_field", lang)),
    ]
    statuses = {c["status"] for c in shown} - {"target"}
    key += [
        (charts.field_sample(nothing(s)), say(f"key.{s}", lang))
        for s in target_words.STATUSES[1:]
        if s in statuses
    ]
    most = max(names, key=lambda i: sum(c["indicator"] == i for c in targets))
    count = sum(c["indicator"] == most for c in targets)
    return charts.matrices(
        [(view.name(i), "") for i in names],
        columns,
        cells,
        f"overview-{sector}",
        say(
            "overview.matrix",
            lang,
            sector=target_lists.sector_name(sector, lang),
            name=view.name(most),
            n=count,
        ),
        lang=lang,
        part=target_words.part(lang),
        subtitle=say("overview.matrix_subtitle", lang),
        key=tuple(key),
        caption=say("overview.matrix_caption", lang, n=len(targets), measures=len(names))
        + target_words.flag_note(shown, lang),
        source=target_words.source_line(view),
    )


def _field(cell: dict, lang: str, by) -> charts.Cell:
    if cell["status"] != "target":
        short = say(f"short.{cell['status']}", lang)
        return nothing(cell["status"], cell["direction"], short)
    year = f" '{cell['target_year'] % 100:02d}"
    if cell["value_std"] is None:
        shown = cell["value_text"] or "●"
    elif cell["kind"] == "verbal":
        shown = say("short.all" if cell["value_std"] else "short.none", lang)
    else:
        shown = messages.bounded(cell, lang, by)
        if cell["measure"] == "change":
            shown = {"down": "↓", "up": "↑"}.get(cell["direction"], "") + shown
        if cell["unit_std"] == "year":
            year = ""
    if cell["flags"]:
        year = f"†{year}"
    fill = _STRIVE if cell["effort"] == "strive" else _TARGET
    return charts.Cell(fill, shown + year, "●")


# ------------------------------------------------------------------ tables
def table(view: View) -> Several:
    """The same as a table that leads to the sentences; with many places, the numbers only."""
    lang, head, names = view.lang, heads(view), measures(view)
    title = Text(f"## {md('overview.table_title', lang)}")
    if len(view.places) > 8:
        return Several([title, _numbers(view, head, names)])
    columns = [say("table.indicator", lang), *(p.name for p in view.places)]
    rows = []
    for name in names:
        sector = target_lists.sector_name(view.indicators[name]["sector"], lang)
        found = [head[p.id, name] for p in view.places if (p.id, name) in head]
        by = target_words.unit_of(found, lang)
        made = [Cell(view.name(name), sector)]
        for place in view.places:
            cell = head.get((place.id, name))
            made.append(_link(cell, view, by) if cell else Cell(""))
        rows.append(made)
    caption = say("overview.table", lang, n=len(rows))
    shown = Table("overview", columns, rows, caption, lang, md("overview.no_matrix", lang))
    return Several([title, shown])


def _link(cell: dict, view: View, by) -> Cell:
    field = target_words.field(cell, view, by)
    if cell["status"] == "no_target" or cell["target_id"] is None:
        return Cell(field.text, tone=field.tone)
    small = [str(cell["target_year"])]
    usual = variants.order(cell["indicator"], cell["variant"])[0] == 0
    if not usual:
        small.append(variants.name(cell["indicator"], cell["variant"], view.lang))
    link = evidence(cell, view.lang)
    return Cell(field.text, " · ".join(small), link.href, link.title)


def _numbers(view: View, head: dict, names: list[str]) -> Table:
    lang, rows = view.lang, []
    for name in names:
        found = Counter(head[p.id, name]["status"] for p in view.places if (p.id, name) in head)
        rows.append(
            [Cell(view.name(name)), *(Cell(str(found[s] or "")) for s in target_words.STATUSES)]
        )
    columns = [say("table.indicator", lang)]
    columns += [">" + say(f"status.{s}", lang) for s in target_words.STATUSES]
    return Table("overview", columns, rows, say("overview.numbers", lang, n=len(view.places)), lang)


def places(view: View) -> Table:
    """Each place: its plan, its targets, how firmly they speak."""
    lang, rows = view.lang, []
    for place in view.places:
        own = target_lists.first_mentions([t for t in view.targets if t["region_id"] == place.id])
        found = target_lists.counts(own, target_lists.firmness)
        document = next((d for d in view.documents if d["region_id"] == place.id), None)
        rows.append(
            [
                target_words.place_cell(place, lang),
                Cell(messages.full_width(document["document_title"]))
                if document
                else _missing(place, lang),
                Cell(str(document["document_date"] or "") if document else ""),
                *(Cell(str(n)) for n in (len(own), *(found[k] for k in target_lists.FIRMNESS))),
            ]
        )
    columns = [say(f"table.{k}", lang) for k in ("place", "document", "date")]
    columns += [">" + say(f"table.{k}", lang) for k in ("targets", *target_lists.FIRMNESS)]
    return Table("overview-places", columns, rows, say("overview.places", lang), lang)


def _missing(place: Place, lang: str) -> Cell:
    from compare.analysis.display_table import nothing as sign

    return sign("no_data", say("status.no_data", lang))


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view)
