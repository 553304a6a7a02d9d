"""Dimensions: the kinds of quantity, each with one standard unit (``vocabulary/units.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from compare.base import workspace

VOCAB = "units.toml"


@dataclass(frozen=True)
class Dimension:
    """One kind of quantity (see ``vocabulary/units.toml``).

    Attributes
    ----------
    name : str
        ``share``, ``points``, ``power`` …
    unit_std : str
        What its standard values are called.
    std : str
        The standard unit as an expression of the registry.
    size : bool
        True for stocks, capacities and amounts: a part is smaller than its whole.
    per_head : tuple of (str, int) or None
        Unit of a per-head value and the persons it is for.
    reads_as : str
        Class by which the extractor's rules tell units apart; the name unless the file says more.
    words : tuple of str
        What texts write behind a number, without spellings that are only signs.
    """

    name: str
    unit_std: str
    std: str
    size: bool = False
    per_head: tuple[str, int] | None = None
    reads_as: str = ""
    words: tuple[str, ...] = ()


@cache
def vocabulary() -> dict:
    """The whole file, as it stands."""
    return tomllib.loads(workspace.vocabulary_file(VOCAB).read_text(encoding="utf-8"))


@cache
def dimensions() -> dict[str, Dimension]:
    """All kinds of quantity, by name."""
    out = {}
    for name, spec in vocabulary()["dimension"].items():
        head = spec.get("per_head")
        out[name] = Dimension(
            name,
            spec["unit_std"],
            spec.get("std", spec["unit_std"]),
            spec.get("size", False),
            (head["unit"], head["persons"]) if head else None,
            spec.get("class", name),
            (*spec.get("units", {}), *spec.get("words", {}).get("each", "")),
        )
    return out
