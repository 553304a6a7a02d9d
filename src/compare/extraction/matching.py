"""Which indicator a subject is: the first in the vocabulary whose pattern fits."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache

from compare.paths import vocab

_CLASS = {"tenths": "share", "points": "share", "boxes": "count", "times": "share"}


@cache
def _catalogue():
    raw = tomllib.loads(vocab("indicators.toml").read_text(encoding="utf-8"))
    out = []
    for name, spec in raw.items():
        if "match" not in spec:
            continue
        out.append(
            (
                name if not spec.get("hidden") else "other",
                re.compile(spec["match"]),
                re.compile(spec["unless"]) if spec.get("unless") else None,
                frozenset(spec["units"]) if spec.get("units") else _implied(spec),
                frozenset(spec["measures"]) if spec.get("measures") else None,
            )
        )
    return out


def _implied(spec) -> frozenset | None:
    kind = spec.get("dimension")
    return frozenset({kind, "none"}) if kind in ("share", "power", "mass", "area", "volume", "count") else None


_ASIDE = re.compile(r"\([^)]{7,}\)")


@lru_cache(maxsize=20000)
def indicator_of(name: str, dimension: str, measure: str, kind: str) -> str:
    """Indicator id of a subject.

    Parameters
    ----------
    name : str
        indicator_text in clean (Simplified, half-width) text.
    dimension : str
        Dimension of the unit; ``none`` for rows without a figure.
    measure, kind : str
        As in the codebook.
    """
    group = _CLASS.get(dimension, dimension)
    if kind == "milestone" and dimension == "none":
        return "other"  # a project's date measures nothing
    name = _ASIDE.sub("", name)
    for found, match, unless, units, measures in _catalogue():
        if units is not None and group not in units:
            continue
        if measures is not None and measure not in measures:
            continue
        if match.search(name) and not (unless and unless.search(name)):
            return found
    return "other"
