"""Floors: what the scores must keep, from ``floors.toml`` beside the labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from compare.base.errors import CompareError, nearest
from compare.base.read_files import read_toml

_LIMITS = ("at_least", "at_most")
_NUMBERS = (int, float)


@dataclass(frozen=True, slots=True)
class Floors:
    """Limits of scores by name."""

    at_least: Mapping[str, float] = field(default_factory=dict)
    at_most: Mapping[str, float] = field(default_factory=dict)

    @property
    def limits(self) -> dict[str, float]:
        """Every limit by name of the score."""
        return {**self.at_least, **self.at_most}


def read_floors(path: Path, names: tuple[str, ...] = ()) -> dict[str, Floors]:
    """Floors by name of what is scored.

    Parameters
    ----------
    names : tuple of str
        What may be scored; anything where there is none.

    Raises
    ------
    CompareError
        Bad TOML, or a name that nothing would ask for.
    """
    raw = read_toml(path)
    for name, spec in raw.items():
        if names and name not in names:
            raise CompareError(f"unknown table {name!r}{nearest(name, names)}", path)
        if not isinstance(spec, dict):
            raise CompareError(f"{name} must be a table, not {spec!r}", path)
        for key, limits in spec.items():
            if key not in _LIMITS:
                raise CompareError(f"unknown key {key!r} in {name}{nearest(key, _LIMITS)}", path)
            if not isinstance(limits, dict) or any(
                type(v) not in _NUMBERS for v in limits.values()
            ):
                raise CompareError(f"{name}.{key} must be a table of numbers", path)
    return {
        name: Floors(spec.get("at_least", {}), spec.get("at_most", {}))
        for name, spec in raw.items()
    }


def below(scores: Mapping[str, float | None], floors: Floors) -> list[str]:
    """What does not hold, one phrase each: ``f1 0.9712 < 0.98``."""
    out = []
    for name, limit in floors.limits.items():
        if name not in scores:
            raise CompareError(f"unknown score {name!r}{nearest(name, list(scores))}")
        got = scores[name]
        least = name in floors.at_least
        if got is None or (got < limit if least else got > limit):
            shown = "none" if got is None else f"{got:.4f}"
            out.append(f"{name} {shown} {'<' if least else '>'} {limit}")
    return out
