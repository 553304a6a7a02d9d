"""What the rules look at: a list of figures in its sentence, and what is asked of it more than once."""

from __future__ import annotations

from functools import cached_property

from compare.extraction.commitment.words import (
    COUNTED,
    RELATIVE,
    contains,
    ends_with,
    words_before_figure,
)
from compare.extraction.sentence import Context, Sentence
from compare.extraction.subject.subject_words import strip_head, strip_tail
from compare.extraction.with_figure.figure_list import FigureList
from compare.vocabulary.lexicon import rx, words
from compare.vocabulary.quantities import Quantity


class Case:
    """A list of figures of which a rule says what it is.

    Parameters
    ----------
    f : FigureList
    context : Context
        Of the sentence.
    """

    def __init__(self, f: FigureList, context: Context):
        self.f, self.context = f, context
        self.left: str = f.bare
        self.right: str = f.right
        self.q: Quantity = f.last
        self.at: int = f.first.start
        self.sentence: Sentence = f.sentence
        self.dated = bool(f.years)
        self.counted = self.q.dimension in COUNTED  # a count of things
        self.relative = self.q.dimension in RELATIVE  # a share, points of it, or a multiple

    @cached_property
    def before(self) -> str:
        """The sentence up to the figure, with names hidden."""
        return self.sentence.masked[: self.at]

    @cached_property
    def since(self) -> str:
        """The words that belong to the figure, dates included."""
        return self.words_since(self.f.begin)

    def words_since(self, begin: int) -> str:
        """The words up to the figure, without those that say where it starts from (由目前的15%)."""
        text, point = self.sentence.masked, self.f.point
        if point is None or point.lead < begin:
            return text[begin : self.at]
        return text[begin : point.lead] + text[point.move : self.at]

    @cached_property
    def told(self) -> str:
        """The words that belong to the figure, without those of a starting point."""
        return without_start(self.since)

    @cached_property
    def achieved(self) -> str:
        """The words before the figure, without bounds."""
        return self.left_of_list.rstrip("约近超不少于至低过")

    @cached_property
    def left_of_list(self) -> str:
        """The words before the figure; of a list (完成A、B等12条) only its verb."""
        if not self.left.endswith("等"):
            return self.left
        verb = words_before_figure()["done"].match(self.left)
        return verb[0] if verb else ""

    @cached_property
    def achieving(self) -> bool:
        """A verb that makes a count a commitment stands before the figure."""
        return ends_with("achieve", self.left_of_list) or ends_with("achieve", self.achieved)

    @cached_property
    def bound(self) -> bool:
        """A word binds the figure: 不低于, 以上 …"""
        return bool(self.f.qualifier) or ends_with("before", self.left)

    @cached_property
    def level(self) -> bool:
        """A verb leads to the figure: 达到, 提高到 …"""
        return ends_with("level", self.left) or ends_with("raise", self.left)

    @cached_property
    def in_list(self) -> bool:
        """More follows the figure in a list."""
        return self.sentence.masked[self.q.end : self.q.end + 1] in ("、", "和", "及", "与")

    @cached_property
    def named(self) -> bool:
        """The clause says what is measured, or shares that with the one before."""
        return self.f.follows or len(strip_head(strip_tail(self.left))) >= 2

    @cached_property
    def done(self) -> bool:
        """The sentence tells what has been or what is: 已, 了, 近年来, 仍, 首次 …"""
        return bool(rx(words()["facts"]["done_re"]).search(self.sentence.masked))

    @cached_property
    def alone(self) -> bool:
        """Nothing but a date, or what a list goes on with, stands before the figure."""
        return not rx(
            "^(?:[、,:—-]|其中|力争|争取|和|及|与|以及|约|近|超过?|不少于|不低于|至少)+"
        ).sub("", self.left)

    @cached_property
    def modal(self) -> bool:
        """Words that bind without a date: 不得, 力争, 目标是 …"""
        return (
            contains("modal_re", self.left)
            or bool(rx("力争|争取|确保").match(self.sentence.masked))
            or bool(
                rx("(?:近期|中期|远期|长期)目标(?:是|为)").search(
                    self.sentence.masked, 0, self.f.begin
                )
            )
        )


def without_start(words: str) -> str:
    """Words without a starting point in them: 由目前的15%提高到."""
    if not rx("[由从自较比][目现当截]").search(words):
        return words
    return rx("[由从自较比](?:目前|现有?|当前|截至)[^,;]*").sub("", words)
