"""All named rules, by what they decide about."""

from __future__ import annotations

from compare.extraction import (
    assembly,
    commitment,
    figure_rows,
    frame_rules,
    heading_rules,
    other_numbers,
    part_rules,
    without_figure,
    wordings,
    year_mentions,
)
from compare.extraction.attribution import speakers
from compare.extraction.rules import Rule
from compare.extraction.tables import cell_rules, goals

LEDGER: dict[str, tuple[Rule, ...]] = {
    "parts of a file": part_rules.RULES,
    "blocks that are set aside": assembly.RULES,
    "tables that give no rows": goals.WITHOUT_ROWS,
    "figures of tables": (*cell_rules.RULES, cell_rules.NOT_READ, cell_rules.ROW_NOT_READ),
    "whose goal it is": speakers.RULES,
    "lists of figures": figure_rows.RULES,
    **{f"figures: {name}": rules for name, rules in commitment.TABLES.items()},
    "dates": other_numbers.DATES,
    "other numbers": (*other_numbers.RULES, other_numbers.PAGE_NUMBER),
    "commitments without a figure": without_figure.RULES,
    "wordings of which no row came": wordings.RULES,
}
"""The rules whose ids are the reasons of the ledger, in the order in which they are asked."""
TIME: dict[str, tuple[Rule, ...]] = {
    "what a year tells of the time of its text": year_mentions.KINDS
}
"""The rules by which the year of a document is estimated (`compare.extraction.document_time`)."""
FRAME: dict[str, tuple[Rule, ...]] = {"how far a date reaches": frame_rules.RULES}
"""The rules of the frame of dates (`compare.extraction.frame_at`)."""
LAYOUT: dict[str, tuple[Rule, ...]] = {
    "lines that are no headings": heading_rules.LINES,
    "headings that look back": heading_rules.PAST,
}
"""The rules of headings (`compare.extraction.segment`)."""
