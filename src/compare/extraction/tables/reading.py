"""The tables of a text: found before its sentences are read, so that no cell is read as running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.extraction.commitment.binding_words import CODES
from compare.extraction.dates.date_words import PLAN
from compare.extraction.layout.located import Located
from compare.extraction.layout.normalise import TABLE, Clean
from compare.extraction.layout.segment import Paragraph
from compare.extraction.ledger.reading import Reading, SetAside
from compare.extraction.row.extracted_target import ExtractedTarget
from compare.extraction.sentence import Context
from compare.extraction.tables.blocks import Finder
from compare.extraction.tables.cell_rules import (
    NOT_READ,
    ROW_NOT_READ,
    decided_figures,
    other_figures,
)
from compare.extraction.tables.cell_values import read_cell
from compare.extraction.tables.cells import Source, span
from compare.extraction.tables.goals import (
    Case,
    GoalColumn,
    base_column,
    goal_columns,
    is_guess,
    without_rows,
)
from compare.extraction.tables.grids import Span
from compare.extraction.tables.row_words import Frame, title_name
from compare.extraction.tables.surroundings import Around, surroundings
from compare.extraction.tables.table import Table
from compare.extraction.tables.table_rows import targets_of
from compare.extraction.tables.terms import Term, noted_bases, term_of

_HEAD_OF_PLAN = 300
_SENTENCE = 12  # characters, the least
_DATED = re.compile(rf"(?:19|20|21)\d\d年|{PLAN}")
_AIMS = re.compile(r"[,。](?!$).*(?:达|完成|建成|提高|下降|降低|控制在|新增|全部|覆盖|以上)")


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table and what stands around it; offsets in the part of the text that was looked at.

    Attributes
    ----------
    source : Source
    table : Table
    around : Around
    start, end : int
        All that belongs to it; no sentence is read there.
    """

    source: Source
    table: Table
    around: Around

    @property
    def start(self) -> int:
        """Where its title begins."""
        return self.around.start

    @property
    def end(self) -> int:
        """Where its notes end."""
        return max(self.around.end, self.table.end)

    def hidden(self) -> list[Span]:
        """Where no sentence is read: all of it, but for dated sentences in the cells of a list of tasks."""
        out, at = [], self.start
        for a, b in self._sentences():
            out.append((at, a))
            at = b
        return [*out, (at, self.end)] if self.end > at else out

    def _sentences(self) -> Iterator[Span]:
        columns = self.table.columns
        if not any(c.role == "work" for c in columns):
            return
        for row in self.table.rows:
            for cell in row.cells:
                where = span(cell) if len(cell) > _SENTENCE else None
                if where and _DATED.search(cell) and _AIMS.search(cell):
                    yield where[0] - self.source.at, where[1] - self.source.at


def find_tables(text: str, at: int = 0) -> list[FoundTable]:
    """The tables of a part of a text.

    Parameters
    ----------
    text : str
        The part, as `compare.extraction.layout.normalise.plain` gives it.
    at : int
        Where in the raw text it begins.
    """
    source = Source(text, at)
    finder = Finder(source)
    out, free = [], 0
    for table, first, last in finder.tables():
        around = surroundings(source, (table.start, table.end), finder.lines, first, last, free)
        out.append(FoundTable(source, table, around))
        free = last + 1
    return out


class PlanTables:
    """The tables of one plan, in text order.

    Parameters
    ----------
    text : str
        The plan, as `compare.extraction.layout.normalise.plain` gives it.
    raw : str
        The whole raw text.
    at : int
        Where in it the plan begins.
    """

    def __init__(self, text: str, raw: str, at: int):
        self._raw, self._at, self._text = raw, at, text
        self._pieces = [
            (found, where, i == 0)
            for found in find_tables(text, at)
            for i, where in enumerate(found.hidden())
        ]
        self._next = 0
        self.spans = [where for _, where, _ in self._pieces]
        """Where they stand in the plan; no sentence is read there."""

    def stands_in(self, text: str, paragraph: Paragraph) -> bool:
        """Whether the next table stands in the place of a paragraph of the clean text."""
        return (
            self._next < len(self._pieces)
            and text[paragraph.start] == TABLE
            and paragraph.end == paragraph.start + 1
        )

    def read(
        self,
        clean: Clean,
        paragraph: Paragraph,
        context: Context,
        section: str | None,
        doc: str,
        with_spans: bool,
        reading: Reading | None,
    ) -> list[ExtractedTarget]:
        """The targets of the next table, which stands in the place of ``paragraph``."""
        found, _, first = self._pieces[self._next]
        self._next += 1
        if not first:
            return []
        headings = [
            Located(words, [clean.raw(i) for i in range(*at)])
            for words, at in zip(paragraph.headings, paragraph.spans, strict=True)
        ]
        return _read(found, self._raw, headings, context, section, doc, with_spans, reading)


def _read(
    found: FoundTable,
    raw: str,
    headings: Sequence[Located],
    context: Context,
    section: str | None,
    doc: str,
    with_spans: bool,
    reading: Reading | None,
) -> list[ExtractedTarget]:
    table, around, source = found.table, found.around, found.source
    titles = (*around.titles, *table.loose)
    annex = [h for h in headings[-1:] if h.startswith(("附件", "附录", "附表"))]
    said = [*titles, *annex, *([around.lead] if around.lead else [])]
    head = [source.cell(a, b) for a, b in _first_lines(source.text)]
    term = (
        term_of(said)
        or term_of(headings[::-1], False)
        or term_of(head, False)
        or _year_of_work(head, context.time.work_year)
    )
    titled = "".join(map(str, [*said, *headings[-1:]]))
    own = context.speakers.own if context.speakers else None
    case = Case(table, titled, term, context.time, headings, own)
    rule = without_rows(case)
    goals = () if rule else tuple(goal_columns(case))
    if rule is None and not _cells_are_read(table, goals):
        rule = NOT_READ
    if rule:
        if reading is not None:
            for a, b in found.hidden():
                reading.set_aside(a + source.at, b + source.at, rule)
        return []
    binding = {w for w in ("约束性", "预期性") if w in "".join(titles)}
    frame = Frame(
        table, goals, base_column(case, goals), around.unit, noted_bases(around.notes),
        title_name((*titles, *annex)), CODES[binding.pop()] if len(binding) == 1 else None,
        is_guess(case), _section(section, titles, raw), raw, source.at, doc, with_spans,
    )  # fmt: skip
    targets = targets_of(frame)
    if reading is not None:
        _keep(reading, frame, found, targets)
    return targets


def _year_of_work(head: Sequence[Located], year: int | None) -> Term | None:
    """The one year that the document is for, where its title names it."""
    named = [] if year is None else [line for line in head if f"{year}年" in line]
    return term_of(named[:1])


def _keep(
    reading: Reading, frame: Frame, found: FoundTable, targets: Sequence[ExtractedTarget]
) -> None:
    """Tell the ledger what each figure of the table is."""
    table, around, at = found.table, found.around, found.source.at
    for a, b in table.unread:
        reading.set_aside(a + at, b + at, ROW_NOT_READ)
    figures = list(decided_figures(
        table, (*around.titles, *table.loose, *([around.unit] if around.unit else [])), around.notes,
        [g.index for g in frame.goals], frame.base,
        frozenset(g.year_at for g in frame.goals if g.year_at), frozenset(t.start for t in targets),
    ))  # fmt: skip
    known = [*figures, *((a + at, b + at, ROW_NOT_READ.decision) for a, b in table.unread)]
    figures += other_figures(frame.raw, found.start + at, found.end + at, known)
    reading.decided += [SetAside(*one) for one in figures]


def _first_lines(text: str) -> list[tuple[int, int]]:
    """The first lines of a text, where its title stands."""
    out, at = [], 0
    for line in text[:_HEAD_OF_PLAN].split("\n")[:8]:
        if line.strip():
            out.append((at, at + len(line)))
        at += len(line) + 1
    return out


def _section(section: str | None, titles: tuple[Located, ...], raw: str) -> str | None:
    """The path of headings with the title of the table as its last part."""
    own = ["".join([raw[i] for i in t.at]) for t in reversed(titles)]
    return " › ".join([*([section] if section else []), *own]) or None


def _cells_are_read(table: Table, goals: Sequence[GoalColumn]) -> bool:
    """Whether the cells of goals say something, and most of those that hold anything were understood."""
    kinds = [read_cell(row.cells[g.index]).kind for row in table.rows for g in goals]
    good = sum(k in ("figure", "deferred", "directional", "verbal", "year") for k in kinds)
    bad = sum(k == "unread" for k in kinds) + len(table.unread) * len(goals)
    return good > 0 and bad * 2 <= good
