"""Cells: what one plan says of one indicator, variant and horizon, chosen among its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compare.comparison import bounds
from compare.comparison.per_head import is_size
from compare.schema.records import IndicatorRow, Target
from compare.vocabulary import variants
from compare.vocabulary.variants import Comparability

WITHOUT_FIGURE = ("deferred", "directional")
"""Kinds of rows that set no figure."""
FIRMEST = {"target": 0, "part": 1, "deferred": 2, "directional": 3, "no_target": 4, "no_data": 5}
"""Statuses of a cell; of two variants of an indicator, the one with the lower number says more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a plan says in a cell.

    Attributes
    ----------
    status : str
        ``target``, ``part``, ``deferred``, ``directional``, ``no_target`` or ``no_data``.
    head : Target or None
        The headline: the row that heads the cell.
    stretch : Target or None
        A second, higher aim beside it.
    mentions : int
        How often the plan states the headline.
    also_ids : tuple of str
        Further, different commitments for the same cell.
    comparability : Comparability or None
        How the headline (in a silent cell, the nearest other row) compares with the cell's variant.
    other_target_id : str or None
        In a silent cell, the nearest thing that the plan does say at this horizon.
    """

    status: str
    head: Target | None = None
    stretch: Target | None = None
    mentions: int = 0
    also_ids: tuple[str, ...] = ()
    comparability: Comparability | None = None
    other_target_id: str | None = None


def said(
    rows: Sequence[Target], variant: str, indicator: IndicatorRow, collected: bool = True
) -> Said:
    """What a place says in one cell.

    Parameters
    ----------
    rows : sequence of Target
        Its rows of the indicator at the cell's horizon, of all variants.
    variant : str
        Variant of the cell.
    indicator : IndicatorRow
    collected : bool
        Whether a plan of the place has been collected.
    """
    base, higher, words = _candidates(rows, variant, indicator)
    figures = [r for r in base if r.kind not in WITHOUT_FIGURE]
    # a higher aim without a base one beside it heads its cell
    head = min(figures or words or higher, key=headline_order, default=None)
    if head is None:
        comparability, other = _elsewhere(rows, variant, indicator)
        part = other is not None and other.scope_region and _alike(other, variant, indicator)
        silent = "part" if part else "no_target" if collected else "no_data"
        return Said(
            status=silent,
            comparability=comparability,
            other_target_id=other and other.target_id,
        )
    group = base or words or higher
    same = {r.target_id for r in group if _commitment(r) == _commitment(head)}
    return Said(
        status=head.kind if head.kind in WITHOUT_FIGURE else "target",
        head=head,
        stretch=_stretch([r for r in higher if r is not head], indicator),
        mentions=len(same),
        also_ids=tuple(r.target_id for r in group if r.target_id not in same and r.tier == "base"),
        comparability=variants.grade(indicator.indicator, head.variant or "", variant),
    )


def _candidates(
    rows: Sequence[Target], variant: str, indicator: IndicatorRow
) -> tuple[list[Target], list[Target], list[Target]]:
    """Rows for the whole place: base, stretch, and those without a figure that may mean this."""
    whole = [r for r in rows if not r.scope_region]
    own = [r for r in whole if r.variant == variant]
    base = [r for r in own if r.tier == "base"]
    higher = [r for r in own if r.tier == "stretch" and r.value_std is not None]
    words = [r for r in base if r.kind in WITHOUT_FIGURE] or [
        r
        for r in whole
        if r.kind in WITHOUT_FIGURE and stands_for(indicator.indicator, r.variant or "", variant)
    ]
    return base, higher, words


def stands_for(indicator: str, said_of: str, variant: str) -> bool:
    """Whether words without a figure are about this variant, as nearly as one can tell."""
    return variants.grade(indicator, said_of, variant).grade != "different" or (
        variants.split(said_of).base == variants.split(variant).base
    )


def headline_order(row: Target) -> tuple[int, bool, bool, bool, bool, int]:
    """Order in which a plan's rows head a cell.

    A figure before words; then the plausible, the first mention, the firm, the first in the text.
    """
    status = row.kind if row.kind in WITHOUT_FIGURE else "target"
    return (
        FIRMEST[status],
        row.value_std is None,
        bool(row.flags),
        row.repeats is not None,
        row.effort == "strive",
        row.start,
    )


def _commitment(row: Target) -> tuple:
    """What makes two rows of a cell mentions of one commitment."""
    return (
        *(row.kind, row.value_std, row.value_max_std),
        *(row.unit_std, row.comparator, row.direction),
    )


def _stretch(higher: Sequence[Target], indicator: IndicatorRow) -> Target | None:
    """The strictest second, higher aim beside the base one."""

    def strictness(row: Target) -> float:
        way = bounds.stricter_way(row.measure, row.direction, indicator.better)
        return (way or 1) * (row.value_std or 0.0)

    return max(higher, key=strictness, default=None)


def _elsewhere(
    rows: Sequence[Target], variant: str, indicator: IndicatorRow
) -> tuple[Comparability | None, Target | None]:
    """The nearest thing that a plan does say at this horizon, for a silent cell."""

    def grade(row: Target) -> Comparability:
        return variants.grade(indicator.indicator, row.variant or "", variant)

    def nearness(row: Target) -> tuple:
        # the variant itself for a part of the place, a close one of the whole, what differs
        step: float = variants.GRADES[grade(row).grade]
        if row.scope_region:
            step = 0.5 if row.variant == variant or step == 0 else 3
        return step, *headline_order(row)

    others = [r for r in rows if r.variant != variant or r.scope_region]
    if not others:
        return None, None
    row = min(others, key=nearness)
    if row.scope_region:
        why = variants.sentence("part", a=row.scope_region)
        return Comparability("different", *why), row
    return grade(row), row


def _alike(row: Target, variant: str, indicator: IndicatorRow) -> bool:
    """Whether a row is of a variant or of one close to it, be it for a part of the place."""
    grade = variants.grade(indicator.indicator, row.variant or "", variant).grade
    return row.variant == variant or grade != "different"


def interval(head: Target, indicator: IndicatorRow) -> bounds.Interval:
    """The values that meet the headline, within what the quantity can be."""
    level, share = head.measure == "level", head.unit_std == "%"
    floor = 0.0 if level and (share or is_size(head.unit_std)) else None
    ceiling = 100.0 if level and share and indicator.dimension == "share" else None
    return bounds.interval(head.comparator, head.value_std, head.value_max_std, floor, ceiling)
