"""The frame of dates from sentence to sentence: what each leaves to the next, by the rules of `frame_rules`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from compare.extraction.commitment.binding_words import said_above
from compare.extraction.commitment.effort import effort_word, strive_in
from compare.extraction.dates.document_time import DocumentTime
from compare.extraction.dates.frame import Level
from compare.extraction.dates.frame_rules import (
    ENDED,
    GOALS_RUN,
    LATER_DATED,
    MARK,
    RUN,
    TELLING,
    TURN,
    dates_below,
    mark_of,
    opening_of_list,
    reach,
    words_around,
)
from compare.extraction.dates.horizons import Date, dates
from compare.extraction.layout.heading_rules import looks_back
from compare.extraction.layout.segment import Paragraph
from compare.extraction.rules import Decision
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject.scope import heading_place, opening_place

_GOAL_SECTION = re.compile("目标(?!责任|考核|管理|导向|引领|评价|约束)")
# a line without a number that heads another part of the plan
_NEW_PART = re.compile(
    "(?:重点|主要|工作|保障|组织|支撑)(?:任务|措施|工程|行动|保障|实施|举措|要求|领导|分工)|附件|附则"
)
_HEAD = 12  # a date that stands so near to the head of its sentence is the sentence's frame
_LONGEST_HEADLINE = 20
_GOES_ON = (";", ",", "、")
_ANNOUNCES = re.compile(":。?$|(?:包括|如下|目标|任务|工作|指标|要求)(?:是|为)?:")
_BEFORE_DATE = re.compile(
    rf"\s*(?:{MARK.pattern})?\s*(?:[^,;。]{{0,4}}|[^,;。]{{0,12}}(?:方面|领域|中|上|下|后|前|时|内|期间|基础上|来看|:))"
)
"""What may stand between the head of a clause and a date that is its frame: no subject."""
_MAY_DATE = re.compile(r"[\d五〇零年]")


class Section(NamedTuple):
    """What the headings above a paragraph say.

    Attributes
    ----------
    place : str or None
        The sub-area that the innermost of them names.
    goals, past : bool
        Whether one sets goals, or looks back.
    binding : str or None
        What the innermost that does so calls the targets below it.
    dated : tuple of (int, Date, str)
        Those that date what stands below them, by their level, with the rule.
    base : tuple of (int, Date) or None
        The base year that one sets (以2025年为基准), and its level.
    """

    place: str | None
    goals: bool
    past: bool
    binding: str | None
    dated: tuple[tuple[int, Date, str], ...]
    base: tuple[int, Date] | None


class _Heading(NamedTuple):
    """What a heading says by itself; attributes as of `Section`, and whether it may hold a date."""

    place: str | None
    goals: bool
    past: bool
    binding: str | None
    may_date: bool


@lru_cache(maxsize=1024)
def _heading(words: str) -> _Heading:
    return _Heading(
        heading_place(words),
        bool(_GOAL_SECTION.search(words)),
        looks_back(words),
        said_above(words),
        bool(_MAY_DATE.search(words)),
    )


def _section(headings: tuple[str, ...], time: DocumentTime, republic: bool) -> Section:
    """What the headings above a paragraph say."""
    place, goals, past, binding, dated, base = None, False, False, None, [], None
    for i, words in enumerate(headings):
        said = _heading(words)
        place = said.place or place
        goals |= said.goals
        past |= said.past
        binding = said.binding or binding
        found = _dated_heading(words, time, republic) if said.may_date else None
        if found:
            dated.append((i, *found))
        if "基" in words and (set_by := _base_heading(words, time, republic)):
            base = i, set_by
    return Section(place, goals, past, binding, tuple(dated), base)


def _base_heading(title: str, time: DocumentTime, republic: bool) -> Date | None:
    """The base year that a heading sets for what stands below it."""
    found = dates(title, 0, len(title), time, True, republic)
    return next((d for d in found if d.role == "baseline"), None)


@lru_cache(maxsize=256)
def _dated_heading(title: str, time: DocumentTime, republic: bool) -> tuple[Date, str] | None:
    """The date of a heading that dates what stands below it, and the rule."""
    found = [d for d in dates(title, 0, len(title), time, True, republic) if d.role == "horizon"]
    if not found:
        return None
    rule = dates_below(words_around(title, [(d.start, d.end) for d in found]))
    return (found[-1], rule.reason) if rule else None


def at_paragraph_start(text: str, paragraph: Paragraph, before: Context) -> Context:
    """The context in which a paragraph begins, given that at the end of the one before."""
    headings = paragraph.headings
    section = _section(headings, before.time, before.republic)
    opened = before.opened
    if opened and not (paragraph.item and headings[: len(opened[1])] == opened[1]):
        opened = None
    levels: list[Level] = []
    for i, date, rule in section.dated:
        at = paragraph.spans[i][0]
        levels.append(Level("heading", rule, at, headings[: i + 1], date.moved(at)))
    still = before.open
    if still and _NEW_PART.fullmatch(text, paragraph.start, paragraph.end):
        still = ()
    if still and not text.startswith("专栏", paragraph.start):  # a box stands apart
        mark = mark_of(text, paragraph.start) if paragraph.item else ""
        still = tuple([x for x in still if _goes_on(x, paragraph, mark)])
        levels += [x for x in still if not x.marked or _marked(x, paragraph)]
        still = tuple([x if x.marked else x._replace(marked=_marked(x, paragraph)) for x in still])
        levels.sort(key=lambda level: len(level.path))
    if not paragraph.item and before.date and text[paragraph.start - 2] in _GOES_ON:
        # …光伏680万千瓦;⏎抽水蓄能装机…
        levels = [before.levels[-1]._replace(of="list", rule=RUN.id, marked=None)]
    if TELLING.applies(text, paragraph.start):
        levels.append(Level("sentence", TELLING.id, paragraph.start, headings))
    pending = before.pending
    if pending and (pending.at < before.begin or pending.path != headings):
        pending = None
    return Context(
        time=before.time,
        levels=tuple(levels),
        open=still,
        pending=pending,
        begin=paragraph.start,
        path=headings,
        leads=headings != before.path,
        past=section.past,
        goals=section.goals,
        speakers=before.speakers,
        paragraph=(paragraph.start, paragraph.end),
        section_of_others=(before.speakers and before.speakers.section(paragraph.headings))
        or (before.list_of_others if paragraph.item else None),
        list_of_others=before.list_of_others if paragraph.item else None,
        place=(opened and opened[2]) or section.place,
        section_base=section.base and section.base[1].moved(paragraph.spans[section.base[0]][0]),
        own=before.own,
        republic=before.republic,
        binding=(opened and opened[0]) or section.binding,
        opened=opened,
        headline=_headline(text, paragraph),
    )


def _headline(text: str, paragraph: Paragraph) -> tuple[str, int] | None:
    """The first sentence of a paragraph, where it is short, else the heading right above it."""
    begin = paragraph.body
    bracket = text[begin] == "【"
    mark = "】" if bracket else "。"
    stop = text.find(mark, begin, min(begin + _LONGEST_HEADLINE, paragraph.end - 1))
    if stop > 0:
        return text[begin + bracket : stop], begin + bracket
    above, ends = paragraph.spans[-1] if paragraph.spans else (-1, -3)
    right_above = above < paragraph.start <= ends + 2
    return (paragraph.headings[-1], above) if right_above else None


def _goes_on(level: Level, paragraph: Paragraph, mark: str) -> bool:
    """Whether a paragraph stands below the same headings as the opening of a list, and in the same item."""
    below = paragraph.headings[: len(level.path)] == level.path
    return below and not (level.inside and level.inside == mark)


def _marked(level: Level, paragraph: Paragraph) -> bool:
    return paragraph.item or len(paragraph.headings) > len(level.path)


def at_sentence_start(s: Sentence, context: Context) -> Context:
    """The context of a sentence: a date before ends where the sentence starts something new."""
    if ":" in s.masked and (place := opening_place(s.masked, context.own)):
        context = context._replace(place=place)
    if _dated_at_head(s):
        # another date stands: from here on a list reaches only over items that carry marks
        if any(level.marked is False for level in context.open):
            kept = tuple(level._replace(marked=True) for level in context.open)
            context = context._replace(open=kept)
        return context
    level = context.levels[-1] if context.levels else None
    if level is None or level.of != "sentence" or level.date is None:
        return context
    figures = [q.start for q in s.quantities]
    own = bool(
        context.previous
        and context.previous.at == level.at
        and LATER_DATED.match(context.previous.masked)
    )
    found = reach(s.masked, s.clauses, figures, context.goals, level.task, own, level.inner)
    return _reached(context, level, found)


def _dated_at_head(s: Sentence) -> bool:
    return any(d.role == "horizon" and d.start < _HEAD for d in s.dates)


def _reached(context: Context, level: Level, found: Decision) -> Context:
    ended = found.disposition == ENDED
    new = (
        Level("sentence", found.reason, level.at, level.path)
        if ended
        else level._replace(rule=found.reason)
    )
    return context._replace(levels=(*context.levels[:-1], new))


def _turned(said: str, context: Context) -> Context:
    """The context without what ended a date, where the text turns from what is to what is to be."""
    level = context.levels[-1] if context.levels else None
    if level and level.of == "sentence" and level.date is None and TURN.search(said):
        return context._replace(levels=context.levels[:-1])
    return context


def skip_sentence(text: str, a: int, b: int, paragraph: Paragraph, context: Context) -> Context:
    """What a sentence that holds no target, and was not read, leaves to the next."""
    said = text[a:b]
    context = _turned(said, context)
    level = context.levels[-1] if context.levels else None
    if level and level.of == "sentence" and level.date:
        context = _reached(
            context,
            level,
            reach(said, [(0, b - a)], [], context.goals, level.task, inner=level.inner),
        )
    return _opened(text, a, b, said, paragraph, context)


def after_sentence(
    text: str, s: Sentence, paragraph: Paragraph, context: Context, rows: list[Row]
) -> Context:
    """What a sentence leaves to the next."""
    last = s.horizon(len(s.text))
    if last is not None and context.said_by_others(s.at + last.start):
        return context._replace(previous=s)  # a year that others set is not the plan's
    if last is not None and last.role == "past":
        outer = tuple(level for level in context.levels if level.of != "sentence")
        if not outer:
            outer = (Level("sentence", last.rule, s.at, paragraph.headings),)
        past = context.past and not context.goals
        return context._replace(past=past, levels=outer, previous=s)
    if last is None:
        context = _turned(s.masked, context._replace(previous=s))
    else:
        context = _dated(s, last, paragraph, context, rows)
    return _opened(text, s.at, s.at + len(s.text), s.masked, paragraph, context)


def _dated(
    s: Sentence, last: Date, paragraph: Paragraph, context: Context, rows: list[Row]
) -> Context:
    # 推广装配式建筑,到2025年…: the date is that task's
    task = last.start > s.ends[0] and reach(s.masked, s.clauses, []).disposition == ENDED
    done = task and rows and not context.goals and all(r.kind == "milestone" for r in rows)
    keeps = rows or context.goals or last.explicit or _ANNOUNCES.search(s.masked)
    base = s.base_in_force(len(s.text))
    level = Level(
        of="sentence",
        rule=last.rule,
        at=s.at,
        path=paragraph.headings,
        date=last.moved(s.at),
        strive=effort_word(s, last.end, last, context),
        base=base.moved(s.at) if base else context.base,
        task=task,
        inner=_behind_subject(s, last) or _second_date(s, last),
    )
    here = level if keeps and not done else level._replace(date=None, strive=None)
    outer = tuple(x for x in context.levels if x.of != "sentence")
    run = context.run
    if context.goals and _opens(s, paragraph) and _dated_at_head(s):
        run = level
    return context._replace(past=False, levels=(*outer, here), pending=level, run=run, previous=s)


def _behind_subject(s: Sentence, date: Date) -> bool:
    """Whether a date stands behind the subject of its clause, no other date in front of it."""
    begin = next((a for a, b in reversed(s.clauses) if a <= date.start), 0)
    return not _BEFORE_DATE.fullmatch(s.masked, begin, date.start)


def _second_date(s: Sentence, date: Date) -> bool:
    """Whether a sentence has an earlier date of another year: each dates its own figure (2025年达到X,2030年达到Y)."""
    return any(
        d.role == "horizon" and d.end <= date.start and d.years != date.years for d in s.dates
    )


def _opens(s: Sentence, paragraph: Paragraph) -> bool:
    """Whether a sentence is the first of its paragraph, behind a heading in its line if there is one."""
    begin, end = paragraph.spans[-1] if paragraph.spans else (-1, -1)
    if begin == paragraph.start:
        return 0 <= s.at - end <= 1
    return s.at == paragraph.body and not paragraph.item


def _opened(
    text: str, a: int, b: int, said: str, paragraph: Paragraph, context: Context
) -> Context:
    """The context behind a sentence that opens a list."""
    level = context.levels[-1] if context.date else context.pending
    if level is None or level.date is None:
        return context
    closes = b >= paragraph.end
    dated = [(d - a, e - a) for d, e in level.date.spans] if level.at == a else []
    rule = opening_of_list(said, text[b : b + 8], closes, dated)
    if rule is None:
        return context
    found = level._replace(
        of="list",
        rule=rule.reason,
        path=paragraph.headings,
        strive=level.strive or strive_in(said, a),
        task=False,
        inside=mark_of(text, paragraph.start) if paragraph.item else "",
        marked=None,
    )
    outer = tuple(x for x in context.levels if x.of != "sentence")
    context = context._replace(levels=(*outer, found), run=None)
    return _kept_open(context, found) if closes else context


def _kept_open(context: Context, level: Level) -> Context:
    """The context with a list that may go on; it takes the place of one that it does not stand in."""
    others = (x for x in context.open if level.inside or len(x.path) < len(level.path))
    return context._replace(open=(*others, level))


def at_paragraph_end(text: str, paragraph: Paragraph, context: Context, figures: bool) -> Context:
    """The context at the end of a paragraph; ``figures``: it holds goals with a figure."""
    if text[paragraph.end - 1] == ":" and (others := context.said_by_others(paragraph.end - 1)):
        return context._replace(list_of_others=others)
    if text[paragraph.end - 1] == ":":
        words = text[paragraph.start : paragraph.end]
        called, place = said_above(words), opening_place(words, context.own)
        if called or place:
            context = context._replace(opened=(called, paragraph.headings, place))
    run = context.run
    if run is None:
        return context
    if figures and not context.leads:
        return context  # parallel paragraphs, each with its date
    found = run._replace(of="list", rule=GOALS_RUN.id, task=False, marked=None)
    return _kept_open(context, found)
