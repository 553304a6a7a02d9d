"""What one sentence leaves to the next: the years in force, 力争, and where they end."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from compare.extraction.binding import said_above
from compare.extraction.effort import effort_word
from compare.extraction.scope import heading_place
from compare.extraction.segment import Paragraph
from compare.extraction.sentence import Context, Row, Sentence
from compare.vocabulary.lexicon import rx, words

_PAST_SECTION = ("基础", "现状", "成效", "回顾", "形势", "背景")
_GOAL_SECTION = "目标"


@cache
def _patterns() -> tuple[re.Pattern, re.Pattern]:
    opening = re.compile(rf"[\s“\"(]*(?:{words()['tasks']['opening_re']})")
    achieving = re.compile("|".join(v for v in words()["achieve"]["verbs"] if len(v) > 1))
    return opening, achieving


@lru_cache(maxsize=256)
def _heading(words: str) -> tuple[str | None, bool, bool, str | None]:
    """What a heading says: the sub-area, whether it sets goals or looks back, binding or expected."""
    past = words.endswith(_PAST_SECTION)
    return heading_place(words), _GOAL_SECTION in words, past, said_above(words)


def at_paragraph_start(paragraph: Paragraph, before: Context) -> Context:
    """The context in which a paragraph begins, given that at the end of the one before."""
    place, goals, past = None, False, False
    opened, binding = before.opened, None
    if opened and not (paragraph.item and paragraph.headings[: len(opened[1])] == opened[1]):
        opened = None
    for heading in paragraph.headings:  # the innermost that names a place counts
        named, sets_goals, looks_back, called = _heading(heading)
        place = named or place
        binding = called or binding
        goals |= sets_goals
        past |= looks_back
    frame = before.frame if paragraph.item else None
    years, stated, strive = frame or ([], None, None)
    return Context(
        time=before.time,
        national=before.national,
        republic=before.republic,
        own=before.own,
        place=place,
        goals=goals,
        past=past,
        frame=frame,
        years=years,
        stated=stated,
        strive=strive,
        binding=opened[0] if opened else binding,
        opened=opened,
    )


def at_paragraph_end(text: str, paragraph: Paragraph, context: Context) -> Context:
    """The context at the end of a paragraph: a line that ends in a colon is a frame for its items."""
    if text[paragraph.end - 1] != ":":
        return context
    if called := said_above(text[paragraph.start : paragraph.end]):
        context = replace(context, opened=(called, paragraph.headings))
    if context.years:
        return replace(context, frame=(context.years, context.stated, context.strive))
    return context


def at_sentence_start(s: Sentence, context: Context) -> Context:
    """The context of a sentence: the date before ends where the sentence starts something new."""
    if context.years and not _continues(s, context):
        return replace(context, years=[], strive=None)
    return context


def _continues(s: Sentence, context: Context) -> bool:
    if context.goals or any(d.role == "horizon" and d.start < 12 for d in s.dates):
        return True
    if s.masked.startswith(("每年", "年均", "另", "此外")):
        return False
    # a norm, or a goal of another term: 原则上不超过1.3; 中期目标是…
    if rx("(?:近期|中期|远期|长期)目标|[^,;]{0,24}原则上(?:不|应|须)").match(s.masked):
        return False
    opening, achieving = _patterns()
    if not opening.match(s.masked):
        return True
    # 完成节能改造3500万平方米以上,建设…: an aim, not a task
    a, b = s.clauses[0]
    return (
        not context.task
        and bool(achieving.match(s.masked))
        and any(a <= q.start < b for q in s.quantities)
    )


def skip_sentence(text: str, a: int, b: int, context: Context) -> Context:
    """What a sentence that holds no target, and was not read, leaves to the next."""
    if context.years and not context.goals and _patterns()[0].match(text, a, b):
        return replace(context, years=[], strive=None)
    return context


def after_sentence(s: Sentence, context: Context, rows: list[Row]) -> Context:
    """What a sentence leaves to the next."""
    last = s.horizon(len(s.text))
    task = context.task and bool(context.years)
    if last is None:
        return replace(context, previous=s, task=task)
    if last.role == "past":
        past = context.past and not context.goals
        return replace(context, previous=s, task=task, years=[], strive=None, past=past)
    keeps = bool(rows or context.goals or last.explicit or rx(":。?$").search(s.masked))
    # 推广装配式建筑,到2025年…: the date is that task's
    task = last.start > s.ends[0] and bool(_patterns()[0].match(s.masked))
    done = task and rows and not context.goals and all(r.kind == "milestone" for r in rows)
    return replace(
        context,
        previous=s,
        task=task,
        past=False,
        years=last.years if keeps and not done else [],
        stated=(last, s.at),
        date=last.moved(s.at) if keeps and last.explicit else None,
        strive=effort_word(s, last.end, last, context) if keeps else None,
    )
