"""Lists: counts and tables of targets that several stories share."""

from __future__ import annotations

from collections import Counter

from compare.analysis import target_words
from compare.analysis.display_table import Cell, Table, evidence
from compare.analysis.selection import View
from compare.wording import messages
from compare.wording.messages import md, say
from compare.wording.values import flag_words, value_words, word

SECTORS = (
    "energy", "industry", "buildings", "transport", "circular", "sinks", "society", "other",
)  # fmt: skip
FIRMNESS = ("firm", "strive", "deferred", "directional")


def firmness(row: dict) -> str:
    """How firmly a targets row speaks: ``firm``, ``strive``, ``deferred`` or ``directional``."""
    return row["kind"] if row["kind"] in ("deferred", "directional") else row["effort"]


def first_mentions(rows: list[dict]) -> list[dict]:
    """Without the rows that repeat an earlier one."""
    return [r for r in rows if r["repeats"] is None]


def counts(rows: list[dict], key) -> Counter:
    """How many rows of each kind."""
    return Counter(key(r) for r in rows)


def sector_name(sector: str, lang: str) -> str:
    """Name of a sector."""
    return say(f"sector.{sector}", lang)


def firm_words(found: Counter, lang: str) -> str:
    """``35条承诺、9条力争…``."""
    return messages.join(
        [say(f"firmness.{k}", lang, n=found[k]) for k in FIRMNESS if found[k]], lang
    )


def table(
    rows: list[dict],
    view: View,
    name: str,
    caption: str,
    columns: tuple[str, ...] = ("sector", "words", "value", "horizon", "effort", "evidence"),
    empty: str = "",
) -> Table:
    """Targets as they are written, each with its evidence.

    Parameters
    ----------
    rows : list of dict
        Targets.
    columns : tuple of str
        Of ``place``, ``sector``, ``indicator``, ``words``, ``value``, ``standard``, ``horizon``,
        ``effort``, ``scope``, ``agencies``, ``flags``, ``section``, ``opened``, ``evidence``.
    """
    right = {"value_number", "standard"}
    heads = [(">" if c in right else "") + say(f"table.{c}", view.lang) for c in columns]
    made = [[_field(r, c, view) for c in columns] for r in rows]
    return Table(name, heads, made, caption, view.lang, empty)


def _field(row: dict, column: str, view: View) -> Cell:
    lang = view.lang
    if column == "place":
        return target_words.place_cell(view.place[row["region_id"]], lang)
    if column == "sector":
        return Cell(sector_name(row["sector"], lang))
    if column == "indicator":
        if row["indicator"] not in view.indicators:
            return Cell(word("label", "other_indicator", lang), tone="soft")
        return Cell(view.name(row["indicator"]))
    if column == "words":
        small = row["scope_region"] and say("table.scope_only", lang, where=row["scope_region"])
        return Cell(row["indicator_text"], small or "")
    if column == "value":
        return _value(row, lang)
    if column == "standard":
        if row["value_std"] is None:
            return Cell("")
        return Cell(messages.bounded(row, lang))
    if column == "horizon":
        return Cell(str(row["target_year"]) if row["target_year"] else say("table.undated", lang))
    if column == "effort":
        return Cell(say(f"firmness_name.{firmness(row)}", lang))
    if column == "agencies":
        return Cell(
            messages.join(row["lead_agencies"], lang), messages.join(row["support_agencies"], lang)
        )
    if column == "flags":
        return Cell(
            "；".join(flag_words(f, lang) for f in row["flags"]), target_words.noted(row, lang)
        )
    if column == "section":
        return Cell(row["section"] or "")
    if column == "opened":
        return opened(row, lang)
    return evidence(row, lang)


def _value(row: dict, lang: str) -> Cell:
    """A value as the plan writes it, in its own unit, with its bound."""
    notes = []
    if row["tier"] == "stretch":
        notes.append(word("tier", "stretch", lang))
    if row["baseline_year"]:
        notes.append(say("table.baseline", lang, year=row["baseline_year"]))
    if row["repeats"] is not None:
        notes.append(say("table.repeat", lang))
    if row["flags"]:
        notes.append(say("table.flagged", lang))
    small = " · ".join(notes)
    if row["kind"] in ("deferred", "directional"):
        shown = target_words.open_words(row["kind"], row["direction"], lang)
        from compare.analysis.display_table import nothing

        cell = nothing(row["kind"], shown, row["direction"])
        return Cell(cell.text, small, tone=cell.tone)
    return Cell(value_words(row, lang, effort=False), small)


def opened(row: dict, lang: str) -> Cell:
    """The sentence of a targets or comparisons row, to be opened in place; and the link to it."""
    from compare.provenance.evidence import evidence_href

    href = evidence_href(row["target_id"], row["doc"])
    links = ((say("table.evidence", lang), href, ""),)
    return Cell(say("table.sentence", lang), more=row["evidence"], links=links)


def numbered(rows: list[dict]) -> list[tuple[str, str, str]]:
    """Number, address and sentence of the evidence of several targets, in text order."""
    from compare.provenance.evidence import evidence_href

    rows = sorted(rows, key=lambda r: r["start"])
    return [
        (str(n), evidence_href(r["target_id"], r["doc"]), r["evidence"])
        for n, r in enumerate(rows, 1)
    ]


def rest(view: View, shown: int) -> list[str]:
    """A line that says how many places have none of their own; none where all have."""
    n = len(view.places) - shown
    return [f"- {md('common.more_places', view.lang, n=n)}"] if n > 0 else []
