"""Apply decisions to what the extractor found; a decision whose guards no longer hold stops the build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from compare.base.errors import CompareError
from compare.extraction.row.evidence_fields import evidence_fields_of
from compare.extraction.row.extracted_target import ExtractedTarget
from compare.extraction.row.repeats import repeats
from compare.intake.source import Source
from compare.review.decisions import NOTES, Decision, as_row_value
from compare.review.reviewed_spans import reviewed_spans
from compare.review.rows import ReviewedRow, reviewed_row


def locate(d: Decision, source: Source) -> tuple[int, int]:
    """Span of the marked words in the raw text; stale where the plan does not hold them exactly once."""
    front, rest = d.expect.split("«")
    value, back = rest.split("»")
    words = front + value + back
    found = source.text.count(words, source.start, source.end)
    if found != 1:
        what = "is not in the plan any more" if not found else f"stands {found} times in the plan"
        raise d.stale(f"{words!r} {what}")
    start = source.text.index(words, source.start) + len(front)
    return start, start + len(value)


def apply(
    rows: Sequence[ExtractedTarget], decisions: Sequence[Decision], source: Source
) -> list[ReviewedRow]:
    """Rows after review.

    Parameters
    ----------
    rows : sequence of ExtractedTarget
    decisions : sequence of Decision
    source : Source
        The document.

    Returns
    -------
    list of ReviewedRow
        In text order, with ``origin``, the last ``decision`` about each row, and ``repeats`` worked
        out anew.

    Raises
    ------
    CompareError
        Where a decision is stale: its words are gone, its row is not there, its ``was`` differs;
        and where two decisions correct the same field of a row.
    """
    out = dict(enumerate(map(reviewed_row, rows)))
    corrected: dict[tuple[int, str], Decision] = {}
    added: set[int] = set()
    for d in decisions:
        start, end = locate(d, source)
        here = {n: r for n, r in out.items() if r.start == start and r.end == end}
        if d.action == "add":
            number = len(rows) + len(added)
            added.add(number)
            out[number] = _added(d, start, end, source, here.values())
            continue
        number, row = _row(d, here)
        for name in d.set:
            if earlier := corrected.get((number, name)):
                place = f"{earlier.path}:{earlier.line}"
                raise d.error(f"{name} of this row is corrected at {place} already")
            corrected[number, name] = d
        for name, value in d.was.items():
            if getattr(row, name) != as_row_value(value):
                raise d.stale(f"{name} is {_shown(getattr(row, name))} now, not {value!r}")
        if d.action == "reject":
            del out[number]
            continue
        if d.action == "correct":
            row = _corrected(row, d)
        out[number] = replace(row, decision=d)
    for n, r in out.items():
        if r.decision is not None and (n, "review_reasons") not in corrected:
            r = replace(r, review_reasons=())  # somebody has looked, whatever the reason
        if r.decision is not None:
            r = replace(r, spans=reviewed_spans(r, None if n in added else rows[n], rows))
        out[n] = r
    return _with_repeats(sorted(out.values(), key=lambda r: (r.start, r.indicator_text)))


def _with_repeats(rows: list[ReviewedRow]) -> list[ReviewedRow]:
    """Rows of a document with ``repeats`` as the extractor works it out."""
    return [
        r if again == r.repeats else replace(r, repeats=again)
        for r, again in zip(rows, repeats(rows), strict=True)
    ]


def blamed(decision: Decision | None, error: CompareError) -> CompareError:
    """The error about a row, naming the decision about it where that has set its fields."""
    return decision.error(str(error)) if decision is not None and decision.set else error


def _row(d: Decision, here: dict[int, ReviewedRow]) -> tuple[int, ReviewedRow]:
    """The one row that a decision is about, with its number."""
    if d.row is not None:
        here = {n: r for n, r in here.items() if r.indicator_text == d.row}
    if d.year is not None:
        here = {n: r for n, r in here.items() if r.target_year == d.year}
    if not here:
        raise d.stale("no extracted row stands there")
    if len(here) > 1:
        raise d.stale(f"{len(here)} rows share the span: name one in 'row' (and 'year')")
    return next(iter(here.items()))


def _corrected(row: ReviewedRow, d: Decision) -> ReviewedRow:
    new = {k: as_row_value(v) for k, v in d.set.items()}
    for name, value in new.items():
        if getattr(row, name) == value:
            raise d.stale(f"{name} is {_shown(value)} already")
    return replace(row, **new, **({} if set(new) <= set(NOTES) else {"origin": "reviewed"}))


def _shown(value: object) -> str:
    """A value of a row as a decision writes it."""
    return repr(list(value) if isinstance(value, tuple) else value)


def _added(
    d: Decision, start: int, end: int, source: Source, here: Iterable[ReviewedRow]
) -> ReviewedRow:
    new = {k: as_row_value(v) for k, v in d.set.items()}
    for name in ("indicator_text", "kind"):
        if not new.get(name):
            raise d.error(f"add needs {name!r} in 'set'")
    key = (new["indicator_text"], new.get("target_year"))
    if any((r.indicator_text, r.target_year) == key for r in here):
        raise d.stale(f"the row {new['indicator_text']!r} is there already")
    row: dict[str, Any] = {"measure": "level", "tier": "base", "effort": "firm"}
    row |= {"indicator": "other"} | evidence_fields_of(source, start, end)._asdict() | new
    row |= {"doc": source.doc, "start": start, "end": end, "value_text": source.text[start:end]}
    return ReviewedRow(**row, origin="reviewed", decision=d)
