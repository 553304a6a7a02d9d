"""One measure, all places: who promises how much, and is it the same thing?"""

from __future__ import annotations

import tomllib
from functools import cache

from compare.analysis import indicator_groups, target_words
from compare.analysis.selection import View
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.base.workspace import vocabulary_file
from compare.vocabulary import variants
from compare.wording import messages
from compare.wording.messages import Several, Text, md, say
from compare.wording.values import flag_words


@cache
def _related() -> dict[str, list[str]]:
    return tomllib.loads(vocabulary_file("related.toml").read_text(encoding="utf-8"))["related"]


def read(indicator: str, regions: list[str] = (), years: list[int] = (), lang: str = "zh") -> View:
    """The rows of one indicator and of those that stand beside it.

    Raises
    ------
    CompareError
        Unknown indicator, place or language.
    """
    from compare.vocabulary import indicators

    indicators.get(indicator)
    return _read(lang, regions, [indicator, *_related().get(indicator, [])], years)


def opening(view: View) -> Text:
    """Title, the answer in a few sentences, the definition."""
    lang, indicator = view.lang, view.asked[0]
    name = view.name(indicator)
    lines = [f"# {md('indicator.title', lang, name=name)}", ""]
    found = indicator_groups.groups(view)
    if not view.places:
        return Text("\n".join([*lines, md("common.no_places", lang)]))
    if not found:
        return Text("\n".join([*lines, *_nobody(view)]))
    lines += [f"- {line}" for line in _answers(found, view)]
    lines += [f"- {line}" for line in _silent(found, view)]
    left = indicator_groups.left_out_words(view, indicator)
    lines += [f"- {messages.escape(left)}"] if left else []
    lines += [
        "",
        md("indicator.definition", lang, text=view.indicators[indicator][f"definition_{lang}"]),
    ]
    return Text("\n".join(lines))


def _nobody(view: View) -> list[str]:
    lang = view.lang
    name = view.name(view.asked[0])
    where = target_words.names(view.places, lang)
    key = "nobody_years" if view.years else "nobody"
    years = messages.join(view.years, lang)
    lines = [md(f"indicator.{key}", lang, name=name, where=where, years=years), ""]
    missing = [p for p in view.places if not p.collected]
    if missing:
        lines.append(
            md(
                "indicator.not_collected",
                lang,
                n=len(missing),
                names=target_words.names(missing, lang),
            )
        )
    lines.append(
        md("indicator.definition", lang, text=view.indicators[view.asked[0]][f"definition_{lang}"])
    )
    return lines


def _answers(found: list[indicator_groups.Group], view: View) -> list[str]:
    """Each variant at each horizon in a sentence or three; of several variants first how many."""
    lang = view.lang
    if len(found) == 1:
        return [_answer(found, found[0], year, view) for year in found[0].years]
    drawn = [g for g in found if g.figures]
    with_figures = {c["region_id"] for g in drawn for c in g.said if c["value_std"] is not None}
    without = [p for p in view.places if p.id not in with_figures]
    rest = say("indicator.count_all", lang)
    if without:
        rest = say(
            "indicator.without", lang, n=len(without), names=target_words.names(without, lang)
        )
    out = []
    if len(drawn) > 1:
        out.append(
            md(
                "indicator.count_several",
                lang,
                n=len(view.places),
                figures=len(with_figures),
                measures=len(drawn),
                rest=rest,
            )
        )
    spots = [(g, year) for g in found for year in g.years]
    out += [_answer(found, g, year, view) for g, year in spots[:8]]
    return out + ([md("indicator.of_variant_more", lang, n=len(spots) - 8)] if spots[8:] else [])


def _answer(
    found: list[indicator_groups.Group], group: indicator_groups.Group, year: int, view: View
) -> str:
    lang, cells = view.lang, group.at(year)
    by = target_words.unit_of(group.cells, lang)
    targets = [c for c in cells if c["status"] == "target"]
    tally = target_words.tally(cells, lang)
    about = {"year": year, "measure": group.name}
    if len(found) == 1:
        parts = [md("indicator.count", lang, n=len(cells), tally=tally, **about)]
    else:
        parts = [
            md("indicator.of_variant", lang, letter=indicator_groups.letter(found, group), **about)
        ]
    if targets:
        listed = [
            f"{messages.escape(view.place[c['region_id']].name)} **{messages.escape(target_words.said(c, view, by))}**"
            for c in targets[:8]
        ]
        rest = len(targets) - 8
        shown = ("；" if lang == "zh" else "; ").join(listed)
        key = "listed_some" if rest > 0 else "listed"
        parts.append(md(f"indicator.{key}", lang, list=messages.Raw(shown), n=max(rest, 0)))
    elif len(found) > 1:
        parts.append(md("indicator.of_variant_none", lang, tally=tally))
    line = next((c for c in cells if c["nation_std"] is not None), None)
    if line and target_words.benchmark(line, "nation", view, by):
        shown = messages.in_words(target_words.benchmark_row(line, "nation"), lang, by)
        seen = say(f"indicator.{'seen' if line['nation_checked'] else 'unseen'}", lang)
        parts.append(md("indicator.nation", lang, x=shown, seen=seen))
        parts += _against(targets, view)
    elif all(c["nation_std"] is None and c["province_std"] is None for c in cells):
        parts.append(md("indicator.no_line", lang))
    gap = " " if lang == "en" else ""
    return "".join(p if p.endswith(" ") else p + gap for p in parts).rstrip()


def _against(targets: list[dict], view: View) -> list[str]:
    """Which places are stricter than, equal to or looser than the nation, and how sure that is."""
    lang, parts = view.lang, []
    for stance in target_words.STANCES:
        cells = [
            c for c in targets if target_words.stance(c, "nation") == stance and not c["flags"]
        ]
        if cells:
            who = target_words.names([view.place[c["region_id"]] for c in cells], lang, 5)
            parts.append(say("stance.is", lang, names=who, stance=say(f"stance.{stance}", lang)))
    if not parts:
        return []
    return [md("indicator.against", lang, parts=("；" if lang == "zh" else "; ").join(parts))]


def _silent(found: list[indicator_groups.Group], view: View) -> list[str]:
    """Places that give no figure on any variant at any horizon, each with what it does say."""
    lang, out = view.lang, []
    first = found[0]
    by = target_words.unit_of(first.said, lang)
    for place in view.places:
        cells = [c for g in found for c in g.cells if c["region_id"] == place.id]
        if not cells or any(c["status"] == "target" for c in cells) or len(out) >= 6:
            continue
        status = min(cells, key=lambda c: target_words.STATUSES.index(c["status"]))
        words = indicator_groups.silence(status, view)
        if status["status"] != "no_target":
            years = [c["target_year"] for c in cells if c["status"] == status["status"]]
            words = say(
                "indicator.silent_years", lang, words=words, years=messages.join(years, lang)
            )
        sentence = md("indicator.silent", lang, place=place.name, words=words)
        lines = [
            (c["target_year"], target_words.benchmark(c, "province", view, by))
            for c in first.cells
            if c["region_id"] == place.id
        ]
        lines = [
            f"{line.label} ({y})" if lang == "en" else f"{y}年{line.label}"
            for y, line in lines
            if line
        ]
        if lines:
            sentence += md("indicator.silent_province", lang, what=messages.join(lines, lang))
        others = _elsewhere(place.id, view)
        if others:
            what = ("；" if lang == "zh" else "; ").join(others)
            sentence += md("indicator.silent_but", lang, what=what)
        out.append(sentence)
    return out


def _elsewhere(region: str, view: View) -> list[str]:
    """What a place does set on a related measure."""
    out = []
    for cell in view.cells:
        if cell["region_id"] != region or cell["status"] != "target":
            continue
        if cell["indicator"] == view.asked[0]:
            continue
        name = view.name(cell["indicator"])
        measure = variants.name(cell["indicator"], cell["variant"], view.lang)
        out.append(
            say("indicator.elsewhere", view.lang, name=name, measure=measure, year=cell["target_year"],
                promise=target_words.said(cell, view))
        )  # fmt: skip
    return out[:2]


def chart(view: View):
    """The places on the measure: one panel a horizon, variants apart."""
    shown = indicator_groups.drawn(view)
    if not shown:
        return Text(md("indicator.no_chart", view.lang) if indicator_groups.groups(view) else "")
    return indicator_groups.figure(
        view, shown, view.asked[0], indicator_groups.headline(shown, view)
    )


def related(view: View) -> Several:
    """Measures that are looked for beside this one, and are another thing: their own charts."""
    out = Several()
    for other in view.asked[1:]:
        shown = indicator_groups.drawn(view, other)
        if not shown:
            continue
        if not out:
            out.append(Text(f"## {md('indicator.related_title', view.lang)}"))
        lines = [
            md("indicator.related", view.lang, name=view.name(other), this=view.name(view.asked[0]))
        ]
        definition = view.indicators[other][f"definition_{view.lang}"]
        lines.append(md("indicator.definition", view.lang, text=definition))
        lines += [f"\n{indicator_groups.apart(shown, view)}"] if len(shown) > 1 else []
        left = indicator_groups.left_out_words(view, other)
        lines += [f"\n{messages.escape(left)}"] if left else []
        out.append(Text("\n".join(lines)))
        out.append(
            indicator_groups.figure(view, shown, other, indicator_groups.headline(shown, view))
        )
        out += _rows(view, other)
    return out


def table(view: View) -> Several:
    """Every place at every horizon: promise, gaps, rank, words, evidence; then what is left out."""
    return _rows(view, view.asked[0])


def _rows(view: View, indicator: str) -> Several:
    out = Several([indicator_groups.rows_table(view, indicator)])
    if indicator_groups.left_out(view, indicator):
        out.append(indicator_groups.left_out_table(view, indicator))
    return out


def gaps(view: View) -> Text:
    """Each place against the nation and its province, in sentences."""
    lang, lines = view.lang, []
    for group in indicator_groups.groups(view):
        for cell in (c for y in group.years for c in group.at(y)):
            said = [
                target_words.gap_words(cell, level, view)
                for level in ("nation", "province")
                if cell[f"gap_{level}"] is not None
            ]
            if said:
                name = view.place[cell["region_id"]].name
                shown = say(
                    "indicator.gap", lang, place=name, year=cell["target_year"],
                    promise=target_words.said(cell, view), gaps=("；" if lang == "zh" else "; ").join(said),
                )  # fmt: skip
                lines.append(f"- {messages.escape(shown)}")
    if not lines:
        return Text("")
    head = [f"## {md('indicator.gaps_title', lang)}", "", md("indicator.gaps", lang), ""]
    return Text("\n".join([*head, *lines[:20]]))


def notes(view: View) -> Text:
    """What a reader must know before quoting a figure."""
    lang, lines = view.lang, []
    cells = [c for c in view.cells if c["indicator"] in view.asked]
    said = [c for c in cells if c["status"] == "target"]
    drafts = [p for p in view.places if p.draft]
    if any(c["comparator"] == "~" for c in said):
        lines.append(md("notes.about", lang))
    if any(c["comparator"] in (">", ">=", "<", "<=") for c in said):
        lines.append(md("notes.bounds", lang))
    if any(c["effort"] == "strive" for c in said) or any(
        c["stretch_std"] is not None for c in said
    ):
        lines.append(md("notes.strive", lang))
    if drafts:
        lines.append(md("notes.draft", lang, names=target_words.names(drafts, lang)))
    if any(c["comparator"] == "~" and c["rank"] for c in said):
        lines.append(md("notes.rank_about", lang))
    if any(c["rank"] and c["rank_best"] != c["rank_worst"] for c in said):
        lines.append(md("notes.rank_range", lang))
    if any(c["nation_checked"] is False or c["province_checked"] is False for c in said):
        lines.append(md("notes.unchecked", lang))
    for cell in said:
        for code in cell["flags"]:
            name = view.place[cell["region_id"]].name
            lines.append(md("notes.flag", lang, place=name, why=flag_words(code, lang)))
    missing = [p for p in view.places if not p.collected]
    if missing:
        lines.append(
            md(
                "indicator.not_collected",
                lang,
                n=len(missing),
                names=target_words.names(missing, lang),
            )
        )
    lines.append(md("notes.nothing", lang))
    if any(c["status"] == "no_target" for c in cells):
        lines.append(md("notes.duties", lang))
    head = [f"## {md('notes.title', lang)}", ""]
    return Text("\n".join([*head, *(f"- {line}" for line in dict.fromkeys(lines))]))


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view, indicator_groups.used(view))
