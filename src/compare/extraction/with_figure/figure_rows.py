"""Targets with a figure: each list of figures of a sentence becomes rows, or is no commitment."""

from __future__ import annotations

from dataclasses import replace

from compare.extraction.commitment import WEAK, decide
from compare.extraction.commitment.effort import effort_word
from compare.extraction.commitment.words import ends_with
from compare.extraction.dates.horizons import Date
from compare.extraction.ledger.reading import DecidedFigures
from compare.extraction.rules import Rule
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject.of_figures import Subject, subject_of
from compare.extraction.with_figure.comparators import comparators, is_annual, measure_and_direction
from compare.extraction.with_figure.figure_list import (
    ATTRIBUTE,
    FigureList,
    figure_list_at,
    figure_lists,
)
from compare.extraction.with_figure.pairing import pair_figures
from compare.extraction.with_figure.starting_point import RULES as STARTING_POINTS
from compare.extraction.with_figure.starting_point import StartingPoint, starting_point, starts
from compare.vocabulary.lexicon import rx
from compare.vocabulary.quantities import Quantity


def _is_counted_already(items: list[Quantity], taken: int) -> bool:
    return items[0].start < taken


INSIDE_A_COUNT = Rule(
    "inside-a-count", "A figure inside the words that an earlier figure counts says which are counted.",
    "qualifier", _is_counted_already,
    taken="到2025年，培育5个以上产值超«100亿元»的产业集群。",
    left="到2025年，产业集群产值达到«100亿元»。",
)  # fmt: skip
NO_SUBJECT = Rule(
    "no-subject", "A figure of which nothing says what it measures is left open.", "undecided",
    lambda subject: subject is None,
    taken="到2025年，达到«30%»。",
    left="到2025年，绿电比例达到«30%»。",
)  # fmt: skip
RULES = (INSIDE_A_COUNT, *STARTING_POINTS, NO_SUBJECT)


def rows(
    sentence: Sentence, context: Context, decided: list[DecidedFigures] | None = None
) -> list[Row]:
    """Rows for the quantities of a sentence.

    Parameters
    ----------
    sentence : Sentence
    context : Context
        Years and effort carried over from the sentence before.
    decided : list of DecidedFigures, optional
        Takes what each list of figures is.

    Returns
    -------
    list of Row
        In text order, offsets in the clean text.
    """
    out: list[Row] = []
    last: list[str] = []  # names of the list before, for clauses that have none
    taken = 0
    past = None  # a figure that is no commitment may name the next: A率2022年达到50%,2025年达到75%
    lists = figure_lists(sentence)
    points = [starting_point(sentence, items) for items in lists]
    for i, items in enumerate(lists):
        note = decided.append if decided is not None else _unheard
        if INSIDE_A_COUNT.applies(items, taken):
            note(DecidedFigures(items, INSIDE_A_COUNT.decision))
            continue
        following = points[i + 1] if i + 1 < len(points) else None
        if following and _is_level(following, items):
            note(DecidedFigures(items, following.decision))
            continue
        point = points[i]
        if point and not point.levels[0].unit:
            note(DecidedFigures(point.levels, point.decision))
        f = figure_list_at(sentence, items, context, out, taken, point)
        decision = decide(f, context)
        if decision.disposition != "target":
            note(DecidedFigures(items, decision))
            past = f
            continue
        if f.noun_behind and f.follows:
            f = replace(f, bare="", words="")
        subject = subject_of(f, out, last, past, context.previous, context.headline)
        note(DecidedFigures(items, NO_SUBJECT.decision if subject is None else decision))
        if subject is None:
            continue
        past = None
        made = _rows(f, subject, context, out)
        if decision.reason in WEAK:
            made = [r.doubted("weak_commitment") for r in made]
        last = list(dict.fromkeys(r.indicator_text for r in made))
        out += made
        which = f.noun_behind and ATTRIBUTE.match(sentence.masked, f.behind)
        taken = which.end() if which else f.behind
    return out


def _is_level(point: StartingPoint, items: list[Quantity]) -> bool:
    """Whether a list of figures is what the next one starts from."""
    first, last = point.levels[0], point.levels[-1]
    return items[0].start <= first.start and last.end <= items[-1].end


def _unheard(_: DecidedFigures) -> None:
    """Nobody asks what the figures are."""


def _rows(f: FigureList, subject: Subject, context: Context, done: list[Row]) -> list[Row]:
    s = f.sentence
    (kind, direction), measure_rule = measure_and_direction(f)
    base, tier = _baseline(s, f.base), "base"
    strive = effort_word(s, f.first.start, f.date, context)
    if subject.inherited and done:
        before = done[-1]
        if _is_stretch(f, bool(strive), before):
            tier, base = "stretch", base or (before.baseline_year, before.baseline_at)
            if kind == "level" and before.measure == "change":
                kind, direction = before.measure, before.direction
        elif (
            kind == "level" and before.measure == "change" and f.first.dimension == before.dimension
        ) and not rx("(?:到|至)$|达").search(f.bare):
            kind, direction = before.measure, before.direction
    if subject.elliptic and kind == "change" and base is None:
        base = done[-1].baseline_year, done[-1].baseline_at
    if subject.raised and strive:
        tier = "stretch"
    moved = kind == "change" or (kind == "level" and ends_with("raise", f.bare))
    if base is None or base[0] is None:
        base = _base_in_force(f, context) if moved else _base_of_list(f)
    base_year, base_at = base or (None, None)
    bounds = dict(zip(map(id, f.items), comparators(f), strict=True))
    levels = dict(zip(map(id, f.items), starts(f.items, f.point, len(f.years)), strict=True))
    out = []
    for x in pair_figures(f, subject, context):
        q = x.quantity
        annual = kind == "growth" or is_annual(f, x.name)
        out.append(
            Row(
                start=s.at + q.start,
                end=s.at + q.end,
                indicator_text=x.name,
                kind="numeric",
                value=q.value,
                value_max=q.value_max,
                unit=q.unit or None,
                comparator=bounds[id(q)][0].sign,
                measure=kind,
                direction=direction,
                baseline_year=base_year,
                target_year=x.year,
                period="annual" if annual else None,
                tier=tier,
                effort="strive" if strive else "firm",
                scope_region=x.scope,
                dimension=q.dimension,
                baseline_value=levels[id(q)],
                horizon_at=context.horizon_at(x.year, f.date, s.at),
                bound_at=bounds[id(q)][0].at,
                baseline_at=base_at,
                effort_at=strive,
                read_by=(subject.rule, measure_rule, bounds[id(q)][1]),
            )
        )
    return out


def _baseline(s: Sentence, date: Date | None) -> tuple[int | None, tuple[int, int] | None] | None:
    """The year that a baseline date names, and where it stands."""
    return (date.years[0], s.in_text(*date.spans[0])) if date else None


def _base_in_force(
    f: FigureList, context: Context
) -> tuple[int | None, tuple[int, int] | None] | None:
    """The base year that a clause before sets for the list, or the sentence that opens the list."""
    s = f.sentence
    own = s.base_in_force(f.first.start)
    if own is None and f.date is None and context.base:
        return context.base.years[0], context.base.spans[0]
    found = own or s.base_in_force(len(s.text))
    if found is None and context.section_base:
        return context.section_base.years[0], context.section_base.spans[0]
    return _baseline(s, found)


def _base_of_list(f: FigureList) -> tuple[int | None, tuple[int, int] | None] | None:
    """The base year of a clause 以…为基准 before: of the levels in its list, too."""
    s = f.sentence
    own = s.base_in_force(f.first.start)
    if own is None or s.masked[own.start] != "以":
        return None
    return _baseline(s, own) if "基" in s.masked[own.end : own.end + 8] else None


def _is_stretch(f: FigureList, strive: bool, before: Row) -> bool:
    """达到x,力争达到y: a second aim for the same measure and horizon."""
    same_date = f.date is None or before.start - f.sentence.at > f.date.start
    said = rx("力争|争取|努力|力求").search(f.sentence.masked[f.begin : f.first.start])
    return strive and same_date and bool(said)
