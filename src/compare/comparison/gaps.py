"""Gaps: a cell beside the nation's and the province's target, its pace, size per head and rank.

The functions fill the columns of one cell (or one column of cells) of `compare.comparison.grid`.
"""

from __future__ import annotations

from compare.comparison import bounds
from compare.vocabulary import units, variants

GRADE = {"same": 0, "close": 1, "different": 2}
_UNIT = {"%": "pp", "pp": "pp", "year": "year"}


def stricter(row: dict, indicator: dict) -> int | None:
    """Which way is stricter: 1 where a larger figure is, -1 where a smaller is, None where neither.

    Parameters
    ----------
    row : dict
        ``measure`` and ``direction``.
    indicator : dict
        ``better``.
    """
    if indicator["better"] == "none":
        return None
    if row["measure"] == "level":
        return 1 if indicator["better"] == "up" else -1
    # a change of 14 % down: the figure is the size of the change
    return 1 if row.get("direction") in (None, "hold", indicator["better"]) else -1


def is_size(unit_std: str | None) -> bool:
    """Whether a unit is one of stocks, capacities, amounts or counts."""
    return unit_std is not None and units.per_head(unit_std) is not None


def beside(cell: dict, place: dict, lines: list[dict], indicator: dict) -> None:
    """Fill the columns about the national and the provincial target.

    Parameters
    ----------
    cell : dict
        A cell of the grid; changed in place.
    place : dict
        Its row of the regions table. A province has no provincial target beside it.
    lines : list of dict
        Benchmarks of the cell's indicator and horizon.
    indicator : dict
        Row of the indicators table.
    """
    levels = {"nation": (), "province": ("nation",)}.get(
        place["region_level"], ("nation", "province")
    )
    for level in levels:
        who = place["province_zh"] if level == "province" else None
        found = [
            b
            for b in lines
            if b["jurisdiction_level"] == level and who in (None, b["jurisdiction_zh"])
        ]
        if found and (level == "nation" or who):
            _benchmark(cell, level, found, indicator)


def _benchmark(cell: dict, level: str, lines: list[dict], indicator: dict) -> None:
    """The nearest of several benchmarks, and the gap to it where it is nearly the same measure."""
    graded = [(variants.grade(cell["indicator"], cell["variant"], b["variant"]), b) for b in lines]
    grade, line = min(graded, key=lambda g: (GRADE[g[0].grade], not g[1]["checked"]))
    if cell.get("value_std") is not None and cell["unit_std"] != line["unit_std"]:
        why = variants.sentence("units", a=cell["unit_std"], b=line["unit_std"])
        grade = variants.Comparability("different", *why)
    cell[f"{level}_id"], cell[f"{level}_std"] = line["benchmark_id"], line["value_std"]
    cell[f"{level}_unit"], cell[f"{level}_comparator"] = line["unit_std"], line["comparator"]
    cell[f"{level}_checked"], cell[f"{level}_comparability"] = line["checked"], grade.grade
    cell[f"{level}_why_zh"], cell[f"{level}_why_en"] = grade.zh, grade.en
    figure = cell.get("value_std") is not None and cell["comparator"] is not None
    if figure and grade.grade != "different":
        _gap(cell, level, line, stricter(cell, indicator))


def _gap(cell: dict, level: str, line: dict, sign: int | None) -> None:
    if sign is None:
        return
    value, size = (cell["value_std"], cell["value_max_std"]), is_size(cell["unit_std"])
    # a place is a part of its nation: a ratio says how large a part, not how strict
    sign = 1 if size else sign
    mine = bounds.promise(cell["comparator"], *value, stricter=sign)
    theirs = bounds.promise(line["comparator"], line["value_std"], stricter=sign)
    unit = "ratio" if size else _UNIT.get(cell["unit_std"], "relative")
    if unit in ("ratio", "relative") and not theirs.limit:
        return
    gap = sign * (mine.limit - theirs.limit)
    if size:
        gap = mine.limit / theirs.limit
    else:
        cell[f"{level}_stance"] = bounds.stance(gap, mine, theirs)
        gap = gap / abs(theirs.limit) if unit == "relative" else gap
    cell[f"gap_{level}"], cell["gap_unit"] = _clean(gap), unit
    cell[f"gap_{level}_bound"] = bounds.bound(mine, theirs)


def pace(cell: dict, earlier: tuple[int, dict] | None) -> None:
    """Fill the change per year: of a change since its base year, else of a level since ``earlier``.

    Parameters
    ----------
    cell : dict
        Changed in place.
    earlier : tuple of (int, dict) or None
        Year and headline row of the place's earlier horizon of the same variant.
    """
    value, unit, year = cell.get("value_std"), cell.get("unit_std"), cell["target_year"]
    if value is None or cell["comparator"] is None or unit == "year":
        return
    mine, since = bounds.promise(cell["comparator"], value, cell["value_max_std"]), None
    before, years = bounds.Promise(0.0), 1
    if cell["measure"] == "change":
        since = cell["baseline_year"]
    elif cell["measure"] == "level":
        if earlier is None or earlier[1]["unit_std"] != unit:
            return
        since, row = earlier
        before = bounds.promise(row["comparator"], row["value_std"], row["value_max_std"])
    if cell["measure"] != "growth":
        if since is None or since >= year:
            return
        years = year - since
    called = "pp" if unit == "%" and cell["measure"] == "level" else unit
    cell |= {"pace": _clean((mine.limit - before.limit) / years), "pace_unit": f"{called}/year"}
    cell |= {"pace_bound": bounds.bound(mine, before), "pace_from": since}


def per_head(cell: dict, population: int | None) -> None:
    """Fill the value per head of a size, where the population is known."""
    value = cell.get("value_std")
    if value is None or not population or variants.split(cell["variant"]).form == "project":
        return
    factor = units.per_head(cell["unit_std"])
    if factor:
        cell["per_head"] = _clean(value / population * factor[0])
        cell["per_head_unit"] = factor[1]


def rank(cells: list[dict], indicator: dict, include_flagged: bool = False) -> None:
    """Fill the ranks of the places in one column of the grid.

    Ranked is what a place promises at the very least; for sizes, per head. Nothing is ranked where
    the variant need not mean the same in two places, or where figures have different units.
    """
    found = [c for c in cells if c["status"] == "target" and c.get("value_std") is not None]
    if len({c["unit_std"] for c in found}) != 1:
        return
    size = is_size(found[0]["unit_std"])
    usable = [
        c
        for c in found
        if stricter(c, indicator) is not None
        and variants.comparable(c["indicator"], c["variant"])
        and (include_flagged or not c["flags"])
        and (not size or c.get("per_head") is not None)
    ]
    ranked = []
    for cell in usable:
        sign = stricter(cell, indicator)
        scale = cell["per_head"] / cell["value_std"] if size and cell["value_std"] else 1.0
        top = cell["value_max_std"] and cell["value_max_std"] * scale
        promise = bounds.promise(cell["comparator"], cell["value_std"] * scale, top, sign)
        end = cell["high"] if sign > 0 else cell["low"]
        if promise is not None and not promise.less:
            ranked.append((cell, sign, promise, None if end is None else end * scale))
    if ranked:
        order = bounds.ranks([r[2] for r in ranked], [r[3] for r in ranked], ranked[0][1])
        for (cell, *_), (place, best, worst) in zip(ranked, order, strict=True):
            cell |= {"rank": place, "rank_best": best, "rank_worst": worst}
            cell |= {"rank_of": len(ranked), "rank_by": "per_head" if size else "value"}


def _clean(value: float) -> float:
    """Ten significant digits: 0.8, not 0.8000000000000007; and no -0."""
    return float(f"{value:.10g}") + 0.0
