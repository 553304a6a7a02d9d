"""View: the rows that a notebook speaks of, chosen by its parameters."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from compare.base.errors import CompareError, nearest
from compare.charts import style

_TARGETS = (
    "target_id", "doc", "region_id", "sector", "indicator", "variant", "indicator_text", "kind",
    "comparator", "value", "value_max", "unit", "value_std", "value_max_std", "unit_std", "measure",
    "direction", "baseline_year", "target_year", "period", "tier", "effort", "scope_region", "repeats",
    "note", "note_en", "flags", "lead_agencies", "support_agencies", "section", "evidence", "evidence_start", "start", "value_text",
    "document_status", "origin",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One place.

    Attributes
    ----------
    id, name, level : str
    province : str or None
        Its province, in Chinese as in the tables; None for a province.
    look : style.Look
    draft : bool
        Its plan is a draft for comment.
    collected : bool
        A plan of it has been collected.
    """

    id: str
    name: str
    level: str
    province: str | None
    look: style.Look
    draft: bool
    collected: bool


@dataclass(frozen=True)
class View:
    """Everything a story needs.

    Attributes
    ----------
    lang : {"zh", "en"}
    places : tuple of Place
        Those asked for, in the order of the regions table.
    asked : tuple of str
        Ids of indicators asked for; empty for all.
    years : tuple of int
        Horizons asked for; empty for all.
    targets, cells, documents : list of dict
        Rows of targets, comparisons and documents of these places, unknown as None.
    benchmarks : list of dict
    indicators : dict
        Rows of the indicators table by id, in its order.
    release : str
        Hash that names the data release.
    """

    lang: str
    places: tuple[Place, ...]
    asked: tuple[str, ...]
    years: tuple[int, ...]
    targets: list[dict] = field(repr=False)
    cells: list[dict] = field(repr=False)
    documents: list[dict] = field(repr=False)
    benchmarks: list[dict] = field(repr=False)
    indicators: dict[str, dict] = field(repr=False)
    release: str = ""

    @cached_property
    def by_id(self) -> dict[str, dict]:
        """Targets by id."""
        return {t["target_id"]: t for t in self.targets}

    @cached_property
    def place(self) -> dict[str, Place]:
        """Places by id."""
        return {p.id: p for p in self.places}

    def name(self, indicator: str) -> str:
        """Name of an indicator."""
        return self.indicators[indicator][f"name_{self.lang}"]


def read(
    lang: str = "zh",
    regions: list[str] | tuple[str, ...] = (),
    indicators: list[str] | tuple[str, ...] = (),
    years: list[int] | tuple[int, ...] = (),
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
        the place says most (see `compare.comparison.table.one_per_indicator`).

    Raises
    ------
    CompareError
        Unknown language, place or indicator, in one line with the nearest right one.
    """
    from compare.curation.parquet import load, release_hash

    if lang not in ("zh", "en"):
        raise CompareError(f"unknown language {lang!r}; known: zh, en", "lang")
    places, about = records(load("regions")), records(load("indicators"))
    known = [p["region_id"] for p in places]
    measures = {i["indicator"]: i for i in about}
    _known("region", regions, known)
    _known("indicator", indicators, list(measures))
    chosen = set(regions) or set(known)
    documents = [d for d in records(load("documents")) if d["region_id"] in chosen]
    targets = load("targets")
    targets = targets[targets["region_id"].isin(chosen)]
    cells = load("comparisons")
    cells = cells[cells["region_id"].isin(chosen)]
    if indicators:
        targets = targets[targets["indicator"].isin(indicators)]
        cells = cells[cells["indicator"].isin(indicators)]
    if len(chosen) < len(known):
        cells = _ranked(cells, measures)
    if years:
        targets = targets[targets["target_year"].isin(years)]
        cells = cells[cells["target_year"].isin(years)]
    if one_each:
        cells = cells.iloc[_one_each(cells)]
    drafts = {d["region_id"] for d in documents if d["document_status"] == "draft"}
    collected = {d["region_id"] for d in documents}
    return View(
        lang,
        tuple(
            Place(
                p["region_id"],
                p[f"region_{lang}"],
                p["region_level"],
                p["province_zh"],
                style.look(p["region_id"], known),
                p["region_id"] in drafts,
                p["region_id"] in collected,
            )
            for p in places
            if p["region_id"] in chosen
        ),
        tuple(indicators),
        tuple(years),
        records(targets[list(_TARGETS)]),
        records(cells),
        documents,
        records(load("benchmarks")),
        measures,
        release_hash(),
    )


_RANK = ["rank", "rank_best", "rank_worst", "rank_of", "rank_by"]


def _ranked(cells, measures: dict[str, dict]):
    """The rows with their ranks among the places that were chosen, not among all."""
    from compare.comparison import gaps

    rows, columns = records(cells), {}
    for row in rows:
        row |= dict.fromkeys(_RANK)
        columns.setdefault((row["indicator"], row["variant"], row["target_year"]), []).append(row)
    for (indicator, *_), own in columns.items():
        gaps.rank(own, measures[indicator])
    return cells.assign(**{k: [r[k] for r in rows] for k in _RANK}).astype(
        {k: cells[k].dtype for k in _RANK}
    )


_SPOT = ["region_id", "indicator", "variant", "target_year", "status", "nation_comparability"]


def _one_each(cells):
    """Row numbers that `compare.comparison.table.one_per_indicator` keeps (which copies all columns)."""
    from compare.comparison.table import one_per_indicator

    return one_per_indicator(cells[_SPOT].assign(row=range(len(cells))))["row"].tolist()


def records(frame) -> list[dict]:
    """Rows as dicts: unknown as None, lists as lists."""
    from compare.provenance.evidence import records as plain

    rows = plain(frame)
    lists = [
        c
        for c in ("flags", "lead_agencies", "support_agencies", "also_ids", "variants")
        if c in frame
    ]
    for row in rows:
        for name in lists:
            row[name] = [] if row[name] is None else list(row[name])
    return rows


def _known(what: str, asked, known: list[str]) -> None:
    for one in asked:
        if one not in known:
            raise CompareError(f"unknown {what} {one!r}{nearest(str(one), known)}", f"{what}s")
