"""What one sentence leaves to the next: the years in force, 力争, and where they end."""

from __future__ import annotations

import re
from functools import cache, lru_cache

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
def _heading(words: str) -> tuple[str | None, bool, bool]:
    """What a heading says: the sub-area, whether it sets goals, whether it looks back."""
    return heading_place(words), _GOAL_SECTION in words, words.endswith(_PAST_SECTION)


def at_paragraph_start(paragraph: Paragraph, before: Context) -> Context:
    """The context in which a paragraph begins, given that at the end of the one before."""
    context = Context(time=before.time, national=before.national, republic=before.republic)
    for heading in paragraph.headings:  # the innermost that names a place counts
        place, goals, past = _heading(heading)
        context.place = place or context.place
        context.goals |= goals
        context.past |= past
    if before.frame and paragraph.item:
        context.frame = before.frame
        context.years, context.stated, context.strive = before.frame
    return context


def at_paragraph_end(text: str, paragraph: Paragraph, context: Context) -> Context:
    """The context at the end of a paragraph: a line that ends in a colon is a frame for its items."""
    if context.years and text[paragraph.end - 1] == ":":
        context.frame = (context.years, context.stated, context.strive)
    elif not paragraph.item:
        context.frame = None
    return context


def end_reach(s: Sentence, context: Context) -> None:
    """End the reach of the date before where the sentence starts something new."""
    if context.years and not _continues(s, context):
        context.years, context.strive = [], None


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


def skip_sentence(text: str, a: int, b: int, context: Context) -> None:
    """A sentence that holds nothing was passed over."""
    if context.years and not context.goals and _patterns()[0].match(text, a, b):
        context.years, context.strive = [], None


def after_sentence(s: Sentence, context: Context, rows: list[Row]) -> None:
    """What a sentence leaves to the next."""
    context.previous = s
    context.task = context.task and bool(context.years)
    last = s.horizon(len(s.text))
    if last is None:
        return
    if last.role == "past":
        context.years, context.strive, context.past = [], None, context.past and not context.goals
        return
    context.past = False
    keeps = rows or context.goals or last.explicit or rx(":。?$").search(s.masked)
    context.years = last.years if keeps else []
    # 推广装配式建筑,到2025年…: the date is that task's
    context.task = last.start > s.ends[0] and bool(_patterns()[0].match(s.masked))
    if context.task and rows and not context.goals and all(r.kind == "milestone" for r in rows):
        context.years = []
    context.stated = last, s.at
    context.date = last.moved(s.at) if keeps and last.explicit else None
    context.strive = effort_word(s, last.end, last, context) if keeps else None
