"""What a subject leaves out because the one before says it: 建筑垃圾收集率96%、综合利用率82%; 其他城市≥40%.

A name is read as a thing and its measure (农作物秸秆 | 综合利用率). Each rule takes the name and the row
before it, and gives the name in full, or nothing.
"""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.commitment.words import COUNTED
from compare.extraction.figure_list import FigureList
from compare.extraction.located import group, without
from compare.extraction.scope import is_place
from compare.extraction.sentence import Row
from compare.extraction.subject_words import action_verbs, names_indicator
from compare.vocabulary.lexicon import any_of, rx, words

# electricity's sources, before their capacity
SOURCE = re.compile(
    "(?:风电|光伏)(?:发电)?[、和及](?:光伏|风电)(?:发电)?|生物质(?:能)?(?:发电)?|垃圾焚烧发电|(?:屋顶|分布式|集中式)?光伏(?:发电)?|太阳能发电"
    "|太阳光电|(?:海上|离岸|陆上|分散式)?风(?:力发)?电|水电|核电|抽水蓄能|新型储能|电化学储能"
)
_OWN_POPULATION = re.compile(
    "(?:城市|城镇|县城|农村|乡村|城区|地区|城乡结合部|[省市县区镇]级|以?及|与|和|、)+(?=.{3})"
)
_PER = re.compile("(?:单位|人均|每)(?!(?:地区|国内)?生产总值|GDP|工业|增加值|产品|产值)")
_LONGEST_MEASURE = 24
_LONGEST = 10  # characters of a name that leaves its measure out


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    n = words()["names"]
    how, what = any_of(n["measure_how"]), any_of(n["measure_what"])
    return {
        "measure": re.compile(rf"(?:{how})*{what}$"),
        "bare": re.compile(rf"(?:{how})*{what}"),
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


def another_population(f: FigureList, own: str, done: list[Row]) -> str:
    """The full name of another population that is measured as the one before; empty if it is none."""
    row = done[-1]
    before = without(rx(r"\([^)]*\)$"), row.indicator_text.removeprefix(row.scope_region or ""))
    who = _patterns()["population"].search(own)
    if (
        f.noun_behind
        or row.dimension != f.first.dimension
        or row.dimension in COUNTED
        or not 2 <= len(own) <= _LONGEST
        or not who
        or not names_indicator(before)
        or names_indicator(own)
    ):
        return ""
    if is_place(own) and not own.endswith("地区"):
        return own + before
    same = before.find(who[0], 0, 2 * _LONGEST)  # 电网侧新型储能装机80万千瓦、用户侧40万千瓦
    if same > 0:
        return own + before[same + len(who[0]) :]
    per = before.find("单位", 1)
    own_before = _OWN_POPULATION.match(before)
    return own + before[per if per > 0 else own_before.end() if own_before else 0 :]


def in_full(f: FigureList, name: str, before: str, done: list[Row]) -> str:
    """A name with what it leaves out, by the row before it.

    Parameters
    ----------
    f : FigureList
    name : str
        As the text has it.
    before : str
        Name of the row before.
    done : list of Row
        Rows made of the sentence so far.
    """
    row = done[-1]
    verb = action_verbs()[1].match(before)
    thing = before[verb.end() :] if verb else before
    part = _part_of_counted(f, name, before, row)
    if part:
        return part
    if row.dimension == "power" and SOURCE.fullmatch(name):
        capacity = rx("装[机置](?:容量|规模)?$").search(before)
        if capacity:  # 新能源装机规模达到…,其中风电…
            return name + group(capacity, before)
    if name.startswith("占") and "占" not in before:  # 年产量…,占…的比重
        grown = without(rx("(?:年均)?(?:增长率|增速|产量)$"), thing)
        if len(grown) < len(thing):
            return grown + name
        whole = rx("(?:总|累计)(?:规模|量|装机)$").search(thing)
        stem = thing[: whole.start()] if whole else without(rx("(?:新增|净增)$"), thing)
        return stem + name
    if rx("(?:年均|年)?(?:增速|增长率|增幅)").fullmatch(name):
        return thing + name
    if f.years and row.target_year not in f.years:
        name = _as_before(f, name, done)  # 到2030年,年利用量达到…: of what it was for 2025
    if is_bare_measure(name) and name not in before:
        stem = stem_of(thing.partition("占")[0])  # …占总装机比重68%, 年发电量…
        if len(stem) >= 2:
            return stem + name
    name = _as_before(f, name, done)
    if _PER.match(name):  # 公共机构单位建筑面积能耗…,人均用水量
        per = _PER.search(thing)
        if per and 2 <= per.start() <= 6 and not rx("[、和及与]").search(thing[: per.start()]):
            return thing[: per.start()] + name
    return name


def _as_before(f: FigureList, name: str, done: list[Row]) -> str:
    """A short name as a row before has it in full: …数据中心PUE值, then PUE值."""
    if len(name) > 6 or f.first.dimension in COUNTED:
        return name
    longer = (
        r.indicator_text
        for r in reversed(done)
        if r.indicator_text.endswith(name)
        and r.dimension == f.first.dimension
        and not action_verbs()[1].match(r.indicator_text)
    )
    return next(longer, name)


def _part_of_counted(f: FigureList, name: str, before: str, row: Row) -> str:
    """累计推广新能源汽车10万辆,其中公交车2000辆: what is counted is a part, done alike and of the same kind."""
    if f.noun_behind or row.dimension not in COUNTED or row.dimension != f.first.dimension:
        return ""
    among = f.sentence.masked.rfind("其中", 0, f.first.start)
    verb = action_verbs()[1].match(before)
    kind = _patterns()["adjective"].match(before, verb.end() if verb else 0)
    if (
        among < 0
        or name[-1:] != before[-1:]
        or not kind
        or kind[0] in name
        or len(before) - kind.end() > 3  # 电动汽车充电桩 are no electric points
        or action_verbs()[1].match(name)
    ):
        return ""
    return before[: kind.end()] + name
