"""Which columns of a table hold goals, which the base they start from; and what a table without goals is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from compare.extraction.attribution.own_document import NATION, PROVINCE, OwnDocument
from compare.extraction.dates.document_time import DocumentTime
from compare.extraction.layout.heading_rules import looks_back
from compare.extraction.rules import Rule
from compare.extraction.tables.cell_values import read_cell
from compare.extraction.tables.names import read_name
from compare.extraction.tables.roles import Column
from compare.extraction.tables.table import Table
from compare.extraction.tables.terms import Term
from compare.vocabulary.lexicon import rx
from compare.vocabulary.table_words import table_words

At = tuple[int, int]
PERIOD = 5
"""Years of a plan."""


@dataclass(frozen=True, slots=True)
class GoalColumn:
    """A column whose figures are goals.

    Attributes
    ----------
    index : int
    year : int or None
    year_at : (int, int) or None
        Where in the raw text the year stands.
    """

    index: int
    year: int | None
    year_at: At | None


@dataclass(frozen=True, slots=True)
class Case:
    """A table with what its surroundings say of it.

    Attributes
    ----------
    table : Table
    titles : str
        Title, lead and the innermost heading.
    term : Term or None
        The plan's years.
    time : DocumentTime
    headings : sequence of str
        Those above it, outermost first.
    own : OwnDocument or None
        What the text calls its own.
    """

    table: Table
    titles: str
    term: Term | None
    time: DocumentTime
    headings: Sequence[str] = ()
    own: OwnDocument | None = None

    def has(self, *roles: str) -> bool:
        """Whether a column plays one of these parts."""
        return any(c.role in roles for c in self.table.columns)

    def titled(self, which: str) -> bool:
        """Whether the titles hold a word of a list."""
        return any(w in self.titles for w in table_words()["titles"][which])


@cache
def _told() -> tuple[str, ...]:
    return ("完成", "同比", "环比", "评价", "达标", "进展", "结果", "增减", "排名", "等级")


def _tells_results(case: Case) -> bool:
    told = any(c.role == "result" and any(w in c.head for w in _told()) for c in case.table.columns)
    if told or case.titled("results") or any(map(looks_back, case.headings)):
        return True
    return case.titled("results_perhaps") and not any(w in case.titles for w in ("目标", "规划"))


def _has_no_head(case: Case) -> bool:
    return not case.has("name", "place", "work", "group", "number")


def _of_a_level_above(case: Case) -> bool:
    named = rx(r"(?:附?表\d*|专栏\d*)?(?:(?P<n>国家|全国|我国)|(?P<p>全省|省级|全区(?=“)))").match(
        case.titles
    )
    if case.own is None or named is None:
        return False
    return case.own.is_above(NATION if named["n"] else PROVINCE)


def _of_work(case: Case) -> bool:
    if case.titled("work") and not case.has("binding"):
        return True
    return case.has("work") and not (case.has("name") and case.has("goal", "bare"))


def _of_reference(case: Case) -> bool:
    return case.has("reference") and not case.has("goal", "bare", "growth")


def _of_results(case: Case) -> bool:
    return _tells_results(case) and not goal_columns(case)


def _without_goals(case: Case) -> bool:
    return not goal_columns(case)


def _rows_do_not_fit(case: Case) -> bool:
    rows, unread = len(case.table.rows), len(case.table.unread)
    return not rows or unread * 2 >= rows + unread


WITHOUT_ROWS = (
    Rule(
        "table-not-read-head",
        "A table without a head that names its columns is not read.",
        "undecided",
        _has_no_head,
        taken="表7\n«45.2»  森林覆盖率  46\n52  湿地保护率  55\n61.8  草原盖度  63",
        left="指标  2020年  2025年目标\n森林覆盖率（%）  45.2  «46»\n湿地保护率（%）  52  55",
    ),
    Rule(
        "table-of-work",
        "Projects, tasks, firms and products with their sizes and times are no indicators.",
        "size",
        _of_work,
        taken="项目名称\t建设规模\t总投资（亿元）\n东岭风电场\t«10万千瓦»\t8.2\n沙湾光伏\t20万千瓦\t9.6",
        left="指标\t单位\t2025年目标\n风电装机\t万千瓦\t«10»\n光伏装机\t万千瓦\t20",
    ),
    Rule(
        "table-of-a-level-above",
        "Goals of the nation or the province in the plan of a smaller place are not its own.",
        "of_others",
        _of_a_level_above,
        taken="南岭市碳达峰实施方案\n我市制定本方案。\n表1 国家主要目标\n指标\t2020年\t2025年目标\n森林覆盖率（%）\t23\t«24.1»\n湿地保护率（%）\t52\t55",
        left="南岭市碳达峰实施方案\n我市制定本方案。\n表1 我市主要目标\n指标\t2020年\t2025年目标\n森林覆盖率（%）\t40\t«42»\n湿地保护率（%）\t52\t55",
    ),
    Rule(
        "table-of-reference",
        "Limits, standards and values of other places that stand alone are no goals of the plan.",
        "threshold",
        _of_reference,
        taken="| 指标 | 单位 | 限定值 |\n| 熟料单耗 | 千克标准煤/吨 | «117» |\n| 合成氨单耗 | 千克标准煤/吨 | 1650 |",
        left="| 指标 | 单位 | 2025年目标 |\n| 熟料单耗 | 千克标准煤/吨 | «117» |\n| 合成氨单耗 | 千克标准煤/吨 | 1650 |",
    ),
    Rule(
        "table-of-results",
        "A table of what has been reached (完成情况, 同比, 统计) holds facts.",
        "fact",
        _of_results,
        taken="“十三五”指标完成情况\n指标\t2015年\t2020年\n森林覆盖率（%）\t38\t«40»\n湿地保护率（%）\t50\t52",
        left="“十四五”主要指标\n指标\t2020年\t2025年\n森林覆盖率（%）\t40\t«42»\n湿地保护率（%）\t52\t55",
    ),
    Rule(
        "table-without-goals",
        "A table none of whose columns is for a year ahead, or called a goal, holds none.",
        "fact",
        _without_goals,
        taken="指标\t单位\t权重\n能耗强度下降\t%\t«20»\n非化石能源占比\t%\t15",
        left="指标\t单位\t目标值\n能耗强度下降\t%\t«14»\n非化石能源占比\t%\t20",
    ),
    Rule(
        "table-not-read-rows",
        "A table whose cells do not fit its head is not read.",
        "undecided",
        _rows_do_not_fit,
        taken="| 指标 | 2020年 | 2025年 |\n| 风电装机 | «30» | 5 | 80 | 12 |\n| 光伏装机 | 25 | 9 | 90 | 31 |",
        left="| 指标 | 2020年 | 2025年 |\n| 风电装机 | 30 | «80» |\n| 光伏装机 | 25 | 90 |",
    ),
)
"""What a table is that gives no rows; the first that applies decides."""


def without_rows(case: Case) -> Rule | None:
    """The rule by which a table gives no rows; None where it holds goals that can be read."""
    return next((rule for rule in WITHOUT_ROWS if rule.applies(case)), None)


# ---------------------------------------------------------------------- columns
def _past(case: Case) -> int:
    """The last year that is past for the table."""
    stood = [c.year for c in case.table.columns if c.role == "base" and c.year]
    began = case.term.start - 1 if case.term and case.term.start else 0
    known = case.time.year - 1 if case.time.known else 0
    return max([*stood, began, known])


def _bare_goals(case: Case, past: int) -> list[Column]:
    """The columns with a year alone that are goals."""
    columns = case.table.columns
    bare = sorted((c for c in columns if c.role == "bare" and c.year), key=lambda c: c.year or 0)
    ahead = [c for c in bare if (c.year or 0) > past]
    named = [c.year for c in columns if c.role == "goal" and c.year]
    if named:  # 2020年 | 2025年目标
        return [c for c in ahead if (c.year or 0) >= min(named)]
    begins = case.term.start if case.term and case.term.stated else None
    if case.time.known and len(ahead) > 1 and ahead[0].year == case.time.year != begins:
        return ahead[1:]
    based = case.has("base") or len(ahead) < len(bare) or case.time.known
    if based or len(ahead) < 2:
        return ahead
    estimated = case.time.year if case.time.basis == "years" else None
    first = ahead[0].year or 0
    if (case.term and first >= case.term.end) or (estimated and first > estimated + 1):
        return ahead
    steps = len(ahead) > 2 and all((b.year or 0) - (a.year or 0) == 1 for a, b in pairwise(ahead))
    if steps or (case.has("place") and case.titled("goals")):
        stated = case.term and case.term.stated
        return (
            ahead
            if stated or case.titled("yearly") or "目标" in case.titles or "任务" in case.titles
            else []
        )
    if case.titled("yearly") or any(w in str(c.head) for c in ahead for w in ("近期", "远期")):
        return ahead
    if _holds_goals(case, ahead[0]):
        return ahead
    return ahead[1:]  # the first is where it starts from


def _holds_goals(case: Case, column: Column) -> bool:
    """Whether the cells of a column show it: bounds and deferrals, or changes where no term of the plan is known."""
    at = next(i for i, c in enumerate(case.table.columns) if c is column)
    name = next((i for i, c in enumerate(case.table.columns) if c.role == "name"), None)
    for row in case.table.rows:
        said = read_cell(row.cells[at])
        if said.kind in ("deferred", "directional") or any(f.sign != "=" for f in said.figures):
            return True
        changes = name is not None and read_name(row.cells[name]).measure == "change"
        if case.term is None and changes and said.kind == "figure":
            return True
    return False


def _meant(case: Case, columns: Sequence[Column]) -> bool:
    """Whether something says that the figures are goals."""
    if case.has("goal", "binding") or case.titled("goals"):
        return True
    if case.has("place") and any(w in c.head for c in columns for w in _ASKED):
        return True
    ends = case.term.end if case.term else None
    if any((case.time.known and (c.year or 0) > case.time.year) or c.year == ends for c in columns):
        return True
    # 2020年 | 2025年 and no more: what a five-year plan starts from and aims at
    years = sorted(c.year for c in case.table.columns if c.role == "bare" and c.year)
    return (
        not case.time.known
        and len(years) > 1
        and all(y % PERIOD == 0 for y in years[1:])
        and case.has("name")
    )


def goal_columns(case: Case) -> list[GoalColumn]:
    """The columns that hold goals, in their order; none for a table of facts."""
    past = _past(case)
    columns = case.table.columns
    told = _tells_results(case)
    named = [c for c in columns if c.role == "goal" and (c.year is None or c.year > past)]
    bare = [] if told else _bare_goals(case, past)
    chosen = [*named, *bare]
    growth = [] if told or not (chosen or case.term) else [c for c in columns if c.role == "growth"]
    measured = (
        [c for c in columns if c.role == "measured"] if case.has("place") and not told else []
    )
    if measured and not chosen:
        chosen = _measured_goals(case, measured, past)
    if told:
        chosen = [c for c in named if c.year]
    if not _meant(case, [*chosen, *growth]):
        return []
    last = max((c.year for c in chosen if c.year), default=None)
    out = []
    for i, c in enumerate(columns):
        if not any(c is x for x in (*chosen, *growth)):
            continue
        year, at = c.year, c.year_at
        if c.role == "growth" and str(c.head).startswith(("较", "比")):
            year = None
        if (
            year is None
            and c.role == "growth"
            and last is not None
            and not (case.term and case.term.end >= last)
        ):
            year, at = last, next(x.year_at for x in chosen if x.year == last)
        elif year is None and case.term:
            year, at = case.term.end, case.term.at
        if c.role == "growth" and year is not None and year <= past:
            continue
        out.append(GoalColumn(i, year, at))
    return out


_ASKED = ("任务", "目标", "计划")
"""In the head of a column: what it holds is to be done."""


def _measured_goals(case: Case, measured: list[Column], past: int) -> list[Column]:
    """Places by row, indicators by column: goals where the title, or the heads themselves, say so."""
    titled = any(w in case.titles for w in ("目标", "任务", "计划", "分解"))
    if not titled:
        measured = [c for c in measured if any(w in c.head for w in _ASKED)]
    if not any(c.year for c in measured) and not case.term:
        return []
    past = max(past, (case.time.work_year or 0) - 1)  # 2025年底光伏装机 in the tasks of 2026
    return [c for c in measured if (c.year or (case.term.end if case.term else 0)) > past]


def is_guess(case: Case) -> bool:
    """Whether nothing but their order tells which column is the base and which holds goals."""
    chosen = {g.index for g in goal_columns(case)}
    bare = [(c.year or 0, i) for i, c in enumerate(case.table.columns) if c.role == "bare"]
    left = [year for year, i in bare if i not in chosen]
    if not left or case.has("base") or case.time.known:
        return False
    begins = case.term.start if case.term else None
    if case.has(
        "goal"
    ):  # 2020年 | 2025年 | 2030年展望: a bare year inside the plan's own term may be a goal, too
        return begins is not None and max(left) > begins
    return len(bare) > 1 and (begins is None or max(left) >= begins)


def base_column(case: Case, goals: Sequence[GoalColumn]) -> int | None:
    """The column of the values that the goals start from: the last before the first goal."""
    goal = {g.index for g in goals}
    first_year = min((g.year for g in goals if g.year), default=None)
    held = [
        (c.year or 0, i)
        for i, c in enumerate(case.table.columns)
        if i not in goal
        and c.role in ("base", "bare")
        and (not c.year or first_year is None or c.year < first_year)
    ]
    return max(held)[1] if held else None
