"""All places, all indicators: who commits to what?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from compare import charts
from compare.analysis import target_lists
from compare.analysis.chart_parts import (
    flag_note,
    part_name,
    place_bar,
    place_columns,
    source_line,
    status_keys,
    status_parts,
)
from compare.analysis.notebook_output import (
    Cell,
    Several,
    Table,
    Text,
    as_text,
    column_heads,
    evidence_cell,
    heading,
    status_cell,
    title_lines,
)
from compare.analysis.selection import SILENT, STATUSES, View, of_place
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.analysis.target_words import not_collected, place_cell, scale_of, target_cell
from compare.charts import style
from compare.display.lists import full_width_brackets, join_first
from compare.display.messages import markdown, message
from compare.display.numbers import Scale
from compare.display.values import standard_with_bound
from compare.schema.records import Comparison
from compare.vocabulary import variants

_TARGET, _STRIVE = "#cfe3ee", "#e9f2f7"

ByPlaceAndIndicator = Mapping[tuple[str, str], Comparison]


def read(regions: Sequence[str] = (), years: Sequence[int] = (), lang: str = "zh") -> View:
    """All indicators of some places (empty: all)."""
    return _read(lang, regions, [], years)


def firmest_rows(view: View) -> ByPlaceAndIndicator:
    """One comparison for each place and indicator: what the place says most firmly.

    A target goes before words without a figure and these before silence; among targets the
    earliest horizon, then the usual variant.
    """
    found: dict[tuple[str, str], list[Comparison]] = defaultdict(list)
    for row in view.comparisons:
        found[row.region_id, row.indicator].append(row)
    return {key: min(rows, key=_firmest_first) for key, rows in found.items()}


def _firmest_first(row: Comparison) -> tuple[object, ...]:
    return (
        STATUSES.index(row.status),
        row.value_std is None,
        row.target_year,
        variants.order(row.indicator, row.variant),
    )


def answered_indicators(view: View) -> list[str]:
    """Indicators of which at least one place says something, in the order of their table."""
    answered = {c.indicator for c in view.comparisons if c.status not in SILENT}
    return [i for i in view.indicators if i in answered]


# ------------------------------------------------------------------ opening
def opening(view: View) -> Text:
    """How many targets, on how many indicators; what most set, and what only one sets."""
    lang = view.lang
    lines = title_lines("overview.title", lang)
    rows, indicators = target_lists.first_mentions(view.targets), answered_indicators(view)
    if not rows:
        return as_text([*lines, markdown("common.no_targets", lang)])
    count = markdown(
        "overview.count",
        lang,
        n=len(rows),
        places=sum(p.collected for p in view.places),
        indicators=len(indicators),
        parts=target_lists.firmness_words(target_lists.count_firmness(rows), lang),
    )
    said = [count, *_most_set(view, indicators), not_collected(view)]
    return as_text([*lines, *(f"- {line}" for line in said if line)])


def _most_set(view: View, indicators: Sequence[str]) -> list[str]:
    """The indicators that all or most places set, and how many only one sets."""
    lang, setters = view.lang, _setters(view)
    plans = sum(p.collected for p in view.places)
    if plans < 2:
        return []
    everyone = [view.name(i) for i in indicators if len(setters[i]) == plans]
    if everyone:
        names = join_first(everyone, lang, 8)
        out = [markdown("overview.everyone", lang, n=len(everyone), names=names)]
    else:
        most = max((len(v) for v in setters.values()), default=0)
        top = [view.name(i) for i in indicators if len(setters[i]) == most]
        names = join_first(top, lang, 6)
        out = [markdown("overview.most", lang, n=most, all=plans, names=names)]
    single = [i for i in indicators if len(setters[i]) == 1]
    if single:
        out.append(markdown("overview.single", lang, n=len(single), all=len(indicators)))
    return out


def _setters(view: View) -> dict[str, set[str]]:
    """Places with a target, by indicator."""
    out: dict[str, set[str]] = defaultdict(set)
    for row in view.comparisons:
        if row.status == "target":
            out[row.indicator].add(row.region_id)
    return out


# ------------------------------------------------------------------ charts
def chart(view: View) -> charts.Chart | Text:
    """How much each place says: indicators by what kind of answer it gives."""
    lang, indicators, rows = view.lang, answered_indicators(view), firmest_rows(view)
    if not indicators or not view.places:
        return Text("")
    parts = [charts.Part("target", message("status.target", lang), style.SHADES["target"])]
    parts += status_parts(lang, *STATUSES[1:])
    bars = []
    for place in view.places:
        found = Counter(rows[place.id, i].status for i in indicators if (place.id, i) in rows)
        bars.append(place_bar(place, dict(found), "", lang))
    bars.sort(key=lambda b: (-b.counts.get("target", 0), b.counts.get("no_data", 0)))
    top, n = bars[0], len(indicators)
    count = top.counts.get("target", 0)
    behind = len(target_lists.first_mentions(view.targets))
    return charts.bars(
        bars,
        parts,
        "overview-coverage",
        message("overview.chart", lang, place=top.label, n=count, all=n),
        lang=lang,
        subtitle=message("overview.chart_subtitle", lang, n=n),
        caption=message("overview.chart_caption", lang, n=behind),
        source=source_line(view),
    )


def matrices(view: View) -> Several:
    """Places by indicators, one chart a sector."""
    lang, rows = view.lang, firmest_rows(view)
    by_sector: dict[str, list[str]] = defaultdict(list)
    for indicator in answered_indicators(view):
        by_sector[view.indicators[indicator].sector].append(indicator)
    shown: list[charts.Chart | Text] = []
    for sector in target_lists.SECTORS:
        if by_sector.get(sector):
            shown += _matrix(view, sector, by_sector[sector], rows)
    shown = shown or [Text(markdown("overview.no_matrix", lang))]
    return Several([heading("overview.matrices_title", lang), *shown])


def _matrix(
    view: View, sector: str, indicators: Sequence[str], rows: ByPlaceAndIndicator
) -> list[charts.Chart]:
    lang = view.lang
    fields: dict[tuple[int, int], charts.MatrixField] = {}
    shown: list[Comparison] = []
    for n, indicator in enumerate(indicators):
        found = _of_places(view, indicator, rows)
        scale = scale_of(list(found.values()), lang)
        for m, place in enumerate(view.places):
            if place.id in found:
                fields[n, m] = _field(found[place.id], view, scale)
        shown += found.values()
    targets = [c for c in shown if c.status == "target"]
    key = [
        (charts.swatch(_TARGET), message("status.target", lang)),
        (charts.swatch(_STRIVE), message("chart_key.strive_field", lang)),
    ]
    counts = Counter(c.indicator for c in targets)
    most = max(indicators, key=lambda i: counts[i])
    title = message(
        "overview.matrix",
        lang,
        sector=target_lists.sector_name(sector, lang),
        name=view.name(most),
        n=counts[most],
    )
    caption = message("overview.matrix_caption", lang, n=len(targets), indicators=len(indicators))
    return charts.matrices(
        [(view.name(i), "") for i in indicators],
        place_columns(view),
        fields,
        f"overview-{sector}",
        title,
        lang=lang,
        part=part_name(lang),
        subtitle=message("overview.matrix_subtitle", lang),
        key=(*key, *status_keys({c.status for c in shown}, lang)),
        caption=caption + flag_note(shown, lang),
        source=source_line(view),
    )


def _of_places(view: View, indicator: str, rows: ByPlaceAndIndicator) -> dict[str, Comparison]:
    """The rows of one indicator by place, in the order of the places."""
    return {p.id: rows[p.id, indicator] for p in view.places if (p.id, indicator) in rows}


def _field(row: Comparison, view: View, scale: Scale) -> charts.MatrixField:
    lang = view.lang
    other = view.target(row.other_target_id)
    if row.status == "part" and other and other.value_std is not None:
        sample = charts.status_field(row.status)
        shown = (
            f"{sample.sign} {standard_with_bound(other, lang, scale)} '{row.target_year % 100:02d}"
        )
        return replace(sample, text=shown)
    if row.status != "target":
        short = message(f"short.{row.status}", lang)
        return charts.status_field(row.status, row.direction, short)
    year = f" '{row.target_year % 100:02d}"
    if row.value_std is None:
        shown = row.value_text or "●"
    elif row.kind == "verbal":
        shown = message("short.all" if row.value_std else "short.none", lang)
    else:
        shown = standard_with_bound(row, lang, scale)
        if row.measure == "change":
            shown = {"down": "↓", "up": "↑"}.get(row.direction or "", "") + shown
        if row.unit_std == "year":
            year = ""
    if row.flags:
        year = f"†{year}"
    fill = _STRIVE if row.effort == "strive" else _TARGET
    return charts.MatrixField(fill, shown + year, "●")


# ------------------------------------------------------------------ tables
def table(view: View) -> Several:
    """The same as a table that leads to the sentences; with many places, the numbers only."""
    lang, rows, indicators = view.lang, firmest_rows(view), answered_indicators(view)
    title = heading("overview.table_title", lang)
    if len(view.places) > 8:
        return Several([title, _numbers(view, rows, indicators)])
    columns = [*column_heads(("indicator",), lang), *(p.name for p in view.places)]
    made = []
    for indicator in indicators:
        sector = target_lists.sector_name(view.indicators[indicator].sector, lang)
        found = _of_places(view, indicator, rows)
        scale = scale_of(list(found.values()), lang)
        cells = [
            _link(found[p.id], view, scale) if p.id in found else Cell("") for p in view.places
        ]
        made.append([Cell(view.name(indicator), sector), *cells])
    caption = message("overview.table", lang, n=len(made))
    shown = Table("overview", columns, made, caption, lang, markdown("overview.no_matrix", lang))
    return Several([title, shown])


def _link(row: Comparison, view: View, scale: Scale) -> Cell:
    cell = target_cell(row, view, scale)
    if row.status == "part" and (other := view.target(row.other_target_id)):
        link = evidence_cell(other, view.lang)
        return Cell(cell.text, str(row.target_year), link.href, link.title, tone=cell.tone)
    if row.status == "no_target" or row.target_id is None:
        return Cell(cell.text, tone=cell.tone)
    small = [str(row.target_year)]
    usual = variants.order(row.indicator, row.variant)[0] == 0
    if not usual:
        small.append(variants.name(row.indicator, row.variant, view.lang))
    link = evidence_cell(row, view.lang)
    return Cell(cell.text, " · ".join(small), link.href, link.title)


def _numbers(view: View, rows: ByPlaceAndIndicator, indicators: Sequence[str]) -> Table:
    lang, made = view.lang, []
    for indicator in indicators:
        found = Counter(c.status for c in _of_places(view, indicator, rows).values())
        made.append([Cell(view.name(indicator)), *(Cell(str(found[s] or "")) for s in STATUSES)])
    columns = column_heads(("indicator",), lang)
    columns += [">" + message(f"status.{s}", lang) for s in STATUSES]
    return Table(
        "overview", columns, made, message("overview.numbers", lang, n=len(view.places)), lang
    )


def places(view: View) -> Table:
    """Each place: its plan, its targets, how firmly they speak."""
    lang, made = view.lang, []
    for place in view.places:
        own = target_lists.first_mentions(of_place(view.targets, place.id))
        found = target_lists.count_firmness(own)
        document = view.document_of(place.id)
        if document:
            title = Cell(full_width_brackets(document.document_title))
            date = Cell(str(document.document_date or ""))
        else:
            title, date = status_cell("no_data", message("status.no_data", lang)), Cell("")
        counts = (len(own), *(found[k] for k in target_lists.FIRMNESS))
        made.append([place_cell(place, lang), title, date, *(Cell(str(n)) for n in counts)])
    numbers = ("targets", *target_lists.FIRMNESS)
    columns = column_heads(("place", "document", "date", *numbers), lang, numbers)
    return Table("overview-places", columns, made, message("overview.places", lang), lang)


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view)
