"""What a subject leaves out because the one before says it: 建筑垃圾收集率96%、综合利用率82%; 其他城市≥40%.

A name is read as a thing and its measure (农作物秸秆 | 综合利用率). Each rule takes the name and the row
before it, and gives the name in full, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from compare.extraction.commitment.words import COUNTED
from compare.extraction.layout.located import group, without
from compare.extraction.rules import Rule
from compare.extraction.sentence import Row
from compare.extraction.subject.earlier_subject import SOURCE
from compare.extraction.subject.name_lists import measure_start
from compare.extraction.subject.scope import is_place
from compare.extraction.subject.subject_case import FOLLOWS, NAMED, Subject, SubjectCase
from compare.extraction.subject.subject_words import action_verbs, names_indicator
from compare.extraction.with_figure.figure_list import FigureList
from compare.vocabulary.lexicon import any_of, rx, words

_OWN_POPULATION = re.compile(
    "(?:设区市|城市建成区|高速公路|(?:普通)?国省干线(?:公路)?|农村公路|县乡公路|城市|城镇|县城|农村|乡村|城区|地区|城乡结合部|[省市地县区镇]级(?:城?市)?|以?及|与|和|、)+(?=.{3})"
)
_PER = re.compile("(?:单位|人均|每)(?!(?:地区|国内)?生产总值|GDP|工业|增加值|产品|产值)")
_LONGEST_MEASURE = 24
_BARE = 4  # characters of a measure that says not of what: 使用率
_LONGEST = 10  # characters of a name that leaves its measure out


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    n = words()["names"]
    how, what = any_of(n["measure_how"]), any_of(n["measure_what"])
    return {
        "measure": re.compile(rf"(?:{how})*{what}$"),
        "bare": re.compile(rf"(?:{how})*{what}"),
        "source_kind": re.compile(rf"(?:{any_of(n['source_kinds'])})+"),
        "adjective": re.compile(any_of(n["shared_adjectives"])),
        "population": re.compile(rf"{any_of(n['populations'])}$"),
    }


def stem_of(name: str) -> str:
    """What is measured, without its measure: 农作物秸秆综合利用率 → 农作物秸秆; empty where nothing is left."""
    found = _patterns()["measure"].search(name, max(0, len(name) - _LONGEST_MEASURE))
    if not found:
        moved = rx("(?<=..)(?:新增|净增)$").search(name)
        return name[: moved.start()] if moved else ""
    return name[: found.start()]


def is_bare_measure(name: str) -> bool:
    """Whether a name is a measure and says not of what: 综合利用率, 年发电量, 总规模."""
    return bool(_patterns()["bare"].fullmatch(name))


def without_population(name: str) -> str:
    """再生水利用率缺水城市 → 再生水利用率: a name without the population behind its measure."""
    found = rx("(?<=..)(?:率|比例|占比)(?=[\u4e00-\u9fff]{2,10}$)").search(name)
    if found and _patterns()["population"].search(name):
        return name[: found.end()]
    return name


def another_population(f: FigureList, own: str, done: list[Row]) -> str:
    """The full name of another population that is measured as the one before; empty if it is none."""
    row = done[-1]
    before = without_population(row.indicator_text.removeprefix(row.scope_region or ""))
    before = without(rx(r"\([^)]*\)$"), before)
    who = _patterns()["population"].search(own)
    if (
        f.noun_behind
        or row.dimension != f.first.dimension
        or row.dimension in COUNTED
        or not 2 <= len(own) <= _LONGEST
        or not who
        or not names_indicator(before)
        or names_indicator(own)
        or rx("[率比]").search(own)
    ):
        return ""
    if is_place(own) and not own.endswith("地区"):
        return own + before
    same = before.find(who[0], 0, 2 * _LONGEST)  # 电网侧新型储能装机80万千瓦、用户侧40万千瓦
    if same > 0:
        return own + before[same + len(who[0]) :]
    per = before.find("单位", 1)
    own_before = _OWN_POPULATION.match(before)
    if per <= 0 and not own_before and rx("[、和及与]").search(before):
        measured = before[measure_start(before) :]  # 园林绿化、道路清扫再生水使用率
        return own + (measured if len(measured) > _BARE else before)
    return own + before[per if per > 0 else own_before.end() if own_before else 0 :]


def _filled(find: Callable[[SubjectCase], str]) -> Callable[[SubjectCase], Subject | None]:
    """A rule for names that leave something out, by what fills one in."""

    def applies(c: SubjectCase) -> Subject | None:
        name = find(c) if not c.empty and c.before else ""
        return Subject([name], verb="" if name.startswith(c.verb) else c.verb) if name else None

    return applies


def _part_of_counted(c: SubjectCase) -> str:
    dimension = c.done[-1].dimension
    if c.f.noun_behind or dimension not in COUNTED or dimension != c.f.first.dimension:
        return ""
    kind = _patterns()["adjective"].match(c.before, len(c.before) - len(c.thing))
    if (
        c.f.sentence.masked.rfind("其中", 0, c.f.first.start) < 0
        or c.own[-1:] != c.before[-1:]
        or not kind
        or kind[0] in c.own
        or len(c.before) - kind.end() > 3  # 电动汽车充电桩 are no electric points
        or action_verbs()[1].match(c.own)
    ):
        return ""
    return c.before[: kind.end()] + c.own


def _capacity_of_part(c: SubjectCase) -> str:
    if c.done[-1].dimension != "power" or not SOURCE.fullmatch(c.own):
        return ""
    capacity = rx("装[机置](?:容量|规模)?$").search(c.before)
    return c.own + group(capacity, c.before) if capacity else ""


def _kind_of_source(c: SubjectCase) -> str:
    alike = c.done[-1].dimension == c.f.first.dimension and not c.f.noun_behind
    if not alike or not _patterns()["source_kind"].fullmatch(c.own) or not SOURCE.search(c.thing):
        return ""
    return c.before[: len(c.before) - len(c.thing)] + c.own + c.thing


def _total_of_it(c: SubjectCase) -> str:
    whose = rx(
        "(?:[\u4e00-\u9fff]{0,6}?(?:机构|医院|学校|高校|机关|园区|企业))(?=[\u4e00-\u9fff]{2,6}总量$)"
    ).match(c.thing)
    bare = rx("(?:用水|取水|用电|用能|能源消费|能耗|碳排放|二氧化碳排放|排放)总量").fullmatch(c.own)
    return c.thing[: whose.end()] + c.own if whose and bare else ""


def _share_of_it(c: SubjectCase) -> str:
    if not c.own.startswith("占") or "占" in c.before:
        return ""
    grown = without(rx("(?:年均)?(?:增长率|增速|产量)$"), c.thing)
    if c.own in ("占比", "比重"):
        grown = without(rx("保有量$"), grown)
    if len(grown) < len(c.thing):
        return grown + c.own
    whole = rx("(?:总|累计)(?:规模|量|装机)$").search(c.thing)
    stem = c.thing[: whole.start()] if whole else without(rx("(?:新增|净增)$"), c.thing)
    return stem + c.own


def _growth_of_it(c: SubjectCase) -> str:
    return c.thing + c.own if rx("(?:年均|年)?(?:增速|增长率|增幅)").fullmatch(c.own) else ""


def _later_again(c: SubjectCase) -> str:
    return _as_before(c) if c.f.years and c.done[-1].target_year not in c.f.years else ""


def _measure_of_it(c: SubjectCase) -> str:
    if not is_bare_measure(c.own) or c.own in c.before:
        return ""
    thing = without(rx("(?:增速|增长率)$"), c.thing)  # 建筑垃圾产生量增速, 资源化处理能力
    stem = stem_of(thing.partition("占")[0])  # …占总装机比重68%, 年发电量…
    return stem + c.own if len(stem) >= 2 else ""


def _as_before(c: SubjectCase) -> str:
    if len(c.own) > 6 or c.f.first.dimension in COUNTED:
        return ""
    longer = (
        r.indicator_text
        for r in reversed(c.done)
        if r.indicator_text.endswith(c.own)
        and r.dimension == c.f.first.dimension
        and not _done_to(r.indicator_text)
    )
    found = next(longer, "")
    return found if len(found) > len(c.own) else ""


def _done_to(name: str) -> bool:
    """修复退化湿地面积: a verb stands in front, no 新建."""
    verb = action_verbs()[1].match(name)
    return verb is not None and verb[0] != "新建"


def _per_head_of_it(c: SubjectCase) -> str:
    per = _PER.search(c.thing) if _PER.match(c.own) else None
    if not per or not 2 <= per.start() <= 6 or rx("[、和及与]").search(c.thing[: per.start()]):
        return ""
    return c.thing[: per.start()] + c.own


_STAGE = re.compile("投产|投运|并网|核准|开工|在建|建成|新增|储备")
_ENDS_IN_STAGE = re.compile(f"(?:{_STAGE.pattern})$")


def _stage_of_it(c: SubjectCase) -> str:
    name = without(rx("^、"), c.own)
    if c.f.noun_behind or not _STAGE.fullmatch(name) or c.done[-1].dimension != c.f.first.dimension:
        return ""
    first = _STAGE.match(c.before)
    if first:
        return name + c.before[first.end() :]
    last = _ENDS_IN_STAGE.search(c.before)
    return c.before[: last.start()] + name if last else ""


_OF_IT = NAMED | FOLLOWS
RULES = (
    Rule(
        "part-of-a-count", "A counted part is done alike, and of the same kind, as its whole.", "subject",
        _filled(_part_of_counted),
        needs=_OF_IT,
        taken="到2025年，累计推广新能源汽车10万辆，其中公交车«2000辆»。",
        left="到2025年，电动汽车充电桩达到5万个，其中公共充电桩«1.2万个»。",
    ),
    Rule(
        "capacity-of-a-part", "A source of power alone is a part of the capacity before.", "subject",
        _filled(_capacity_of_part),
        needs=_OF_IT,
        taken="到2025年，新能源装机规模达到900万千瓦，其中风电«300万千瓦»。",
        left="到2025年，新能源装机规模达到900万千瓦，其中抽水储热«30万千瓦»。",
    ),
    Rule(
        "kind-of-a-source", "海上 or 分布式 alone is a kind of the source of power before.", "subject",
        _filled(_kind_of_source),
        needs=_OF_IT,
        taken="到2025年，新增风电200万千瓦，其中海上«120万千瓦»。",
        left="到2025年，新增造林20万亩，其中海上«2万亩»。",
    ),
    Rule(
        "total-of-it", "A total alone is that of the body whose total was measured before.", "subject",
        _filled(_total_of_it),
        needs=_OF_IT,
        taken="到2025年，公共机构能源消费总量控制在6万吨以内，用水总量控制在«400万立方米»以内。",
        left="到2025年，能源消费总量控制在6万吨以内，用水总量控制在«400万立方米»以内。",
    ),
    Rule(
        "share-of-it", "占…的比重 alone is the share of what was measured before.", "subject",
        _filled(_share_of_it),
        needs=_OF_IT,
        taken="到2026年，绿色贷款余额达到800亿元，占各项贷款比重达到«12%»。",
        left="到2026年，绿色贷款余额达到800亿元，绿色债券占比达到«12%»。",
    ),
    Rule(
        "growth-of-it", "年均增速 alone is that of what was measured before.", "subject",
        _filled(_growth_of_it),
        needs=_OF_IT,
        taken="到2026年，绿色贷款余额达到800亿元，年均增速达到«20%»。",
        left="到2026年，绿色贷款余额达到800亿元，货运量年均增速达到«2%»。",
    ),
    Rule(
        "later-again", "For a later year a short name is that of the same measure before.", "subject",
        _filled(_later_again),
        needs=_OF_IT,
        taken="到2025年，大宗固废年利用量达到1400万吨，秸秆利用率达到95%；到2030年，年利用量达到«1750万吨»。",
        left="到2025年，大宗固废年利用量达到1400万吨，秸秆年利用量达到«95万吨»。",
    ),
    Rule(
        "measure-of-it", "A bare measure is of the thing that was measured otherwise before.", "subject",
        _filled(_measure_of_it),
        needs=_OF_IT,
        taken="到2025年，建筑垃圾收集率达到96%，综合利用率达到«82%»。",
        left="到2025年，建筑垃圾收集率达到96%，秸秆综合利用率达到«92%»。",
    ),
    Rule(
        "stage-of-it", "核准 or 投产 alone is another stage of what was counted before.", "subject",
        _filled(_stage_of_it),
        needs=_OF_IT,
        taken="到2030年，抽水蓄能电站投产60万千瓦、核准«120万千瓦»。",
        left="到2030年，抽水蓄能电站投产60万千瓦、储能«120万千瓦»。",
    ),
    Rule(
        "longer-before", "A short name is that of the longer one before that ends with it.", "subject",
        _filled(_as_before),
        needs=_OF_IT,
        taken="到2025年，新建数据中心PUE值不高于1.25，存量改造后PUE不高于1.5，PUE值平均不高于«1.4»。",
        left="到2025年，新建数据中心PUE值不高于«1.25»。",
    ),
    Rule(
        "per-head-of-it", "人均 and 单位 alone are of the body that was measured before.", "subject",
        _filled(_per_head_of_it),
        needs=_OF_IT,
        taken="到2025年，公共机构单位建筑面积能耗下降5%，人均用水量下降«6%»。",
        left="到2025年，公共机构单位建筑面积能耗下降5%，万元产值水耗下降«6%»。",
    ),
)  # fmt: skip
"""What a name leaves out; subjects are looked for by these among others (`compare.extraction.subject.of_figures`)."""
