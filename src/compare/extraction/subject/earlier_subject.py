"""Find the subject of a figure that names none of its own: in the clauses, rows and sentence before."""

from __future__ import annotations

import re

from compare.extraction.commitment.task_words import task_verbs_end
from compare.extraction.layout.located import group, without
from compare.extraction.sentence import Row, Sentence
from compare.extraction.subject.subject_words import (
    action_verbs,
    introduces,
    names_indicator,
    strip_head,
    strip_tail,
)
from compare.extraction.with_figure.figure_list import FigureList, unmasked, without_dates
from compare.vocabulary.lexicon import rx, words

# electricity's sources, before their capacity
SOURCE = re.compile(
    "(?:风电|光伏)(?:发电)?[、和及](?:光伏|风电)(?:发电)?|生物质(?:能)?(?:发电)?|垃圾焚烧发电|(?:屋顶|分布式|集中式)?光伏(?:发电)?|太阳能发电"
    "|太阳光电|(?:海上|离岸|陆上|分散式)?风(?:力发)?电|水电|核电|抽水蓄能|新型储能|电化学储能"
)
# a name that ends in a measure, and in no verb or aim
_MEASURE_ALONE = re.compile("[\u4e00-\u9fff]{2}(?:率|比例|占比|比重|强度)$")
_MOVES = re.compile(
    "提高|提升|增加|降低|减少|扩大|推[动进]|完善|优化|加强|强化|保持|稳定|落实|严控"
)
_LONGEST_NAME = 30
DEFERRED = re.compile(r"(?:完成|达到|控制在)[^,;]{0,8}(?:下达|核定|确定|[省市]定)[^,;]*$")


def indicator_before(f: FigureList | None) -> str:
    """The indicator that a figure which is no commitment is about; empty where it is not named in full."""
    if f is None:
        return ""
    own = strip_head(strip_tail(f.words))
    own = without(
        rx("(?:全国|我国|[全我本][省市州盟县旗区])$"), own
    )  # …比重全国达到25%,我市达到24%
    if not names_indicator(own) and not action_verbs()[0].search(f.bare[: f.bare.find(own)]):
        return ""
    return unmasked(f.sentence, own, f.begin, f.first.start)


def source_before(f: FigureList) -> str:
    """The source of power that the clauses before name last."""
    s = f.sentence
    for a, b in reversed(s.clauses[: f.clause]):
        if s.masked[b : b + 1] == ";" or any(a <= q.start < b for q in s.quantities):
            break
        found = list(SOURCE.finditer(s.masked, a, b))
        if found:
            return s.masked_words(*found[-1].span())
    return ""


def source_of(done: list[Row]) -> str:
    """The source of power of the row before: 海上风电累计装机达到…,每年新增装机…"""
    found = SOURCE.match(done[-1].indicator_text) if done else None
    return group(found, done[-1].indicator_text) if found else ""


def clause_before(s: Sentence, clause: int) -> str:
    """The subject in the clause before, where a clause opens with its predicate."""
    if clause == 0:
        return ""
    a, b = s.clauses[clause - 1]
    start = rx("([^,;]{4,}?)(?:由|从|自)(?=\\d|民国|现)").match(s.masked, a, b)
    if start:  # …面积由2021年之1850公顷,至2026年扩大至2600公顷
        return strip_head(strip_tail(s.masked_words(*start.span(1))))
    if s.masked[b : b + 1] == ";" or any(a <= q.start < b for q in s.quantities):
        return ""
    name = strip_head(strip_tail(without(DEFERRED, without_dates(s, a, b)[0])))
    compared = rx(r"(?<=(规模|容量|总量|产量|比重|占比))(?:超过|高于|大于)[^,;]{2,12}\1$")
    name = without(compared, name)
    if not name and clause > 1:
        return clause_before(s, clause - 1)
    return unmasked(s, name, a, b) if len(name) >= 2 and names_indicator(name) else ""


def set_before(f: FigureList) -> str:
    """新增渣土、市政洒水等车辆中,电动车型占比…: the set that the clause before names; empty where it names none."""
    s, i = f.sentence, f.clause
    if not i or s.masked[s.ends[i - 1] - 1 : s.ends[i - 1] + 1] != "中,":
        return ""
    a, b = s.clauses[i - 1]
    if any(a <= q.start < b for q in s.quantities):
        return ""
    name = strip_head(without_dates(s, a, b)[0])
    return (
        unmasked(s, name, a, b)
        if rx("(?:车辆|建筑|企业|项目|机组|船舶|产品|用地|面积|用能|用电|投资|园区)中$").search(
            name
        )
        else ""
    )


def measure_before(f: FigureList) -> str:
    """…标准执行率,设计阶段、施工阶段均达到100%: a clause before that is the name of a measure and nothing else."""
    s, i = f.sentence, f.clause
    if not i or s.masked[s.ends[i - 1]] not in ",:":
        return ""
    a, b = s.clauses[i - 1]
    if b - a > _LONGEST_NAME or any(a <= q.start < b for q in s.quantities):
        return ""
    name = strip_head(without_dates(s, a, b)[0])
    alone = _MEASURE_ALONE.search(name) and not _MOVES.search(name)
    return unmasked(s, name, a, b) if alone else ""


def topic_before(f: FigureList) -> str:
    """新能源重卡方面,…保有量: the topic that the clause before only names; empty where it says more."""
    s, i = f.sentence, f.clause
    if not i or s.masked[s.ends[i - 1]] != ",":
        return ""
    a, b = s.clauses[i - 1]
    if any(a <= q.start < b for q in s.quantities) or any(a <= d.start < b for d in s.dates):
        return ""
    said = without(rx("^(?:其中|同时|此外|在)(?=..)"), s.masked_words(a, b))
    topic = without(rx("方面$"), said)
    named = len(topic) < len(said) or _COUNTED_SET.search(said)
    if not named or len(topic) < 2 or task_verbs_end(topic) or introduces(topic):
        return ""
    return unmasked(s, topic, a, b)


# what a topic without 方面 must be: things of which a share is told
_COUNTED_SET = re.compile(
    "(?:汽?车辆?|用车|公交|出租|重卡|船舶|机械|建筑|住宅|厂房|企业|机组|园区|数据中心|机关|医院|学校)$"
)


def what_becomes(f: FigureList) -> str:
    """新能源成为第一大电源,装机占比超过55%: who becomes something in the clause before; empty where nobody does."""
    s, i = f.sentence, f.clause
    if not i or s.masked[s.ends[i - 1]] != ",":
        return ""
    a, b = s.clauses[i - 1]
    found = rx("(?:全[省市区县州])?([\u4e00-\u9fff]{2,8}?)(?:逐步|将|要)*成为").match(
        s.masked, a, b
    )
    return s.masked_words(*found.span(1)) if found else ""


def work_before(f: FigureList) -> str:
    """推进池塘改造,到2025年完成1.2万亩: the work that the clause before opens with."""
    s, i = f.sentence, f.clause
    if not i or not f.bare.endswith("完成") or s.masked[s.clauses[i - 1][1]] == ";":
        return ""
    a, b = s.clauses[i - 1]
    begin = task_verbs_end(s.masked, a, b)
    name = unmasked(s, s.masked_words(begin, b), a, b) if begin > a else ""
    return name if rx(words()["names"]["itself_re"]).search(name) else ""


def subject_of_others(f: FigureList, previous: Sentence | None) -> str:
    """国家提出,到2030年非化石能源消费比重达到25%。我市达到28%: what the goal of others is about."""
    if previous is None or not previous.quantities:
        return ""
    q = previous.quantities[-1]
    if q.dimension != f.first.dimension:
        return ""
    begin = previous.clauses[previous.clause_at(q.start)][0]
    name = strip_head(strip_tail(without_dates(previous, begin, q.start)[0]))
    return unmasked(previous, name, begin, q.start) if names_indicator(name) else ""


def subject_of_status(f: FigureList, previous: Sentence | None) -> str:
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
