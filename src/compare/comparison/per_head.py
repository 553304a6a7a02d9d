"""Per head: sizes (capacities, stocks, amounts, counts) over the population of a place."""

from __future__ import annotations

from dataclasses import dataclass

from compare.comparison import bounds
from compare.vocabulary import units, variants


@dataclass(frozen=True, slots=True)
class PerHead:
    """A size per head, and its unit; None where there is none."""

    value: float | None = None
    unit: str | None = None


NONE = PerHead()


def is_size(unit_std: str | None) -> bool:
    """Whether a unit is one of stocks, capacities, amounts or counts."""
    return unit_std is not None and units.per_head(unit_std) is not None


def per_head(
    value_std: float | None, unit_std: str | None, variant: str, population: int | None
) -> PerHead:
    """The value per head of a size, where the population is known; never that of a single project."""
    if value_std is None or unit_std is None or not population:
        return NONE
    factor = units.per_head(unit_std)
    if factor is None or variants.split(variant).form == "project":
        return NONE
    return PerHead(bounds.rounded(value_std / population * factor[0]), factor[1])
