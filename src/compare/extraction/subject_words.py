"""What is measured: the subject of a clause, freed from dates, hedges and predicates, and split."""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.located import Located, group, mapped, offsets, split, without
from compare.vocabulary.divisions import gazetteer
from compare.vocabulary.lexicon import any_of, rx, words

_SPLIT = re.compile(r"、|和|及其?|与|以及|,")
_WHOLE = (
    r"(?:(?:全|我|本|该)(?:省|市|区|县|州|旗|域|境|港|台|国)|全市域|市域|全域|全社会(?=[用能耗]))"
)


@cache
def _tail() -> dict[str, list[str]]:
    """Words that stand between a subject and its figure, by their last character, longest first."""
    p = words()["predicates"]
    b = words()["bounds"]
    before = [w for k, ws in b.items() if k.endswith("before") for w in ws]
    flat = {
        w
        for part in (
            p["level"],
            p["down"],
            p["up"],
            p["adverbs"],
            before,
            words()["directional"]["adverbs"],
        )
        for w in part
    }
    out: dict[str, list[str]] = {}
    for word in sorted(flat, key=len, reverse=True):
        out.setdefault(word[-1], []).append(word)
    return out


# …达到最大用电负荷的3%, …为装机容量的20%, 达到每公顷75立方米: what the figure is a share of
_OF = re.compile(
    r"(?:分别)?(?:达到|达|为|到|不低于|不少于|不超过|不应大于|不应超过|不应低于)(?:每公顷|每亩|(?:最大|全社会|同期|总)?[\u4e00-\u9fff]{2,10}的)$"
)
_OF_ENDS = ("的", "每公顷", "每亩")

_BESIDE = re.compile(
    r"(?<=..)(?:较|比)基准年(?:减量|减少|降低|下降)?$|(?:在)?(?:现有|目前|当前)(?:水平|基础)(?:上|之上)?(?:[\u4e00-\u9fff]{2}(?=$))?$|的$|(?<=[\u4e00-\u9fff]{2})等$"
)

_COMPARED = re.compile(r"(?:较|比)(?:峰值|现状|上年|往年|同期)(?:年|水平)?$")
_COMPARED_END = ("峰值", "现状", "上年", "往年", "同期", "水平", "峰值年")

# 原则上按照不低于装机容量10%配置储能
_AS_SHARE = re.compile(r"(?<=..)(?:原则上)?按照?不(?:低于|少于|小于)[\u4e00-\u9fff]{2,6}$")
_SHARED = ("容量", "规模", "面积", "功率", "总量")

# … but these name a measure where nothing but they stands at the end
_KEEP = (
    "下降率", "降低率", "增长率", "提高率", "削减率", "降幅", "增幅", "增速", "比例", "总量", "新增", "减排", "减量", "节约", "目标", "规模化", "节能减排",
    "总体", "整体", "实际", "有效",
)  # fmt: skip


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
        rf"^(?:{told}|[,、;:\s]|\(\)|\(其中|{_WHOLE}(?!部|面)|{n['lead_re']}|{n['nested_re']}|{will})+"
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
    text = text[: len(_stripped(str(text), keep_nouns))]
    return without(_SEAM, text) if text.endswith(("新增", "净增")) else text


def _stripped(text: str, keep_nouns: bool) -> str:
    """What is left of the beginning of ``text``."""
    known = _tail()
    # patterns that hold at the end only are slow to search for: look at the end first
    if text.endswith(_OF_ENDS):
        text = _OF.sub("", text)
    if text.endswith(("的", "等")) or any(w in text for w in ("水平", "基础", "基准年")):
        text = _BESIDE.sub("", text)
    while text:
        word = next(filter(text.endswith, known.get(text[-1], ())), "")
        if not word or len(text) == 1 or (keep_nouns and text.endswith(_KEEP)):
            break
        text = text[: -len(word)].rstrip(",、")
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


def split_list(text: str, count: int | None = None) -> list[str]:
    """Split A、B和C<head> into full names, the shared head repeated for each.

    Parameters
    ----------
    text : str
        The subject, in clean text.
    count : int, optional
        How many items the figures call for; without it only items that are named in full (each
        ends with a measure) are split.

    Returns
    -------
    list of str
        ``[text]`` where it is one population or does not split into ``count`` items.
    """
    if not _SPLIT.search(text):
        return [text]
    items = [_unguard(p) for p in split(_SPLIT, _guard(text)) if p]
    if count is None:
        if len(items) > 1 and all(names_indicator(p) for p in items):
            return _share_front(items)
        if len(items) > 1 and names_indicator(items[-1]):
            groups = _named_groups(text)
            # A、B排放和C排放强度: the last word is that of all
            joint = text.endswith("排放强度") and any(g.endswith("排放") for g in groups)
            if len(groups) > 1 and not joint:
                return groups
        return [text]
    if len(items) < count:
        return [text]
    if len(items) > count:
        merged = _merge(text, items, count)
        if merged is None:
            return [text]
        items = merged
    if not all(names_indicator(p) for p in items):
        items = _share_back(items)
    return _share_front(items)


# separators inside brackets and quotes, while a text is split
_HIDE = str.maketrans("、和及与,", "\x01\x02\x03\x04\x05")
_SHOW = {hidden: shown for shown, hidden in _HIDE.items()}


def _guard(text: str) -> str:
    """Hide separators inside brackets and quotes from splitting."""
    if not rx(r"[(“\"《]").search(text):
        return text
    hidden = rx(r"\([^)]*\)|“[^”]*”|《[^》]*》").sub(lambda m: m[0].translate(_HIDE), text)
    return Located(hidden, offsets(text))


def _unguard(text: str) -> str:
    return mapped(text, _SHOW)


def _named_groups(text: str) -> list[str]:
    """Split only behind full names: 能耗和排放 / A率和B、C率 keep B、C together."""
    out, at = [], 0
    for m in _SPLIT.finditer(_guard(text)):
        if names_indicator(text[at : m.start()]) and names_indicator(text):
            out.append(text[at : m.start()])
            at = m.end()
    out.append(text[at:])
    return _share_front(out) if len(out) > 1 else out


def _merge(text: str, items: list[str], count: int) -> list[str] | None:
    """Bring too many items down to ``count`` by splitting only at the strongest separators."""
    groups = _named_groups(text)
    if len(groups) == count:
        return groups
    for strong in (r"以及|,", r"、", r"和|与|及"):
        parts = [p for p in split(rx(strong), _guard(text)) if p]
        if len(parts) == count:
            return [_unguard(p) for p in parts]
    return None


_INTENSITY = "(?:单位)?(?:能耗|物耗|水耗|电耗|碳|碳排放|二氧化碳排放|排污|污染物排放|用水|用能|能源消耗|能源消费)(?:强度)?"
_BARE_INTENSITY = re.compile(_INTENSITY)
_OF_WHOM = re.compile(
    f"(?:.{{2,40}}?(?:产品|行业|领域|企业|园区)|农业|工业|建筑|交通|交通运输)(?={_INTENSITY}$)"
)


def _share_front(items: list[str]) -> list[str]:
    """Repeat a front that only the first of several fully named items carries.

    单位GDP能耗 / 二氧化碳排放下降率 → 单位GDP能耗下降率 / 单位GDP二氧化碳排放下降率.
    """
    first, last = items[0], items[-1]
    front = re.match(
        r"(?:规模以上)?(?:单位|万元|亿元)(?:地区生产总值|国内生产总值|生产总值|本地生产总值|GDP|工业增加值|建筑面积|产品|产值)|公共机构(?=单位|人均)|人均(?=[^\d])|主要农作物|(?:城镇|城市|农村|县城)(?=生活)",
        first,
    )
    if front:
        lead = group(front, first)
        items = [
            first,
            *(
                p
                if _SETTLEMENT.match(p)
                or p.startswith(
                    ("单位", "万元", "亿元", lead, "人均") if lead != "公共机构" else (lead,)
                )
                else lead + p
                for p in items[1:]
            ),
        ]
    elif whose := _OF_WHOM.match(first):  # 主要产品单位能耗、排污强度; 工业水耗强度、碳强度
        lead = group(whose, first)
        items = [first, *(lead + p if _BARE_INTENSITY.fullmatch(p) else p for p in items[1:])]
    shared = rx(r"(?:覆盖|普及|配备|安装)率$").search(first)
    if shared:  # 泊位岸电覆盖率、使用率
        head = first[: shared.start()]
        items = [head + p if rx("(?:使用|利用|运行)率").fullmatch(p) else p for p in items]
    back = rx(r"(?:下降率|降低率|下降幅度|降幅|下降|削减率)$").search(last)
    if back:
        items = [p if p.endswith(back[0]) else p + group(back, last) for p in items[:-1]] + [
            items[-1]
        ]
    return items


def _share_back(items: list[str]) -> list[str]:
    """Repeat the shared end of the last item for all: 光伏 / 风电装机容量 → 光伏装机容量 / 风电装机容量."""
    last = items[-1]
    closed = rx("[\u4e00-\u9fff]{1,8}?(?<![高平均对上中初])等(?=.{4})").match(last)
    if closed and all(len(x) <= 8 for x in items[:-1]):
        # 炼油、乙烯等能效标杆水平产能占比; 总磷、甲烷等4类污染因子治理工程削减量
        back = last[closed.end() :]
        if rx(r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})(?:类|种|项|个|大|家)").match(back):
            back = back[_measure_start(back) :]
        if back:
            return [x + back for x in (*items[:-1], last[: closed.end() - 1])]
    own = _own_part(items[:-1], last)
    back = last[own:]
    if not back:
        return items
    out = []
    for item in items[:-1]:
        if item.endswith("电") and back.startswith("发电"):
            out.append(item + back[2:])
            continue
        out.append(
            item
            if item.endswith(back) or (names_indicator(item) and len(item) > 3)
            else item + back
        )
    return [*out, last]


_SETTLEMENT = re.compile("(?:城镇|农村|城市|县城|城区|镇区|乡村|市区|乡镇|城乡)(?:地区|居民)?")


def _own_part(others: list[str], last: str) -> int:
    """Where the shared end begins in the last item."""
    first = others[0]
    ours, theirs = _SETTLEMENT.match(last), _SETTLEMENT.match(first)
    if ours and theirs and len(theirs[0]) == len(first):
        return ours.end()  # 城镇、农村生活污水治理率
    for size in range(min(6, len(first)), 0, -1):
        at = last.find(first[-size:])
        if (
            at >= 0
            and at + size < len(last)
            and (size > 1 or (at < len(first) and len(first) <= 6))
        ):
            return at + size
    trade = rx(r"[\u4e00-\u9fff]{1,6}?(?=(?:行业|领域|产业)[\u4e00-\u9fff]{4})").match(last)
    if trade and all(len(x) <= 6 and not x.endswith(("行业", "领域", "产业")) for x in others):
        return trade.end()  # 钢铁、水泥行业能效达到标杆水平以上产能占比
    per = last.find("单位", 1)
    carried = rx("(?:客运|货运|客货运|运输)$").search(last, 0, max(per, 0))
    per = carried.start() if carried else per
    if per > 1 and (not names_indicator(first) or first[:2] == last[:2]):
        return per  # 营运车辆、营运船舶单位运输周转量二氧化碳排放
    return _measure_start(last)


_LONGEST_MEASURE = 40
_ANY_MEASURE = re.compile("[\u4e00-\u9fff]{2}(?:率|量)$")


@cache
def _shared() -> tuple[re.Pattern[str], re.Pattern[str]]:
    n = words()["names"]
    return re.compile(f"{n['shared_re']}$"), re.compile(f"(?:{n['shared_lead_re']})+$")


def _measure_start(text: str) -> int:
    """Where the measure begins that a name ends with, and what belongs to it: 马铃薯 | 秸秆综合利用率."""
    measure, lead = _shared()
    near = max(0, len(text) - _LONGEST_MEASURE)
    found = measure.search(text, near) or _ANY_MEASURE.search(text, near)
    if not found:
        return len(text)
    front = lead.search(text, near, found.start())
    return front.start() if front and front.start() > 0 else found.start()


@cache
def action_verbs() -> tuple[re.Pattern, re.Pattern]:
    known = words()["names"]["actions"]
    verbs = rf"(?:{any_of([v for v in known if v not in ('争创', '建')])}|(?<!力)争创|建(?![筑材制成设]))(?!区)"  # 力争创建
    done = rf"(?:累计)?{verbs}(?:、?{verbs})*"
    bounds = "(?:了|约|近|至少|不少于|不低于|超过|大约|起|出|一批)*"
    return re.compile(rf"(?P<verb>{done}){bounds}$"), re.compile(done)
