"""The word 达峰 or 峰值 in its sentence, with the year that it may have."""

from __future__ import annotations

import re
from functools import cache, cached_property

from compare.extraction.dates.horizons import Date
from compare.extraction.sentence import Context, Sentence
from compare.extraction.without_figure.wording import Wording
from compare.vocabulary.lexicon import any_of, rx, words

_GUESS = 4  # years that a guess of the year of issue may be off


@cache
def peak_patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of peaks in the lexicon."""
    p = words()["peak"]
    found = {k: v for k, v in p.items() if k.endswith("_re")}
    found["filler_re"] = "|".join(
        (p["begins_re"], p["together_re"], p["our_re"], any_of(p["leads"]), p["ends_re"])
    )
    return {k: re.compile(v) for k, v in found.items()}


class Peak(Wording):
    """The word 达峰 or 峰值 with the year that it may have."""

    @cached_property
    def date(self) -> Date | None:
        """The year of the peak: before the word, between it and its verb, or in a sentence before."""
        s, context = self.s, self.context
        date = _year_behind(s, self.m) or _aimed_at(s, self.start) or s.horizon(self.start)
        if date is None and context.date and context.date.explicit:
            return context.date.moved(-s.at)
        return _to_come(date, s, context) if date else None

    @cached_property
    def years(self) -> list[int | None]:
        """The year of the peak, if it is one to come and known."""
        date = self.date
        return [date.last] if date and date.role == "horizon" and date.last else []

    @property
    def here(self) -> bool:
        """The year stands in the clause of the word."""
        return bool(self.date) and self.date.start >= self.s.clauses[self.clause][0]

    @cached_property
    def after(self) -> str:
        """What stands behind the word in its clause."""
        return self.s.masked[self.end : self.stop]

    @cached_property
    def before(self) -> str:
        """What stands before the word in its clause."""
        return self.s.masked[self.s.clauses[self.clause][0] : self.start]

    @property
    def used(self) -> bool:
        """A peak before has the year already (…达到峰值,达峰后…)."""
        at = self.s.at
        return any(
            r.kind == "peak" and self.date and r.start == at + self.date.at for r in self.done.rows
        )


def _aimed_at(s: Sentence, at: int) -> Date | None:
    """以2030年前碳达峰为目标: 以 makes no base of a year by which something peaks."""
    date = next((d for d in s.dates if d.end <= at <= d.end + 8), None)
    if date and date.role == "baseline" and date.before and date.rule == "starting-from":
        return date._replace(role="horizon")
    return None


def _to_come(date: Date, s: Sentence, context: Context) -> Date:
    """A bare year in which something 率先实现碳达峰 is still to come, where the year of issue is a guess."""
    guessed = not context.time.known and date.role == "past" and date.rule == "bare-and-not-ahead"
    if not guessed or not rx("(?:左右|前后)?(?:率先|如期|力争|实现)").match(s.masked, date.end):
        return date
    return date._replace(role="horizon") if (date.last or 0) > context.time.year - _GUESS else date


def _year_behind(s: Sentence, m: re.Match[str]) -> Date | None:
    """天然气消费峰值2035年左右出现: the year stands between the word and its verb."""
    d = next((d for d in s.dates if m.end() <= d.start <= m.end() + 4), None)
    led = d and rx("(?:预计|将|力争|争取|在|于)*").fullmatch(s.masked, m.end(), d.start)
    return d if d and led and rx("出现|到来|实现").match(s.masked, d.end) else None
