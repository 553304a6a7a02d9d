"""Deferred: dated commitments to a level that a higher government sets (完成省下达目标)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from compare.extraction.layout.located import split, without
from compare.extraction.rules import Rule
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject.name_lists import split_list
from compare.extraction.without_figure.directional_forms import first_direction
from compare.extraction.without_figure.wording import (
    Found,
    Wording,
    found_by,
    past,
    read,
    row,
    subject,
    undated,
)
from compare.vocabulary.lexicon import any_of, rx, words

# 具体名单, 补贴标准: what is no measure
_PARTICULARS = re.compile(
    "^具体|(?:时间|时限|期限|日期|名单|清单|目录|办法|细则|口径|规则|程序|流程|要求|标准|方案|范围|内容|事宜)$"
)


def givers() -> str:
    """A pattern of the governments that set a level: 省, 国家和省, 自治区人民政府."""
    d = words()["deferred"]
    level = (
        rf"(?:{any_of(d['givers'])}|{d['giver_names_re']})"
        rf"(?:[\u4e00-\u9fff]{{0,6}}?(?:厅|局|委|办)|{any_of(d['offices'])})?"
        rf"(?:{any_of(d['offices_behind'])})?"
    )
    return f"{level}(?:[、和及与或]{level})*"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    d, giver = words()["deferred"], givers()
    us = "(?:(?:对|给)?(?:我|本)[省市区县州盟旗])?"
    given, adverb = any_of(d["given"]), f"(?:{any_of(d['adverbs'])})*"
    plain = f"(?:{any_of(d['objects'])}){{1,3}}"
    wide = f"(?:{any_of(d['objects'], d['objects_given'])}){{1,3}}"
    between = d["between_re"]
    set_by = rf"{giver}{us}的?(?:{given}{us}的?(?P<what>[^,;。]{{0,28}}?){wide}|{between}{plain})"
    within = "(?:之?内|以内|范围内|范围之内|以上|以下)?"
    found = {
        "reach": rf"(?:超额|圆满)?{any_of(d['verbs'], d['bounds'])}好?{set_by}{within}",
        "order": rf"按照?{set_by}{adverb}(?:完成|控制|达到|落实到位)",
        "basis": rf"(?:最终)?以{giver}{us}的?(?:{given})?{us}的?[^,;。]{{0,10}}?为准",
        "in_front": rf"{giver}{us}的?{given}{us}的?(?P<what>[^,;。]{{2,24}}?)"
        rf"(?P<words>{adverb}(?:完成|实现|达到|落实))(?=[,;。]|$)",
        "falls": d["falls_re"],
        "actors": d["actors_re"],
        "acts": f"(?:{any_of(d['acts'])})(?:{any_of(d['objects'])})*",
        "no_measure": rf"(?:{between}|各项|全部|主要|年度|{any_of(d['objects'])})*",
    }
    return {name: re.compile(pattern) for name, pattern in found.items()}


FORMS: tuple[Rule, ...] = (
    Rule(
        "deferred-order",
        "What is to be done as a higher government asks for it is deferred to that government.",
        "target",
        found_by(lambda: _patterns()["order"]),
        taken="到2026年,单位GDP能耗下降率«按省级要求完成»。",
        left="到«2026年,按照省统一部署»推进节能工作。",
    ),
    Rule(
        "deferred-reach",
        "A level that a higher government sets is to be met, or kept within.",
        "target",
        found_by(lambda: _patterns()["reach"]),
        taken="到2025年,煤炭消费总量«控制在省下达指标以内»。",
        left="到2025年,全面«完成“十四五”节能目标任务»。",
    ),
    Rule(
        "deferred-basis",
        "以…下达为准 leaves the level to a higher government.",
        "target",
        found_by(lambda: _patterns()["basis"]),
        taken="到2030年,煤炭消费总量«以省下达为准»。",
        left="到2030年,森林覆盖率达到«58%,以监测数据为准»。",
    ),
    Rule(
        "deferred-in-front",
        "With the goal that a higher government set in front, its completion is the commitment.",
        "target",
        found_by(lambda: _patterns()["in_front"]),
        taken="到2025年,省下达的能耗强度降低目标«全面完成»。",
        left="到«2025年,规划确定的各项指标如期完成»。",
    ),
)


def is_fall(name: str) -> bool:
    """Whether what a higher government sets of a measure is how far it falls: of rates and intensities."""
    amount = rx("(?:减排|压减|削减|消减|减量)(?:任务|目标|指标|要求)+$").search(name)
    return not amount and bool(_patterns()["falls"].search(name))


def _names(w: Wording) -> list[str]:
    """What is measured, one name per row."""
    groups = w.m.groupdict()
    what = w.s.masked_words(*w.m.span("what")) if groups.get("what") else ""
    if w.form.id == "deferred-in-front":
        return split_list(what)
    name = w.name
    if _patterns()["actors"].search(name):
        name = ""
    if len(name) < 2 and w.form.id == "deferred-order" and len(w.rest) > 2:
        name = w.object  # 按省级要求完成X任务
    if len(name) >= 2:
        task = w.s.masked_words(*_task(w)) if what else ""
        if rx("(?:减排|压减|削减|消减|减量)(?:任务|目标|指标|要求)+").fullmatch(task):
            return [name + task]  # 煤炭消费量完成省下达的压减任务
        fall = _stripped_fall(w)
        return [n + fall for n in _listed(name)]
    if what:  # 完成省下达的|减排任务: with its object; the measure may stand in the clause before
        task = w.s.masked_words(*_task(w))
        if _patterns()["acts"].fullmatch(task):
            task = _clause_before(w) + task
        return split_list(task)
    return split_list(_clause_before(w))


def _task(w: Wording) -> tuple[int, int]:
    """Where the object of a deferral stands: 完成省下达的|减排任务."""
    start = w.m.start("what")
    m = rx("(?:之?内|以内|范围内|范围之内|以上|以下)$").search(w.s.masked, start, w.end)
    return start, m.start() if m else w.end


def _stripped_fall(w: Wording) -> str:
    """…二氧化碳排放|下降|完成…: the word that is no predicate here, and belongs to the name."""
    m = rx("(?:下降|降低)(?=(?:均|都|分别|确保|要|应|全面|如期)*$)").search(
        w.s.masked, w.begin, w.start
    )
    return w.s.masked_words(*m.span()) if m else ""


def _listed(name: str) -> list[str]:
    """One name per measure: rates named in full, falls, pollutants of one cut."""
    names = split_list(without(rx("(?<=.)(?:下降|降低)(?=[和、与及])"), name))
    items = split(rx("、|和|及|与"), name) if len(names) == 1 else []
    one = rx(words()["deferred"]["pollutants_re"])
    last = one.match(items[-1]) if len(items) > 1 else None
    if last and all(one.fullmatch(x) for x in items[:-1]):
        cut = items[-1][last.end() :]  # 化学需氧量、氨氮|重点工程减排量
        return [*(x + cut for x in items[:-1]), items[-1]]
    return names


def _clause_before(w: Wording) -> str:
    """The subject of the clause before, where that says what becomes of it."""
    s = w.s
    if not w.clause or s.masked[w.begin - 1] == ";":
        return ""
    a, b = s.clauses[w.clause - 1]
    first = min((r.start - s.at for r in w.rows_in(a, b)), default=b)
    first = min(first, first_direction(s, a, b) or b)
    name = subject(s, a, first) if first < b else ""
    return without(rx("(?:较|比)[^,;]{0,6}$"), name)


def _qualifies_figure(w: Wording) -> bool:
    """…控制在800万吨以内,最终以省下达为准; …下降14%,优于省定目标."""
    words_of_figure = w.form.id == "deferred-basis" or rx("[优好高低]于").match(w.m[0])
    before = w.rows_in(*w.s.clauses[w.clause - 1]) if w.clause else []
    numeric = any(r.kind == "numeric" for r in before)
    return bool(words_of_figure) and len(w.name) < 2 and numeric


def _no_measure(w: Wording) -> bool:
    names = _names(w)
    return not names or any(
        len(n) < 2 or _patterns()["no_measure"].fullmatch(n) or _patterns()["actors"].search(n)
        for n in names
    )


NONE: tuple[Rule, ...] = (
    past(
        "deferred",
        taken="“十三五”期间能耗强度«超额完成省下达任务»,到2035年再降10%。",
        left="“十五五”期间,单位GDP能耗«完成省下达任务»。",
    ),
    undated(
        "deferred",
        taken="单位面积能耗«完成市下达的年度目标»,到2026年绿电占比达到20%。",
        left="到2026年,单位面积能耗«完成市下达的目标»。",
    ),
    Rule(
        "deferred-with-figure",
        "Where a figure follows, it is the commitment.",
        "qualifier",
        lambda w: w.leads_to_figure,
        taken="到2025年,«完成省下达造林任务»5万亩。",
        left="到2025年,«完成省下达的造林任务»,森林覆盖率达到40%。",
    ),
    Rule(
        "deferred-qualifies-figure",
        "Words that only reserve the last word on the figure before are part of it.",
        "qualifier",
        _qualifies_figure,
        taken="到2025年,煤炭消费总量控制在800万吨以内,«最终以省下达为准»。",
        left="到2025年,煤炭消费总量«以省下达为准»。",
    ),
    Rule(
        "deferred-particulars",
        "A day, a list or a rule that a paper of others gives is no level.",
        "name",
        lambda w: w.form.id == "deferred-basis" and bool(_PARTICULARS.search(w.name)),
        taken="到2027年,电石炉全部退出,具体时间«以省下达为准»。",
        left="到2027年,电石炉全部退出,煤炭消费总量«以省下达为准»。",
    ),
    Rule(
        "deferred-duty",
        "What others are to do as usual, under no date of their own sentence, is a duty.",
        "name",
        lambda w: w.date is None and len(w.name) > 1 and bool(_patterns()["actors"].search(w.name)),
        taken="到2027年,园区绿电占比达到20%。各乡镇按要求«完成上级下达的节能任务»。",
        left="到2027年,各乡镇«完成上级下达的节能任务»。",
    ),
    Rule(
        "deferred-no-measure",
        "Goals that are met without saying what is measured are a duty, not a target.",
        "name",
        _no_measure,
        taken="到2026年,各县区要不折不扣«完成市下达的各项目标任务»。",
        left="到2026年,各县区要不折不扣«完成市下达的能耗强度目标任务»。",
    ),
)


def rows(s: Sentence, context: Context, out: Found) -> None:
    """Add the deferred commitments of a sentence to what it gave so far; each named measure gives one."""
    read(s, context, FORMS, NONE, _rows, out, Wording)


def _rows(w: Wording) -> Iterator[Row]:
    base = w.base
    for year in w.years:
        for name in _names(w):
            falls = is_fall(name)
            yield row(
                w, w.span, name, year, kind="deferred",
                measure="change" if falls else "level", direction="down" if falls else None,
                baseline_year=base and base.years[0], baseline_at=base and base.spans[0],
            )  # fmt: skip
