"""``carbon-peak review``: walk a person through the rows that need a look, and write what they decide."""

from __future__ import annotations

from pathlib import Path

import tomli_w
import typer

from compare import curate, paths, review, store
from compare.atomic import write_file
from compare.errors import CompareError, nearest
from compare.extraction.rows import FIELDS
from compare.read import Source

_SHOWN = (
    "indicator_text", "indicator", "kind", "value", "value_max", "unit", "comparator", "measure", "direction",
    "baseline_year", "target_year", "period", "tier", "effort", "scope_region", "note",
)  # fmt: skip
_PLANS = {2025: "十四五", 2030: "十五五", 2035: "十六五"}
_NUMBERS = {"value": float, "value_max": float, "baseline_year": int, "target_year": int}


def doubts(row: dict) -> list[str]:
    """Why a row deserves a look: what the extractor itself is less sure of, in words."""
    out = []
    year = row["target_year"]
    if year is None:
        out.append("no horizon")
    elif str(year) not in row["evidence"] and _PLANS.get(year, "-") not in row["evidence"]:
        out.append("horizon taken over from an earlier sentence or a five-year plan")
    if not 3 <= len(row["indicator_text"]) <= 40:
        out.append("unusual length of the subject")
    if row["indicator"] == "other" and row["kind"] in ("verbal", "deferred"):
        out.append("no indicator")
    if row["kind"] == "milestone":
        out.append("milestone")
    return out


def reasons(row: dict, known: set[str]) -> list[str]:
    """All reasons to look at a completed row: flags, doubts, new since the last release."""
    out = [f"flag {code}" for code in row["flags"]] + doubts(row)
    return out + ([] if row["target_id"] in known else ["new since the last release"])


def pending(doc: str) -> list[tuple[dict, list[str]]]:
    """Rows of a document that no decision covers yet and that have a reason to be looked at."""
    source = _source(doc)
    decided = set()
    path = paths.review_dir() / f"{doc}.toml"
    for d in review.read_decisions(path):
        decided.add(review.locate(d.expect, source, path, d.line))
    try:
        known = set(store.load("targets")["target_id"])
    except CompareError:
        known = set()
    rows = [r for r in curate.completed_rows()[0] if r["doc"] == doc]
    found = [(r, reasons(r, known)) for r in rows if (r["start"], r["end"]) not in decided]
    return [(r, why) for r, why in found if why]


def walk(doc: str, list_only: bool = False) -> None:
    """Ask about each pending row and write the decisions to ``data/review/<doc>.toml``.

    Parameters
    ----------
    doc : str
        Folder under ``data/raw``.
    list_only : bool
        Only print the rows and the reasons.
    """
    source = _source(doc)
    todo = pending(doc)
    typer.echo(f"{doc}: {len(todo)} rows to look at")
    for i, (row, why) in enumerate(todo, 1):
        typer.echo(f"\n[{i}/{len(todo)}] {'; '.join(why)}")
        _show(row)
        if list_only:
            continue
        answer = (
            typer.prompt("accept, correct, reject, skip or quit", default="skip").strip().lower()
        )
        if answer.startswith("q"):
            break
        if answer.startswith(("a", "r")):
            action = "accept" if answer.startswith("a") else "reject"
            _write(doc, _decision(action, row, source, typer.prompt("reason")))
        elif answer.startswith("c"):
            _write(doc, _correction(row, source))


def _source(doc: str) -> Source:
    found = {s.doc: s for s in curate.sources()}
    if doc not in found:
        raise CompareError(f"unknown document {doc!r}{nearest(doc, list(found))}")
    return found[doc]


def _show(row: dict) -> None:
    a = row["start"] - row["evidence_start"]
    b = row["end"] - row["evidence_start"]
    sentence = row["evidence"]
    typer.echo(f"  {row['section'] or ''}")
    typer.echo(f"  {sentence[:a]}{typer.style(sentence[a:b], reverse=True)}{sentence[b:]}")
    typer.echo("  " + ", ".join(f"{k}={row[k]}" for k in _SHOWN if row[k] is not None))


def expectation(start: int, end: int, source: Source) -> str:
    """Shortest words around a span that the plan holds once, the span in «»."""
    text = source.text
    for width in range(4, 400, 2):
        a, b = max(source.start, start - width), min(source.end, end + width)
        if text.count(text[a:b], source.start, source.end) == 1:
            return f"{text[a:start]}«{text[start:end]}»{text[end:b]}"
    raise CompareError("the words around it are not unique", source.path)


def _decision(action: str, row: dict, source: Source, reason: str) -> dict:
    out = {"action": action, "expect": expectation(row["start"], row["end"], source)}
    shared = [
        r
        for r in curate.extracted_rows(source)
        if (r["start"], r["end"]) == (row["start"], row["end"])
    ]
    if len(shared) > 1:
        out["row"] = row["indicator_text"]
    return out | {"reason": reason}


def _correction(row: dict, source: Source) -> dict:
    was, new = {}, {}
    while True:
        name = typer.prompt("field (empty to end)", default="", show_default=False).strip()
        if not name:
            break
        if name not in FIELDS or name not in _SHOWN:
            typer.echo(f"  no such field{nearest(name, list(_SHOWN))}")
            continue
        text = typer.prompt(
            f"{name} (now {row[name]}; empty for null)", default="", show_default=False
        ).strip()
        try:
            new[name] = _NUMBERS[name](text) if text and name in _NUMBERS else text
        except ValueError:
            typer.echo(f"  {text!r} is not a number")
            continue
        was[name] = "" if row[name] is None else row[name]
    return _decision("correct", row, source, typer.prompt("reason")) | {"was": was, "set": new}


def _write(doc: str, decision: dict) -> None:
    """Append a decision to the file; what stands there, comments included, stays."""
    path = paths.review_dir() / f"{doc}.toml"
    old = (
        path.read_text(encoding="utf-8")
        if path.exists()
        else f"# Decisions about {doc}; see docs/review.md.\n"
    )
    plain = {k: v for k, v in decision.items() if not isinstance(v, dict)}
    new = "[[decision]]\n" + tomli_w.dumps(plain)
    for name, table in decision.items():
        if isinstance(table, dict):
            new += f"\n[decision.{name}]\n" + tomli_w.dumps(table)
    write_file(Path(path), f"{old.rstrip()}\n\n{new}".encode())
