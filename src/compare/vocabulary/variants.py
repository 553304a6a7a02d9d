"""Variants: which denominator or population a row measures, and how two of them compare."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from compare.base import workspace
from compare.base.errors import CompareError
from compare.vocabulary import indicators, units
from compare.vocabulary.dimensions import dimensions

GRADES = {"same": 0, "close": 1, "different": 2}
"""Grades of comparability, the nearest first."""


@dataclass(frozen=True, slots=True)
class Comparability:
    """A grade (``same``, ``close`` or ``different``) and one sentence that says why."""

    grade: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A variant id taken apart: denominator or population, form, base year."""

    base: str
    form: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a variant's figure can be besides the indicator's usual kind (see ``variants.toml``)."""

    name_zh: str
    name_en: str
    why_zh: str = ""
    why_en: str = ""
    match: re.Pattern[str] | None = None


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads(workspace.vocabulary_file("variants.toml").read_text(encoding="utf-8"))


@cache
def forms() -> dict[str, Form]:
    """The forms by name, in the order of the file."""
    return {
        name: Form(**spec | ({"match": re.compile(spec["match"])} if "match" in spec else {}))
        for name, spec in _vocabulary()["form"].items()
    }


@cache
def split(variant: str) -> Parts:
    """``new_buildings:change:from_2020`` as its parts."""
    base, *rest = variant.split(":")
    form = year = None
    for part in rest:
        if part.startswith("from_"):
            year = int(part[5:])
        elif part in forms():
            form = part
        else:
            raise CompareError(f"unknown form {part!r} in variant {variant!r}", "variants.toml")
    return Parts(base, form, year)


def assign(
    indicator: str,
    words: str,
    *,
    value: float | None,
    unit: str | None,
    kind: str = "numeric",
    measure: str = "level",
    baseline_year: int | None = None,
    period: str | None = None,
    scope: str | None = None,
) -> str:
    """The variant of a target or benchmark.

    Parameters
    ----------
    indicator : str
    words : str
        What it measures, in its own words (``indicator_text``, ``population_zh``).
    value, unit, kind, measure, baseline_year, period
        As in the table ``targets``.
    scope : str, optional
        The part of the place that it is about (``scope_region``).

    Returns
    -------
    str
        ``<variant>[:<form>][:from_<base year>]``; ``other`` for the indicator ``other``, whose rows
        have nothing in common.
    """
    if indicator == "other":
        return "other"
    entry = indicators.get(indicator)
    text = units.simplify(f"{words}|{scope or ''}")
    parsed = units.parse(unit) if value is not None else None
    base = _base(entry, text, parsed)
    if value is None:
        return base + (":project" if kind == "milestone" else "")
    form = _form(entry, text, parsed, kind, measure, period)
    from_year = baseline_year is not None and measure == "change"
    return base + (f":{form}" if form else "") + (f":from_{baseline_year}" if from_year else "")


def _base(indicator: indicators.Indicator, text: str, unit: units.Unit | None) -> str:
    for v in indicator.variants:
        if v.general or (v.dimensions and (unit is None or unit.dimension not in v.dimensions)):
            continue
        if v.match and not v.match.search(text):
            continue
        if not (v.unless and v.unless.search(text)):
            return v.id
    return indicator.general.id


def _form(
    indicator: indicators.Indicator,
    text: str,
    unit: units.Unit | None,
    kind: str,
    measure: str,
    period: str | None,
) -> str | None:
    if kind == "milestone":
        return "project"
    if measure == "growth":
        return "growth"
    if measure != indicator.usual_measure:
        return measure
    size = unit is not None and dimensions()[unit.dimension].size
    added = forms()["added"].match
    if measure == "level" and size and added and added.search(text):
        return "added_per_year" if period == "annual" else "added"
    return None


def name(indicator: str, variant: str, lang: str = "zh") -> str:
    """What a reader sees for a variant: ``占新建建筑面积`` or ``of new floor area``."""
    parts = split(variant)
    base = indicators.get(indicator).variant(parts.base)
    form = forms()[parts.form] if parts.form else None
    if lang == "zh":
        more = [form.name_zh] if form else []
        more += [f"较{parts.year}年"] if parts.year else []
        return f"{base.name_zh}（{'，'.join(more)}）" if more else base.name_zh
    more = [form.name_en] if form else []
    more += [f"against {parts.year}"] if parts.year else []
    return f"{base.name_en} ({', '.join(more)})" if more else base.name_en


def order(indicator: str, variant: str) -> tuple[int, int, int]:
    """Sort key: the usual variant first, plain figures before changes, additions and projects."""
    parts = split(variant)
    ids = indicators.get(indicator).variant_ids
    return ids.index(parts.base), [None, *forms()].index(parts.form), parts.year or 0


def comparable(indicator: str, variant: str) -> bool:
    """False where two rows of this variant need not be about the same thing."""
    parts = split(variant)
    return parts.form != "project" and indicators.get(indicator).variant(parts.base).comparable


def sentence(key: str, **words: object) -> tuple[str, str]:
    """A sentence of ``vocabulary/variants.toml`` in Chinese and English."""
    spec = _vocabulary()["why"][key]
    zh = {k: v[0] if isinstance(v, tuple) else v for k, v in words.items()}
    en = {k: v[1] if isinstance(v, tuple) else v for k, v in words.items()}
    return spec["zh"].format(**zh), spec["en"].format(**en)


@cache
def grade(indicator: str, a: str, b: str) -> Comparability:
    """How figures of two variants of one indicator compare, with one sentence saying why.

    Returns
    -------
    Comparability
        ``same``: the same measure. ``close``: nearly, the sentence says what differs; figures may
        be set side by side with it. ``different``: not to be set side by side.
    """
    names = {k: (name(indicator, v), name(indicator, v, "en")) for k, v in (("a", a), ("b", b))}
    if a == b:
        if comparable(indicator, a):
            return Comparability("same", *sentence("same"))
        return Comparability("different", *sentence("own", a=names["a"]))
    one, two = split(a), split(b)
    found = [_bases(indicator, one.base, two.base, names), _forms(one, two), _years(one, two)]
    return max((g for g in found if g), key=lambda g: GRADES[g.grade])


def _bases(
    indicator: str, a: str, b: str, names: dict[str, tuple[str, str]]
) -> Comparability | None:
    if a == b:
        if indicators.get(indicator).variant(a).comparable:
            return None
        return Comparability("different", *sentence("own", a=names["a"]))
    for g in indicators.get(indicator).grades:
        if {g.a, g.b} == {a, b}:
            return Comparability(g.grade, g.zh, g.en)
    return Comparability("different", *sentence("different", **names))


def _forms(one: Parts, two: Parts) -> Comparability | None:
    if one.form == two.form:
        return None
    named = one.form if one.form and one.form != "level" else two.form or one.form
    form = forms()[named or "level"]
    return Comparability("different", form.why_zh, form.why_en)


def _years(one: Parts, two: Parts) -> Comparability | None:
    if one.year == two.year:
        return None
    if one.year and two.year:
        return Comparability("different", *sentence("base_years", a=one.year, b=two.year))
    return Comparability("close", *sentence("base_unstated", a=one.year or two.year))
