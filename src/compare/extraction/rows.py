"""All together: paragraphs → sentences → rows, with what one sentence leaves to the next."""

from __future__ import annotations

import re

from compare.extraction import figures, phrases
from compare.extraction.agencies import agencies
from compare.extraction.lexicon import rx, words
from compare.extraction.matching import indicator_of
from compare.extraction.normalise import Clean, clean
from compare.extraction.scope import heading_place
from compare.extraction.segment import Paragraph, paragraphs, sentences
from compare.extraction.sentence import Context, Row, Sentence, make, strives

FIELDS = (
    "doc", "start", "end", "value_text", "indicator_text", "indicator", "kind", "value", "value_max", "unit",
    "comparator", "measure", "direction", "baseline_year", "target_year", "period", "tier", "effort",
    "scope_region", "repeats", "note",
)  # fmt: skip
EXTRA = ("section", "evidence", "evidence_start", "lead_agencies", "support_agencies")

# a sentence without any of these holds no target
_TRIGGER = re.compile(
    r"\d|百分之|[一二三四五六七八九十百千]+(?:个百分点|成|倍|亿|万)|翻[一两]番|全部|全面|一律|全覆盖|基本覆盖|清零|零[填排废增新直]|下达|核定|省定|市定|"
    r"提高|提升|增加|增长|上升|扩大|增强|下降|降低|减少|压减|稳中|稳定|优化|改善|新台阶|只增不减|峰值|达峰|十[一二三四五六]五|二[〇零○]|应[收改]尽"
)
_FIGURE = re.compile(
    r"\d|百分之|[一二三四五六七八九十百千两]+(?:个百分点|成|倍|亿|万|千瓦)|翻[一两]番|每年|十[一二三四五六]五|二[〇零○]"
)
_AGENCY_LINE = re.compile(r"\(.*(?:牵头|责任单位|负责|配合|分工)")
_PAST_SECTION = re.compile(r"(?:发展|工作|现状|现实)?(?:基础|现状|成效|回顾|形势|背景)$")
_GOAL_SECTION = re.compile(r"目标")
_SPACE = re.compile(r"[\s\u3000]+")
_ISSUED = re.compile(r"(20[12]\d)年\d{1,2}月\d{1,2}日")


def extract_text(
    raw: str, start: int | None = None, end: int | None = None, doc: str = "text"
) -> list[dict]:
    """Rows of a plan.

    Parameters
    ----------
    raw : str
        The raw text.
    start, end : int, optional
        The plan's own part of it; found by `compare.read.plan_span` where not given.
    doc : str
        Name of the document.

    Returns
    -------
    list of dict
        In text order; keys are `FIELDS` and `EXTRA`.
    """
    if start is None:
        from compare.read import plan_span

        start, end = plan_span(raw)
    text = clean(raw, start, end)
    issued = _issued(text.text)
    found: list[tuple[Row, Paragraph, tuple[int, int]]] = []
    carried = Context(issued=issued)
    for paragraph in paragraphs(text.text):
        carried = _paragraph(text.text, paragraph, carried, issued, found)
    return _finish(found, text, raw, doc)


def _issued(text: str) -> int | None:
    years = [int(m[1]) for m in _ISSUED.finditer(text[:3000])]
    years += [int(m[1]) for m in _ISSUED.finditer(text[-400:])]
    return max(years) if years else None


def _paragraph(text, paragraph, before: Context, issued, found) -> Context:
    context = Context(issued=issued, place=heading_place(paragraph.headings))
    context.goals = any(_GOAL_SECTION.search(h) for h in paragraph.headings)
    context.past = any(_PAST_SECTION.search(h) for h in paragraph.headings)
    if before.explicit and paragraph.item:
        context.years, context.strive = before.years, before.strive
    last_years_sentence = None
    for a, b in sentences(text, paragraph):
        # without a date in force only a figure or a date of its own can make a sentence a promise
        if not (_TRIGGER if context.years else _FIGURE).search(text, a, b):
            context = _after_plain(text, a, b, context)
            continue
        if text[a] == "(" and _AGENCY_LINE.match(text, a, b):
            continue
        s = make(text, a, b, issued)
        if not _continues(s, context):
            context.years, context.strive = [], False
            if context.past and not context.goals:
                context.past = any(_PAST_SECTION.search(h) for h in paragraph.headings)
        rows = figures.rows(s, context)
        rows += phrases.rows(s, context, rows)
        rows = _without_doubles(rows)
        for row in rows:
            found.append((row, paragraph, (a, b)))
        context = _after(s, context, rows)
        last_years_sentence = s
        context.previous = s
    frame = text[paragraph.end - 1 : paragraph.end] in ":;" and bool(context.years)
    if frame and last_years_sentence is not None:
        context.explicit = (paragraph.start, paragraph.end)
    elif before.explicit and paragraph.item:
        context.years, context.strive, context.explicit = (
            before.years,
            before.strive,
            before.explicit,
        )
    else:
        context.explicit = None
    return context


def _without_doubles(rows: list[Row]) -> list[Row]:
    """A milestone's size is not also a number of its own; one span and subject stand once."""
    sizes = {(r.start, r.end) for r in rows if r.kind == "milestone"}
    seen, out = set(), []
    for r in rows:
        key = (r.start, r.indicator_text, r.target_year)
        if (r.kind == "numeric" and (r.start, r.end) in sizes) or key in seen:
            continue
        seen.add(key)
        out.append(r)
    return sorted(out, key=lambda r: (r.start, r.end))


def _continues(s: Sentence, context: Context) -> bool:
    """Whether a sentence without a date of its own goes on with the goals of the one before."""
    if not context.years:
        return False
    first = next((d for d in s.dates if d.role == "horizon"), None)
    if first and first.start < 12:
        return True  # its own date takes over anyway
    if context.goals:
        return True
    if s.masked.startswith(("每年", "年均")):
        return False
    return not _opening().match(s.masked)


_CACHE: dict[str, re.Pattern] = {}


def _opening() -> re.Pattern:
    if "o" not in _CACHE:
        _CACHE["o"] = re.compile(rf"[\s“\"(]*(?:{words()['tasks']['opening_re']})")
    return _CACHE["o"]


def _after_plain(text: str, a: int, b: int, context: Context) -> Context:
    if context.years and not context.goals and _opening().match(text, a, b):
        context.years, context.strive = [], False
    return context


def _after(s: Sentence, context: Context, rows: list[Row]) -> Context:
    last = s.horizon(len(s.text))
    if last is None:
        return context
    if last.role == "past":
        context.years, context.strive, context.past = [], False, False
        return context
    if rows or context.goals or s.masked.rstrip("。").endswith(":"):
        context.years = last.years
        context.strive = strives(s, last.end, last, context)
    else:
        context.years, context.strive = (
            ([], False)
            if last.explicit is False and not context.goals
            else (last.years, strives(s, last.end, last, context))
        )
    context.past = False
    return context


def _finish(found, text: Clean, raw: str, doc: str) -> list[dict]:
    out = []
    around = Surroundings(text, raw)
    for row, paragraph, (a, b) in found:
        start, end = text.raw(row.start), text.raw_end(row.end)
        value_text = raw[start:end]
        unit = row.unit
        if unit and unit != "year" and row.kind != "verbal":
            unit = _raw_unit(value_text, unit)
        own = around.own(paragraph)
        name, scope = row.indicator_text, row.scope_region
        if own:
            name, scope = own(name), own(scope) if scope else None
        out.append(
            {
                "doc": doc,
                "start": start,
                "end": end,
                "value_text": value_text,
                "indicator_text": name,
                "indicator": indicator_of(row.indicator_text, row.dimension, row.measure, row.kind),
                "kind": row.kind,
                "value": row.value,
                "value_max": row.value_max,
                "unit": unit,
                "comparator": row.comparator,
                "measure": row.measure,
                "direction": row.direction,
                "baseline_year": row.baseline_year,
                "target_year": row.target_year,
                "period": row.period,
                "tier": row.tier,
                "effort": row.effort,
                "scope_region": scope,
                "repeats": None,
                "note": None,
                **around.of(paragraph, a, b),
            }
        )
    out.sort(key=lambda r: (r["start"], r["indicator_text"]))
    mark_repeats(out)
    return out


class Surroundings:
    """Section, evidence and agencies of places in a text; each paragraph is looked at once.

    Parameters
    ----------
    text : Clean
    raw : str
        The raw text it was made from.
    """

    def __init__(self, text: Clean, raw: str):
        self._text, self._raw = text, raw
        self._known: dict[int, tuple] = {}

    def _paragraph(self, paragraph: Paragraph) -> tuple:
        known = self._known.get(paragraph.start)
        if known is None:
            clean_text = self._text.text[paragraph.start : paragraph.end]
            a, b = self._text.raw(paragraph.start), self._text.raw_end(paragraph.end)
            own = _own_script(clean_text, _SPACE.sub("", self._raw[a:b]))
            lead, support = agencies(clean_text)
            if own:
                lead = lead and [own(x) for x in lead]
                support = support and [own(x) for x in support]
            headings = [
                self._raw[self._text.raw(x) : self._text.raw_end(y)] for x, y in paragraph.spans
            ]
            section = " › ".join(_SPACE.sub("", h) for h in headings) or None
            known = self._known[paragraph.start] = (own, lead, support, section)
        return known

    def own(self, paragraph: Paragraph):
        """Function that gives clean words their own script back, or None."""
        return self._paragraph(paragraph)[0]

    def of(self, paragraph: Paragraph, a: int, b: int) -> dict:
        """The columns `EXTRA` for a sentence of a paragraph (clean offsets)."""
        _, lead, support, section = self._paragraph(paragraph)
        start, end = self._text.raw(a), self._text.raw_end(b)
        return {
            "section": section,
            "evidence": self._raw[start:end],
            "evidence_start": start,
            "lead_agencies": lead,
            "support_agencies": support,
        }


def _own_script(clean_text: str, own_text: str):
    """A function that gives words of a paragraph back their own script and width; None if nothing differs."""
    if clean_text == own_text or len(clean_text) != len(own_text):
        return None
    table: dict[str, str] = {}

    def own(words: str) -> str:
        at = clean_text.find(words)
        if at >= 0:
            return own_text[at : at + len(words)]
        if not table:  # put together from parts of the paragraph: character by character
            table.update(zip(reversed(clean_text), reversed(own_text), strict=True))
        return "".join(table.get(c, c) for c in words)

    return own


def _raw_unit(value_text: str, unit: str) -> str:
    """The unit in the text's own script and width (spaces dropped)."""
    own = rx(r"\s+").sub("", value_text)[-len(unit) :]
    return "%" if unit == "%" else own


def mark_repeats(rows: list[dict]) -> None:
    """Set ``repeats`` of each row that states an earlier commitment of its document again.

    The same commitment has the same indicator, horizon, value (or direction) and sub-area, and
    names what it measures in nearly the same words; a whole-place CO2 peak needs only the year.
    """
    first: dict[tuple, list[dict]] = {}
    for r in rows:
        r["repeats"] = None
        whole_peak = r["kind"] == "peak" and r["indicator"] == "co2_peak"
        if whole_peak:
            key = ("co2_peak", r["target_year"], r["scope_region"])
        else:
            key = tuple(
                r[k]
                for k in (
                    "indicator",
                    "kind",
                    "target_year",
                    "value",
                    "unit",
                    "direction",
                    "scope_region",
                    "tier",
                )
            )
        for other in first.get(key, ()):
            if other["start"] == r["start"]:
                continue
            if whole_peak or _same_words(r["indicator_text"], other["indicator_text"]):
                r["repeats"] = other["start"] if other["repeats"] is None else other["repeats"]
                break
        first.setdefault(key, []).append(r)


def _same_words(a: str, b: str) -> bool:
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    common = sum(1 for c in short if c in long)
    return (
        common >= 0.9 * len(short) and len(short) >= 0.7 * len(long) and common >= 0.75 * len(long)
    )


def to_frame(rows: list[dict]):
    """Rows as a DataFrame with the registry's nullable types."""
    import pyarrow as pa

    from compare import fields

    spec = fields.extracted(FIELDS + EXTRA)
    schema = fields.arrow_schema(spec)
    return fields.to_pandas(pa.Table.from_pylist(rows, schema=schema), spec)
