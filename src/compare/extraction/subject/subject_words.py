"""What is measured: the subject of a clause, freed from dates, hedges and predicates, and split."""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.layout.located import without
from compare.vocabulary.divisions import gazetteer
from compare.vocabulary.lexicon import any_of, rx, words

_WHOLE = (
    r"(?:(?:全|我|本|该)(?:省|市|区|县|州|旗|域|境|港|台|国)|全市域|市域|全域|全社会(?=[用能耗]))"
)


# …达到最大用电负荷的3%, …为装机容量的20%, 达到每公顷75立方米: what the figure is a share of
_OF = re.compile(
    r"(?:分别)?(?:提高到|提升到|提高至|提升至|增加到|降到|降至|降低到|达到|达|为|到|不低于|不少于|不超过|不应大于|不应超过|不应低于)(?:每公顷|每亩|每平方公里|每平方米|每万人|每千人|每百户|每公里|(?:最大|全社会|同期|总)?[\u4e00-\u9fff]{2,10}的)$"
)
_OF_ENDS = ("的", "每公顷", "每亩", "公里", "平方米", "万人", "千人", "百户")

_BESIDE = re.compile(
    r"(?<=..)(?:较|比)基准年(?:减量|减少|降低|下降)?$|(?:在)?(?:现有|目前|当前)(?:水平|基础)(?:上|之上)?(?:[\u4e00-\u9fff]{2}(?=$))?$|的$|(?<=[\u4e00-\u9fff]{2})等$"
)

_COMPARED = re.compile(r"(?:较|比)(?:峰值|现状|上年?|往年|同期)(?:年|水平)?$")
_COMPARED_END = ("峰值", "现状", "上年", "往年", "同期", "水平", "峰值年", "比上", "较上")

# 原则上按照不低于装机容量10%配置储能
_AS_SHARE = re.compile(r"(?<=..)(?:原则上)?(?:按照?)?不(?:低于|少于|小于)[\u4e00-\u9fff]{2,6}$")
_SHARED = ("容量", "规模", "面积", "功率", "总量", "用电量", "用气量", "用水量", "消费量")

# … but these name a measure where nothing but they stands at the end
_KEEP = (
    "下降率", "降低率", "增长率", "提高率", "削减率", "降幅", "增幅", "增速", "比例", "总量", "新增", "减排", "减量", "节约", "目标", "规模化", "节能减排",
    "总体", "整体", "实际", "有效", "改造提升",
)  # fmt: skip


@cache
def _tail(keep_nouns: bool) -> re.Pattern[str]:
    """The words that stand between a subject and its figure, one behind another, read from the end back."""
    p, b = words()["predicates"], words()["bounds"]
    before = [w for k, ws in b.items() if k.endswith("before") for w in ws]
    between = any_of(
        w[::-1]
        for part in (
            p["level"],
            p["down"],
            p["up"],
            p["adverbs"],
            before,
            words()["directional"]["adverbs"],
        )
        for w in part
    )
    keep = f"(?!{any_of(w[::-1] for w in _KEEP)})" if keep_nouns else ""
    return re.compile(rf"(?:{keep}(?!.\Z){between}[,、]*)+", re.DOTALL)


@cache
def _head() -> re.Pattern:
    known = gazetteer()
    places = any_of(n for n, level in known.bare.items() if level != "county")
    will = (
        rf"{places}[省市州]?(?=将|拟|计划|预计|力争|要(?!求|素|件))"  # 四川将新建…: the whole place
    )
    n = words()["names"]
    a = words()["attribution"]
    # 《方案》还提出, 方案确定的目标是
    told = (
        rf"(?:\u25a1+|(?:本|该)?(?:{any_of(a['short_heads'])})*{any_of(a['documents'])})?(?:还|同时|也|并|中)*"
        rf"(?:提出|明确|指出|要求|规定|强调|确定(?=的目标))+了?(?:的?目标[是为])?"
    )
    return re.compile(
        rf"^(?:{told}|[,、;:\s]|【[^】]{{0,20}}】|\(\)|\(其中|{_WHOLE}(?!部|面)|{n['lead_re']}|{n['nested_re']}|{will})+"
    )


def strip_head(text: str) -> str:
    """Drop what only introduces a subject: 全市, 力争, 实现, 建成 …"""
    m = _head().match(text)
    if not m:
        return text
    rest = text[m.end() :]
    return rest if len(rest) > 1 else text


@cache
def _fronted() -> tuple[re.Pattern[str], re.Pattern[str]]:
    n = words()["names"]
    lead = "^(?:年|每年|累计|预计|可)*"
    return (
        re.compile(rf"{lead}{any_of(n['fronted_to'])}(?![率值性量])"),
        re.compile(rf"{lead}{any_of(n['fronted_by'])}(?![率值性量])"),
    )


def without_fronted_verb(name: str, words_before: str, bound: bool) -> str:
    """A measure without the verb in front of it: 提高清洁运输占比至75%, 减少碳排放30万吨.

    Parameters
    ----------
    name : str
        The subject.
    words_before : str
        All words of the clause before the figure.
    bound : bool
        Whether a bound stands behind the figure (控制产能在120万吨以内).
    """
    to, by = _fronted()
    led = rx("(?:至|到|在|为)(?:约|近)?$").search(words_before)
    found = to.match(name) if led or bound else by.match(name)
    if found and len(name) - found.end() >= 2:
        return strip_head(name[found.end() :])
    return name


# 建筑能效在现行节能标准基础上提升25%
# 森林覆盖率近期(2025年)达到60%
_TERM = re.compile(r"(?<=..)(?:近期|中期|远期)\(\)$")
_STANDARD = re.compile("(?<=..)在(?:现行|现有|现状|目前|当前)[^,;]{0,10}基础上$")
# …能力均新增: between the subject and a noun that stays
_SEAM = re.compile("(?:分别|均|都|各)(?=(?:新增|净增)$)")


def introduces(text: str) -> bool:
    """Whether a phrase only introduces a subject: 力争全市."""
    return bool(_head().fullmatch(text)) and bool(rx(_WHOLE).search(text))


def strip_tail(text: str, keep_nouns: bool = True) -> str:
    """Drop predicates, adverbs and bounds that stand between a subject and its figure."""
    stop = len(_stripped(str(text), keep_nouns))
    text = text[:stop] if stop < len(text) else text
    return without(_SEAM, text) if text.endswith(("新增", "净增")) else text


def _stripped(text: str, keep_nouns: bool) -> str:
    """What is left of the beginning of ``text``."""
    # patterns that hold at the end only are slow to search for: look at the end first
    if text.endswith(_OF_ENDS):
        text = _OF.sub("", text)
    if text.endswith(("的", "等")) or "水平" in text or "基础" in text or "基准年" in text:
        text = _BESIDE.sub("", text)
    between = _tail(keep_nouns).match(text[::-1])
    if between:
        text = text[: -between.end()]
    text = _AS_SHARE.sub("", text) if text.endswith(_SHARED) else text
    text = _COMPARED.sub("", text) if text.endswith(_COMPARED_END) else text
    text = _TERM.sub("", text) if text.endswith("()") else text
    text = _STANDARD.sub("", text) if text.endswith("基础上") else text
    return text.removesuffix("的") if len(text) > 2 else text


def names_indicator(text: str) -> bool:
    """Whether a phrase ends with a measure (…率, …占比, …排放量): it names an indicator in full."""
    return bool(_NAMED.search(text))


_NAMED = re.compile(
    r"(?:率|比重|占比|比例|强度|(?<![低零])能耗|煤耗|水耗|电耗|排放(?:总)?量?|消费(?:总)?量|消耗(?:总)?量?|消费|蓄积量|保有量|总量|利用量|面积|规模|产值|增加值|浓度|"
    r"装机(?:容量)?|里程|数量|产量|用水量|电量|投入|密度|水平|能力|降幅|下降率|覆盖面|能效|PUE值?)$"
)


@cache
def action_verbs() -> tuple[re.Pattern, re.Pattern]:
    known = words()["names"]["actions"]
    verbs = rf"(?:{any_of([v for v in known if v not in ('争创', '建')])}|(?<!力)争创|建(?![筑材制成设]))(?!区)"  # 力争创建
    done = rf"(?:累计)?{verbs}(?:[、和与及]?{verbs})*"
    bounds = "(?:了|约|近|至少|不少于|不低于|超过|大约|起|出|一批)*"
    return re.compile(rf"(?P<verb>{done}){bounds}$"), re.compile(done)
