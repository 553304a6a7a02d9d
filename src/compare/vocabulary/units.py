"""Units: what a plan writes behind a number, as one standard unit per kind of quantity.

All definitions are data (``vocabulary/units.toml``) and make one pint registry. A percentage point is
never a percent, a count never a share, and a bare figure never gets a unit that the text leaves
out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from compare.base.errors import CompareError
from compare.vocabulary import indicators
from compare.vocabulary.dimensions import VOCAB, Dimension, dimensions, vocabulary

# one or more unit words joined by "/": everything that can reach pint's parser
_WORDS = re.compile(r"[^\W\d]\w*(?:/[^\W\d]\w*)*")


@dataclass(frozen=True)
class Unit:
    """A parsed unit: ``value * factor`` is the value in ``unit_std``."""

    text: str
    dimension: str
    unit_std: str
    factor: float


@cache
def registry():
    """The one pint registry: nothing in it but ``vocabulary/units.toml``."""
    import pint

    ureg = pint.UnitRegistry(None)
    words = vocabulary()
    for name, factor in words["multiplier"].items():
        ureg.define(f"{name}- = {factor!r}")
    for spec in words["dimension"].values():
        for name, meaning in spec.get("units", {}).items():
            ureg.define(f"{name} = {meaning}")
        for name in spec.get("words", {}).get("each", ""):
            ureg.define(f"{name} = {spec['unit_std']}")
    return ureg


@cache
def _converter():
    import opencc

    return opencc.OpenCC("t2s")


@cache
def simplify(text: str) -> str:
    """Text for matching: Simplified, half-width, without white space."""
    return re.sub(r"\s+", "", _converter().convert(unicodedata.normalize("NFKC", text)))


@cache
def _standards() -> list[tuple[Dimension, object]]:
    ureg = registry()
    return [(d, 1 * ureg.parse_expression(d.std)) for d in dimensions().values()]


@cache
def parse(unit: str | None) -> Unit | None:
    """A unit as a plan writes it.

    Parameters
    ----------
    unit : str or None
        ``万千瓦``, ``億噸``, ``个百分点``, ``吨标准煤/万元`` …; None for a figure without one.

    Returns
    -------
    Unit or None
        None if the vocabulary does not know it.
    """
    import pint

    if unit is None:
        return Unit("", "number", dimensions()["number"].unit_std, 1.0)
    text = simplify(unit)
    multipliers = vocabulary()["multiplier"]
    if text in multipliers:
        return Unit(text, "number", dimensions()["number"].unit_std, multipliers[text])
    for sign, word in vocabulary()["spelling"].items():
        text = text.replace(sign, word)
    if not _WORDS.fullmatch(text):
        return None
    ureg = registry()
    try:
        quantity = ureg.Quantity(1, ureg.parse_units(text))
    except (pint.errors.UndefinedUnitError, pint.errors.DefinitionSyntaxError):
        return None
    # 立方米/亩 has the dimension of a length: what is written as a rate is sought among rates first
    rate = "/" in text
    for dimension, one in sorted(_standards(), key=lambda s: ("/" in s[0].std) != rate):
        if quantity.dimensionality == one.dimensionality:
            factor = float((quantity / one).to_base_units().magnitude)
            return Unit(text, dimension.name, dimension.unit_std, factor)
    return None


def _clean(value: float) -> float:
    """Twelve significant digits: no 445000000.00000006 from 4.45亿."""
    return float(f"{value:.12g}")


@cache
def per_head(unit_std: str) -> tuple[float, str] | None:
    """Factor from ``value_std / persons`` to a per-head value, and what that is called.

    Returns
    -------
    tuple of (float, str) or None
        ``(1000.0, "kW/person")`` for MW; None for what is not a size.
    """
    for dimension in dimensions().values():
        if dimension.unit_std == unit_std and dimension.per_head:
            unit, persons = dimension.per_head
            ureg = registry()
            ratio = ureg.parse_expression(dimension.std) / ureg.parse_expression(unit)
            whom = "person" if persons == 1 else f"{persons} persons"
            name = f"{unit.replace(' * ', ' ').replace(' / ', '/')}/{whom}"
            return _clean(float(ratio.to_base_units().magnitude) * persons), name
    return None


def standardise(value: float | None, unit: str | None) -> tuple[float | None, str | None]:
    """A value in the standard unit of its dimension.

    Returns
    -------
    value_std, unit_std
        Both None where the unit is not known; value_std None where the value is.
    """
    known = parse(_text(unit))
    if known is None:
        return None, None
    if not given(value):
        return None, known.unit_std
    return _clean(float(value) * known.factor), known.unit_std


def standard(row: dict) -> dict:
    """``value_std``, ``value_max_std`` and ``unit_std`` of a targets or benchmarks row, checked.

    Raises
    ------
    CompareError
        If the unit is unknown or not allowed for the row's indicator (see `check`).
    """
    nothing = {"value_std": None, "value_max_std": None, "unit_std": None}
    value, highest = row.get("value"), row.get("value_max")
    if not given(value):
        return nothing
    known = check(row)
    if known is None or (row["indicator"] == "other" and known.dimension == "number"):
        return nothing
    out = {"value_std": _clean(float(value) * known.factor), "unit_std": known.unit_std}
    out["value_max_std"] = _clean(float(highest) * known.factor) if given(highest) else None
    return out


def check(row: dict) -> Unit | None:
    """The unit of a row, if it is allowed for the row's indicator.

    Allowed are the indicator's ``dimension`` and those in ``also``; besides, for a change or a
    growth, a percentage or a multiple, and percentage points where the indicator is a share; a
    share for a ``verbal`` row (all of them) and a year for a ``peak``.

    Returns
    -------
    Unit or None
        None for a row without a value, and for an unknown unit of the indicator ``other``.

    Raises
    ------
    CompareError
        Otherwise; it names document, offset, unit and evidence.
    """
    if not given(row.get("value")):
        return None
    unit, known = _text(row.get("unit")), parse(_text(row.get("unit")))
    if row["indicator"] == "other":
        return known
    indicator = indicators.get(row["indicator"])
    if known is None:
        raise _error(row, f"unit {unit!r} is not in {VOCAB}")
    if known.dimension == "volume" and indicator.dimension == "volume_per_area":
        known = _per_area(row, known, indicator)
    if known.dimension == "number" and indicator.dimension in ("ratio", "count"):
        d = dimensions()[indicator.dimension]
        return Unit(known.text, d.name, d.unit_std, known.factor)
    allowed = _allowed(indicator, row)
    if known.dimension not in allowed:
        have = (
            f"unit {unit!r} is of dimension {known.dimension}" if unit else "a value without unit"
        )
        raise _error(row, f"{have}; {indicator.id} takes {', '.join(sorted(allowed))}")
    return known


def _allowed(indicator, row: dict) -> set[str]:
    allowed = {indicator.dimension, *indicator.also}
    if row.get("measure") in ("change", "growth"):
        allowed |= {"share", "ratio"} | ({"points"} if indicator.dimension == "share" else set())
    if row.get("kind") == "verbal":
        allowed.add("share")
    if row.get("kind") == "peak":
        allowed.add("year")
    return allowed


def _per_area(row: dict, known: Unit, indicator) -> Unit:
    """亩均…4.5立方米: the text names the area in the indicator, not behind the number."""
    text = simplify(row.get("indicator_text") or row.get("population_zh") or "")
    for area, pattern in indicator.per:
        if re.search(pattern, text):
            return parse(f"{row['unit']}/{area}")
    return known


def _error(row: dict, problem: str) -> CompareError:
    evidence = _text(row.get("evidence")) or _text(row.get("population_zh")) or ""
    short = evidence if len(evidence) <= 120 else evidence[:119] + "…"
    start = row.get("start")
    place = f"{row.get('doc') or row.get('jurisdiction_zh')}" + (
        "" if start is None else f" at {start}"
    )
    return CompareError(
        f"{row['indicator']}: {problem} (value {row['value']}; evidence: {short})", place
    )


def given(value) -> bool:
    """False for None, NaN and pandas.NA."""
    return value is not None and str(value) not in ("<NA>", "nan", "NaT")


def _text(value) -> str | None:
    return str(value) if given(value) else None
