"""The words of a row beside its figures: name, unit, kind, place, agencies; and what all rows share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from compare.extraction.layout.located import Located
from compare.extraction.tables.alignment import MARKS
from compare.extraction.tables.cell_values import Said, read_cell
from compare.extraction.tables.cells import piece
from compare.extraction.tables.goals import GoalColumn
from compare.extraction.tables.names import Name, read_name
from compare.extraction.tables.table import DataRow, Table
from compare.extraction.tables.terms import NotedBases
from compare.extraction.tables.unit_brackets import is_unit
from compare.vocabulary.lexicon import rx
from compare.vocabulary.table_words import table_words

_LIST = re.compile("[、,;/]|和(?=[^、,;/]{2,}(?:局|委|办|部|厅|中心)$)")


@dataclass(frozen=True, slots=True)
class Frame:
    """What all rows of a table share.

    Attributes
    ----------
    table : Table
    goals : tuple of GoalColumn
    base : int or None
        The column of the values that the goals start from.
    unit : Located or None
        The unit that the line above the table names.
    notes : NotedBases
    title_name : Located or None
        What is measured, where the rows are places and the columns years.
    binding : str or None
        What the title calls all of them.
    guessed : bool
        Only their order tells which column is the base and which holds goals.
    section : str or None
    raw : str
        The raw text.
    at : int
        Where in it the part begins in which the table was found.
    doc : str
    with_spans : bool
    """

    table: Table
    goals: tuple[GoalColumn, ...]
    base: int | None
    unit: Located | None
    notes: NotedBases
    title_name: Located | None
    binding: str | None
    guessed: bool
    section: str | None
    raw: str
    at: int
    doc: str
    with_spans: bool

    def own(self, located: Located) -> str:
        """Words as the plan writes them."""
        return "".join([self.raw[i] for i in located.at])

    def column(self, *roles: str) -> int | None:
        """The first column of one of the roles."""
        return next((i for i, c in enumerate(self.table.columns) if c.role in roles), None)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its name and what stands beside it."""

    data: DataRow
    name: Name
    base: Said | None
    binding: str | None
    unit: Located | None
    scope: str | None
    lead: tuple[str, ...] | None
    support: tuple[str, ...] | None
    whole: str | None


def units_in_brackets(frame: Frame) -> bool:
    """Whether most names end in a unit in brackets, and no column holds units."""
    at = frame.column("name")
    if at is None or frame.column("unit") is not None:
        return False
    names = [r.cells[at] for r in frame.table.rows if r.cells[at]]
    return sum(read_name(n).unit is not None for n in names) * 2 > len(names)


def read_row(
    frame: Frame, data: DataRow, brackets: bool, whole: str | None, binding: str | None
) -> TableRow:
    """A row with its name and what stands beside it.

    Parameters
    ----------
    frame : Frame
    data : DataRow
    brackets : bool
        The names have their units in brackets.
    whole : str or None
        The name of the row above that this one may be a part of.
    binding : str or None
        What its column of kinds says.
    """
    columns = frame.table.columns
    cell = {role: data.cells[i] for role in ("unit", "lead", "support")
            if (i := frame.column(role)) is not None}  # fmt: skip
    at, place = frame.column("name"), frame.column("place")
    scope = None
    if at is None and place is not None:
        named = data.cells[place]
        scope = None if str(named) in table_words()["cells"]["whole"] else frame.own(named)
        name = read_name(frame.title_name) if frame.title_name else Name(Located("", ()))
    else:
        name = read_name(data.cells[at or 0], brackets)
    head = columns[at].unit if at is not None else None
    unit = cell.get("unit")
    unit = (
        unit
        if (unit and is_unit(unit))
        or (unit and len(unit) < 9 and rx("[\u4e00-\u9fff%‰/]").search(unit))
        else None
    )
    binding = binding or next(filter(None, map(_binding_above, data.group)), None)
    return TableRow(
        data, name, read_cell(data.cells[frame.base]) if frame.base is not None else None,
        binding or frame.binding, name.unit or unit or head or frame.unit, scope,
        _agencies(frame, cell.get("lead")), _agencies(frame, cell.get("support")), whole,
    )  # fmt: skip


def bindings(frame: Frame) -> list[str | None]:
    """What the columns of kinds say of each row; a kind that stands once for several rows counts for all."""
    columns = frame.table.columns
    held = [i for i, c in enumerate(columns) if c.role == "binding"]
    out: list[str | None] = []
    for row in frame.table.rows:
        said = None
        for i in held:
            word = str(row.cells[i])
            said = said or (_binding(str(columns[i].head)) if word in MARKS else _binding(word))
        out.append(said)
    filled = sum(any(row.cells[i] for i in held) for row in frame.table.rows)
    if held and filled * 2 < len(out):
        for n in range(1, len(out)):
            if not any(frame.table.rows[n].cells[i] for i in held):
                out[n] = out[n - 1]
    return out


def _binding(word: str) -> str | None:
    cells = table_words()["cells"]
    return (
        "binding" if word in cells["binding"] else "expected" if word in cells["expected"] else None
    )


def _binding_above(group: str) -> str | None:
    found = {w for w in ("约束性", "预期性") if w in group}
    return _binding(found.pop()) if len(found) == 1 else None


def _agencies(frame: Frame, cell: Located | None) -> tuple[str, ...] | None:
    if not cell or cell in table_words()["cells"]["nothing"]:
        return None
    names = [n.removesuffix("等") for n in _LIST.split(frame.own(cell)) if n]
    return tuple(names) or None


@cache
def _title_words() -> re.Pattern[str]:
    return re.compile(
        r"^(?:附?表|专栏|附件|附录)[\d一二三四五六七八九十.\-—]*[:、]?|[“\"]?十[一二三四五六七八九]五[”\"]?(?:时期|期间|规划)?"
        r"|(?:19|20|21)\d\d年?(?:(?:-|—|~|至)(?:19|20|21)\d\d年?)?(?:度|底|末)?|^[^,;]{0,8}?各[县市区州盟旗乡镇街道园、()\[\]]+(?:人民政府)?的?"
        r"|(?:年度)?(?:目标任务|目标|任务|计划|指标|规划)*(?:值)?(?:分解)?(?:情况|安排)?(?:表|方案)?$|\([^()]*\)$|全[市省县区州]"
    )


def title_name(titles: tuple[Located, ...]) -> Located | None:
    """What is measured, in the title of a table of places and years: 各区单位GDP能耗下降目标."""
    for words_ in titles:
        kept, at = [], 0
        for m in _title_words().finditer(words_):
            kept.append(piece(words_, at, m.start()))
            at = m.end()
        kept.append(piece(words_, at, len(words_)))
        left = Located("".join(map(str, kept)), [i for part in kept for i in part.at])
        left = left if not left.startswith("的") else piece(left, 1, len(left))
        if len(left) >= 3:
            return left
    return None
