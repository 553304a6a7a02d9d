"""Peaks: a stated year by which emissions, or the use of something, stop growing."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from compare.extraction.effort import effort_word
from compare.extraction.horizons import Date
from compare.extraction.located import without
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject_words import strip_head, strip_tail
from compare.extraction.without_figure.common import row
from compare.vocabulary.lexicon import rx, words

_PEAK = re.compile(r"碳达峰|达峰|达到?峰值|峰值(?<![较比]峰值)")


@cache
def _patterns() -> dict[str, re.Pattern]:
    return {k: re.compile(v) for k, v in words()["peak"].items() if k.endswith("_re")}


def rows(s: Sentence, context: Context) -> list[Row]:
    """Rows for the peaks of a sentence; each year gives one."""
    out, used, ends = [], set(), []
    for m in _PEAK.finditer(s.masked):
        date = _year_behind(s, m) or s.horizon(m.start())
        if date is None and context.date and context.date.explicit:
            date = context.date.moved(-s.at)  # written in a sentence before
        if not date or date.role != "horizon" or date.start in used:
            continue
        if not date.explicit and date.start < s.clauses[s.clause_at(m.start())][0]:
            continue  # a five-year plan dates a peak only in its own clause
        if not _is_commitment(s, m, date):
            continue
        since = max((end for end in ends if end <= m.start()), default=0)
        year = date.last
        if year is None:
            continue  # 今年, where the year of issue is unknown
        used.add(date.start)
        within = not date.explicit  # “十五五”期间达到峰值
        sign = "~" if date.about else "<=" if date.before or within else "="
        found = row(
            s, (date.at, date.end if within else _year_end(s, date)), _name(s, m, date, since), year, date, context,
            kind="peak", value=float(year), unit="year", comparator=sign, dimension="year",
        )  # fmt: skip
        found = replace(found, bound_at=date.bound and s.in_text(*date.bound))
        strive = effort_word(s, m.start(), date, context)
        if strive:
            found = replace(found, effort="strive", effort_at=strive)
        out.append(found)
        ends.append(m.end())
        earlier, led = _earlier(s, m.end())
        if earlier and earlier.last:
            out.append(
                replace(
                    found, start=s.at + earlier.at, end=s.at + _year_end(s, earlier), tier="stretch", effort="strive",
                    value=float(earlier.last), target_year=earlier.last,
                    comparator="~" if earlier.about else "<=" if earlier.before else "=",
                    horizon_at=s.in_text(*earlier.spans[-1]), bound_at=earlier.bound and s.in_text(*earlier.bound),
                    effort_at=led,
                )
            )  # fmt: skip
    return out


def _earlier(s: Sentence, at: int) -> tuple[Date | None, tuple[int, int] | None]:
    """2028年前后达峰,力争提前至2027年: a second, higher aim for the same peak, and its 力争."""
    led = rx("[,、]?(?:并)?(力争|争取|努力)(?:再)?提前(?:到|至|在|于)?").match(s.masked, at)
    if not led:
        return None, None
    date = next((d for d in s.dates if d.start <= led.end() <= d.at and d.explicit), None)
    return date, s.in_text(*led.span(1))


def _year_behind(s: Sentence, m: re.Match) -> Date | None:
    """天然气消费峰值2035年左右出现: the year stands between the word and its verb."""
    d = next((d for d in s.dates if m.end() <= d.start <= m.end() + 4), None)
    led = d and rx("(?:预计|将|力争|争取|在|于)*").fullmatch(s.masked, m.end(), d.start)
    return d if d and led and rx("出现|到来|实现").match(s.masked, d.end) else None


def _year_end(s: Sentence, date: Date) -> int:
    """Just behind 年 of the year; a date of an earlier sentence is four digits and 年."""
    if date.start < 0:
        return date.at + 5
    if not date.explicit:
        return date.end
    return date.at + (s.masked[date.at : date.end].find("年") + 1 or 4)


def _is_commitment(s: Sentence, m: re.Match, date: Date) -> bool:
    """The word states a target, not part of a name (碳达峰行动) or what something else serves."""
    p, text = _patterns(), s.masked
    begin, end = s.clauses[s.clause_at(m.start())]
    rest = text[m.end() : end]
    if p["not_after_re"].match(rest[:8]) or rest.startswith("碳中和"):
        return False
    if date.start >= begin:
        return not rest.startswith("后") or date.reach is not None
    before = text[begin : m.start()]
    if p["not_before_re"].search(before) or p["support_re"].search(text[begin:end]):
        return False
    return len(before) <= 20 and bool(
        rx("(?:目标)?[。]?$|并|且").match(rest) or (rest.startswith("后") and "峰值" in m[0])
    )


def _name(s: Sentence, m: re.Match, date: Date, since: int) -> str:
    """What peaks: the words around the year (none before ``since``), without verbs."""
    p, text = _patterns(), s.masked
    clause = s.clause_at(m.start())
    begin = max(s.clauses[clause][0], since)
    here = date.start >= begin
    said = s.masked_words(begin, date.start) if here else ""
    front = strip_head(strip_tail(said, keep_nouns=False))
    if said.endswith("排放总量"):
        front += said[-2:]
    middle = s.masked_words(date.end if here else begin, m.start())
    name = without(p["lead_re"], front) + without(p["filler_re"], middle)
    if not name and m[0] == "达峰" and clause:
        # 交通运输领域碳排放得到有效控制,力争2030年前达峰: the sector stands in the clause before
        sector = rx("[^,;]*?(?:领域|行业)(?:二氧化)?碳排放").match(text, *s.clauses[clause - 1])
        name = strip_head(s.masked_words(*sector.span())) if sector else ""
    if "峰值" not in m[0]:
        name += s.masked_words(*m.span())
    return without(rx(r"^的|的$"), strip_head(name)) or "碳达峰"
