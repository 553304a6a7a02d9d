"""What was read, and what was set aside: kept while rows are found, where somebody asks for it.

The ledger and ``carbon-peak explain`` are made from it; rows alone need none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from compare.extraction.layout.normalise import Clean
from compare.extraction.rules import Decision, Rule
from compare.extraction.sentence import Context, Row, Sentence
from compare.vocabulary.quantities import Quantity


class DecidedFigures(NamedTuple):
    """A list of figures of a sentence and what it is."""

    items: list[Quantity]
    decision: Decision


class LeftWording(NamedTuple):
    """A wording that could commit and gave no row, and why; offsets in the clean text."""

    start: int
    end: int
    decision: Decision


@dataclass(slots=True)
class ReadSentence:
    """A sentence with its parts, the context it was read in, and what came of it."""

    sentence: Sentence
    context: Context
    figures: list[DecidedFigures] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    left: list[LeftWording] = field(default_factory=list)


class SetAside(NamedTuple):
    """A block that is not read as the plan's own goals and tasks.

    ``start`` and ``end`` are offsets in the raw text; the ledger has one entry for the block, without
    what a row was made of.
    """

    start: int
    end: int
    decision: Decision


@dataclass(slots=True)
class ReadPlan:
    """A plan of the text, and its sentences that were parsed, in text order."""

    text: Clean
    sentences: list[ReadSentence] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """What was read of a text.

    Attributes
    ----------
    plans : list of ReadPlan
        The plans that it holds, in text order.
    aside : list of SetAside
        What was set aside in bulk: to be added by whatever does so, in any order.
    decided : list of SetAside
        Single figures that were decided elsewhere (cells of a table), in any order.
    only_blocks : bool
        Keep what is set aside and no sentences.
    """

    plans: list[ReadPlan] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    decided: list[SetAside] = field(default_factory=list)
    only_blocks: bool = False

    def begin(self, text: Clean) -> None:
        """A plan that is read from here on."""
        self.plans.append(ReadPlan(text))

    def sentence(self, s: Sentence, context: Context) -> ReadSentence | None:
        """Takes a sentence of that plan, as it is read; None where sentences are not kept."""
        if self.only_blocks:
            return None
        read = ReadSentence(s, context)
        self.plans[-1].sentences.append(read)
        return read

    def set_aside(self, start: int, end: int, rule: Rule) -> None:
        """A block of the raw text that is not read; an empty one is none."""
        if start < end:
            self.aside.append(SetAside(start, end, rule.decision))

    def set_aside_clean(self, start: int, end: int, rule: Rule) -> None:
        """The same, by offsets in the clean text of the plan that is read."""
        text = self.plans[-1].text
        self.set_aside(text.raw(start), text.raw_end(end), rule)
