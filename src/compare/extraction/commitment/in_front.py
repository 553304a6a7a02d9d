"""Rules for figures in front of a noun: is so much of it to be, or is it only a size or a threshold?"""

from __future__ import annotations

from compare.extraction.commitment.case import Case
from compare.extraction.commitment.words import RELATIVE, begins, contains, ends_with
from compare.extraction.rules import Rule
from compare.extraction.subject.subject_words import strip_head, strip_tail
from compare.vocabulary.lexicon import rx, words


# ---------------------------------------------------------------- whatever is counted
def _of_firms(c: Case) -> bool:
    """形成产值超300亿元的产业集群"""
    return (
        c.q.dimension == "money"
        and bool(rx("产值|营业收入|营收").search(c.left[-9:]))
        and c.right[0] == "的"
    )


def _of_what_is_made(c: Case) -> bool:
    return (
        c.dated
        and _of_firms(c)
        and not _counts_on(c)  # 培育年产值超10亿元的企业5家
        and bool(rx("(?:形成|打造|培育|建成|发展|壮大)[^,;]*$").search(c.left))
    )


def _policy(c: Case) -> bool:
    return not c.dated and contains("policy_re", c.left + c.right)


def _size_of_each(c: Case) -> bool:
    return (
        not c.relative
        and c.right[0] in "的之"
        and bool(rx(r"(?:超过|大于|不低于|不少于|低于|小于|高于|达到?)$").search(c.left))
    )


def _named_goal(c: Case) -> bool:
    return bool(rx(r"[的之][^,;]{0,6}目标").match(c.right))


def _quoted(c: Case) -> bool:
    """“百万家庭屋顶光伏工程”, “123”行动: the figure opens a quoted name."""
    return c.sentence.masked[c.at - 1 : c.at] in ("“", '"', "「", "『")


def _served(c: Case) -> bool:
    """15公里范围, 500米半径, 1公里步行, 半小时充电圈, 百公里能耗"""
    if c.q.dimension not in ("length", "duration", "mass"):
        return False
    near = c.q.dimension != "mass" and rx(words()["commitment"]["served_re"]).match(c.right)
    return bool(near or rx("(?:综合)?(?:能耗|电耗|油耗|煤耗|气耗|水耗|装卸能耗)").match(c.right))


def _class_of_counted(c: Case) -> bool:
    """500亿级产业集群3个"""
    return c.f.qualifier.startswith("级") and _counts_on(c)


COMMON = (
    Rule(
        "class-of-what-is-counted", "N级 in front of things whose number follows says which are counted.",
        "qualifier", _class_of_counted,
        taken="到2025年，建成«500亿»级产业集群3个。",
        left="到2025年，建成«500亿»级产业集群。",
    ),
    Rule(
        "quoted-figure", "A figure that opens a quoted name is part of the name.", "name", _quoted,
        taken="推进“«百万家庭»屋顶光伏工程”建设。",
        left="到2025年，建成«100万家»屋顶光伏。",
    ),
    Rule(
        "distance-served", "A distance or a time to walk, to serve or to be served belongs to what is counted.",
        "qualifier", _served,
        taken="到2025年，公交站点«500米»半径覆盖率达到90%。",
        left="到2025年，公交站点500米半径覆盖率达到«90%»。",
    ),
    Rule(
        "shares-the-verb", "A count that goes on a list of commitments shares their verb.", "target",
        lambda c: c.f.follows and c.f.first.dimension in ("count", "boxes"),
        taken="到2025年，培育3个以上低碳园区、«10家»以上零碳工厂。",
        left="到2025年，培育«10家»以上零碳工厂。",
    ),
    Rule(
        "output-of-what-is-made", "The output of a cluster or an industry that is to be made by a date is a target.",
        "target", _of_what_is_made,
        taken="到2025年，形成产值超«300亿元»的新能源产业集群。",
        left="形成产值超«300亿元»的新能源产业集群。",
    ),
    Rule(
        "output-of-firms", "The output by which firms are chosen is their size.", "size", _of_firms,
        taken="支持产值超«300亿元»的企业发展。",
        left="到2025年，形成产值超«300亿元»的新能源产业集群。",
    ),
    Rule(
        "condition-of-a-policy", "An undated figure of a price, a tax or a reward is a condition.",
        "threshold", _policy,
        taken="对能效达到标杆水平«20%»以上的企业给予电价优惠。",
        left="到2025年，«20%»以上的企业达到能效标杆水平。",
    ),
    Rule(
        "size-of-each", "A bound with 的 behind its figure says which things are meant.", "threshold",
        _size_of_each,
        taken="到2025年，面积超过«5000平方米»的公共建筑全部接入监测平台。",
        left="到2025年，改造公共建筑«5000平方米»以上。",
    ),
    Rule(
        "goal-named-by-its-figure", "A dated 实现X的目标 is a target.", "target",
        lambda c: c.dated and _named_goal(c),
        taken="到2025年，全市实现节能«30%»的目标并持续改进。",
        left="全市实现节能«30%»的目标并持续改进。",
    ),
    Rule(
        "undated-goal-named", "A goal that is only named by its figure, without a date, is told of.",
        "fact", _named_goal,
        taken="全市实现节能«30%»的目标并持续改进。",
        left="到2025年，全市实现节能«30%»的目标并持续改进。",
    ),
)  # fmt: skip


# ---------------------------------------------------------------- a share of it
def _undated_share(c: Case) -> bool:
    if c.dated:
        return False
    # 新建小区停车位100%预留…
    whole = c.q.value == 100 and len(strip_head(strip_tail(c.left_of_list))) >= 4
    return not whole and not rx(r"不低于|不少于|至少|不超过").search(c.left_of_list)


def _standard(c: Case) -> bool:
    return bool(rx("节能(?:要求|标准|水平|设计标准)").match(c.right))


def _of_which(c: Case) -> bool:
    """60%以上的城市绿色建材应用比例达到70%"""
    _, stop = c.sentence.clauses[c.f.clause]
    return any(
        c.q.end < x.start < stop and x.dimension in RELATIVE for x in c.sentence.quantities
    ) and bool(rx("的?[^,;]*(?:率|比例|占比|比重)[^,;]*$").match(c.right))


def _attribute(c: Case) -> bool:
    """装配率不低于50%的建筑, 浓度8%以上瓦斯"""
    return strip_tail(c.left).endswith(
        ("率", "度", "比例", "占比", "含量", "效率")
    ) and not _standard(c)


def _done_to_some(c: Case) -> bool:
    """80%以上的企业完成审核, at the head of its clause, and nothing that is granted or asked of them."""
    return (
        c.alone
        and not c.done
        and c.f.qualifier in ("以上", "左右")
        and bool(rx("[^,;]*(?:完成|建成|达到|实现|纳入|覆盖|建立|通过)").match(c.right))
        and not rx("给予|优先|应当?|须|不得|可以|启动|限期|鼓励|免").search(c.right)
    )


SHARES = (
    Rule(
        "share-of-which", "A share of things whose own rate stands behind says of which things it is.",
        "qualifier", _of_which,
        taken="到2025年，«60%»以上的县区绿色建材应用比例达到75%。",
        left="到2025年，60%以上的县区绿色建材应用比例达到«75%»。",
    ),
    Rule(
        "attribute-share", "A share behind the name of a measure, in front of a noun, says which things are meant.",
        "threshold", _attribute,
        taken="到2025年，建成浓度«8%»以上瓦斯利用项目4个。",
        left="到2025年，«80%»以上的企业完成清洁生产审核。",
    ),
    Rule(
        "share-to-be-done", "An undated share with a bound, at the head of its clause, that is to do something is a target.",
        "target", lambda c: not c.dated and _done_to_some(c),
        taken="«80%»以上的企业完成清洁生产审核。",
        left="对«80%»以上的企业完成清洁生产审核给予奖励。",
    ),
    Rule(
        "share-of-some-undated", "An undated share of things, unbound, sets no target.", "fact",
        _undated_share,
        taken="按贷款本金的«60%»提供资金支持。",
        left="到2025年，«80%»以上的企业完成清洁生产审核。",
    ),
    Rule(
        "energy-standard-to-reach", "A dated 达到X%节能标准 is a target.", "target",
        lambda c: _standard(c) and bool(c.f.date) and c.left_of_list.endswith("达到"),
        taken="到2025年，城镇新建居住建筑达到«75%»节能标准。",
        left="到2025年，城镇新建居住建筑执行«75%»节能标准。",
    ),
    Rule(
        "energy-standard", "The share of savings in the name of a standard is part of the name.",
        "name", _standard,
        taken="到2025年，城镇新建居住建筑执行«75%»节能标准。",
        left="到2025年，城镇新建居住建筑达到«75%»节能标准。",
    ),
    Rule(
        "share-of-a-population", "A share of things that is to do or have something is a target.",
        "target",
        lambda c: not begins("not_share_noun_re", c.right),
        taken="到2025年，«80%»以上的企业完成清洁生产审核。",
        left="到2025年，持有«80%»股权的企业有序退出。",
    ),
    Rule(
        "share-of-nothing-to-be", "A share in front of a noun of which nothing is to become sets no target.",
        "size", lambda c: True,
        taken="到2025年，持有«80%»股权企业有序退出。",
        left="到2025年，«80%»以上的企业完成清洁生产审核。",
    ),
)  # fmt: skip


# ---------------------------------------------------------------- a count of things
def _bounded_count(c: Case) -> bool:
    bound = rx(r"(?:不少于|不低于|至少|超过)$").search(c.left) or c.f.qualifier in ("以上", "左右")
    return bool(bound)


def _yearly_count(c: Case) -> bool:
    return "每年" in c.left or bool(rx("^每(?:个|家|座).*(?:至少|不少于)").search(c.left))


def _undated_count(c: Case) -> bool:
    return (
        ends_with("undated", c.achieved)
        and c.q.value >= 2
        and not begins("not_count_noun_undated_re", c.right)
    )


def _condition_of_size(c: Case) -> bool:
    """年出栏500头以上的养殖场: the words before say of what so many are."""
    return (
        not c.achieving
        and c.right.startswith(("的", "之"))
        and c.f.qualifier != ""
        and not c.alone
        and len(strip_head(strip_tail(c.left))) >= 1
    )


def _in_heads(c: Case) -> bool:
    """300户以上自然村, 500头以上养殖场: how large each is; 30个以上行政村 says how many."""
    if c.q.unit[-1:] not in _HEADS or c.f.qualifier not in ("以上", "以下", "以内", "左右"):
        return False
    if c.achieving:  # 改造100户以上自然村5个
        return _counts_on(c)
    return begins("sized_in_heads_re", c.right)


def _counts_on(c: Case) -> bool:
    """A count of its own stands behind the noun."""
    _, stop = c.sentence.clauses[c.f.clause]
    following = next((x for x in c.sentence.quantities if x.start >= c.f.behind), None)
    return (
        following is not None
        and following.start < stop
        and following.dimension == "count"
        and not rx("[、和及与,]").search(c.right)
    )


_HEADS = frozenset("户人头只羽床张位")


def is_listed(c: Case) -> bool:
    """8座零碳换热站 in a dated list: all that the clause says is what is counted."""
    plain = rx(words()["commitment"]["plain_noun_re"]).fullmatch(c.right.rstrip("、和及与"))
    return c.dated and c.alone and not c.done and bool(plain)


def is_worked_on(c: Case) -> bool:
    """实现对3200公里管网的监测, 对1200栋建筑实施改造"""
    return c.left_of_list.endswith("对") and bool(
        rx("(?:实现|完成)(?:了)?对$").search(c.left_of_list)
        or rx("[^,;]*(?:实施|开展|进行|完成|实行)").match(c.right)
    )


COUNTS = (
    Rule(
        "and-above", "及以上 behind a count says which things a rule applies to.", "threshold",
        lambda c: c.f.qualifier in ("及以上", "及以下", "或以上"),
        taken="到2025年，拥有«3台»及以上机组的电厂完成改造。",
        left="到2025年，完成«3台»机组改造。",
    ),
    Rule(
        "condition-of-size", "A bounded count with 的 behind words that say of what says which things are meant.",
        "threshold", _condition_of_size,
        taken="到2025年，年出栏«500头»以上的养殖场全部配套粪污处理设施。",
        left="到2025年，«500头»以上的牛完成登记。",
    ),
    Rule(
        "size-in-heads", "So many households, people or animals in front of a settlement or a farm say how large each is.",
        "threshold", _in_heads,
        taken="到2027年，«300户»以上的自然湾生活污水治理率达到60%。",
        left="到2027年，«300户»以上农户完成清洁取暖改造。",
    ),
    Rule(
        "counted-with-a-rate", "A bounded count of things whose own rate stands behind says which things are meant.",
        "threshold", lambda c: not c.achieving and c.f.qualifier != "" and _of_which(c),
        taken="到2027年，«20台»以上机组的电厂改造率达到60%。",
        left="到2027年，«20台»以上机组完成改造，改造率达到60%。",
    ),
    Rule(
        "work-on-so-many", "A dated 实现对N…的 or 对N…实施 is a target.", "target",
        lambda c: c.dated and is_worked_on(c),
        taken="到2025年，完成对«1200栋»公共建筑的能源审计。",
        left="对«1200栋»公共建筑加强管理。",
    ),
    Rule(
        "listed-count", "A count that a dated list names with its noun alone is a target.", "target", is_listed,
        taken="到2025年：绿电装机50万千瓦，«8座»换电站。",
        left="到2025年，加强«8座»换电站管理。",
    ),
    Rule(
        "bounded-count", "A dated count with a bound, of which the rest says what becomes, is a target.",
        "target", lambda c: c.dated and not c.achieving and _bounded_count(c),
        taken="到2025年，«30个»以上行政村纳入试点。",
        left="到2025年，对«30个»行政村给予支持。",
    ),
    Rule(
        "count-without-a-verb", "A count that no verb of achieving leads is a size.", "size",
        lambda c: not c.achieving,
        taken="加强«30个»行政村的环境管理。",
        left="到2025年，建成«30个»低碳村。",
    ),
    Rule(
        "count-of-aspects", "A number of aspects, stages or the like counts no things.", "name",
        lambda c: c.dated and begins("not_count_noun_re", c.right),
        taken="到2025年，实现«3个»方面新突破。",
        left="到2025年，建成«3个»示范园区。",
    ),
    Rule(
        "dated-count", "A dated count behind a verb of achieving is a target.", "target",
        lambda c: c.dated,
        taken="到2025年，建成«30个»低碳村。",
        left="建成«30个»低碳村。",
    ),
    Rule(
        "yearly-count", "A count to be reached each year is a target.", "target", _yearly_count,
        taken="每年创建«30个»低碳村。",
        left="创建«30个»低碳村。",
    ),
    Rule(
        "undated-count", "A count of more than one behind a verb of making is a target without a date.",
        "target", _undated_count,
        taken="创建«30个»低碳村。",
        left="建立«30个»低碳村工作台账。",
    ),
    Rule(
        "count-of-work", "An undated count behind any other verb is a size.", "size", lambda c: True,
        taken="建立«30个»低碳村工作台账。",
        left="创建«30个»低碳村。",
    ),
)  # fmt: skip
