"""Whose figures they are: the subject of a list of figures, by named rules; the first that finds one decides."""

from __future__ import annotations

import re
from collections.abc import Callable

from compare.extraction.layout.located import group, split
from compare.extraction.rules import Rule, Table
from compare.extraction.sentence import Row, Sentence
from compare.extraction.subject import left_out, topic_subject
from compare.extraction.subject.earlier_subject import (
    DEFERRED,
    clause_before,
    indicator_before,
    measure_before,
    source_before,
    source_of,
    subject_of_others,
    subject_of_status,
    what_becomes,
    work_before,
)
from compare.extraction.subject.left_out import (
    another_population,
    is_bare_measure,
    without_population,
)
from compare.extraction.subject.scope import each_of, is_place, places_of
from compare.extraction.subject.subject_case import (
    CLAUSE_BEFORE,
    FACT_BEFORE,
    FOLLOWS,
    NAMED,
    NOUN_IN_FRONT,
    STANDS_ALONE,
    UNNAMED,
    WHOLE,
    Subject,
    SubjectCase,
    noun_behind,
)
from compare.extraction.subject.subject_words import (
    action_verbs,
    introduces,
    names_indicator,
    strip_tail,
)
from compare.extraction.with_figure.figure_list import FigureList, unmasked
from compare.vocabulary.lexicon import rx

__all__ = ["RULES", "Subject", "subject_of"]

_LONGEST_POPULATION = 16
_EACH_OF = re.compile("[各均别]")
_EACH_PART = re.compile(r"各(?:县区?|区县?|市州?|州市?|盟市|旗县|乡镇)(?:\([^)]*\)|□+)?")
# 发展生物质发电,到2030年装机达到…: the source stands in the clause before
_CAPACITY = re.compile("(?:总|新增|累计)?装[机置](?:容量|规模)?|释出")


def subject_of(
    f: FigureList,
    done: list[Row],
    last: list[str],
    past: FigureList | None = None,
    previous: Sentence | None = None,
    headline: tuple[str, int] | None = None,
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
    headline : (str, int), optional
        The words that head the paragraph, and where they stand.
    """
    case = SubjectCase(f, done, last, past, previous, headline)
    for rule in _TABLE.asked(case.signs):
        found = rule.applies(case)
        if found:
            found.rule = rule.id
            return found
    return None


# ---------------------------------------------------------------- for several places
def _each_place(c: SubjectCase) -> Subject | None:
    f = c.f
    if "各" not in f.bare:
        return None
    said = f.words if f.noun_behind else strip_tail(f.words)
    m = rx("(?:在)?(?P<places>[^各]{4,40}?)(?:分别)?各(?:自)?(?P<what>[^各]{2,})").fullmatch(said)
    places = places_of(group(m, said, "places")) if m else []
    if m is None or len(places) < 2:
        return None
    what = unmasked(f.sentence, group(m, said, "what"), f.begin, f.first.start)
    noun = what + (noun_behind(f) if f.noun_behind else "")
    return Subject([x + noun for x in places], places=places)


def _of_each_place(c: SubjectCase) -> Subject | None:
    each = each_of(c.bare) if not (c.f.noun_behind or c.empty) and _EACH_OF.search(c.bare) else None
    if not each:
        return None
    noun = unmasked(c.f.sentence, each[1], c.f.begin, c.f.first.start)
    return Subject([x + noun for x in each[0]], places=each[0])


def _places_go_on(c: SubjectCase) -> Subject | None:
    if c.f.noun_behind or c.empty or not c.done or not c.f.bare.startswith("、"):
        return None
    last = [r for r in c.done if r.start == c.done[-1].start]
    places = [
        r.scope_region
        for r in last
        if r.scope_region and r.indicator_text.startswith(r.scope_region)
    ]
    name = _named(c).names[0]
    return Subject([x + c.verb + name for x in places], places=places) if len(places) > 1 else None


def _places_like_before(c: SubjectCase) -> Subject | None:
    f = c.f
    if c.empty or f.noun_behind or not (c.done and c.last):
        return None
    row = c.done[-1]
    if row.dimension != f.first.dimension or _opened_by_measure(f):
        return None
    before = without_population(row.indicator_text.removeprefix(row.scope_region or ""))
    beside = c.own[:1] == "("  # 新增80万千瓦(城东区20万千瓦、城西区18万千瓦)
    each = len(f.items) == 1 and _EACH_OF.search(f.bare[len(c.own) :])  # 各不少于110万平方米
    rest = c.own.startswith(("其他", "其余"))
    among = each or rest or rx("其中[^,;]*$").search(f.sentence.masked, 0, f.first.start)
    if not (names_indicator(before) or among or beside or row.scope_region):
        return None
    said = action_verbs()[0].search(c.own) if len(c.own) < 40 else None
    own = c.own[: said.start()] if said else c.own  # 揭阳、汕尾分别新增250万千瓦和180万千瓦
    own = own[1:] if beside else own
    places = places_of(own)
    if len(places) == 1 and "分别" in f.bare and len(f.items) > 1:  # 河西区分别达到18%和95%
        names = [r.indicator_text.removeprefix(r.scope_region or "") for r in c.done]
        names = list(dict.fromkeys(names))[-len(f.items) :]
        return Subject([own + x for x in names]) if len(names) == len(f.items) else None
    if len(places) > 1 and (len(places) == len(f.items) or each):
        return Subject([x + before for x in places], places=places)
    if places and len(f.items) == 1:
        return Subject([own + before], places=[own])
    if names_indicator(before) and _EACH_PART.fullmatch(own):
        return Subject([own + before])
    return None


def _opened_by_measure(f: FigureList) -> bool:
    """建筑垃圾资源化利用率:主城区达到65%."""
    begin = f.sentence.clauses[f.clause][0]
    return f.sentence.masked[begin - 1 : begin] == ":" and bool(measure_before(f))


def _whole_again(c: SubjectCase) -> Subject | None:
    again = c.done and c.last and c.own != c.f.bare and introduces(c.own)
    return Subject(c.last) if again and c.done[-1].scope_region else None


# ---------------------------------------------------------------- named before
def _figure_before(c: SubjectCase) -> Subject | None:
    if not c.past or c.f.noun_behind:
        return None
    if not (c.empty or action_verbs()[1].fullmatch(c.own)):
        return None
    before = indicator_before(c.past)
    return Subject([before if c.empty else before + c.own]) if before else None


def _list_before(c: SubjectCase) -> Subject | None:
    if not (c.empty and c.last and c.done):
        return None
    last, count = c.last, len(c.f.items)
    if "分别" in c.f.bare and len(last) < count:
        several = list(dict.fromkeys(r.indicator_text for r in c.done))[-count:]
        last = several if len(several) == count else last
    return Subject(last, inherited=True)


def _before(find: Callable[[SubjectCase], str]) -> Callable[[SubjectCase], Subject | None]:
    """A rule for figures that name nothing, by who finds their name before them."""

    def applies(c: SubjectCase) -> Subject | None:
        name = find(c) if c.empty and not (c.last and c.done) else ""
        if not name:
            return None
        a, b = c.f.sentence.clauses[max(0, c.f.clause - 1)]
        return Subject([name], raised=bool(DEFERRED.search(c.f.sentence.masked[a:b])))

    return applies


def _both_before(c: SubjectCase) -> Subject | None:
    """新增风电1450万千瓦、光伏380万千瓦,二者合计达到…"""
    if len(c.done) < 2:
        return None
    m = rx("(?:以上)?([二两三])者(?:合计|总计|之和)?").fullmatch(c.own)
    count = {"三": 3}.get(m[1], 2) if m else 0
    if not count or len(c.done) < count:
        return None
    verb = action_verbs()[1]
    names = [r.indicator_text for r in c.done[-count:]]
    names = [n[v.end() :] if (v := verb.match(n)) else n for n in names]
    return Subject(["、".join(names) + "合计"])


# ---------------------------------------------------------------- named in its clause, in full or not
def _capacity(c: SubjectCase) -> Subject | None:
    if c.empty or not _CAPACITY.fullmatch(c.own):
        return None
    source = source_before(c.f) or source_of(c.done)
    return Subject([source + c.own], verb=c.verb) if source else None


def _population(c: SubjectCase) -> Subject | None:
    if c.empty or not (c.done and c.last) or (len(c.f.items) > 1 and "分别" in c.f.bare):
        return None
    another = another_population(c.f, c.own, c.done)
    return Subject([another], elliptic=True) if another else None


def _becoming(c: SubjectCase) -> Subject | None:
    if c.empty or c.done or c.f.noun_behind or not is_bare_measure(c.own):
        return None
    who = what_becomes(c.f)
    return Subject([who + c.own], verb=c.verb) if who else None


def _measure_before(c: SubjectCase) -> Subject | None:
    if c.empty or c.f.noun_behind or names_indicator(c.own) or len(c.own) > _LONGEST_POPULATION:
        return None
    measure = measure_before(c.f)
    if not measure or action_verbs()[1].match(c.own):
        return None
    each = _EACH_OF.search(c.f.bare) and len(c.f.items) == 1
    parts = split(rx("[、和及与]"), c.own) if each else [c.own]
    return Subject([x + measure for x in parts if x])


def _place_alone(c: SubjectCase) -> Subject | None:
    if c.empty or not (c.done and c.last):
        return None
    said = action_verbs()[0].search(c.own) if len(c.own) < 16 else None
    place = c.own[: said.start()] if said else c.own
    row = c.done[-1]
    before = row.indicator_text
    if is_place(place) and (said or names_indicator(before)):
        return Subject([place + before])
    if row.scope_region and row.dimension == c.f.first.dimension and rx(_ZONE).fullmatch(place):
        return Subject([place + before.removeprefix(row.scope_region)], places=[place])
    return None


_ZONE = "[\u4e00-\u9fff]{0,4}(?:开发区|高新区|经开区|新区|园区)"


def _named(c: SubjectCase) -> Subject:
    return Subject([c.own], verb=c.verb)


RULES = (
    Rule(
        "each-of-several-places", "A、B各建成… is a row for each place.", "subject", _each_place,
        taken="到2025年，昆明、曲靖各建成加氢站«2座»。", left="到2025年，昆明、曲靖建成加氢站«2座»。",
    ),
    Rule(
        "whole-place-again", "全市 behind a part of it goes back to what was measured for the whole.", "subject",
        _whole_again,
        needs=FOLLOWS,
        taken="到2025年，绿色出行比例达到75%，其中江北区达到80%，力争全市平均突破«78%»。",
        left="到2025年，绿色出行比例达到75%，其中江北区达到«80%»。",
    ),
    Rule(
        "named-by-a-past-figure", "A figure that tells how things are names the one that follows.", "subject",
        _figure_before,
        needs=FACT_BEFORE | NOUN_IN_FRONT,
        taken="清洁取暖率2022年达到50%，到2025年达到«75%»。",
        left="清洁取暖率2022年达到50%，到2025年绿电占比达到«75%»。",
    ),
    Rule(
        "named-by-the-list-before", "A clause that names nothing has the subject of the figures before.", "subject",
        _list_before,
        needs=UNNAMED | FOLLOWS,
        taken="到2025年，森林覆盖率达到60%，力争达到«62%»。",
        left="到2025年，森林覆盖率达到60%，湿地保护率达到«62%»。",
    ),
    Rule(
        "named-in-the-clause-before", "A clause that opens with its predicate has the subject of the clause before.",
        "subject", _before(lambda c: clause_before(c.f.sentence, c.f.clause)),
        needs=UNNAMED | STANDS_ALONE | CLAUSE_BEFORE,
        taken="到2025年，全市单位地区生产总值能耗完成省下达目标，力争下降«15%»。",
        left="到2025年，能耗双控完成省下达目标，绿电占比提高«15%»。",
    ),
    Rule(
        "named-by-its-status", "The sentence before says of what it told how it stands.", "subject",
        _before(lambda c: subject_of_status(c.f, c.previous)),
        needs=UNNAMED | STANDS_ALONE,
        taken="2022年，全市再生水利用率为18%。到2025年，提高到«25%»。",
        left="2022年，全市再生水利用率为18%。到2025年，绿电占比提高到«25%»。",
    ),
    Rule(
        "named-by-the-goal-of-others", "我市 alone has the measure of the goal that the sentence before reports.",
        "subject",
        _before(lambda c: subject_of_others(c.f, c.previous) if WHOLE.fullmatch(c.own) else ""),
        needs=UNNAMED | STANDS_ALONE,
        taken="国家提出，到2030年非化石能源消费比重达到25%左右。我市到2030年达到«28%»。",
        left="国家提出，到2030年非化石能源消费比重达到25%左右。我市绿电占比到2030年达到«28%»。",
    ),
    Rule(
        "named-by-the-work-before", "完成 alone is of the work that the clause before opens with.", "subject",
        _before(lambda c: work_before(c.f)),
        needs=UNNAMED | STANDS_ALONE | CLAUSE_BEFORE,
        taken="推进池塘标准化改造，到2025年完成«1.2万亩»。",
        left="推进池塘标准化改造，到2025年完成造林«1.2万亩»。",
    ),
    Rule(
        "called-an-indicator", "上述指标 alone is a name where nothing better is.", "subject",
        _before(lambda c: c.own if c.own.endswith("指标") else ""),
        needs=UNNAMED | STANDS_ALONE,
        taken="到2025年，上述指标达到«80%»。", left="到2025年，绿色发展指标得分率达到«80%»。",
    ),
    Rule(
        "both-before", "二者合计 are the things counted before.", "subject", _both_before,
        taken="到2025年，新增风电200万千瓦、光伏300万千瓦，二者合计达到«900万千瓦»。",
        left="到2025年，新增风电200万千瓦、光伏300万千瓦，储能达到«900万千瓦»。",
    ),
    Rule(
        "capacity-of-a-source", "装机 alone is that of the source of power named last.", "subject", _capacity,
        needs=NAMED,
        taken="有序发展生物质发电，到2025年装机达到«30万千瓦»。",
        left="有序发展生物质发电，到2025年储能装机达到«30万千瓦»。",
    ),
    Rule(
        "places-measured-alike", "Places alone are measured as the figure before is.", "subject",
        _places_like_before,
        needs=NAMED | FOLLOWS | NOUN_IN_FRONT,
        taken="到2025年，绿色出行比例达到75%，江北区、海曙区分别达到«80%»和79%。",
        left="到2025年，绿色出行比例达到75%，江北区绿化覆盖率达到«40%»。",
    ),
    Rule(
        "measure-before", "Populations alone have the measure that is the clause before them.", "subject",
        _measure_before,
        needs=NAMED | NOUN_IN_FRONT | CLAUSE_BEFORE,
        taken="到2020年，新建建筑节能标准执行率，设计阶段、施工阶段均达到«100%»。",
        left="到2020年，提高节能标准执行率，绿色建筑占比达到«100%»。",
    ),
    Rule(
        "population-measured-alike", "Another population alone is measured as the one before.", "subject",
        _population,
        needs=NAMED | FOLLOWS | NOUN_IN_FRONT,
        taken="到2025年，城市污水处理率达到98%，农村地区达到«45%»。",
        left="到2025年，城市污水处理率达到98%，清洁取暖达到«45%»。",
    ),
    Rule(
        "of-each-place", "A区、B县均…, with one figure for each, is a row for each place.", "subject", _of_each_place,
        needs=NAMED | NOUN_IN_FRONT,
        taken="到2025年，甘孜县、理塘县均新增光伏装机«30万千瓦»。",
        left="到2025年，甘孜县、理塘县新增光伏装机«30万千瓦»。",
    ),
    Rule(
        "places-go-on", "A further count in the list of places that each have so many is theirs, too.", "subject",
        _places_go_on,
        needs=NAMED | NOUN_IN_FRONT,
        taken="到2025年，甘孜县、理塘县各建成加氢站1座、换电站«2座»。",
        left="到2025年，甘孜县建成加氢站1座、换电站«2座»。",
    ),
    Rule(
        "what-becomes", "A bare measure is of what has become something in the clause before.", "subject", _becoming,
        needs=NAMED | STANDS_ALONE | NOUN_IN_FRONT | CLAUSE_BEFORE,
        taken="到2027年，新能源成为第一大电源，装机占比超过«55%»。",
        left="到2027年，新能源成为第一大电源，煤电装机占比降至«45%»。",
    ),
    *topic_subject.RULES,
    *left_out.RULES,
    Rule(
        "place-alone", "A place alone, or with its verb, is measured as the whole before it.", "subject", _place_alone,
        needs=NAMED | FOLLOWS,
        taken="到2025年，全省新增光伏420万千瓦，东屏县新增«35万千瓦»。",
        left="到2025年，全省新增光伏420万千瓦，其中东屏县新增储能«35万千瓦»。",
    ),
    Rule(
        "named", "The words of the clause before the figure, or behind it, are its name.", "subject",
        lambda c: None if c.empty else _named(c),
        needs=NAMED,
        taken="到2025年，森林覆盖率达到«60%»。", left="到2025年，森林覆盖率达到60%，力争达到«62%»。",
    ),
)  # fmt: skip
"""What a list of figures is about, in the order in which the rules are asked."""
_TABLE = Table(RULES)
