"""Subjects of which a clause names a part: its topic stands before the comma, or only its level is told."""

from __future__ import annotations

from compare.extraction.commitment.words import COUNTED
from compare.extraction.layout.located import group, without
from compare.extraction.rules import Rule
from compare.extraction.subject.earlier_subject import topic_before
from compare.extraction.subject.left_out import is_bare_measure
from compare.extraction.subject.subject_case import Subject, SubjectCase
from compare.extraction.subject.subject_words import action_verbs
from compare.vocabulary.lexicon import any_of, rx, words

_LEVEL = "(?:国家|部|自治区|省|自治州|市|州|盟|县|区)级(?:(?:及|或)?以上)?"
_SHARE = "(?:新能源|清洁能源|纯?电动|绿色|可再生能源)?(?:车辆?|汽车|化)?(?:占比|比例|比重|率)"


def _of_topic(c: SubjectCase) -> Subject | None:
    """新能源重卡方面,力争2027年保有量达到…: a bare measure of what the clause before only names."""
    if c.empty or c.done or c.f.noun_behind or not c.f.clause:
        return None
    if not is_bare_measure(c.own) and not rx(f"{_SHARE}|保有量").fullmatch(c.own):
        return None
    topic = topic_before(c.f)
    return Subject([topic + c.own], verb=c.verb) if topic else None


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
    return Subject([front + c.own + without(rx(f"^{front}"), name)])


RULES = (
    Rule(
        "topic-before", "A bare measure is of the topic that the clause before only names.", "subject", _of_topic,
        taken="新能源重卡方面，力争2027年保有量达到«1.2万辆»。", left="新能源重卡方面，力争2027年充电桩保有量达到«1.2万个»。",
    ),
    Rule(
        "level-alone", "A level alone (其中国家级) is of the things counted before.", "subject", _level_alone,
        taken="到2026年，省级以上绿色工厂达到80家，其中国家级«25家»。", left="到2026年，省级以上绿色工厂达到80家，国家级绿色园区«2家»。",
    ),
)  # fmt: skip
"""Rules of `compare.extraction.subject.of_figures`."""
