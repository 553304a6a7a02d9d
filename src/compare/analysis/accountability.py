"""Who answers: which agency leads how many targets, and where nobody is named."""

from __future__ import annotations

from collections import Counter

from compare import charts
from compare.analysis import target_lists, target_words
from compare.analysis.display_table import Cell, Table
from compare.analysis.selection import View
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.charts import style
from compare.wording import messages
from compare.wording.messages import Several, Text, md, say


def read(regions: list[str] = (), lang: str = "zh") -> View:
    """The targets of some places (empty: all)."""
    return _read(lang, regions)


def _agencies(rows: list[dict]) -> tuple[Counter, Counter]:
    """Targets that each agency leads, and that it is otherwise named for."""
    lead = Counter(a for r in rows for a in dict.fromkeys(r["lead_agencies"]))
    support = Counter(a for r in rows for a in dict.fromkeys(r["support_agencies"]))
    return lead, support


def opening(view: View) -> Text:
    """How many targets have somebody who answers for them."""
    lang, rows = view.lang, target_lists.first_mentions(view.targets)
    lines = [f"# {md('accountability.title', lang)}", ""]
    if not rows:
        return Text("\n".join([*lines, md("common.no_targets", lang)]))
    lead, named = sum(bool(r["lead_agencies"]) for r in rows), _named(rows)
    lines.append(f"- {md('accountability.count', lang, n=len(rows), lead=lead, named=named)}")
    for place in view.places:
        own = [r for r in rows if r["region_id"] == place.id]
        if len(view.places) > 12:
            break
        if not own:
            key = "none_set" if place.collected else "no_plan"
            lines.append(f"- {md(f'accountability.{key}', lang, place=place.name)}")
            continue
        counted, _ = _agencies(own)
        top = counted.most_common(1)
        key = "place" if top else "place_none"
        lines.append(
            "- "
            + md(
                f"accountability.{key}",
                lang,
                place=place.name,
                n=len(own),
                lead=sum(bool(r["lead_agencies"]) for r in own),
                named=_named(own),
                agency=top[0][0] if top else "",
                most=top[0][1] if top else 0,
            )
        )
    return Text("\n".join(lines))


def _named(rows: list[dict]) -> int:
    return sum(bool(r["lead_agencies"] or r["support_agencies"]) for r in rows)


def _parts(lang: str) -> list[charts.Part]:
    return [
        charts.Part("lead", say("accountability.lead", lang), style.SHADES["firm"]),
        charts.Part(
            "support", say("accountability.support", lang), style.SHADES["strive"], ink=style.INK
        ),
        charts.Part(
            "nobody", say("accountability.nobody", lang), style.SHADES["no_target"], ink=style.SOFT
        ),
    ]


def chart(view: View):
    """Each place: targets with a lead, with other agencies only, with nobody."""
    lang, rows = view.lang, target_lists.first_mentions(view.targets)
    if not rows:
        return Text("")
    bars = []
    for place in view.places:
        own = [r for r in rows if r["region_id"] == place.id]
        lead = sum(bool(r["lead_agencies"]) for r in own)
        named = _named(own)
        counts = {"lead": lead, "support": named - lead, "nobody": len(own) - named}
        note = say("common.draft", lang) if place.draft else ""
        words = (
            say("common.targets", lang, n=len(own))
            if own
            else target_words.open_words("no_target" if place.collected else "no_data", None, lang)
        )
        bars.append(charts.Bar(place.name, counts, words, note))
    lead, named = sum(bool(r["lead_agencies"]) for r in rows), _named(rows)
    return charts.bars(
        bars,
        _parts(lang),
        "accountability",
        say("accountability.chart", lang, n=len(rows), lead=lead, nobody=len(rows) - named),
        lang=lang,
        subtitle=say("accountability.subtitle", lang),
        caption=say("accountability.caption", lang, n=len(rows)),
        source=target_words.source_line(view),
    )


def _no_agency(rows: list[dict], lang: str) -> str:
    key = "accountability.no_agency" if rows else "common.no_targets"
    return md(key, lang, n=len(rows))


def bars(rows: list[dict], view: View, name: str, most: int = 20):
    """Agencies by the number of targets they lead; a sentence where none is named."""
    lang = view.lang
    lead, support = _agencies(rows)
    order = sorted({*lead, *support}, key=lambda a: (-lead[a], -support[a], a))
    if not order:
        return Text(_no_agency(rows, lang))
    shown = [charts.Bar(a, {"lead": lead[a], "support": support[a]}) for a in order[:most]]
    top = order[0]
    key = "agencies" if lead else "agencies_named"
    return charts.bars(
        shown,
        _parts(lang)[:2],
        name,
        say(f"accountability.{key}", lang, agency=top, n=lead[top] or support[top]),
        lang=lang,
        share=False,
        subtitle=say("accountability.agencies_subtitle", lang, n=len(shown), all=len(order)),
        caption=say("accountability.agencies_caption", lang, n=_named(rows), all=len(rows)),
        source=target_words.source_line(view),
    )


def agencies(view: View) -> Several:
    """The agencies of each place; with many places only the numbers."""
    lang = view.lang
    out = Several([Text(f"## {md('accountability.agencies_title', lang)}")])
    rows = target_lists.first_mentions(view.targets)
    if len(view.places) > 8:
        out.append(bars(rows, view, "accountability-agencies"))
        return out
    for place in view.places:
        own = [r for r in rows if r["region_id"] == place.id]
        if own:
            out.append(Text(f"### {messages.escape(place.name)}"))
            out.append(bars(own, view, f"accountability-{place.id}", 12))
    return out


def table(view: View) -> Several:
    """Every agency: how many targets it leads, in which sectors."""
    lang, found = view.lang, []
    rows = target_lists.first_mentions(view.targets)
    for place in view.places:
        own = [r for r in rows if r["region_id"] == place.id]
        lead, support = _agencies(own)
        for agency in sorted({*lead, *support}, key=lambda a: (-lead[a], -support[a], a)):
            led = [
                r for r in own if agency in r["lead_agencies"] or agency in r["support_agencies"]
            ]
            sectors = [s for s in target_lists.SECTORS if any(r["sector"] == s for r in led)]
            found.append(
                [
                    target_words.place_cell(place, lang),
                    Cell(agency),
                    Cell(str(lead[agency] or "—")),
                    Cell(str(support[agency] or "—")),
                    Cell(messages.join([target_lists.sector_name(s, lang) for s in sectors], lang)),
                    Cell("", links=tuple(target_lists.numbered(led))),
                ]
            )
    columns = [say("table.place", lang), say("table.agency", lang)]
    columns += [">" + say(f"accountability.{k}", lang) for k in ("lead", "support")]
    columns += [say("table.sectors", lang), say("table.evidence", lang)]
    empty = _no_agency(rows, lang)
    caption = say("accountability.table", lang, n=len(found))
    shown = Table("accountability", columns, found, caption, lang, empty)
    return Several([Text(f"## {md('accountability.table_title', lang)}"), shown])


def nobody(view: View) -> Several:
    """The targets for which the plan names nobody."""
    lang = view.lang
    rows = [
        r
        for r in target_lists.first_mentions(view.targets)
        if not r["lead_agencies"] and not r["support_agencies"]
    ]
    head = Text(f"## {md('accountability.nobody_title', lang)}")
    if len(rows) > 80:
        return Several([head, Text(md("accountability.nobody_many", lang, n=len(rows)))])
    columns = ("place", "sector", "words", "value", "horizon", "evidence")
    caption = say("accountability.nobody_table", lang, n=len(rows))
    empty = md("accountability.nobody_none" if view.targets else "common.no_targets", lang)
    return Several(
        [head, target_lists.table(rows, view, "accountability-nobody", caption, columns, empty)]
    )


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view)
