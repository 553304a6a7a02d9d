"""Milestones: one named project, or a named stage of it, to be finished by a date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from compare.extraction.commitment.effort import effort_word
from compare.extraction.dates.horizons import Date
from compare.extraction.layout.located import without
from compare.extraction.rules import Rule
from compare.extraction.sentence import MASK, Context, Row, Sentence
from compare.extraction.without_figure.projects import (
    each_dated,
    each_project,
    has_proper_name,
    patterns,
    project_name,
    several,
    size_of,
)
from compare.extraction.without_figure.wording import Found, Wording, found_by, past, read, row
from compare.vocabulary.lexicon import rx
from compare.vocabulary.quantities import Quantity

_ABOUT_SIZE = "(?:(?:总|年|日)?(?:装机|处理|投资|规模|容量|产|建筑面积|占地)(?:能力|容量|规模|面积)*(?:为|达|约)*)?"


class _Completion(Wording):
    """A completion, or a stage, with its project."""

    @cached_property
    def part_end(self) -> int:
        """Where what belongs to this completion ends (…投产、…投产)."""
        return (
            self.end if self.s.masked[self.end : self.end + 1] == "、" else max(self.stop, self.end)
        )

    @cached_property
    def listed(self) -> list[tuple[str, Quantity | None]]:
        """Projects that share the words, with a year each; empty where it is one."""
        found = several(self.s, self.begin, self.start) if len(self.years) > 1 else []
        return found if len(found) == len(self.years) else []

    @cached_property
    def project(self) -> str:
        """The project by its name; empty where none is named."""
        return project_name(self.s, self.begin, self.m, self.context)

    @cached_property
    def is_dated(self) -> bool:
        """The date stands in the clause, alone in the one before, or governs the milestone before."""
        s, date = self.s, self.date
        if date is None or date.role != "horizon":
            return self.form.id == "milestone-and-then" and bool(self.years)
        begin = s.clauses[self.clause][0]
        if self.form.id == "milestone-and-then" or date.start >= begin - 1:
            return True
        before = s.clauses[self.clause - 1][0] if self.clause else begin
        if before <= date.start and rx("[,底末]*(?:[^,;]{1,6}前,)?").fullmatch(
            s.masked, date.end, begin
        ):
            return True
        if s.masked[date.start] in "到至" and has_proper_name(self.project):
            return True  # 到2025年,A达到x,某某电站二期建成投运
        stop = s.clauses[self.clause][1]
        if any(begin <= d.start < stop and d.role == "horizon" for d in s.dates):
            return False  # the clause has a year of its own, for something else
        last = [r for r in self.done.rows if r.start >= s.at and r.kind == "milestone"]
        return bool(last) and last[-1].start - s.at >= before


def _firsts(which: str) -> Callable[[Sentence], Iterator[re.Match[str]]]:
    """The ``applies`` of a form: the first stage, or else completion, of each part of a clause."""

    def found(s: Sentence) -> Iterator[re.Match[str]]:
        p = patterns()
        for begin, end in _parts(s):
            stage = p["stage"].search(s.masked, begin, end)
            m = stage or p["done"].search(s.masked, begin, end)
            if m and m.re is p[which]:
                yield m

    return found


def _completed(s: Sentence) -> Iterator[re.Match[str]]:
    """…脱硝工程2025年10月底前|完成: at the end of a clause that names a work and its day."""
    for begin, end in s.clauses:
        m = rx("(?:全部|全面|基本)?完成[。]?$").search(s.masked, begin, end)
        if not m or not any(begin < d.start < d.end <= m.start() for d in s.dates):
            continue
        date = next(d for d in s.dates if begin < d.start)
        named = s.masked[begin : date.start].rstrip("争取力计划确保在于预")
        if rx("(?:工程|项目|改造)$").search(named):
            yield m


def _parts(s: Sentence) -> Iterator[tuple[int, int]]:
    """Clauses, cut behind each completion that a list goes on from (…投产、…投产)."""
    for begin, end in s.clauses:
        for m in patterns()["done"].finditer(s.masked, begin, end):
            if s.masked[m.end() : m.end() + 1] == "、":
                yield begin, m.end()
                begin = m.end() + 1
        yield begin, end


FORMS: tuple[Rule, ...] = (
    Rule(
        "milestone-and-then",
        "To build a named project and set it going is one milestone, its words taken whole.",
        "target",
        found_by(lambda: patterns()["and_then"]),
        taken="到2026年,«建成云溪县生物质天然气示范工程并启动运营»。",
        left="到2026年,«建成一批近零碳园区并投入运营»。",
    ),
    Rule(
        "milestone-stage",
        "A named stage of a named project, to be completed by a date.",
        "target",
        _firsts("stage"),
        taken="2025年底前«完成乌兰水库抽水蓄能电站可行性研究»。",
        left="2025年底前«完成一批项目核准»。",
    ),
    Rule(
        "milestone-done",
        "A named project is to be finished by a date.",
        "target",
        _firsts("done"),
        taken="东港铁路专用线2026年«建成通车»。",
        left="东港铁路专用线«2026年开工建设»。",
    ),
    Rule(
        "milestone-completed",
        "A named work, its day and 完成 at the end of a clause are a milestone.",
        "target",
        _completed,
        taken="城北热电3号机组脱硝工程2026年10月底前«完成»。",
        left="2026年10月底前«完成乌兰水库抽水蓄能电站可行性研究»。",
    ),
)


def _counted_before(w: _Completion) -> bool:
    """各新建沼气工程2处,2025年11月底前投用: the day is that of the count in the clause before."""
    if not w.clause or len(w.name) > 1 or w.form.id != "milestone-done":
        return False
    before = w.s.clauses[w.clause - 1]
    return any(r.kind == "numeric" and r.dimension == "count" for r in w.rows_in(*before))


NONE: tuple[Rule, ...] = (
    Rule(
        "milestone-of-count",
        "The day by which things that the clause before counts are finished is that of the count.",
        "qualifier",
        _counted_before,
        taken="三个县各新建大型沼气工程2处,2027年底前«投用»。",
        left="新建云溪县大型沼气工程,2027年底前«投用»。",
    ),
    Rule(
        "milestone-with-figure",
        "A count or a level in the same words is the commitment.",
        "qualifier",
        lambda w: bool(w.rows_in(w.begin, w.part_end)),
        taken="到2027年,«建成»加氢站8座。",
        left="到2027年,«建成»临港综合加能站。",
    ),
    past(
        "milestone",
        taken="镇北储能电站一期已于2022年«建成投运»,二期2028年竣工。",
        left="镇北储能电站2028年«建成投运»。",
    ),
    Rule(
        "milestone-undated",
        "Without a date of its own a project is only going to be built.",
        "name",
        lambda w: not w.is_dated,
        taken="确保镇北储能电站按期«建成投运»,到2028年储能装机达到30万千瓦。",
        left="加快镇北储能电站建设,确保2028年«建成投运»。",
    ),
    Rule(
        "milestone-unnamed",
        "A class of projects, or a system, is no named project.",
        "name",
        lambda w: not w.listed and not w.project,
        taken="到2026年,«建成»一批近零碳示范园区。",
        left="到2026年,«建成»江口近零碳示范园区。",
    ),
)


def rows(s: Sentence, context: Context, out: Found) -> None:
    """Add the projects that a sentence sets out to finish to what it gave so far."""
    read(s, context, FORMS, NONE, _rows, out, _Completion)


def _rows(w: _Completion) -> Iterator[Row]:
    date = w.date
    each = each_dated(w.s, w.begin, w.start) if len(w.s.dates) > 1 else []
    if each:
        for name, own in each:
            yield _row(w, name, None, own)
    elif date and w.listed:
        for (project, size), year in zip(w.listed, w.years, strict=True):
            own = date._replace(years=[year], spans=[date.spans[date.years.index(year)]])
            yield _row(w, project, size, own)
    else:
        names = each_project(w.project)
        for name in names:
            size = size_of(w.s, w.begin, w.part_end, name) if len(names) == 1 else None
            yield _row(w, name, size, date)


def _row(w: _Completion, project: str, size: Quantity | None, date: Date | None) -> Row:
    s, year = w.s, date.last if date else w.years[-1]
    if size is None:
        return row(w, w.span, project, year, date, kind="milestone")
    said = re.escape(s.text[size.start : size.end])
    name = without(rx(rf"{_ABOUT_SIZE}(?:\d+[×xX])?{said}的?"), project)
    if MASK in s.masked[size.start : size.end]:
        name = without(rx(r"\([^)]*\)"), name)
    out = row(
        w, (size.start, size.end), name, year, date, kind="milestone", value=size.value,
        value_max=size.value_max, unit=size.unit or None, comparator="=", dimension=size.dimension,
    )  # fmt: skip
    strive = effort_word(s, w.start, date, w.context)
    return out._replace(effort="strive" if strive else "firm", effort_at=strive)
