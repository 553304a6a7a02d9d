"""National targets: those that the levels above set themselves, and what can be compared with them."""

from __future__ import annotations

from compare.analysis import target_lists
from compare.analysis.levels_above import benchmark_above
from compare.analysis.selection import SILENT, View
from compare.schema.records import Comparison


def targets_above(view: View, levels: tuple[str, ...] = ("nation",)) -> list[tuple[str, int]]:
    """Indicators and horizons for which one of the ``levels`` has a target of its own."""
    found = {
        (c.indicator, c.target_year)
        for c in view.comparisons
        if any(benchmark_above(c, level).amount for level in levels)
    }
    order = list(view.indicators)
    return sorted(
        found,
        key=lambda k: (
            target_lists.SECTORS.index(view.indicators[k[0]].sector),
            order.index(k[0]),
            k[1],
        ),
    )


def no_place_answers(view: View) -> bool:
    """Whether no place takes up any of the nation's targets in any way."""
    return all(c.status in SILENT for c in view.comparisons if c.nation_std is not None)


def has_stance(row: Comparison) -> bool:
    """Whether a row can be called stricter or looser than the nation's; a flagged one cannot."""
    return row.nation_stance is not None and not row.flags
