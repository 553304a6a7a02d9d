"""Variants: which denominator or population a row measures, and how two of them compare."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from compare.base import workspace
from compare.base.errors import CompareError
from compare.vocabulary import indicators, units
from compare.vocabulary.dimensions import dimensions

GRADES = {"same": 0, "close": 1, "different": 2}
"""Grades of comparability, the nearest first."""


@dataclass(frozen=True)
class Comparability:
    """A grade (``same``, ``close`` or ``different``) and one sentence that says why."""

    grade: str
    zh: str
    en: str


@dataclass(frozen=True)
class Parts:
    """A variant id taken apart: denominator or population, form, base year."""

    base: str
    form: str | None = None
    year: int | None = None


@cache
def _vocabulary() -> dict:
    return tomllib.loads(workspace.vocabulary_file("variants.toml").read_text(encoding="utf-8"))


def split(variant: str) -> Parts:
    """``new_buildings:change:from_2020`` as its parts."""
    base, *rest = variant.split(":")
    form = year = None
    for part in rest:
        if part.startswith("from_"):
            year = int(part[5:])
        elif part in _vocabulary()["form"]:
            form = part
        else:
            raise CompareError(f"unknown form {part!r} in variant {variant!r}", "variants.toml")
    return Parts(base, form, year)


def assign(row: dict) -> str:
    """The variant of a targets (or benchmarks) row.

    Parameters
    ----------
    row : dict
        ``indicator``, ``indicator_text`` (or ``population_zh``), ``value``, ``unit``, ``kind``,
        ``measure``, ``baseline_year``, ``period``, ``scope_region``.

    Returns
    -------
    str
        ``<variant>[:<form>][:from_<base year>]``; ``other`` for the indicator ``other``, whose rows
        are each a measure of their own.
    """
    if row["indicator"] == "other":
        return "other"
    indicator = indicators.get(row["indicator"])
    words = _given(row, "indicator_text") or _given(row, "population_zh") or ""
    text = units.simplify(f"{words}|{_given(row, 'scope_region') or ''}")
    unit = units.parse(_given(row, "unit")) if _given(row, "value") is not None else None
    base = _base(indicator, text, unit)
    if _given(row, "value") is None:
        return base + (":project" if row.get("kind") == "milestone" else "")
    year = _given(row, "baseline_year")
    form = _form(indicator, row, text, unit)
    from_year = year is not None and row.get("measure") == "change"
    return base + (f":{form}" if form else "") + (f":from_{int(year)}" if from_year else "")


def _base(indicator: indicators.Indicator, text: str, unit: units.Unit | None) -> str:
    for v in indicator.variants:
        if v.general or (v.dimensions and (unit is None or unit.dimension not in v.dimensions)):
            continue
        if v.match and not v.match.search(text):
            continue
        if not (v.unless and v.unless.search(text)):
            return v.id
    return indicator.general.id


def _form(indicator, row: dict, text: str, unit: units.Unit | None) -> str | None:
    if row.get("kind") == "milestone":
        return "project"
    measure = row.get("measure", "level")
    if measure == "growth":
        return "growth"
    if measure != indicator.usual_measure:
        return measure
    size = unit is not None and dimensions()[unit.dimension].size
    if measure == "level" and size and re.search(_vocabulary()["form"]["added"]["match"], text):
        return "added_per_year" if _given(row, "period") == "annual" else "added"
    return None


def name(indicator: str, variant: str, lang: str = "zh") -> str:
    """What a reader sees for a variant: ``占新建建筑面积`` or ``of new floor area``."""
    parts, forms = split(variant), _vocabulary()["form"]
    base = getattr(indicators.get(indicator).variant(parts.base), f"name_{lang}")
    more = [forms[parts.form][f"name_{lang}"]] if parts.form else []
    if parts.year:
        more.append(f"较{parts.year}年" if lang == "zh" else f"against {parts.year}")
    if not more:
        return base
    return f"{base}（{'，'.join(more)}）" if lang == "zh" else f"{base} ({', '.join(more)})"


def order(indicator: str, variant: str) -> tuple:
    """Sort key: the usual variant first, plain figures before changes, additions and projects."""
    parts = split(variant)
    forms = [None, *_vocabulary()["form"]]
    ids = indicators.get(indicator).variant_ids
    return ids.index(parts.base), forms.index(parts.form), parts.year or 0


def comparable(indicator: str, variant: str) -> bool:
    """False where two rows of this variant need not be about the same thing."""
    parts = split(variant)
    return parts.form != "project" and indicators.get(indicator).variant(parts.base).comparable


def sentence(key: str, **words) -> tuple[str, str]:
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


def _bases(indicator: str, a: str, b: str, names: dict) -> Comparability | None:
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
    forms = _vocabulary()["form"]
    said = forms[one.form if one.form in forms and one.form != "level" else two.form or one.form]
    return Comparability("different", said["why_zh"], said["why_en"])


def _years(one: Parts, two: Parts) -> Comparability | None:
    if one.year == two.year:
        return None
    if one.year and two.year:
        return Comparability("different", *sentence("base_years", a=one.year, b=two.year))
    return Comparability("close", *sentence("base_unstated", a=one.year or two.year))


def _given(row: dict, key: str):
    """The cell, with None for NaN and pandas.NA."""
    value = row.get(key)
    return value if units.given(value) else None
