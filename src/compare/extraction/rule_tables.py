"""All named rules, by what they decide about."""

from __future__ import annotations

from collections.abc import Iterator

from compare.extraction import assembly, commitment, without_figure
from compare.extraction.attribution import speakers
from compare.extraction.commitment import binding_words
from compare.extraction.dates import frame_rules, issue_day, year_mentions
from compare.extraction.layout import heading_rules, part_rules
from compare.extraction.ledger import other_numbers, wordings
from compare.extraction.row import doubts
from compare.extraction.rules import Rule
from compare.extraction.subject import name_lists, of_figures
from compare.extraction.tables import cell_rules, goals
from compare.extraction.with_figure import comparators, figure_rows

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
"""The rules by which the year of a document is estimated (`compare.extraction.dates.document_time`)."""
FRAME: dict[str, tuple[Rule, ...]] = {"how far a date reaches": frame_rules.RULES}
"""The rules of the frame of dates (`compare.extraction.dates.frame_at`)."""
READING: dict[str, tuple[Rule, ...]] = {
    "what a figure is about": of_figures.RULES,
    "level, change or growth": comparators.MEASURES,
    "how a figure binds": comparators.BOUNDS,
}
"""The rules that read a target's figure: its subject, its measure and its bound (`Row.read_by`)."""
NAMES: dict[str, tuple[Rule, ...]] = {"what several names share": name_lists.RULES}
"""The rules that part names of a list (`compare.extraction.subject.name_lists`)."""
LAYOUT: dict[str, tuple[Rule, ...]] = {
    "lines that are no headings": heading_rules.LINES,
    "headings that look back": heading_rules.PAST,
}
"""The rules of headings (`compare.extraction.layout.segment`)."""
ROWS: dict[str, tuple[Rule, ...]] = {
    "binding or expected": binding_words.RULES,
    "reasons to look at a row": doubts.RULES,
}
"""The rules that fill columns of a row."""
DAYS: dict[str, tuple[Rule, ...]] = {"the date of issue": issue_day.RULES}
"""The rules by which a day is, or is not, the date of issue."""
ALL = {**LEDGER, **FRAME, **READING, **NAMES, **ROWS, **TIME, **DAYS, **LAYOUT}


def as_markdown() -> Iterator[str]:
    """Lines of a page that lists all rules, with what each takes and leaves."""
    yield "# Rules"
    yield ""
    yield "Made from the records in the code; `carbon-peak explain --rules` prints the same."
    for name, rules in ALL.items():
        yield from ("", f"## {name[:1].upper()}{name[1:]}", "")
        yield "| rule | decides | what it says | takes | leaves |"
        yield "|---|---|---|---|---|"
        for rule in rules:
            cells = (
                f"`{rule.id}`",
                rule.decision.disposition,
                rule.sentence,
                rule.taken,
                rule.left,
            )
            yield "| " + " | ".join(_cell(c) for c in cells) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "⏎")
