"""Matching: which row found which label."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A label, or a row to be scored.

    Attributes
    ----------
    given : mapping
        All that it states, by column of the table ``targets``.
    """

    doc: str
    start: int
    end: int
    value_text: str
    indicator_text: str
    kind: str
    value: float | None
    target_year: int | None
    given: Mapping[str, Any]

    @classmethod
    def of(cls, doc: str, given: Mapping[str, Any]) -> Row:
        """The row of a document as a label or the extractor states it."""
        return cls(
            doc,
            given["start"],
            given["end"],
            given["value_text"],
            given["indicator_text"],
            given["kind"],
            given["value"],
            given["target_year"],
            {**given, "doc": doc},
        )

    @property
    def key(self) -> tuple[int, int, str, float | None, int | None]:
        """What a row must have right to count as found."""
        return self.start, self.end, self.kind, self.value, self.target_year


class Pair(NamedTuple):
    """A label and the row that found it."""

    label: Row
    row: Row

    @property
    def overlap(self) -> float:
        """Overlap of their subjects."""
        return overlap(self.label.indicator_text, self.row.indicator_text)

    def states(self, field: str) -> bool:
        """Whether the label states a field."""
        return field in self.label.given

    def agrees(self, field: str) -> bool:
        """Whether a field is right: equal, lists of agencies in whatever order."""
        stated, got = self.label.given[field], self.row.given.get(field)
        if field.endswith("_agencies"):
            return sorted(stated or ()) == sorted(got or ())
        return stated == got


@dataclass(frozen=True, slots=True)
class Matched:
    """Labels beside rows: pairs, and what is left over on either side, in text order."""

    pairs: list[Pair]
    missed: list[Row]
    spurious: list[Row]


def overlap(a: str, b: str) -> float:
    """Character overlap of two phrases: Dice coefficient of their bags of characters.

    Twice the number of characters they have in common (each as often as it stands in both), over
    the sum of their lengths: 1 for the same characters, 0 for none in common.
    """
    if not a and not b:
        return 1.0
    return 2 * sum((Counter(a) & Counter(b)).values()) / (len(a) + len(b))


def match(labels: Iterable[Row], rows: Iterable[Row]) -> Matched:
    """Pair labels with rows of the same key; those that share it, by their subjects."""
    groups: dict[tuple, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for label in labels:
        groups[label.key][0].append(label)
    for row in rows:
        groups[row.key][1].append(row)
    pairs: list[Pair] = []
    missed: list[Row] = []
    spurious: list[Row] = []
    for ours, theirs in groups.values():
        found = _best(ours, theirs)
        pairs += found
        paired = {id(one) for pair in found for one in pair}
        missed += [r for r in ours if id(r) not in paired]
        spurious += [r for r in theirs if id(r) not in paired]
    pairs.sort(key=lambda p: _text_order(p.label))
    return Matched(pairs, sorted(missed, key=_text_order), sorted(spurious, key=_text_order))


def _text_order(row: Row) -> tuple[int, str]:
    return row.start, row.indicator_text


def _best(labels: list[Row], rows: list[Row]) -> list[Pair]:
    """Pairs of best overlap first; each label and each row in one pair at most."""
    every = [
        (Pair(label, row), i, j) for i, label in enumerate(labels) for j, row in enumerate(rows)
    ]
    every.sort(key=lambda x: (-x[0].overlap, x[1], x[2]))
    left, right, out = set(range(len(labels))), set(range(len(rows))), []
    for pair, i, j in every:
        if i in left and j in right:
            out.append(pair)
            left.discard(i)
            right.discard(j)
    return out
