"""Milestones: one named project, or a named stage of it, to be finished by a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from compare.extraction.effort import effort_word
from compare.extraction.figure_list import without_dates
from compare.extraction.horizons import Date
from compare.extraction.located import group, split, without
from compare.extraction.sentence import MASK, Context, Row, Sentence
from compare.extraction.subject_words import strip_head
from compare.extraction.without_figure.common import row, subject
from compare.vocabulary.lexicon import any_of, rx, words
from compare.vocabulary.quantities import Quantity, target_quantities

_NEAR = 50
# a part that takes its name from the project before: 二期2026年竣工, 首台机组投产
_PART = re.compile("(?:首台|首批|全部)机组|[二三四五]期(?:工程|项目)?")
_ITS_SIZE = re.compile(
    "(?:项目|其)?(?:总|设计)?(?:装机(?:容量|规模)?|规模|容量|(?:供能|供热|建筑)?面积|(?:(?:每年|每日|年|日)可?)?处理(?:能力)?[^,;]{0,8})(?:为|达到?|约|将?新增)*"
)
_FAR = 6  # clauses between a project's name and its completion
_SIZES = frozenset({"power", "energy", "length", "area", "volume", "mass", "money"})


@cache
def _patterns() -> dict[str, re.Pattern]:
    m = words()["milestone"]
    return {
        "done": re.compile(any_of(m["done"])),
        "stage": re.compile(m["stage_re"]),
        "project": re.compile(rf"[^,;:。]{{1,30}}{m['project_re']}"),
        "generic": re.compile(m["generic_re"]),
        "work": re.compile(m["work_re"]),
        "class": re.compile(m["class_re"]),
    }


def rows(s: Sentence, context: Context, figures: list[Row]) -> list[Row]:
    """Rows for the projects that a sentence sets out to finish."""
    out: list[Row] = []
    p = _patterns()
    for i, begin, end in _parts(s):
        stage = p["stage"].search(s.masked, begin, end)
        m = stage or p["done"].search(s.masked, begin, end)
        if not m or any(begin <= r.start - s.at < end for r in figures):
            continue
        date = s.horizon(m.start())
        if not date or date.role != "horizon" or not _dated(s, date, i, out):
            continue
        several = _several(s, m, begin, end, date)
        for project, size, year in several:
            out.append(
                _row(
                    s,
                    m,
                    project,
                    size,
                    replace(date, years=[year], spans=[date.span_of(year)]),
                    context,
                )
            )
        if several:
            continue
        project = _project(s, i, begin, m, bool(stage), context)
        if project:
            out.append(_row(s, m, project, _size(s, i, begin, end, project), date, context))
    return out


def _several(s: Sentence, m: re.Match, begin: int, end: int, date: Date) -> list[tuple]:
    """Projects, sizes and years of A(180万千瓦)、B(120万千瓦)电站分别于2026年、2028年建成."""
    stop = s.masked.find("分别", begin, m.start())
    if len(date.years) < 2 or stop < 0:
        return []
    listed = strip_head(without(rx(r"\([^)]*\)"), s.words(begin, stop)))
    names = split(rx("、"), listed)
    units = rx(r"(.*?)(\d(?:、\d)+)(号(?:机组|线|机|炉|高炉))").fullmatch(listed)
    if units:  # 某某电厂3、4号机组分别于…
        front, numbers, back = (group(units, listed, i) for i in (1, 2, 3))
        names = [front + n + back for n in split(rx("、"), numbers)]
        return [(n, None, y) for n, y in zip(names, date.years, strict=False)]
    kind = names[-1][len(names[0]) :]  # what the names share stands behind the last
    if len(names) != len(date.years) or not rx(words()["milestone"]["project_re"]).search(kind):
        return []
    names = [n + kind for n in names[:-1]] + names[-1:]
    sizes: list = [
        q
        for q in target_quantities(s.text, 0, len(s.text))
        if begin <= q.start < end and q.dimension in _SIZES
    ]
    if len(sizes) != len(names):
        sizes = [None] * len(names)
    return list(zip(names, sizes, date.years, strict=True))


def _parts(s: Sentence) -> Iterator[tuple[int, int, int]]:
    """Clauses with their index, cut behind each completion that a list goes on from (…投产、…投产)."""
    done = _patterns()["done"]
    for i, (begin, end) in enumerate(s.clauses):
        for m in done.finditer(s.masked, begin, end):
            if s.masked[m.end() : m.end() + 1] == "、":
                yield i, begin, m.end()
                begin = m.end() + 1
        yield i, begin, end


def _dated(s: Sentence, date: Date, clause: int, done: list[Row]) -> bool:
    """The date stands in the clause, alone in the one before, or governs the milestone before."""
    begin = s.clauses[clause][0]
    if date.start >= begin - 1:
        return True
    if (
        clause
        and s.clauses[clause - 1][0] <= date.start
        and rx("[,底末]*(?:[^,;]{1,6}前,)?").fullmatch(s.masked, date.end, begin)
    ):
        return True
    return bool(done and clause) and done[-1].start - s.at >= s.clauses[clause - 1][0]


def _project(
    s: Sentence, clause: int, begin: int, m: re.Match, stage: bool, context: Context
) -> str:
    """The project by its name; empty where none is named."""
    p = _patterns()
    end = s.clauses[clause][1]
    name = subject(s, begin, m.start())
    behind = s.words(m.end(), end).rstrip("。")
    if _PART.fullmatch(name):
        whole = _before(s, clause, context)
        return without(rx("[一二三四五]期(?:工程|项目)?$"), whole) + name if whole else ""
    if stage and not p["project"].search(name):
        inner = s.masked_words(*m.span()).removeprefix("完成")
        named = p["project"].match(inner) and not inner.startswith("项目")
        name = inner if named else _before(s, clause, context)
    elif len(name) < 2:
        name = behind or _before(s, clause, context)
    if (
        not name
        or p["generic"].search(name)
        or not p["project"].search(name)
        or not _is_named(name)
    ):
        return ""
    return without(rx(r"(?:建设|开工)$"), without(p["work"], name))


def _before(s: Sentence, clause: int, context: Context | None) -> str:
    """The last project that an earlier clause, or the sentence before, names."""
    p = _patterns()
    for a, b in reversed(s.clauses[max(0, clause - _FAR) : clause]):
        clause_words = without_dates(s, a, b)[0]
        m = p["project"].search(clause_words)
        if (
            m
            and not m[0].startswith("完成")
            and not rx(r"(?:首台|首批|全部|\d台)机组$").search(m[0])
        ):
            name = without(rx(MASK), without(p["work"], group(m, clause_words)))
            if _is_named(name):
                return name
    if context and context.previous and clause <= 1:
        return _before(context.previous, len(context.previous.clauses), None)
    return ""


def _is_named(project: str) -> bool:
    """A proper name in front of the project word, not a class of projects."""
    body = rx(r"(?:建设|项目|工程)+$").sub("", project)
    if rx(r"[A-Z].*\d$").search(body):
        return True  # 首个转废为能设施I·PARK1
    return len(body) >= 4 and not _patterns()["class"].match(body)


def _size(s: Sentence, clause: int, begin: int, end: int, project: str) -> Quantity | None:
    """The project's size, where the sentence gives it: in its clause, beside its name, or right behind."""
    since = s.clauses[max(0, clause - 1)][0]
    found = (
        target_quantities(s.text, 0, len(s.text)) if MASK in s.masked[since:end] else s.quantities
    )
    sizes = [q for q in found if q.start < end and _is_size(q)]
    for q in sizes:
        if q.start >= begin:
            return q
    for q in sizes:
        a, b = s.clauses[s.clause_at(q.start)]
        if _patterns()["done"].search(s.masked, q.end, begin):
            continue  # it belongs to what is finished before
        if project.endswith("首台机组"):
            continue  # the size is that of all units
        if s.text[q.start : q.end] in project or project[-4:] in s.text[a:b]:
            return q
        near = 0 < begin - a <= _NEAR and ";" not in s.masked[a:begin]
        if near and rx("装机|规模|容量|能力").search(s.text, a, q.start):
            return q  # 某某项目,总装机126兆瓦,2024年底前并网
    return _size_behind(s, clause, end)


def _is_size(q: Quantity) -> bool:
    return q.dimension in _SIZES or q.unit.endswith(("/年", "/日", "/天", "/小时"))


def _size_behind(s: Sentence, clause: int, end: int) -> Quantity | None:
    """…建成投运,新增接收能力300万吨/年."""
    if (
        clause + 1 >= len(s.clauses)
        or s.clauses[clause][1] != end
        or s.masked[end : end + 1] != ","
    ):
        return None
    a, b = s.clauses[clause + 1]
    q = next((q for q in s.quantities if a <= q.start < b), None)
    if q is None or any(a <= d.start < b for d in s.dates):
        return None
    if _ITS_SIZE.fullmatch(s.text, a, q.start):
        return q  # 建成某某项目,总装机28.6万千瓦
    said = rx(
        "(?:新增|形成|总|设计|年|送电|供[热气水]|接收|处理|储气|吞吐){0,2}(?:能力|装机|规模|容量|库容)(?:达|为|约|到)*"
    )
    return q if said.fullmatch(s.masked, a, q.start) else None


def _row(
    s: Sentence, m: re.Match, project: str, size: Quantity | None, date: Date, context: Context
) -> Row:
    year = date.years[-1]
    if size is None:
        return row(s, m.span(), project, year, date, context, kind="milestone")
    name = without(re.compile(re.escape(s.text[size.start : size.end])), project)
    if MASK in s.masked[size.start : size.end]:
        name = without(rx(r"\([^)]*\)"), name)
    out = row(
        s, (size.start, size.end), name, year, date, context, kind="milestone", value=size.value,
        value_max=size.value_max, unit=size.unit or None, comparator="=", dimension=size.dimension,
    )  # fmt: skip
    strive = effort_word(s, m.start(), date, context)
    return replace(out, effort="strive" if strive else "firm", effort_at=strive)
