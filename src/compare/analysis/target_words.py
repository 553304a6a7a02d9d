"""Target words: what a comparison holds, in words and as the field of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from compare.analysis.levels_above import benchmark_above, chain, gap_or_reason
from compare.analysis.notebook_output import Cell, status_cell
from compare.analysis.selection import STATUSES, ShownPlace, View
from compare.display.lists import join_clauses, join_first, join_words
from compare.display.messages import markdown, message
from compare.display.numbers import Scale, scale_for
from compare.display.values import status_words, target_value
from compare.schema.records import Comparison, Target

_NUMERAL = re.compile(r"[\d.,，\s万萬亿億千百多余]")


def comparison_words(row: Comparison, view: View, scale: Scale | None = None) -> str:
    """A comparison in words, whatever it holds: a target, or a kind of nothing.

    Parameters
    ----------
    row : Comparison
    view : View
    scale : Scale, optional
        Unit to show the value in.
    """
    if row.status == "part" and (other := view.target(row.other_target_id)):
        what = target_value(other, view.lang, scale)
        return message("status.part_of", view.lang, where=other.scope_region, what=what)
    if row.status != "target":
        words = status_words(row.status, row.direction, view.lang)
        if row.silence_reason in (None, "other_variant"):  # another variant is shown beside it
            return words
        why = message(f"silence.{row.silence_reason}", view.lang)
        return words + message("common.mark", view.lang, note=why)
    shown = target_value(row, view.lang, scale, view.target(row.stretch_id))
    return message("target_value.flagged", view.lang, what=shown) if row.flags else shown


def note_text(row: Target | Comparison, lang: str) -> str:
    """The note of a row in the reader's language; empty without one."""
    return (row.note_en if lang == "en" else row.note) or ""


def target_cell(
    row: Comparison, view: View, scale: Scale | None = None, notes: bool = False
) -> Cell:
    """The table field of a comparison: its target, or its kind of nothing.

    Below it stands what a reader must know: that it is flagged, what else the plan says.

    Parameters
    ----------
    row : Comparison
    view : View
    scale : Scale, optional
        Unit to show the value in.
    notes : bool
        Also the reviewer's words.
    """
    lang = view.lang
    if row.status != "target":
        small = ""
        other = view.target(row.other_target_id)
        if other and row.status != "part":
            why = (row.comparability_zh if lang == "zh" else row.comparability_en) or ""
            small = message(
                "table.other_variant",
                lang,
                what=f"{other.indicator_text} {target_value(other, lang)}",
                why=why.rstrip("。."),
            )
        return status_cell(row.status, comparison_words(row, view), row.direction, small)
    also = [t for i in row.also_ids if (t := view.target(i))]
    below = [message("table.flagged", lang)] if row.flags else []
    if notes and not row.flags and note_text(row, lang):
        below.append(note_text(row, lang))
    if also:
        words = join_words([target_value(t, lang) for t in also], lang)
        below.append(message("table.also", lang, what=words))
    return Cell(comparison_words(row, view, scale), join_clauses(below, lang))


def gap_cell(row: Comparison, view: View, scale: Scale | None = None) -> Cell:
    """The table field of the gaps: to the direct superior, and below it to the levels above that."""
    levels = chain(row)
    first, *further = [gap_or_reason(row, level, view, scale) for level in levels] or [""]
    why = next((w for level in levels if (w := benchmark_above(row, level).why(view.lang))), "")
    return Cell(first, join_clauses(further, view.lang), title=why)


def rank_cell(row: Comparison, lang: str) -> Cell:
    """The table field of a rank: how sure it is, and what it may be."""
    if row.rank is None or row.rank_of == 1:
        return Cell("")
    about = row.comparator == "~"
    notes = [message("table.rank_about", lang)] if about else []
    if row.rank_best != row.rank_worst:
        notes.append(message("table.rank_range", lang, best=row.rank_best, worst=row.rank_worst))
    return Cell(f"{'≈' if about else ''}{row.rank} / {row.rank_of}", join_words(notes, lang))


# ------------------------------------------------------------------ places
def place_names(places: Iterable[ShownPlace], lang: str, most: int = 6) -> str:
    """Names of places, of many only the first."""
    return join_first([p.name for p in places], lang, most)


def names_of(rows: Iterable[Comparison], view: View, most: int = 6) -> str:
    """Names of the places of some rows."""
    return place_names([view.place[r.region_id] for r in rows], view.lang, most)


def place_cell(place: ShownPlace, lang: str) -> Cell:
    """The table field of a place, a draft marked."""
    return Cell(place.name, draft_note(place, lang))


def draft_note(place: ShownPlace, lang: str) -> str:
    """That the plan of a place is a draft; empty where it is not."""
    return message("common.draft", lang) if place.draft else ""


def not_collected(view: View) -> str:
    """Markdown that names the places without a plan; empty where all have one."""
    missing = view.without_plan
    if not missing:
        return ""
    names = place_names(missing, view.lang)
    return markdown("indicator.not_collected", view.lang, n=len(missing), names=names)


# ------------------------------------------------------------------ counts and units
def count_statuses(rows: Iterable[Comparison], lang: str) -> str:
    """``3个给出数值、1个只有方向、1个未设目标``."""
    found = Counter(r.status for r in rows)
    parts = [message(f"status_count.{s}", lang, n=found[s]) for s in STATUSES if found[s]]
    return join_words(parts, lang)


def scale_of(rows: Sequence[Comparison], lang: str) -> Scale:
    """The unit to show some comparisons of one indicator in.

    Parameters
    ----------
    rows : list of Comparison
        The largest of their values decides (万千瓦 or GW), and in Chinese the plans' own word for
        what they count.
    lang : {"zh", "en"}
    """
    values = [abs(v) for r in rows for v in (r.value_std, r.stretch_std) if v is not None]
    units = Counter(r.unit_std for r in rows if r.unit_std)
    # of several units the most frequent, and any before a bare figure
    unit = max(units, key=lambda u: (u != "1", units[u]), default=None)
    scale = scale_for(unit, max(values, default=0.0), lang)
    if unit == "count" and lang == "zh":  # vehicles are 辆 and works 家, where all plans say so
        words = {_NUMERAL.sub("", r.value_text or "") for r in rows if r.unit_std}
        if len(words) == 1:
            scale = replace(scale, unit=scale.unit.replace("个", words.pop() or "个"))
    return scale
