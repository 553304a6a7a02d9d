"""Named projects: their names, and their sizes where the sentence gives them."""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.dates.horizons import Date
from compare.extraction.layout.located import group, split, without
from compare.extraction.sentence import MASK, Context, Sentence
from compare.extraction.with_figure.figure_list import without_dates
from compare.extraction.without_figure.wording import subject
from compare.vocabulary.lexicon import any_of, rx, words
from compare.vocabulary.quantities import Quantity, target_quantities

# a part that takes its name from the project before: 二期2026年竣工, 首台机组投产, 一期40万千瓦光伏
_PART = re.compile(
    r"(?:其中)?(?:首台|首批|全部)机组|(?:其中)?(?:\d+|[一二三四五六七八])(?:、\d+)*号(?:机组|机|炉|线|高炉)|(?:其中)?[一二三四五]期(?:工程|项目)?(?:\d[^,;。]{0,8}?)?(?:风电|光伏|储能|工程|项目)?"
)
_ITS_SIZE = re.compile(
    r"(?:共计?|合计|总共|总计)(?:建设|设)?|(?:项目|其)?(?:全|总|设计)?(?:长度?|里程|装机(?:容量|规模)?|规模|容量|(?:供能|供热|建筑)?面积|(?:(?:每年|每日|年|日)可?)?处理(?:能力)?[^,;]{0,8})(?:为|达到?|约|将?新增)*"
)
# what is left behind a name of words between it and its completion
_TAIL = re.compile(r"(?:(?:力争|争取|计划)?(?:建设|开工(?:建设)?)、?|(?:全线)?贯通并?|并|、)+$")
# what a plant yields or takes up: 年供应标准化泥料, 年制氢能力, 日处理餐厨垃圾
_YIELDS = re.compile(
    r"(?:可|预计|新增|形成|将|设计)*(?:每?[年日天]|每?小时)(?:可|均|新增|设计|预计)*"
    r"(?:[生制加]?产|制|供|发|储|处[理置]|消纳|接收|输送|转运|利用|加工|回收|吞吐|拆解|焚烧|收储|收集|替代|加注|充装)[^,;。\d]{0,14}?(?:达到?|为|约|近|超过?|至)*"
)
_UNITS = re.compile(
    r"(?:首台|首批|全部|\d+台|(?:\d+|[一二三四五六七八])(?:、\d+)*号)(?:机组|机|炉|线|高炉).*$"
)  # not the project, but units of it
_NEAR = 50  # characters to a size of the same project
_FAR = 6  # clauses between a project's name and its completion
_SIZES = frozenset({"power", "energy", "length", "area", "volume", "mass", "money"})
_SHORTEST = 4  # a shorter name in front of 项目 is a class


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Patterns of completions and of projects, by name."""
    m = words()["milestone"]
    return {
        "done": re.compile(rf"(?:全部|全面|基本)?{any_of(m['done'])}(?!区|率|果)"),
        "stage": re.compile(m["stage_re"]),
        "and_then": re.compile(
            rf"建成(?P<what>[^,;。]{{4,60}}?),?并{m['then_re']}(?:$|(?=[,;。、]))"
        ),
        "project": re.compile(rf"[^,;:。]{{1,60}}{m['project_re']}"),
        "kind": re.compile(m["project_re"]),
        "ends_in_kind": re.compile(m["project_re"] + "$"),
        "generic": re.compile(m["generic_re"]),
        "work": re.compile(m["work_re"]),
        "class": re.compile(m["class_re"]),
    }


def completed() -> re.Pattern[str]:
    """What says that a project is finished."""
    return patterns()["done"]


def several(s: Sentence, begin: int, at: int) -> list[tuple[str, Quantity | None]]:
    """Projects and sizes of A(180万千瓦)、B(120万千瓦)电站分别于2026年、2028年…, in ``begin`` to ``at``."""
    stop = s.masked.find("分别", begin, at)
    if stop < 0:
        return []
    listed = without(patterns()["work"], without(rx(r"\([^)]*\)"), subject(s, begin, stop)))
    names = split(rx("、|和"), listed)
    units = rx(r"(.*?)(\d(?:、\d)+)(号(?:机组|线|机|炉|高炉))").fullmatch(listed)
    if units:  # 某某电厂3、4号机组分别于…
        front, numbers, back = (group(units, listed, i) for i in (1, 2, 3))
        return [(front + n + back, None) for n in split(rx("、"), numbers)]
    kind = names[-1][len(names[0]) :]  # what the names share stands behind the last
    if not patterns()["kind"].search(kind):
        return []
    names = [n + kind for n in names[:-1]] + names[-1:]
    sizes: list[Quantity | None] = [
        q for q in _all_sizes(s) if begin <= q.start < at and q.dimension in _SIZES
    ]
    if len(sizes) != len(names):
        sizes = [None] * len(names)
    return list(zip(names, sizes, strict=True))


def each_dated(s: Sentence, begin: int, at: int) -> list[tuple[str, Date]]:
    """Projects and dates of 某某核电3号机组2027年、4号机组2028年建成, in ``begin`` to ``at``; empty where it is no such list."""
    found = [d for d in s.dates if begin <= d.start < at and d.role == "horizon"]
    if len(found) < 2 or any(s.masked[d.end : d.end + 1] != "、" for d in found[:-1]):
        return []
    starts = [begin, *(d.end + 1 for d in found[:-1])]
    names = [subject(s, a, d.start) for a, d in zip(starts, found, strict=True)]
    names = [without(patterns()["work"], n) for n in names]
    if not _is_named(names[0]) or not patterns()["project"].search(names[0]):
        return []
    whole = without(_UNITS, names[0])
    names = [whole + n if i and _PART.fullmatch(n) else n for i, n in enumerate(names)]
    alike = all(patterns()["project"].search(n) for n in names)
    return list(zip(names, found, strict=True)) if alike else []


def project_name(s: Sentence, begin: int, m: re.Match[str], context: Context) -> str:
    """The project that a completion or a stage belongs to; empty where none is named."""
    p, clause = patterns(), s.clause_at(m.start())
    stage = m.re is p["stage"]
    name = subject(s, begin, m.start())
    if m.re is p["and_then"]:
        name = s.words(*m.span("what")).rstrip("。,")
    elif _PART.fullmatch(name):
        whole = _before(s, clause, context, begin)
        if "期" in name:
            whole = without(rx(r"[一二三四五]期(?:工程|项目|\d[^,;]*)?$"), whole)
        return whole + name.removeprefix("其中") if whole else ""
    elif stage and not p["project"].search(name):
        inner = s.masked_words(*m.span()).removeprefix("完成")
        part = rx("(?:项目|主体|[一二三四五]期)").match(inner)
        named = p["project"].match(inner) and not part
        name = inner if named else _with_stage(_before(s, clause, context), inner)
    elif len(name) < 2:
        behind = s.words(m.end(), s.clauses[clause][1]).rstrip("。").lstrip("、")
        name = behind or _before(s, clause, context, begin)
    if (
        not name
        or p["generic"].search(name)
        or not p["project"].search(name)
        or not _is_named(name)
    ):
        return ""
    return without(_TAIL, without(p["work"], name))


def each_project(name: str) -> list[str]:
    """A、B建成投运: the projects, where each of a list is named; else the name as it is."""
    p = patterns()
    items = [] if "等" in name else split(rx("、|以及|和|及|与"), name)
    named = all(len(x) > _SHORTEST and p["ends_in_kind"].search(x) and _is_named(x) for x in items)
    return items if len(items) > 1 and named else [name]


def _with_stage(project: str, stage: str) -> str:
    """某某电站, 完成主体工程建设: the stage is that of the project before."""
    goes_on = stage[:1] in "主一二三四五" and project and project[-2:] != stage[:2]
    return project + stage if goes_on else project


def _before(s: Sentence, clause: int, context: Context | None, at: int = 0) -> str:
    """The last project that stands before: in the clause up to ``at``, an earlier one, the sentence before."""
    p = patterns()
    spans = s.clauses[max(0, clause - _FAR) : clause]
    if clause < len(s.clauses) and s.clauses[clause][0] < at:
        spans = [*spans, (s.clauses[clause][0], at)]
    for a, b in reversed(spans):
        clause_words = without(_UNITS, without_dates(s, a, b)[0])
        m = p["project"].search(clause_words)
        if not m:
            continue
        name = without(rx("^完成"), without(p["work"], group(m, clause_words)))
        name = without(rx(MASK), name)
        if _is_named(name):
            return name
    if context and context.previous and clause <= 1:
        return _before(context.previous, len(context.previous.clauses), None)
    return ""


def _is_named(project: str) -> bool:
    """A proper name in front of the project word, not a class of projects."""
    body = rx(r"(?:建设|项目|工程)+$").sub("", project)
    if rx(r"[A-Z].*\d$").search(body):
        return True  # 首个转废为能设施I·PARK1
    return (
        len(body) >= _SHORTEST
        and not rx(r"[由以]|[^,;]*\d(?:分钟|小时)").match(body)
        and not patterns()["class"].match(body)
    )


def has_proper_name(project: str) -> bool:
    """A name that can be no class: with a part, a number, or a place."""
    return bool(
        rx(
            '[一二三四五六]期|[0-9一二三四五六七八九十]+号|[山河湖江岛湾岭峡桥港口沟川坪滩庄县镇乡村]..|[“"]'
        ).search(project)
    )


def _all_sizes(s: Sentence) -> list[Quantity]:
    """Quantities of the sentence, those in brackets too."""
    return target_quantities(s.text, 0, len(s.text))


def size_of(s: Sentence, begin: int, end: int, project: str) -> Quantity | None:
    """The project's size, where the sentence gives it: in its clause, beside its name, or right behind."""
    clause = s.clause_at(begin)
    since = s.clauses[max(0, clause - 1)][0]
    found = _all_sizes(s) if MASK in s.masked[since:end] else s.quantities
    sizes = [q for q in found if q.start < end and _is_size(q)]
    for q in sizes:
        if q.start >= begin:
            return q
    for q in sizes:
        a, b = s.clauses[s.clause_at(q.start)]
        whole = project.removesuffix("全部机组")
        if s.text[: q.start].endswith((f"{whole}(", f"{whole}(装机", f"{whole}(总装机")):
            return q  # 云顶抽水蓄能电站(120万千瓦)…
        if whole == project and patterns()["done"].search(s.masked, q.end, begin):
            continue  # it belongs to what is finished before
        if project.endswith("首台机组"):
            continue  # the size is that of all units
        if s.text[q.start : q.end] in project or whole[-4:] in s.text[a:b]:
            return q
        near = 0 < begin - a <= _NEAR and ";" not in s.masked[a:begin]
        alone = rx(r"(?:\d+[×xX])?").fullmatch(s.text, a, q.start) and q.end == b
        if near and (alone or rx("装机|规模|容量|能力").search(s.text, a, q.start)):
            return q  # 某某项目,总装机126兆瓦,2024年底前并网
    return _size_behind(s, clause, end)


def _is_size(q: Quantity) -> bool:
    return q.dimension in _SIZES or q.unit.endswith(("/年", "/日", "/天", "/小时"))


def _size_behind(s: Sentence, clause: int, end: int) -> Quantity | None:
    """…建成投运,新增接收能力300万吨/年."""
    if (
        clause + 1 >= len(s.clauses)
        or s.clauses[clause][1] != end
        or s.masked[end : end + 1] != ","
    ):
        return None
    a, b = s.clauses[clause + 1]
    q = next((q for q in s.quantities if a <= q.start < b), None)
    if q is None or any(a <= d.start < b for d in s.dates):
        return None
    if _ITS_SIZE.fullmatch(s.text, a, q.start):
        return q  # 建成某某项目,总装机28.6万千瓦
    said = rx(
        "(?:新增|形成|总|设计|年|送电|供[热气水]|接收|处理|储气|吞吐){0,2}(?:能力|装机|规模|容量|库容)(?:达|为|约|到)*"
    )
    named = said.fullmatch(s.masked, a, q.start)
    return q if named or (_is_size(q) and _YIELDS.fullmatch(s.masked, a, q.start)) else None
