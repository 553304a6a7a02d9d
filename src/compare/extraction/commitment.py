"""Is a figure a commitment? Facts, thresholds, sizes of projects and subsidies are none."""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.figure_list import FigureList
from compare.extraction.sentence import MASK, Context, Sentence
from compare.extraction.subject_words import strip_head, strip_tail
from compare.vocabulary.lexicon import any_of, opens_any_of, rx, words

COUNTED = frozenset({"count", "boxes"})
_RELATIVE = frozenset({"share", "points", "tenths", "times"})
_PHYSICAL = frozenset(
    {"power", "energy", "mass", "volume", "area", "length", "money", "temperature", "per"}
)
_TOLD = frozenset("共有计的")
# storeys and hours: thresholds and facts of operation, but for a bound on a height or a duration
_ONLY_BOUND = frozenset({"height", "duration"})
_LIMITS = frozenset({"以上", "及以上", "以下", "及以下", "以内", "或以上", "或以下", "内"})
# the words that decide stand right before the figure
_NEAR = 16


@cache
def words_before_figure() -> dict[str, re.Pattern]:
    """Patterns for the words right before a figure (each anchored at the end)."""
    b, p, a = words()["bounds"], words()["predicates"], words()["achieve"]
    level = [w for w in p["level"] if w not in ("将", "在")]
    up = [w for w in p["up"] if w not in ("新增", "净增")]
    return {
        "before": re.compile(
            rf"{opens_any_of(*(b[k] for k in b if k.endswith('before')))}"
            rf"(?:(?P<ge>{any_of(b['at_least_before'])})|(?P<le>{any_of(b['at_most_before'])})"
            rf"|(?P<gt>{any_of(b['more_before'])})|(?P<lt>{any_of(b['less_before'])})|(?P<about>(?<!节){any_of(b['about_before'])}))"
            r"(?:达到|到|至|在|了|过|有|达)?$"
            r"|(?P<each>(?P<least>至少|不少于)(?:新?建成|新建|打造|培育|创建|完成|举办))$"
        ),
        "level": re.compile(rf"{any_of(level)}(?:年均|平均|累计|分别|约|大约|均)*$"),
        "raise": re.compile(rf"{any_of(p['down'], p['up'])}(?:到|至)$"),
        "down": re.compile(rf"{any_of(p['down'])}(?:了|约|幅度)?$"),
        "up": re.compile(rf"{any_of(up)}(?:了|约|幅度)?$"),
        "achieve": re.compile(
            rf"{any_of(a['verbs'])}(?:了|约|至少|不少于|不低于|超过|大约|起|出|率先|一批)?(?:{MASK})*$"
        ),
        "undated": re.compile(rf"{any_of(a['undated'])}$"),
        "done": re.compile(any_of(words()["names"]["actions"])),
        "facts": re.compile(words()["facts"]["words_re"]),
        "verbs": re.compile(
            rf"(?:{any_of(a['verbs'])}|着力|重点|积极|大力|努力|至少|在|于|以|对|将|使|的)+"
        ),
    }


def ends_with(name: str, text: str) -> bool:
    """Whether ``text`` ends with the words of a pattern of `patterns`."""
    return bool(words_before_figure()[name].search(text[-_NEAR:]))


@cache
def _commitment_patterns() -> dict[str, re.Pattern]:
    return {name: re.compile(pattern) for name, pattern in words()["commitment"].items()}


def _contains(name: str, text: str) -> bool:
    return bool(_commitment_patterns()[name].search(text))


def _begins(name: str, text: str) -> bool:
    return bool(_commitment_patterns()[name].match(text))


def is_commitment(f: FigureList, context: Context) -> bool:
    """Whether the figures are something that the plan commits to.

    Parameters
    ----------
    f : FigureList
    context : Context
        Of the sentence: whether it stands in a section about the past.
    """
    if (f.date and f.date.role == "past") or (not f.date and context.past):
        return False
    if _is_fact(f, context):
        return False
    if f.first.dimension in _ONLY_BOUND and not (_bound(f) and not f.noun_behind and _lasts(f)):
        return False
    if not f.noun_behind:
        return _is_committed_level(f, context)
    return (f.follows and f.first.dimension in COUNTED) or _counted(f)


def _lasts(f: FigureList) -> bool:
    """…高度不超过18层, …时长不低于2小时: what is bound is named as a height or a duration."""
    return bool(rx("(?:高度|层数|最高|时长|小时数|时间)[^,;]{0,8}$").search(f.bare))


def _is_fact(f: FigureList, context: Context) -> bool:
    text, at = f.sentence.masked, f.first.start
    if rx("[并且及][^,;]{1,16}的[^,;]{2,}").match(f.right) and not f.date:
        return True  # 面积超过5000平方米并设有中央空调的新建建筑
    facts = words_before_figure()["facts"]
    left = text[f.begin : at]
    if "累计)" in f.sentence.text and rx(
        r"[^;。(]*\(\d{2,4}年?(?:至|到|-|—)\d{2,4}年?累计\)"
    ).match(f.sentence.text, f.behind):
        return True  # 120场次,逾6000人次(110年至112年累计)
    # an ending is slow to search for: look at the last character first
    if left[-1:] in _TOLD and rx(r"共(?:有|计)?$|完成[^,;]{0,8}(?:目标|任务)的$").search(left):
        return True
    if _is_of_others(f, context):
        return True
    if facts.search(left) and not (f.date and f.date.start >= f.begin):
        return True
    return bool(f.date) and bool(
        facts.search(text[f.date.end : at])
        and rx("目前|截至|截止|已").search(text[f.date.end : at])
    )


@cache
def _others() -> re.Pattern:
    p = words()["commitment"]
    return re.compile("|".join(p[name] for name in ("reported_re", "higher_re", "forecast_re")))


def _is_of_others(f: FigureList, context: Context) -> bool:
    """A goal that the sentence reports: of the nation, or of another document (《…》提出…)."""
    s = f.sentence
    before = s.masked[: f.first.start]
    ours = rx("[,;](?:而)?(?:我|本)[省市县区州盟旗]")
    own = [m.start() for m in ours.finditer(before)] if "我" in before or "本" in before else []
    before = before[own[-1] :] if own else before  # …;我市下降14.5%: our own again
    if _others().search(before):
        return True
    if context.national:
        return False
    since = s.masked[max(f.date.end, own[-1] if own else 0) : f.first.start] if f.date else before
    return _contains("nation_re", since)


def _counted(f: FigureList) -> bool:
    """Figures in front of a noun: a commitment, or only a size or a threshold?"""
    q, left, right = f.last, f.bare, f.right
    if q.dimension == "money" and rx("产值|营业收入|营收").search(left[-9:]) and right[0] == "的":
        # 形成产值超300亿元的产业集群
        return bool(f.years) and bool(rx("的[^,;]{2,16}(?:产业|集群|基地)").match(right))
    if not f.years and _contains("policy_re", left + right):
        return False
    if (
        q.dimension not in _RELATIVE
        and right[0] in "的之"
        and rx(r"(?:超过|大于|不低于|不少于|低于|小于|高于|达到?)$").search(left)
    ):
        return False  # 面积超过5000平方米的建筑
    if rx(r"[的之][^,;]{0,6}目标").match(right):
        return bool(f.years)
    if left.endswith("等"):  # 完成A路、B路等12条道路改造
        verb = words_before_figure()["done"].match(left)
        left = verb[0] if verb else ""
    stem = left.rstrip("约近超不少于至低过")
    achieving = ends_with("achieve", left) or ends_with("achieve", stem)
    if q.dimension in _RELATIVE:
        whole = q.value == 100 and len(strip_head(strip_tail(left))) >= 4  # 新建小区停车位100%预留…
        if not f.years and not whole and not rx(r"不低于|不少于|至少|不超过").search(left):
            return False
        if rx("节能(?:要求|标准|水平|设计标准)").match(right):
            return bool(f.date) and left.endswith("达到")  # 执行75%节能标准 names a standard
        return _contains("share_noun_re", right) and not _begins("not_share_noun_re", right)
    if q.dimension in COUNTED:
        return _count_in_front(f, stem, achieving)
    if f.qualifier in _LIMITS and _begins("threshold_noun_re", right):
        _, stop = f.sentence.clauses[f.clause]
        of_which = any(
            q.end < x.start < stop and x.dimension in _RELATIVE for x in f.sentence.quantities
        )  # 新建150万吨以上物流园区铁路专用线接入比例达到85%
        committed = (
            achieving and bool(f.years) and _contains("threshold_verb_re", stem) and not of_which
        )
        return committed and not rx("推动|对|鼓励|支持").search(left[:4])
    if right.startswith("级"):
        return bool(f.years) and achieving
    if (
        q.dimension == "area"
        and left.endswith("对")
        and rx("[^,;]*(?:实施|开展|进行|完成)").match(right)
    ):
        return bool(f.years)  # 对1.2亿平方米公共建筑实施在线监测
    return bool(f.years) and _contains("size_verb_re", stem) and not _contains("work_re", left)


def _count_in_front(f: FigureList, stem: str, achieving: bool) -> bool:
    if f.qualifier in ("及以上", "及以下", "或以上"):
        return False
    if f.years and not achieving:
        bound = rx(r"(?:不少于|不低于|至少|超过)$").search(f.bare) or f.qualifier in (
            "以上",
            "左右",
        )
        return bool(bound) and _contains("count_rest_re", f.right + f.bare[-2:])
    if not achieving:
        return False
    if f.years:
        return not _begins("not_count_noun_re", f.right)
    if "每年" in f.bare or rx("^每(?:个|家|座).*(?:至少|不少于)").search(f.bare):
        return True
    return (
        ends_with("undated", stem)
        and f.last.value >= 2
        and not _begins("not_count_noun_undated_re", f.right)
    )


def _is_committed_level(f: FigureList, context: Context) -> bool:
    """Figures at the end of their clause: is something measured by them, and does the plan commit to it?"""
    s, q, left = f.sentence, f.last, f.bare
    if q.dimension == "ratio" or (q.dimension == "none" and not q.unit):
        unitless = _contains("unitless_re", s.text[max(0, f.begin - 40) : f.first.start])
        bound = _bound(f) or _contains("modal_re", left)
        return bool(f.years or bound) and unitless and (bound or _level(left))
    in_list = s.masked[q.end : q.end + 1] in ("、", "和", "及", "与")
    if q.dimension == "money" and _contains("subsidy_re", s.masked):
        return False
    if q.dimension in _PHYSICAL and in_list and _contains("list_work_re", left):
        return False
    if q.dimension == "length" and _contains("distance_re", left):
        return False
    if q.dimension in _PHYSICAL and _is_size_of_project(f):
        return False
    if f.years:
        return (
            q.dimension not in COUNTED
            or _level(left)
            or _bound(f)
            or any(ends_with(name, left) for name in ("down", "up", "achieve"))
            or len(strip_tail(left)) >= 2
        )
    if q.dimension == "temperature" or _contains("investment_re", left):
        return False
    if _contains("policy_re", left + f.right) or left.startswith(("单个", "单体", "单项", "单站")):
        return False
    return _undated(f, context, in_list)


def _is_size_of_project(f: FigureList) -> bool:
    """A厂日均处理量6000吨,争取在2030年代初落成: the size of what the next clause finishes."""
    s = f.sentence
    if (
        f.clause + 1 >= len(s.clauses)
        or s.masked[s.ends[f.clause + 1] - 1] not in "成产作营行用工设"
    ):
        return False
    finished = "落成|建成|投产|投入[^,;]{2}|启用"
    by_name = rx("(?:处理|处置|接收|焚烧)(?:量|能力|规模)(?:为|达)?$").search(f.bare)
    stage = f"{finished}|开工" if by_name and not f.qualifier else "开工(?:建设)?"
    planned = rf"(?:预计|计划|争取|力争|将|可)*(?:于|在)?[^,;]{{2,9}}(?:{stage})$"
    return bool(rx(planned).match(s.masked, *s.clauses[f.clause + 1]))


def _bound(f: FigureList) -> bool:
    return bool(f.qualifier) or ends_with("before", f.bare)


def _level(left: str) -> bool:
    return ends_with("level", left) or ends_with("raise", left)


def _binds(f: FigureList, goals: bool) -> bool:
    """A level with a bound; in a section of goals one of the two does."""
    level, bound = _level(f.bare), _bound(f)
    return (level or bound) if goals else (level and bound)


def _undated(f: FigureList, context: Context, in_list: bool) -> bool:
    """Without a date only words that bind make a commitment: 不低于, 控制在…以内, 每年 …"""
    s, q, left = f.sentence, f.last, f.bare
    if left.endswith(("可达", "可达到")):
        return False  # what a project will yield, not an aim
    opened = s.clauses[f.clause][0]
    if rx(r"(?<!\d)[一二三四五两3-5]年内").search(s.masked, 0, f.first.start):
        return True
    if rx(r"每年|年均").search(s.masked[opened : f.first.start]) or is_yearly(s, f.first.start):
        return True
    named = f.follows or len(strip_head(strip_tail(left))) >= 2
    if (q.dimension in _PHYSICAL and in_list) or not named:
        return False
    modal = (
        _contains("modal_re", left)
        or bool(rx("力争|争取|确保").match(s.masked))
        or bool(rx("(?:近期|中期|远期|长期)目标(?:是|为)").search(s.masked, 0, f.begin))
    )
    if q.dimension not in COUNTED and _is_aim(f, context):
        return True
    if q.dimension in COUNTED:
        led = rx(rf"(?:支持|力争|积极|推动|鼓励)*{any_of(words()['achieve']['undated'])}").match(
            left
        )
        return (
            ends_with("undated", left)
            or (bool(led) and q.value >= 2)
            or (modal and _contains("modal_count_re", left))
        )
    if q.dimension in _RELATIVE or q.dimension in ("per", "mass", "none"):
        return modal or ("占" not in left and _binds(f, context.goals))
    return modal


def _is_aim(f: FigureList, context: Context) -> bool:
    """An aim without a date, unless it is told as done."""
    if rx("[已了仍]|成功|连续").search(f.sentence.masked, 0, f.first.start):
        return False
    if f.first.dimension in _RELATIVE and _from_plan_base(f, context):
        return True
    return (_level(f.bare) or _bound(f)) and _led_by_task(f)


def _from_plan_base(f: FigureList, context: Context) -> bool:
    """较2020年提高8个百分点, and what follows it (下降5%): only a plan counts from so late a year.

    So late is the last year of the five-year plan before the document, or after it.
    """
    at = f.first.start
    if not (ends_with("down", f.bare) or ends_with("up", f.bare)):
        return False
    since = (context.time.year - 1) // 5 * 5
    return any(
        d.role == "baseline" and d.start < at and d.years[0] >= since for d in f.sentence.dates
    )


@cache
def _task() -> re.Pattern:
    return re.compile(rf"[“\"(]*(?:{words()['tasks']['opening_re']})")


def _led_by_task(f: FigureList) -> bool:
    """加快建设绿色港口,岸电覆盖率达到100%: the clause before is a task, the figure its aim."""
    s = f.sentence
    return f.clause == 1 and s.masked[s.ends[0]] == "," and bool(_task().match(s.masked))


def is_yearly(s: Sentence, at: int) -> bool:
    """每年 in an earlier clause of an undated list: 每年组织A 3场以上,组织B 4场以上."""
    if any(d.role == "horizon" and d.start < at for d in s.dates):
        return False
    found = s.masked.find("每年", 0, at)
    return found >= 0 and not rx("[;。]").search(s.masked[found:at])
