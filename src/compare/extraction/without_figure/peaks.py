"""Peaks: a stated year by which emissions, or the use of something, stop growing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, cached_property

from compare.extraction.effort import effort_word
from compare.extraction.figure_list import without_dates
from compare.extraction.horizons import Date
from compare.extraction.located import without
from compare.extraction.name_lists import split_list
from compare.extraction.rules import Rule
from compare.extraction.scope import leading_places, scope_of
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject_words import strip_head, strip_tail
from compare.extraction.without_figure.wording import Found, Wording, found_by, read, row
from compare.vocabulary.lexicon import any_of, rx, words

_PEAK = re.compile(r"碳达峰|达峰|达到?峰值|峰值(?<![较比]峰值)")
_GUESS = 4  # years that a guess of the year of issue may be off
# characters between the clause's beginning and the word, where the year stands before
_FARTHEST = 20
# emissions of a sector, or the use of something: the word for the peak is no part of it
_OF_SECTOR = re.compile(
    "(?:领域|行业|工业|农业|建筑|交通|机构|园区|企业).{0,6}排放(?:总?量)?$|消费(?:总?量)?$"
)
_STRIVES = re.compile("[,、]?(?:并)?(力争|争取|努力)(?:在|于)?")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    p = words()["peak"]
    found = {k: v for k, v in p.items() if k.endswith("_re")}
    found["filler_re"] = "|".join(
        (p["begins_re"], p["together_re"], p["our_re"], any_of(p["leads"]), p["ends_re"])
    )
    return {k: re.compile(v) for k, v in found.items()}


class _Peak(Wording):
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
        return replace(date, role="horizon")
    return None


def _to_come(date: Date, s: Sentence, context: Context) -> Date:
    """A bare year in which something 率先实现碳达峰 is still to come, where the year of issue is a guess."""
    guessed = not context.time.known and date.role == "past" and date.rule == "bare-and-not-ahead"
    if not guessed or not rx("(?:左右|前后)?(?:率先|如期|力争|实现)").match(s.masked, date.end):
        return date
    return replace(date, role="horizon") if (date.last or 0) > context.time.year - _GUESS else date


def _year_behind(s: Sentence, m: re.Match[str]) -> Date | None:
    """天然气消费峰值2035年左右出现: the year stands between the word and its verb."""
    d = next((d for d in s.dates if m.end() <= d.start <= m.end() + 4), None)
    led = d and rx("(?:预计|将|力争|争取|在|于)*").fullmatch(s.masked, m.end(), d.start)
    return d if d and led and rx("出现|到来|实现").match(s.masked, d.end) else None


def _names_period(w: _Peak) -> bool:
    """“十四五”是碳达峰的关键期: the years are named, nothing is promised in them."""
    after = w.after if "峰值" not in w.m[0] else w.after.removeprefix("平台期")
    return bool(_patterns()["period_re"].match(after))


def _leads_to_figure(w: _Peak) -> bool:
    """峰值控制在1280万吨以内: the height of the peak, not its year."""
    return "峰值" in w.m[0] and bool(w.rows_in(w.end, w.stop)) and w.after[:1] not in ("并", "后")


def _serves(w: _Peak) -> bool:
    """A purpose: 推动…碳达峰, …为碳达峰奠定基础."""
    if w.here:
        return False
    p = _patterns()
    return bool(p["not_before_re"].search(w.before) or p["support_re"].search(w.before + w.after))


def _stands_apart(w: _Peak) -> bool:
    """The year stands in a clause before, and the word does not close its own."""
    if w.here:
        return w.after.startswith("后") and w.date is not None and w.date.reach is None
    closes = rx("(?:目标)?(?:如期|顺利|全面|基本)*(?:实现|达成|完成)?[。]?$|并|且").match(w.after)
    return len(w.before) > _FARTHEST or not (
        closes or (w.after.startswith("后") and "峰值" in w.m[0])
    )


def _only_period(w: _Peak) -> bool:
    """A five-year plan dates a peak only in its own clause."""
    return bool(w.date) and not w.date.explicit and not w.here


def _is_headline(w: _Peak) -> bool:
    """5.达峰。 under 到2026年的目标是: names what the item is about."""
    before = w.before + w.after.rstrip("。")
    return (
        w.date is not None
        and w.date.start < 0
        and "峰值" not in w.m[0]
        and len(w.s.clauses) == 1
        and not rx("排放|消费|实现|确保|力争|如期|率先|达成").search(before)
    )


FORMS: tuple[Rule, ...] = (
    Rule(
        "peak",
        "A year by which something peaks is a target wherever it stands.",
        "target",
        found_by(lambda: _PEAK),
        taken="确保工业碳排放于«2030年»前达峰。",
        left="推动重点行业尽早«达峰»,到2028年绿电占比达到20%。",
    ),
)
NONE: tuple[Rule, ...] = (
    Rule(
        "peak-of-name",
        "碳达峰 in the name of a plan, a task or a body promises no year.",
        "name",
        lambda w: bool(_patterns()["not_after_re"].match(w.after) or w.after.startswith("碳中和")),
        taken="2024年底前,编制工业领域«碳达峰»实施方案。",
        left="确保«2030年»前实现碳达峰。",
    ),
    Rule(
        "peak-period",
        "Years that are called the key time of peaking promise nothing.",
        "name",
        _names_period,
        taken="到2030年,全市进入«碳达峰»的关键期。",
        left="«“十五五”期间»,石油消费达到峰值。",
    ),
    Rule(
        "peak-height",
        "The height of a peak is a level with a figure.",
        "qualifier",
        _leads_to_figure,
        taken="到2029年,碳排放«峰值»控制在1280万吨以内。",
        left="到«2029年»,碳排放达到峰值。",
    ),
    Rule(
        "peak-of-load",
        "Loads and flows have peaks every day.",
        "name",
        lambda w: bool(_patterns()["load_re"].search(w.before[-12:])),
        taken="到2025年,有效应对用电负荷«峰值»。",
        left="到«2029年»,用煤达到峰值。",
    ),
    Rule(
        "peak-undated",
        "A peak without a year to come is none.",
        "name",
        lambda w: not w.years,
        taken="推动重点行业尽早«达峰»,到2028年绿电占比达到20%。",
        left="推动重点行业«2028年»前达峰。",
    ),
    Rule(
        "peak-again",
        "One year is one peak.",
        "qualifier",
        lambda w: w.used,
        taken="2030年前二氧化碳排放达到峰值,«达峰»后稳中有降。",
        left="2030年前二氧化碳排放达到峰值,其中水泥行业«2028年»达峰。",
    ),
    Rule(
        "peak-plan-period",
        "A five-year plan gives its last year only to a peak in the same clause.",
        "name",
        _only_period,
        taken="“十五五”期间,能耗强度持续下降,为«达峰»创造条件。",
        left="«“十五五”期间»石油消费达到峰值。",
    ),
    Rule(
        "peak-purpose",
        "What only serves the peak promises none.",
        "name",
        _serves,
        taken="到2025年,绿电占比达到20%,为«碳达峰»奠定基础。",
        left="到«2030年»,绿电占比达到20%,如期实现碳达峰。",
    ),
    Rule(
        "peak-headline",
        "A headline says what its item is about.",
        "name",
        _is_headline,
        taken="到2027年的目标是:\n1.«达峰»。绿电占比达到30%。",
        left="到«2027年»的目标是:\n1.钢铁行业碳排放达峰。绿电占比达到30%。",
    ),
    Rule(
        "peak-apart",
        "A year of another clause reaches only a peak that closes its clause.",
        "name",
        _stands_apart,
        taken="到2035年,碳排放«达峰»后稳中有降。",
        left="到«2030年»,碳排放达到峰值并稳中有降。",
    ),
)


def rows(s: Sentence, context: Context, out: Found) -> None:
    """Add the peaks of a sentence to what it gave so far; each year gives one."""
    read(s, context, FORMS, NONE, _rows, out, _Peak)


def _sign(date: Date) -> str:
    """前 bounds the year, and so does a period."""
    return "~" if date.about else "<=" if date.before or not date.explicit else "="


def _rows(w: _Peak) -> Iterator[Row]:
    s, date = w.s, w.date
    if date is None:
        return
    name, places = _of_places(w, _name(w, date))
    aim = _striven_for(w, date)
    if aim:  # 力争2028年、确保2030年达到峰值
        yield _row(w, aim[0], name, places, tier="stretch", strive=aim[1])
        yield _row(w, date, name, places, tier="base", strive=None)
        return
    base = _firm_before(w, date)
    if base:  # 确保2030年、力争2029年达到峰值
        sure, led = base
        yield _row(w, sure, name, places, tier="base", strive=None)
        yield _row(w, date, name, places, tier="stretch", strive=led)
        return
    strive = effort_word(s, w.start, date, w.context)
    for own, whose in _each_with_its_year(w, date, name):
        yield _row(w, own, whose, places, tier=_tier(w), strive=strive)
    later, led = _earlier_still(s, w.end)
    if later:
        yield _row(w, later, name, places, tier="stretch", strive=led)


def _row(
    w: _Peak, date: Date, name: str, places: str, tier: str, strive: tuple[int, int] | None
) -> Row:
    year = date.last or 0
    found = row(
        w, (date.at, _year_end(w.s, date)), name, year, date, kind="peak", value=float(year),
        unit="year", comparator=_sign(date), dimension="year", tier=tier,
    )  # fmt: skip
    bound = date.bound and w.s.in_text(*date.bound)
    found = replace(found, effort="strive" if strive else "firm", effort_at=strive, bound_at=bound)
    return replace(found, scope_region=places) if places and not found.scope_region else found


def _each_with_its_year(w: _Peak, date: Date, name: str) -> list[tuple[Date, str]]:
    """水泥、电解铝行业分别于2025年、2027年达峰: a year each; else the one there is."""
    if len(date.years) < 2:
        return [(date, name)]
    names = split_list(without(rx("分别"), name), len(date.years))
    if len(names) != len(date.years):
        names = [name] * len(date.years)
    return [
        (replace(date, years=[year], spans=[span], at=span[0], start=span[0], end=span[1]), whose)
        for year, span, whose in zip(date.years, date.spans, names, strict=True)
    ]


def _firm_before(w: _Peak, date: Date) -> tuple[Date, tuple[int, int]] | None:
    """The year that is sure, and the 力争 of the other: 确保2030年、力争2029年达到峰值."""
    s = w.s
    for d in s.dates:
        if d.role == "horizon" and d.explicit and d.end < date.start:
            led = _STRIVES.fullmatch(s.masked, d.end, date.start)
            sure = rx("(?:确保|保证)(?:在|于)?$").search(s.masked[max(0, d.start - 4) : d.start])
            if led and sure:
                return d, s.in_text(*led.span(1))
    return None


def _striven_for(w: _Peak, date: Date) -> tuple[Date, tuple[int, int]] | None:
    """The earlier year that is striven for, and its 力争: 力争2028年、确保2030年达到峰值."""
    s = w.s
    sure = rx("(?:前|之前|左右)?[、,]?(?:并)?(?:确保|保证|最迟|至迟|不晚于|不迟于)(?:在|于)?")
    d = next((d for d in reversed(s.dates) if d.end <= date.start), None)
    if d is None or d.role != "horizon" or not d.explicit:
        return None
    if not sure.fullmatch(s.masked, d.end, date.start):
        return None
    led = rx("(力争|争取|努力)(?:在|于)?$").search(s.masked, max(0, d.start - 4), d.start)
    return (d, s.in_text(*led.span(1))) if led else None


def _tier(w: _Peak) -> str:
    """…确保2030年前达峰、力争2028年达峰: the second is the higher aim of the same peak."""
    before = [r for r in w.done.rows if r.kind == "peak" and r.start >= w.s.at]
    if not before or w.date is None:
        return "base"
    led = _STRIVES.fullmatch(w.s.masked, w.begin, w.date.start)
    last = w.s.masked[w.begin - 1 : w.begin]
    return "stretch" if led and last == "、" and before[-1].effort == "firm" else "base"


def _earlier_still(s: Sentence, at: int) -> tuple[Date | None, tuple[int, int] | None]:
    """2028年前后达峰,力争提前至2027年: a second, higher aim for the same peak, and its 力争."""
    led = rx("[,、]?(?:并)?(力争|争取|努力)(?:再)?提前(?:到|至|在|于)?").match(s.masked, at)
    if not led:
        return None, None
    date = next((d for d in s.dates if d.start <= led.end() <= d.at and d.explicit), None)
    return date, s.in_text(*led.span(1))


def _year_end(s: Sentence, date: Date) -> int:
    """Just behind 年 of the year; a period is taken whole, a date of an earlier sentence is four digits and 年."""
    if not date.explicit:
        return date.end
    if date.start < 0:
        return date.at + 5
    return date.at + (s.masked[date.at : date.end].find("年") + 1 or 4)


def _of_places(w: _Peak, name: str) -> tuple[str, str]:
    """What peaks, and the sub-areas where it does, if only they are named (海南州、海西州2028年达峰)."""
    body = without(rx("碳?达峰$"), name)
    if body and leading_places(body)[1] == len(body):
        before = [r for r in w.done.rows if r.kind == "peak" and r.start >= w.s.at]
        peak = name[len(body) :] or (before[-1].indicator_text if before else "碳达峰")
        return peak, body
    if not body and w.clause and not rx("全[省市区县州旗域国]").search(w.before):
        return name, _places_before(w)
    return name, ""


def _places_before(w: _Peak) -> str:
    """东湖区、云台区要坚持绿色发展,力争2027年前达峰: the places that the clause before is about."""
    s = w.s
    a, b = s.clauses[w.clause - 1]
    if s.masked[b : b + 1] == ";":
        return ""
    told = s.words(a, b)
    acts = rx("(?:要|应|须|将|坚持|加快|积极)").search(told)
    if acts is None:
        return scope_of(told, None, w.context.own)[0] or ""
    about = told[: acts.start()]
    about = about[about.rfind("的") + 1 :].removeprefix("其中")
    about = without(rx("^(?:[^,;]{0,6}地区)(?=..)"), about)
    places, end = leading_places(about)
    return about[:end] if places and end == len(about) else ""


def _name(w: _Peak, date: Date) -> str:
    """What peaks: the words around the year (none of the peak before), without verbs."""
    p, s = _patterns(), w.s
    said = without_dates(s, w.begin, max(date.start, w.begin))[0] if w.here else ""
    front = strip_head(strip_tail(said, keep_nouns=False))
    behind = said.find(front) + len(front)
    if front and said.startswith("总量", behind):
        front += said[behind : behind + 2]
    middle = s.masked_words(max(date.end, w.begin) if w.here else w.begin, w.start)
    name = without(p["our_re"], without(p["together_re"], without(p["lead_re"], front)))
    name += without(p["filler_re"], middle)
    name = without(rx("[,、]?(?:力争|争取|努力|确保)$"), name)
    if not name and w.m[0] == "达峰" and w.clause:
        # 交通运输领域碳排放得到有效控制,力争2030年前达峰: the sector stands in the clause before
        sector = rx("[^,;]*?(?:领域|行业)(?:二氧化)?碳排放").match(
            s.masked, *s.clauses[w.clause - 1]
        )
        name = strip_head(s.masked_words(*sector.span())) if sector else ""
    if "峰值" not in w.m[0] and not _OF_SECTOR.search(name):
        name += s.masked_words(w.start, w.end)
    return without(rx(r"^的|的$"), strip_head(name)) or "碳达峰"
