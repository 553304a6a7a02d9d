"""Wordings that could commit without a number (全部, 清零, 下达, 达峰, 提高 …): why one gave no row.

In a sentence with a date in force, ``without_figure`` read them and said so; here is the rest.
"""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.layout.located import offsets
from compare.extraction.ledger.other_numbers import Loose
from compare.extraction.rules import Decision, Rule, first
from compare.vocabulary.lexicon import any_of, rx, words

_HEADING = 45  # characters of the longest heading


@cache
def kinds() -> dict[str, str]:
    """Each wording of the lexicon by what it could commit to."""
    v, d, p, m = (words()[k] for k in ("verbal", "directional", "peak", "milestone"))
    lists = {
        "milestone": m["done"],
        "direction": [*d["up"], *d["down"], *d["rise"], *d["fall"], *d["level"]],
        "peak": p["words"],
        "deferred": words()["deferred"]["words"],
        "all": [*v["all"], *v["wholly"], *v["cover"], *v["to_zero"]],
    }
    return {word: kind for kind, some in lists.items() for word in some}


@cache
def pattern() -> re.Pattern[str]:
    """Any wording; an alternation of literals and nothing else, so that the search can skip to them."""
    return re.compile(any_of(kinds()))


BY_REVIEW = Rule(
    "review", "A row that somebody added, or moved, in the review of a plan.", "target", lambda k: k == "review",
    taken="no text shows it", left="no text shows it",
)  # fmt: skip


# ---------------------------------------------------------------- or why none did
def _is_dated(w: Loose) -> bool:
    """A year is in force, or stands in the sentence."""
    return w.read is not None and bool(
        w.read.context.years or any(d.role == "horizon" for d in w.read.sentence.dates)
    )


def _rest(w: Loose) -> str:
    """The rest of its clause, or as much of it as decides."""
    found = rx("[^,;。:\n]{0,24}").match(w.text, w.end)
    return found[0] if found else ""


def _in_a_heading(w: Loose) -> bool:
    if w.read is not None:
        return False
    text, start, end = w.text, w.start, w.end
    before = text.rfind("\n", max(0, start - _HEADING), start)
    if before < 0 and start >= _HEADING:
        return False
    behind = text.find("\n", end, end + _HEADING)
    if behind < 0:
        behind = len(text)
    return behind - before - 1 <= _HEADING and text[behind - 1] not in "。;:"


def _in_a_name(w: Loose) -> bool:
    return w.read is not None and any(w.start in offsets(r.indicator_text) for r in w.read.rows)


def _leads_to_a_figure(w: Loose) -> bool:
    if w.read is None or w.kind == "peak":
        return False
    s = w.read.sentence
    end = w.end - s.at
    stop = s.clauses[s.clause_at(w.start - s.at)][1]
    return any(end <= q.start < stop for q in s.quantities)


def _in_a_masked_name(w: Loose) -> bool:
    return w.hidden_in() in ("《", "〈", "〔", "“", '"', "「", "『")


def _told(w: Loose) -> bool:
    if w.read is None:
        return False
    date = w.read.sentence.horizon(w.start - w.read.sentence.at)
    return date.role == "past" if date else w.read.context.past


RULES = (
    Rule(
        "wording-in-a-name", "A wording inside the name of what a row measures belongs to the name.",
        "qualifier", _in_a_name,
        taken="到2025年，森林«增加»值达到80亿元。", left="到2025年，绿色出行方式实现«全覆盖»。",
    ),
    Rule(
        "wording-in-a-title", "A wording in a title or in quotes belongs to them.", "name", _in_a_masked_name,
        taken="落实《«碳达峰»行动方案》，到2025年绿电比例达到30%。", left="到2030年，实现«碳达峰»。",
    ),
    Rule(
        "leads-to-a-figure", "A wording in the clause of a figure, before it, says how the figure moves.",
        "qualifier", _leads_to_a_figure,
        taken="到2025年，绿电比例«提高»到30%。", left="到2025年，服务水平进一步«提高»。",
    ),
    Rule(
        "peak-in-a-name", "达峰 in the name of a plan, an action or a field of work.", "name",
        lambda w: w.kind == "peak" and bool(rx("[,、]?碳中和").match(_rest(w)) or rx(words()["peak"]["not_after_re"]).match(_rest(w))),
        taken="成立«碳达峰»工作领导小组。", left="到2030年，实现«碳达峰»。",
    ),
    Rule(
        "wording-of-a-heading", "A wording in a heading names the work below it.", "name", _in_a_heading,
        taken="一、«提高»能源利用效率\n到2025年，绿电比例达到30%。", left="到2025年，能源利用效率进一步«提高»。",
    ),
    Rule(
        "wording-about-the-past", "A wording that tells what has been.", "fact", _told,
        taken="2020年，全市能耗强度明显«下降»。到2025年，绿电比例达到30%。", left="到2025年，绿电比例«明显提高»。",
    ),
    Rule(
        "undated-wording", "Without a date a wording says that work goes on.", "name", lambda w: not _is_dated(w),
        taken="进一步«提高»能源利用效率。", left="到2025年，能源利用效率«进一步提高».",
    ),
    Rule(
        "not-measurable", "A dated direction of something that cannot be measured, or that leads to a task.", "name",
        lambda w: w.kind == "direction",
        taken="到2025年，绿色驿站达到8座，着力«提高»服务水平。", left="到2025年，能源利用效率«进一步提高»。",
    ),
    Rule(
        "no-population", "A dated 全面 or 全部 that names no population, or no state that all of it is to be in.",
        "name", lambda w: w.kind == "all",
        taken="到2025年，«全面»推进绿色低碳转型。", left="到2025年，新建公共建筑«全部执行»绿色建筑标准。",
    ),
    Rule(
        "nothing-deferred", "A dated 下达 without a measure whose level a higher government sets.", "name",
        lambda w: w.kind == "deferred",
        taken="到2025年，及时«下达»年度资金计划。", left="到2025年，单位生产总值能耗降幅«完成省下达目标»。",
    ),
    Rule(
        "no-year-of-a-peak", "达峰 that states no year, or that something else is to serve.", "name",
        lambda w: w.kind == "peak",
        taken="到2025年，较«峰值»年份更低。", left="到«2030年»，实现碳达峰。",
    ),
    Rule(
        "no-named-project", "A dated 建成 or 投产 of no named project.", "name", lambda w: True,
        taken="到2025年，绿道达到80公里，各类载体«建成»区域化。", left="甲江抽水蓄能电站2027年«建成投产»。",
    ),
)  # fmt: skip


# of words that were not read as a sentence there is less to ask
_UNREAD = tuple(
    r for r in RULES if r.id in ("peak-in-a-name", "wording-of-a-heading", "undated-wording")
)


def decide(w: Loose) -> Decision:
    """Why a wording made no row, or to what it belongs."""
    if w.read is None:
        return first(_UNREAD, w) or RULES[-1].decision
    others = w.read.context.said_by_others(w.start)
    return others or first(RULES, w) or RULES[-1].decision
