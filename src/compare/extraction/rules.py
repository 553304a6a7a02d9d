"""Named rules: what decides, in one sentence, with an example that it takes and a near miss that it leaves.

Whatever decides what a figure is, which part a date plays, whose a figure is or how it binds is a table
of rules in this shape; the first that applies decides. Their examples are run as tests
(``tests/unit/test_rules.py``), and ``carbon-peak explain --rules`` lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

Disposition = Literal[
    "target", "horizon", "qualifier", "fact", "baseline", "threshold", "size", "name", "of_others",
    "outside", "undecided",
]  # fmt: skip
"""What a figure of a text is; ``docs/ledger.md`` says what each means."""
DISPOSITIONS: tuple[Disposition, ...] = get_args(Disposition)

OPEN, CLOSE = "«", "»"
"""What an example puts around the words that it is about."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, and the id of the rule that did."""

    disposition: str
    reason: str


class Rule:
    """One rule that decides.

    Parameters
    ----------
    id : str
        In kebab-case; unique among all rules.
    sentence : str
        What it says, as one plain English sentence.
    decides : str
        What a thing is that it applies to: a `Disposition`, the role of a date, …
    applies : callable
        The test, on whatever the table of the rule looks at.
    taken, left : str
        A short text whose words in «» it decides, and a near miss that it leaves. Both are read as
        whole texts; what it leaves, another rule decides.
    needs : int
        Signs (`compare.extraction.signs`) without which it cannot apply: a `Table` does not ask it then.
    """

    __slots__ = ("applies", "decision", "id", "left", "needs", "sentence", "taken")

    def __init__(
        self,
        id: str,
        sentence: str,
        decides: str,
        applies: Callable[..., Any],
        *,
        taken: str,
        left: str,
        needs: int = 0,
    ):
        self.id, self.sentence, self.applies, self.needs = id, sentence, applies, needs
        self.taken, self.left = taken, left
        self.decision = Decision(decides, id)

    def as_dict(self) -> dict[str, str]:
        """What there is to read of it."""
        return {
            "id": self.id,
            "decides": self.decision.disposition,
            "sentence": self.sentence,
            "taken": self.taken,
            "left": self.left,
        }

    def __repr__(self) -> str:
        return f"Rule({self.id!r})"


class Table:
    """Rules in the order in which they are asked, each only where the signs stand that it needs."""

    __slots__ = ("_asked", "_needs", "rules")

    def __init__(self, rules: Iterable[Rule]):
        self.rules = tuple(rules)
        self._needs = 0
        for rule in self.rules:
            self._needs |= rule.needs
        self._asked: dict[int, tuple[Rule, ...]] = {}  # by the signs of which any rule needs one

    def asked(self, signs: int) -> tuple[Rule, ...]:
        """The rules that may apply where these signs, and no others, stand."""
        known = signs & self._needs
        found = self._asked.get(known)
        if found is None:
            found = tuple(r for r in self.rules if r.needs & known == r.needs)
            self._asked[known] = found
        return found


def first(rules: Iterable[Rule], *case: object) -> Decision | None:
    """The decision of the first rule that applies to the case; None where none does."""
    for rule in rules:
        if rule.applies(*case):
            return rule.decision
    return None


def marked(example: str) -> tuple[str, int, int]:
    """The text of an example without its marks, and where the marked words stand in it."""
    before, _, rest = example.partition(OPEN)
    words, _, after = rest.partition(CLOSE)
    return before + words + after, len(before), len(before) + len(words)
