"""Whose figures they are: the subject of a list of figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compare.extraction.commitment.words import COUNTED, words_before_figure
from compare.extraction.earlier_subject import (
    DEFERRED,
    clause_before,
    indicator_before,
    set_before,
    source_before,
    source_of,
    subject_of_others,
    subject_of_status,
    what_becomes,
    work_before,
)
from compare.extraction.figure_list import ATTRIBUTE, FigureList, unmasked
from compare.extraction.left_out import another_population, in_full, is_bare_measure
from compare.extraction.located import group, split, without
from compare.extraction.scope import each_of, is_place, places_of
from compare.extraction.sentence import Row, Sentence
from compare.extraction.subject_words import (
    action_verbs,
    introduces,
    names_indicator,
    strip_head,
    strip_tail,
    without_fronted_verb,
)
from compare.vocabulary.lexicon import rx, words

_EACH_OF = re.compile("[各均别]")
_EMPTY = re.compile(
    r"(?:其中|并|其|同时|基本|目标|减量|规模|比例|数量|总量|(?:这一|该|上述|此|以上)(?:[两二三四五六][个项])?(?:比例|占比|比重|指标|数值|数字))"
)
_WHOLE = re.compile(r"(?:全|我|本)[省市区县域](?:共有?)?|各地|[、,]")
_TASK = re.compile("结合|依托|围绕|通过|推进|以|在|按照|支持|引导|鼓励|组织|聚焦")
# 发展生物质发电,到2030年装机达到…: the source stands in the clause before
_CAPACITY = re.compile("(?:总|新增|累计)?装[机置](?:容量|规模)?|释出")
_NEAR = 16


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


def subject_of(
    f: FigureList,
    done: list[Row],
    last: list[str],
    past: FigureList | None = None,
    previous: Sentence | None = None,
) -> Subject | None:
    """The subject of the figures; None where there is none.

    Parameters
    ----------
    done : list of Row
        Rows made of the sentence so far.
    last : list of str
        Names of the list before.
    past : FigureList or None
        Figures since then that are no commitment.
    previous : Sentence, optional
        The sentence before.
    """
    bare = strip_tail(f.words)
    own = strip_head(bare)
    verb = _action_on_subject(f, bare, own, done)
    if not f.noun_behind:
        own = set_before(f) + without_fronted_verb(own, f.bare, bool(f.qualifier))
    own = unmasked(f.sentence, own, f.begin, f.first.start)
    if f.noun_behind:
        front = _population_before(own, f)
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
    empty = len(own) < 2 or bool(_EMPTY.fullmatch(own) or _WHOLE.fullmatch(own))
    if past and not f.noun_behind and (empty or action_verbs()[1].fullmatch(own)):
        before = indicator_before(past)  # 供热面积2500万平方米,到2025年新增1200万平方米
        if before:
            return Subject([before if empty else before + own])
    if empty:
        if last and done:
            if "分别" in f.bare and len(last) < len(f.items):
                several = list(dict.fromkeys(r.indicator_text for r in done))[-len(f.items) :]
                last = several if len(several) == len(f.items) else last
            return Subject(last, inherited=True)
        own = (
            clause_before(f.sentence, f.clause)
            or subject_of_status(f, previous)
            or (subject_of_others(f, previous) if _WHOLE.fullmatch(own) else "")
            or work_before(f)
            or (own if own.endswith("指标") else "")
        )
        a, b = f.sentence.clauses[max(0, f.clause - 1)]
        raised = bool(DEFERRED.search(f.sentence.masked[a:b]))
        return Subject([own], raised=raised) if own else None
    if _CAPACITY.fullmatch(own):
        own = (source_before(f) or source_of(done)) + own
    if done and last:
        listed = _places_like_before(f, own, done)
        if listed:
            return listed
        another = another_population(f, own, done)
        if another:
            return Subject([another], elliptic=True)
        own = in_full(f, own, last[-1], done)
        verb = "" if own.startswith(verb) else verb
    elif is_bare_measure(own) and not f.noun_behind:
        own = what_becomes(f) + own
    if not f.noun_behind:
        each = each_of(bare) if _EACH_OF.search(bare) else None
        if each:
            places, noun = each
            return Subject([x + noun for x in places], places=places)
        places = _places_of(done)
        if len(places) > 1 and f.bare.startswith("、"):  # A区、B县各建成X1个、Y2个
            return Subject([x + verb + own for x in places], places=places)
    if done and last:
        said = action_verbs()[0].search(own) if len(own) < 16 else None  # 其中A区新增35万千瓦
        place = own[: said.start()] if said else own
        if is_place(place) and (said or names_indicator(done[-1].indicator_text)):
            own, verb = place + done[-1].indicator_text, ""
    return Subject([own], verb=verb)


def _each_place(f: FigureList) -> Subject | None:
    """昆明、曲靖各建成1座加氢站; 信丰、全南、龙南三县(市)各建成示范基地2个."""
    if "各" not in f.bare:
        return None
    said = f.words if f.noun_behind else strip_tail(f.words)
    m = rx("(?:在)?(?P<places>[^各]{4,40}?)(?:分别)?各(?:自)?(?P<what>[^各]{2,})").fullmatch(said)
    places = places_of(group(m, said, "places")) if m else []
    if m is None or len(places) < 2:
        return None
    noun = group(m, said, "what") + (_noun_behind(f) if f.noun_behind else "")
    return Subject([x + noun for x in places], places=places)


def _places_like_before(f: FigureList, own: str, done: list[Row]) -> Subject | None:
    """Places measured as the row before is: 其中A区、B区分别达到80%和79%; 其中昆明6座."""
    row = done[-1]
    before = row.indicator_text.removeprefix(row.scope_region or "")
    among = rx("其中[^,;]*$").search(f.sentence.masked, 0, f.first.start)
    if (
        f.noun_behind
        or not (names_indicator(before) or among)
        or row.dimension != f.first.dimension
    ):
        return None
    places = places_of(own)
    each = len(f.items) == 1 and _EACH_OF.search(f.bare[len(own) :])  # A区、B区各不少于110万平方米
    if len(places) > 1 and (len(places) == len(f.items) or each):
        return Subject([x + before for x in places], places=places)
    if places and len(f.items) == 1:
        return Subject([own + before], places=[own])
    return None


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


def _action_on_subject(f: FigureList, bare: str, own: str, done: list[Row]) -> str:
    """The verb that says what is done to the counted thing, its own or shared with the thing before."""
    at_end, at_start = action_verbs()
    said = f.words[-_NEAR:] if f.noun_behind else bare[: len(bare) - len(own)]
    found = at_end.search(said) if said else None
    if found:
        return group(found, said, "verb")
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
    name = done[-1].indicator_text.removeprefix(done[-1].scope_region or "")
    before = at_start.match(name)
    return group(before, name) if before else ""


def _population_before(own: str, f: FigureList) -> str:
    """What of the words before a figure names its population (市县80%以上的…), if anything."""
    if (
        f.follows
        or _WHOLE.fullmatch(own)
        or _TASK.match(own)
        or words_before_figure()["verbs"].fullmatch(without(_WHOLE, own))  # 全市实现对
    ):
        return ""
    own = without(rx("(?:至少|各)(?=[开建设创培])|(?<=[\u4e00-\u9fff]{2})中$"), own)
    return own


def _noun_behind(f: FigureList) -> str:
    """The noun that follows its figure: 80%以上的机关单位建成…, 10家以上领军企业."""
    raw = f.sentence.words(f.behind, f.behind + len(f.right)).strip("。 ").removeprefix("的")
    which = ATTRIBUTE.match(raw)
    if which:
        return group(which, raw) + "的" + raw.rpartition("的")[2]
    raw = split(rx("[,;:。\uff0c\uff1b\uff1a]"), raw)[0]
    raw = without(rx("[、和及与]+(?:约|近|逾|超过|至少)?$"), raw)
    return without(rx("(?:助力|带动|推动|促进|引领|支撑)[^,;]*$"), raw) if len(raw) > 12 else raw
