"""How good is the data: what is flagged, reviewed, missing, and what changed since a release."""

from __future__ import annotations

from pathlib import Path

from compare import charts
from compare.analysis import target_lists, target_words
from compare.analysis.display_table import Cell, Table
from compare.analysis.selection import View
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.base.errors import CompareError
from compare.charts import style
from compare.wording.messages import Several, Text, md, say
from compare.wording.values import flag_words, value_words

_FILLED = (
    "indicator", "target_year", "value", "value_std", "comparator", "lead_agencies", "section",
)  # fmt: skip
_SHADE = ("#ffffff", "#e7eff4", "#c4d9e6", "#9bc0d6", "#6ba1c2", "#2f6f9b")


def read(regions: list[str] = (), lang: str = "zh") -> View:
    """The targets of some places (empty: all)."""
    return _read(lang, regions)


def opening(view: View) -> Text:
    """The numbers that a careful reader asks for first."""
    lang, rows = view.lang, view.targets
    lines = [f"# {md('quality.title', lang)}", ""]
    if not rows:
        return Text("\n".join([*lines, md("common.no_targets", lang)]))
    reviewed = sum(r["origin"] == "reviewed" for r in rows)
    flagged = sum(bool(r["flags"]) for r in rows)
    repeats = sum(r["repeats"] is not None for r in rows)
    other = sum(r["indicator"] == "other" for r in rows)
    drafts = [p for p in view.places if p.draft]
    lines.append(
        f"- {md('quality.count', lang, n=len(rows), documents=len(view.documents), repeats=repeats)}"
    )
    lines.append(f"- {md('quality.reviewed', lang, n=reviewed, all=len(rows))}")
    lines.append(f"- {md('quality.flagged' if flagged else 'quality.no_flags', lang, n=flagged)}")
    lines.append(f"- {md('quality.other', lang, n=other)}")
    unchecked = sum(not b["checked"] for b in view.benchmarks)
    lines.append(f"- {md('quality.benchmarks', lang, n=unchecked, all=len(view.benchmarks))}")
    if drafts:
        lines.append(f"- {md('notes.draft', lang, names=target_words.names(drafts, lang))}")
    return Text("\n".join(lines))


def chart(view: View):
    """Each document: rows as extracted, and rows that a reviewer added or corrected."""
    lang = view.lang
    if not view.targets:
        return Text("")
    bars = []
    for place in view.places:
        own = [r for r in view.targets if r["region_id"] == place.id]
        counts = {k: sum(r["origin"] == k for r in own) for k in ("extracted", "reviewed")}
        words = say("quality.flags_of", lang, n=sum(bool(r["flags"]) for r in own)) if own else ""
        note = say("common.draft", lang) if place.draft else ""
        bars.append(charts.Bar(place.name, counts, words, note))
    parts = [
        charts.Part(
            "extracted", say("quality.extracted_key", lang), style.SHADES["strive"], ink=style.INK
        ),
        charts.Part("reviewed", say("quality.reviewed_key", lang), style.SHADES["firm"]),
    ]
    reviewed = sum(r["origin"] == "reviewed" for r in view.targets)
    return charts.bars(
        bars,
        parts,
        "quality-review",
        say("quality.chart", lang, n=reviewed, all=len(view.targets)),
        lang=lang,
        share=False,
        subtitle=say("quality.subtitle", lang),
        caption=say("quality.caption", lang, n=len(view.targets)),
        source=target_words.source_line(view),
    )


def filled(view: View) -> Several:
    """How far each column is filled; an empty field means that the plan does not say."""
    lang = view.lang
    head = Text(f"## {md('quality.filled_title', lang)}\n\n{md('quality.filled', lang)}")
    if not view.targets:
        return Several([head, Text(md("common.no_targets", lang))])
    cells = {}
    for n, name in enumerate(_FILLED):
        for m, place in enumerate(view.places):
            own = [r for r in view.targets if r["region_id"] == place.id]
            if not own:
                status = "no_target" if place.collected else "no_data"
                cells[n, m] = charts.nothing_cell(status, text=say(f"short.{status}", lang))
                continue
            part = sum(_has(r, name) for r in own) / len(own)
            shade = _SHADE[round(part * (len(_SHADE) - 1))]
            cells[n, m] = charts.Cell(
                shade, f"{part:.0%}", "", "#ffffff" if part > 0.9 else style.INK
            )
    columns = [(p.name, say("common.draft", lang) if p.draft else "") for p in view.places]
    shown = charts.matrices(
        [(say(f"quality.field_{name}", lang), "") for name in _FILLED],
        columns,
        cells,
        "quality-filled",
        say("quality.filled_chart", lang),
        lang=lang,
        part=target_words.part(lang),
        subtitle=say("quality.filled_subtitle", lang),
        caption=say("quality.caption", lang, n=len(view.targets)),
        source=target_words.source_line(view),
    )
    return Several([head, *shown])


def _has(row: dict, name: str) -> bool:
    if name == "indicator":
        return row["indicator"] != "other"
    value = row[name]
    return bool(value) if isinstance(value, list) else value is not None


def flags(view: View) -> Several:
    """Every flagged row, why it is flagged, and its sentence."""
    lang = view.lang
    rows = [r for r in view.targets if r["flags"] or target_words.noted(r, lang)]
    head = Text(f"## {md('quality.flags_title', lang)}\n\n{md('quality.flags', lang)}")
    made = []
    for r in rows[:200]:
        why = "；".join(flag_words(f, lang) for f in r["flags"])
        made.append(
            [
                target_words.place_cell(view.place[r["region_id"]], lang),
                Cell(r["indicator_text"]),
                Cell(value_words(r, lang), str(r["target_year"] or "")),
                Cell(why, target_words.noted(r, lang)),
                target_lists.evidence(r, lang),
            ]
        )
    columns = [say(f"table.{k}", lang) for k in ("place", "words", "value", "why", "evidence")]
    caption = say("quality.flags_table", lang, n=len(rows))
    empty = md("quality.no_flags", lang, n=0)
    return Several([head, Table("quality-flags", columns, made, caption, lang, empty)])


def changes(view: View, previous: str = "") -> Several:
    """What is new, gone or different since an earlier release.

    Parameters
    ----------
    view : View
    previous : str
        Folder of the earlier release (with its ``targets.parquet``); empty for none.

    Raises
    ------
    CompareError
        No release there.
    """
    lang = view.lang
    head = Text(f"## {md('quality.changes_title', lang)}")
    if not previous:
        return Several([head, Text(md("quality.no_previous", lang))])
    if not Path(previous).is_dir():
        raise CompareError(f"no such folder: {previous!r}", "previous")
    from compare.analysis.selection import records
    from compare.curation.parquet import load, release_hash

    if release_hash(Path(previous)) == view.release:
        return Several([head, Text(md("quality.same_release", lang, hash=view.release[:12]))])
    old = {
        r["target_id"]: r
        for r in records(load("targets", previous))
        if r["region_id"] in view.place
    }
    new = view.by_id
    keys = (
        "indicator",
        "variant",
        "kind",
        "value",
        "value_max",
        "unit",
        "comparator",
        "target_year",
        "tier",
        "effort",
    )
    rows = [(new[i], "added", "") for i in new if i not in old]
    rows += [(old[i], "removed", "") for i in old if i not in new]
    for i in new:
        if i in old:
            differ = [k for k in keys if new[i][k] != old[i].get(k)]
            if differ:
                words = "; ".join(f"{k}: {old[i].get(k)} → {new[i][k]}" for k in differ)
                rows.append((new[i], "changed", words))
    made = [
        [
            Cell(say(f"quality.{what}", lang)),
            target_words.place_cell(view.place[r["region_id"]], lang),
            Cell(r["indicator_text"]),
            Cell(value_words(r, lang)),
            Cell(words),
        ]
        for r, what, words in rows[:300]
    ]
    columns = [say(f"table.{k}", lang) for k in ("change", "place", "words", "value", "why")]
    caption = say("quality.changes", lang, n=len(rows))
    return Several(
        [
            head,
            Table("quality-changes", columns, made, caption, lang, md("quality.no_changes", lang)),
        ]
    )


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view)
