"""``carbon-peak review``: walk a person through the rows that need a look, and write what they decide."""

from __future__ import annotations

from pathlib import Path

import tomli_w
import typer

from compare.base import fields, workspace
from compare.base.atomic_files import write_file
from compare.base.errors import CompareError, nearest
from compare.curation import build
from compare.intake.source import Source
from compare.review import decisions

_PLANS = {2025: "十四五", 2030: "十五五", 2035: "十六五"}
_ANSWERS = ("accept", "correct", "reject", "add", "skip", "quit")  # of one letter, the first counts
_NEW = "new since the last reading"
_SEEN_HEADER = "# Rows that have been read: document and target_id. A row that is not here is new (docs/review.md).\n"


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
    """All reasons to look at a completed row: flags, doubts, new since the last reading."""
    out = [f"flag {code}" for code in row["flags"]] + doubts(row)
    return out + ([] if row["target_id"] in known else [_NEW])


def pending(doc: str) -> list[tuple[dict, list[str]]]:
    """Rows of a document that no decision is about and that have a reason to be looked at."""
    _source(doc)
    known = read_seen().get(doc, set())
    rows = [r for r in build.completed_rows()[0] if r["doc"] == doc and r["decision"] is None]
    found = [(r, reasons(r, known)) for r in rows]
    return [(r, why) for r, why in found if why]


# ------------------------------------------------------------------ rows that were read
def _seen_file() -> Path:
    return workspace.review_dir() / "seen.txt"


def read_seen() -> dict[str, set[str]]:
    """``target_id`` of the rows that somebody has read, by document (``data/review/seen.txt``)."""
    path, out = _seen_file(), {}
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        words = line.split()
        if len(words) != 2:
            raise CompareError(f"not a document and a target_id: {line!r}", path, number)
        out.setdefault(words[0], set()).add(words[1])
    return out


def mark_seen(row: dict) -> None:
    """Add a row to those that were read."""
    seen = read_seen()
    seen.setdefault(row["doc"], set()).add(row["target_id"])
    lines = [f"{doc} {one}\n" for doc in sorted(seen) for one in sorted(seen[doc])]
    write_file(_seen_file(), (_SEEN_HEADER + "".join(lines)).encode())


# ------------------------------------------------------------------ the walk
def walk(doc: str, list_only: bool = False) -> None:
    """Ask about each pending row and write the decisions to ``data/review/<doc>.toml``.

    A decision is written only if the plan's rows pass the checks of a build with it; else the
    problem is shown and the question asked again.

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
        if not list_only and not _ask(row, why, source):
            return
    while not list_only and _confirmed("\nadd a row that is missing?"):
        _add(source)


def _ask(row: dict, why: list[str], source: Source) -> bool:
    """Settle one row; False where the person leaves."""
    while True:
        answer = _answer(f"{', '.join(_ANSWERS[:-1])} or {_ANSWERS[-1]}", _ANSWERS, "skip")
        if answer == "quit":
            return False
        if answer == "skip":
            return True
        if answer == "add":
            _add(source)
            continue
        if answer == "accept" and why == [_NEW]:
            mark_seen(row)
            return True
        made = _decision(answer, row, source)
        if made and _written(made, source):
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


def _source(doc: str) -> Source:
    found = {s.doc: s for s in build.sources()}
    if doc not in found:
        raise CompareError(f"unknown document {doc!r}{nearest(doc, list(found))}")
    return found[doc]


def _show(row: dict) -> None:
    a = row["start"] - row["evidence_start"]
    b = row["end"] - row["evidence_start"]
    sentence = row["evidence"]
    typer.echo(f"  {row['section'] or ''}")
    typer.echo(f"  {sentence[:a]}{typer.style(sentence[a:b], reverse=True)}{sentence[b:]}")
    known = [k for k in decisions.SETTABLE if row[k] is not None]
    typer.echo("  " + ", ".join(f"{k}={_shown(row[k])}" for k in known))


def _shown(value) -> str:
    if value is None:
        return "null"
    return "、".join(value) if isinstance(value, list) else str(value)


# ------------------------------------------------------------------ decisions
def expectation(start: int, end: int, source: Source) -> str:
    """Shortest words around a span that the plan holds once, the span in «»."""
    text = source.text
    for width in range(4, 400, 2):
        a, b = max(source.start, start - width), min(source.end, end + width)
        if text.count(text[a:b], source.start, source.end) == 1:
            return f"{text[a:start]}«{text[start:end]}»{text[end:b]}"
    raise CompareError("the words around it are not unique", source.path)


def _decision(action: str, row: dict, source: Source) -> dict | None:
    """The decision about a row as its file holds it; None where nothing was corrected."""
    out = {"action": action, "expect": expectation(row["start"], row["end"], source)}
    span = (row["start"], row["end"])
    shared = [r for r in build.reviewed_rows(source) if (r["start"], r["end"]) == span]
    if len(shared) > 1:
        out["row"] = row["indicator_text"]
    same = [r for r in shared if r["indicator_text"] == row["indicator_text"]]
    if len(same) > 1 and row["target_year"] is not None:
        out["year"] = row["target_year"]
    if action != "correct":
        return out | {"reason": _reason()}
    new = _fields(row)
    if not new:
        typer.echo("  nothing is corrected")
        return None
    was = {k: "" if row[k] is None else row[k] for k in new if k not in decisions.NOTES}
    return out | {"reason": _reason()} | ({"was": was} if was else {}) | {"set": new}


def _fields(row: dict) -> dict:
    """Fields and their new values, as a person gives them; asked again where one does not fit."""
    new: dict = {}
    while True:
        name = typer.prompt("field (empty to end)", default="", show_default=False).strip()
        if not name:
            return new
        if name not in decisions.SETTABLE:
            typer.echo(f"  no such field{nearest(name, decisions.SETTABLE)}")
            continue
        now = _shown(new.get(name, row.get(name)))
        how = "empty for null" + ("; parted by 、" if name in decisions.AGENCIES else "")
        text = typer.prompt(f"{name} (now {now}; {how})", default="", show_default=False)
        value = _typed(name, text)
        found = decisions.problem(name, value)
        if not found and (None if value == "" else value) == row.get(name):
            found = f"{name} is {now} already"
        if found:
            typer.echo(f"  {found}")
        else:
            new[name] = value


def _typed(name: str, text: str):
    """What was typed, as the field's type where it can be read so; lists are parted by 、."""
    text, kind = text.strip(), fields.table("targets").column(name).type
    if not text:
        return ""
    if kind == "list":
        return [word.strip() for word in text.split("、")]
    try:
        return {"integer": int, "number": float}.get(kind, str)(text)
    except ValueError:
        return text


def _add(source: Source) -> None:
    """Ask for a row that the extractor did not find, until it fits or nothing is given."""
    while True:
        question = "words that the plan holds once, the value in «» (empty to end)"
        expect = typer.prompt(question, default="", show_default=False).strip()
        if not expect:
            return
        new = _fields({})
        made = {"action": "add", "expect": expect, "reason": _reason(), "set": new}
        if _written(made, source):
            return


def _written(decision: dict, source: Source) -> bool:
    """Append a decision to the file if a build can take it; what stands there, comments included, stays."""
    path = workspace.review_dir() / f"{source.doc}.toml"
    old = (
        path.read_text(encoding="utf-8")
        if path.exists()
        else f"# Decisions about {source.doc}; see docs/review.md.\n"
    )
    plain = {k: v for k, v in decision.items() if not isinstance(v, dict)}
    new = "[[decision]]\n" + tomli_w.dumps(plain)
    for name, table in decision.items():
        if isinstance(table, dict):
            new += f"\n[decision.{name}]\n" + tomli_w.dumps(table)
    text = f"{old.rstrip()}\n\n{new}"
    try:
        build.checked_rows(source, decisions.parse_decisions(text, path))
    except CompareError as error:
        typer.echo(f"  not written: {error}")
        return False
    write_file(path, text.encode())
    return True
