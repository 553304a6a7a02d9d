"""Dot rows: what a chart of dots is drawn from: panels, the rows of places, lines of benchmarks."""

from __future__ import annotations

from dataclasses import dataclass

from compare.charts import marks, style
from compare.charts.marks import Mark


@dataclass(frozen=True)
class BenchmarkLine:
    """A benchmark: the nation's across all rows, a province's across the rows of its places."""

    value: float
    label: str
    checked: bool = True


@dataclass(frozen=True)
class Row:
    """One place on one indicator.

    Attributes
    ----------
    place : str
        Its name.
    look : style.Look
    note : str
        Beside the name, small (that the plan is a draft).
    marks : tuple of Mark
    text : str
        What it aims for, in words; or why there is no mark.
    status : str
        ``target`` or a kind of nothing.
    direction : str or None
        Of a directional target.
    province : BenchmarkLine or None
        Its province's own target.
    small : str
        Below the words, in small letters.
    others : tuple of Mark
        Marks of other places, drawn pale behind.
    """

    place: str
    look: style.Look
    note: str = ""
    marks: tuple[Mark, ...] = ()
    text: str = ""
    status: str = "target"
    direction: str | None = None
    province: BenchmarkLine | None = None
    small: str = ""
    others: tuple[Mark, ...] = ()

    @property
    def words(self) -> str:
        """Its words; before a kind of nothing its sign, which never stands on the scale."""
        if self.status == "target":
            return self.text
        return f"{marks.glyph(self.status, self.direction)} {self.text}".strip()


@dataclass
class Panel:
    """One indicator at one horizon.

    Attributes
    ----------
    title : str
        The horizon, or the indicator.
    rows : list of Row
    axis : str
        Name of the axis with its unit.
    nation : BenchmarkLine or None
    header : str
        Heads a group of panels of one variant; stands above with a rule.
    warning : str
        Why its figures are not those of the group above.
    beside : bool
        Stands to the right of the panel before it, with the same rows.
    limits : (float, float) or None
        Of a scale that has ends (a share: 0 and 100).
    calendar : bool
        The values are years.
    signed : bool
        The values are differences: zero is not an end of the scale.
    """

    title: str
    rows: list[Row]
    axis: str
    nation: BenchmarkLine | None = None
    header: str = ""
    warning: str = ""
    beside: bool = False
    limits: tuple[float, float] | None = None
    calendar: bool = False
    signed: bool = False
