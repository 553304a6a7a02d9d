"""Rules for all figures: what has been, what somebody else has set, what only says to whom a rule applies."""

from __future__ import annotations

import re

from compare.extraction.commitment.case import Case, without_start
from compare.extraction.commitment.words import ends_with, words_before_figure
from compare.extraction.dates import date_roles
from compare.extraction.dates.date_words import year_of
from compare.extraction.dates.frame_rules import TELLING, TURN
from compare.extraction.rules import Rule, Table
from compare.extraction.sentence import MASK
from compare.extraction.signs import any_word, needed_by
from compare.extraction.with_figure.figure_list import HAVE_SO_MANY
from compare.vocabulary.lexicon import rx, words

# how a total that is told ends, an ending being slow to search for
_TOLD = frozenset("共有计的")
_GAP = frozenset("差距为达")
# storeys and hours: thresholds and facts of operation, but for a bound on a height or a duration
_NOTE = 41  # characters between a figure and the end of its note
_ONLY_BOUND = frozenset({"height", "duration"})


def _dated_in_the_past(c: Case) -> bool:
    return c.f.date is not None and c.f.date.role == "past"


def _in_the_past(c: Case) -> bool:
    return c.f.date is None and c.context.past


def _sentence_tells(c: Case) -> bool:
    """近五年,…由57%提高到60%: how it came to be, if nothing in the sentence turns to what is to be."""
    if c.dated or not TELLING.applies(c.sentence.masked, 0):
        return False
    return not TURN.search(c.sentence.masked, 0, c.at)


def _share_as_it_is(c: Case) -> bool:
    return not c.dated and bool(rx("占[^,;]{2,14}的(?:比[重例])?约?$").search(c.left))


def _goes_on_behind_done(c: Case) -> bool:
    """塌陷地已累计治理11.3万亩,治理率为82%: the clause goes on with what was told as done."""
    text = c.sentence.masked
    if c.f.date or c.f.clause == 0 or "已" not in text:
        return False
    done = rx("已(?:经)?(?:累计|建成|完成|达|形成|治理|实现)").search(
        text, 0, c.sentence.clauses[c.f.clause][0]
    )
    return done is not None and not rx(words()["facts"]["binds_re"]).search(text, done.end(), c.at)


def _under_way(c: Case) -> bool:
    """设计年处理能力2万吨,总投资3.6亿元,目前正在开展前期工作: how large a project is."""
    if c.f.date or "正" not in c.sentence.masked:
        return False
    return bool(
        rx("[,;](?:目前|现|该项目)?(?:正在|正)(?:开展|办理|进行|推进|建设|施工)").search(
            c.sentence.masked, c.at
        )
    )


def _required_by_another(c: Case) -> bool:
    """落实《…方案》关于2025年…下降20%的要求"""
    if MASK not in c.sentence.masked[: c.at] or not rx(
        "的(?:总体)?(?:要求|目标|任务|部署|规定)"
    ).match(c.right):
        return False
    begin = c.sentence.clauses[c.f.clause][0]
    said = c.sentence.masked[begin : c.at]
    return bool(
        rx(f"(?:落实|贯彻|按照|根据|依据|对照|围绕|遵循)[^,;{MASK}]{{0,10}}{MASK}").search(said)
    ) and not rx("完成|实现").match(said)


def _promised(c: Case) -> bool:
    """重点企业承诺:…废水回用率达到60%: what firms promise binds them."""
    if "承诺" not in c.sentence.masked:
        return False
    said = rx(
        "(?:^|[,;:、])(?![^,;:]{0,6}[我本]|组织|推动|引导|督促)[^,;:□]{0,14}(?:企业|公司|集团|业主|商户|协会|银行|单位)"
        "(?:郑重|公开|均|已|共同|代表)*承诺"
    ).search(c.sentence.masked, 0, c.at)
    return bool(said) and not rx(";").search(c.sentence.masked, said.end(), c.at)


def _condition(c: Case) -> bool:
    return not c.f.date and bool(rx("[并且及][^,;]{1,16}的[^,;]{2,}").match(c.right))


def _count_in_a_share(c: Case) -> bool:
    """60%以上的乡镇建有不少于4个公共充电桩: the share is the level, the count says of what."""
    if not c.counted:
        return False
    s = c.sentence
    before = [q for q in s.quantities if s.clauses[c.f.clause][0] <= q.start < c.at]
    if not before or before[-1].dimension != "share":
        return False
    return bool(HAVE_SO_MANY.match(s.masked[before[-1].end : c.at]))


def _condition_in_a_list(c: Case) -> bool:
    """年能耗1000吨以上(…,下同),或者年用电量500万千瓦时以上的项目; 水深50米以上、离岸70公里以外的场址"""
    if c.f.qualifier.removeprefix("级") not in _LIMITS or ends_with("level", c.left):
        return False
    return bool(_FURTHER_LIMIT.match(c.sentence.masked, c.f.behind))


_LIMITS = frozenset({"以上", "及以上", "以下", "及以下", "以内", "以外"})
_FURTHER_LIMIT = re.compile(
    rf"{MASK}*,?(?:、|或者?|和|及|与|且|并)[^,;。]{{0,24}}\d[^,;。\d]{{1,10}}(?:以上|以下|以内|以外)(?:{MASK}+)?的(?!目标|要求|水平|任务)"
)


def _asked_by_a_standard(c: Case) -> bool:
    """现行国家标准规定,…限额…不高于360千克标准煤"""
    return not c.f.date and bool(
        rx(
            "(?:按照?|根据|依据|依照)?(?:现行|国家|行业|地方|强制性|推荐性|该|国际|欧盟|上述)[^,;。]{0,16}"
            f"(?:标准|规范|规程|导则)(?:{MASK}+)?(?:中|里)?(?:明确)?(?:规定|要求|明确|限定|载明)"
        ).match(c.sentence.masked)
    )


def _reckoned(c: Case) -> bool:
    """专家认为,…每年可减排30万吨; 以一辆…为例,…每年可减碳约1.5吨"""
    s = c.sentence.masked
    if c.f.date or not rx(
        "为例|例如|比如|譬如|假设|假如|认为|估算|测算|推算|估计|介绍|表示|指出"
    ).search(s, 0, c.at):
        return False
    return bool(
        rx("(?:以[^;。]{2,40}为例|例如|比如|譬如|假设|假如)").match(s)
        or rx(
            "(?:专家|学者|教授|研究员|院士|博士|分析师|业内人士|研究(?:表明|显示|认为|估算))[^;。]{0,14}(?:认为|估算|测算|推算|估计|介绍|表示|指出|说)"
        ).search(s, 0, c.at)
        or ("可" in c.left and rx("负责人[^;。]{0,8}(?:介绍|表示|说)").search(s, 0, c.at))
        or rx("(?:据|经|初步)*(?:估算|测算|推算|估计|介绍)[,:]").match(s)
    )


def _condition_to_apply(c: Case) -> bool:
    """申报企业近三年…不低于10%,研发投入占比不低于3%"""
    return not c.dated and bool(rx(words()["facts"]["applies_re"]).match(c.sentence.masked))


def _sum_of_years(c: Case) -> bool:
    """逾6000人次(110年至112年累计): a span of years that is over, in the brackets behind the figure."""
    text = c.sentence.text
    if "(" not in text[c.f.behind : c.f.behind + _NOTE]:
        return False
    note = rx(r"[^;。()]{0,40}\(([^()]*(?:累计|合计|总计)[^()]*)\)").match(text, c.f.behind)
    years = rx(r"\d{2,4}(?=年?(?:至|到|-|—|~|年))").findall(note[1]) if note else []
    return bool(years) and max(map(year_of, years)) <= c.context.time.year + 1


def _told_in_total(c: Case) -> bool:
    if c.since[-1:] not in _TOLD or any(d.role == "horizon" for d in c.sentence.dates):
        return False  # 到2030年,全县共有12家企业建成…
    return bool(rx(r"共(?:有|计)?$|完成[^,;]{0,8}(?:目标|任务)的$").search(c.since))


def _facts(c: Case, words: str) -> re.Match[str] | None:
    """The words of a fact; in a clause about what is to come, 已建成园区…率达到100% has none."""
    facts = words_before_figure()["facts"]
    found = facts.search(words)
    if found and c.dated and c.level:
        return facts.search(rx(_DONE_BEFORE_A_NOUN).sub("", words))
    return found


_DONE_BEFORE_A_NOUN = "已(?:经)?(?:建成|投产|投运|投用|备案|认定|创建)(?:的)?(?=[\u4e00-\u9fff]{4})"


def _told_as_it_is(c: Case) -> bool:
    """A year to come makes 同比 and 高于全省 part of an aim; 目前 and 已建成 it does not."""
    if c.f.date and c.f.date.start >= c.f.begin:
        return False
    found = _facts(c, c.told)
    return bool(found) and not (c.dated and rx(_COMPARES).match(found[0]))


_COMPARES = "同比|位居|居全"
_SO_FAR = "目前|截至|截止|已"


def _told_behind_its_date(c: Case) -> bool:
    if not c.f.date:
        return False
    told = without_start(c.words_since(c.f.date.end))
    return bool(_facts(c, told)) and bool(rx(_SO_FAR).search(told))


def _lasts(c: Case) -> bool:
    """…高度不超过18层, …时长不低于2小时: what is bound is named as a height or a duration."""
    return c.bound and bool(rx("(?:高度|层数|最高|时长|小时数|时间)[^,;]{0,8}$").search(c.left))


def _goes_on_about_the_past(c: Case) -> bool:
    """2021年,A下降3%。B达到46%: the second sentence goes on telling, unless words bind in it."""
    level = c.context.levels[-1] if c.context.levels else None
    if c.f.date or level is None or level.of != "sentence" or level.date is not None:
        return False
    if level.rule != TELLING.id:
        told = date_roles.DECISIONS.get(level.rule)
        if told is None or told.disposition != "fact":
            return False
    return not rx(words()["facts"]["binds_re"]).search(c.sentence.masked)


def _height_or_duration(c: Case) -> bool:
    if c.f.first.dimension not in _ONLY_BOUND:
        return False
    return not _lasts(c) or (c.f.noun_behind and not rx("配[置建套]").match(c.right))


_FACTS = needed_by(words()["facts"]["words_re"])
RULES = (
    Rule(
        "ordinal-figure", "A figure behind 第 tells which one.", "name",
        lambda c: c.sentence.masked[c.at - 1 : c.at] == "第",
        taken="经第«33次»常务会议研究，到2025年绿电比例达到30%。",
        left="到2025年，组织绿电交易«33次»。",
    ),
    Rule(
        "past-date", "A figure that a date of the past governs is a fact.", "fact",
        _dated_in_the_past,
        taken="截至2020年底，全市森林覆盖率达到«65%»。到2025年，绿电比例达到30%。",
        left="到2025年，全市森林覆盖率达到«65%»。",
    ),
    Rule(
        "section-about-the-past", "A figure in a section that looks back is a fact.", "fact",
        _in_the_past,
        taken="一、发展现状\n全市森林覆盖率达到«65%»，空气质量稳定。",
        left="一、主要目标\n到2025年，全市森林覆盖率达到«65%»。",
    ),
    Rule(
        "goes-on-about-the-past", "A figure without a date goes on telling what the sentence before told.",
        "fact", _goes_on_about_the_past,
        taken="到2025年，绿电比例达到30%。\n2021年，能耗强度下降3%。森林覆盖率达到«46%»。",
        left="到2025年，绿电比例达到30%。\n2021年，能耗强度下降3%。森林覆盖率要达到«46%»。",
    ),
    Rule(
        "sentence-that-tells", "A sentence that opens with 近五年, 目前 or 去年 tells how things are.", "fact",
        _sentence_tells,
        taken="草原辽阔。近五年，草原综合植被盖度由57.2%提高到«59.8%»。",
        left="草原辽阔。近五年成效明显，要使草原综合植被盖度提高到«59.8%»。",
    ),
    Rule(
        "share-as-it-is", "占…的九成 without a date and a verb of reaching describes.", "fact", _share_as_it_is,
        taken="草原面积占土地总面积的«九成»左右。",
        left="到2030年，草原面积占土地总面积的«九成»左右。",
    ),
    Rule(
        "goes-on-behind-done", "A clause behind 已累计… in its sentence goes on with what has been.", "fact",
        _goes_on_behind_done,
        taken="塌陷地已累计治理11.3万亩，治理率为«82%»。",
        left="塌陷地已累计治理11.3万亩，治理率力争达到«82%»。",
    ),
    Rule(
        "size-of-what-is-under-way", "The size of a project on which work is said to go on is the project's.",
        "size", _under_way,
        taken="光伏组件回收示范项目，设计年处理能力«2万吨»，目前正在开展前期工作。",
        left="光伏组件回收示范项目，到2027年年处理能力达到«2万吨»，目前正在开展前期工作。",
    ),
    Rule(
        "required-by-another", "What the words of another document ask, which are carried out, is that document's.",
        "of_others", _required_by_another,
        needs=any_word(MASK),
        taken="落实《江苏省碳达峰实施方案》关于2025年碳排放强度比2020年下降«20%»的要求。",
        left="完成2025年碳排放强度比2020年下降«20%»的要求。",
    ),
    Rule(
        "promised-by-firms", "What firms or bodies other than the plan's own promise is theirs.", "of_others", _promised,
        taken="重点企业承诺：2025年底前废水回用率达到«60%»。",
        left="推动重点企业承诺减排，2025年底前废水回用率达到«60%»。",
    ),
    Rule(
        "gap-to-a-goal", "How far something still is from a goal is a fact.", "fact",
        lambda c: c.left[-1:] in _GAP and bool(rx("(?:仍|尚|还)(?:相)?差距?$|差距(?:为|达)$").search(c.left)),
        needs=any_word("差"),
        taken="秸秆综合利用率距2035年目标仍差«3.1个百分点»。",
        left="到2035年，秸秆综合利用率提高«3.1个百分点»。",
    ),
    Rule(
        "count-in-a-share", "How many each of a share of things has says of what the share is told.", "qualifier",
        _count_in_a_share,
        taken="到2027年，60%以上的乡镇建有不少于«4个»公共充电桩。",
        left="到2027年，«60%»以上的乡镇建有不少于4个公共充电桩。",
    ),
    Rule(
        "condition-beside-a-condition",
        "A figure that, joined with a further condition, describes a noun says what a rule applies to.",
        "threshold", _condition,
        taken="面积超过«5000平方米»并设有中央空调的新建建筑应当开展能耗监测。",
        left="到2025年，完成既有建筑节能改造«5000平方米»并投入使用的项目全部验收。",
    ),
    Rule(
        "condition-in-a-list",
        "A limit that a further limit and a noun go on from says to what a rule applies.", "threshold",
        _condition_in_a_list,
        taken="年综合能耗«1000吨标准煤»以上（下同），或者年用电量500万千瓦时以上的项目，应当审查。",
        left="到2025年，绿色建筑占比达到«70%»以上、装配式建筑占比达到50%以上。",
    ),
    Rule(
        "asked-by-a-standard", "What a standard in force asks is no goal of the plan.", "threshold",
        _asked_by_a_standard,
        taken="现行国家标准规定，日用瓷单位产品能耗不高于«360千克标准煤»。",
        left="日用瓷单位产品能耗应不高于«360千克标准煤»。",
    ),
    Rule(
        "reckoned", "What experts, or an example, reckon is no aim without a date.", "fact", _reckoned,
        taken="专家认为，港口全部使用岸电，每年可减排二氧化碳超过«30万吨»。",
        left="港口全部使用岸电，每年减排二氧化碳超过«30万吨»。",
    ),
    Rule(
        "conditions-to-apply", "What is asked of who applies, is judged or is inspected says whom a rule admits.",
        "threshold", _condition_to_apply,
        taken="申报企业研发投入占比不低于«3%»。",
        left="企业研发投入占比不低于«3%»。",
    ),
    Rule(
        "sum-of-past-years", "A figure that a span of years behind it sums up is a fact.", "fact",
        _sum_of_years,
        taken="办理宣导活动120场次，逾«6000人次»（110年至112年累计）。",
        left="到2025年，办理宣导活动«120场次»以上。",
    ),
    Rule(
        "told-in-total", "A figure behind 共有, 共计 or 完成…任务的 is a fact.", "fact",
        _told_in_total,
        needs=any_word("共|完"),
        taken="全市公交车共有«1200辆»。",
        left="到2025年，全市新能源公交车达到«1200辆»。",
    ),
    Rule(
        "told-as-it-is", "A figure behind 目前, 已达到, 同比 and the like, without a date of its own, is a fact.",
        "fact", _told_as_it_is,
        needs=_FACTS,
        taken="全市绿电比例已达«30%»。",
        left="目前绿电比例较低，到2025年，全市绿电比例达到«30%»。",
    ),
    Rule(
        "told-behind-its-date", "A figure that is told as done behind the date in its sentence is a fact.",
        "fact", _told_behind_its_date,
        needs=_FACTS | needed_by(_SO_FAR),
        taken="到2025年全市改造率已达到«30%»。",
        left="到2025年全市改造率达到«30%»。",
    ),
    Rule(
        "height-or-duration", "Storeys and hours describe what they stand with, unless a bound limits a height or a time.",
        "qualifier", _height_or_duration,
        taken="到2025年，建成«18层»绿色建筑。",
        left="到2025年，新建住宅建筑高度不超过«18层»。",
    ),
)  # fmt: skip
TABLE = Table(RULES)
