"""Sub-areas: a named or singular part of the place that a target is for."""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.located import group, split, without
from compare.vocabulary.lexicon import rx, words

_SINGULAR = r"(?:[\u4e00-\u9fff]{2,4})?(?:主城区|中心城区|中心城市建成区|主城|老城区|核心区|城市核心区|中心城市)|核心城区"
_NAMED = r"[\u4e00-\u9fff]{1,8}?(?:新区|开发区|经开区|高新区|产业园区|工业园区|保税区|示范区|试验区|片区|自贸区|科学城|新城)"
_AREA = (
    r"(?!设区|跨省|新增|整县|单位|万元|农村|城市|乡村|居民|重点|其他|试点|部分|沿海|示范|产业|绿色|有条件|老旧|省级|国家|工业|各|全|建成)(?:(?![和及与的各全等、])[\u4e00-\u9fff]){1,3}"
    r"(?:(?<![城地都超门车])市|(?<![地社小园城景校厂库矿牧山灌林片战禁特开新发保港辖学住行务成制护能村各全本我])区|(?<![各全本我该每省])县|州|旗)(?![域级内场政]|城区|工业园区|高新区|高新技术|经开区|经济技术)"
)
_PARK = "(?:经济技术|高新技术产业|国家级?高新技术产业)开发区|高新区|经开区"
_ISLAND = r"[\u4e00-\u9fff]{2}(?:列岛|(?<![海半全各本群])岛)"
_ONE = rf"[盐宣晋运聊邹禹]城市|{_AREA}|{_NAMED}|{_PARK}|{_ISLAND}"
_PREFIX = re.compile(
    rf"^(?P<scope>{_SINGULAR}|(?:{_ONE})(?:(?:、|和|及|与)(?:{_ONE}))*)(?P<rest>.*)$"
)
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十\d]+[、.]|\([一二三四五六七八九十\d]+\))?"
    r"(?P<name>(?!建设|打造|推进|推动|加快|创建|发展|提升|优化|支持|完善|强化)[^,。;:\d、.()]{1,18}?(?:新区|开发区|合作区|园区|经开区|高新区|示范区|区|县|市|旗))(?:$|:)"
)
_NOT_PLACE = re.compile(
    r"^(?:城市|市区|市县|整县|旧区|全市|地市|都市|超市|门市|县级市|城区|园区|社区|小区|景区|校区|厂区|库区|矿区|牧区|山区|灌区|林区|地区|服务区|示范区|试验区|县区|区县|都会区|各|建成区|保护区|功能区|港区|老旧小区|居住区|产业集聚区|集聚区|新增城区|省级|国家级|市级|县域|市辖区|开发区|省级以上|新建|工业园区|产业园区|具备|重点|高速公路)"
)


EACH = re.compile(
    rf"^(?P<places>(?:{_AREA}|{_NAMED})(?:(?:、|和|及|与)(?:{_AREA}|{_NAMED}))+)(?:分别|均|都)?各?(?:自)?(?<=[各均别])"
    r"(?:形成)?(?P<noun>.{2,})$"
)
PLACE = re.compile(rf"^(?:{_AREA}|{_NAMED}|{_SINGULAR})$")
PLACES_SEP = re.compile("、|和|及|与")


# 信丰、全南、龙南三县(市): the class says how many there are
_NUMBERED = re.compile(
    r"(?P<n>[二两三四五六七八九十])(?:个|大)?(?:县区?|市区?|区县?|州市?|地|旗|基地|片区|城市)(?:□+|\([市区县旗]\))?$"
)
_COUNT = {c: i for i, c in enumerate("二三四五六七八九十", 2)} | {"两": 2}


@cache
def _cities() -> frozenset[str]:
    return frozenset(words()["places"]["cities"])


def places_of(text: str) -> list[str]:
    """The places that a phrase lists (江北区、海曙区; 昆明、曲靖; 信丰、全南、龙南三县), or none."""
    m = _NUMBERED.search(text)
    items = [x for x in split(PLACES_SEP, text[: m.start()] if m else text) if x]
    if m and len(items) == _COUNT[m["n"]] and all(2 <= len(x) <= 6 for x in items):
        return items
    known = _cities()
    if items and all(x in known or (PLACE.match(x) and not _NOT_PLACE.match(x)) for x in items):
        return items
    return []


def heading_place(heading: str) -> str | None:
    """The sub-area that a heading names, if it names one."""
    m = _HEADING.match(heading)
    return m["name"] if m and not _NOT_PLACE.match(m["name"]) else None


def scope_of(name: str, place: str | None) -> tuple[str | None, str]:
    """Sub-area of a subject, and the subject without it.

    Parameters
    ----------
    name : str
        The subject.
    place : str or None
        Sub-area of the section.
    """
    m = _PREFIX.match(name)
    if m and not _NOT_PLACE.match(m["scope"]):
        rest = without(rx(r"^(?:的|内|范围内|各|全部)"), group(m, name, "rest"))
        if len(rest) >= 2:
            return m["scope"], rest
    if place:
        rest = without(rx(r"^(?:全[区县市域]|园区|新区|本区)(?=[\u4e00-\u9fff“]{2})"), name)
        return place, rest
    return None, name
