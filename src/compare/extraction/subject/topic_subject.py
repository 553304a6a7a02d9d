"""Subjects of which a clause names a part: its topic heads the paragraph or the clause, or only its level is told."""

from __future__ import annotations

import re
from functools import lru_cache

from compare.extraction.commitment.task_words import task_opening, task_verbs_end
from compare.extraction.commitment.words import COUNTED
from compare.extraction.layout.heading_rules import without_number
from compare.extraction.layout.located import Located, group, split, without
from compare.extraction.rules import Rule
from compare.extraction.subject.earlier_subject import topic_before
from compare.extraction.subject.left_out import is_bare_measure, stem_of
from compare.extraction.subject.subject_case import (
    CLAUSE_BEFORE,
    FOLLOWS,
    NAMED,
    NOUN_IN_FRONT,
    STANDS_ALONE,
    Subject,
    SubjectCase,
)
from compare.extraction.subject.subject_words import action_verbs, names_indicator
from compare.vocabulary.lexicon import any_of, rx, words

_LEVEL = "(?:国家|部|自治区|省|自治州|市|州|盟|县|区)级(?:(?:及|或)?以上)?"
_SHARE_OR_STOCK = (
    "(?:新能源|清洁能源|纯?电动|绿色|可再生能源)?(?:车辆?|汽车|化)?(?:占比|比例|比重|率)|保有量"
)
_MEASURE_ALONE = re.compile(f"{_SHARE_OR_STOCK}|总?产值")


def _of_topic(c: SubjectCase) -> Subject | None:
    """新能源重卡方面,力争2027年保有量达到…: a bare measure of what the clause before only names."""
    if c.empty or c.done or c.f.noun_behind or not c.f.clause:
        return None
    if not is_bare_measure(c.own) and not _MEASURE_ALONE.fullmatch(c.own):
        return None
    topic = topic_before(c.f)
    return Subject([topic + c.own], verb=c.verb) if topic else None


def _of_headline(c: SubjectCase) -> Subject | None:
    """高标准农田。2024年新建65万亩: what heads the paragraph names what its figures are of."""
    if not c.headline or c.f.noun_behind:
        return None
    made = "" if c.empty else c.own
    if c.empty:
        found = action_verbs()[0].search(c.f.words)
        made = group(found, c.f.words, "verb") if found else ""
    elif not action_verbs()[1].fullmatch(c.own):
        bare = is_bare_measure(c.own) or _MEASURE_ALONE.fullmatch(c.own)
        if not (bare or c.own.endswith("率")):
            return None
        topic = _topic(*c.headline)
        before = c.done[-1].indicator_text if c.done else topic
        if not before.startswith(topic) or (c.done and stem_of(before)):
            return None
        again = topic.endswith(c.own[:-1])  # 湿地保护, 保护率
        name = topic.removesuffix(c.own[:-1]) + c.own
        return Subject([name]) if topic and (again or bare) else None
    topic = _topic(*c.headline, made)
    return Subject([made + topic]) if topic and (made or names_indicator(topic)) else None


def _verb_alone(c: SubjectCase) -> Subject | None:
    """新建和改造高标准农田65万亩,其中新建30万亩: another verb alone is done to the same thing."""
    verb = action_verbs()[1]
    if c.empty or c.f.noun_behind or not verb.fullmatch(c.own):
        return None
    if c.done and c.last and c.done[-1].dimension == c.f.first.dimension:
        before = c.done[-1].indicator_text
        named = verb.match(before)
        rest = before[named.end() :] if named else ""
        return Subject([c.own + rest]) if len(rest) >= 2 else None
    return None


def _of_listed(c: SubjectCase) -> Subject | None:
    """加快公交、出租、物流车电动化,新能源占比分别达到…: one measure of each of the clause before."""
    s, i, count = c.f.sentence, c.f.clause, len(c.f.items)
    each = "分别" in c.f.bare if count > 1 else rx("[均都]").search(c.f.bare)
    if not each or not i or c.empty or c.done:
        return None
    if not rx(_SHARE_OR_STOCK).fullmatch(c.own) or s.masked[s.ends[i - 1]] != ",":
        return None
    said = s.masked_words(*s.clauses[i - 1])
    verbs = task_verbs_end(said)
    if not verbs:
        return None
    said = said[verbs:]
    listed = split(
        rx("[、和及与]"), without(rx("(?<=..)(?:电动|新能源|清洁|低碳)化$|(?<=..)领域$"), said)
    )
    named = len(listed) == count > 1 or (count == 1 < len(listed))
    named = named and all(2 <= len(x) <= _LONGEST_LISTED for x in listed)
    return Subject([x + c.own for x in listed]) if named else None


def _same_elsewhere(c: SubjectCase) -> Subject | None:
    """北区光伏达到x、储能y;南区分别达到…: the measures before, of another part of the place."""
    count = len(c.f.items)
    if count < 2 or "分别" not in c.f.bare or len(c.own) > _LONGEST_LISTED or len(c.done) < count:
        return None
    rows = c.done[-count:]
    if [r.dimension for r in rows] != [q.dimension for q in c.f.items] or c.own[-1] not in _PARTS:
        return None
    names = [r.indicator_text.removeprefix(r.scope_region or "") for r in rows]
    names = [without(rx(f"^[\u4e00-\u9fff]{{1,5}}?{c.own[-1]}(?=..)"), n) for n in names]
    return Subject([c.own + n for n in names])


_LONGEST_LISTED = 8
_PARTS = frozenset("区县市州旗镇乡")


@lru_cache(maxsize=64)
def _topic(headline: str, at: int, made: str = "完成") -> str:
    """What a headline is about, without the verbs of a task; empty where it names no thing.

    ``made`` is what is done to it: work is completed, but only things are built.
    """
    topic: str = Located(headline, range(at, at + len(headline)))
    topic = without(rx("^[—·•-]+"), topic[len(topic) - len(without_number(headline)) :])
    while (task := task_opening(topic, 0, len(topic))) and task.verb:
        topic = topic[task.end :]
    if not made.endswith("完成"):
        topic = without(
            rx("(?<=..)(?:建设|推广|保护|修复|治理|节能|改造)?(?:工程|项目|行动)?$"), topic
        )
    named = rx(r"[\u4e00-\u9fffA-Za-z]{2,14}").fullmatch(topic)
    return "" if not named or rx(_NO_TOPIC).search(topic) else topic


_NO_TOPIC = (
    "(?:目标|任务|要求|措施|保障|工作|思路|原则|基础|转型|升级|发展|体系|结构|布局|水平|能力|机制|领域|格局|方面|方向|路径|安排|情况|管理|监管|重点|计划|方案|阶段)$"
    "|^(?:目标|主要|总体|具体|近期|中期|远期)"
)


def _level_alone(c: SubjectCase) -> Subject | None:
    """省级以上绿色工厂达到80家,其中国家级25家: the same things, of a level or a population."""
    if c.empty or not (c.done and c.last) or c.f.first.dimension not in COUNTED:
        return None
    row = c.done[-1]
    if row.dimension != c.f.first.dimension:
        return None
    name = row.indicator_text.removeprefix(row.scope_region or "")
    among = "其中" in c.f.sentence.masked[row.end - c.f.sentence.at : c.f.first.start]
    if among and rx(any_of(words()["names"]["populations"])).fullmatch(c.own):
        return Subject([c.own + name])  # 新建充电桩600个,其中乡镇220个
    if not rx(_LEVEL).fullmatch(c.own):
        return None
    found = rx(_LEVEL).search(name)
    if found:
        return Subject([name[: found.start()] + c.own + name[found.end() :]])
    verb = action_verbs()[1].match(name)
    front = group(verb, name) if verb else ""
    return Subject([front + c.own + name.removeprefix(front)])


RULES = (
    Rule(
        "verb-alone", "Another verb alone is done to the thing that was counted before.", "subject", _verb_alone,
        needs=NAMED | FOLLOWS | NOUN_IN_FRONT,
        taken="到2025年，新建和改造高标准农田65万亩，其中新建«30万亩»。",
        left="到2025年，新建和改造高标准农田65万亩，其中新建灌区«3万亩»。",
    ),
    Rule(
        "headline", "A bare measure, or a verb alone, is of the thing that heads the paragraph.", "subject", _of_headline,
        needs=NOUN_IN_FRONT,
        taken="（四）高标准农田。2024年新建和改造提升«65万亩»。", left="（四）主要目标。2024年新建和改造提升«65万亩»。",
    ),
    Rule(
        "one-measure-of-each", "A bare share with 分别 or 均 is that of each thing that the task before lists.", "subject", _of_listed,
        needs=NAMED | STANDS_ALONE | CLAUSE_BEFORE,
        taken="加快公交、出租车电动化，2027年新能源占比分别达到«95%»、80%。",
        left="加快公交、出租车电动化，2027年新能源占比达到«80%»。",
    ),
    Rule(
        "same-elsewhere", "A part of the place with 分别 is measured as the part before it.", "subject", _same_elsewhere,
        taken="到2028年，北区光伏装机达到30万千瓦、储能达到5万千瓦；南区分别达到«20万千瓦»、3万千瓦。",
        left="到2028年，北区光伏装机达到30万千瓦；南区达到«20万千瓦»。",
    ),
    Rule(
        "topic-before", "A bare measure is of the topic that the clause before only names.", "subject", _of_topic,
        needs=NAMED | STANDS_ALONE | NOUN_IN_FRONT | CLAUSE_BEFORE,
        taken="新能源重卡方面，力争2027年保有量达到«1.2万辆»。", left="新能源重卡方面，力争2027年充电桩保有量达到«1.2万个»。",
    ),
    Rule(
        "level-alone", "A level alone (其中国家级) is of the things counted before.", "subject", _level_alone,
        needs=NAMED | FOLLOWS,
        taken="到2026年，省级以上绿色工厂达到80家，其中国家级«25家»。", left="到2026年，省级以上绿色工厂达到80家，国家级绿色园区«2家»。",
    ),
)  # fmt: skip
"""Rules of `compare.extraction.subject.of_figures`."""
