"""Directional: dated commitments to a direction, without a level, of something that can be measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from compare.extraction.commitment.task_words import task_opening
from compare.extraction.layout.located import split, without
from compare.extraction.rules import Rule
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject.name_lists import split_list
from compare.extraction.subject.subject_words import strip_head
from compare.extraction.with_figure.figure_list import without_dates
from compare.extraction.without_figure.directional_forms import FORMS, could_move, patterns
from compare.extraction.without_figure.wording import Found, Wording, past, read, row, undated
from compare.vocabulary.lexicon import rx

_EACH = re.compile(r"(?:均|都|各)[^,;]{0,3}$")
_LIST = re.compile("、|以及|和|及|与")
_MOST_BEHIND = 40
_LONGEST_SHORT = 6
_COMPARED = re.compile(
    "(?:碳?达到?峰值?|过峰)(?:后|并|且)(?:实现|保持)?$|(?:较|比)[^,;]{0,6}(?:峰值|现状)(?:年|水平)?$"
)
_WAYS = ("up", "down", "hold")


class _Moved(Wording):
    """A direction with what moves."""

    @property
    def way(self) -> str:
        """Up, down or hold."""
        found = self.m.groupdict()
        return next((way for way in _WAYS if found.get(way)), "hold")

    @cached_property
    def behind(self) -> str:
        """The object behind the verb; empty where the clause ends or a list goes on."""
        return "" if self.rest[:1] in ("", "、", "和", "并", "且", "及") else self.rest

    @cached_property
    def earlier(self) -> list[Row]:
        """The rows on the span before, whose measure is taken up again (到2035年进一步提高)."""
        before = [r for r in self.done.rows if r.end - self.s.at <= self.start]
        before = [r for r in before if r.start >= self.s.at]
        last = max((r.start for r in before), default=0)
        return [r for r in before if r.start == last]

    @cached_property
    def measure(self) -> str:
        """What moves, as the clause says it."""
        name = self.name
        if 2 <= len(name) <= _LONGEST_SHORT:  # …绿电消费比例达到20%, 比例进一步提高
            at = self.s.at
            longer = [
                r.indicator_text
                for r in sorted(self.done.rows, key=lambda r: r.start)
                if r.end - at <= self.start and r.indicator_text.endswith(name)
            ]
            name = longer[-1] if longer else name
        if self.behind:
            name = strip_head(name + self.object)
        return without(_COMPARED, name)

    @cached_property
    def names(self) -> list[str]:
        """One name per row; empty where it cannot be measured."""
        name = self.measure
        known = patterns()["improves" if self.form.id == "directional-better" else "measurable"]
        if not known.search(name):
            return []
        names = split_list(_without_qualities(name))
        items = split(_LIST, name) if len(names) == 1 else []
        if len(items) > 1 and all(len(x) > 2 and known.search(x) for x in items):
            return items  # 节能服务企业数、绿色专利授权数
        if len(names) == 1 and _EACH.search(self.s.masked[self.begin : self.start]):
            count = len(_LIST.split(name))
            return split_list(name, count) if count > 1 else names
        return names


def _without_qualities(name: str) -> str:
    """电气化水平和可再生能源替代比例 → 可再生能源替代比例: only the last can be measured."""
    items = split(_LIST, name)
    if len(items) < 2 or not all(patterns()["quality"].search(x) for x in items[:-1]):
        return name
    last = items[-1]
    short = rx("(?:比例|比重|占比|规模|总量|数量|强度|效率)").fullmatch(last)
    return without(patterns()["quality"], items[0]) + last if short else last


def _takes_up(w: _Moved) -> bool:
    """The clause says only that it moves on: 2035年进一步提高."""
    return len(w.name) < 2 and not w.rest and bool(w.earlier)


NONE: tuple[Rule, ...] = (
    Rule(
        "directional-with-figure",
        "Where a figure follows in the clause, it says how far.",
        "qualifier",
        lambda w: bool(w.rows_in(w.end, w.stop)) or _digit_behind(w),
        taken="到2025年,单位GDP能耗«持续下降»至0.4吨标准煤/万元。",
        left="到2025年,单位GDP能耗«持续下降»,光伏装机达到200万千瓦。",
    ),
    past(
        "directional",
        taken="“十三五”以来,全市能耗强度«持续下降»,到2035年再降10%。",
        left="“十五五”期间,全市能耗强度«持续下降»。",
    ),
    undated(
        "directional",
        taken="推广电动重卡,«逐步降低»成品油消费比重,到2035年建成换电站20座。",
        left="到2030年,«逐步降低»成品油消费比重。",
    ),
    Rule(
        "directional-outlook",
        "What lies ahead in any case (将面临, 仍将, 刚性) is an outlook, not an aim.",
        "fact",
        lambda w: bool(rx("面临|仍将|还将|势必|必将|刚性").search(w.s.masked, w.begin, w.start)),
        taken="到2035年,全市将面临能源消费总量«持续上升»的压力。",
        left="到2035年,全市能源消费总量将«稳步下降»。",
    ),
    Rule(
        "directional-encouraged",
        "What is supported, encouraged or sped up is work, not a state at a date.",
        "name",
        lambda w: w.is_encouraged,
        taken="到2025年,鼓励园区绿电比例«稳步提高»。",
        left="到2025年,园区绿电比例«稳步提高»。",
    ),
    Rule(
        "directional-work",
        "A bare verb in a clause that sets something going (推动能耗降低) is work that goes on.",
        "name",
        lambda w: w.form.id == "directional-bare" and _sets_going(w),
        taken="到2030年,推动园区综合能耗«降低»。",
        left="到2030年,园区综合能耗«降低»。",
    ),
    Rule(
        "directional-not-measured",
        "Quality, level, structure and the like cannot be measured.",
        "name",
        lambda w: not _takes_up(w) and not w.names,
        taken="到2025年,绿色发展水平«显著提高»。",
        left="到2025年,绿色发展投资«显著提高»。",
    ),
    Rule(
        "directional-far-behind",
        "An object that stands far behind, or is none (提升到, 提高和), is not what moves.",
        "name",
        lambda w: (
            len(w.behind) > _MOST_BEHIND
            or bool(w.behind and rx("[到至在、和及与]").match(w.behind))
        ),
        taken="到2025年,«稳步提升»至全省平均水平的比例。",
        left="到2025年,«稳步提升»绿色出行比例。",
    ),
)


def _digit_behind(w: _Moved) -> bool:
    return bool(rx("[到至约近超]*[0-9]").match(w.rest))


def _sets_going(w: _Moved) -> bool:
    clause = without_dates(w.s, w.begin, w.start)[0].lstrip(",、")
    moved = rx("推动|推进|促进|带动|加快|引导|支持|控制|严控|遏制|抑制|减缓|防止")
    return bool(moved.search(clause) or task_opening(clause, 0, len(clause)))


def rows(s: Sentence, context: Context, out: Found) -> None:
    """Add the directions that a sentence sets to what it gave so far."""
    if could_move(s.masked):
        read(s, context, FORMS, NONE, _rows, out, _Moved)


def _rows(w: _Moved) -> Iterator[Row]:
    base = w.base
    if _takes_up(w):
        names = [(r.indicator_text, r.scope_region) for r in w.earlier]
    else:
        names = [(name, None) for name in w.names]
    within = [d for d in w.s.dates if w.start <= d.start < w.end]  # 维持2025年规模
    base = within[0].moved(w.s.at) if within else base
    start = w.start + 2 * w.s.masked.startswith("实现", w.start)
    for year in w.years:
        for name, scope in names:
            found = row(
                w, (start, w.end), name, year, kind="directional", measure="change", direction=w.way,
                baseline_year=base and base.years[0], baseline_at=base and base.spans[0],
            )  # fmt: skip
            yield found if found.scope_region else found._replace(scope_region=scope)
