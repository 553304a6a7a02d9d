"""Whose figures they are: the subject of a list of figures, and one name and year for each figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from compare.extraction.clause import ATTRIBUTE, Figures, unmasked, without_dates
from compare.extraction.commitment import COUNTED, patterns
from compare.extraction.quantities import Quantity
from compare.extraction.scope import EACH, PLACE, PLACES_SEP, places_of, scope_of
from compare.extraction.sentence import Row, Sentence
from compare.extraction.subjects import (
    introduces,
    measure_named,
    split_list,
    strip_head,
    strip_tail,
)
from compare.vocabulary.lexicon import any_of, rx, words

_EACH = re.compile(
    r"(?:均|都|各)(?:自)?(?:要|应|需)?(?:达|为|保|不|超|实现|提|下|稳|维|在|控|完成|力争|全|到|增|降|减|占|有|建|高|低|大|小|突|至|覆)?[^,;]{0,6}$"
)
_EACH_OF = re.compile("[各均别]")
_EMPTY = re.compile(
    r"(?:其中|并|其|同时|基本|目标|减量|规模|比例|数量|总量|(?:这一|该|上述|此|以上)(?:[两二三四五六][个项])?(?:比例|占比|比重|指标|数值|数字))"
)
_WHOLE = re.compile(r"(?:全|我|本)[省市区县域]|各地")
_TASK = re.compile("结合|依托|围绕|通过|推进|以|在|按照|支持|引导|鼓励|组织|聚焦")
_AREA_CLASS = re.compile("县城|县级|农村|乡村|城镇|郊区|其他县|乡镇|城区|其他地区|其他城市")
_DEFERRED = re.compile(r"(?:完成|达到|控制在)[^,;]{0,8}(?:下达|核定|确定|[省市]定)[^,;]*$")
# 营运船舶下降3.5%, 农村地区达到70%: another population, measured like the one before
_POPULATION = re.compile(
    "(?:地区|农村|县城|城镇|城区|城市|结合部|领域|行业|船舶|车辆|货车|客车|数据中心|节点|乡村|山区|公路|道路|小区)$"
)
_OWN_POPULATION = re.compile(
    "(?:城市|城镇|县城|农村|乡村|城区|地区|城乡结合部|以?及|与|和|、)+(?=.{3})"
)
# 发展生物质发电,到2030年装机达到…: the source stands in the clause before
_CAPACITY = re.compile("(?:总|新增|累计)?装[机置](?:容量|规模)?|释出")
_SOURCE = re.compile(
    "(?:风电|光伏)(?:发电)?[、和及](?:光伏|风电)(?:发电)?|生物质(?:能)?(?:发电)?|垃圾焚烧发电|(?:屋顶|分布式|集中式)?光伏(?:发电)?|太阳能发电"
    "|太阳光电|(?:海上|离岸|陆上|分散式)?风(?:力发)?电|水电|核电|抽水蓄能|新型储能|电化学储能"
)
_NEAR = 16
_ITEMS = re.compile(r"、|和|及|与|以及")


@dataclass(slots=True)
class Named:
    """One figure with its name, sub-area and year."""

    quantity: Quantity
    name: str
    scope: str | None
    year: int | None


@dataclass(slots=True)
class Subject:
    """What a list of figures is about.

    Attributes
    ----------
    names : list of str
        Several where the list before had several, or for one row a place.
    places : list of str or None
        The places that A区、B县各… names.
    inherited : bool
        The names are those of the list before.
    verb : str
        What is done to the counted thing (建成, 累计培育); it stays in front of each name.
    raised : bool
        The clause before leaves the level to a higher government; the figure goes beyond it.
    elliptic : bool
        Only another population is named; what is measured, and against what, is said before.
    """

    names: list[str]
    places: list[str] | None = None
    inherited: bool = False
    verb: str = ""
    raised: bool = False
    elliptic: bool = False


def _measure_before(f: Figures | None) -> str:
    """The measure that a figure which is no promise is about; empty where it is not named in full."""
    if f is None:
        return ""
    own = strip_head(strip_tail(f.bare))
    if not measure_named(own) and not _done()[0].search(f.bare[: f.bare.find(own)]):
        return ""
    return unmasked(f.sentence, own, f.begin, f.first.start)


def subject_of(
    f: Figures,
    done: list[Row],
    last: list[str],
    past: Figures | None = None,
    previous: Sentence | None = None,
) -> Subject | None:
    """The subject of the figures; None where there is none.

    Parameters
    ----------
    done : list of Row
        Rows made of the sentence so far.
    last : list of str
        Names of the list before.
    past : Figures or None
        Figures since then that are no promise.
    previous : Sentence, optional
        The sentence before.
    """
    bare = strip_tail(f.bare)
    own = strip_head(bare)
    verb = _done_to_it(f, bare, own, done)
    own = unmasked(f.sentence, own, f.begin, f.first.start)
    if f.noun_behind:
        front = _front(own, f)
        own = (
            front + verb * (not front.endswith(verb)) + _noun_behind(f)
            if front
            else _noun_behind(f)
        )
        verb = "" if front else verb
    each = _each_place(f)
    if each:
        return each
    if done and last and own != f.bare and introduces(own) and done[-1].scope_region:
        return Subject(last)  # 其中A区达到80%,力争全市平均突破70%
    empty = len(own) < 2 or bool(_EMPTY.fullmatch(own))
    if past and not f.noun_behind and (empty or _done()[1].fullmatch(own)):
        before = _measure_before(past)  # 供热面积2500万平方米,到2025年新增1200万平方米
        if before:
            return Subject([before if empty else before + own])
    if empty:
        if last and done:
            if "分别" in f.bare and len(last) < len(f.items):
                several = list(dict.fromkeys(r.indicator_text for r in done))[-len(f.items) :]
                last = several if len(several) == len(f.items) else last
            return Subject(last, inherited=True)
        own = (
            _clause_before(f.sentence, f.clause)
            or _standing(f, previous)
            or _work_before(f)
            or (own if own.endswith("指标") else "")
        )
        a, b = f.sentence.clauses[max(0, f.clause - 1)]
        raised = bool(_DEFERRED.search(f.sentence.masked[a:b]))
        return Subject([own], raised=raised) if own else None
    if _CAPACITY.fullmatch(own):
        own = (_source_before(f) or _source_of(done)) + own
    if done and last:
        listed = _places_like_before(f, own, done)
        if listed:
            return listed
        another = _population(f, own, done)
        if another:
            return Subject([another], elliptic=True)
        own = _completed(own, last[-1], done)
    if not f.noun_behind:
        each = EACH.match(bare) if _EACH_OF.search(bare) else None
        if each:
            places = [x for x in PLACES_SEP.split(each["places"]) if x]
            return Subject([x + each["noun"] for x in places], places=places)
        places = _places_of(done)
        if len(places) > 1 and f.bare.startswith("、"):  # A区、B县各建成X1个、Y2个
            return Subject([x + verb + own for x in places], places=places)
    if done and last:
        said = _done()[0].search(own) if len(own) < 16 else None  # 其中A区新增35万千瓦
        place = own[: said.start()] if said else own
        if PLACE.match(place) and (said or measure_named(done[-1].indicator_text)):
            own, verb = place + done[-1].indicator_text, ""
    return Subject([own], verb=verb)


def _each_place(f: Figures) -> Subject | None:
    """昆明、曲靖各建成1座加氢站; 信丰、全南、龙南三县(市)各建成示范基地2个."""
    if "各" not in f.bare:
        return None
    m = rx("(?:在)?(?P<places>[^各]{4,40}?)(?:分别)?各(?:自)?(?P<what>[^各]{2,})").fullmatch(
        f.bare if f.noun_behind else strip_tail(f.bare)
    )
    places = places_of(m["places"]) if m else []
    if len(places) < 2:
        return None
    noun = m["what"] + _noun_behind(f) if f.noun_behind else m["what"]
    return Subject([x + noun for x in places], places=places)


def _places_like_before(f: Figures, own: str, done: list[Row]) -> Subject | None:
    """Places measured as the row before is: 其中A区、B区分别达到80%和79%; 其中昆明6座."""
    row = done[-1]
    before = row.indicator_text.removeprefix(row.scope_region or "")
    among = rx("其中[^,;]*$").search(f.sentence.masked, 0, f.first.start)
    if f.noun_behind or not (measure_named(before) or among) or row.dimension != f.first.dimension:
        return None
    places = places_of(own)
    if len(places) > 1 and len(places) == len(f.items):
        return Subject([x + before for x in places], places=places)
    if places and len(f.items) == 1:
        return Subject([own + before], places=[own])
    return None


def _population(f: Figures, own: str, done: list[Row]) -> str:
    """The full name of another population that is measured as the one before; empty if it is none."""
    row = done[-1]
    before = rx(r"\([^)]*\)$").sub("", row.indicator_text.removeprefix(row.scope_region or ""))
    if (
        f.noun_behind
        or row.dimension != f.first.dimension
        or row.dimension in COUNTED
        or not 2 <= len(own) <= 10
        or not _POPULATION.search(own)
        or not measure_named(before)
    ):
        return ""
    same = before.rfind(own[-2:])  # 新建数据中心PUE不高于1.3,存量改造数据中心…
    if same > 0:
        return own + before[same + 2 :]
    per = before.find("单位", 1)
    own_before = _OWN_POPULATION.match(before)
    return own + before[per if per > 0 else own_before.end() if own_before else 0 :]


def _source_before(f: Figures) -> str:
    """The source of power that the clauses before name last."""
    s = f.sentence
    for a, b in reversed(s.clauses[: f.clause]):
        if s.masked[b : b + 1] == ";" or any(a <= q.start < b for q in s.quantities):
            break
        found = _SOURCE.findall(s.masked[a:b])
        if found:
            return found[-1]
    return ""


def _source_of(done: list[Row]) -> str:
    """The source of power of the row before: 海上风电累计装机达到…,每年新增装机…"""
    found = _SOURCE.match(done[-1].indicator_text) if done else None
    return found[0] if found else ""


def _places_of(done: list[Row]) -> list[str]:
    """The places of the last figure, where it stands for several places each."""
    if not done:
        return []
    last = [r for r in done if r.start == done[-1].start]
    return [
        r.scope_region
        for r in last
        if r.scope_region and r.indicator_text.startswith(r.scope_region)
    ]


@cache
def _done() -> tuple[re.Pattern, re.Pattern]:
    known = words()["names"]["done"]
    verbs = rf"(?:{any_of([v for v in known if v != '争创'])}|(?<!力)争创)"  # 力争创建
    done = rf"(?:累计)?{verbs}(?:、?{verbs})*"
    bounds = "(?:了|约|近|至少|不少于|不低于|超过|大约|起|出|一批)*"
    return re.compile(rf"(?P<verb>{done}){bounds}$"), re.compile(done)


def _done_to_it(f: Figures, bare: str, own: str, done: list[Row]) -> str:
    """The verb that says what is done to the counted thing, its own or shared with the thing before."""
    at_end, at_start = _done()
    said = f.bare[-_NEAR:] if f.noun_behind else bare[: len(bare) - len(own)]
    found = at_end.search(said) if said else None
    if found:
        return found["verb"]
    if not done or done[-1].kind != "numeric":
        return ""
    s = f.sentence
    same = s.clause_at(done[-1].end - s.at) == f.clause and f.bare[:1] in ("、", "和", "及", "与")
    # 创建省级绿色工厂50家,市级绿色工厂80家
    kin = (
        f.first.dimension in COUNTED
        and len(own) > 4
        and done[-1].indicator_text.endswith(own[-4:])
        and not f.noun_behind
    )
    same = same or (kin and s.clause_at(done[-1].end - s.at) == f.clause - 1)
    itself = at_start.match(own) or rx(words()["names"]["itself_re"]).search(own)
    if not (f.follows or same) or itself:
        return ""
    before = at_start.match(done[-1].indicator_text.removeprefix(done[-1].scope_region or ""))
    return before[0] if before else ""


def _front(own: str, f: Figures) -> str:
    """What of the words before a figure names its population (市县80%以上的…), if anything."""
    if f.follows or _WHOLE.fullmatch(own) or _TASK.match(own) or patterns()["verbs"].fullmatch(own):
        return ""
    return own


def _noun_behind(f: Figures) -> str:
    """The noun that follows its figure: 80%以上的机关单位建成…, 10家以上领军企业."""
    raw = f.sentence.text[f.behind : f.behind + len(f.right)].strip("。 ").removeprefix("的")
    which = ATTRIBUTE.match(raw)
    if which:
        return f"{which[0]}的{raw.rpartition('的')[2]}"
    raw = rx("[,;:。\uff0c\uff1b\uff1a]").split(raw)[0]
    raw = rx("[、和及与]+(?:约|近|逾|超过|至少)?$").sub("", raw)
    return rx("(?:助力|带动|推动|促进|引领|支撑)[^,;]*$").sub("", raw) if len(raw) > 12 else raw


def _clause_before(s: Sentence, clause: int) -> str:
    """The subject in the clause before, where a clause opens with its predicate."""
    if clause == 0:
        return ""
    a, b = s.clauses[clause - 1]
    start = rx("([^,;]{4,}?)(?:由|从|自)(?=\\d|民国|现)").match(s.masked, a, b)
    if start:  # …面积由2021年之1850公顷,至2026年扩大至2600公顷
        return strip_head(strip_tail(start[1]))
    if s.masked[b : b + 1] == ";" or any(a <= q.start < b for q in s.quantities):
        return ""
    name = strip_head(strip_tail(_DEFERRED.sub("", without_dates(s, a, b)[0])))
    name = rx(r"(?<=(规模|容量|总量|产量|比重|占比))(?:超过|高于|大于)[^,;]{2,12}\1$").sub("", name)
    if not name and clause > 1:
        return _clause_before(s, clause - 1)
    return unmasked(s, name, a, b) if len(name) >= 2 and measure_named(name) else ""


def _work_before(f: Figures) -> str:
    """推进池塘改造,到2025年完成1.2万亩: the work that the clause before opens with."""
    s, i = f.sentence, f.clause
    if not i or not f.bare.endswith("完成") or s.masked[s.clauses[i - 1][1]] == ";":
        return ""
    a, b = s.clauses[i - 1]
    work = rx(f"(?:{words()['tasks']['opening_re']})+").match(s.masked, a, b)
    name = unmasked(s, s.masked[work.end() : b], a, b) if work else ""
    return name if rx(words()["names"]["itself_re"]).search(name) else ""


def _standing(f: Figures, previous: Sentence | None) -> str:
    """The subject of where things stand: 2023年回收率为58.3%,2030年提升至65%."""
    s, until = f.sentence, f.begin
    if not f.date or not any(d.role == "past" for d in s.dates if d.start < until):
        s, until = previous, len(previous.text) if previous else 0
    if s is None or not f.date:
        return ""
    known = [q for q in s.quantities if q.start < until]
    if not known or known[-1].dimension != f.first.dimension:
        return ""
    begin, _ = s.clauses[s.clause_at(known[-1].start)]
    date = s.horizon(known[-1].start)
    if not date or date.role != "past" or s.masked[begin : known[-1].start].endswith("较"):
        return ""
    name = strip_head(strip_tail(without_dates(s, begin, known[-1].start)[0]))
    return unmasked(s, name, begin, known[-1].start) if len(name) >= 3 else ""


def _completed(name: str, before: str, done: list[Row]) -> str:
    """Fill in what a short subject leaves out: …数据中心PUE值, PUE值 / 中心城区…比例, 县城."""
    row = done[-1]
    if len(name) <= 6:
        longer = (r.indicator_text for r in reversed(done) if r.indicator_text.endswith(name))
        name = next(longer, name)
    if row.dimension == "power" and _SOURCE.fullmatch(name):
        capacity = rx("装[机置](?:容量|规模)?$").search(before)
        if capacity:  # 新能源装机规模达到…,其中风电…
            return name + capacity[0]
    if rx("(?:综合|循环)?利用率").fullmatch(name) and before.endswith("利用量"):
        return rx("年?(?:综合|循环)?利用量$").sub("", before) + name
    if rx("年?(?:综合)?利用量").fullmatch(name) and before.endswith("利用率"):
        return rx("(?:综合|循环|资源化)?利用率$").sub("", before) + name
    if name.startswith("占") and "占" not in before:
        return rx(r"(?:年均)?(?:增长率|增速|产量)$").sub("", before) + name
    if (
        len(name) <= 4
        and row.scope_region
        and _AREA_CLASS.fullmatch(name)
        and measure_named(row.indicator_text)
    ):
        return name + row.indicator_text
    return name


def named(f: Figures, subject: Subject, place: str | None) -> list[Named]:
    """Pair figures with names and years: 分别 lists, lists over years, both nested, 均 and 各.

    Parameters
    ----------
    place : str or None
        Sub-area of the section.
    """
    pairs = _pairs(f, subject)
    if subject.places:
        out = []
        for q, name, y in pairs:
            at = next(p for p in subject.places if name.startswith(p))
            own = name if len(_names_of(pairs, q)) > 1 else name.removeprefix(at)
            out.append(Named(q, own, at, y))
        return out
    if len(subject.names) == 1 and len(f.items) > 1 and len({name for _, name, _ in pairs}) == 1:
        before = _places_before(f, len(f.items))
        if before:
            return [
                Named(q, subject.verb + n, at, y)
                for (q, n, y), at in zip(pairs, before, strict=True)
            ]
    out = []
    for q, name, year in pairs:
        counts_places = f.noun_behind and q.dimension in COUNTED  # 5家高新区
        scope, rest = (place, name) if counts_places else scope_of(name, place)
        out.append(Named(q, subject.verb + rest, scope, year))
    if len(out) > 1 and len(f.items) == 1 and len({(x.name, x.year) for x in out}) < len(out):
        for x in out:  # A县、B县装机均超过…: one span for several places
            x.name = (x.scope or "") + x.name
    return out


def _places_before(f: Figures, count: int) -> list[str]:
    """The places of the clause before: 支持A、B、C三大基地建设,新增规模分别达到x、y、z."""
    if not f.clause or "分别" not in f.bare:
        return []
    s = f.sentence
    m = rx("[^,;]{4,40}?[二三四五六七八九十](?:个|大)?(?:县|市|区|州|地|旗|基地|片区)").match(
        s.masked, *s.clauses[f.clause - 1]
    )
    places = places_of(strip_head(m[0])) if m else []
    return places if len(places) == count else []


def _names_of(pairs: list[tuple], q: Quantity) -> set[str]:
    """Names that share one figure."""
    return {name for other, name, _ in pairs if other is q}


def _pairs(f: Figures, subject: Subject) -> list[tuple[Quantity, str, int | None]]:
    items, names, years = f.items, subject.names, f.years or [None]
    single = names[0] if len(names) == 1 else None
    n, ny = len(items), len(years)
    if n == 1:
        if single is not None:
            names = _one_figure(single, bool(_EACH.search(f.bare)))
        return [(items[0], name, y) for y in years for name in names]
    if single is not None and "分别" in single:
        front, _, back = single.partition("分别")
        parts = split_list(front, n)
        if len(parts) == n:
            verb = _done()[1].match(back.lstrip("均都"))
            rest = strip_head(back)
            if verb and not rest.startswith(verb[0]):
                rest = verb[0] + rest
            names = [part + rest for part in parts]
            return [(q, name, years[-1]) for q, name in zip(items, names, strict=True)]
    if ny == n and single is not None:
        return [(q, single, y) for q, y in zip(items, years, strict=True)]
    if ny > 1 and n % ny == 0 and n > ny:
        k = n // ny
        parts = split_list(single, k) if single is not None else names
        if len(parts) == k:
            return _nested(items, parts, years)
    parts = _share_verb(split_list(single, n)) if single is not None else names
    if len(parts) != n:
        parts = [parts[-1] if single is None else single] * n
    return [(q, name, years[-1]) for q, name in zip(items, parts, strict=True)]


def _share_verb(names: list[str]) -> list[str]:
    """新增风电、光伏装机分别…: the verb in front of the first is that of all."""
    verb = _done()[1].match(names[0])
    if not verb or len(names) < 2 or any(_done()[1].match(x) for x in names[1:]):
        return names
    return [names[0], *(verb[0] + x for x in names[1:])]


def _nested(items: list[Quantity], names: list[str], years: list[int]) -> list[tuple]:
    """到2025年、2030年,A、B分别达到x、y和z、w: years outside, unless only the units say otherwise."""
    k, ny = len(names), len(years)
    by_year = [(items[i * k + j], names[j], years[i]) for i in range(ny) for j in range(k)]
    by_name = [(items[j * ny + i], names[j], years[i]) for j in range(k) for i in range(ny)]
    fits_year = all(len({items[i * k + j].unit for i in range(ny)}) == 1 for j in range(k))
    fits_name = all(len({items[j * ny + i].unit for i in range(ny)}) == 1 for j in range(k))
    return sorted(by_name if fits_name and not fits_year else by_year, key=lambda t: t[0].start)


def _one_figure(name: str, each: bool) -> list[str]:
    names = split_list(name, None)
    if each and len(names) == 1:
        count = len([x for x in _ITEMS.split(rx(r"\([^)]*\)").sub("", name)) if x])
        return split_list(name, count) if count > 1 else names
    return names
