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
from typing import Any

from compare.vocabulary.dimensions import Dimension, dimensions, vocabulary


@dataclass(frozen=True, slots=True)
class Unit:
    """A parsed unit: ``value * factor`` is the value in ``unit_std``."""

    text: str
    dimension: str
    unit_std: str
    factor: float


@cache
def registry() -> Any:
    """The one pint registry: nothing in it but ``vocabulary/units.toml``."""
    import pint

    ureg = pint.UnitRegistry(None)  # pyright: ignore[reportArgumentType]  (None: an empty one)
    words = vocabulary()
    for spec in words["dimension"].values():
        for name, meaning in spec.get("units", {}).items():
            ureg.define(f"{name} = {meaning}")
        for name in spec.get("words", {}).get("each", ""):
            ureg.define(f"{name} = {spec['unit_std']}")
    return ureg


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


@cache
def simplify(text: str) -> str:
    """Text for matching: Simplified, half-width, without white space."""
    return re.sub(r"\s+", "", _converter().convert(unicodedata.normalize("NFKC", text)))


@cache
def _standards() -> list[tuple[Dimension, Any]]:
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
    if unit is None:
        return Unit("", "number", dimensions()["number"].unit_std, 1.0)
    text = simplify(unit)
    multipliers = vocabulary()["multiplier"]
    if text in multipliers:
        return Unit(text, "number", dimensions()["number"].unit_std, multipliers[text])
    text = "/".join(_spelled(part) for part in text.split("/"))
    quantity = _quantity(text)
    if quantity is None:
        return None
    known = _of_dimension(text, quantity)
    return _rate(text) if known is None and text.count("/") == 1 else known


def _spelled(text: str) -> str:
    """A unit under its name in the table: 万m³ → 万m3, ℃ → degC."""
    for sign, name in _spellings():
        if text.endswith(sign):
            return text.removesuffix(sign) + name
    return text


@cache
def _spellings() -> list[tuple[str, str]]:
    found = {simplify(sign): name for sign, name in vocabulary()["spelling"].items()}
    return sorted(found.items(), key=lambda pair: -len(pair[0]))


def _quantity(text: str) -> Any:
    """One of a unit as a pint quantity; None where a word of it is unknown."""
    first, *below = (_one(part) for part in text.split("/"))
    for one in below:
        first = None if first is None or one is None else first / one
    return first


@cache
def _one(text: str) -> Any:
    """One of a unit without a denominator: a word of the table, or a multiplier before one."""
    known = {word for d in dimensions().values() for word in d.words}
    steps = {"": 1.0} | vocabulary()["multiplier"]
    for multiplier, factor in steps.items():
        word = text[len(multiplier) :]
        if text.startswith(multiplier) and word in known:
            return factor * getattr(registry(), word)
    return None


def _of_dimension(text: str, quantity: Any) -> Unit | None:
    """The unit as one of the table's dimensions: 立方米/亩 is a rate, although pint finds a length."""
    rate = "/" in text
    for dimension, one in _standards():
        if ("/" in dimension.std) == rate and quantity.dimensionality == one.dimensionality:
            factor = float((quantity / one).to_base_units().magnitude)
            return Unit(text, dimension.name, dimension.unit_std, factor)
    return None


def _rate(text: str) -> Unit | None:
    """A rate that the table does not name, called after its parts: length_per_area in km/ha."""
    above, below = (parse(part) for part in text.split("/"))
    if above is None or below is None:
        return None
    return Unit(
        text,
        f"{above.dimension}_per_{below.dimension}",
        f"{above.unit_std}/{below.unit_std}",
        above.factor / below.factor,
    )


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
    known = parse(unit)
    if known is None:
        return None, None
    return None if value is None else converted(value, known), known.unit_std


def converted(value: float, unit: Unit) -> float:
    """A value in the standard unit."""
    return _clean(float(value) * unit.factor)
