"""Numbers: digits as people write them, and the scale that a language uses for a unit."""

from __future__ import annotations

from dataclasses import dataclass

from compare.display.messages import all_messages


def round_figures(value: float, figures: int = 3) -> float:
    """A value with so many significant figures, for what was divided."""
    return float(f"{value:.{figures}g}")


def format_number(value: float, digits: int | None = None) -> str:
    """A number as people write it: ``27.4``, ``3,200``; with a true minus sign."""
    shown = f"{value:,.{digits}f}" if digits is not None else f"{round(value, 10):,.6g}"
    if "e" in shown:
        shown = f"{value:,.0f}" if abs(value) >= 1 else f"{value:.6f}".rstrip("0")
    return shown.replace("-", "−") if shown.strip("-0.,") else shown.lstrip("-")


def format_in_full(value: float) -> str:
    """A number with all its digits, for what must agree with the text of a plan."""
    return f"{value:,.12g}"


@dataclass(frozen=True)
class Scale:
    """How values in a standard unit are shown: multiplied by ``factor``, with ``unit``.

    ``unit_std`` is that standard unit; a value in another unit is shown by its own scale.
    """

    factor: float
    unit: str
    unit_std: str | None = None


def scale_for(unit_std: str | None, largest: float, lang: str) -> Scale:
    """The usual unit of a language for values up to ``largest`` (万千瓦 or GW for MW)."""
    steps = all_messages()["unit"].get(unit_std or "", {}).get(lang)
    if steps is None:
        return Scale(1.0, unit_std or "", unit_std)
    reached = (s for s in steps if abs(largest) >= s.get("from", 0))
    step = next(reached, steps[-1])
    return Scale(step["factor"], step["unit"], unit_std)


def scale_or_usual(scale: Scale | None, unit_std: str | None, largest: float, lang: str) -> Scale:
    """``scale`` where it is for this unit, else the usual one of the unit."""
    return scale if scale and scale.unit_std == unit_std else scale_for(unit_std, largest, lang)
