"""How ambitious, honestly: gaps to the nation, what is silent, how firmly, and what the choices do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from compare import charts
from compare.analysis import language, target_lists
from compare.analysis import robustness as robustness_analysis
from compare.analysis.chart_parts import (
    STANCE_SIGN,
    flag_note,
    part_name,
    place_bar,
    place_columns,
    source_line,
    stance_parts,
    status_keys,
    status_parts,
)
from compare.analysis.levels_above import benchmark_above, gap_short
from compare.analysis.national_targets import has_stance, no_place_answers, targets_above
from compare.analysis.notebook_output import Several, Text, as_text, heading, title_lines
from compare.analysis.selection import View, of_place
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.charts import style
from compare.display.lists import join_words
from compare.display.messages import markdown, message
from compare.display.values import standard_with_bound
from compare.schema.records import Comparison

_PLACES = 12
"""Places that have a line of their own in words."""
_STANCES = ("stricter", "equal", "looser")


def read(regions: Sequence[str] = (), years: Sequence[int] = (), lang: str = "zh") -> View:
    """One row for each place, indicator and horizon, of some places (empty: all)."""
    return _read(lang, regions, [], years, one_each=True)


def _own_rows(view: View, region_id: str, spots: Sequence[tuple[str, int]]) -> list[Comparison]:
    """The rows of a place on the indicators and horizons of the nation's targets."""
    chosen = set(spots)
    rows = of_place(view.comparisons, region_id)
    return [c for c in rows if (c.indicator, c.target_year) in chosen]


# ------------------------------------------------------------------ opening
def opening(view: View) -> Text:
    """What can be compared at all, and what comes out; no score."""
    lang, spots = view.lang, targets_above(view)
    lines = title_lines("ambition.title", lang)
    lines += [markdown("ambition.honest", lang), ""]
    if not spots or not view.places:
        return as_text([*lines, markdown("ambition.none", lang)])
    indicators = len({i for i, _ in spots})
    lines.append(f"- {markdown('ambition.count', lang, n=len(spots), indicators=indicators)}")
    for place in view.places[:_PLACES]:
        if not place.collected:
            lines.append(f"- {markdown('ambition.no_plan', lang, place=place.name)}")
            continue
        own = _own_rows(view, place.id, spots)
        found = Counter(c.nation_stance for c in own if has_stance(c))
        parts = [message(f"ambition.{k}", lang, n=found[k]) for k in _STANCES if found[k]]
        line = markdown(
            f"ambition.{'place' if found else 'place_none'}",
            lang,
            place=place.name,
            n=sum(found.values()),
            parts=join_words(parts, lang),
            silent=sum(c.status == "no_target" for c in own),
            all=len(spots),
        )
        lines.append(f"- {line}")
    return as_text([*lines, *target_lists.more_places(view, _PLACES)])


# ------------------------------------------------------------------ the matrix of gaps
def chart(view: View) -> Several | Text:
    """Places by national targets: the gap, or which kind of nothing."""
    lang, spots = view.lang, targets_above(view)
    if not spots or no_place_answers(view):
        return Text(markdown("ambition.silent_all", lang) if spots else "")
    fields: dict[tuple[int, int], charts.MatrixField] = {}
    seen: list[Comparison] = []
    for n, (indicator, year) in enumerate(spots):
        for m, place in enumerate(view.places):
            row = view.comparison_at.get((place.id, indicator, year))
            if row is not None:
                fields[n, m] = _field(row, lang)
                seen.append(row)
    ranked = [c for c in seen if has_stance(c)]
    kinds = Counter(c.nation_stance for c in ranked)
    key = [
        (charts.swatch(style.STANCES[k]), message(f"ambition.key_{k}", lang))
        for k in _STANCES
        if kinds[k]
    ]
    key.append((charts.swatch(style.STANCES["size"]), message("ambition.key_size", lang)))
    caption = message("ambition.caption", lang, n=len(ranked), rows=len(spots))
    if any(c.nation_checked in ("reported", "no") for c in seen):
        caption += message("ambition.caption_unchecked", lang)
    shown = charts.matrices(
        [_row_label(view, *spot) for spot in spots],
        place_columns(view),
        fields,
        "ambition",
        message("ambition.chart", lang, n=len(ranked), stricter=kinds["stricter"]),
        lang=lang,
        part=part_name(lang),
        subtitle=message("ambition.subtitle", lang),
        key=(*key, *status_keys({c.status for c in seen}, lang)),
        caption=caption + flag_note(seen, lang),
        source=source_line(view),
    )
    return Several(shown)


def _row_label(view: View, indicator: str, year: int) -> tuple[str, str]:
    """Label of a national target, ``非化石能源消费占比 2025：≈20%``, and its sector."""
    lang = view.lang
    spot = indicator, year
    held = (c for c in view.comparisons if (c.indicator, c.target_year) == spot)
    nation = next(a for c in held if (a := benchmark_above(c, "nation")).amount)
    assert nation.amount is not None
    value = standard_with_bound(nation.amount, lang) + ("" if nation.checked == "yes" else "*")
    colon = "：" if lang == "zh" else ": "
    sector = target_lists.sector_name(view.indicators[indicator].sector, lang)
    return f"{view.name(indicator)} {year}{colon}{value}", sector


def _field(row: Comparison, lang: str) -> charts.MatrixField:
    if row.status != "target":
        short = message(f"short.{row.status}", lang)
        return charts.status_field(row.status, row.direction, short)
    dagger = "†" if row.flags else ""
    plain, soft = style.STANCES["size"], style.SOFT
    if row.gap_nation is None:
        key = "other_variant" if row.nation_comparability == "different" else "no_gap"
        shown = message(f"ambition.{key}", lang) + dagger
        return charts.MatrixField(plain, shown, "○" + dagger, soft)
    shown = gap_short(row, "nation", lang).replace(message("common.pp", lang), "")
    if row.gap_unit == "ratio":
        shown = message("ambition.part", lang, x=shown) + dagger
        return charts.MatrixField(plain, shown, "●" + dagger, soft)
    if row.nation_stance is None or not has_stance(row):
        return charts.MatrixField(plain, shown + dagger, "○" + dagger, soft)
    sign = STANCE_SIGN[row.nation_stance]
    close = " ~" if row.nation_comparability == "close" else ""
    return charts.MatrixField(style.STANCES[row.nation_stance], f"{sign} {shown}{close}", sign)


# ------------------------------------------------------------------ coverage and firmness
def coverage(view: View) -> Several:
    """Of the nation's targets: how many each place takes up, and how."""
    lang, spots = view.lang, targets_above(view)
    head = heading("ambition.coverage_title", lang, "ambition.coverage")
    if not spots or no_place_answers(view):
        return Several([head, Text(markdown("ambition.none", lang))])
    names = {k: message(f"ambition.key_{k}", lang) for k in _STANCES}
    parts = stance_parts(names | {"neither": message("ambition.key_size", lang)})
    parts += status_parts(lang, "part", "deferred", "directional", "no_target", "no_data")
    bars = []
    for place in view.places:
        own = _own_rows(view, place.id, spots)
        bars.append(place_bar(place, dict(Counter(_answer(c) for c in own)), "", lang))

    def taken_up(bar: charts.Bar) -> int:
        return sum(bar.counts.get(k, 0) for k in (*_STANCES, "neither"))

    most = max(bars, key=taken_up)
    n = len(spots)
    shown = charts.bars(
        bars,
        parts,
        "ambition-coverage",
        message("ambition.coverage_chart", lang, place=most.label, n=taken_up(most), all=n),
        lang=lang,
        subtitle=message("ambition.coverage_subtitle", lang, n=n),
        caption=message("ambition.coverage_caption", lang),
        source=source_line(view),
    )
    return Several([head, shown])


def _answer(row: Comparison) -> str:
    """How a place takes up a national target: a stance, ``neither``, or a kind of nothing."""
    if row.status != "target":
        return row.status
    return row.nation_stance if row.nation_stance and has_stance(row) else "neither"


def firmness(view: View) -> Several:
    """How firmly each place speaks, over all its targets."""
    head = heading("ambition.firmness_title", view.lang, "language.meaning")
    return Several([head, language.chart(view)])


def robustness(view: View) -> Several:
    """The same figure under every combination of choices, and what stays true in all of them."""
    return robustness_analysis.robustness(view)


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view, [c for c in view.comparisons if c.nation_std is not None], ("nation",))
