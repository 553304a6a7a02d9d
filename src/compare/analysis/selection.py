"""Selection: the rows that a notebook speaks of, chosen by its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from compare.base.errors import CompareError, nearest
from compare.charts import style
from compare.comparison.gaps import superiors
from compare.comparison.ranks import with_ranks
from compare.comparison.table import one_variant_each
from compare.schema.records import (
    Benchmark,
    Comparison,
    Document,
    IndicatorRow,
    Place,
    Target,
    records,
)

STATUSES = ("target", "part", "directional", "deferred", "no_target", "no_data")
"""What a comparison can hold: a target, then the kinds of nothing for the place as a whole."""
SILENT = ("no_target", "no_data")
"""Statuses of a place that says nothing."""


@dataclass(frozen=True)
class ShownPlace:
    """One place, as pages show it.

    Attributes
    ----------
    id, name, level : str
    superiors : dict
        The levels above it, its direct superior first, with their names in Chinese.
    look : style.Look
    draft : bool
        Its plan is a draft for comment.
    collected : bool
        A plan of it has been collected.
    """

    id: str
    name: str
    level: str
    superiors: dict[str, str]
    look: style.Look
    draft: bool
    collected: bool


@dataclass(frozen=True)
class View:
    """Everything that a notebook shows comes from here.

    Attributes
    ----------
    lang : {"zh", "en"}
    places : tuple of ShownPlace
        Those asked for, in the order of the regions table.
    asked : tuple of str
        Ids of indicators asked for; empty for all.
    years : tuple of int
        Horizons asked for; empty for all.
    targets, comparisons, documents : list
        Rows of these places.
    benchmarks : list of Benchmark
    indicators : dict
        Rows of the indicators table by id, in its order.
    release : str
        Hash that names the data release.
    """

    lang: str
    places: tuple[ShownPlace, ...]
    asked: tuple[str, ...]
    years: tuple[int, ...]
    targets: list[Target] = field(repr=False)
    comparisons: list[Comparison] = field(repr=False)
    documents: list[Document] = field(repr=False)
    benchmarks: list[Benchmark] = field(repr=False)
    indicators: dict[str, IndicatorRow] = field(repr=False)
    release: str = ""

    @cached_property
    def target_by_id(self) -> dict[str, Target]:
        """Targets by id."""
        return {t.target_id: t for t in self.targets}

    @cached_property
    def place(self) -> dict[str, ShownPlace]:
        """Places by id."""
        return {p.id: p for p in self.places}

    @cached_property
    def comparison_at(self) -> dict[tuple[str, str, int], Comparison]:
        """Comparisons by place, indicator and horizon, where each has one (`read` with ``one_each``)."""
        return {(c.region_id, c.indicator, c.target_year): c for c in self.comparisons}

    @property
    def drafts(self) -> list[ShownPlace]:
        """Places whose plan is a draft."""
        return [p for p in self.places if p.draft]

    @property
    def without_plan(self) -> list[ShownPlace]:
        """Places of which no plan has been collected."""
        return [p for p in self.places if not p.collected]

    def target(self, target_id: str | None) -> Target | None:
        """The target of an id that may be missing."""
        return None if target_id is None else self.target_by_id.get(target_id)

    def benchmarks_by_id(self, ids: Sequence[str]) -> list[Benchmark]:
        """The benchmarks of some ids."""
        return [b for b in self.benchmarks if b.benchmark_id in ids]

    def document_of(self, region_id: str) -> Document | None:
        """The plan of a place."""
        return next((d for d in self.documents if d.region_id == region_id), None)

    def name(self, indicator: str) -> str:
        """Name of an indicator."""
        row = self.indicators[indicator]
        return row.name_zh if self.lang == "zh" else row.name_en

    def definition(self, indicator: str) -> str:
        """Definition of an indicator."""
        row = self.indicators[indicator]
        return row.definition_zh if self.lang == "zh" else row.definition_en


OfPlace = TypeVar("OfPlace", Target, Comparison)


def of_place(rows: Iterable[OfPlace], region_id: str) -> list[OfPlace]:
    """The rows of one place."""
    return [r for r in rows if r.region_id == region_id]


def read(
    lang: str = "zh",
    regions: Sequence[str] = (),
    indicators: Sequence[str] = (),
    years: Sequence[int] = (),
    one_each: bool = False,
) -> View:
    """Load the tables and keep what is asked for.

    Parameters
    ----------
    lang : {"zh", "en"}
    regions, indicators : list of str
        Ids; empty for all.
    years : list of int
        Horizons; empty for all.
    one_each : bool
        Of the variants of an indicator keep, for each place and horizon, only the one in which
        the place says most (see `compare.comparison.table.one_variant_each`).

    Returns
    -------
    View

    Raises
    ------
    CompareError
        Unknown language, place or indicator, in one line with the nearest right one.
    """
    from compare.curation.release import release_hash
    from compare.curation.tables import load

    if lang not in ("zh", "en"):
        raise CompareError(f"unknown language {lang!r}; known: zh, en", "lang")
    places = records(load("regions"), Place)
    catalogue = {i.indicator: i for i in records(load("indicators"), IndicatorRow)}
    known = [p.region_id for p in places]
    _check_known("region", regions, known)
    _check_known("indicator", indicators, list(catalogue))
    chosen = set(regions) or set(known)
    targets = records(_filtered(load("targets"), chosen, indicators), Target)
    rows = records(_filtered(load("comparisons"), chosen, indicators), Comparison)
    if len(chosen) < len(known):
        rows = _ranked(rows, catalogue)
    if years:
        targets = [t for t in targets if t.target_year in years]
        rows = [c for c in rows if c.target_year in years]
    if one_each:
        rows = one_variant_each(rows)
    documents = [d for d in records(load("documents"), Document) if d.region_id in chosen]
    drafts = {d.region_id for d in documents if d.document_status == "draft"}
    collected = {d.region_id for d in documents}
    shown = tuple(
        ShownPlace(
            p.region_id,
            p.region_zh if lang == "zh" else p.region_en,
            p.region_level,
            superiors(p),
            style.look(p.region_id, known),
            p.region_id in drafts,
            p.region_id in collected,
        )
        for p in places
        if p.region_id in chosen
    )
    return View(
        lang,
        shown,
        tuple(indicators),
        tuple(years),
        targets,
        rows,
        documents,
        records(load("benchmarks"), Benchmark),
        catalogue,
        release_hash(),
    )


def _filtered(frame: Any, regions: set[str], indicators: Sequence[str]) -> Any:
    """Rows of a DataFrame of these places, and of these indicators where any are named."""
    frame = frame[frame["region_id"].isin(regions)]
    return frame[frame["indicator"].isin(indicators)] if indicators else frame


def _ranked(rows: list[Comparison], catalogue: dict[str, IndicatorRow]) -> list[Comparison]:
    """The rows with their ranks among the places that were chosen, not among all."""
    columns: dict[tuple[str, str, int], list[int]] = {}
    for n, row in enumerate(rows):
        columns.setdefault((row.indicator, row.variant, row.target_year), []).append(n)
    out = list(rows)
    for (indicator, *_), own in columns.items():
        ranked = with_ranks([rows[n] for n in own], catalogue[indicator])
        for n, row in zip(own, ranked, strict=True):
            out[n] = row
    return out


def _check_known(what: str, asked: Sequence[str], known: list[str]) -> None:
    for one in asked:
        if one not in known:
            raise CompareError(f"unknown {what} {one!r}{nearest(str(one), known)}", f"{what}s")
