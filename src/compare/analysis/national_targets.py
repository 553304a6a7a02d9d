"""Nation: the targets that the levels above set themselves, and what can be set beside them."""

from __future__ import annotations

from compare.analysis import target_lists
from compare.analysis.selection import View


def rows_of(view: View, levels: tuple[str, ...] = ("nation",)) -> list[tuple[str, int]]:
    """Measures and horizons for which one of the ``levels`` has a target of its own."""
    found = {
        (c["indicator"], c["target_year"])
        for c in view.cells
        if any(c[f"{level}_std"] is not None for level in levels)
    }
    order = list(view.indicators)
    return sorted(
        found,
        key=lambda k: (
            target_lists.SECTORS.index(view.indicators[k[0]]["sector"]),
            order.index(k[0]),
            k[1],
        ),
    )


def silent(view: View) -> bool:
    """Whether no place takes up any of the nation's targets in any way."""
    silence = ("no_target", "no_data")
    return all(c["status"] in silence for c in view.cells if c["nation_std"] is not None)


def usable(cell: dict) -> bool:
    """Whether a row can be called stricter or looser than the nation's; an implausible one cannot."""
    return cell["nation_stance"] is not None and not cell["flags"]
