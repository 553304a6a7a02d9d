"""Levels above: the nation's and the province's own targets beside a place's, and the gap to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from compare.analysis.selection import View
from compare.charts import BenchmarkLine
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

LEVELS = ("nation", "province")


@dataclass(frozen=True)
class Above:
    """The columns of a comparison that speak of one level above it.

    Attributes
    ----------
    level : {"nation", "province"}
    benchmark_id : str or None
    amount : Amount or None
        Its own target; None where none is held.
    checked : bool or None
        Whether that was seen in its document.
    comparability, why_zh, why_en : str or None
        Whether it is of the same variant, and why (not).
    gap : float or None
    gap_bound, stance : str or None
    """

    level: str
    benchmark_id: str | None
    amount: Amount | None
    checked: bool | None
    comparability: str | None
    why_zh: str | None
    why_en: str | None
    gap: float | None
    gap_bound: str | None
    stance: str | None

    def why(self, lang: str) -> str:
        """Why the two figures are (not) of the same variant."""
        return (self.why_zh if lang == "zh" else self.why_en) or ""


def benchmark_above(row: Comparison, level: str) -> Above:
    """What a comparison says of the nation's or the province's own target.

    Parameters
    ----------
    row : Comparison
    level : {"nation", "province"}
    """
    if level == "nation":
        amount = Amount(row.nation_std, row.nation_unit, row.nation_comparator)
        return Above(
            level, row.nation_id, amount if row.nation_std is not None else None,
            row.nation_checked, row.nation_comparability, row.nation_why_zh, row.nation_why_en,
            row.gap_nation, row.gap_nation_bound, row.nation_stance,
        )  # fmt: skip
    amount = Amount(row.province_std, row.province_unit, row.province_comparator)
    return Above(
        level, row.province_id, amount if row.province_std is not None else None,
        row.province_checked, row.province_comparability, row.province_why_zh, row.province_why_en,
        row.gap_province, row.gap_province_bound, row.province_stance,
    )  # fmt: skip


# ------------------------------------------------------------------ names
def level_name(row: Comparison, level: str, lang: str) -> str:
    """Short name of the level above: the nation, or the province by its name."""
    name = province_name(row.province_zh, lang) if level == "province" else ""
    return name or message(f"common.{level}", lang)


def province_name(name_zh: str | None, lang: str) -> str:
    """Short name of a province: 浙江, Zhejiang."""
    if not name_zh:
        return ""
    if lang == "en":
        return all_messages()["province"].get(name_zh, name_zh)
    for end in ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市"):
        name_zh = name_zh.removesuffix(end)
    return name_zh


# ------------------------------------------------------------------ benchmarks and gaps
def benchmark_line(row: Comparison, level: str, view: View, scale: Scale) -> BenchmarkLine | None:
    """The target of the level above as a line of a chart.

    Parameters
    ----------
    row : Comparison
    level : {"nation", "province"}
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
    if not above.checked:
        label += message("common.unchecked_mark", view.lang)
    factor = scale_or_usual(scale, above.amount.unit_std, value, view.lang).factor
    return BenchmarkLine(value * factor, label, bool(above.checked))


def is_about(row: Comparison, above: Above) -> bool:
    """Whether a gap rests on a figure that is itself "about", the place's or the benchmark's."""
    return "~" in (row.comparator, above.amount and above.amount.comparator)


def gap_short(row: Comparison, level: str, lang: str) -> str:
    """A gap for a table: ``>≈+7.4个百分点``, ``≈0``, ``3%``; empty where there is none.

    Parameters
    ----------
    row : Comparison
    level : {"nation", "province"}
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
    level : {"nation", "province"}
    view : View
    """
    lang, above = view.lang, benchmark_above(row, level)
    gap = above.gap
    assert gap is not None and above.amount is not None
    who = message("common.nation_target", lang)
    if level == "province":
        name = province_name(row.province_zh, lang)
        who = message("common.province_target", lang, name=name)
    shown = standard_in_words(above.amount, lang)
    if not above.checked:
        shown += message("common.unchecked_also", lang)
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
    if row.gap_nation is None or row.nation_std is None or row.value_std is None:
        return "high"
    return "low" if row.gap_nation * (row.value_std - row.nation_std) < 0 else "high"


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
    level : {"nation", "province"}
    view : View
    scale : Scale, optional
        Unit to show the target of the level above in, where there is no gap.
    """
    lang = view.lang
    if level == "province" and not view.place[row.region_id].below_province:
        return message("gap_cell.is_province", lang)
    who, above = level_name(row, level, lang), benchmark_above(row, level)
    if above.amount is None:
        return message("gap_cell.none_held", lang, who=who)
    notes = [] if above.checked else [message("gap_cell.unchecked", lang)]
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
