"""How good is the data: what is flagged, reviewed, missing, and what changed since a release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from compare import charts
from compare.analysis.chart_parts import (
    field_without_targets,
    part_name,
    place_bar,
    place_columns,
    source_line,
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
    title_lines,
)
from compare.analysis.selection import View, of_place
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.analysis.target_lists import flags_cell
from compare.analysis.target_words import note_text, place_cell, place_names
from compare.base.errors import CompareError
from compare.charts import style
from compare.display.code_words import reason_words
from compare.display.messages import markdown, message
from compare.display.values import written_value
from compare.schema.records import Target, records

_FILLED = (
    "indicator", "target_year", "value", "value_std", "comparator", "lead_agencies", "section",
)  # fmt: skip
_COMPARED = (
    "indicator", "variant", "kind", "value", "value_max", "unit", "comparator", "target_year",
    "tier", "effort", "binding", "baseline_value",
)  # fmt: skip
_SHADES = ("#ffffff", "#e7eff4", "#c4d9e6", "#9bc0d6", "#6ba1c2", "#2f6f9b")


def read(regions: Sequence[str] = (), lang: str = "zh") -> View:
    """The targets of some places (empty: all)."""
    return _read(lang, regions)


def _count_reviewed(rows: Sequence[Target]) -> int:
    return sum(r.origin == "reviewed" for r in rows)


def _count_flagged(rows: Sequence[Target]) -> int:
    return sum(bool(r.flags) for r in rows)


def opening(view: View) -> Text:
    """The numbers that a careful reader asks for first."""
    lang, rows = view.lang, view.targets
    lines = title_lines("quality.title", lang)
    if not rows:
        return as_text([*lines, markdown("common.no_targets", lang)])
    n, documents = len(rows), len(view.documents)
    repeats = sum(r.repeats is not None for r in rows)
    flagged = _count_flagged(rows)
    doubted = sum(bool(r.review_reasons) for r in rows)
    other = sum(r.indicator == "other" for r in rows)
    unchecked = sum(b.checked == "no" for b in view.benchmarks)
    said = [
        markdown("quality.count", lang, n=n, documents=documents, repeats=repeats),
        markdown("quality.reviewed", lang, n=_count_reviewed(rows), all=n),
        markdown("quality.flagged" if flagged else "quality.no_flags", lang, n=flagged),
        markdown("quality.doubted" if doubted else "quality.none_doubted", lang, n=doubted),
        markdown("quality.other", lang, n=other),
        markdown("quality.benchmarks", lang, n=unchecked, all=len(view.benchmarks)),
    ]
    if view.drafts:
        said.append(markdown("notes.draft", lang, names=place_names(view.drafts, lang)))
    return as_text([*lines, *(f"- {line}" for line in said)])


def chart(view: View) -> charts.Chart | Text:
    """Each document: rows as extracted, and rows that a reviewer added or corrected."""
    lang, n = view.lang, len(view.targets)
    if not view.targets:
        return Text("")
    bars = []
    for place in view.places:
        own = of_place(view.targets, place.id)
        reviewed = _count_reviewed(own)
        counts = {"extracted": len(own) - reviewed, "reviewed": reviewed}
        words = message("quality.flags_of", lang, n=_count_flagged(own)) if own else ""
        bars.append(place_bar(place, counts, words, lang))
    extracted, reviewed = (message(f"quality.{k}_key", lang) for k in ("extracted", "reviewed"))
    return charts.bars(
        bars,
        [
            charts.Part("extracted", extracted, style.SHADES["strive"], ink=style.INK),
            charts.Part("reviewed", reviewed, style.SHADES["firm"]),
        ],
        "quality-review",
        message("quality.chart", lang, n=_count_reviewed(view.targets), all=n),
        lang=lang,
        share=False,
        subtitle=message("quality.subtitle", lang),
        caption=message("quality.caption", lang, n=n),
        source=source_line(view),
    )


def filled(view: View) -> Several:
    """How far each column is filled; an empty field means that the plan does not say."""
    lang = view.lang
    head = heading("quality.filled_title", lang, "quality.filled")
    if not view.targets:
        return Several([head, Text(markdown("common.no_targets", lang))])
    fields = {}
    for m, place in enumerate(view.places):
        own = of_place(view.targets, place.id)
        for n, name in enumerate(_FILLED):
            if not own:
                fields[n, m] = field_without_targets(place, lang)
                continue
            share = sum(_has(r, name) for r in own) / len(own)
            shade = _SHADES[round(share * (len(_SHADES) - 1))]
            ink = "#ffffff" if share > 0.9 else style.INK
            fields[n, m] = charts.MatrixField(shade, f"{share:.0%}", "", ink)
    shown = charts.matrices(
        [(message(f"quality.field_{name}", lang), "") for name in _FILLED],
        place_columns(view),
        fields,
        "quality-filled",
        message("quality.filled_chart", lang),
        lang=lang,
        part=part_name(lang),
        subtitle=message("quality.filled_subtitle", lang),
        caption=message("quality.caption", lang, n=len(view.targets)),
        source=source_line(view),
    )
    return Several([head, *shown])


def _has(row: Target, name: str) -> bool:
    """Whether a target says something in a column."""
    if name == "indicator":
        return row.indicator != "other"
    return getattr(row, name) not in (None, ())


def flags(view: View) -> Several:
    """Every flagged row, why it is flagged, and its sentence."""
    lang = view.lang
    rows = [r for r in view.targets if r.flags or note_text(r, lang)]
    made = [
        [
            place_cell(view.place[r.region_id], lang),
            Cell(r.indicator_text),
            Cell(written_value(r, lang), str(r.target_year or "")),
            flags_cell(r, lang),
            evidence_cell(r, lang),
        ]
        for r in rows[:200]
    ]
    columns = column_heads(("place", "words", "value", "why", "evidence"), lang)
    caption = message("quality.flags_table", lang, n=len(rows))
    empty = markdown("quality.no_flags", lang, n=0)
    shown = Table("quality-flags", columns, made, caption, lang, empty)
    return Several([heading("quality.flags_title", lang, "quality.flags"), shown, *_doubts(view)])


def _doubts(view: View) -> list[Text | Table]:
    """How many rows have each reason to look twice."""
    lang = view.lang
    counts = Counter(code for r in view.targets for code in r.review_reasons)
    made = [[Cell(reason_words(code, lang)), Cell(str(n))] for code, n in counts.most_common()]
    columns = column_heads(("why", "rows"), lang, ("rows",))
    caption = message("quality.doubts_table", lang)
    empty = markdown("quality.none_doubted", lang)
    shown = Table("quality-doubts", columns, made, caption, lang, empty)
    return [heading("quality.doubts_title", lang, "quality.doubts"), shown]


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
    head = heading("quality.changes_title", lang)
    if not previous:
        return Several([head, Text(markdown("quality.no_previous", lang))])
    if not Path(previous).is_dir():
        raise CompareError(f"no such folder: {previous!r}", "previous")
    from compare.curation.release import release_hash
    from compare.curation.tables import load

    if release_hash(Path(previous)) == view.release:
        same = markdown("quality.same_release", lang, hash=view.release[:12])
        return Several([head, Text(same)])
    old = [r for r in records(load("targets", previous), Target) if r.region_id in view.place]
    rows = _differences({r.target_id: r for r in old}, view.target_by_id)
    made = [
        [
            Cell(message(f"quality.{what}", lang)),
            place_cell(view.place[r.region_id], lang),
            Cell(r.indicator_text),
            Cell(written_value(r, lang)),
            Cell(words),
        ]
        for r, what, words in rows[:300]
    ]
    columns = column_heads(("change", "place", "words", "value", "why"), lang)
    caption = message("quality.changes", lang, n=len(rows))
    empty = markdown("quality.no_changes", lang)
    return Several([head, Table("quality-changes", columns, made, caption, lang, empty)])


def _differences(old: dict[str, Target], new: dict[str, Target]) -> list[tuple[Target, str, str]]:
    """Rows that were added, removed or changed, and what is another in those changed."""
    rows = [(new[i], "added", "") for i in new if i not in old]
    rows += [(old[i], "removed", "") for i in old if i not in new]
    for i in new:
        if i not in old:
            continue
        pairs = [(k, getattr(old[i], k), getattr(new[i], k)) for k in _COMPARED]
        differ = [f"{k}: {before} → {after}" for k, before, after in pairs if before != after]
        if differ:
            rows.append((new[i], "changed", "; ".join(differ)))
    return rows


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view)
