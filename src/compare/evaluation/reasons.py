"""What the reasons to look at a row are worth: do the rows that have one hold the errors?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import Any

from compare.evaluation.matching import Row
from compare.evaluation.scoring import Score
from compare.extraction.ledger.entries import Entry, figures_of
from compare.extraction.ledger.near_misses import near_misses


@dataclass(frozen=True, slots=True)
class Worth:
    """How many rows have a reason, or one reason, and how many of them are wrong.

    Attributes
    ----------
    rows, wrong : int
        All rows; those that no label fits, or of which a field is not as its label states it.
    flagged, flagged_wrong : int
        Rows with a reason, and the wrong ones among them.
    by_reason : dict
        Rows and wrong rows by reason, the reason first whose rows are wrong most often.
    so_far : dict
        By reason: rows and wrong rows that have it, or one before it in `by_reason`.
    missed, silent, near, silent_near : int
        Labels that no row found; those of them whose span no row touches; entries of the ledger that
        may be targets (`compare.extraction.ledger.near_misses`); silent ones that such an entry touches.
    """

    rows: int
    wrong: int
    flagged: int
    flagged_wrong: int
    by_reason: dict[str, tuple[int, int]]
    so_far: dict[str, tuple[int, int]]
    missed: int = 0
    silent: int = 0
    near: int = 0
    silent_near: int = 0

    @property
    def read(self) -> float | None:
        """Share of all rows that somebody reads who reads the rows with a reason."""
        return _share(self.flagged, self.rows)

    @property
    def found(self) -> float | None:
        """Share of the wrong rows that they find."""
        return _share(self.flagged_wrong, self.wrong)

    @property
    def right_with(self) -> float | None:
        """Share of rows with a reason that are right."""
        return _share(self.flagged - self.flagged_wrong, self.flagged)

    @property
    def right_without(self) -> float | None:
        """Share of rows without a reason that are right."""
        right = self.rows - self.flagged - (self.wrong - self.flagged_wrong)
        return _share(right, self.rows - self.flagged)

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON holds it."""
        shares = ("read", "found", "right_with", "right_without")
        return asdict(self) | {name: getattr(self, name) for name in shares}

    def as_text(self) -> str:
        """The same in lines: the whole, then each reason."""
        lines = [
            f"rows {self.rows}, wrong {self.wrong}",
            f"with a reason {self.flagged} ({_shown(self.read)}), wrong {self.flagged_wrong}: "
            f"they hold {_shown(self.found)} of the wrong rows",
            f"right with a reason {_shown(self.right_with)}, without {_shown(self.right_without)}",
            f"missed {self.missed}, where no row stands {self.silent}: {self.silent_near} of these are among "
            f"the {self.near} entries of the ledger that may be targets",
            "",
            f"{'reason':<22}{'rows':>6}{'wrong':>7}{'share wrong':>13}{'read so far':>13}{'found so far':>14}",
        ]
        for code, (rows, wrong) in self.by_reason.items():
            read, found = self.so_far[code]
            lines.append(
                f"{code:<22}{rows:>6}{wrong:>7}{_shown(_share(wrong, rows)):>13}"
                f"{_shown(_share(read, self.rows)):>13}{_shown(_share(found, self.wrong)):>14}"
            )
        return "\n".join(lines)


def worth_of_reasons(score: Score) -> Worth:
    """What the reasons are worth among the rows of a score.

    A row is wrong if it found no label, or if a field that its label states differs. Labels that no
    row found are not errors of a row: no reason can stand at them.
    """
    wrong = {id(r) for r in score.spurious} | {id(p.row) for p, _ in score.differences()}
    rows = [*(p.row for p in score.pairs), *score.spurious]
    flagged = [r for r in rows if _reasons(r)]
    every = Counter(code for r in flagged for code in _reasons(r))
    bad = Counter(code for r in flagged if id(r) in wrong for code in _reasons(r))
    ordered = sorted(every, key=lambda code: (-bad[code] / every[code], -every[code], code))
    return Worth(
        len(rows),
        len(wrong),
        len(flagged),
        sum(id(r) in wrong for r in flagged),
        {code: (every[code], bad[code]) for code in ordered},
        _so_far(flagged, wrong, ordered),
        *_missed(score),
    )


def _missed(score: Score) -> tuple[int, int, int, int]:
    """The last four counts of a `Worth`."""
    rows = [*(p.row for p in score.pairs), *score.spurious]
    silent = [m for m in score.missed if not any(m.doc == r.doc and _touch(m, r) for r in rows)]
    near = [e for doc, text in score.texts.items() for e in near_misses(figures_of(text, doc=doc))]
    found = sum(any(m.doc == e.doc and _touch(m, e) for e in near) for m in silent)
    return len(score.missed), len(silent), len(near), found


def _touch(a: Row, b: Row | Entry) -> bool:
    return a.start < b.end and b.start < a.end


def _so_far(
    flagged: Sequence[Row], wrong: Collection[int], codes: Sequence[str]
) -> dict[str, tuple[int, int]]:
    """Rows, and wrong rows, that somebody reads who takes one reason after another."""
    first = Counter(min(codes.index(code) for code in _reasons(r)) for r in flagged)
    bad = Counter(min(codes.index(code) for code in _reasons(r)) for r in flagged if id(r) in wrong)
    ranks = range(len(codes))
    read, found = accumulate(first[i] for i in ranks), accumulate(bad[i] for i in ranks)
    return dict(zip(codes, zip(read, found, strict=True), strict=True))


def _reasons(row: Row) -> Iterable[str]:
    return row.given.get("review_reasons") or ()


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _shown(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
