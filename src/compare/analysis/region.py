"""One place: what does it promise, how firmly, by when, and where does it stand among others?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from compare import charts
from compare.analysis import accountability, target_lists
from compare.analysis.chart_parts import flag_note, key_words, source_line
from compare.analysis.levels_above import benchmark_above, gap_short, is_about, unseen_note
from compare.analysis.national_targets import has_stance
from compare.analysis.notebook_output import (
    Cell,
    Several,
    Table,
    Text,
    as_text,
    column_heads,
    evidence_cell,
    heading,
    title_lines,
)
from compare.analysis.selection import View, of_place
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.analysis.target_words import comparison_words, rank_cell, scale_of, target_cell
from compare.display.lists import full_width_brackets, join_words
from compare.display.messages import Raw, markdown, message
from compare.schema.records import Comparison
from compare.vocabulary import variants


def read(region: str, peers: Sequence[str] = (), lang: str = "zh") -> View:
    """A place and those it is set beside (empty: all)."""
    return _read(lang, [region, *peers] if peers else [], [])


# ------------------------------------------------------------------ opening
def opening(view: View, region: str) -> Text:
    """Who it is, which plan, how many targets, in which sectors, how firmly."""
    lang, place = view.lang, view.place[region]
    rows = of_place(view.targets, region)
    lines = title_lines("region.title", lang, name=place.name)
    document = view.document_of(region)
    if document is None:
        return as_text([*lines, markdown("region.no_plan", lang, name=place.name)])
    draft = markdown("region.draft", lang) if place.draft else ""
    title = full_width_brackets(document.document_title)
    lines += [markdown("region.plan", lang, title=title, draft=Raw(draft)), ""]
    once = target_lists.first_mentions(rows)
    if not once:
        return as_text([*lines, markdown("region.no_targets", lang, name=place.name)])
    parts = target_lists.firmness_words(target_lists.count_firmness(once), lang)
    said = [markdown("region.count", lang, n=len(once), rows=len(rows), parts=parts)]
    sectors = [
        message("region.sector", lang, name=target_lists.sector_name(sector, lang), n=n)
        for sector, n in Counter(r.sector for r in once).most_common(3)
    ]
    said.append(markdown("region.sectors", lang, list=join_words(sectors, lang)))
    years = Counter(r.target_year for r in once if r.target_year)
    if years:
        listed = [message("region.year", lang, year=y, n=n) for y, n in sorted(years.items())]
        undated = sum(r.target_year is None for r in once)
        key = "years_undated" if undated else "years"
        said.append(markdown(f"region.{key}", lang, list=join_words(listed, lang), n=undated))
    lead = sum(bool(r.lead_agencies) for r in once)
    key = "lead" if lead else "no_lead"
    said.append(markdown(f"region.{key}", lang, n=lead, all=len(once)))
    return as_text([*lines, *(f"- {line}" for line in said)])


# ------------------------------------------------------------------ charts
def chart(view: View, region: str) -> charts.Chart | Text:
    """All its targets, one mark each, by sector and horizon."""
    lang, place = view.lang, view.place[region]
    rows = of_place(view.targets, region)
    once = target_lists.first_mentions(rows)
    if not once:
        return Text("")
    undated = message("region.undated", lang)
    events = [
        charts.Event(
            target_lists.sector_name(r.sector, lang),
            str(r.target_year or undated),
            target_lists.firmness(r),
            bool(r.flags),
        )
        for r in once
    ]
    columns = sorted({e.column for e in events if e.column != undated})
    columns += [undated] if any(e.column == undated for e in events) else []
    firm = sum(e.kind == "firm" for e in events)
    caption = message("region.chart_caption", lang, n=len(once), rows=len(rows))
    return charts.timeline(
        events,
        [target_lists.sector_name(s, lang) for s in target_lists.sectors_of(once)],
        columns,
        f"region-{region}",
        message("region.chart", lang, name=place.name, n=len(once), firm=firm),
        key_words(lang),
        lang=lang,
        color=place.look.color,
        subtitle=message("region.chart_subtitle", lang),
        caption=caption + flag_note(once, lang),
        source=source_line(view),
    )


def _gaps_in_points(view: View, region: str) -> list[Comparison]:
    """Its rows with a gap to the nation in percentage points, largest gap first."""
    rows = [
        (c.gap_nation, c)
        for c in of_place(view.comparisons, region)
        if c.gap_nation is not None and c.gap_unit == "pp"
    ]
    return [c for gap, c in sorted(rows, key=lambda r: (-r[0], r[1].indicator, r[1].target_year))]


def _others(row: Comparison, view: View) -> list[Comparison]:
    """The rows of other places of the same indicator, variant and horizon."""
    spot = row.indicator, row.variant, row.target_year
    return [
        c
        for c in view.comparisons
        if (c.indicator, c.variant, c.target_year) == spot and c.region_id != row.region_id
    ]


def against(view: View, region: str) -> Several:
    """Where it stands beside the nation's own targets, other places pale behind."""
    lang, place = view.lang, view.place[region]
    rows = _gaps_in_points(view, region)
    head = heading("region.against_title", lang, "region.against")
    if not rows:
        return Several([head, Text(markdown("region.against_none", lang, name=place.name))])
    nation = charts.BenchmarkLine(0.0, message("common.nation_target", lang))
    panel = charts.Panel(
        "",
        [_gap_row(c, view) for c in rows],
        message("region.gap_axis", lang),
        nation,
        signed=True,
    )
    above = sum(has_stance(c) and c.nation_stance == "stricter" for c in rows)
    shown = charts.dots(
        [panel],
        f"region-{region}-gaps",
        message("region.gap_chart", lang, name=place.name, n=len(rows), above=above),
        key_words(lang),
        lang=lang,
        subtitle=message("region.gap_subtitle", lang),
        caption=message("region.gap_caption", lang, n=len(rows)) + flag_note(rows, lang),
        source=source_line(view),
    )
    return Several([head, shown])


def _gap_row(row: Comparison, view: View) -> charts.Row:
    """The gap of one target to the nation's, with those of other places."""
    lang = view.lang
    mark = charts.Mark(
        row.gap_nation or 0.0,
        row.gap_nation_bound or "=",
        strive=row.effort == "strive",
        about=is_about(row, benchmark_above(row, "nation")),
    )
    notes = [note] if (note := unseen_note(benchmark_above(row, "nation"), lang)) else []
    notes += [message("table.close", lang)] if row.nation_comparability == "close" else []
    words = message(
        "region.gap_row",
        lang,
        year=row.target_year,
        target=comparison_words(row, view),
        gap=gap_short(row, "nation", lang),
    )
    return charts.Row(
        view.name(row.indicator),
        view.place[row.region_id].look,
        marks=(mark,),
        text=words,
        small=" · ".join(notes),
        others=tuple(
            charts.Mark(o.gap_nation) for o in _others(row, view) if o.gap_nation is not None
        ),
    )


def peers(view: View, region: str) -> Several:
    """On every indicator that another place sets too: its target and theirs."""
    lang, name = view.lang, view.place[region].name
    made = []
    for row in of_place(view.comparisons, region):
        others = [o for o in _others(row, view) if o.status == "target"]
        if row.status != "target" or not others:
            continue
        scale = scale_of([row, *others], lang)
        said = [
            message("region.peer", lang, place=view.place[o.region_id].name, target=words)
            for o in others
            if (words := comparison_words(o, view, scale))
        ]
        made.append(
            [
                Cell(view.name(row.indicator), variants.name(row.indicator, row.variant, lang)),
                Cell(str(row.target_year)),
                target_cell(row, view, scale),
                Cell(" · ".join(said[:8]) + (" …" if len(said) > 8 else "")),
                rank_cell(row, lang),
                evidence_cell(row, lang),
            ]
        )
    names = ("indicator", "horizon", "target", "peers", "rank", "evidence")
    columns = column_heads(names, lang, numeric=("rank",))
    empty = markdown("region.no_peers", lang, name=name)
    caption = message("region.peers", lang, name=name, n=len(made))
    shown = Table(f"region-{region}-peers", columns, made, caption, lang, empty)
    return Several([heading("region.peers_title", lang), shown])


def agencies(view: View, region: str) -> Several:
    """Who answers for its targets."""
    rows = target_lists.first_mentions(of_place(view.targets, region))
    shown = accountability.agency_chart(rows, view, f"region-{region}-agencies", 12)
    return Several([heading("region.agencies_title", view.lang), shown])


# ------------------------------------------------------------------ table, closing
def table(view: View, region: str) -> Several:
    """Every target of the plan, by sector and in text order."""
    lang, name = view.lang, view.place[region].name
    rows = of_place(view.targets, region)
    rows = sorted(rows, key=lambda r: (target_lists.SECTORS.index(r.sector), r.start))
    shown = target_lists.target_table(
        rows,
        view,
        f"region-{region}-targets",
        message("region.table", lang, name=name, n=len(rows)),
        empty=markdown("region.no_targets", lang, name=name),
    )
    return Several([heading("region.table_title", lang), shown])


def sources(view: View, region: str) -> Text:
    """The closing list: its own plan, the plans beside it, the benchmarks."""
    return _sources(view, _gaps_in_points(view, region), ("nation",))
