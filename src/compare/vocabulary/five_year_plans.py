"""Five-year plans: which year 十四五 ends in, and which plan ends in a year (``five_year_plans.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from compare.base.workspace import vocabulary_file

_LAST = 99
"""The highest number that is named; it ends in 2450."""


@dataclass(frozen=True, slots=True)
class FiveYearPlan:
    """One plan: its number, what texts call it (``十四五``), and the last year it covers."""

    number: int
    name: str
    end_year: int


@cache
def plans() -> tuple[FiveYearPlan, ...]:
    """Every plan that has a name, in order."""
    words = tomllib.loads(vocabulary_file("five_year_plans.toml").read_text(encoding="utf-8"))
    earlier = {int(number): year for number, year in words["earlier"].items()}
    return tuple(
        FiveYearPlan(
            n,
            _numeral(n, words["digits"], words["ten"]) + words["suffix"],
            earlier.get(n, words["origin"] + words["years"] * n),
        )
        for n in range(1, _LAST + 1)
    )


def _numeral(number: int, digits: str, ten: str) -> str:
    """14 as 十四, 21 as 二十一."""
    tens, ones = divmod(number, 10)
    head = (digits[tens] if tens > 1 else "") + ten if tens else ""
    return head + (digits[ones] if ones else "")


@cache
def _end_years() -> dict[str, int]:
    return {p.name: p.end_year for p in plans()}


@cache
def _names() -> dict[int, str]:
    return {p.end_year: p.name for p in plans()}


def end_year(name: str) -> int | None:
    """Last year of the plan that a text calls ``name``: 2025 for 十四五; None for any other word."""
    return _end_years().get(name)


def name_of(year: int) -> str | None:
    """Name of the plan that ends in ``year``: 十四五 for 2025; None where none does."""
    return _names().get(year)
