"""What all commitments without a figure share: the date in force, the subject, the row."""

from __future__ import annotations

from compare.extraction.effort import effort_word
from compare.extraction.figure_list import unmasked, without_dates
from compare.extraction.horizons import Date
from compare.extraction.scope import scope_of
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject_words import strip_head, strip_tail


def in_force(s: Sentence, at: int, context: Context) -> tuple[Date | None, list[int | None]]:
    """The date of the sentence that governs ``at``, if any, and the years in force; empty where none are."""
    date = s.horizon(at)
    if date:
        return date, date.years if date.role == "horizon" else []
    return None, [] if context.past else context.years


def subject(s: Sentence, begin: int, at: int) -> str:
    """The subject that stands in ``masked[begin:at]``, in its own words."""
    name = strip_head(strip_tail(without_dates(s, begin, at)[0]))
    if name[:1] in '“"' and name[-1:] in '”"':
        name = name.strip('“”"')
    return unmasked(s, name, begin, at)


def row(
    s: Sentence,
    span: tuple[int, int],
    name: str,
    year: int | None,
    date: Date | None,
    context: Context,
    **more,
) -> Row:
    """A row for ``span`` (local offsets); ``more`` are its further fields, ``kind`` among them."""
    scope = context.place  # a project keeps the place in its name
    if more.get("kind") != "milestone":
        scope, name = scope_of(name, context.place, context.own)
    effort = effort_word(s, span[0], date, context)
    return Row(
        start=s.at + span[0],
        end=s.at + span[1],
        indicator_text=name,
        target_year=year,
        effort="strive" if effort else "firm",
        scope_region=scope,
        horizon_at=context.horizon_at(year, date, s.at),
        effort_at=effort,
        **more,
    )
