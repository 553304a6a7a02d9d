"""Measure: one indicator as groups of what is truly the same, as a chart and as a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from compare import charts
from compare.analysis import target_words
from compare.analysis.display_table import Cell, Table, evidence
from compare.analysis.selection import View
from compare.vocabulary import variants
from compare.wording import messages
from compare.wording.messages import md, say

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_AROUND = 36
"""Letters that are shown before and behind a figure at most."""
_CLAUSE = re.compile("[，,；;。]")
_FOLD = 14
"""Places from which on those that are silent at every horizon share one row."""


@dataclass(frozen=True)
class Group:
    """What places say on one variant: its horizons, and the rows of each."""

    indicator: str
    variant: str
    name: str
    years: tuple[int, ...]
    cells: list[dict] = field(repr=False)

    def at(self, year: int) -> list[dict]:
        """The rows of one horizon, strictest first, then the kinds of nothing."""
        return sorted((c for c in self.cells if c["target_year"] == year), key=order)

    @property
    def said(self) -> list[dict]:
        """Rows in which a place says something."""
        return [c for c in self.cells if c["status"] not in ("no_target", "no_data")]

    @property
    def figures(self) -> bool:
        """Whether any place puts a figure to it."""
        return any(c["value_std"] is not None for c in self.said)


def order(cell: dict) -> tuple:
    """Sort key: ranked places by rank, others by size, then the kinds of nothing."""
    status = target_words.STATUSES.index(cell["status"])
    value = cell["value_std"]
    return status, cell["rank"] is None, cell["rank"] or 0, -(value or 0.0)


def groups(view: View, indicator: str | None = None) -> list[Group]:
    """The variants of an indicator that any chosen place speaks of, the usual one first."""
    indicator = indicator or view.asked[0]
    by: dict[str, list[dict]] = {}
    for cell in view.cells:
        if cell["indicator"] == indicator:
            by.setdefault(cell["variant"], []).append(cell)
    out = []
    for variant in sorted(by, key=lambda v: variants.order(indicator, v)):
        said = {
            c["target_year"] for c in by[variant] if c["status"] not in ("no_target", "no_data")
        }
        if said:
            name = variants.name(indicator, variant, view.lang)
            rows = [c for c in by[variant] if c["target_year"] in said]
            out.append(Group(indicator, variant, name, tuple(sorted(said)), rows))
    # the variant that most places set heads the report; those without a figure are not drawn
    return sorted(out, key=lambda g: (not g.figures, -len(setters([g]))))


def drawn(view: View, indicator: str | None = None) -> list[Group]:
    """The groups that hold a figure to draw."""
    found = groups(view, indicator)
    return [g for g in found if g.figures]


def setters(shown: list[Group]) -> set[str]:
    """Places that set a target on any of some variants."""
    return {c["region_id"] for g in shown for c in g.said if c["status"] == "target"}


def letter(shown: list[Group], group: Group) -> str:
    """The letter by which a variant is called, in words and on its panel."""
    return _LETTERS[shown.index(group) % 26]


def headline(shown: list[Group], view: View) -> str:
    """What a chart of one or several variants says; never of one what holds for another."""
    first = shown[0]
    if len(shown) == 1:
        return claim(first, view)
    if len(setters([first])) < 2:
        return many_measures(shown, first.indicator, view)
    said = claim(first, view)
    return say("indicator.claim_of", view.lang, letter=letter(shown, first), claim=said)


def claim(group: Group, view: View) -> str:
    """What the chart says: the strictest promise of the first horizon."""
    lang, year = view.lang, group.years[0]
    cells = [c for c in group.at(year) if c["status"] == "target" and c["value_std"] is not None]
    by = target_words.unit_of(group.cells, lang)
    doubtful = [c for c in cells if c["flags"]]
    if doubtful:
        return say("indicator.claim_doubt", lang, year=year, n=len(cells), m=len(doubtful))
    if not cells:
        return say("indicator.claim_none", lang, name=view.name(group.indicator))
    if len({c["unit_std"] for c in cells}) > 1:
        return say("indicator.claim_units", lang, year=year, n=len(cells))
    best = cells[0]
    words = target_words.promise(best, lang, by)
    name = view.place[best["region_id"]].name
    if len(cells) == 1:
        part = any(t["target_year"] == year for t in left_out(view, group.indicator))
        key = "claim_one_whole" if part else "claim_one"
        return say(f"indicator.{key}", lang, year=year, place=name, promise=words)
    ranked = [c for c in cells if c["rank"] == 1]
    if best["unit_std"] == "year" and ranked:
        who = target_words.names([view.place[c["region_id"]] for c in ranked], lang, 4)
        key = "tie" if len(ranked) > 1 else "best"
        return say(f"indicator.claim_{key}_year", lang, places=who, promise=words)
    if len(ranked) > 1:
        who = target_words.names([view.place[c["region_id"]] for c in ranked], lang, 4)
        return say("indicator.claim_tie", lang, year=year, places=who, promise=words, n=len(ranked))
    if best["rank"] == 1 and best["rank_by"] == "per_head":
        return say("indicator.claim_per_head", lang, year=year, place=name, promise=words)
    if best["rank"] != 1:
        best = max(cells, key=lambda c: c["value_std"])
        name, words = view.place[best["region_id"]].name, target_words.promise(best, lang, by)
        return say("indicator.claim_largest", lang, year=year, place=name, promise=words)
    return say("indicator.claim_best", lang, year=year, place=name, promise=words)


def figure(view: View, shown: list[Group], indicator: str, title: str) -> charts.Chart:
    lang, panels = view.lang, []
    for number, group in enumerate(shown):
        panels += _panels(group, view, number, shown)
    cells = [c for g in shown for c in g.cells]
    plans = {c["doc"] for c in cells if c["status"] == "target"}
    caption = say(
        "indicator.caption",
        lang,
        n=sum((c["status"] == "target") + (c["stretch_std"] is not None) for c in cells),
        plans=len(plans),
    )
    sizes = any(c["gap_unit"] == "ratio" or c["per_head"] is not None for c in cells)
    if sizes or any(p.nation for p in panels):
        caption = say(_see(shown[0].cells, view.indicators[indicator]["better"]), lang) + caption
    caption += _seen(panels, lang) + target_words.flag_note(cells, lang)
    name, variant = view.name(indicator), shown[0].name
    key = "subtitle" if len(shown) > 1 else "subtitle_variant"
    return charts.dots(
        panels,
        f"indicator-{indicator}",
        title,
        target_words.key_words(lang),
        lang=lang,
        subtitle=say(f"indicator.{key}", lang, name=name, variant=variant),
        caption=caption,
        source=target_words.source_line(view),
    )


def _seen(panels: list[charts.Panel], lang: str) -> str:
    """Whether the benchmarks that are drawn were seen in their documents."""
    lines = [p.nation for p in panels] + [r.province for p in panels for r in p.rows]
    lines = [line for line in lines if line]
    if not lines:
        return ""
    return say(f"indicator.{'all_seen' if all(x.checked for x in lines) else 'some_unseen'}", lang)


def _see(cells: list[dict], better: str) -> str:
    sizes = any(c["gap_unit"] == "ratio" or c["per_head"] is not None for c in cells)
    if sizes or better == "none":
        return "indicator.see_size"
    level = all(c["measure"] in (None, "level") for c in cells)
    return f"indicator.see_{'up' if better == 'up' or not level else 'down'}"


def _panels(group: Group, view: View, number: int, shown: list[Group]) -> list[charts.Panel]:
    lang = view.lang
    by = target_words.unit_of(group.said, lang)
    unit = next((c["unit_std"] for c in group.said if c["unit_std"]), None)
    sequence: list[str] = []
    for year in group.years:
        sequence += [c["region_id"] for c in group.at(year) if c["region_id"] not in sequence]
    if number:  # silence is shown once, on the first measure
        spoken = {c["region_id"] for c in group.said}
        sequence = [r for r in sequence if r in spoken]
    folded = _fold(group, sequence) if len(sequence) > _FOLD else {}
    sequence = [r for r in sequence if not any(r in ids for ids in folded.values())]
    level = all(c["measure"] in (None, "level") for c in group.said)
    limits = (0.0, 100.0) if unit == "%" and level else None
    head = len(shown) > 1
    alone = head and len(group.years) == 1  # the header names the horizon
    header = say("indicator.panel", lang, letter=_LETTERS[number % 26], name=group.name)
    if alone and unit != "year":
        header += " · " + say("indicator.horizon", lang, year=group.years[0])
    panels = []
    for n, year in enumerate(group.years):
        at = {c["region_id"]: c for c in group.cells if c["target_year"] == year}
        rows = [_row(at[r], view, by, shown) for r in sequence if r in at]
        rows += [_folded(status, len(ids), lang) for status, ids in folded.items()]
        line = next((c for c in at.values() if c["nation_std"] is not None), None)
        panels.append(
            charts.Panel(
                "" if alone or unit == "year" else say("indicator.horizon", lang, year=year),
                rows,
                target_words.axis(
                    say(
                        "indicator.measure_axis",
                        lang,
                        name=view.name(group.indicator),
                        variant=group.name,
                    ),
                    by.unit if unit != "year" else "",
                    lang,
                ),
                _nation(line, rows, view, by),
                header=header if head and n == 0 else "",
                warning=_warning(group, shown[:number], view) if n == 0 else "",
                beside=n % 2 == 1,
                limits=limits,
                calendar=unit == "year",
            )
        )
    return panels


def _warning(group: Group, before: list[Group], view: View) -> str:
    """Why the figures of this panel are not those of the panels above it."""
    if not before:
        return ""
    said: dict[str, str] = {}  # the first panel of each grade stands for its like
    for n, other in enumerate(before):
        found = variants.grade(group.indicator, other.variant, group.variant)
        why = found.zh if view.lang == "zh" else found.en
        words = say(f"indicator.warning_{found.grade}", view.lang, letter=_LETTERS[n % 26], why=why)
        said.setdefault(found.grade, words)
    gap = " " if view.lang == "en" else ""
    return gap.join(said[grade] for grade in ("different", "close", "same") if grade in said)


def _fold(group: Group, sequence: list[str]) -> dict[str, list[str]]:
    """Places that are silent at every horizon, by kind of silence: of many, one row stands for all."""
    out: dict[str, list[str]] = {}
    for region in sequence:
        statuses = {c["status"] for c in group.cells if c["region_id"] == region}
        if statuses <= {"no_target", "no_data"}:
            out.setdefault("no_data" if "no_data" in statuses else "no_target", []).append(region)
    return dict(sorted(out.items(), key=lambda i: target_words.STATUSES.index(i[0])))


def _folded(status: str, count: int, lang: str) -> charts.Row:
    label = say("indicator.folded", lang, n=count)
    return charts.Row(
        label, target_words.LOOK_NATION, text=say(f"status.{status}", lang), status=status
    )


def _nation(cell: dict | None, rows: list[charts.Row], view: View, by) -> charts.Line | None:
    """The nation's line; a total that would dwarf all places is left to the words."""
    line = target_words.benchmark(cell, "nation", view, by) if cell else None
    largest = max((m.value for r in rows for m in r.marks), default=0.0)
    if line and cell["nation_unit"] not in ("%", "pp", "year", "1") and line.value > 3 * largest:
        return None
    return line


def _row(cell: dict, view: View, by, shown: list[Group]) -> charts.Row:
    place = view.place[cell["region_id"]]
    said = target_words.said(cell, view, by) if cell["status"] == "target" else silence(cell, view)
    said = _other_panel(cell, view, shown) or said
    found = [target_words.mark(cell, by), target_words.stretch_mark(cell, view, by)]
    return charts.Row(
        place.name,
        place.look,
        say("common.draft", view.lang) if place.draft else "",
        tuple(m for m in found if m),
        said,
        cell["status"],
        cell["direction"],
        target_words.benchmark(cell, "province", view, by),
        _per_head(cell, view.lang),
    )


def _other_panel(cell: dict, view: View, shown: list[Group]) -> str:
    """Where else the place gives a figure, if it does so on another variant only."""
    other = view.by_id.get(cell["other_target_id"])
    if not other or other["scope_region"]:
        return ""
    letters = [_LETTERS[n % 26] for n, g in enumerate(shown) if g.variant == other["variant"]]
    return say("indicator.other_panel", view.lang, letter=letters[0]) if letters else ""


def silence(cell: dict, view: View) -> str:
    """A kind of nothing in words; where a part of the place has a target of its own, so much."""
    other = view.by_id.get(cell["other_target_id"])
    if cell["status"] == "no_target" and other and other["scope_region"]:
        return say("indicator.only_part", view.lang, where=other["scope_region"])
    return target_words.open_words(cell["status"], cell["direction"], view.lang)


def apart(shown: list[Group], view: View) -> str:
    """Which variants must not be put side by side, and why."""
    lines = []
    for n, a in enumerate(shown):
        for b in shown[n + 1 :]:
            grade = variants.grade(a.indicator, a.variant, b.variant)
            if grade.grade != "same":
                why = grade.zh if view.lang == "zh" else grade.en
                lines.append(
                    f"- {md(f'indicator.pair_{grade.grade}', view.lang, a=a.name, b=b.name, why=why)}"
                )
    return "\n".join(lines[:12])


def used(view: View) -> list[dict]:
    """The rows whose benchmarks a page shows: those of its charts and tables."""
    return [c for i in view.asked for g in groups(view, i) for c in g.cells]


def left_out(view: View, indicator: str) -> list[dict]:
    """Targets of an indicator that no comparison holds: for a part of a place, or without a date."""
    return [
        t
        for t in view.targets
        if t["indicator"] == indicator
        and t["repeats"] is None
        and (t["scope_region"] or t["target_year"] is None)
    ]


def left_out_words(view: View, indicator: str) -> str:
    """How many targets are left out of the comparison, and why; empty without any."""
    rows, said = left_out(view, indicator), []
    for key in ("part", "undated"):
        own = [r for r in rows if bool(r["scope_region"]) == (key == "part")]
        if own:
            where = messages.some(
                list(dict.fromkeys(r["scope_region"] or "" for r in own)), view.lang
            )
            why = say(f"indicator.parts_{key}", view.lang, n=len(own), where=where)
            said.append(say("indicator.parts", view.lang, n=len(own), why=why))
    return (" " if view.lang == "en" else "").join(said)


def left_out_table(view: View, indicator: str) -> Table:
    """The targets that are left out of the comparison, each with its sentence."""
    from compare.analysis import target_lists

    rows = left_out(view, indicator)
    caption = say("indicator.parts_table", view.lang, name=view.name(indicator), n=len(rows))
    columns = ("place", "words", "value", "horizon", "effort", "evidence")
    return target_lists.table(rows, view, f"indicator-{indicator}-left-out", caption, columns)


def many_measures(shown: list[Group], indicator: str, view: View) -> str:
    return say("indicator.many_measures", view.lang, n=len(shown), name=view.name(indicator))


def rows_table(view: View, indicator: str) -> Table:
    """Every place at every horizon: promise, gaps, rank, the plan's own words as the link to them."""
    lang, found = view.lang, groups(view, indicator)
    cells = [(g, c) for g in found for year in g.years for c in g.at(year)]
    spoken = len(found) > 1
    if spoken:  # of further variants only what is said
        cells = [
            (g, c) for g, c in cells if g is found[0] or c["status"] not in ("no_target", "no_data")
        ]
    have = {
        "measure": spoken,
        "gap": any(c[f"{k}_std"] is not None for _, c in cells for k in ("nation", "province")),
        "per_head": any(c["per_head"] is not None for _, c in cells),
        "rank": any(c["rank"] is not None and c["rank_of"] > 1 for _, c in cells),
    }
    order = ("place_year", "target", "gap", "rank", "measure", "per_head", "words_link")
    columns = [k for k in order if have.get(k, True)]
    heads = [(">" if k == "per_head" else "") + say(f"table.{k}", lang) for k in columns]
    rows = []
    for group, cell in cells:
        by = target_words.unit_of(group.said, lang)
        made = _fields(group, cell, found, view, by)
        rows.append([made[c] for c in columns])
    return Table(
        f"indicator-{indicator}",
        heads,
        rows,
        say("indicator.table", lang, name=view.name(indicator), n=len(rows)),
        lang,
        md("indicator.no_rows", lang, name=view.name(indicator)),
    )


def _fields(group: Group, cell: dict, found: list[Group], view: View, by) -> dict[str, Cell]:
    lang = view.lang
    place = view.place[cell["region_id"]]
    row = view.by_id.get(cell["target_id"])
    under = [say("indicator.horizon", lang, year=cell["target_year"])]
    under += [say("common.draft", lang)] if place.draft else []
    words = evidence(cell, lang) if row else None
    target = target_words.field(cell, view, by, notes=True)
    if elsewhere := _other_panel(cell, view, found):
        target = replace(target, text=f"— {elsewhere}")
    return {
        "place_year": Cell(place.name, " · ".join(under)),
        "measure": Cell(f"{letter(found, group)}  {group.name}"),
        "target": target,
        "gap": target_words.gap_field(cell, view, by),
        "per_head": Cell(_per_head(cell, lang)),
        "rank": target_words.rank_field(cell, lang),
        "words_link": Cell(row["indicator_text"], excerpt(row), href=words.href, title=words.title)
        if row
        else Cell(""),
    }


def excerpt(row: dict) -> str:
    """The plan's own words around a figure, whole clauses where they are short."""
    words, at = row["evidence"], row["start"] - row["evidence_start"]
    end = at + len(row["value_text"])
    starts = [0, *(m.end() for m in _CLAUSE.finditer(words, 0, at))]
    since = next((i for i in starts if at - i <= _AROUND), at - _AROUND)
    ends = [*(m.start() for m in _CLAUSE.finditer(words, end)), len(words)]
    until = max((i for i in ends if i - end <= _AROUND), default=end + _AROUND)
    lead, tail = "…" * (since > 0), "…" * (until < len(words.rstrip("。")))
    return f"{lead}{' '.join(words[since:until].split())}{tail}"


def _per_head(cell: dict, lang: str) -> str:
    """``1.07 千瓦/人``; empty where the population is not known."""
    if cell["per_head"] is None:
        return ""
    known = messages.messages()["per_head"].get(cell["per_head_unit"])
    unit = known[lang] if known else cell["per_head_unit"]
    return f"{messages.number(messages.rounded(cell['per_head']))} {unit}"
