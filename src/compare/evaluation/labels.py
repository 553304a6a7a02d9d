"""Labels: rows that people wrote down, read from JSON-lines files and checked line by line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from compare.base.errors import CompareError, nearest
from compare.base.read_files import parse_json, read_text
from compare.base.workspace import home
from compare.schema import fields

Json = dict[str, Any]
"""An object of a JSON file."""

_STATED = ("start", "end", "value_text", "indicator_text", "kind", "value", "target_year")
"""Fields that every labelled row states; value and target_year may be null."""
_KINDS = ("", "agencies", "nontargets")
"""What stands between a document's name and ``.jsonl``."""


def read_jsonl(path: Path, problem: Callable[[Json], str | None] = lambda item: None) -> list[Json]:
    """Objects of a JSON-lines file.

    Parameters
    ----------
    problem : callable
        What is wrong with an object, or None.

    Raises
    ------
    CompareError
        No such file, not UTF-8, a line that is no JSON object or has a problem: with the line.
    """
    out = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        item = parse_json(line, path, number)
        if not isinstance(item, dict):
            raise CompareError(f"not a JSON object: {line.strip()[:60]}", path, number)
        if found := problem(item):
            raise CompareError(found, path, number)
        out.append(item)
    return out


def _row_problem(row: Json) -> str | None:
    known = {f.name: f for f in fields.table("targets").columns}
    for name in _STATED:
        if name not in row or (row[name] is None and name not in ("value", "target_year")):
            return f"a row needs {name!r}: {_short(row)}"
    for name, value in row.items():
        if name not in known:
            return f"unknown field {name!r}{nearest(name, list(known))}: {_short(row)}"
        if value is not None and (found := fields.problem(known[name], value)):
            return f"{found}: {_short(row)}"
    return None


def _case_problem(case: Json) -> str | None:
    for name, kind in (("id", str), ("text", str), ("rows", list)):
        if not isinstance(case.get(name), kind):
            what = f"not {case[name]!r:.60}" if name in case else "which is missing"
            return f"a case needs {name!r}, a {kind.__name__}, {what}"
    row_problem = _problem_in(case["text"])
    for row in case["rows"]:
        if not isinstance(row, dict):
            return f"rows must hold objects, not {row!r:.60}"
        if found := row_problem(row):
            return found
    return None


def _agencies_problem(line: Json) -> str | None:
    lists = [line.get(k) for k in ("lead", "support")]
    fits = {"start", "lead", "support"} <= set(line) and isinstance(line["start"], int)
    if not fits or not all(v is None or isinstance(v, list) for v in lists):
        return f"needs 'start', and lists (or null) 'lead' and 'support': {_short(line)}"
    return None


def _short(item: Json) -> str:
    return f"{json.dumps(item, ensure_ascii=False):.80}"


def labels_dir() -> Path:
    """``data/labels`` of the checkout."""
    return home() / "data" / "labels"


def labelled(folder: Path) -> list[str]:
    """Documents that a folder holds labels for.

    Raises
    ------
    CompareError
        No such folder, no labels in it, or a file of labels that nothing would read.
    """
    if not folder.is_dir():
        raise CompareError("no such folder", folder)
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".jsonl")
    docs = [p.stem for p in files if p.suffix == ".jsonl" and "." not in p.stem]
    for file in files:
        doc, _, kind = file.stem.partition(".")
        if file.suffix != ".jsonl" or kind not in _KINDS or doc not in docs:
            words = ", ".join(f"<document>{'.' * bool(k)}{k}.jsonl" for k in _KINDS)
            raise CompareError(f"no file of labels of a document: {words}", file)
    if not docs:
        raise CompareError("no labels: no file <document>.jsonl", folder)
    return docs


def read_labels(doc: str, folder: Path, text: str) -> list[Json]:
    """Labelled rows of one document, with the agencies of their paragraph.

    Parameters
    ----------
    text : str
        The raw text of the document.

    Raises
    ------
    CompareError
        As `read_jsonl`; a row that is not where it says, that stands there twice or is of another
        document; agencies of no row.
    """
    known = labelled(folder)
    if doc not in known:
        raise CompareError(f"no labels for {doc!r}{nearest(doc, known)}", folder)
    rows = read_jsonl(folder / f"{doc}.jsonl", _problem_in(text, doc))
    path = folder / f"{doc}.agencies.jsonl"
    if path.exists():
        starts = {r["start"] for r in rows}
        agencies: dict[int, Json] = {}
        for named in read_jsonl(path, _agencies_problem):
            if named["start"] not in starts or named["start"] in agencies:
                what = "two lines" if named["start"] in agencies else "no row"
                raise CompareError(f"{what} for start {named['start']}", path)
            agencies[named["start"]] = named
        for row in rows:
            named = agencies.get(row["start"])
            if named is None:
                raise CompareError(f"no line for start {row['start']}", path)
            row["lead_agencies"], row["support_agencies"] = named["lead"], named["support"]
    return rows


def _problem_in(text: str, doc: str | None = None) -> Callable[[Json], str | None]:
    """What is wrong with a row of this text, asked row by row."""
    seen = set()

    def problem(row: Json) -> str | None:
        if found := _row_problem(row):
            return found
        there = text[row["start"] : row["end"]]
        if there != row["value_text"]:
            return f"the text has {there[:40]!r} there: {_short(row)}"
        if doc is not None and row.get("doc", doc) != doc:
            return f"a row of {row['doc']!r}: {_short(row)}"
        key = tuple(row[k] for k in ("start", "end", "indicator_text", "target_year"))
        if key in seen:
            return f"the same row stands above: {_short(row)}"
        seen.add(key)
        return None

    return problem


def read_cases(path: Path) -> list[Json]:
    """Cases of a ``.jsonl`` file: ``id``, ``text`` and labelled ``rows`` of each.

    Raises
    ------
    CompareError
        As `read_jsonl`; a row that is not where it says; no case at all.
    """
    if not (cases := read_jsonl(path, _case_problem)):
        raise CompareError("no cases", path)
    return cases
