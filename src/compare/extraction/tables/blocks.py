"""Where tables stand in a text: runs of lines that are parted into cells in one way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from compare.extraction.layout.wrapped_lines import is_running
from compare.extraction.tables.cells import Source
from compare.extraction.tables.grids import BARS, WIDE, Span, is_ruled
from compare.extraction.tables.headless import (
    figures_by_lines,
    figures_in_a_line,
    holds_figures_alone,
)
from compare.extraction.tables.heads import (
    flat_head,
    is_head_words,
    jammed_head,
    lines_head,
    mixed_cells,
    opens_head,
    single_blanks,
)
from compare.extraction.tables.layouts import table_of
from compare.extraction.tables.roles import column_of
from compare.extraction.tables.table import Block, Layout, Slice, Table
from compare.vocabulary.lexicon import rx

_SENTENCE_END = frozenset("。;:,!?")
# between the parts of a table on two pages
_OF_PAGE = re.compile(
    r"[-—·]+ *\d{1,3} *[-—·]+|第 *\d{1,3} *页|[((]?续(?:上)?表[\d一二三四五六七八九十]*[))]?"
)
_UNMARKED = re.compile("[,;。]")
_FIGURE_ALONE = re.compile(r"[≥≤><~]*\d[\d.,]*[%‰]?|[-—/]+")
_LONGEST = 40
_SHORTEST = 24
_BLANKS = 3  # between the cells of a column that was a page's table
_CAPTION = re.compile(
    r"[ \t\u3000]*(?:附?表|专栏|附件|附录|续表)[ \u3000]*[\d一二三四五六七八九十]"
)


def lines_of(text: str) -> list[Span]:
    """Spans of the lines of a text, without their ends."""
    out, at = [], 0
    for line in text.split("\n"):
        out.append((at, at + len(line)))
        at += len(line) + 1
    return out


def _kinds(text: str, lines: list[Span]) -> list[str]:
    """Of each line: blank, bar, tab, wide (three cells or more), pair (two) or plain."""
    bars = [b for b in BARS if b in text]
    parted = "\t" in text or "  " in text or "\u3000" in text or "\xa0" in text or "\u2003" in text
    out = []
    for start, end in lines:
        line = text[start:end].strip()
        if not line or (len(line) < 12 and _OF_PAGE.fullmatch(line)):
            out.append("blank")
        elif bars and any(b in line for b in bars):
            out.append("bar")
        elif not parted or (line.count("\t") < 2 and is_running(line)):
            out.append("plain")
        elif "\t" in line:
            torn = is_running(_UNMARKED.sub("", line)) or _is_torn(line)
            out.append("plain" if torn else "tab")
        else:
            gaps = (
                len(WIDE.findall(line))
                if "  " in line or "\u3000" in line or "\xa0" in line or "\u2003" in line
                else 0
            )
            out.append("wide" if gaps > 1 else "pair" if gaps else "plain")
    return out


def _is_torn(line: str) -> bool:
    """A sentence of several clauses with tabs in it, and few cells that hold a figure alone."""
    cells = line.split("\t")
    figures = sum(bool(_FIGURE_ALONE.fullmatch(cell.strip())) for cell in cells)
    return len(_UNMARKED.findall(line)) > 2 and figures < max(2, 0.2 * len(cells))


def _mark_commas(source: Source, lines: list[Span], kinds: list[str]) -> None:
    """Call lines "comma" that are a head and its rows with as many commas each."""
    text, n = source.text, 0
    while n + 2 < len(lines):
        cells = _commas(text, lines[n]) if kinds[n] == "plain" else 0
        last = n
        while cells and last + 1 < len(lines) and _commas(text, lines[last + 1]) == cells:
            last += 1
        if last > n + 1 and is_head_words(source, "comma", lines[n]):
            kinds[n : last + 1] = ["comma"] * (last + 1 - n)
        n = last + 1


def _commas(text: str, line: Span) -> int:
    """Commas of a line that has two or more and is no sentence; else 0."""
    found = text.count(",", *line)
    return found if found > 1 and text[line[1] - 1] not in _SENTENCE_END else 0


_SAME = {
    "comma": {"comma"},
    "bar": {"bar"},
    "tab": {"tab"},
    "wide": {"wide", "pair", "tab"},
    "pair": {"wide", "pair"},
}


class Finder:
    """Finds the tables of one text; each line is looked at a fixed number of times."""

    def __init__(self, source: Source):
        self.source = source
        self.text = source.text
        self.lines = lines_of(self.text)
        self.kinds = _kinds(self.text, self.lines)
        if ",20" in self.text or ",目标" in self.text or "目标值," in self.text:
            _mark_commas(source, self.lines, self.kinds)
        self._written = [x for x, k in zip(self.lines, self.kinds, strict=True) if k != "blank"]
        self._written_before = [0, *accumulate(k != "blank" for k in self.kinds)]
        self._refused = 0  # parted lines before this one were looked at, and are no table
        self._runs: dict[int, int] = {}

    def tables(self) -> list[tuple[Table, int, int]]:
        """All tables in text order, each with its first and last line."""
        out: list[tuple[Table, int, int]] = []
        n = 0
        while n < len(self.lines):
            kind = self.kinds[n]
            found = self._parted(n, kind) if kind in _SAME and n >= self._refused else None
            if found is None and kind != "blank":
                found = self._headed(n)
            table = table_of(self.source, found[0]) if found else None
            if found is None or table is None:
                n += 1
                continue
            first = found[1]
            last = self._last_line(first, table.end)
            out.append((table, first, last))
            n = last + 1
        return sorted([*out, *self._headless(out)], key=lambda x: x[0].start)

    def _last_line(self, n: int, end: int) -> int:
        while n + 1 < len(self.lines) and self.lines[n + 1][0] < end:
            n += 1
        return n

    def _headless(self, found: list[tuple[Table, int, int]]) -> Iterator[tuple[Table, int, int]]:
        """Tables whose head cannot be told, between the others: no sentence is read in them."""
        n = 0
        by_lines = holds_figures_alone(self.text, self.lines)
        for first, last in [*((f, x) for _, f, x in found), (len(self.lines), 0)]:
            while n < first:
                start, end = self.lines[n]
                inside = figures_in_a_line(self.text, start, end)
                if inside:
                    yield Table(*inside), n, n
                elif (
                    by_lines
                    and self.kinds[n] != "blank"
                    and end - start <= _SHORTEST
                    and self._cell_like(n)
                ):
                    stop = min(self._run(n), first - 1)
                    a, b = self._written_before[n], self._written_before[stop + 1]
                    cells = figures_by_lines(self.text, self._written, a, b)
                    if cells:
                        start, end = self._written[cells[0]][0], self._written[cells[1]][1]
                        at = self._last_line(n, start + 1)
                        yield Table(start, end), at, self._last_line(at, end)
                    n = stop
                n += 1
            n = max(n, last + 1)

    # ------------------------------------------------------------------ bars, tabs, wide blanks
    def _parted(self, n: int, kind: str) -> tuple[Block, int] | None:
        own, last, m, rows = _SAME[kind], n, n, 0
        while m < len(self.lines):
            if self.kinds[m] in own:
                if rows and m > last + 1 and self._head_at(m):
                    break  # the head of another table
                last, rows = m, rows + 1
                m += 1
                continue
            m = self._next(m, own)
            if m is None:
                break
        inside = [self.lines[i] for i in range(n, last + 1) if self.kinds[i] != "blank"]
        layout = self._layout(n, last, kind, inside)
        self._refused = last + 1
        if layout is None:
            return None
        if (
            layout in ("closed", "stream")
            and n
            and self.kinds[n - 1] == "plain"
            and self._names(n - 1)
        ):
            n -= 1  # the first cell of the head has no bar before it
            inside.insert(0, self.lines[n])
        start, end = self.lines[n][0], self.lines[last][1]
        return Block(layout, Slice(inside, 0, len(inside)), start, end), n

    def _next(self, m: int, own: set[str]) -> int | None:
        """The next line of the same kind, behind blank lines and at most two short ones."""
        plain = 0
        for i in range(m, min(m + 5, len(self.lines))):
            if self.kinds[i] in own:
                return None if plain and self._head_at(i) else i
            if self.kinds[i] == "blank":
                continue
            plain += 1
            if plain > 2 or not self._short(i) or _CAPTION.match(self.text, *self.lines[i]):
                return None
        return None

    def _names(self, i: int) -> bool:
        cell = self.source.cell(*self.lines[i])
        return column_of(cell).role in ("number", "group", "name", "place")

    def _short(self, i: int) -> bool:
        line = self.text[slice(*self.lines[i])].strip()
        return len(line) <= _LONGEST and line[-1] not in _SENTENCE_END and "," not in line

    def _head_at(self, i: int) -> bool:
        return is_head_words(self.source, self.kinds[i], self.lines[i])

    def _layout(self, n: int, last: int, kind: str, inside: list[Span]) -> Layout | None:
        if kind == "bar":
            return self._bar_layout(inside)
        if kind == "comma":
            return "commas"
        if len(inside) < 2:
            return None
        rows = [i for i in range(n, last + 1) if self.kinds[i] in ("tab", "wide", "pair")]
        cells = [self._count(i) for i in rows]
        broad = sum(c > 2 for c in cells)
        head = any(self._head_at(i) for i in rows[:2])
        if not head and broad < 2:
            return None
        if not head and sum(self._has_figure(i) for i in rows) < 2:
            return None  # names, signatures, a form
        return "tabs" if kind == "tab" else "wide"

    def _count(self, i: int) -> int:
        line = self.text[slice(*self.lines[i])].strip()
        return line.count("\t") + 1 if self.kinds[i] == "tab" else len(WIDE.findall(line)) + 1

    def _has_figure(self, i: int) -> bool:
        line = self.text[slice(*self.lines[i])]
        return bool(rx(r"[\s\u3000][^\s\u4e00-\u9fff]?\d[\d.,]*%?(?=\s|$)").search(line))

    def _bar_layout(self, inside: list[Span]) -> Layout | None:
        first = broad = behind = alone = 0
        for start, end in inside:
            line = self.text[start:end].strip()
            if is_ruled(line):
                continue
            if len(line) == 1:
                alone += line in BARS
                continue
            bars = sum(line.count(b) for b in BARS)
            inner = bars - (line[0] in BARS) - (line[-1] in BARS)
            broad += inner > 0
            first += line[0] in BARS and not inner
            behind += line[-1] in BARS and line[0] not in BARS and not inner
        if broad >= 2 and broad >= first and broad >= behind:
            return "bars"
        if first + behind < 4:
            return None
        return "closed" if alone > 1 and first > behind else "stream"

    # ------------------------------------------------------------------ found by their head
    def _headed(self, n: int) -> tuple[Block, int] | None:
        """A table whose lines are not parted, or by single blanks: only its head tells it."""
        start, end = self.lines[n]
        flat = flat_head(self.source, start, end) if end - start > 40 else None
        opens = opens_head(self.text, start, end)
        if flat is None and not opens:
            return None
        line = self.text[start:end]
        if opens and jammed_head(line):
            last = self._run(n)
            return self._block("torn", n, last) if last > n else None
        if opens and " " in line.strip() and single_blanks(self.source, start, end) is not None:
            last = self._run(n)
            if last > n:
                return self._block("single", n, last)
        if flat is not None:
            return Block("stream", Slice(flat, 0, len(flat)), flat[0][0], end), n
        cells = lines_head(self.source, self.lines, n)
        if cells:
            last = self._run(n)
            return self._block("stream", n, last)
        mixed = mixed_cells(self.source, self.lines, n)
        if mixed:
            return Block("stream", Slice(mixed, 0, len(mixed)), start, mixed[-1][1]), n
        return None

    def _run(self, n: int) -> int:
        """The last of the short lines that follow a head."""
        known = self._runs.get(n)
        if known is None:
            known = self._find_run(n)
            self._runs.update((i, known) for i in range(n, known))
        return known

    def _find_run(self, n: int) -> int:
        last, i = n, n + 1
        while i < len(self.lines) and i <= last + 1 + _BLANKS:
            if self.kinds[i] == "blank":
                i += 1
                continue
            if not self._cell_like(i):
                break
            last = i
            i += 1
        return last

    def _cell_like(self, i: int) -> bool:
        line = self.text[slice(*self.lines[i])].strip()
        if _CAPTION.match(line) or rx(r"(?:注|备注|说明|附注)[:\d①]").match(line):
            return False
        return (
            len(line) <= 60
            and line[-1] not in _SENTENCE_END
            and not rx(r",.{6,},|。(?!\d)").search(line)
        )

    def _block(self, layout: Layout, n: int, last: int) -> tuple[Block, int]:
        a, b = self._written_before[n], self._written_before[last + 1]
        return Block(layout, Slice(self._written, a, b), self.lines[n][0], self.lines[last][1]), n
