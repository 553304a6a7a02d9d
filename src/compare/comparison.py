"""Comparison: each place beside the others and beside the nation's and its province's own target.

``docs/method.md`` states every rule with worked examples.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from compare import bounds, fields, units, variants
from compare.errors import CompareError

_VALUELESS = ("deferred", "directional")
# the first that a plan offers heads its cell
_FIRMEST = {"target": 0, "deferred": 1, "directional": 2, "no_target": 3, "no_data": 4}
_GRADE = {"same": 0, "close": 1, "different": 2}


@dataclass(frozen=True)
class _Key:
    """One column of the grid."""

    indicator: str
    variant: str
    year: int | None


def build(targets, regions, indicators, benchmarks, documents=None, include_flagged: bool = False):
    """The comparisons table.

    Every place has one row for each indicator, variant and horizon that any place or benchmark sets,
    so that silence is seen. Leave a draft, or the unchecked benchmarks, out by leaving their rows out
    of ``targets`` (and ``documents``) or ``benchmarks``.

    Parameters
    ----------
    targets, regions, indicators, benchmarks : pandas.DataFrame
        The curated tables; ``targets`` with ``variant`` and standard values.
    documents : pandas.DataFrame, optional
        Tells a plan without targets (``no_target``) from a place without a plan (``no_data``);
        without it, a place that has no target at all counts as one without a plan.
    include_flagged : bool
        Rank implausible rows (those with flags), and let them be benchmarks, too.

    Returns
    -------
    pandas.DataFrame
        Columns of the table ``comparisons`` in ``vocab/fields.toml``, sorted by indicator, variant,
        horizon and place.

    Raises
    ------
    CompareError
        A row without variant, or of an unknown place or indicator.
    """
    import pandas as pd

    about = {r["indicator"]: r for r in _records(indicators)}
    places = {r["region_id"]: r for r in _records(regions)}
    rows = [r for r in _records(targets) if r["indicator"] != "other"]
    _check(rows, places, about)
    source = targets if documents is None else documents
    collected = {r["region_id"] for r in _records(source)}
    lines = _records(benchmarks)
    horizons = _year_horizons(rows, lines, about)
    cells = _cells(rows, horizons)
    lines = [{**b, "horizon": horizons.get(b["indicator"], b["target_year"])} for b in lines]
    out = []
    for key in _grid(cells, lines, about):
        column = [_cell(key, p, cells, about, collected) for p in places.values()]
        own = _own_lines(cells, places, key, include_flagged)
        for cell in column:
            place = places[cell["region_id"]]
            _beside(cell, "nation", place, lines, own, about)
            _beside(cell, "province", place, lines, own, about)
            _pace(cell, cells, key)
            _per_head(cell, place)
        _rank(column, about, include_flagged)
        out += column
    spec = fields.table("comparisons")
    data = {f.name: [c.get(f.name) for c in out] for f in spec.columns}
    return pd.DataFrame(
        {f.name: pd.array(data[f.name], dtype=fields.pandas_dtype(f)) for f in spec.columns}
    )


def one_per_indicator(frame):
    """One row per place, indicator and horizon: the variant in which the place says most.

    A target goes before a deferred and a directional one and these before silence; among targets, one
    whose national benchmark is the same measure, then a close one, then the usual variant.
    """
    spots = defaultdict(list)
    for index, cell in enumerate(_records(frame)):
        grade = _GRADE.get(cell["nation_comparability"], 3)
        usual = variants.order(cell["indicator"], cell["variant"])
        spot = cell["region_id"], cell["indicator"], cell["target_year"]
        spots[spot].append(((_FIRMEST[cell["status"]], grade, usual), index))
    return frame.iloc[sorted(min(s)[1] for s in spots.values())].reset_index(drop=True)


# ---------------------------------------------------------------- which cells there are
def _records(frame) -> list[dict]:
    def plain(value):
        if isinstance(value, list | tuple) or getattr(value, "ndim", 0):
            return list(value)
        return value if units.given(value) else None

    return [{k: plain(v) for k, v in r.items()} for r in frame.to_dict("records")]


def _check(rows: list[dict], places: dict, about: dict) -> None:
    for r in rows:
        place = f"{r['doc']} at {r['start']}"
        if r["region_id"] not in places:
            raise CompareError(f"unknown place {r['region_id']!r}", place)
        if r["indicator"] not in about:
            raise CompareError(f"unknown indicator {r['indicator']!r}", place)
        if r["variant"] is None:
            raise CompareError(f"{r['indicator']} without a variant: {r['indicator_text']}", place)


def _year_horizons(rows: list[dict], lines: list[dict], about: dict) -> dict[str, int]:
    """One horizon for an indicator whose value is itself a year: the nation's, else the latest one."""
    out = {}
    for name in (n for n, i in about.items() if i["dimension"] == "year"):
        nation = [
            b["target_year"]
            for b in lines
            if b["indicator"] == name and b["jurisdiction_level"] == "nation"
        ]
        years = [r["target_year"] for r in rows if r["indicator"] == name and r["target_year"]]
        if nation or years:
            out[name] = max(nation or years)
    return out


def _cells(rows: list[dict], horizons: dict) -> dict[tuple[str, str, int], list[dict]]:
    """Rows by place, indicator and horizon; undated ones belong to no horizon."""
    out = defaultdict(list)
    for r in rows:
        year = horizons.get(r["indicator"], r["target_year"])
        if year is not None:
            out[r["region_id"], r["indicator"], year].append(r)
    return out


def _grid(cells: dict, lines: list[dict], about: dict) -> list[_Key]:
    """Columns of the grid: what any place or benchmark puts a figure to; besides, what places leave
    without a figure where nobody's figure could stand for it."""
    keys = {
        _Key(b["indicator"], b["variant"], b["horizon"]) for b in lines if b["indicator"] in about
    }
    rows = [(_Key(i, r["variant"], y), r) for (_, i, y), found in cells.items() for r in found]
    keys |= {k for k, r in rows if not r["scope_region"] and r["kind"] not in _VALUELESS}
    wordy = {k for k, r in rows if not r["scope_region"]}
    parts = {k for k, r in rows if r["scope_region"]}
    for k in sorted(wordy, key=lambda k: _sorted(k, about)):
        if not any(_stands_for(k.indicator, k.variant, o.variant) for o in _beside_key(k, keys)):
            keys.add(k)
    # what is set only for parts of places gets a column where nothing else would show it
    keys |= {k for k in parts if not _beside_key(k, keys)}
    return sorted(keys, key=lambda k: _sorted(k, about))


def _beside_key(key: _Key, keys: set[_Key]) -> list[_Key]:
    return [o for o in keys if (o.indicator, o.year) == (key.indicator, key.year)]


def _sorted(key: _Key, about: dict) -> tuple:
    return list(about).index(key.indicator), variants.order(key.indicator, key.variant), key.year


def _stands_for(indicator: str, said: str, variant: str) -> bool:
    """Whether words without a figure (said) are about this variant, as nearly as one can tell."""
    return variants.split(said).base == variants.split(variant).base or (
        variants.grade(indicator, said, variant).grade != "different"
    )


# ---------------------------------------------------------------- what a place says in a cell
def _cell(key: _Key, place: dict, cells: dict, about: dict, collected: set) -> dict:
    cell = {
        k: place[k] for k in ("region_id", "region_zh", "region_en", "region_level", "province_zh")
    }
    cell |= {"indicator": key.indicator, "variant": key.variant, "target_year": key.year}
    cell |= {"sector": about[key.indicator]["sector"], "flags": [], "also_ids": [], "mentions": 0}
    found = cells.get((place["region_id"], key.indicator, key.year), [])
    whole = [r for r in found if not r["scope_region"]]
    own = [r for r in whole if r["variant"] == key.variant]
    base = [r for r in own if r["tier"] == "base"]
    higher = [r for r in own if r["tier"] == "stretch" and r["value_std"] is not None]
    said = [r for r in base if r["kind"] in _VALUELESS] or [
        r
        for r in whole
        if r["kind"] in _VALUELESS and _stands_for(key.indicator, r["variant"], key.variant)
    ]
    figures = [r for r in base if r["kind"] not in _VALUELESS]
    # an aim without a base beside it heads its cell
    head = min(figures or said or higher, key=_headline, default=None)
    _stretch(cell, [r for r in higher if r is not head], about[key.indicator])
    if head is None:
        cell["status"] = "no_target" if place["region_id"] in collected else "no_data"
        _elsewhere(cell, found, key)
        return cell
    cell["status"] = head["kind"] if head["kind"] in _VALUELESS else "target"
    grade = variants.grade(key.indicator, head["variant"], key.variant)
    cell |= {
        "comparability": grade.grade,
        "comparability_zh": grade.zh,
        "comparability_en": grade.en,
    }
    cell |= {f: head[f] for f in _HEAD}
    cell["flags"] = list(head["flags"] or [])
    same = [r for r in (base or said or higher) if _commitment(r) == _commitment(head)]
    cell["mentions"] = len(same)
    cell["also_ids"] = [r["target_id"] for r in base if r not in same]
    span = _interval(head, about[key.indicator])
    cell |= {"low": span.low, "high": span.high}
    cell |= {"low_closed": span.low_closed, "high_closed": span.high_closed}
    return cell


_HEAD = (
    "target_id",
    "doc",
    "document_status",
    "kind",
    "value_std",
    "value_max_std",
    "unit_std",
    "comparator",
    "measure",
    "direction",
    "baseline_year",
    "effort",
    "note",
    "value_text",
    "evidence",
    "start",
    "end",
)


def _headline(row: dict) -> tuple:
    """Order in which a plan's rows head a cell: a figure, plausible, first mention, firm, first in the text."""
    status = row["kind"] if row["kind"] in _VALUELESS else "target"
    repeated, strive = row["repeats"] is not None, row["effort"] == "strive"
    return (
        _FIRMEST[status],
        row["value_std"] is None,
        bool(row["flags"]),
        repeated,
        strive,
        row["start"],
    )


def _commitment(row: dict) -> tuple:
    return tuple(
        row[k]
        for k in ("kind", "value_std", "value_max_std", "unit_std", "comparator", "direction")
    )


def _stretch(cell: dict, found: list[dict], indicator: dict) -> None:
    """The strictest second, higher aim beside the base one."""
    if not found:
        return
    row = max(found, key=lambda r: (_stricter(r, indicator) or 1) * r["value_std"])
    cell |= {"stretch_std": row["value_std"], "stretch_comparator": row["comparator"]}
    cell |= {"stretch_id": row["target_id"], "unit_std": row["unit_std"]}


def _elsewhere(cell: dict, found: list[dict], key: _Key) -> None:
    """A silent cell names the nearest thing that the plan does say at this horizon."""

    def nearness(row: dict) -> tuple:
        grade = variants.grade(key.indicator, row["variant"], key.variant).grade
        part = bool(row["scope_region"])
        # a close variant of the whole place, the variant itself for a part, then what differs
        step = _GRADE[grade] if not part else 1.5 if grade == "same" else 3
        return step, *_headline(row)

    others = [r for r in found if r["variant"] != key.variant or r["scope_region"]]
    if not others:
        return
    row = min(others, key=nearness)
    if row["scope_region"]:
        grade = variants.Comparability(
            "different", *variants.sentence("part", a=row["scope_region"])
        )
    else:
        grade = variants.grade(key.indicator, row["variant"], key.variant)
    cell |= {
        "comparability": grade.grade,
        "comparability_zh": grade.zh,
        "comparability_en": grade.en,
    }
    cell["other_target_id"] = row["target_id"]


def _interval(row: dict, indicator: dict) -> bounds.Interval:
    level = row["measure"] == "level"
    share, size = row["unit_std"] == "%", units.per_head(row["unit_std"] or "") is not None
    floor = 0.0 if level and (share or size) else None
    ceiling = 100.0 if level and share and indicator["dimension"] == "share" else None
    return bounds.interval(
        row["comparator"], row["value_std"], row["value_max_std"], floor, ceiling
    )


def _stricter(row: dict, indicator: dict) -> int | None:
    """1 where a larger figure is stricter, -1 where a smaller is, None where neither is."""
    if indicator["better"] == "none":
        return None
    sign = 1 if indicator["better"] == "up" else -1
    if row["measure"] == "level":
        return sign
    # a change of 14 % down: the figure is the size of the change
    direction = row.get("direction")
    return 1 if direction in (None, "hold", indicator["better"]) else -1


# ---------------------------------------------------------------- beside the nation and the province
def _own_lines(cells: dict, places: dict, key: _Key, include_flagged: bool) -> list[dict]:
    """Figures of provinces (or the nation) that stand in the table themselves, as benchmarks."""
    out = []
    for place in places.values():
        if place["region_level"] not in ("province", "nation"):
            continue
        heads = {}
        for r in cells.get((place["region_id"], key.indicator, key.year), []):
            usable = r["value_std"] is not None and r["comparator"] and not r["scope_region"]
            usable = usable and r["tier"] == "base"
            if usable and (include_flagged or not r["flags"]):
                best = heads.setdefault(r["variant"], r)
                heads[r["variant"]] = min(best, r, key=_headline)
        for r in heads.values():
            line = {
                k: r[k]
                for k in ("indicator", "variant", "value_std", "unit_std", "comparator", "measure")
            }
            line |= {
                "jurisdiction_zh": place["region_zh"],
                "jurisdiction_level": place["region_level"],
            }
            out.append(
                {**line, "benchmark_id": r["target_id"], "horizon": key.year, "checked": True}
            )
    return out


def _beside(
    cell: dict, level: str, place: dict, lines: list[dict], own: list[dict], about: dict
) -> None:
    """Fill the columns about one benchmark, and the gap to it where the two are nearly the same measure."""
    if place["region_level"] == "nation" or (level, place["region_level"]) == (
        "province",
        "province",
    ):
        return
    who = place["province_zh"] if level == "province" else None
    spot = cell["indicator"], cell["target_year"]
    found = [
        b
        for b in [*own, *lines]
        if b["jurisdiction_level"] == level
        and (b["indicator"], b["horizon"]) == spot
        and who in (None, b["jurisdiction_zh"])
    ]
    if not found:
        return
    graded = [(variants.grade(cell["indicator"], cell["variant"], b["variant"]), b) for b in found]
    grade, line = min(graded, key=lambda g: (_GRADE[g[0].grade], not g[1]["checked"]))
    if cell.get("value_std") is not None and cell["unit_std"] != line["unit_std"]:
        why = variants.sentence("units", a=cell["unit_std"], b=line["unit_std"])
        grade = variants.Comparability("different", *why)
    cell[f"{level}_id"] = line["benchmark_id"]
    cell[f"{level}_std"], cell[f"{level}_unit"] = line["value_std"], line["unit_std"]
    cell[f"{level}_comparator"], cell[f"{level}_checked"] = line["comparator"], line["checked"]
    cell[f"{level}_comparability"] = grade.grade
    cell[f"{level}_why_zh"], cell[f"{level}_why_en"] = grade.zh, grade.en
    if cell["status"] == "target" and grade.grade != "different":
        _gap(cell, level, line, about[cell["indicator"]])


def _gap(cell: dict, level: str, line: dict, indicator: dict) -> None:
    sign = _stricter(cell, indicator)
    size = units.per_head(cell["unit_std"] or "") is not None
    value = cell["value_std"], cell["value_max_std"]
    if sign is None or value[0] is None or cell["comparator"] is None:
        return
    if size:
        # a place is a part of the nation: the ratio says how large a part, not how strict
        mine = bounds.promise(cell["comparator"], *value)
        theirs = bounds.promise(line["comparator"], line["value_std"])
        if not theirs.limit:
            return
        gap, unit = mine.limit / theirs.limit, "ratio"
    else:
        mine = bounds.promise(cell["comparator"], *value, stricter=sign)
        theirs = bounds.promise(line["comparator"], line["value_std"], stricter=sign)
        gap = sign * (mine.limit - theirs.limit)
        unit = {"%": "pp", "pp": "pp", "year": "year"}.get(cell["unit_std"], "relative")
        cell[f"{level}_stance"] = bounds.stance(gap, mine, theirs)
        gap = gap / theirs.limit if unit == "relative" else gap
    cell[f"gap_{level}"], cell["gap_unit"] = _clean(gap), unit
    cell[f"gap_{level}_bound"] = bounds.bound(mine, theirs)


# ---------------------------------------------------------------- pace, size per head, rank
def _pace(cell: dict, cells: dict, key: _Key) -> None:
    """Change per year: from the base year of a change, else from the place's earlier horizon."""
    value, year = cell.get("value_std"), key.year
    if value is None or cell["comparator"] is None or cell["unit_std"] == "year":
        return
    unit = {"%": "pp" if cell["measure"] == "level" else "%"}.get(
        cell["unit_std"], cell["unit_std"]
    )
    mine = bounds.promise(cell["comparator"], value, cell["value_max_std"])
    if cell["measure"] == "growth":
        pace, bound, since = mine.limit, bounds.bound(mine, bounds.Promise(0.0)), None
    elif cell["measure"] == "change":
        since = cell["baseline_year"]
        if since is None or since >= year:
            return
        pace, bound = mine.limit / (year - since), bounds.bound(mine, bounds.Promise(0.0))
    else:
        before = _earlier(cell, cells, key)
        if before is None:
            return
        since, row = before
        theirs = bounds.promise(row["comparator"], row["value_std"], row["value_max_std"])
        pace, bound = (mine.limit - theirs.limit) / (year - since), bounds.bound(mine, theirs)
    cell |= {
        "pace": _clean(pace),
        "pace_unit": f"{unit}/year",
        "pace_bound": bound,
        "pace_from": since,
    }


def _earlier(cell: dict, cells: dict, key: _Key) -> tuple[int, dict] | None:
    """The place's headline of the same variant at its latest earlier horizon."""
    years = sorted(
        (y for p, i, y in cells if (p, i) == (cell["region_id"], key.indicator) and y < key.year)
    )
    for year in reversed(years):
        rows = [
            r
            for r in cells[cell["region_id"], key.indicator, year]
            if r["variant"] == key.variant and not r["scope_region"] and r["tier"] == "base"
        ]
        rows = [r for r in rows if r["comparator"] and r["unit_std"] == cell["unit_std"]]
        if rows and variants.split(key.variant).form is None:
            return year, min(rows, key=_headline)
    return None


def _per_head(cell: dict, place: dict) -> None:
    factor = units.per_head(cell.get("unit_std") or "")
    if variants.split(cell["variant"]).form == "project":
        return
    if factor and cell.get("value_std") is not None and place["population_2020"]:
        cell["per_head"] = _clean(cell["value_std"] / place["population_2020"] * factor[0])
        cell["per_head_unit"] = factor[1]


def _rank(column: list[dict], about: dict, include_flagged: bool) -> None:
    """Rank the places of one grid column by what they promise at the very least."""
    if not column or not variants.comparable(column[0]["indicator"], column[0]["variant"]):
        return
    indicator = about[column[0]["indicator"]]
    by, ranked = defaultdict(list), []
    for cell in column:
        if cell["status"] == "target" and cell.get("value_std") is not None:
            by[cell["unit_std"]].append(cell)
    size = len(by) == 1 and units.per_head(next(iter(by))) is not None
    for cell in (c for cells in by.values() for c in cells if len(by) == 1):
        sign = _stricter(cell, indicator)
        if (
            sign is None
            or (cell["flags"] and not include_flagged)
            or (size and "per_head" not in cell)
        ):
            continue
        promise = bounds.promise(cell["comparator"], cell["value_std"], cell["value_max_std"], sign)
        if promise is not None and not promise.less:
            ranked.append((cell, promise, cell["high"] if sign > 0 else cell["low"], sign))
    if not ranked:
        return
    scale = [c["per_head"] / c["value_std"] if size and c["value_std"] else 1.0 for c, *_ in ranked]
    promises = [
        bounds.Promise(p.limit * k, p.more, p.less, p.strict, p.about)
        for (_, p, *_), k in zip(ranked, scale, strict=True)
    ]
    ends = [None if e is None else e * k for (_, _, e, _), k in zip(ranked, scale, strict=True)]
    for (cell, *_), (rank, best, worst) in zip(
        ranked, bounds.ranks(promises, ends, ranked[0][3]), strict=True
    ):
        cell |= {"rank": rank, "rank_of": len(ranked), "rank_best": best, "rank_worst": worst}
        cell["rank_by"] = "per_head" if size else "value"


def _clean(value: float) -> float:
    """Ten significant digits: 0.8, not 0.8000000000000007; and no -0."""
    return float(f"{value:.10g}") + 0.0
