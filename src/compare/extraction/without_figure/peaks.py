"""Peaks: a stated year by which emissions, or the use of something, stop growing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.extraction.commitment.effort import effort_word
from compare.extraction.dates.horizons import Date
from compare.extraction.layout.located import without
from compare.extraction.rules import Rule
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject.name_lists import split_list
from compare.extraction.without_figure.peak_names import name_of_peak, of_places
from compare.extraction.without_figure.peak_wording import Peak, peak_patterns
from compare.extraction.without_figure.wording import Found, found_by, read, row
from compare.vocabulary.lexicon import rx

_PEAK = re.compile(r"碳达峰|达峰|达到?峰值|峰值(?<![较比]峰值)")
# characters between the clause's beginning and the word, where the year stands before
_FARTHEST = 20
_STRIVES = re.compile("[,、]?(?:并)?(力争|争取|努力)(?:在|于)?")


def _names_period(w: Peak) -> bool:
    """“十四五”是碳达峰的关键期: the years are named, nothing is promised in them."""
    after = w.after if "峰值" not in w.m[0] else w.after.removeprefix("平台期")
    return bool(peak_patterns()["period_re"].match(after))


def _leads_to_figure(w: Peak) -> bool:
    """峰值控制在1280万吨以内: the height of the peak, not its year."""
    return "峰值" in w.m[0] and bool(w.rows_in(w.end, w.stop)) and w.after[:1] not in ("并", "后")


def _serves(w: Peak) -> bool:
    """A purpose: 推动…碳达峰, …为碳达峰奠定基础."""
    if w.here:
        return False
    p = peak_patterns()
    return bool(p["not_before_re"].search(w.before) or p["support_re"].search(w.before + w.after))


def _stands_apart(w: Peak) -> bool:
    """The year stands in a clause before, and the word does not close its own."""
    if w.here:
        return w.after.startswith("后") and w.date is not None and w.date.reach is None
    closes = rx("(?:目标)?(?:如期|顺利|全面|基本)*(?:实现|达成|完成)?[。]?$|并|且").match(w.after)
    return len(w.before) > _FARTHEST or not (
        closes or (w.after.startswith("后") and "峰值" in w.m[0])
    )


def _only_period(w: Peak) -> bool:
    """A five-year plan dates a peak only in its own clause."""
    return bool(w.date) and not w.date.explicit and not w.here


def _is_headline(w: Peak) -> bool:
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
        lambda w: bool(
            peak_patterns()["not_after_re"].match(w.after) or w.after.startswith("碳中和")
        ),
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
        lambda w: bool(peak_patterns()["load_re"].search(w.before[-12:])),
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
    read(s, context, FORMS, NONE, _rows, out, Peak)


def _sign(date: Date) -> str:
    """前 bounds the year, and so does a period."""
    return "~" if date.about else "<=" if date.before or not date.explicit else "="


def _rows(w: Peak) -> Iterator[Row]:
    s, date = w.s, w.date
    if date is None:
        return
    name, places = of_places(w, name_of_peak(w, date))
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
    w: Peak, date: Date, name: str, places: str, tier: str, strive: tuple[int, int] | None
) -> Row:
    year = date.last or 0
    found = row(
        w, (date.at, _year_end(w.s, date)), name, year, date, kind="peak", value=float(year),
        unit="year", comparator=_sign(date), dimension="year", tier=tier,
    )  # fmt: skip
    bound = date.bound and w.s.in_text(*date.bound)
    found = found._replace(effort="strive" if strive else "firm", effort_at=strive, bound_at=bound)
    return found._replace(scope_region=places) if places and not found.scope_region else found


def _each_with_its_year(w: Peak, date: Date, name: str) -> list[tuple[Date, str]]:
    """水泥、电解铝行业分别于2025年、2027年达峰: a year each; else the one there is."""
    if len(date.years) < 2:
        return [(date, name)]
    names = split_list(without(rx("分别"), name), len(date.years))
    if len(names) != len(date.years):
        names = [name] * len(date.years)
    return [
        (date._replace(years=[year], spans=[span], at=span[0], start=span[0], end=span[1]), whose)
        for year, span, whose in zip(date.years, date.spans, names, strict=True)
    ]


def _firm_before(w: Peak, date: Date) -> tuple[Date, tuple[int, int]] | None:
    """The year that is sure, and the 力争 of the other: 确保2030年、力争2029年达到峰值."""
    s = w.s
    for d in s.dates:
        if d.role == "horizon" and d.explicit and d.end < date.start:
            led = _STRIVES.fullmatch(s.masked, d.end, date.start)
            sure = rx("(?:确保|保证)(?:在|于)?$").search(s.masked[max(0, d.start - 4) : d.start])
            if led and sure:
                return d, s.in_text(*led.span(1))
    return None


def _striven_for(w: Peak, date: Date) -> tuple[Date, tuple[int, int]] | None:
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


def _tier(w: Peak) -> str:
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
