"""Sub-areas: a named or singular part of the place that a target is for."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from compare.extraction.layout.located import group, split, without
from compare.vocabulary.divisions import gazetteer
from compare.vocabulary.lexicon import any_of, rx, words

PLACES_SEP = re.compile("、|和|及|与")
_HAN = "[\u4e00-\u9fff]"
# a name that no list knows, by its shape: 云岭县, 顺宁镇, 江东街道
_SHAPE = re.compile(r"(?:(?![和及与的各全等、以])[\u4e00-\u9fff]){2,3}?(?:[市区县旗州镇乡]|街道)")
_ISLAND = re.compile(
    rf"{_HAN}{{2}}(?:列岛|(?<![海半全各本群])岛)|(?![沿无有]|远离|离岸|近岸|所有|全部|部分|周边|偏远|边远|重点|主要|其他|生态|旅游|零碳|低碳|绿色){_HAN}{{2}}海岛(?!港|型|县|镇|建|旅|开|保|经|产)"
)
# what a government is for, unless a title names nothing larger: 桂林市漓江流域…方案
_NATURAL = re.compile("(?:流域|沿[岸线]|[东西南北两]岸|湖滨带|[江河]段|湖区|群岛|半岛|库区|山区)$")
# 主城五区, 沿江八市, 五个新城: parts that are counted, not named
_COUNTED_PARTS = re.compile(
    r"(?:主城|城区|沿江|沿海|环湖|沿黄|沿边|山区|库区|中心|周边)[二两三四五六七八九十][市区县州](?!域|级)|[二三四五六七八九十]个新城"
)
# 城区常住人口100万以上的城市, 超大、特大城市: cities by size
_BY_SIZE = re.compile(
    r"(?:(?:(?:城区|城镇|市区)?(?:常住|户籍)?人口)?\d+万人?(?:及)?(?:以上|以下|(?:至|到|[-—~～]+)\d+万人?(?:之间)?)(?:的)?(?:超大|特大|大|中等|中小|小)?"
    r"|(?:(?:超大|特大|[ⅠⅡI]+型大|大|中等|[ⅠⅡI]+型小|小)型?(?:城市)?[、和及与])*(?:超大|特大|[ⅠⅡI]+型大|大中?|中等|中小|[ⅠⅡI]+型小|小)型?)"
    r"城市(?:建成区)?(?!建|群|公交|化|更|道|管|规|居)"
)
# 南部山区, 东部片区: a part by where it lies
_BY_SIDE = re.compile(
    "[东西南北中](?:[东西南北])?部(?:山区|片区|牧区|库区|林区|平原|丘陵|区域|地区|沿海|组团|新城|各[县区市])"
)
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十\d]+[、.]|\([一二三四五六七八九十\d]+\))?"
    r"(?P<name>(?!建设|打造|推进|推动|加快|创建|发展|提升|优化|支持|完善|强化|治理|保护|修复)[^,。;:\d、.()]{1,18}?(?:合作区|园区|区|县|市|旗|州|流域|组团|新城|群岛|街道))(?:$|:)"
)
# 临港开发区到2025年实现以下目标: what opens a list of the goals of a part
_OPENS = re.compile(
    "(?:[^;。:]{0,20}?(?:目标(?:任务)?|任务|如下|以下|下列|指标|要求|包括)(?:是|为|如下|包括)*)?:"
)
_LEAD_DATE = re.compile(r"(?:(?:到|至|在)?20\d\d年(?:底|末)?(?:前)?,?)?")
# 信丰、全南、龙南三县(市); 榆神、榆横两个工业区: the class says how many there are
_NUMBERED = re.compile(
    r"(?P<n>[二两三四五六七八九十])(?:个|大)?(?:县区?|市区?|区县?|州市?|地|旗|乡镇?|镇|街道|林场|基地|片区|城市|(?:工业|产业|化工)?园?区)(?:□+|\([市区县旗]\))?"
)
_KIND_OF_ZONE = re.compile(
    "(?<=[二两三四五六七八九十个大])(?:(?:工业|产业|化工)园?区|园区|开发区|基地|片区)$"
)
_COUNT = {c: i for i, c in enumerate("二三四五六七八九十", 2)} | {"两": 2}
_MOST_PLACES = 80  # characters of a list of places


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    known = words()["places"]
    centre, zone = any_of(known["centres"]), any_of(known["zones"])
    part, kinds = any_of(known["parts"]), any_of(known["kinds_of_parts"])
    return {
        "part": re.compile(
            rf"[环沿]{_HAN}{{1,4}}?[湖海江河](?:地区|区域|沿线)|(?!{kinds}|{any_of(words()['names']['actions'])})(?:(?![和及与的各以在占])(?!{kinds}){_HAN}){{2,8}}?(?:国家级?|省级)?{part}(?!{any_of(known['of_parts'])})"
        ),
        "centre": re.compile(rf"(?!{any_of(known['classes'])})(?:{_HAN}{{2,4}}?)??{centre}"),
        "zone": re.compile(rf"{_HAN}{{1,8}}?{zone}|{any_of(known['sole_zones'])}"),
        "more": re.compile(rf"(?:{_HAN}{{0,6}}?{zone}|{centre})"),
        "rest": re.compile(
            rf"(?:其他|其余)(?:{any_of(known['rest_of'])}(?:\([^)]*\)|□+)?|各{any_of(known['rest_of'])})(?![\u4e00-\u9fff]?项目)"
        ),
        "goes_on": re.compile(rf"{any_of(known['goes_on'])}|城(?![区市乡镇])"),
        "common": re.compile(any_of(known["common_heads"])),
    }


@cache
def _no_names() -> tuple[frozenset[str], tuple[str, ...]]:
    known = words()["places"]
    return frozenset(known["common_names"]), tuple(known["common_nouns"])


def _place_at_head(text: str) -> int:
    """Length of the name of a part of the place that ``text`` begins with; 0 where it begins with none."""
    size = _part_at_head(str(text))
    more = _patterns()["more"].match(text, size) if size else None
    return more.end() if more else size


@lru_cache(maxsize=2000)
def _part_at_head(text: str) -> int:
    p = _patterns()
    for pattern in (p["rest"], _COUNTED_PARTS, _BY_SIZE, _BY_SIDE, p["centre"]):
        found = pattern.match(text)
        if found:
            return found.end()
    if p["common"].match(text):
        return 0
    size = _division_at_head(text) or _unlisted_at_head(text)
    if size:
        return size
    for pattern in (p["part"], p["zone"], _ISLAND):
        found = pattern.match(text)
        if found and not rx("[的以]").search(found[0]):
            return found.end()
    return 0


def _division_at_head(text: str) -> int:
    name = gazetteer().at_head(text)
    common, _ = _no_names()
    if not name or name in common or _patterns()["goes_on"].match(text, len(name)):
        return 0
    return len(name)


def _unlisted_at_head(text: str) -> int:
    _, nouns = _no_names()
    found = _SHAPE.match(text)
    if (
        not found
        or found[0].endswith(nouns)
        or found[0] in gazetteer().bare
        or _patterns()["goes_on"].match(text, found.end())
    ):
        return 0
    return found.end()


def is_place(text: str) -> bool:
    """Whether a phrase is the name of one part of the place, and nothing else."""
    return 0 < _place_at_head(text) == len(text)


def named_part(text: str, ends: str) -> str | None:
    """The part of a place that ``text`` begins with, by a name of its own that ends in one of ``ends``."""
    kinds = any_of(words()["places"]["kinds_of_parts"])
    found = rx(
        rf"(?!{kinds})(?:(?![和及与的各以在占])(?!{kinds}){_HAN}){{2,10}}?(?:国家级?|省级)?(?:{ends})|[东西南北老](?:{ends})"
    ).match(text)
    return str(found[0]) if found else None


def leading_places(text: str) -> tuple[list[str], int]:
    """The places that a subject begins with (A区、B县…; A、B两县…), and where they end; none, and 0."""
    spans, end = _spans_at_head(str(text)[:_MOST_PLACES])
    names = [text[a:b] for a, b in spans]
    if len(spans) > 1:
        kind = _KIND_OF_ZONE.search(text, spans[-1][1], end)  # 榆神、榆横两个工业区
        names = [n + group(kind, text) for n in names] if kind else names
    return names, end


@lru_cache(maxsize=2000)
def _spans_at_head(head: str) -> tuple[tuple[tuple[int, int], ...], int]:
    """Where the places of a list stand, and where the list ends."""
    counted = _counted_list(head)
    if counted:
        return counted
    spans: list[tuple[int, int]] = []
    at = end = 0
    while size := _place_at_head(head[at:]):
        end = at + size
        spans.append((at, end))
        gap = PLACES_SEP.match(head, end)
        if not gap:
            break
        at = gap.end()
    return tuple(spans), end


def _counted_list(head: str) -> tuple[tuple[tuple[int, int], ...], int] | None:
    """涞源、阜平、易县三县…: any names, if there are as many as the class behind them says."""
    if "、" not in head and "和" not in head:
        return None
    m = _NUMBERED.search(head)
    if not m:
        return None
    for sep in (PLACES_SEP, rx("、")):  # 泰和、万安、遂川三县: 和 may be of a name
        stops = [*sep.finditer(head, 0, m.start())]
        begins = [0, *(s.end() for s in stops)]
        ends = [*(s.start() for s in stops), m.start()]
        spans = tuple((a, b) for a, b in zip(begins, ends, strict=True) if a < b)
        if len(spans) == _COUNT[m["n"]] and all(2 <= b - a <= 6 for a, b in spans):
            return spans, m.end()
    return None


def as_places(said: str) -> str:
    """The words of places without a bare count behind them: 甲、乙、丙三地."""
    return str(without(rx("[二两三四五六七八九十]地$"), said))


def places_of(text: str) -> list[str]:
    """The places that a phrase lists (江北区、海曙区; 昆明、曲靖; 信丰、全南、龙南三县), or none."""
    names, end = leading_places(text)
    if names and end == len(text):
        return names
    known = gazetteer().bare
    items = [x for x in split(PLACES_SEP, text) if x]
    if items and all(known.get(x) in ("prefecture", "province") or is_place(x) for x in items):
        return items
    return []


def each_of(text: str) -> tuple[list[str], str] | None:
    """The places and what each of them has: A区、B县各建成…, A市、B市均…"""
    places, end = leading_places(text)
    if len(places) < 2:
        return None
    m = rx("(?:分别|均|都)?各?(?:自)?(?<=[各均别])(?:形成)?(?P<noun>.{2,})$").match(text, end)
    return (places, group(m, text, "noun")) if m else None


def heading_place(heading: str) -> str | None:
    """The sub-area that a heading names, if it names one."""
    m = _HEADING.match(heading)
    if not m or (_patterns()["common"].match(m["name"]) and m["name"] not in _SHORT_ZONES):
        return None
    return m["name"]


def opening_place(sentence: str, own: frozenset[str]) -> str | None:
    """The sub-area whose goals a sentence says it lists (临港开发区到2025年实现以下目标:…)."""
    at = _LEAD_DATE.match(sentence).end()  # type: ignore[union-attr]
    size = _place_at_head(sentence[at : at + 24])
    if not size or sentence[at : at + size] in own or not _OPENS.match(sentence, at + size):
        return None
    return sentence[at : at + size]


def scope_of(
    name: str, place: str | None, own: frozenset[str] = frozenset()
) -> tuple[str | None, str]:
    """Sub-area of a subject, and the subject without it.

    Parameters
    ----------
    name : str
        The subject.
    place : str or None
        Sub-area of the section.
    own : frozenset of str
        What the whole place is called: it is no sub-area of itself.
    """
    if name[:1] == "在" and leading_places(name[1:])[1]:
        name = name[1:]  # 在老城区新增…
    _, end = leading_places(name)
    if end and name[:end] not in own:
        rest = without(rx(r"^(?:的|内|范围内|各|全部|将)"), name[end:])
        if len(rest) >= 2:
            return as_places(name[:end]), rest
    if place:
        rest = without(rx(r"^(?:全[区县市域]|园区|新区|本区)(?=[\u4e00-\u9fff“]{2})"), name)
        return place, rest
    return None, name


_TITLE = re.compile(
    r"(?:方案|规划|计划|意见|通知|办法|纲要|要点|清单|指标表?|答复|函)(?:\([^)]*\)|》)*$"
)
_TITLE_HEAD = re.compile("(?:中共|关于印发|印发)?[《“]?")
_LONGEST_TITLE = 60
# what a zone calls itself for short
_SHORT_ZONES = {
    "高新区": ("高新技术产业开发区", "高新区"),
    "经开区": ("经济技术开发区", "经开区"),
    "开发区": ("开发区",),
}
_PROVINCE = re.compile("(?:(?![和及与的各全等、以])[\u4e00-\u9fff]){2,3}?(?:省|自治[区州县])")


def _name_in_title(text: str) -> str:
    """The name of a place that a title, or what is left of one, begins with."""
    known = gazetteer().at_head(text)
    if known:
        return known
    found = _PROVINCE.match(text)
    return found[0] if found else text[: _place_at_head(text)]


def own_places(text: str) -> frozenset[str]:
    """What the titles of a text call its whole place: 克拉玛依市…规划, 长沙市雨花区…实施方案."""
    out: set[str] = set()
    for line in text.split("\n"):
        if 6 < len(line) <= _LONGEST_TITLE and _TITLE.search(line):
            lead = _TITLE_HEAD.match(line)
            at = begin = lead.end() if lead else 0
            while name := _name_in_title(line[at:]):
                at += len(name)
                if begin < at - len(name) and _NATURAL.search(name):
                    break  # 某市清江流域…方案: a part of the city, which it is for
                out |= {name, line[begin:at]}
                out |= {x for x in _SHORT_ZONES if name.endswith(_SHORT_ZONES[x])}
    return frozenset(out)
