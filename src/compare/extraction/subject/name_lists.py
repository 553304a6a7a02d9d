"""Names that several figures share: A、B和C装机容量分别…, the shared words repeated for each.

Where the shared end of the last name begins is found by named rules; the first that applies decides.
"""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.layout.located import Located, group, mapped, offsets, split
from compare.extraction.rules import Rule
from compare.extraction.subject.subject_words import action_verbs, names_indicator
from compare.vocabulary.lexicon import rx, words

_SPLIT = re.compile(r"、|和|及其?|与|以及|,")
_LEVELS = re.compile(
    "(?P<each>(?:(?:国家|[省市州盟县区乡镇])[、和])+[省市州盟县区旗乡镇村])[两二三四]级"
)
_HAN = "[\u4e00-\u9fff]"


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
    levels = _LEVELS.match(text) if count else None
    if levels and len(each := split(_SPLIT, group(levels, text, "each"))) == count:
        return [x + "级" + text[levels.end() :] for x in each]  # 省、市、县三级|党政机关…
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
    among = rx(f"{_HAN}{{0,8}}(?:结构|总量|消费|用能|装机|建筑|车辆|产品)中(?={_HAN}{{2}})").match(
        first
    )
    if among:  # 发电结构中煤电、风电占比
        inside = group(among, first)
        items = [first, *(p if "中" in p else inside + p for p in items[1:])]
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
    own, back, _ = _shared_end(items[:-1], last)
    if not back:
        return items
    if back[0] == "各" and action_verbs()[1].match(back, 1):  # A、B各建成…
        back = back[1:]
    out = []
    for item in items[:-1]:
        if item.endswith("电") and back.startswith("发电"):
            out.append(item + back[2:])
            continue
        full = item.endswith(back) or (names_indicator(item) and len(item) > 3)
        out.append(item if full else item + back)
    return [*out, own + back]


def _shared_end(others: list[str], last: str) -> tuple[str, str, str]:
    """The last item's own words, the end that it shares, and the id of the rule that parted them."""
    for rule in RULES:
        found = rule.applies(others, last)
        if found:
            end, begin = found
            return last[:end], last[begin:], rule.id
    return last, "", ""


Parting = tuple[int, int] | None
"""Where the last item's own words end, and where the shared end begins."""


def _closed(others: list[str], last: str) -> Parting:
    """炼油、乙烯等能效标杆水平产能占比; 总磷、甲烷等4类污染因子治理工程削减量"""
    m = rx(f"{_HAN}{{1,8}}?(?<![高平均对上中初])等(?=.{{4}})").match(last)
    if not m or any(names_indicator(x) for x in others):
        return None
    counted = rx(r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})(?:类|种|项|个|大|家)")
    begin = m.end()
    if counted.match(last, begin):
        begin += measure_start(last[begin:])
    return (m.end() - 1, begin) if begin < len(last) else None


_SETTLEMENT = re.compile("(?:城镇|农村|城市|县城|城区|镇区|乡村|市区|乡镇|城乡)(?:地区|居民)?")


def _settlements(others: list[str], last: str) -> Parting:
    ours, theirs = _SETTLEMENT.match(last), _SETTLEMENT.match(others[0])
    alike = ours and theirs and len(theirs[0]) == len(others[0])
    return (ours.end(), ours.end()) if ours and alike else None


_SHORT = 6  # characters of a name that is one word; longer ones are phrases


def _same_word(others: list[str], last: str) -> Parting:
    first = others[0]
    for size in range(len(first), 0, -1):
        at = last.find(first[-size:])
        end = at + size
        # one character alone tells the kind only of single words: 电动小客车、电动机车市售比
        alike = size > 1 or (at < len(first) <= _SHORT and end >= len(first) - 1)
        if at >= 0 and end < len(last) and alike:
            return end, end
    return None


_TRADE = "(?:行业|领域|产业)"


def _trade(others: list[str], last: str) -> Parting:
    m = rx(f"{_HAN}{{1,8}}?(?={_TRADE}{_HAN}{{4}})").match(last)
    plain = m and not any(rx(f"{_TRADE}$").search(x) or names_indicator(x) for x in others)
    return (m.end(), m.end()) if m and plain else None


def _per(others: list[str], last: str) -> Parting:
    per = last.find("单位", 1)
    carried = rx("(?:客运|货运|客货运|运输)$").search(last, 0, max(per, 0))
    per = carried.start() if carried else per
    alike = not names_indicator(others[0]) or others[0][:2] == last[:2]
    return (per, per) if per > 1 and alike else None


def _added(_: list[str], last: str) -> Parting:
    begin = len(last) - len("新增")
    return (begin, begin) if begin > 1 and last.endswith(("新增", "净增")) else None


def _measure(_: list[str], last: str) -> Parting:
    begin = measure_start(last)
    return (begin, begin) if begin < len(last) else None


RULES = (
    Rule(
        "shared-behind-a-list", "What stands behind A、B等 is shared, without the class that counts them.", "name",
        _closed,
        taken="总磷、甲烷等2类污染因子治理工程削减量", left="总磷、甲烷治理工程削减量",
    ),
    Rule(
        "shared-by-settlements", "城镇, 农村 and the like share all that follows the last of them.", "name",
        _settlements,
        taken="城镇、农村生活污水治理率", left="城镇、工业污水处理率",
    ),
    Rule(
        "shared-behind-a-word", "Names that end in the same word share what follows it.", "name", _same_word,
        taken="营运车辆、社会车辆新能源占比", left="营运车辆、船舶新能源占比",
    ),
    Rule(
        "shared-by-trades", "Trades share 行业 and what follows it.", "name", _trade,
        taken="钢铁、水泥行业能效标杆水平产能占比", left="钢铁行业、水泥行业能效标杆水平产能占比",
    ),
    Rule(
        "shared-per-unit", "单位… and what is carried before it are shared.", "name", _per,
        taken="公路、航空客运单位能耗", left="公路、航空客运能耗",
    ),
    Rule(
        "shared-addition", "新增 behind several things is done to each.", "name", _added,
        taken="户用储能、换电重卡新增", left="户用储能、换电重卡保有量",
    ),
    Rule(
        "shared-measure", "The measure at the end is shared, with the words that belong to it.", "name", _measure,
        taken="小麦、马铃薯秸秆综合利用率", left="小麦、马铃薯",
    ),
)  # fmt: skip
"""Where the end that several names share begins, in the order in which the rules are asked."""


def parted(text: str) -> str:
    """The id of the rule that parts the last of several names (A、B…) from the end that it shares."""
    *others, last = split(_SPLIT, text)
    return _shared_end(others, last)[2]


_LONGEST_MEASURE = 40
_ANY_MEASURE = re.compile("[\u4e00-\u9fff]{2}(?:率|量)$")


@cache
def _shared() -> tuple[re.Pattern[str], re.Pattern[str]]:
    n = words()["names"]
    return re.compile(f"{n['shared_re']}$"), re.compile(f"(?:{n['shared_lead_re']})+$")


def measure_start(text: str) -> int:
    """Where the measure begins that a name ends with, and what belongs to it: 马铃薯 | 秸秆综合利用率."""
    measure, lead = _shared()
    near = max(0, len(text) - _LONGEST_MEASURE)
    found = measure.search(text, near) or _ANY_MEASURE.search(text, near)
    if not found:
        return len(text)
    front = lead.search(text, near, found.start())
    return front.start() if front and front.start() > 0 else found.start()
