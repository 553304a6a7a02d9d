"""Rules for a physical size in front of a noun: is so much of it to be, or is it a size or a threshold?"""

from __future__ import annotations

from compare.extraction.commitment.case import Case
from compare.extraction.commitment.in_front import is_listed, is_worked_on
from compare.extraction.commitment.words import RELATIVE, contains
from compare.extraction.rules import Rule
from compare.vocabulary.lexicon import rx

_LIMITS = frozenset({"以上", "及以上", "以下", "及以下", "以内", "或以上", "或以下", "内"})


def _limit(c: Case) -> bool:
    return c.f.qualifier.removeprefix("级") in _LIMITS  # 30万千瓦级及以上燃煤机组


def _limit_of_work(c: Case) -> bool:
    f = c.f
    _, stop = c.sentence.clauses[f.clause]
    of_which = any(
        c.q.end < x.start < stop and x.dimension in RELATIVE for x in c.sentence.quantities
    )  # 新建150万吨以上物流园区铁路专用线接入比例达到85%
    return (
        c.achieving
        and c.dated
        and contains("threshold_verb_re", c.achieved)
        and not of_which
        and not rx("推动|对|鼓励|支持").search(c.left_of_list[:4])
    )


def _to_keep(c: Case) -> bool:
    """连续储能时长不低于2小时配置储能"""
    return c.q.dimension in ("height", "duration")


def _class_in_a_name(c: Case) -> bool:
    """20兆瓦级海上风电机组国产化率达到95%: of which class the thing is that is measured."""
    s, f = c.sentence, c.f
    if not (f.qualifier == "级" or c.right.startswith("级")) or c.achieving:
        return False
    _, stop = s.clauses[f.clause]
    return any(c.q.end < x.start < stop and x.dimension in RELATIVE for x in s.quantities)


SIZES = (
    Rule(
        "class-in-a-name", "N兆瓦级 in the name of what a share behind it measures says of which class that is.",
        "size", _class_in_a_name,
        taken="到2027年，«20兆瓦»级海上风电机组国产化率达到95%。",
        left="到2027年，建成«20兆瓦»级海上风电机组。",
    ),
    Rule(
        "class-of-a-work", "N万千瓦级 behind a work that is only begun says of which class the work is.", "size",
        lambda c: (c.f.qualifier == "级" or c.right.startswith("级"))
        and bool(rx("(?:开工|谋划|推进|推动|启动)(?:建设)?$").search(c.left)),
        taken="到2026年，开工建设«50万千瓦»级海上风电场。",
        left="到2026年，建成«50万千瓦»级海上风电场。",
    ),
    Rule(
        "size-to-be-done", "A dated size behind 新增, 完成, 改造 …, bounded or not, is a target.",
        "target", lambda c: _limit(c) and _limit_of_work(c),
        taken="到2025年，完成改造«500万平方米»以上公共建筑。",
        left="到2025年，推动«500万平方米»以上公共建筑节能。",
    ),
    Rule(
        "size-limit", "A size with a limit in front of what it describes says which things are meant.",
        "threshold", _limit,
        taken="到2025年，«30万千瓦»以上燃煤机组全面实施改造。",
        left="到2025年，完成«30万千瓦»燃煤机组改造。",
    ),
    Rule(
        "size-worked-on", "A dated 实现对N…的 or 对N…实施 is a target, as for counts.", "target",
        lambda c: c.dated and is_worked_on(c),
        taken="到2025年，对«1.2亿平方米»公共建筑实施在线监测。",
        left="对«1.2亿平方米»公共建筑实施在线监测。",
    ),
    Rule(
        "size-to-keep", "A bounded height or duration in front of 配置 is a target.", "target", _to_keep,
        taken="新建光伏项目按连续储能时长不低于«2小时»配置储能。",
        left="靠港超过«2小时»的船舶使用岸电。",
    ),
    Rule(
        "listed-size", "A size that a dated list names with its noun alone is a target.", "target", is_listed,
        taken="到2025年：换电站8座，«60公里»绿道。",
        left="到2025年，«30万千瓦»燃煤机组全部完成改造。",
    ),
    Rule(
        "dated-size", "A dated size behind a verb of making, changing or keeping is a target.", "target",
        lambda c: c.dated
        and contains("size_verb_re", c.achieved)
        and not contains("work_re", c.left_of_list),
        taken="到2025年，新增«300万千瓦»光伏装机。",
        left="到2025年，加快«300万千瓦»光伏项目建设。",
    ),
    Rule(
        "size-of-a-thing", "Any other size in front of a noun describes it.", "size", lambda c: True,
        taken="到2025年，加快«300万千瓦»光伏项目建设。",
        left="到2025年，新增«300万千瓦»光伏装机。",
    ),
)  # fmt: skip
