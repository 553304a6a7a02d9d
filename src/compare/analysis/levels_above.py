"""Levels above: the own targets of prefecture, province and nation beside a place's, and the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from compare.analysis.selection import View
from compare.charts import BenchmarkLine
from compare.comparison.gaps import LEVELS
from compare.display.lists import join_clauses
from compare.display.messages import all_messages, message
from compare.display.numbers import Scale, format_number, round_figures, scale_or_usual
from compare.display.values import (
    BOUND_SYMBOL,
    Amount,
    difference,
    standard_in_words,
    standard_with_bound,
)
from compare.schema.records import Comparison


@dataclass(frozen=True)
class Above:
    """The columns of a comparison that speak of one level above it.

    Attributes
    ----------
    level : {"prefecture", "province", "nation"}
    benchmark_id : str or None
    kind : str or None
        ``numeric``, ``peak``, or ``deferred``: it leaves the figure to the level above it.
    amount : Amount or None
        Its own target; None where none is held, or where it is deferred.
    checked : str or None
        ``yes``: seen in its document; ``reported``: seen in a report about it; ``no``: not seen.
    comparability, why_zh, why_en : str or None
        Whether it is of the same variant, and why (not).
    gap : float or None
    gap_bound, stance : str or None
    other_ids : tuple of str
        Its further, different figures for the same variant and horizon.
    """

    level: str
    benchmark_id: str | None
    kind: str | None
    amount: Amount | None
    checked: str | None
    comparability: str | None
    why_zh: str | None
    why_en: str | None
    gap: float | None
    gap_bound: str | None
    stance: str | None
    other_ids: tuple[str, ...]

    def why(self, lang: str) -> str:
        """Why the two figures are (not) of the same variant."""
        return (self.why_zh if lang == "zh" else self.why_en) or ""


def benchmark_above(row: Comparison, level: str) -> Above:
    """What a comparison says of the target of one level above.

    Parameters
    ----------
    row : Comparison
    level : {"prefecture", "province", "nation"}
    """

    def of(name: str) -> Any:
        return getattr(row, f"{level}_{name}")

    amount = None if of("std") is None else Amount(of("std"), of("unit"), of("comparator"))
    return Above(
        level, of("id"), of("kind"), amount, of("checked"),
        of("comparability"), of("why_zh"), of("why_en"),
        getattr(row, f"gap_{level}"), getattr(row, f"gap_{level}_bound"), of("stance"), of("other_ids"),
    )  # fmt: skip


def chain(row: Comparison) -> tuple[str, ...]:
    """The levels above a row's place, its direct superior first."""
    return LEVELS[LEVELS.index(row.superior) :] if row.superior else ()


def unseen_note(above: Above, lang: str) -> str:
    """How a figure is marked that was not seen in its document itself; empty where it was."""
    if above.checked in (None, "yes"):
        return ""
    return message(f"common.{'reported' if above.checked == 'reported' else 'unchecked'}", lang)


# ------------------------------------------------------------------ names
def level_name(row: Comparison, level: str, lang: str) -> str:
    """Short name of the level above: the nation, or the province or prefecture by its name."""
    zh = {"province": row.province_zh, "prefecture": row.parent_zh}.get(level)
    return superior_name(zh, lang) or message(f"common.{level}", lang)


def superior_name(name_zh: str | None, lang: str) -> str:
    """Short name of a province or prefecture: 浙江, Zhejiang; 长沙, Changsha."""
    if not name_zh:
        return ""
    if lang == "en":
        return all_messages()["superior"].get(name_zh, name_zh)
    for end in ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市"):
        name_zh = name_zh.removesuffix(end)
    return name_zh


# ------------------------------------------------------------------ benchmarks and gaps
def benchmark_line(row: Comparison, level: str, view: View, scale: Scale) -> BenchmarkLine | None:
    """The target of the level above as a line of a chart.

    Parameters
    ----------
    row : Comparison
    level : {"prefecture", "province", "nation"}
    view : View
    scale : Scale
        Of the axis.

    Returns
    -------
    BenchmarkLine or None
        None where no target is held, or where it is of another variant.
    """
    above = benchmark_above(row, level)
    if above.amount is None or above.comparability == "different":
        return None
    value = above.amount.value_std or 0.0
    shown = standard_with_bound(above.amount, view.lang, scale)
    label = f"{level_name(row, level, view.lang)} {shown}"
    if note := unseen_note(above, view.lang):
        label += message("common.mark", view.lang, note=note)
    factor = scale_or_usual(scale, above.amount.unit_std, value, view.lang).factor
    return BenchmarkLine(value * factor, label, above.checked != "no")


def nearest_line(row: Comparison, view: View, scale: Scale) -> BenchmarkLine | None:
    """The target of the nearest level below the nation that can be drawn beside a place."""
    lines = (benchmark_line(row, level, view, scale) for level in chain(row) if level != "nation")
    return next((line for line in lines if line), None)


def same_figure(above: Above) -> bool:
    """Whether a place states just the figure of a level above, its bound aside."""
    return above.gap == 0 and above.amount is not None


def is_about(row: Comparison, above: Above) -> bool:
    """Whether a gap rests on a figure that is itself "about", the place's or the benchmark's."""
    return "~" in (row.comparator, above.amount and above.amount.comparator)


def gap_short(row: Comparison, level: str, lang: str) -> str:
    """A gap for a table: ``>≈+7.4个百分点``, ``≈0``, ``3%``; empty where there is none.

    Parameters
    ----------
    row : Comparison
    level : {"prefecture", "province", "nation"}
    lang : {"zh", "en"}
    """
    above = benchmark_above(row, level)
    gap = above.gap
    if gap is None:
        return ""
    sign = BOUND_SYMBOL[above.gap_bound or "="]
    sign += "≈" if is_about(row, above) and "≈" not in sign else ""
    if row.gap_unit == "pp":
        return f"{sign}{difference(gap, 'pp', lang)}" if gap else f"{sign}0"
    if row.gap_unit == "year":
        years = partial(message, "gap.years", lang, n=int(gap))
        return years(x=f"{sign}{int(gap):+d}") if gap else f"{sign}0"
    lead = "+" if row.gap_unit == "relative" and gap > 0 else ""
    return f"{sign}{lead}{format_number(round_figures(gap * 100, 2))}%"


_REVERSED = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}


def gap_in_words(row: Comparison, level: str, view: View) -> str:
    """A gap as part of a sentence: ``比全国目标（约20%）高，差距超过约7.4个百分点``.

    Parameters
    ----------
    row : Comparison
        With a gap to this level.
    level : {"prefecture", "province", "nation"}
    view : View
    """
    lang, above = view.lang, benchmark_above(row, level)
    gap = above.gap
    assert gap is not None and above.amount is not None
    who = message("common.nation_target", lang)
    if level != "nation":
        who = message("common.superior_target", lang, name=level_name(row, level, lang))
    shown = standard_in_words(above.amount, lang)
    if note := unseen_note(above, lang):
        shown += message("common.also", lang, note=note)
    who = message("gap.who", lang, who=who, x=shown)
    bound = above.gap_bound or "="
    about = is_about(row, above)
    if row.gap_unit == "ratio":
        return message("gap.ratio", lang, who=who, x=gap_short(row, level, lang))
    if abs(gap) < 1e-9:
        return message(f"gap_zero.{'~' if about else bound}", lang, who=who)
    if row.gap_unit == "pp":
        size = difference(abs(gap), "pp", lang, sign=False)
    elif row.gap_unit == "year":
        size = message("gap.year_count", lang, n=int(abs(gap)))
    else:
        size = f"{format_number(abs(gap) * 100, 1)}%"
    if about and bound != "~":
        size = message("gap.about", lang, x=size)
    if gap < 0:  # a bound on a gap that is negative reads the other way round
        bound = _REVERSED.get(bound, bound)
    verb = message(f"gap.{_direction(row)}_{'plus' if gap > 0 else 'minus'}", lang)
    return message(f"gap_by.{bound}", lang, who=who, verb=verb, x=size)


def _direction(row: Comparison) -> str:
    """Which pair of verbs fits a gap: above and below, deeper and shallower, earlier and later."""
    if row.gap_unit == "year":
        return "year"
    if row.measure == "change" and row.direction == "down":
        return "cut"
    # a level that is better when it is low (PUE) counts positive when it is below
    for above in (benchmark_above(row, level) for level in chain(row)):
        if above.gap and above.amount and row.value_std is not None:
            apart = row.value_std - (above.amount.value_std or 0.0)
            return "low" if above.gap * apart < 0 else "high"
    return "high"


STANCES = tuple(
    f"{stance}{sure}"
    for stance in ("stricter", "equal", "looser")
    for sure in ("", "_about", "_least")
)
_OPEN_ENDS = {"looser": (">", ">="), "stricter": ("<", "<="), "equal": (">", ">=", "<", "<=")}
"""Bounds of a gap with which an open end may turn a stance."""


def stance(row: Comparison, level: str) -> str | None:
    """One of `STANCES`: how a place stands to the level above, and how sure that is.

    Returns
    -------
    str or None
        ``…_least``: only the least that the target allows stands so, an open end may turn it;
        ``…_about``: one of the two figures is about. None where neither can be called stricter.
    """
    above = benchmark_above(row, level)
    if above.stance is None:
        return None
    if above.gap_bound in _OPEN_ENDS[above.stance]:
        return f"{above.stance}_least"
    return f"{above.stance}_about" if is_about(row, above) else above.stance


def gap_or_reason(row: Comparison, level: str, view: View, scale: Scale | None = None) -> str:
    """The gap to the level above for a table, or why there is none; each reason has its words.

    Parameters
    ----------
    row : Comparison
    level : {"prefecture", "province", "nation"}
    view : View
    scale : Scale, optional
        Unit to show the target of the level above in, where there is no gap.
    """
    lang = view.lang
    if level not in chain(row):
        return ""
    who, above = level_name(row, level, lang), benchmark_above(row, level)
    if above.amount is None:
        key = "deferred" if above.kind == "deferred" else "none_held"
        return message(f"gap_cell.{key}", lang, who=who)
    notes = [note] if (note := unseen_note(above, lang)) else []
    gap = gap_short(row, level, lang)
    if gap:
        if row.gap_unit == "ratio":
            notes.append(message("gap_cell.part", lang))
        if above.comparability == "close":
            notes.append(message("table.close", lang))
        shown = message("gap_cell.gap", lang, who=who, x=gap)
    else:
        different = above.comparability == "different"
        figure = standard_with_bound(above.amount, lang, None if different else scale)
        shown = message("gap_cell.figure", lang, who=who, x=figure)
        if different:
            notes.append(message("gap_cell.different", lang))
        elif row.status == "target":
            notes.append(message("gap_cell.neither", lang))
        else:
            notes.append(message("gap_cell.no_figure", lang))
    if not notes:
        return shown
    words = "，".join(notes) if lang == "zh" else join_clauses(notes, lang)
    return shown + message("gap_cell.note", lang, x=words)
