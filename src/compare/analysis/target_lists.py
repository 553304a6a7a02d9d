"""Target lists: counts and tables of targets that several notebooks share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from compare.analysis.notebook_output import (
    Cell,
    Table,
    column_heads,
    evidence_cell,
    opened_cell,
    status_cell,
)
from compare.analysis.selection import View
from compare.analysis.target_words import note_text, place_cell
from compare.display.code_words import code_word, flag_words
from compare.display.lists import join_words
from compare.display.messages import markdown, message
from compare.display.values import (
    WITHOUT_LEVEL,
    baseline_level,
    standard_with_bound,
    status_words,
    written_value,
)
from compare.schema.records import Target
from compare.target_evidence.addresses import evidence_href

SECTORS = (
    "energy", "industry", "buildings", "transport", "circular", "sinks", "society", "other",
)  # fmt: skip
FIRMNESS = ("firm", "strive", "deferred", "directional")


def firmness(row: Target) -> str:
    """How firmly a target speaks: ``firm``, ``strive``, ``deferred`` or ``directional``."""
    return row.kind if row.kind in WITHOUT_LEVEL else row.effort


def first_mentions(rows: Iterable[Target]) -> list[Target]:
    """Without the rows that repeat an earlier one."""
    return [r for r in rows if r.repeats is None]


def count_firmness(rows: Iterable[Target]) -> Counter[str]:
    """How many targets speak how firmly."""
    return Counter(firmness(r) for r in rows)


def firmness_words(found: Counter[str], lang: str) -> str:
    """``35条承诺、9条力争…``."""
    return join_words(
        [message(f"firmness_count.{k}", lang, n=found[k]) for k in FIRMNESS if found[k]], lang
    )


def sector_name(sector: str, lang: str) -> str:
    """Name of a sector."""
    return message(f"sector.{sector}", lang)


def sectors_of(rows: Iterable[Target]) -> list[str]:
    """The sectors of some targets, in the usual order."""
    found = {r.sector for r in rows}
    return [s for s in SECTORS if s in found]


# ------------------------------------------------------------------ tables
def target_table(
    rows: Sequence[Target],
    view: View,
    name: str,
    caption: str,
    columns: tuple[str, ...] = ("sector", "words", "value", "horizon", "effort", "evidence"),
    empty: str = "",
) -> Table:
    """Targets as they are written, each with its evidence.

    Parameters
    ----------
    rows : list of Target
    view : View
    name, caption : str
    columns : tuple of str
        Of ``place``, ``sector``, ``indicator``, ``words``, ``value``, ``standard``, ``horizon``,
        ``effort``, ``scope``, ``agencies``, ``flags``, ``section``, ``opened``, ``evidence``.
    empty : str
        Shown where there is no row.
    """
    names = column_heads(columns, view.lang, numeric=("standard",))
    made = [[_field(r, c, view) for c in columns] for r in rows]
    return Table(name, names, made, caption, view.lang, empty)


def _field(row: Target, column: str, view: View) -> Cell:
    """The field of a target in one column of `target_table`."""
    lang = view.lang
    match column:
        case "place":
            return place_cell(view.place[row.region_id], lang)
        case "sector":
            return Cell(sector_name(row.sector, lang))
        case "indicator":
            if row.indicator not in view.indicators:
                return Cell(code_word("label", "other_indicator", lang), tone="soft")
            return Cell(view.name(row.indicator))
        case "words":
            scope = row.scope_region
            small = message("table.scope_only", lang, where=scope) if scope else ""
            return Cell(row.indicator_text, small)
        case "value":
            return _value(row, lang)
        case "standard":
            return Cell("" if row.value_std is None else standard_with_bound(row, lang))
        case "horizon":
            return Cell(str(row.target_year or message("table.undated", lang)))
        case "effort":
            return Cell(message(f"firmness.{firmness(row)}", lang))
        case "agencies":
            return Cell(
                join_words(row.lead_agencies or (), lang),
                join_words(row.support_agencies or (), lang),
            )
        case "flags":
            return flags_cell(row, lang)
        case "section":
            return Cell(row.section or "")
        case "opened":
            return opened_cell(row, lang)
        case _:
            return evidence_cell(row, lang)


def _value(row: Target, lang: str) -> Cell:
    """A value as the plan writes it, in its own unit, with its bound."""
    notes = []
    if row.tier == "stretch":
        notes.append(code_word("tier", "stretch", lang))
    if row.baseline_year:
        notes.append(message("table.baseline", lang, year=row.baseline_year))
    if row.baseline_value is not None:
        notes.append(message("table.start", lang, value=baseline_level(row)))
    if row.binding:
        notes.append(code_word("binding", row.binding, lang))
    if row.repeats is not None:
        notes.append(message("table.repeat", lang))
    if row.flags:
        notes.append(message("table.flagged", lang))
    small = " · ".join(notes)
    if row.kind in WITHOUT_LEVEL:
        shown = status_words(row.kind, row.direction, lang)
        return status_cell(row.kind, shown, row.direction, small)
    return Cell(written_value(row, lang, effort=False), small)


def flags_cell(row: Target, lang: str) -> Cell:
    """Why a target is flagged, and its note."""
    return Cell("；".join(flag_words(f, lang) for f in row.flags), note_text(row, lang))


def numbered_evidence(rows: Iterable[Target]) -> list[tuple[str, str, str]]:
    """Number, address and sentence of the evidence of several targets, in text order."""
    ordered = sorted(rows, key=lambda r: r.start)
    return [
        (str(n), evidence_href(r.target_id, r.doc), r.evidence) for n, r in enumerate(ordered, 1)
    ]


# ------------------------------------------------------------------ lines of text
def more_places(view: View, shown: int) -> list[str]:
    """A line that says how many places have none of their own; none where all have."""
    n = len(view.places) - shown
    return [f"- {markdown('common.more_places', view.lang, n=n)}"] if n > 0 else []
