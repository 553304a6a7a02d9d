"""Rules for figures at the end of their clause: is something measured by them that the plan commits to?"""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.commitment.case import Case
from compare.extraction.commitment.task_words import task_opening
from compare.extraction.commitment.words import PHYSICAL, contains, ends_with, is_yearly
from compare.extraction.rules import Rule
from compare.extraction.subject.subject_words import strip_tail
from compare.vocabulary.lexicon import any_of, rx, words


def _unitless(c: Case) -> bool:
    return c.q.dimension == "ratio" or (c.q.dimension == "none" and not c.q.unit)


def _unitless_measure(c: Case) -> bool:
    if not _unitless(c):
        return False
    if c.q.dimension == "ratio":  # …与充电桩配比, 之比, 比例
        named = rx("比(?:例|值|率)?(?=[^例值率重,;]{0,8}$)").search(c.left)
        committed = c.dated or (c.bound and not c.done)
        return bool(named) and committed and (c.bound or c.level)
    said = c.sentence.text[max(0, c.f.begin - 40) : c.at]
    bound = c.bound or contains("modal_re", c.left)
    committed = c.dated or (bound and not c.done)
    return committed and contains("unitless_re", said) and (bound or c.level)


def _size_of_project(c: Case) -> bool:
    """A厂日均处理量6000吨,争取在2030年代初落成: the size of what the next clause finishes."""
    f, s = c.f, c.sentence
    if c.q.dimension not in PHYSICAL or f.clause + 1 >= len(s.clauses):
        return False
    if s.masked[s.ends[f.clause + 1] - 1] not in "成产作营行用工设":
        return False
    finished = "落成|建成|投产|投入[^,;]{2}|启用"
    by_name = rx("(?:处理|处置|接收|焚烧)(?:量|能力|规模)(?:为|达)?$").search(f.bare)
    stage = f"{finished}|开工" if by_name and not f.qualifier else "开工(?:建设)?"
    planned = rf"(?:预计|计划|争取|力争|将|可)*(?:于|在)?[^,;]{{2,9}}(?:{stage})$"
    return bool(rx(planned).match(s.masked, *s.clauses[f.clause + 1]))


def _dated_level(c: Case) -> bool:
    return c.dated and (
        not c.counted
        or c.level
        or c.bound
        or any(ends_with(name, c.left) for name in ("down", "up", "achieve"))
        or len(strip_tail(c.left)) >= 2
    )


def _yearly(c: Case) -> bool:
    opened = c.sentence.clauses[c.f.clause][0]
    each = rx(r"每年|年均(?!浓度)").search(c.before, opened)
    return bool(each) or is_yearly(c.sentence, c.at)


def _from_plan_base(c: Case) -> bool:
    """较2020年提高8个百分点, and what follows it (下降5%).

    So late a year is the last one of the five-year plan before the document, or after it.
    """
    if c.f.first.dimension not in ("share", "points", "tenths", "times"):
        return False
    if not (ends_with("down", c.left) or ends_with("up", c.left)):
        return False
    since = (c.context.time.year - 1) // 5 * 5
    return any(
        d.role == "baseline" and d.start < c.at and (d.years[0] or 0) >= since
        for d in c.sentence.dates
    )


def _led_by_task(c: Case) -> bool:
    """加快建设绿色港口,岸电覆盖率达到100%: the clause before is a task, the figure its aim."""
    s = c.sentence
    return (
        (c.level or c.bound)
        and c.f.clause == 1
        and s.masked[s.ends[0]] == ","
        and bool(task_opening(s.masked, 0, s.ends[0]))
    )


def _norm(c: Case) -> bool:
    """种子发芽率不低于80%, 设备完好率不低于98%"""
    if (
        c.f.date
        or not c.bound
        or rx("(?:达到|保持|稳定|维持|提[高升]|控制)[^,;]{0,6}$").search(c.left)
    ):
        return False
    return contains("norm_re", strip_tail(c.left).removesuffix("应"))


@cache
def _made(which: str) -> re.Pattern[str]:
    """One of the lexicon's lists of verbs of making, at the head of the words before a figure."""
    return re.compile(
        rf"[、,]*(?:[一二三四五六七八九]是|[①-⑳]|\(\d\))?(?:[两二三四五]年(?:内|累计|合计|共)?|(?:规划|计划)期内)?(?:支持|力争|确保|积极|推动|鼓励)*{any_of(words()['achieve'][which])}"
    )


def _undated_count(c: Case) -> bool:
    if not c.counted:
        return False
    led = _made("undated").match(c.left)
    return (
        ends_with("undated", c.left)
        or (bool(led) and (c.q.value >= 2 or len(c.q.unit) > 1))
        or (c.modal and contains("modal_count_re", c.left))
    )


def _undated_level(c: Case) -> bool:
    """A share, a rate per something or a mass that is reached, bound or changed; a size that is reached."""
    if _of_a_condition(c):
        return False
    if not (c.relative or c.q.dimension in ("per", "mass", "none")):
        return c.level and not c.counted and c.q.dimension != "money"
    part = rx("占(?!比|地)[^,;占]{0,12}$").search(c.left)
    if part and not c.f.qualifier and (part[0] == "占" or not c.level):
        return False  # 工业占65%, 建筑用电占用电量约九成
    moved = c.relative and (ends_with("down", c.left) or ends_with("up", c.left))
    return c.level or c.bound or moved


def _of_a_condition(c: Case) -> bool:
    """年综合能源消费量1万吨标准煤以上、年产值5亿元以上的企业"""
    _, stop = c.sentence.clauses[c.f.clause]
    return bool(
        c.f.qualifier
        and rx("[、和及与或且][^,;。]*(?:以上|以下|以内)的").match(
            c.sentence.masked, c.f.behind, stop
        )
    )


def _undated_amount(c: Case) -> bool:
    """新增林地3万亩, 林相改造3万亩以上: an amount behind a verb of making or changing."""
    if c.counted or c.relative or c.q.dimension == "money":
        return False
    done = c.bound and rx(words()["names"]["itself_re"]).search(strip_tail(c.left))
    return bool(done or _made("undated_amount").match(c.left))


def _goes_on_a_list(c: Case) -> bool:
    """创建绿色工厂20家、绿色园区2个: more of what an undated list sets."""
    s, f = c.sentence, c.f
    opened = s.clauses[f.clause][0]
    return f.begin > opened and s.masked[f.begin] in "、和及与" and (c.counted or c.bound)


RULES = (
    Rule(
        "norm-of-a-thing", "A bound on a property of seeds, fuels, machines or water, without a date in its sentence, is a norm.",
        "threshold", _norm,
        taken="种子发芽率不低于«80%»。",
        left="到2025年，种子发芽率达到«80%»以上。",
    ),
    Rule(
        "unitless-measure", "A number without a unit that binds PUE, an index or a ratio is a target.",
        "target", _unitless_measure,
        taken="到2025年，新建大型数据中心PUE不高于«1.3»。",
        left="到2025年，完成《绿色数据中心指南》第«1.3»版。",
    ),
    Rule(
        "number-without-unit", "Any other number without a unit measures nothing.", "name", _unitless,
        taken="到2025年，完成绿色数据中心指南«1.3»。",
        left="到2025年，新建大型数据中心PUE不高于«1.3»。",
    ),
    Rule(
        "subsidy", "Money that a sentence grants is a subsidy, no target.", "size",
        lambda c: c.q.dimension == "money" and contains("subsidy_re", c.sentence.masked),
        taken="到2025年，对绿色工厂给予一次性奖励«50万元»。",
        left="到2025年，全市节能环保产业产值达到«50亿元»。",
    ),
    Rule(
        "size-in-a-list-of-works", "A size in a list of works under way is that of a work.", "size",
        lambda c: c.q.dimension in PHYSICAL
        and c.in_list
        and not c.left.endswith(("开工", "核准"))
        and contains("list_work_re", c.left),
        taken="到2025年，加快推进甲电站«120万千瓦»、乙电站建设。",
        left="到2025年，光伏装机达到«120万千瓦»、风电装机达到80万千瓦。",
    ),
    Rule(
        "distance", "A radius or a walking distance belongs to what is counted.", "qualifier",
        lambda c: c.q.dimension == "length" and contains("distance_re", c.left),
        taken="到2025年，公交站点«500米»，覆盖率达到90%。",
        left="到2025年，城市绿道长度达到«500公里»。",
    ),
    Rule(
        "size-of-a-project", "The size of a project that the next clause finishes is the project's.",
        "size", _size_of_project,
        taken="甲垃圾焚烧厂日处理量«6000吨»，争取2030年落成。",
        left="到2030年，全市垃圾焚烧日处理能力达到«6000吨»。",
    ),
    Rule(
        "dated-level", "A level, a change or a count that a date governs is a target.", "target",
        _dated_level,
        taken="到2025年，全市森林覆盖率达到«65%»。",
        left="全市森林覆盖率达到«65%»。",
    ),
    Rule(
        "dated-count-of-nothing", "A dated count of which nothing is said sets no target.", "size",
        lambda c: c.dated,
        taken="到2025年，«3个»。",
        left="到2025年，低碳园区«3个»。",
    ),
    Rule(
        "temperature", "An undated temperature is a rule of operation.", "threshold",
        lambda c: c.q.dimension == "temperature",
        taken="夏季室内空调温度设置不得低于«26℃»。",
        left="到2025年，夏季室内空调温度设置不低于«26℃»。",
    ),
    Rule(
        "investment", "An undated sum that is invested or paid is a size.", "size",
        lambda c: contains("investment_re", c.left),
        taken="项目总投资约«20亿元»。",
        left="到2025年，节能环保产业产值达到«20亿元»。",
    ),
    Rule(
        "condition-of-a-policy-behind", "An undated figure beside a price, a tax or a reward is a condition.",
        "threshold", lambda c: contains("policy_re", c.left + c.right),
        taken="峰段电价上浮比例不低于«50%»。",
        left="新建厂房屋顶光伏覆盖率不低于«50%»。",
    ),
    Rule(
        "size-of-one", "An undated figure of one single thing is its size.", "size",
        lambda c: c.left.startswith(("单个", "单体", "单项", "单站")),
        taken="单个项目装机规模不低于«5万千瓦»。",
        left="全市储能装机规模不低于«5万千瓦»。",
    ),
    Rule(
        "yield-of-a-project", "What a project can yield (可达) is no aim without a date.", "fact",
        lambda c: c.left.endswith(("可达", "可达到")),
        taken="项目建成后节能率可达«30%»。",
        left="新建建筑节能率应达到«30%»以上。",
    ),
    Rule(
        "within-years", "A level to be reached within so many years is a target.", "target",
        lambda c: rx(r"(?<!\d)[一二三四五两3-5]年内|(?:未来|今后)[一二三四五两3-5]年").search(c.before),
        taken="三年内，新能源公交车占比达到«80%»。",
        left="新能源公交车占比达到«80%»。",
    ),
    Rule(
        "each-year", "A flow or growth each year is a target without a date.", "target", _yearly,
        taken="每年完成造林«3万亩»。",
        left="完成造林«3万亩»。",
    ),
    Rule(
        "radius-of-design", "An undated distance to a stop or a station is a principle of design.",
        "threshold", lambda c: c.q.dimension == "length" and bool(rx("半径|步行|距离").search(c.left)),
        taken="公交站点服务半径控制在«300米»以内。",
        left="到2025年，公共充电服务半径缩短至«0.9公里»以内。",
    ),
    Rule(
        "list-of-sizes", "An undated size in a list is that of a thing.", "size",
        lambda c: c.q.dimension in PHYSICAL and c.in_list,
        taken="建设甲电站«120万千瓦»、乙电站80万千瓦。",
        left="到2025年，甲电站达到«120万千瓦»、乙电站达到80万千瓦。",
    ),
    Rule(
        "unnamed", "An undated figure of which nothing says what it measures sets no target.", "size",
        lambda c: not c.named,
        taken="实现«30%»。",
        left="新建厂房屋顶光伏覆盖率不低于«30%»。",
    ),
    Rule(
        "told-without-date", "A sentence with 已, 了, 近年来, 仍 or the like tells how things are.", "fact",
        lambda c: c.done,
        taken="全市绿电比例首次提高到«30%»。",
        left="全市绿电比例提高到«30%»。",
    ),
    Rule(
        "change-from-the-plan-base", "A change against the last year of the five-year plan before is a target.",
        "target", lambda c: not c.counted and _from_plan_base(c),
        taken="能耗强度较2020年下降«14.5%»。到2025年，绿电比例达到30%。",
        left="能耗强度较2015年下降了«14.5%»。到2025年，绿电比例达到30%。",
    ),
    Rule(
        "aim-of-a-task", "A level in the clause behind a task is the aim of the task.", "target",
        lambda c: not c.counted and _led_by_task(c),
        taken="加快建设绿色港口，岸电覆盖率达到«100%»。",
        left="绿色港口已经建成，岸电覆盖率达到了«100%»。",
    ),
    Rule(
        "undated-count-of-things", "An undated count behind a verb of making, or with a bound, is a target.",
        "target", _undated_count,
        taken="培育绿色工厂«30家»。",
        left="梳理绿色工厂«30家»。",
    ),
    Rule(
        "goes-on-a-list", "A count or a bounded amount that goes on an undated list of targets is one, too.",
        "target", _goes_on_a_list,
        taken="创建绿色工厂20家、绿色园区«2个»。",
        left="绿色园区«2个»。",
    ),
    Rule(
        "undated-count-of-work", "Any other undated count is a size.", "size", lambda c: c.counted,
        taken="梳理绿色工厂«30家»。",
        left="培育绿色工厂«30家»。",
    ),
    Rule(
        "bound-without-date", "Words that bind (不得, 控制在, 力争) make a level a target without a date.",
        "target", lambda c: c.modal,
        taken="新建大型公共建筑能耗不得超过«80千瓦时»。",
        left="大型公共建筑能耗«80千瓦时»。",
    ),
    Rule(
        "reached-without-date", "An undated share or rate that is reached, bound or changed is a target.",
        "target", _undated_level,
        taken="绿色建材应用比例达到«30%»。",
        left="绿色建材应用比例«30%»。",
    ),
    Rule(
        "amount-without-date", "An undated amount behind 新增, 改造, 淘汰 and the like is a target.",
        "target", _undated_amount,
        taken="新增分布式光伏装机«30万千瓦»以上。",
        left="分布式光伏装机«30万千瓦»以上。",
    ),
    Rule(
        "undated-level", "An undated figure that nothing binds tells how things are.", "fact",
        lambda c: True,
        taken="绿色建材应用比例«30%»。",
        left="绿色建材应用比例达到«30%»。",
    ),
)  # fmt: skip
