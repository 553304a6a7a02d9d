"""Who answers: which agency leads how many targets, and where nobody is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from compare import charts
from compare.analysis import target_lists
from compare.analysis.chart_parts import bars_of_targets, source_line
from compare.analysis.notebook_output import (
    Cell,
    Several,
    Table,
    Text,
    as_text,
    column_heads,
    heading,
    title_lines,
)
from compare.analysis.selection import View, of_place
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.analysis.target_words import place_cell
from compare.charts import style
from compare.display.lists import join_words
from compare.display.messages import escape, markdown, message
from compare.schema.records import Target


def read(regions: Sequence[str] = (), lang: str = "zh") -> View:
    """The targets of some places (empty: all)."""
    return _read(lang, regions)


def _agencies(rows: Sequence[Target]) -> tuple[Counter[str], Counter[str]]:
    """Targets that each agency leads, and that it is otherwise named for."""
    lead = Counter(a for r in rows for a in dict.fromkeys(r.lead_agencies or ()))
    support = Counter(a for r in rows for a in dict.fromkeys(r.support_agencies or ()))
    return lead, support


def _by_targets(lead: Counter[str], support: Counter[str]) -> list[str]:
    """Agencies, those with most targets first."""
    return sorted({*lead, *support}, key=lambda a: (-lead[a], -support[a], a))


def _count_led(rows: Sequence[Target]) -> int:
    """Targets with an agency that leads."""
    return sum(bool(r.lead_agencies) for r in rows)


def _count_named(rows: Sequence[Target]) -> int:
    """Targets with any agency."""
    return sum(bool(r.lead_agencies or r.support_agencies) for r in rows)


def opening(view: View) -> Text:
    """How many targets have somebody who answers for them."""
    lang, rows = view.lang, target_lists.first_mentions(view.targets)
    lines = title_lines("accountability.title", lang)
    if not rows:
        return as_text([*lines, markdown("common.no_targets", lang)])
    lead, named = _count_led(rows), _count_named(rows)
    count = markdown("accountability.count", lang, n=len(rows), lead=lead, named=named)
    lines.append(f"- {count}")
    for place in view.places if len(view.places) <= 12 else ():
        own = of_place(rows, place.id)
        if not own:
            key = "none_set" if place.collected else "no_plan"
            lines.append(f"- {markdown(f'accountability.{key}', lang, place=place.name)}")
            continue
        top = _agencies(own)[0].most_common(1)
        agency, most = top[0] if top else ("", 0)
        line = markdown(
            f"accountability.{'place' if top else 'place_none'}",
            lang,
            place=place.name,
            n=len(own),
            lead=_count_led(own),
            named=_count_named(own),
            agency=agency,
            most=most,
        )
        lines.append(f"- {line}")
    return as_text(lines)


_LOOKS = {
    "lead": (style.SHADES["firm"], "#ffffff"),
    "support": (style.SHADES["strive"], style.INK),
    "nobody": (style.SHADES["no_target"], style.SOFT),
}


def _parts(lang: str, *keys: str) -> list[charts.Part]:
    """Targets with a lead, with other agencies only, with nobody, as parts of a bar."""
    return [
        charts.Part(k, message(f"accountability.{k}", lang), _LOOKS[k][0], ink=_LOOKS[k][1])
        for k in keys
    ]


def _divide(rows: Sequence[Target]) -> dict[str, int]:
    """How many targets have a lead, other agencies only, nobody."""
    lead, named = _count_led(rows), _count_named(rows)
    return {"lead": lead, "support": named - lead, "nobody": len(rows) - named}


def chart(view: View) -> charts.Chart | Text:
    """Each place: targets with a lead, with other agencies only, with nobody."""
    lang, rows = view.lang, target_lists.first_mentions(view.targets)
    if not rows:
        return Text("")
    total = _divide(rows)
    return charts.bars(
        bars_of_targets(view, rows, _divide),
        _parts(lang, *_LOOKS),
        "accountability",
        message(
            "accountability.chart", lang, n=len(rows), lead=total["lead"], nobody=total["nobody"]
        ),
        lang=lang,
        subtitle=message("accountability.subtitle", lang),
        caption=message("accountability.caption", lang, n=len(rows)),
        source=source_line(view),
    )


def _no_agency(rows: Sequence[Target], lang: str) -> str:
    key = "accountability.no_agency" if rows else "common.no_targets"
    return markdown(key, lang, n=len(rows))


def agency_chart(
    rows: Sequence[Target], view: View, name: str, most: int = 20
) -> charts.Chart | Text:
    """Agencies by the number of targets they lead; a sentence where none is named."""
    lang = view.lang
    lead, support = _agencies(rows)
    order = _by_targets(lead, support)
    if not order:
        return Text(_no_agency(rows, lang))
    shown = [charts.Bar(a, {"lead": lead[a], "support": support[a]}) for a in order[:most]]
    top = order[0]
    key = "agencies" if lead else "agencies_named"
    return charts.bars(
        shown,
        _parts(lang, "lead", "support"),
        name,
        message(f"accountability.{key}", lang, agency=top, n=lead[top] or support[top]),
        lang=lang,
        share=False,
        subtitle=message("accountability.agencies_subtitle", lang, n=len(shown), all=len(order)),
        caption=message(
            "accountability.agencies_caption", lang, n=_count_named(rows), all=len(rows)
        ),
        source=source_line(view),
    )


def agencies(view: View) -> Several:
    """The agencies of each place; with many places only the numbers."""
    out = Several([heading("accountability.agencies_title", view.lang)])
    rows = target_lists.first_mentions(view.targets)
    if len(view.places) > 8:
        out.append(agency_chart(rows, view, "accountability-agencies"))
        return out
    for place in view.places:
        own = of_place(rows, place.id)
        if own:
            out.append(Text(f"### {escape(place.name)}"))
            out.append(agency_chart(own, view, f"accountability-{place.id}", 12))
    return out


def table(view: View) -> Several:
    """Every agency: how many targets it leads, in which sectors."""
    lang, made = view.lang, []
    rows = target_lists.first_mentions(view.targets)
    for place in view.places:
        own = of_place(rows, place.id)
        lead, support = _agencies(own)
        for agency in _by_targets(lead, support):
            named = [
                r
                for r in own
                if agency in (r.lead_agencies or ()) or agency in (r.support_agencies or ())
            ]
            sectors = [target_lists.sector_name(s, lang) for s in target_lists.sectors_of(named)]
            made.append(
                [
                    place_cell(place, lang),
                    Cell(agency),
                    Cell(str(lead[agency] or "—")),
                    Cell(str(support[agency] or "—")),
                    Cell(join_words(sectors, lang)),
                    Cell("", links=tuple(target_lists.numbered_evidence(named))),
                ]
            )
    columns = column_heads(("place", "agency"), lang)
    columns += [">" + message(f"accountability.{k}", lang) for k in ("lead", "support")]
    columns += column_heads(("sectors", "evidence"), lang)
    caption = message("accountability.table", lang, n=len(made))
    shown = Table("accountability", columns, made, caption, lang, _no_agency(rows, lang))
    return Several([heading("accountability.table_title", lang), shown])


def nobody(view: View) -> Several:
    """The targets for which the plan names nobody."""
    lang = view.lang
    rows = [r for r in target_lists.first_mentions(view.targets) if not _count_named([r])]
    head = heading("accountability.nobody_title", lang)
    if len(rows) > 80:
        return Several([head, Text(markdown("accountability.nobody_many", lang, n=len(rows)))])
    columns = ("place", "sector", "words", "value", "horizon", "evidence")
    caption = message("accountability.nobody_table", lang, n=len(rows))
    empty = markdown("accountability.nobody_none" if view.targets else "common.no_targets", lang)
    name = "accountability-nobody"
    shown = target_lists.target_table(rows, view, name, caption, columns, empty)
    return Several([head, shown])


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view)
