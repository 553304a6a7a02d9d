"""From nation to province, prefecture and county: is the lower level stricter, equal, looser, or silent?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from compare import charts
from compare.analysis import target_lists
from compare.analysis.chart_parts import (
    STANCE_SIGN,
    flag_note,
    source_line,
    stance_parts,
    status_keys,
    status_parts,
)
from compare.analysis.levels_above import (
    LEVELS,
    benchmark_above,
    chain,
    gap_short,
    same_figure,
    stance,
    superior_name,
    unseen_note,
)
from compare.analysis.national_targets import targets_above
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
from compare.analysis.selection import SILENT, STATUSES, ShownPlace, View, of_place
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.analysis.target_words import place_cell, target_cell
from compare.charts import style
from compare.comparison.bounds import figure
from compare.comparison.gaps import gap_to, of_level
from compare.display.lists import join_first, join_sentences, join_words
from compare.display.messages import escape, markdown, message
from compare.display.values import benchmark_amount, standard_with_bound
from compare.schema.records import Benchmark, Comparison

_PLACES = 12
"""Places that have a line of their own in words."""
_KINDS = (
    "stricter",
    "equal",
    "looser",
    "size",
    "different",
    "part",
    "directional",
    "deferred",
    "no_target",
)


def read(regions: Sequence[str] = (), years: Sequence[int] = (), lang: str = "zh") -> View:
    """One row for each place, indicator and horizon, of some places (empty: all)."""
    return _read(lang, regions, [], years, one_each=True)


def relation(row: Comparison, level: str) -> str | None:
    """``stricter``, ``equal``, ``looser``, ``size``, ``different``, or a kind of nothing; None
    where the level above has no target."""
    above = benchmark_above(row, level)
    if above.amount is None:
        return None
    if row.status != "target":
        return row.status
    if above.stance and not row.flags:
        return above.stance
    return "size" if row.gap_unit == "ratio" else "different"


def opening(view: View) -> Text:
    """For each place, how it stands to its province and to the nation."""
    lang = view.lang
    lines = title_lines("alignment.title", lang)
    lines += [markdown("alignment.meaning", lang), ""]
    if not targets_above(view, LEVELS):
        return as_text([*lines, markdown("alignment.none", lang)])
    for place in view.places[:_PLACES]:
        if not place.collected:
            lines.append(f"- {markdown('ambition.no_plan', lang, place=place.name)}")
            continue
        own = of_place(view.comparisons, place.id)
        parts = [_level_words(own, place, level, lang) for level in place.superiors]
        parts = [p for p in parts if p]
        shown = escape(join_sentences(parts, lang))
        lines.append(f"- **{escape(place.name)}** {shown}")
    return as_text([*lines, *target_lists.more_places(view, _PLACES)])


def _level_words(own: Sequence[Comparison], place: ShownPlace, level: str, lang: str) -> str:
    """How a place stands to one level above it, in a sentence."""
    found = Counter(kind for c in own if (kind := relation(c, level)))
    name = superior_name(place.superiors[level], lang)
    if not found:
        return message("alignment.no_province", lang, name=name)
    kinds = [message(f"alignment.{k}", lang, n=found[k]) for k in _KINDS if found[k]]
    who = message("common.the_nation", lang) if level == "nation" else name
    n = sum(found.values())
    return message("alignment.beside", lang, who=who, n=n, kinds=join_words(kinds, lang))


def chart(view: View) -> charts.Chart | Text:
    """Places by indicators: each beside the nation and beside its province."""
    lang, spots = view.lang, targets_above(view, LEVELS)
    if not spots or all(c.status in SILENT for c in view.comparisons):
        return Text(markdown("ambition.silent_all", lang) if spots else "")
    if len(view.places) > 12:
        return _bars(view)
    rows = [
        (f"{view.name(i)} {y}", target_lists.sector_name(view.indicators[i].sector, lang))
        for i, y in spots
    ]
    columns: list[tuple[str, str]] = []
    over: list[tuple[str, int]] = []
    drawn: dict[tuple[int, int], charts.MatrixField] = {}
    seen: list[str] = []
    for place in view.places:
        over.append((place.name, len(place.superiors)))
        for level, name in place.superiors.items():
            nation = message("common.nation", lang)
            columns.append((nation if level == "nation" else superior_name(name, lang), ""))
            for n, (indicator, year) in enumerate(spots):
                row = view.comparison_at.get((place.id, indicator, year))
                kind = relation(row, level) if row else None
                if row and kind:
                    drawn[n, len(columns) - 1] = _field(row, kind)
                    seen.append(kind)
    key = [
        (
            charts.field_sample(
                charts.MatrixField(style.STANCES.get(k, "#eef1f4"), "", STANCE_SIGN.get(k, "○"))
            ),
            message(f"alignment.key_{k}", lang),
        )
        for k in ("stricter", "equal", "looser", "size", "different")
        if k in seen
    ]
    return charts.matrix(
        rows,
        columns,
        drawn,
        "alignment",
        _title(Counter(seen), lang),
        lang=lang,
        over=over,
        subtitle=message("alignment.subtitle", lang),
        key=(*key, *status_keys(seen, lang)),
        caption=message("alignment.caption", lang, n=len(seen), rows=len(spots))
        + flag_note(view.comparisons, lang),
        source=source_line(view),
    )


def _title(found: Counter[str], lang: str) -> str:
    counts = {k: found[k] for k in ("stricter", "equal", "looser")}
    return message("alignment.chart", lang, **counts)


def _bars(view: View) -> charts.Chart:
    """With many places: how many targets of the levels above each is stricter on, and so on."""
    lang = view.lang
    names = {k: message(f"alignment.key_{k}", lang) for k in ("stricter", "equal", "looser")}
    names["neither"] = message("ambition.key_size", lang)
    parts = stance_parts(names)
    parts += status_parts(lang, "part", "deferred", "directional", "no_target", "no_data")
    rows: list[charts.Bar] = []
    total: Counter[str] = Counter()
    for level in LEVELS:
        for place in view.places:
            own = of_place(view.comparisons, place.id)
            kinds = [k for c in own if (k := relation(c, level))]
            found = Counter("neither" if k in ("size", "different") else k for k in kinds)
            if found:
                total += found
                group = message(f"alignment.beside_{level}", lang)
                count = str(sum(found.values()))
                rows.append(charts.Bar(place.name, dict(found), count, "", group))
    return charts.bars(
        rows,
        parts,
        "alignment",
        _title(total, lang),
        lang=lang,
        share=False,
        subtitle=message("alignment.bars_subtitle", lang),
        caption=message("alignment.bars_caption", lang, n=sum(total.values())),
        source=source_line(view),
    )


def _field(row: Comparison, kind: str) -> charts.MatrixField:
    if kind in STATUSES:
        return charts.status_field(kind, row.direction)
    ink = style.INK if kind in STANCE_SIGN else style.SOFT
    sign = STANCE_SIGN.get(kind, "○") + ("†" if row.flags else "")
    return charts.MatrixField(style.STANCES.get(kind, "#eef1f4"), "", sign, ink)


def table(view: View) -> Table:
    """The chain: the nation's figure, the province's, the place's, and how they stand."""
    lang, made = view.lang, []
    shown = [x for x in LEVELS if any(x in p.superiors for p in view.places)]
    for indicator, year in targets_above(view, LEVELS):
        for place in view.places:
            row = view.comparison_at.get((place.id, indicator, year))
            if row is None or row.status in SILENT:
                continue
            made.append(
                [
                    Cell(view.name(indicator), str(year)),
                    place_cell(place, lang),
                    target_cell(row, view),
                    *(_level_cell(row, level, view) for level in shown),
                    evidence_cell(row, lang),
                ]
            )
    names = ("indicator", "place", "target", *(f"to_{level}" for level in shown), "evidence")
    caption = message("alignment.table", lang, n=len(made))
    empty = markdown("alignment.none", lang)
    return Table("alignment", column_heads(names, lang), made, caption, lang, empty)


def _level_cell(row: Comparison, level: str, view: View) -> Cell:
    """The figure of the level above, and below it how the place stands to it."""
    lang, above = view.lang, benchmark_above(row, level)
    if level not in chain(row):
        return Cell("")
    if above.amount is None:
        key = "above_deferred" if above.kind == "deferred" else "unknown"
        return Cell(message(f"alignment.{key}", lang), tone="soft")
    kind, notes = relation(row, level), []
    if same_figure(above):
        notes.append(message("alignment.same_figure", lang))
    if kind in STANCE_SIGN and kind != "equal":
        notes.append(message(f"stance.{stance(row, level)}", lang))
    elif kind not in STATUSES:
        notes.append(message(f"alignment.key_{kind}", lang))
    notes.append(gap_short(row, level, lang))
    if kind == "different" or above.comparability == "close":
        notes.append(above.why(lang))
    notes.append(unseen_note(above, lang))
    further = view.benchmarks_by_id(above.other_ids)
    if others := [standard_with_bound(benchmark_amount(b), lang) for b in further]:
        notes.append(
            message("alignment.also_stated", lang, what=join_words(dict.fromkeys(others), lang))
        )
    shown = standard_with_bound(above.amount, lang)
    return Cell(shown, " · ".join(n for n in notes if n))


def provinces(view: View) -> Several:
    """The provinces' own targets beside the nation's: the first step of the chain."""
    lang, made = view.lang, []
    names = {name for p in view.places for level, name in p.superiors.items() if level != "nation"}
    for b in view.benchmarks:
        if b.jurisdiction_zh not in names or b.value is None:
            continue
        if b.indicator not in view.indicators or (view.years and b.target_year not in view.years):
            continue
        unchecked = message("common.reported", lang) if b.checked == "reported" else ""
        unchecked = message("common.unchecked", lang) if b.checked == "no" else unchecked
        made.append(
            [
                Cell(view.name(b.indicator), str(b.target_year)),
                Cell(superior_name(b.jurisdiction_zh, lang)),
                Cell(standard_with_bound(benchmark_amount(b), lang), unchecked),
                _level_cell(_beside_nation(b, view), "nation", view),
            ]
        )
    if not made:
        return Several()
    columns = column_heads(("indicator", "place", "target", "to_nation"), lang)
    caption = message("alignment.provinces_table", lang, n=len(made))
    shown = Table("alignment-provinces", columns, made, caption, lang, "")
    return Several([heading("alignment.provinces_title", lang), shown])


def _beside_nation(province: Benchmark, view: View) -> Comparison:
    """A province's own target as a comparison with the nation's."""
    about = view.indicators[province.indicator]
    spot = province.indicator, province.target_year
    above = [b for b in view.benchmarks if (b.indicator, b.target_year) == spot]
    variant = province.variant or ""
    gap = gap_to(of_level(above, "nation"), variant, figure(province), about)
    nation, grade = gap.benchmark, gap.comparability
    return Comparison(
        region_id="",
        region_zh=province.jurisdiction_zh,
        region_en="",
        region_level=province.jurisdiction_level,
        superior="nation",
        sector=about.sector,
        indicator=province.indicator,
        variant=variant,
        target_year=province.target_year,
        status="target",
        mentions=1,
        comparator=province.comparator,
        value_std=province.value_std,
        unit_std=province.unit_std,
        measure=province.measure,
        gap_unit=gap.unit,
        gap_nation=gap.value,
        gap_nation_bound=gap.bound,
        nation_stance=gap.stance,
        nation_std=nation and nation.value_std,
        nation_unit=nation and nation.unit_std,
        nation_comparator=nation and nation.comparator,
        nation_checked=nation and nation.checked,
        nation_comparability=grade and grade.grade,
        nation_why_zh=grade and grade.zh,
        nation_why_en=grade and grade.en,
    )


def silent(view: View) -> Several:
    """Targets of the levels above that a place does not take up at all."""
    lang, lines = view.lang, []
    for place in view.places[:_PLACES]:
        names = [
            f"{view.name(c.indicator)} {c.target_year}"
            for c in of_place(view.comparisons, place.id)
            if c.status == "no_target" and any(relation(c, level) for level in LEVELS)
        ]
        if names:
            listed = join_first(names, lang, 40)
            line = markdown("alignment.silent", lang, place=place.name, n=len(names), list=listed)
            lines.append(f"- {line}")
    if not lines:
        return Several()
    title = heading("alignment.silent_title", lang).markdown
    return Several([as_text([title, "", *lines, *target_lists.more_places(view, _PLACES)])])


def sources(view: View) -> Text:
    """The closing list."""
    used = [c for c in view.comparisons if any(benchmark_above(c, x).kind for x in LEVELS)]
    return _sources(view, used)
