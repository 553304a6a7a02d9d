"""Binding or expected: what a text calls its targets (约束性, 预期性), for the column ``binding``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.extraction.layout.located import without
from compare.extraction.rules import Rule
from compare.extraction.sentence import Row, Sentence
from compare.extraction.with_figure.figure_list import qualifiers
from compare.vocabulary.lexicon import rx

CODES = {"约束性": "binding", "预期性": "expected"}
_WORD = re.compile("约束性|预期性")
_BRACKET = re.compile(r"[(〔【\[][^()〔〕【】\[\]]*$")
_TOLD = re.compile("(?:为|是|属|属于|系|作为|列为|列入|确定为|设定为|纳入)$")
_LABEL_BEFORE = re.compile(
    r"(?:^|[,;:。])(?:其中|设[定置立]|确定|提出|[一二三四五六]是|\(?\d{1,2}[).、]|在|主要|第[一二]类是)*[,:]?$"
)
_LABEL_AFTER = re.compile(r"(?:指标|目标|任务)(?:方面|中|上)?(?:分别)?(?:为|是|有|包括|:|,|。)")
_ALL = re.compile(
    "均|都|全部|(?<!规模)以上(?!工业|企业)|上述|这些|前述|[两二三四五六七八九十]项|各项"
)
_AROUND_NAME = re.compile(
    "^(?:其中|同时|并|且|将|把|以)*[,:]?|(?:指标|目标)?(?:均|都|全部|应|要)*(?:被)?$"
)
_BESIDE = re.compile(r"[(〔【\[](?:约束性|预期性)(?:指标|目标)?[)〕】\]]")  # a name
_ABOVE = re.compile("性(?:指标|目标)[:。]?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A 约束性 or 预期性 of a sentence, with the rows of the sentence.

    Attributes
    ----------
    start, end : int
        Where the word stands in the sentence.
    since, until : int
        Where the mention before it ends, and the next one begins.
    rows : sequence of (int, int, Row)
        Rows with the span of their value in the sentence, in text order.
    """

    sentence: Sentence
    start: int
    end: int
    since: int
    until: int
    rows: Sequence[tuple[int, int, Row]]

    @property
    def before(self) -> str:
        """What stands in the sentence before the word."""
        return self.sentence.text[: self.start]

    def earlier(self) -> list[tuple[int, int, Row]]:
        """Rows between the mention before and this one."""
        return [r for r in self.rows if self.since <= r[0] and r[1] <= self.start]

    def later(self) -> list[tuple[int, int, Row]]:
        """Rows between this mention and the next one."""
        return [r for r in self.rows if self.end <= r[0] < self.until]


def _last(rows: list[tuple[int, int, Row]]) -> list[Row]:
    """The rows of the last span."""
    return [r for a, _, r in rows if a == rows[-1][0]]


def _inside(m: Mention) -> list[Row]:
    return [r for a, b, r in m.rows if a <= m.start and m.end <= b]


def _in_bracket(m: Mention) -> list[Row]:
    opened = _BRACKET.search(m.before)
    if not opened:
        return []
    earlier, later = m.earlier(), m.later()
    if _ALL.search(opened[0]):
        half = m.before.rfind(";") + 1
        return [r for a, _, r in earlier if a >= half]
    if earlier:
        between = m.sentence.masked[earlier[-1][1] : opened.start()]
        if not between or qualifiers().fullmatch(between):
            return _last(earlier)
    s = m.sentence
    if later and s.clause_at(later[0][0]) == s.clause_at(m.start):
        return [r for a, _, r in later if a == later[0][0]]
    return []


def _labels(m: Mention) -> list[Row]:
    if not _LABEL_BEFORE.search(m.before) or not _LABEL_AFTER.match(m.sentence.text, m.end):
        return []
    return [r for _, _, r in m.later()]


def _told(m: Mention) -> list[Row]:
    told = _TOLD.search(m.before)
    before = [r for r in m.rows if r[1] <= m.start]
    if not told or not before:
        return []
    opened = max(m.before.rfind(c, 0, told.start()) for c in ",;:。") + 1
    words = m.before[opened : told.start()]
    if _ALL.search(words):
        return [r for _, _, r in m.earlier()]
    if rx("其余|其他(?:指标|目标)?$").search(words):  # those that are called otherwise stay so
        return [r for _, _, r in before]
    name = _AROUND_NAME.sub("", words)
    if len(name) < 2 or before[-1][0] >= opened:
        return _last(before)
    names = [n for n in re.split("[、和及与]", name) if len(n) >= 2]
    return [
        r
        for _, _, r in before
        if any(n in r.indicator_text or r.indicator_text in n for n in names)
    ]


RULES = (
    Rule(
        "binding-deferred",
        "A level that a higher government sets is what its own words call it: 完成省下达的约束性目标.",
        "binding",
        _inside,
        taken="到2025年，单位地区生产总值能耗下降率«完成省下达的约束性目标»。",
        left="到2025年，能耗强度下降«13.5%»，强化约束性指标管理。",
    ),
    Rule(
        "binding-bracket",
        "A bracket says it of the figure right before it, else of the next figure of its clause.",
        "binding",
        _in_bracket,
        taken="到2025年，单位GDP能耗下降«13.5%»（约束性）。",
        left="到2025年，单位GDP能耗下降13.5%（约束性），森林覆盖率达到«40%»。",
    ),
    Rule(
        "binding-label",
        "约束性目标： says it of all that follows, up to the next such label.",
        "binding",
        _labels,
        taken="到2025年，约束性目标：单位GDP能耗下降«13.5%»。",
        left="到2025年，强化约束性指标管理，森林覆盖率达到«40%»。",
    ),
    Rule(
        "binding-told",
        "…为约束性指标 says it of what it names, else of the figure before it; 均为 of all before it.",
        "binding",
        _told,
        taken="到2025年，单位GDP能耗下降«13.5%»，为约束性指标。",
        left="到2025年，森林覆盖率达到«40%»，绿化率达到35%，为约束性指标。",
    ),
)


def with_binding(s: Sentence, rows: list[Row], above: str | None) -> list[Row]:
    """Rows of a sentence with what it calls them.

    Parameters
    ----------
    above : str or None
        What the heading, or the line that opens the list, calls them (see `said_above`).
    """
    said = "约束性" in s.text or "预期性" in s.text
    if not rows or not (said or above):
        return rows
    called: dict[int, str] = {}
    for m in _mentions(s, rows) if said else ():
        governed: list[Row] = next(filter(None, (rule.applies(m) for rule in RULES)), [])
        for row in governed:
            called.setdefault(id(row), CODES[s.text[m.start : m.end]])
    return [
        r._replace(
            binding=called.get(id(r), above), indicator_text=without(_BESIDE, r.indicator_text)
        )
        for r in rows
    ]


def _mentions(s: Sentence, rows: list[Row]) -> list[Mention]:
    placed = sorted(((r.start - s.at, r.end - s.at, r) for r in rows), key=lambda x: x[:2])
    found = [m.span() for m in _WORD.finditer(s.text)]
    since = [0, *(b for _, b in found)]
    until = [*(a for a, _ in found[1:]), len(s.text)]
    return [
        Mention(s, a, b, before, behind, placed)
        for (a, b), before, behind in zip(found, since, until, strict=False)
    ]


def said_above(words: str) -> str | None:
    """What a heading, or the line that opens a list, calls all below it: （一）约束性指标."""
    found = set(_WORD.findall(words)) if _ABOVE.search(words) else set()
    return CODES[found.pop()] if len(found) == 1 else None
