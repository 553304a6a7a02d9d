"""Key: the entries below a chart that say how to read its marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class KeySample:
    """A sample of a mark: ``draw(ax, x, y)`` puts it there; it is ``inches`` wide."""

    draw: Callable[[Axes, float, float], None]
    inches: float = 0.34


KeyEntry = tuple[KeySample, str]
"""A sample and what it means."""
