"""The forms of words that say which way a measure moves, without saying how far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from compare.extraction.rules import Rule
from compare.extraction.sentence import Sentence
from compare.extraction.without_figure.wording import found_by
from compare.vocabulary.lexicon import any_of, opens_any_of, rx, words

_END = "(?=[,;。]|$)"
_PUNCTUATION_TO_VERB = "(?:年?底|末|前|期间|[,、])*(?:全[省市区县州]|我[省市区县州]|力争|争取|确保|努力|着力|大力|积极|将|要)*"


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of the forms, and of what rules look for, by name."""
    d = words()["directional"]
    adverb, up, down = any_of(d["adverbs"]), any_of(d["up"]), any_of(d["down"])
    said = (d["rise"], d["fall"], d["level"])
    falls_more = [falls + more for falls in d["falls_by"] for more in d["more_than"]]
    found = {
        # cheap to look for: an adverb right before a direction, a phrase that says both, …
        "hint": rf"{adverb}{any_of(d['adverbs'], d['up'], d['down'], ['优化', '改善', '最佳化'])}",
        "phrase": any_of(*said, ["稳定", "保持", "维持", "台阶"], falls_more),
        # … a direction that closes its clause or opens it
        "closing": "[提增上扩下降减回][高升强长加大降低少落](?:[,;。]|$)",
        "opening": f"(?:^|[,;])[^,;]{{0,8}}{any_of(d['moves_up'], d['moves_down'])}",
        "adverb": rf"{opens_any_of(d['adverbs'])}(?:实现)?(?P<words>(?:{adverb}){{0,4}}?"
        rf"(?:{adverb})(?:(?P<up>{up})|(?P<down>{down})))(?:态势|趋势|势头)?",
        "said": rf"(?P<up>{any_of(d['rise'])})|(?P<down>{any_of(d['fall'])})"
        rf"|(?P<hold>(?:总体|基本|继续)?(?:保持|维持)(?:基本|总体|相对)*稳定|{any_of(d['level'])})"
        # 维持2025年规模, 保持现有水平
        rf"|(?P<same>(?:保持|维持)(?:在)?(?:\d{{4}}年|现有|目前|当前)的?(?:规模|水平|总量)(?:不变)?{_END})",
        "step": r"(?P<up>(?:迈上|再上|登上|跃上|迈入|上)(?:一个)?新的?台阶)",
        "relative": rf"(?P<down>{any_of(d['falls_by'])}(?:均|都)?{any_of(d['more_than'])}[^,;。0-9]{{1,14}}){_END}",
        "better": rf"(?P<down>(?:{adverb})+(?:优化|改善|最佳化))",
        "bare": rf"(?:(?P<up>提高|提升|增强|增加|增长|上升|扩大)|(?P<down>下降|降低|减少|回落)){_END}",
        "front": rf"(?P<words>(?P<up>{any_of(d['moves_up'])})|(?P<down>{any_of(d['moves_down'])}))"
        "(?=[\u4e00-\u9fff]{2})",
        # what rules look for
        "measurable": d["measurable_re"],
        "improves": d["improves_re"],
        "quality": d["quality_re"],
    }
    return {name: re.compile(pattern) for name, pattern in found.items()}


def ways() -> str:
    """A pattern of the words of each way, a group each: ``hold``, ``up``, ``down``."""
    d = words()["directional"]
    return (
        rf"(?P<hold>{any_of(d['level'], ['保持稳定', '维持稳定', '保持基本稳定', '稳定'])})"
        rf"|(?P<up>{any_of(d['rise'], d['up'])})|(?P<down>{any_of(d['fall'], d['down'])})"
    )


def could_move(masked: str) -> bool:
    """Whether any form can stand in a sentence."""
    p = patterns()
    return bool(
        p["phrase"].search(masked)
        or p["closing"].search(masked)
        or p["hint"].search(masked)
        or p["opening"].search(masked)
    )


def first_direction(s: Sentence, start: int, end: int) -> int | None:
    """Where the first words of a direction stand in a span of the sentence."""
    p = patterns()
    found = [p[name].search(s.masked, start, end) for name in ("adverb", "said", "bare")]
    return min((m.start() for m in found if m), default=None)


def _fronts(s: Sentence) -> Iterator[re.Match[str]]:
    """Bare verbs right behind a date of the sentence, and in the clauses that go on like that."""
    front = patterns()["front"]
    for date in s.dates:
        led = rx(_PUNCTUATION_TO_VERB).match(s.masked, date.end)
        m = front.match(s.masked, led.end()) if date.role == "horizon" and led else None
        i = s.clause_at(m.start()) if m else 0
        while m:
            yield m
            i += 1
            m = front.match(s.masked, s.clauses[i][0]) if i < len(s.clauses) else None


FORMS: tuple[Rule, ...] = (
    Rule(
        "directional-relative",
        "To fall by more than the whole province is a direction.",
        "target",
        found_by(lambda: patterns()["relative"]),
        taken="到2025年,单位GDP碳排放«降幅大于全省平均水平»。",
        left="到«2025年,绿电装机超过煤电»。",
    ),
    Rule(
        "directional-said",
        "稳中有升, 只增不减, 保持稳定 and the like say the direction by themselves.",
        "target",
        found_by(lambda: patterns()["said"]),
        taken="到2030年,森林蓄积量«稳中有升»。",
        left="到«2030年,坚持稳中求进»,森林蓄积量达到860万立方米。",
    ),
    Rule(
        "directional-better",
        "What is better when smaller is to get better.",
        "target",
        found_by(lambda: patterns()["better"]),
        taken="到2030年,数据中心PUE值«进一步优化»。",
        left="到2030年,能源结构«进一步优化»。",
    ),
    Rule(
        "directional-adverb",
        "A verb of rising or falling with an adverb (稳步提高, 大幅下降, 保持增长) sets a direction.",
        "target",
        found_by(lambda: patterns()["adverb"]),
        taken="到2025年,农膜回收利用率«逐步提升»。",
        left="到2025年,人居环境质量«大幅提升»。",
    ),
    Rule(
        "directional-step",
        "迈上新台阶 is up.",
        "target",
        found_by(lambda: patterns()["step"]),
        taken="到2030年,低碳产业规模«迈上新台阶»。",
        left="到2030年,生态文明建设水平«迈上新台阶»。",
    ),
    Rule(
        "directional-front",
        "Right behind a date of its own sentence a bare verb sets a direction for its object.",
        "target",
        _fronts,
        taken="到2030年,«提高»公共机构绿电消费比例。",
        left="加快绿电交易,«提高»绿电消费比例,到2030年建成交易平台1个。",
    ),
    Rule(
        "directional-bare",
        "A bare verb that closes its clause sets a direction for the measure before it.",
        "target",
        found_by(lambda: patterns()["bare"]),
        taken="到2030年,单位产品能耗«下降»,碳汇总量增加。",
        left="到2030年,城市韧性«增强»。",
    ),
)
