"""Values: the one renderer of a value with its bound, its unit and its effort.

`written_value` says a target in the unit of its plan (evidence pages, lists of targets);
`standard_with_bound`, `standard_in_words` and `target_value` say it in the standard unit, so that
places can be compared (charts, comparison tables, sentences).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from compare.display.code_words import code_word
from compare.display.messages import message
from compare.display.numbers import Scale, format_in_full, format_number, scale_or_usual
from compare.schema.records import Benchmark, Comparison, Target

BOUND_SYMBOL = {"=": "", ">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "≈"}
WITHOUT_LEVEL = ("deferred", "directional")
"""Kinds of targets that give no level."""


class HasStandardValue(Protocol):
    """What has a value in a standard unit, with its bound: a target, a comparison, an `Amount`."""

    @property
    def comparator(self) -> str | None: ...
    @property
    def value_std(self) -> float | None: ...
    @property
    def value_max_std(self) -> float | None: ...
    @property
    def unit_std(self) -> str | None: ...


@dataclass(frozen=True)
class Amount:
    """A value in a standard unit with its bound, of what is no row of its own."""

    value_std: float | None
    unit_std: str | None
    comparator: str | None = "="
    value_max_std: float | None = None


def benchmark_amount(row: Benchmark) -> Amount:
    """The value of a benchmark that is not deferred."""
    return Amount(row.value_std, row.unit_std, row.comparator)


# ------------------------------------------------------------------ in the standard unit
def quantity(value: float, unit_std: str | None, lang: str, scale: Scale | None = None) -> str:
    """A value with its unit: ``21%``, ``320万千瓦``, ``3.2 GW``, ``2030年``."""
    scale = scale_or_usual(scale, unit_std, value, lang)
    if unit_std == "year":
        return year(int(value), "=", lang)
    return f"{format_number(value * scale.factor)}{_unit_gap(scale.unit, lang)}{scale.unit}"


def _unit_gap(unit: str, lang: str) -> str:
    """What stands between a number and its unit."""
    return "" if unit in ("", "%") or lang == "zh" else " "


def year(value: int, comparator: str | None, lang: str) -> str:
    """A year with its bound: ``2030年前``, ``by 2030``."""
    return message(f"year.{comparator or '='}", lang, year=value)


def standard_with_bound(row: HasStandardValue, lang: str, scale: Scale | None = None) -> str:
    """A value in its standard unit with its bound as a sign: ``≥95%``; of years in words."""
    value, unit = row.value_std, row.unit_std
    assert value is not None
    if unit == "year":
        return year(int(value), row.comparator, lang)
    shown = quantity(value, unit, lang, scale)
    top = row.value_max_std
    if top is not None:
        scale = scale_or_usual(scale, unit, top, lang)
        shown = f"{format_number(value * scale.factor)}–{quantity(top, unit, lang, scale)}"
    return f"{BOUND_SYMBOL[row.comparator or '=']}{shown}"


def standard_in_words(row: HasStandardValue, lang: str, scale: Scale | None = None) -> str:
    """As `standard_with_bound`, the bound in words: ``不低于95%``, ``at least 95%``."""
    comparator = row.comparator or "="
    if row.unit_std == "year" or comparator == "=":
        return standard_with_bound(row, lang, scale)
    exact = Amount(row.value_std, row.unit_std, "=", row.value_max_std)
    gap = "" if lang == "zh" else " "
    bound = code_word("comparator", comparator, lang)
    return f"{bound}{gap}{standard_with_bound(exact, lang, scale)}"


def target_value(
    row: Target | Comparison, lang: str, scale: Scale | None = None, stretch: Target | None = None
) -> str:
    """What a target asks for: ``力争不低于95%``, ``about 20%, strive for 21.6%``.

    Parameters
    ----------
    row : Target or Comparison
        With a value in the standard unit, or of a kind that has none.
    lang : {"zh", "en"}
    scale : Scale, optional
        Unit to show it in.
    stretch : Target, optional
        The second, higher aim.
    """
    if row.value_std is None:
        if row.kind in WITHOUT_LEVEL:
            return status_words(row.kind, row.direction, lang)
        # a figure that has no standard unit is shown as it is written
        return row.value_text or message("target_value.unquantified", lang)
    if row.kind == "verbal":
        key = {100.0: "all", 0.0: "none"}.get(row.value_std, "")
        shown = message(f"target_value.{key}", lang) if key else standard_in_words(row, lang, scale)
    else:
        shown = _level_or_change(row, lang, scale)
    if row.effort == "strive":
        shown = message("target_value.strive", lang, what=shown)
    if stretch is not None and stretch.value_std is not None:
        higher = _level_or_change(stretch, lang, scale)
        key = "stretch_strive" if stretch.effort == "strive" else "stretch"
        shown = message(f"target_value.{key}", lang, what=shown, higher=higher)
    return shown


def _level_or_change(row: Target | Comparison, lang: str, scale: Scale | None) -> str:
    shown = standard_in_words(row, lang, scale)
    if row.measure == "growth":
        key = "growth_down" if row.direction == "down" else "growth"
        return message(f"target_value.{key}", lang, what=shown)
    if row.measure == "change" and row.direction in ("up", "down", "hold"):
        return message(f"target_value.change_{row.direction}", lang, what=shown)
    return shown


def difference(
    value: float, unit: str, lang: str, sign: bool = True, scale: Scale | None = None
) -> str:
    """A gap or a pace: ``+1.5个百分点``, ``+1.5 pp``, ``×1.2``."""
    lead = "+" if sign and value > 0 else ""
    if unit == "pp":
        return f"{lead}{format_number(value)}{message('common.pp', lang)}"
    return f"{lead}{quantity(value, unit, lang, scale)}"


# ------------------------------------------------------------------ as the plan writes it
def written_value(row: Target, lang: str = "zh", effort: bool = True) -> str:
    """What a target asks for in its own unit, with its bound, or why it has no level.

    Parameters
    ----------
    row : Target
    lang : {"zh", "en"}
    effort : bool
        Say of what is only striven for that it is (``力争 ≥95%``).
    """
    if row.kind in WITHOUT_LEVEL:
        trend = code_word("direction", row.direction, lang) if row.direction else ""
        return " · ".join(w for w in (code_word("kind", row.kind, lang), trend) if w)
    shown = _written(row, lang)
    if effort and row.effort == "strive":
        return f"{code_word('effort', 'strive', lang)} {shown}"
    return shown


def _written(row: Target, lang: str) -> str:
    if row.value is None:
        return row.value_text
    if row.kind == "peak":
        shown = year(int(row.value), row.comparator, lang)
        exact = row.comparator in ("=", None)
        return message("written_value.in_year", lang, year=shown) if exact else shown
    unit = row.unit or ""
    figure = _range_in_full(row.value, row.value_max)
    shown = f"{BOUND_SYMBOL[row.comparator or '=']}{figure}{_unit_gap(unit, lang)}{unit}"
    if row.kind == "verbal":
        return message("written_value.verbal", lang, words=row.value_text, value=shown)
    if row.measure == "growth":
        key = "growth_down" if row.direction == "down" else "growth"
        return message(f"written_value.{key}", lang, what=shown)
    if row.measure == "change":
        key = f"written_value.change_{row.direction}"
        return message(key, lang, what=shown) if row.direction else shown
    return f"{code_word('period', 'annual', lang)} {shown}" if row.period else shown


def _range_in_full(low: float, high: float | None) -> str:
    shown = format_in_full(low)
    return shown if high is None else f"{shown}–{format_in_full(high)}"


def baseline_words(row: Target) -> str:
    """The year and the level that a target starts from, as far as the plan states them."""
    parts = [] if row.baseline_year is None else [str(row.baseline_year)]
    return " · ".join([*parts, *([] if row.baseline_value is None else [baseline_level(row)])])


def baseline_level(row: Target) -> str:
    """The level that a target starts from; that of a change has a unit of its own, left to the sentence."""
    unit = (row.unit or "") if row.measure == "level" else ""
    return "" if row.baseline_value is None else format_in_full(row.baseline_value) + unit


def standard_value(row: Target) -> str | None:
    """The value in its standard unit, where that is another than the one written."""
    unit = row.unit_std
    if row.value_std is None or unit in (None, row.unit, "year", "count"):
        return None
    figure = _range_in_full(row.value_std, row.value_max_std)
    return f"{BOUND_SYMBOL[row.comparator or '=']}{figure} {unit}"


def horizon(row: Target, lang: str) -> str:
    """The year a target is for, or that the text sets none; empty for a peak, whose value it is."""
    if row.kind == "peak":
        return ""
    if row.target_year is None:
        return f"{code_word('label', 'horizon', lang)} {code_word('label', 'not_stated', lang)}"
    return year(row.target_year, "=", lang)


# ------------------------------------------------------------------ the kinds of nothing
def status_words(status: str, direction: str | None, lang: str) -> str:
    """The words for a status: a target, or one of the kinds of nothing."""
    if status == "directional" and direction:
        return message(f"status.directional_{direction}", lang)
    if status == "deferred" and direction in ("up", "down"):
        return message(f"status.deferred_{direction}", lang)
    return message(f"status.{status}", lang)
