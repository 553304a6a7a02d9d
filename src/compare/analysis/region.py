"""One place: what does it promise, how firmly, by when, and where does it stand among others?"""

from __future__ import annotations

from collections import Counter

from compare import charts
from compare.analysis import target_lists, target_words
from compare.analysis.display_table import Cell, Table, evidence
from compare.analysis.national_targets import usable
from compare.analysis.selection import Place, View
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.vocabulary import variants
from compare.wording import messages
from compare.wording.messages import Several, Text, md, say


def read(region: str, peers: list[str] = (), lang: str = "zh") -> View:
    """A place and those it is set beside (empty: all)."""
    return _read(lang, [region, *peers] if peers else [], [])


def _own(view: View, region: str) -> tuple[Place, list[dict]]:
    return view.place[region], [t for t in view.targets if t["region_id"] == region]


# ------------------------------------------------------------------ opening
def opening(view: View, region: str) -> Text:
    """Who it is, which plan, how many targets, in which sectors, how firmly."""
    lang = view.lang
    place, rows = _own(view, region)
    lines = [f"# {md('region.title', lang, name=place.name)}", ""]
    document = next((d for d in view.documents if d["region_id"] == region), None)
    if document is None:
        return Text("\n".join([*lines, md("region.no_plan", lang, name=place.name)]))
    draft = md("region.draft", lang) if place.draft else ""
    title = messages.full_width(document["document_title"])
    lines.append(md("region.plan", lang, title=title, draft=messages.Raw(draft)))
    lines.append("")
    once = target_lists.first_mentions(rows)
    if not once:
        return Text("\n".join([*lines, md("region.no_targets", lang, name=place.name)]))
    found = target_lists.counts(once, target_lists.firmness)
    lines.append(
        f"- {md('region.count', lang, n=len(once), rows=len(rows), parts=target_lists.firm_words(found, lang))}"
    )
    by = target_lists.counts(once, lambda r: r["sector"])
    by = Counter(by).most_common(3)
    named = [say("region.sector", lang, name=target_lists.sector_name(s, lang), n=n) for s, n in by]
    lines.append(f"- {md('region.sectors', lang, list=messages.join(named, lang))}")
    years = Counter(r["target_year"] for r in once if r["target_year"])
    if years:
        shown = [say("region.year", lang, year=y, n=n) for y, n in sorted(years.items())]
        undated = sum(r["target_year"] is None for r in once)
        key = "years_undated" if undated else "years"
        lines.append(f"- {md(f'region.{key}', lang, list=messages.join(shown, lang), n=undated)}")
    lead = sum(bool(r["lead_agencies"]) for r in once)
    lines.append(
        f"- {md('region.lead' if lead else 'region.no_lead', lang, n=lead, all=len(once))}"
    )
    return Text("\n".join(lines))


# ------------------------------------------------------------------ charts
def chart(view: View, region: str):
    """All its targets, one mark each, by sector and horizon."""
    lang = view.lang
    place, rows = _own(view, region)
    once = target_lists.first_mentions(rows)
    if not once:
        return Text("")
    undated = say("region.undated", lang)
    events = [
        charts.Event(
            target_lists.sector_name(r["sector"], lang),
            str(r["target_year"] or undated),
            target_lists.firmness(r),
            bool(r["flags"]),
        )
        for r in once
    ]
    columns = sorted({e.column for e in events if e.column != undated})
    columns += [undated] if any(e.column == undated for e in events) else []
    sectors = [s for s in target_lists.SECTORS if any(r["sector"] == s for r in once)]
    firm = sum(e.kind == "firm" for e in events)
    return charts.timeline(
        events,
        [target_lists.sector_name(s, lang) for s in sectors],
        columns,
        f"region-{region}",
        say("region.chart", lang, name=place.name, n=len(once), firm=firm),
        target_words.key_words(lang),
        lang=lang,
        color=place.look.color,
        subtitle=say("region.chart_subtitle", lang),
        caption=say("region.chart_caption", lang, n=len(once), rows=len(rows))
        + target_words.flag_note(once, lang),
        source=target_words.source_line(view),
    )


def _measured(view: View, region: str) -> list[dict]:
    """Its targets that have a gap to the nation in percentage points, largest gap first."""
    cells = [
        c
        for c in view.cells
        if c["region_id"] == region and c["gap_nation"] is not None and c["gap_unit"] == "pp"
    ]
    return sorted(cells, key=lambda c: (-c["gap_nation"], c["indicator"], c["target_year"]))


def against(view: View, region: str) -> Several:
    """Where it stands beside the nation's own targets, other places pale behind."""
    lang = view.lang
    place, _ = _own(view, region)
    cells = _measured(view, region)
    head = Text(f"## {md('region.against_title', lang)}\n\n{md('region.against', lang)}")
    if not cells:
        return Several([head, Text(md("region.against_none", lang, name=place.name))])
    rows = []
    for c in cells:
        same = [
            o
            for o in view.cells
            if (o["indicator"], o["variant"], o["target_year"])
            == (c["indicator"], c["variant"], c["target_year"])
            and o["region_id"] != region
            and o["gap_nation"] is not None
        ]
        mark = charts.Mark(
            c["gap_nation"],
            c["gap_nation_bound"] or "=",
            strive=c["effort"] == "strive",
            about=target_words.about(c, "nation"),
        )
        notes = [] if c["nation_checked"] else [say("table.unchecked", lang)]
        notes += [say("table.close", lang)] if c["nation_comparability"] == "close" else []
        words = say(
            "region.gap_row",
            lang,
            year=c["target_year"],
            promise=target_words.said(c, view),
            gap=target_words.gap_short(c, "nation", lang),
        )
        rows.append(
            charts.Row(
                view.name(c["indicator"]),
                place.look,
                marks=(mark,),
                text=words,
                small=" · ".join(notes),
                others=tuple(charts.Mark(o["gap_nation"]) for o in same),
            )
        )
    nation = charts.Line(0.0, say("common.nation_target", lang))
    panel = charts.Panel("", rows, say("region.gap_axis", lang), nation, signed=True)
    above = sum(usable(c) and c["nation_stance"] == "stricter" for c in cells)
    shown = charts.dots(
        [panel],
        f"region-{region}-gaps",
        say("region.gap_chart", lang, name=place.name, n=len(cells), above=above),
        target_words.key_words(lang),
        lang=lang,
        subtitle=say("region.gap_subtitle", lang),
        caption=say("region.gap_caption", lang, n=len(cells)) + target_words.flag_note(cells, lang),
        source=target_words.source_line(view),
    )
    return Several([head, shown])


def peers(view: View, region: str) -> Several:
    """On every measure that another place sets too: its promise and theirs."""
    lang = view.lang
    place, _ = _own(view, region)
    head = Text(f"## {md('region.peers_title', lang)}")
    rows = []
    for c in view.cells:
        if c["region_id"] != region or c["status"] != "target":
            continue
        others = [
            o
            for o in view.cells
            if o["region_id"] != region
            and o["status"] == "target"
            and (o["indicator"], o["variant"], o["target_year"])
            == (c["indicator"], c["variant"], c["target_year"])
        ]
        if not others:
            continue
        by = target_words.unit_of([c, *others], lang)
        said = [
            say("region.peer", lang, place=view.place[o["region_id"]].name, promise=p)
            for o in others
            if (p := target_words.said(o, view, by))
        ]
        name = variants.name(c["indicator"], c["variant"], lang)
        rows.append(
            [
                Cell(view.name(c["indicator"]), name),
                Cell(str(c["target_year"])),
                target_words.field(c, view, by),
                Cell(" · ".join(said[:8]) + (" …" if len(said) > 8 else "")),
                target_words.rank_field(c, lang),
                evidence(c, lang),
            ]
        )
    columns = [say(f"table.{k}", lang) for k in ("indicator", "horizon", "target", "peers")]
    columns += [">" + say("table.rank", lang), say("table.evidence", lang)]
    empty = md("region.no_peers", lang, name=place.name)
    caption = say("region.peers", lang, name=place.name, n=len(rows))
    return Several([head, Table(f"region-{region}-peers", columns, rows, caption, lang, empty)])


def agencies(view: View, region: str) -> Several:
    """Who answers for its targets."""
    from compare.analysis import accountability

    lang = view.lang
    _, rows = _own(view, region)
    out = Several([Text(f"## {md('region.agencies_title', lang)}")])
    out.append(
        accountability.bars(
            target_lists.first_mentions(rows), view, f"region-{region}-agencies", 12
        )
    )
    return out


# ------------------------------------------------------------------ table, closing
def table(view: View, region: str) -> Several:
    """Every target of the plan, by sector and in text order."""
    lang = view.lang
    place, rows = _own(view, region)
    rows = sorted(rows, key=lambda r: (target_lists.SECTORS.index(r["sector"]), r["start"]))
    shown = target_lists.table(
        rows,
        view,
        f"region-{region}-targets",
        say("region.table", lang, name=place.name, n=len(rows)),
        empty=md("region.no_targets", lang, name=place.name),
    )
    return Several([Text(f"## {md('region.table_title', lang)}"), shown])


def sources(view: View, region: str) -> Text:
    """The closing list: its own plan, the plans beside it, the benchmarks."""
    return _sources(view, _measured(view, region), ("nation",))
