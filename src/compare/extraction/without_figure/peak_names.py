"""What peaks: the name of a peak, and the sub-areas where it does."""

from __future__ import annotations

import re

from compare.extraction.dates.horizons import Date
from compare.extraction.layout.located import without
from compare.extraction.subject.scope import leading_places, scope_of
from compare.extraction.subject.subject_words import strip_head, strip_tail
from compare.extraction.with_figure.figure_list import without_dates
from compare.extraction.without_figure.peak_wording import Peak, peak_patterns
from compare.vocabulary.lexicon import rx

# emissions of a sector, or the use of something: the word for the peak is no part of it
_OF_SECTOR = re.compile(
    "(?:领域|行业|工业|农业|建筑|交通|机构|园区|企业).{0,6}排放(?:总?量)?$|消费(?:总?量)?$"
)


def of_places(w: Peak, name: str) -> tuple[str, str]:
    """What peaks, and the sub-areas where it does, if only they are named (海南州、海西州2028年达峰)."""
    body = without(rx("碳?达峰$"), name)
    if body and leading_places(body)[1] == len(body):
        before = [r for r in w.done.rows if r.kind == "peak" and r.start >= w.s.at]
        peak = name[len(body) :] or (before[-1].indicator_text if before else "碳达峰")
        return peak, body
    if not body and w.clause and not rx("全[省市区县州旗域国]").search(w.before):
        return name, _places_before(w)
    return name, ""


def _places_before(w: Peak) -> str:
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


def name_of_peak(w: Peak, date: Date) -> str:
    """What peaks: the words around the year (none of the peak before), without verbs."""
    p, s = peak_patterns(), w.s
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
