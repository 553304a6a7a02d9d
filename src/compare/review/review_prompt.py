"""``carbon-peak review``: go with a person through the rows that need a look, and write what they decide."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Protocol

import tomli_w
import typer

from compare.base.atomic_files import write_file
from compare.base.errors import CompareError, nearest
from compare.base.read_files import read_text
from compare.extraction.ledger.entries import figures_of
from compare.extraction.ledger.near_misses import near_misses
from compare.intake.source import Source
from compare.review import decisions
from compare.review.decisions import Decision
from compare.review.reasons import NEW, reasons
from compare.review.review_files import review_file
from compare.review.rows import CompletedRow, ReviewedRow
from compare.review.seen import mark_seen, read_seen
from compare.schema import fields
from compare.schema.records import Target

_AROUND = 30  # characters shown on either side of a figure without a row
_ANSWERS = ("accept", "correct", "reject", "add", "skip", "quit")  # of one letter, the first counts


class Curation(Protocol):
    """What a later stage does with the rows, given by the caller (see ``cli/review.py``)."""

    def sources(self) -> Sequence[Source]:
        """All raw documents."""
        ...

    def reviewed_rows(self, source: Source) -> Sequence[ReviewedRow]:
        """Rows of one document as its decisions leave them."""
        ...

    def completed_rows(self) -> Sequence[CompletedRow]:
        """Rows of all documents as the tables will hold them, flags included."""
        ...

    def checked_rows(self, source: Source, decided: list[Decision]) -> object:
        """Check the rows of one document as these decisions would leave them."""
        ...


def pending(doc: str, curation: Curation) -> list[tuple[Target, list[str]]]:
    """Rows of a document that no decision is about, each with the reasons to look at it."""
    _source(doc, curation)
    read = read_seen({s.doc for s in curation.sources()}).get(doc, set())
    rows = [r.target for r in curation.completed_rows() if r.decision is None]
    found = [(r, reasons(r, read)) for r in rows if r.doc == doc]
    return [(r, why) for r, why in found if why]


def review(doc: str, curation: Curation, list_only: bool = False) -> None:
    """Ask about each pending row and write the decisions to ``data/review/<doc>.toml``.

    A decision is written only if the plan's rows pass the checks of a build with it; else the
    problem is shown and the question asked again.

    Parameters
    ----------
    doc : str
        Folder under ``data/raw``.
    curation : Curation
        Makes and checks the rows.
    list_only : bool
        Only print the rows and the reasons, and what gave no row and may be a target.
    """
    source = _source(doc, curation)
    todo = pending(doc, curation)
    typer.echo(f"{doc}: {len(todo)} rows to look at")
    for i, (row, why) in enumerate(todo, 1):
        typer.echo(f"\n[{i}/{len(todo)}] {'; '.join(why)}")
        _show(row)
        if not list_only and not _ask(row, why, source, curation):
            return
    _show_near_misses(source, curation)
    while not list_only and _confirmed("\nadd a row that is missing?"):
        _add(source, curation)


def _ask(row: Target, why: list[str], source: Source, curation: Curation) -> bool:
    """Settle one row; False where the person leaves."""
    while True:
        answer = _answer(f"{', '.join(_ANSWERS[:-1])} or {_ANSWERS[-1]}", _ANSWERS, "skip")
        if answer == "quit":
            return False
        if answer == "skip":
            return True
        if answer == "add":
            _add(source, curation)
            continue
        if answer == "accept" and why == [NEW]:
            mark_seen(row.doc, row.target_id)
            return True
        made = _decision(answer, row, source, curation)
        if made and _written(made, source, curation):
            return True


def _answer(question: str, words: tuple[str, ...], default: str) -> str:
    while True:
        text = typer.prompt(question, default=default).strip().lower()
        found = [w for w in words if text and w.startswith(text)]
        if found:
            return found[0]
        typer.echo(f"  {text!r} is none of these")


def _confirmed(question: str) -> bool:
    return _answer(f"{question} yes or no", ("yes", "no"), "no") == "yes"


def _reason() -> str:
    while not (
        text := typer.prompt("reason (one sentence)", default="", show_default=False).strip()
    ):
        typer.echo("  every decision has a reason")
    return text


def _source(doc: str, curation: Curation) -> Source:
    found = {s.doc: s for s in curation.sources()}
    if doc not in found:
        raise CompareError(f"unknown document {doc!r}{nearest(doc, list(found))}")
    return found[doc]


def _show(row: Target) -> None:
    a, b = row.start - row.evidence_start, row.end - row.evidence_start
    sentence = row.evidence
    typer.echo(f"  {row.section or ''}")
    typer.echo(f"  {sentence[:a]}{typer.style(sentence[a:b], reverse=True)}{sentence[b:]}")
    known = {k: getattr(row, k) for k in decisions.SETTABLE}
    typer.echo("  " + ", ".join(f"{k}={_shown(v)}" for k, v in known.items() if v is not None))


def _show_near_misses(source: Source, curation: Curation) -> None:
    """What gave no row and may be a target; what a person has added is none."""
    rows = curation.reviewed_rows(source)
    ledger = figures_of(
        source.text, doc=source.doc, issued=source.issued_year, targets=rows, parts=source.parts
    )
    found = near_misses(ledger)
    if found:
        typer.echo(f"\n{source.doc}: {len(found)} figures and wordings without a row to look at")
    for e in found:
        a, b = max(0, e.start - _AROUND), e.end + _AROUND
        marked = typer.style(e.text, reverse=True)
        line = f"{source.text[a : e.start]}{marked}{source.text[e.end : b]}".replace("\n", "⏎")
        typer.echo(f"  {e.start} {e.reason}: {line}")


def _shown(value: object) -> str:
    if value is None:
        return "null"
    return "、".join(value) if isinstance(value, list | tuple) else str(value)


def expectation(start: int, end: int, source: Source) -> str:
    """Shortest words around a span that the plan holds once, the span in «»."""
    text = source.text
    for width in range(4, 400, 2):
        a, b = max(source.start, start - width), min(source.end, end + width)
        if text.count(text[a:b], source.start, source.end) == 1:
            return f"{text[a:start]}«{text[start:end]}»{text[end:b]}"
    raise CompareError("the words around it are not unique", source.path)


def _decision(
    action: str, row: Target, source: Source, curation: Curation
) -> dict[str, Any] | None:
    """The decision about a row as its file holds it; None where nothing was corrected."""
    out: dict[str, Any] = {
        "action": action,
        "expect": expectation(row.start, row.end, source),
    }
    span = (row.start, row.end)
    shared = [r for r in curation.reviewed_rows(source) if (r.start, r.end) == span]
    if len(shared) > 1:
        out["row"] = row.indicator_text
    same = [r for r in shared if r.indicator_text == row.indicator_text]
    if len(same) > 1 and row.target_year is not None:
        out["year"] = row.target_year
    if action != "correct":
        return out | {"reason": _reason()}
    now = {k: _as_toml(getattr(row, k)) for k in decisions.SETTABLE}
    new = _fields(now)
    if not new:
        typer.echo("  nothing is corrected")
        return None
    was = {k: now[k] for k in new if k not in decisions.NOTES}
    return out | {"reason": _reason()} | ({"was": was} if was else {}) | {"set": new}


def _as_toml(value: Any) -> Any:
    """A value of a row as a decision holds it: an empty string stands for null."""
    if isinstance(value, tuple):
        return list(value)
    return "" if value is None else value


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    """Fields and their new values, as a person gives them; asked again where one does not fit.

    Parameters
    ----------
    row : dict
        The values that stand now, an empty string for null.
    """
    new: dict[str, Any] = {}
    while True:
        name = typer.prompt("field (empty to end)", default="", show_default=False).strip()
        if not name:
            return new
        if name not in decisions.SETTABLE:
            typer.echo(f"  no such field{nearest(name, decisions.SETTABLE)}")
            continue
        old = row.get(name, "")
        now = _shown(None if (value := new.get(name, old)) == "" else value)
        how = "empty for null" + ("; parted by 、" if name in decisions.LISTS else "")
        text = typer.prompt(f"{name} (now {now}; {how})", default="", show_default=False)
        value = _typed(name, text)
        found = decisions.problem(name, value)
        if not found and value == old:
            found = f"{name} is {now} already"
        if found:
            typer.echo(f"  {found}")
        else:
            new[name] = value


def _typed(name: str, text: str) -> Any:
    """What was typed, as the field's type where it can be read so; lists are parted by 、."""
    text, kind = text.strip(), fields.table("targets").column(name).type
    if not text:
        return [] if name == "review_reasons" else ""
    if kind == "list":
        return [word.strip() for word in text.split("、")]
    try:
        return {"integer": int, "number": float}.get(kind, str)(text)
    except ValueError:
        return text


def _add(source: Source, curation: Curation) -> None:
    """Ask for a row that the extractor did not find, until it fits or nothing is given."""
    while True:
        question = "words that the plan holds once, the value in «» (empty to end)"
        expect = typer.prompt(question, default="", show_default=False).strip()
        if not expect:
            return
        new = _fields({})
        made = {"action": "add", "expect": expect, "reason": _reason(), "set": new}
        if _written(made, source, curation):
            return


def _written(decision: dict[str, Any], source: Source, curation: Curation) -> bool:
    """Append a decision to the file if a build can take it; what stands there, comments included, stays."""
    path = review_file(source.doc)
    old = (
        read_text(path)
        if os.path.lexists(path)
        else f"# Decisions about {source.doc}; see docs/review.md.\n"
    )
    plain = {k: v for k, v in decision.items() if not isinstance(v, dict)}
    new = "[[decision]]\n" + tomli_w.dumps(plain)
    for name, table in decision.items():
        if isinstance(table, dict):
            new += f"\n[decision.{name}]\n" + tomli_w.dumps(table)
    text = f"{old.rstrip()}\n\n{new}"
    try:
        curation.checked_rows(source, decisions.parse_decisions(text, path))
    except CompareError as error:
        typer.echo(f"  not written: {error}")
        return False
    write_file(path, text.encode())
    return True
