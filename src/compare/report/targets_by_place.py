"""Which places have a target on which indicator, from the curated tables: for ``for_each`` and the index."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from compare.base.workspace import curated_dir
from compare.parameters import parameter_kinds
from compare.schema import fields


def pairs() -> frozenset[tuple[str, str]]:
    """All (indicator, place) that have a target in the curated tables, all of which are read once:
    a broken one ends the run here, before anything is made."""
    files = [
        file
        for t in fields.tables().values()
        if (file := curated_dir() / f"{t.name}.parquet").exists() or not t.added
    ]
    return _read_pairs(*((f, f.stat().st_mtime_ns if f.exists() else None) for f in files))


@cache
def _read_pairs(*files: tuple[Path, int | None]) -> frozenset[tuple[str, str]]:
    from compare.curation.tables import read_parquet

    tables = {f.stem: read_parquet(f, fields.table(f.stem)) for f, _ in files}
    rows = tables["targets"].select(["indicator", "region_id"]).to_pylist()
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
