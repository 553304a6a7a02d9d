"""Which places have a target on which indicator, from the curated tables: for ``for_each`` and the index."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from compare.base.workspace import curated_dir
from compare.parameters import parameter_kinds


def pairs() -> frozenset[tuple[str, str]]:
    """All (indicator, place) that have a target in the curated tables, which are checked as a whole:
    what is broken ends the run here, before anything is made."""
    folder = curated_dir()
    stamps = [(f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in sorted(folder.glob("*"))]
    return _read_pairs(folder, tuple(stamps))


@lru_cache(maxsize=2)
def _read_pairs(
    folder: Path, stamps: tuple[tuple[str, int, int], ...]
) -> frozenset[tuple[str, str]]:
    from compare.curation.release_checks import checked_release

    rows = checked_release(folder)["targets"].select(["indicator", "region_id"]).to_pylist()
    return frozenset((row["indicator"], row["region_id"]) for row in rows)


def places_with_targets(at_least: int = 1) -> list[str]:
    """Places with targets on at least so many indicators, in the order of the catalogue."""
    found = [place for _, place in pairs()]
    return [p for p in parameter_kinds.places() if found.count(p) >= max(at_least, 1)]


def indicators_with_targets(at_least: int = 1) -> list[str]:
    """Indicators with targets in at least so many places, in the order of the catalogue."""
    found = [indicator for indicator, _ in pairs()]
    return [i for i in parameter_kinds.indicators() if found.count(i) >= max(at_least, 1)]


def subjects(places: list[str], indicators: list[str]) -> dict[str, list[str]]:
    """What the index says a report is about.

    Parameters
    ----------
    places, indicators : list of str
        Those that its parameters name; empty for all.

    Returns
    -------
    dict
        Ids of the ``regions`` and ``indicators`` it is about, for the index to show, and of the
        ``places`` it looks at, for the index to search: also those that set no target.
    """
    every = pairs()
    fitting = [
        (i, p)
        for i, p in every
        if (p in places or not places) and (i in indicators or not indicators)
    ]
    about_places, about_indicators = {p for _, p in fitting}, {i for i, _ in fitting}
    with_targets = {p for _, p in every}
    known = parameter_kinds.places()
    return {
        "regions": places or [p for p in known if p in about_places],
        "indicators": indicators
        or [i for i in parameter_kinds.indicators() if i in about_indicators],
        "places": places or [p for p in known if p in with_targets],
    }
