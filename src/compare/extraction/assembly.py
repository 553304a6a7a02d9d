"""All together: paragraphs → sentences → rows, with what one sentence leaves to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from compare.extraction import without_figure
from compare.extraction.attribution.own_document import own_document
from compare.extraction.attribution.speakers import REPORT, Speakers
from compare.extraction.commitment.binding_words import with_binding
from compare.extraction.dates import frame_steps
from compare.extraction.dates.document_time import document_time
from compare.extraction.layout import part_rules
from compare.extraction.layout.normalise import Clean, clean_of, plain
from compare.extraction.layout.segment import LONGEST_SENTENCE, Paragraph, paragraphs, sentences
from compare.extraction.ledger.reading import Reading
from compare.extraction.row.doubts import with_doubts
from compare.extraction.row.evidence_fields import EvidenceFields
from compare.extraction.row.extracted_target import EXTRA, FIELDS, ExtractedTarget
from compare.extraction.row.repeats import repeats
from compare.extraction.row.spans import spans_of
from compare.extraction.rules import Rule
from compare.extraction.sentence import Context, Row, parse_sentence
from compare.extraction.subject.indicator_match import indicator_of
from compare.extraction.subject.scope import own_places
from compare.extraction.tables.reading import PlanTables
from compare.extraction.with_figure import figure_rows
from compare.intake.file_parts import Part, anchored_parts, file_parts
from compare.vocabulary.lexicon import any_of, words

if TYPE_CHECKING:
    import pandas as pd

    from compare.intake.source import Source

_PLAIN_UNITS = (None, "%", "year")
_HALF_WIDTH = str.maketrans("／：％", "/:%")

_Found = tuple[Row, Paragraph, tuple[int, int]]  # a row, its paragraph, its sentence's span

# a sentence without a digit and without any of these holds no target
_HAN = "一二三四五六七八九"
_FIVES = ("六五", "七五", "八五", "九五", "十五", "二十五")
_TRIGGER = re.compile(
    any_of(
        words()["sentences"]["hints"],
        [n + unit for n in f"{_HAN}十百千" for unit in ("个百分点", *"成倍亿万")],
        [f"十{n}五" for n in _HAN],
        [mark + five for mark in '“"「『' for five in _FIVES],
        [f"二{zero}" for zero in "〇零○"],
        [f"零{of}" for of in "填排废增新直"],
        [f"基本{verb}" for verb in "淘取关退消杜清出"],
        [each * 2 for each in "村乡镇县户校"],
    )
)
_DUE = re.compile("应.尽")
# opens with one set of characters, so that the search can skip to them
_FIGURE = re.compile(
    r"[\d一二三四五六七八九十百千两翻每](?:(?<=\d)|(?<![翻每])(?:个百分点|[成倍亿万]|千瓦)|(?<=百)分之|(?<=翻)[一两]番|(?<=每)年"
    r"|(?<=十)[一二三四五六七八九]五|(?<=[“\"「『][六七八九十])五|(?<=[“\"「『]二十)五|(?<=二)[〇零○])"
)
_DIGIT = re.compile(r"\d")
_AGENCY_LINE = re.compile(r"\([^。]{0,400}?(?:牵头|责任单位|负责|配合|分工)")


def _never(*_: object) -> bool:
    """Where a block ends is found elsewhere; the rule only names it."""
    return False


AGENCIES = Rule(
    "agencies",
    "A line in brackets names who is to do the work.",
    "name",
    _never,
    taken="(牵头单位:市能源局«2»处)\n到2025年，绿电比例达到30%。",
    left="(到2025年，绿电比例达到«30%»。)",
)
RULES = (AGENCIES,)


def extract_text(
    raw: str,
    start: int | None = None,
    end: int | None = None,
    doc: str = "text",
    with_spans: bool = False,
    issued: int | None = None,
    reading: Reading | None = None,
    parts: Sequence[Part] | None = None,
) -> list[ExtractedTarget]:
    """Rows of the plans in a text.

    Parameters
    ----------
    raw : str
        The raw text.
    start, end : int, optional
        The plan's own part of it.
    doc : str
        Name of the document.
    with_spans : bool
        Add to each row ``spans``, where the words stand that made it (`compare.extraction.row.spans`).
    issued : int, optional
        Year of issue, where it is known; else what the text tells of it counts.
    reading : Reading, optional
        Takes what was read and what was set aside.
    parts : sequence of Part, optional
        The parts of the text, where no span is given; found by
        `compare.intake.file_parts.file_parts` where they are not given either.

    Returns
    -------
    list of ExtractedTarget
        In text order.
    """
    if start is not None:
        parts = anchored_parts(len(raw), start, len(raw) if end is None else end)
    out: list[ExtractedTarget] = []
    page = ""
    for part in parts or file_parts(raw):
        if part.kind == "plan":
            out += _rows_of_plan(raw, part, page, doc, with_spans, issued, reading)
        elif reading is not None:
            reading.set_aside(part.start, part.end, part_rules.BY_REASON[part.reason])
        before = part.kind in ("summary", "preamble") and issued is None
        page = plain(raw[part.start : part.end]).text if before else ""
    return out


def extract_source(
    source: Source, reading: Reading | None = None, with_spans: bool = False
) -> list[ExtractedTarget]:
    """Rows of a document as it was read, in text order (the others as for `extract_text`)."""
    return extract_text(
        source.text,
        doc=source.doc,
        with_spans=with_spans,
        issued=source.issued_year,
        reading=reading,
        parts=source.parts,
    )


def _rows_of_plan(
    raw: str,
    part: Part,
    page: str,
    doc: str,
    with_spans: bool,
    issued: int | None,
    reading: Reading | None,
) -> list[ExtractedTarget]:
    same = plain(raw[part.start : part.end])
    tables = PlanTables(same.text, raw, part.start)
    text = clean_of(same, part.start, tables.spans)
    if reading is not None:
        reading.begin(text)
    found: list[_Found] = []
    republic = "民国" in text.text
    carried = Context(
        time=document_time(text.text, issued, republic, page),
        speakers=Speakers(text.text, own_document(text.text)),
        republic=republic,
        own=own_places(text.text),
    )
    around, cells = EvidenceFields(text, raw), []
    for paragraph in paragraphs(text.text):
        if tables.stands_in(text.text, paragraph):
            section = around.section(paragraph)
            cells += tables.read(text, paragraph, carried, section, doc, with_spans, reading)
        else:
            carried = _paragraph(text.text, paragraph, carried, found, reading)
    rows = [_target(one, text, raw, doc, around, with_spans) for one in found]
    return _finish(rows + cells)


def _paragraph(
    text: str,
    paragraph: Paragraph,
    before: Context,
    found: list[_Found],
    reading: Reading | None = None,
) -> Context:
    context = frame_steps.at_paragraph_start(text, paragraph, before)
    figures = False
    if context.speakers and context.speakers.is_report(paragraph.start, paragraph.end):
        if reading is not None:
            reading.set_aside_clean(paragraph.start, paragraph.end, REPORT)
        return context
    # without a date in force only a figure or a date of its own can make a sentence a commitment
    figure = _FIGURE.search(text, paragraph.start, paragraph.end)
    for a, b in sentences(text, paragraph) if figure or context.years or context.pending else ():
        if not context.years and not context.pending:
            if figure and figure.start() < a:
                figure = _FIGURE.search(text, a, paragraph.end)
            if not figure:
                break
            if figure.end() > b:
                continue
        elif not _could_commit(text, a, b):
            context = frame_steps.skip_sentence(text, a, b, paragraph, context)
            continue
        if (
            text[a] == "("
            and text[a:b].rstrip("。").endswith(")")
            and _AGENCY_LINE.match(text, a, b)
        ):
            if reading is not None:
                reading.set_aside_clean(a, b, AGENCIES)
            continue
        # where a plan looks back, 五年累计 is not its own term
        time = replace(context.time, term=None) if context.past else context.time
        s = parse_sentence(text, a, b, time, context.goals, context.republic)
        context = frame_steps.at_sentence_start(s, context)
        read = reading and reading.sentence(s, context)
        rows = figure_rows.rows(s, context, read and read.figures)
        worded = without_figure.read(s, context, rows)
        rows = _without_doubles(worded.rows)
        rows = with_binding(s, rows, context.binding)
        rows = with_doubts(text, s, rows, context)
        if read:
            read.rows += rows
            read.left += worded.left
        found += [(row, paragraph, (a, b)) for row in rows]
        figures |= any(row.kind == "numeric" for row in rows)
        context = frame_steps.after_sentence(text, s, paragraph, context, rows)
    return frame_steps.at_paragraph_end(text, paragraph, context, figures)


def _could_commit(text: str, a: int, b: int) -> bool:
    """Whether the sentence ``text[a:b]`` holds a word, or a figure, that could make it a commitment."""
    return bool(_DIGIT.search(text, a, b) or _TRIGGER.search(text, a, b) or _DUE.search(text, a, b))


def _without_doubles(rows: list[Row]) -> list[Row]:
    """A milestone's size is not also a number of its own; one span, subject and year stand once."""
    if len(rows) < 2:
        return rows
    sizes = {(r.start, r.end) for r in rows if r.kind == "milestone"}
    out: dict[tuple, Row] = {}
    for r in rows:
        if r.kind != "numeric" or (r.start, r.end) not in sizes:
            out.setdefault((r.start, r.indicator_text, r.target_year), r)
    return sorted(out.values(), key=lambda r: (r.start, r.end))


def _finish(rows: list[ExtractedTarget]) -> list[ExtractedTarget]:
    """Rows in text order, each with the first that states the same."""
    out = sorted(rows, key=lambda r: (r.start, r.indicator_text))
    return [
        r if again is None else replace(r, repeats=again)
        for r, again in zip(out, repeats(out), strict=True)
    ]


def _target(
    found: _Found, text: Clean, raw: str, doc: str, around: EvidenceFields, with_spans: bool
) -> ExtractedTarget:
    row, paragraph, (a, b) = found
    start, end = text.raw(row.start), text.raw_end(row.end)
    own = around.own(paragraph) or str
    if a == paragraph.body:
        a = paragraph.start
    if row.start < a:  # the year of a peak stands in a sentence, or a line, before
        since = max(0, row.start - LONGEST_SENTENCE)
        a = max(since, *(text.text.rfind(mark, since, row.start) + 1 for mark in "。!?\n"))
    sentence = around.fields(paragraph, a, b, row.start)
    return ExtractedTarget(
        doc=doc,
        start=start,
        end=end,
        value_text=raw[start:end],
        indicator_text=own(row.indicator_text),
        indicator=indicator_of(str(row.indicator_text), row.dimension, row.measure, row.kind),
        kind=row.kind,
        value=row.value,
        value_max=row.value_max,
        unit=row.unit if row.unit in _PLAIN_UNITS else own(row.unit).translate(_HALF_WIDTH),
        comparator=row.comparator,
        measure=row.measure,
        direction=row.direction,
        baseline_year=row.baseline_year,
        baseline_value=row.baseline_value,
        target_year=row.target_year,
        period=row.period,
        tier=row.tier,
        effort=row.effort,
        binding=row.binding,
        scope_region=own(row.scope_region) if row.scope_region else None,
        review_reasons=row.review_reasons,
        section=sentence.section,
        evidence=sentence.evidence,
        evidence_start=sentence.evidence_start,
        lead_agencies=sentence.lead_agencies,
        support_agencies=sentence.support_agencies,
        spans=spans_of(row, text, raw) if with_spans else (),
    )


def to_frame(rows: Iterable[ExtractedTarget]) -> pd.DataFrame:
    """Rows as a DataFrame with the registry's nullable types."""
    from compare.schema import fields

    return fields.rows_to_pandas([r.as_dict() for r in rows], FIELDS + EXTRA)
