"""One indicator, all places: who promises how much, and is it the same thing?"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache

from compare import charts
from compare.analysis.indicator_chart import indicator_chart
from compare.analysis.indicator_groups import (
    Group,
    groups,
    groups_with_figures,
    left_out_words,
    letter,
    nothing_words,
)
from compare.analysis.indicator_table import indicator_tables
from compare.analysis.levels_above import (
    LEVELS,
    STANCES,
    benchmark_above,
    benchmark_line,
    chain,
    gap_in_words,
    nearest_line,
    stance,
)
from compare.analysis.notebook_output import Several, Text, as_text, heading, title_lines
from compare.analysis.selection import STATUSES, View, of_place
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.analysis.target_words import (
    comparison_words,
    count_statuses,
    names_of,
    not_collected,
    place_names,
    scale_of,
)
from compare.base.workspace import vocabulary_file
from compare.display.code_words import flag_words
from compare.display.lists import join_clauses, join_words
from compare.display.messages import Raw, escape, markdown, message
from compare.display.values import standard_in_words
from compare.schema.records import Comparison
from compare.vocabulary import indicators, variants

_LISTED = 8
"""Places, and variants at a horizon, that are named in words at most."""


@cache
def _related() -> dict[str, list[str]]:
    return tomllib.loads(vocabulary_file("related.toml").read_text(encoding="utf-8"))["related"]


def read(
    indicator: str, regions: Sequence[str] = (), years: Sequence[int] = (), lang: str = "zh"
) -> View:
    """The rows of one indicator and of those that stand beside it.

    Raises
    ------
    CompareError
        Unknown indicator, place or language.
    """
    indicators.get(indicator)
    return _read(lang, regions, [indicator, *_related().get(indicator, [])], years)


# ------------------------------------------------------------------ opening
def opening(view: View) -> Text:
    """Title, the answer in a few sentences, the definition."""
    lang, indicator = view.lang, view.asked[0]
    lines = title_lines("indicator.title", lang, name=view.name(indicator))
    found = groups(view)
    if not view.places:
        return as_text([*lines, markdown("common.no_places", lang)])
    if not found:
        return as_text([*lines, *_nobody(view)])
    lines += [f"- {line}" for line in (*_answers(found, view), *_silent_places(found, view))]
    left = left_out_words(view, indicator)
    lines += [f"- {escape(left)}"] if left else []
    return as_text([*lines, "", _definition(view, indicator)])


def _definition(view: View, indicator: str) -> str:
    return markdown("indicator.definition", view.lang, text=view.definition(indicator))


def _nobody(view: View) -> list[str]:
    """That no place sets a target on the indicator."""
    lang, indicator = view.lang, view.asked[0]
    line = markdown(
        "indicator.nobody_years" if view.years else "indicator.nobody",
        lang,
        name=view.name(indicator),
        where=place_names(view.places, lang),
        years=join_words(view.years, lang),
    )
    missing = not_collected(view)
    return [line, "", *([missing] if missing else []), _definition(view, indicator)]


def _answers(found: Sequence[Group], view: View) -> list[str]:
    """Each variant at each horizon in a sentence or three; of several variants first how many."""
    lang = view.lang
    if len(found) == 1:
        return [_answer(found, found[0], year, view) for year in found[0].years]
    with_figure = [g for g in found if g.has_figures]
    setters = {c.region_id for g in with_figure for c in g.answers if c.value_std is not None}
    without = [p for p in view.places if p.id not in setters]
    rest = message("indicator.count_all", lang)
    if without:
        names = place_names(without, lang)
        rest = message("indicator.without", lang, n=len(without), names=names)
    out = []
    if len(with_figure) > 1:
        out.append(
            markdown(
                "indicator.count_several",
                lang,
                n=len(view.places),
                figures=len(setters),
                variants=len(with_figure),
                rest=rest,
            )
        )
    spots = [(g, year) for g in found for year in g.years]
    out += [_answer(found, g, year, view) for g, year in spots[:_LISTED]]
    more = len(spots) - _LISTED
    return out + ([markdown("indicator.of_variant_more", lang, n=more)] if more > 0 else [])


def _answer(found: Sequence[Group], group: Group, year: int, view: View) -> str:
    """What places say on one variant at one horizon, and how they stand to the nation."""
    lang, rows = view.lang, group.at(year)
    targets = [c for c in rows if c.status == "target"]
    counts = count_statuses(rows, lang)
    if len(found) == 1:
        parts = [
            markdown(
                "indicator.count", lang, n=len(rows), tally=counts, year=year, variant=group.name
            )
        ]
    else:
        called = letter(found, group)
        parts = [
            markdown("indicator.of_variant", lang, letter=called, year=year, variant=group.name)
        ]
    if targets:
        parts.append(_listed(group, targets, view))
    elif len(found) > 1:
        parts.append(markdown("indicator.of_variant_none", lang, tally=counts))
    parts += _beside_nation(group, rows, view)
    gap = " " if lang == "en" else ""
    return "".join(p if p.endswith(" ") else p + gap for p in parts).rstrip()


def _listed(group: Group, targets: Sequence[Comparison], view: View) -> str:
    """Places with their targets; of many only the first."""
    scale = scale_of(group.rows, view.lang)
    listed = [
        f"{escape(view.place[c.region_id].name)} **{escape(comparison_words(c, view, scale))}**"
        for c in targets[:_LISTED]
    ]
    rest = len(targets) - _LISTED
    key = "indicator.listed_some" if rest > 0 else "indicator.listed"
    return markdown(key, view.lang, list=Raw(join_clauses(listed, view.lang)), n=max(rest, 0))


def _beside_nation(group: Group, rows: Sequence[Comparison], view: View) -> list[str]:
    """The nation's own target, and which places are stricter; or that no level above has one."""
    lang, scale = view.lang, scale_of(group.rows, view.lang)
    held = next((c for c in rows if c.nation_std is not None), None)
    if held and benchmark_line(held, "nation", view, scale):
        above = benchmark_above(held, "nation")
        assert above.amount is not None
        shown = standard_in_words(above.amount, lang, scale)
        seen = message(f"indicator.seen_{above.checked}", lang)
        return [markdown("indicator.nation", lang, x=shown, seen=seen), *_stances(rows, view)]
    if all(
        c.nation_std is None and c.province_std is None and c.prefecture_std is None for c in rows
    ):
        return [markdown("indicator.no_benchmark", lang)]
    return []


def _stances(rows: Sequence[Comparison], view: View) -> list[str]:
    """Which places are stricter than, equal to or looser than the nation, and how sure that is."""
    lang, parts = view.lang, []
    for kind in STANCES:
        own = [
            c for c in rows if c.status == "target" and not c.flags and stance(c, "nation") == kind
        ]
        if own:
            words = message(f"stance.{kind}", lang)
            parts.append(message("stance.is", lang, names=names_of(own, view, 5), stance=words))
    return [markdown("indicator.against", lang, parts=join_clauses(parts, lang))] if parts else []


def _silent_places(found: Sequence[Group], view: View) -> list[str]:
    """Places that give no figure on any variant at any horizon, each with what it does say."""
    out = []
    for place in view.places:
        rows = [c for g in found for c in of_place(g.rows, place.id)]
        if rows and not any(c.status == "target" for c in rows):
            out.append(_silent_place(found, rows, view))
    return out[:6]


def _silent_place(found: Sequence[Group], rows: Sequence[Comparison], view: View) -> str:
    """What a place without a figure says, what its province sets, and what it sets elsewhere."""
    lang, region = view.lang, rows[0].region_id
    scale = scale_of(found[0].answers, lang)
    most = min(rows, key=lambda c: STATUSES.index(c.status))
    words = nothing_words(most, view)
    if most.status != "no_target":
        years = join_words((c.target_year for c in rows if c.status == most.status), lang)
        words = message("indicator.silent_years", lang, words=words, years=years)
    out = markdown("indicator.silent", lang, place=view.place[region].name, words=words)
    lines = [(c.target_year, nearest_line(c, view, scale)) for c in of_place(found[0].rows, region)]
    labels = [
        f"{line.label} ({year})" if lang == "en" else f"{year}年{line.label}"
        for year, line in lines
        if line
    ]
    if labels:
        out += markdown("indicator.silent_province", lang, what=join_words(labels, lang))
    others = list(_related_targets(region, view))[:2]
    if others:
        out += markdown("indicator.silent_but", lang, what=join_clauses(others, lang))
    return out


def _related_targets(region: str, view: View) -> Iterator[str]:
    """What a place does set on the related indicators."""
    for row in of_place(view.comparisons, region):
        if row.status == "target" and row.indicator != view.asked[0]:
            yield message(
                "indicator.related_target",
                view.lang,
                name=view.name(row.indicator),
                variant=variants.name(row.indicator, row.variant, view.lang),
                year=row.target_year,
                target=comparison_words(row, view),
            )


# ------------------------------------------------------------------ charts and tables
def chart(view: View) -> charts.Chart | Text:
    """The places on the indicator: one panel a horizon, variants apart."""
    shown = groups_with_figures(view)
    if not shown:
        return Text(markdown("indicator.no_chart", view.lang) if groups(view) else "")
    return indicator_chart(view, shown, view.asked[0])


def related(view: View) -> Several:
    """Indicators that are looked for beside this one, and are another thing: their own charts."""
    lang, out = view.lang, Several()
    for other in view.asked[1:]:
        shown = groups_with_figures(view, other)
        if not shown:
            continue
        if not out:
            out.append(heading("indicator.related_title", lang))
        names = {"name": view.name(other), "this": view.name(view.asked[0])}
        lines = [markdown("indicator.related", lang, **names), _definition(view, other)]
        lines += [f"\n{_not_comparable(shown, view)}"] if len(shown) > 1 else []
        left = left_out_words(view, other)
        lines += [f"\n{escape(left)}"] if left else []
        out += [as_text(lines), indicator_chart(view, shown, other)]
        out += indicator_tables(view, other)
    return out


def _not_comparable(shown: Sequence[Group], view: View) -> str:
    """Which variants must not be put side by side, and why."""
    lines = []
    for n, a in enumerate(shown):
        for b in shown[n + 1 :]:
            found = variants.grade(a.indicator, a.variant, b.variant)
            if found.grade != "same":
                why = found.zh if view.lang == "zh" else found.en
                key = f"indicator.pair_{found.grade}"
                lines.append(f"- {markdown(key, view.lang, a=a.name, b=b.name, why=why)}")
    return "\n".join(lines[:12])


def table(view: View) -> Several:
    """Every place at every horizon: target, gaps, rank, words, evidence; then what is left out."""
    return indicator_tables(view, view.asked[0])


def gaps(view: View) -> Text:
    """Each place against the nation and its province, in sentences."""
    lang, lines = view.lang, []
    for group in groups(view):
        for row in (c for year in group.years for c in group.at(year)):
            said = [
                gap_in_words(row, level, view)
                for level in chain(row)
                if benchmark_above(row, level).gap is not None
            ]
            if said:
                shown = message(
                    "indicator.gap",
                    lang,
                    place=view.place[row.region_id].name,
                    year=row.target_year,
                    target=comparison_words(row, view),
                    gaps=join_clauses(said, lang),
                )
                lines.append(f"- {escape(shown)}")
    if not lines:
        return Text("")
    head = [heading("indicator.gaps_title", lang, "indicator.gaps").markdown, ""]
    return as_text([*head, *lines[:20]])


# ------------------------------------------------------------------ closing
def notes(view: View) -> Text:
    """What a reader must know before quoting a figure."""
    lang = view.lang
    rows = [c for c in view.comparisons if c.indicator in view.asked]
    targets = [c for c in rows if c.status == "target"]
    bounds = {c.comparator for c in targets}
    strive = any(c.effort == "strive" or c.stretch_std is not None for c in targets)
    when = {
        "about": "~" in bounds,
        "bounds": bool(bounds & {">", ">=", "<", "<="}),
        "strive": strive,
        "draft": bool(view.drafts),
        "rank_about": any(c.comparator == "~" and c.rank for c in targets),
        "rank_range": any(c.rank and c.rank_best != c.rank_worst for c in targets),
        **{
            code: any(getattr(c, f"{level}_checked") == value for c in targets for level in LEVELS)
            for code, value in (("reported", "reported"), ("unchecked", "no"))
        },
    }
    drafts = place_names(view.drafts, lang)
    lines = [markdown(f"notes.{key}", lang, names=drafts) for key, held in when.items() if held]
    for row in targets:
        for code in row.flags:
            name = view.place[row.region_id].name
            lines.append(markdown("notes.flag", lang, place=name, why=flag_words(code, lang)))
    lines += [missing] if (missing := not_collected(view)) else []
    lines.append(markdown("notes.nothing", lang))
    if any(c.status == "no_target" for c in rows):
        lines.append(markdown("notes.duties", lang))
    head = [heading("notes.title", lang).markdown, ""]
    return as_text([*head, *(f"- {line}" for line in dict.fromkeys(lines))])


def sources(view: View) -> Text:
    """The closing list: the benchmarks of all charts and tables of the page."""
    return _sources(view, [c for i in view.asked for g in groups(view, i) for c in g.rows])
