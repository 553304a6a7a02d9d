"""Which indicator a subject is: the first in the vocabulary whose pattern fits."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from compare.vocabulary import indicators

_CLASS = {"tenths": "share", "points": "share", "boxes": "count", "times": "share"}


@cache
def _catalogue():
    """Patterns of the indicators in matching order; a hidden entry catches what is none of them."""
    return [
        (
            "other" if i.hidden else i.id,
            i.match,
            i.unless,
            frozenset(i.units) or _implied(i.dimension, i.also),
            frozenset(i.measures) or None,
        )
        for i in indicators.match_rules()
    ]


def _implied(dimension: str | None, also: tuple[str, ...]) -> frozenset | None:
    plain = dimension in ("share", "power", "mass", "area", "volume", "count")
    return frozenset({dimension, *also, "none", "per"}) if plain else None


_FACILITY = re.compile("(?:[桩站点]|设施|分类|审核)$")
_ASIDE = re.compile(r"\([^)]{7,}\)")
_SHARE = re.compile("(?:占比|比重|比例|份额|率)$")


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
    # 装机翻一番, 产值增长12%: a change of any size may be told as a share or a multiple
    relative = group == "share" and measure != "level" and not _SHARE.search(name)
    for found, match, unless, units, measures in _catalogue():
        fits = units is None or group in units or (relative and "year" not in units)
        if not fits and not (group == "number" and "money" in (units or ())):  # 产业集群500亿(元)
            continue
        if measures is not None and measure not in measures:
            continue
        if match.search(name) and not (unless and unless.search(name)):
            return found
    if kind == "verbal" and _FACILITY.search(name):  # 行政村公共充电桩|全覆盖
        return indicator_of(name + "覆盖率", dimension, measure, kind)
    return "other"


@lru_cache(maxsize=20000)
def is_near_indicator(name: str, dimension: str, measure: str, kind: str) -> bool:
    """Whether a subject that is ``other`` has the words of an indicator, but not its unit, or a word too many."""
    group = _CLASS.get(dimension, dimension)
    name = _ASIDE.sub("", name)
    for found, match, unless, units, measures in _catalogue():
        if not match.search(name):
            continue
        if found != "other":
            return True
        if (
            (units is None or group in units)
            and (measures is None or measure in measures)
            and not (unless and unless.search(name))
        ):
            return False
    return False
