"""Directional: dated commitments to a direction, without a level, of something that can be measured."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from compare.extraction.figure_list import without_dates
from compare.extraction.located import without
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject_words import split_list, strip_head
from compare.extraction.without_figure.common import in_force, row, subject
from compare.vocabulary.lexicon import any_of, opens_any_of, rx, words

_EACH = re.compile(r"(?:均|都|各)[^,;]{0,3}$")
_MOST_BEHIND = 24


@cache
def _patterns() -> dict[str, re.Pattern]:
    d = words()["directional"]
    adverbs = f"(?:{any_of(d['adverbs'])})+"
    adverb = any_of(d["adverbs"])
    return {
        # cheap to look for, each by its first characters: an adverb right before a direction …
        "hint": re.compile(
            f"{adverb}{any_of(d['adverbs'], d['up'], d['down'], ['优化', '改善', '最佳化'])}"
        ),
        # … a phrase that says both …
        "phrase": re.compile("稳中有|稳定|不减少|不降低|不下降|新台阶|只增|无减|大于全社会"),
        # … or one that closes its clause
        "closing": re.compile("[提增下降][高升强降低](?:[,;。]|$)"),
        "direction": re.compile(
            rf"{opens_any_of(d['adverbs'], '稳总基保不迈只有下提增降')}(?:"
            rf"{adverbs}(?:(?P<up>{any_of(d['up'])})|(?P<down>{any_of(d['down'])}))|(?P<rise>稳中有[升增进])|(?P<fall>稳中有降)"
            rf"|(?P<hold>(?:总体|基本)?保持(?:基本|总体)?稳定|总体稳定|基本稳定|不减少|不降低|不下降)|{adverbs}(?P<better>优化|改善|最佳化)"
            rf"|(?P<more>迈上新台阶|只增不减|有增无减)|(?P<deeper>下降幅度(?:大于|高于|快于)全社会(?:平均)?(?:下降幅度|水平)?)"
            # …固碳能力增强, …用能效率提升: a clause that says no more
            rf"|(?<=能力|效率|强度|比重|占比|比例|总量)(?:(?P<bare_up>提高|提升|增强)|(?P<bare_down>下降|降低))(?=[,;。]|$))"
        ),
        "measurable": re.compile(rf"{d['measurable_re']}(?:\([^)]*\))?$"),
        "improves": re.compile(rf"(?:{d['improves_re']})$"),
    }


_WAY = {
    "up": "up",
    "rise": "up",
    "more": "up",
    "down": "down",
    "fall": "down",
    "better": "down",
    "deeper": "down",
    "bare_up": "up",
    "bare_down": "down",
    "hold": "hold",
}


def rows(s: Sentence, context: Context, done: list[Row]) -> list[Row]:
    """Rows for the directions that a sentence sets.

    Parameters
    ----------
    done : list of Row
        The rows of the sentence so far; their words are taken, their names may be taken up again.
    """
    out: list[Row] = []
    p = _patterns()
    if not any(p[name].search(s.masked) for name in ("phrase", "closing", "hint")):
        return out
    taken = [(r.start - s.at, r.end - s.at) for r in done]
    for m in p["direction"].finditer(s.masked):
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        begin, end = s.clauses[s.clause_at(m.start())]
        date, years = in_force(s, m.start(), context)
        if not years or any(m.end() <= a < end for a, _ in taken):
            continue
        before = [r for r in sorted(done + out, key=lambda r: r.start) if r.end - s.at <= m.start()]
        names = _names(s, m, begin, end, before)
        base = without_dates(s, begin, m.start())[1] or s.base_in_force(m.start())
        span = (m.start() + (2 if m[0].startswith("实现") else 0), m.end())
        for year in years:
            for name, scope in names:
                found = row(
                    s, span, name, year, date, context,
                    kind="directional", measure="change", direction=_WAY[m.lastgroup],
                    baseline_year=base and base.years[0], baseline_at=base and s.in_text(*base.spans[0]),
                )  # fmt: skip
                out.append(found if found.scope_region else replace(found, scope_region=scope))
    return out


def _names(
    s: Sentence, m: re.Match, begin: int, end: int, before: list[Row]
) -> list[tuple[str, str | None]]:
    """What moves, one name per row, with the sub-area where it is taken over; empty where it cannot be measured."""
    p = _patterns()
    name = subject(s, begin, m.start())
    rest = s.masked[m.end() : end].rstrip("。")
    if len(name) < 2 and not rest:
        # 到2030年进一步提高: the measure of the clause before
        return [(r.indicator_text, r.scope_region) for r in before if r.start == before[-1].start]
    if 2 <= len(name) <= 6:
        longer = [r.indicator_text for r in before if r.indicator_text.endswith(name)]
        name = longer[-1] if longer else name
    if rest:
        # 不断提升绿色出行比例: the measure stands behind
        if (
            len(rest) > _MOST_BEHIND
            or not p["measurable"].search(rest)
            or rx("[到至在、和及与]").match(rest)
        ):
            return []
        name = strip_head(name + s.words(m.end(), end).rstrip("。"))
    compared = (
        "(?:达到峰值|达峰)(?:后|并|且)(?:实现)?$|(?:较|比)[^,;]{0,6}(?:峰值|现状)(?:年|水平)?$"
    )
    name = without(rx(compared), name)
    if not p["improves" if m["better"] else "measurable"].search(name) or rx(
        "推动|加快|推进|促进|支持"
    ).match(name):
        return []
    names = split_list(name)
    if len(names) == 1 and _EACH.search(s.masked[begin : m.start()]):
        count = len(rx("、|和|及|与").split(name))
        names = split_list(name, count) if count > 1 else names
    return [(n, None) for n in names]
