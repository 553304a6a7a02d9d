"""Review: what a human eye decided, as data, applied to what the extractor found.

``data/review/<doc>.toml`` holds ``[[decision]]`` tables:

``action``
    ``accept`` (looked at, right as it is), ``correct``, ``add`` or ``reject``.
``expect``
    Words of the raw text that occur once, with the value expression in «»: the place of the decision
    and its guard. Where the words are gone or stand twice, the decision is stale and the build stops.
``row``
    indicator_text of the row, where several rows share the span.
``was``
    What the extractor said of the fields that ``set`` changes: a second guard, so that a correction
    that is no longer needed, or no longer fits, is noticed.
``set``
    The corrected fields, or for ``add`` all fields that are not null.
``reason``
    Why, in one sentence.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from compare.errors import CompareError, nearest
from compare.extraction.rows import FIELDS, mark_repeats
from compare.extraction.surroundings import context_of
from compare.read import Source

ACTIONS = ("accept", "correct", "add", "reject")
_KEYS = {"action": str, "expect": str, "row": str, "was": dict, "set": dict, "reason": str}
_SETTABLE = {*FIELDS, "note_en"} - {"doc", "start", "end", "value_text", "repeats"}


@dataclass(frozen=True)
class Decision:
    """One decision about one place of one plan (see the module's text)."""

    action: str
    expect: str
    reason: str
    line: int
    row: str | None = None
    was: dict = field(default_factory=dict)
    set: dict = field(default_factory=dict)


def read_decisions(path: Path) -> list[Decision]:
    """Decisions of one review file, checked; none where the file does not exist.

    Raises
    ------
    CompareError
        Bad TOML, unknown key, action or field, missing reason: with the line.
    """
    if not path.exists():
        return []
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CompareError(f"not valid TOML: {error}", path) from None
    lines = [i for i, line in enumerate(text.splitlines(), 1) if line.strip() == "[[decision]]"]
    for key in raw:
        if key != "decision":
            raise CompareError(f"unknown table {key!r}; only [[decision]] stands here", path)
    specs = raw.get("decision", [])
    if len(lines) != len(specs):
        raise CompareError("write each decision as a [[decision]] table of its own", path)
    return [_decision(spec, path, line) for spec, line in zip(specs, lines, strict=True)]


def _decision(spec: dict, path: Path, line: int) -> Decision:
    for key, value in spec.items():
        if key not in _KEYS:
            raise CompareError(f"unknown key {key!r}{nearest(key, list(_KEYS))}", path, line)
        if not isinstance(value, _KEYS[key]):
            raise CompareError(f"{key} must be a {_KEYS[key].__name__}, not {value!r}", path, line)
    for key in ("action", "expect", "reason"):
        if not spec.get(key):
            raise CompareError(f"missing key {key!r}", path, line)
    if spec["action"] not in ACTIONS:
        raise CompareError(
            f"unknown action {spec['action']!r}{nearest(spec['action'], list(ACTIONS))}", path, line
        )
    for name in [*spec.get("set", {}), *spec.get("was", {})]:
        if name not in _SETTABLE:
            raise CompareError(
                f"field {name!r} cannot be set{nearest(name, sorted(_SETTABLE))}", path, line
            )
    if spec["action"] in ("correct", "add") and not spec.get("set"):
        raise CompareError(f"{spec['action']} needs a table 'set'", path, line)
    if spec["expect"].count("«") != 1 or spec["expect"].count("»") != 1:
        raise CompareError("expect marks the value expression once with «»", path, line)
    return Decision(line=line, **spec)


def locate(expect: str, source: Source, path: Path, line: int) -> tuple[int, int]:
    """Span of the marked words in the raw text; stale where the plan does not hold them exactly once."""
    front, rest = expect.split("«")
    value, back = rest.split("»")
    words = front + value + back
    found = source.text.count(words, source.start, source.end)
    if found != 1:
        what = "is not in the plan any more" if not found else f"stands {found} times in the plan"
        raise CompareError(f"stale decision: {words!r} {what}", path, line)
    start = source.text.index(words, source.start) + len(front)
    return start, start + len(value)


def apply(rows: list[dict], decisions: list[Decision], source: Source, path: Path) -> list[dict]:
    """Rows after review.

    Parameters
    ----------
    rows : list of dict
        As extracted.
    decisions : list of Decision
    source : Source
        The document.
    path : Path
        The review file, for errors.

    Returns
    -------
    list of dict
        With ``origin`` (``extracted`` or ``reviewed``) and ``repeats`` worked out anew.

    Raises
    ------
    CompareError
        Where a decision is stale: its words are gone, its row is not there, its ``was`` differs.
    """
    out = [{**r, "note_en": None, "origin": "extracted"} for r in rows]
    for d in decisions:
        start, end = locate(d.expect, source, path, d.line)
        here = [r for r in out if r["start"] == start and r["end"] == end]
        if d.row is not None:
            here = [r for r in here if r["indicator_text"] == d.row]
        if d.action == "add":
            out.append(_added(d, start, end, source, here, path))
            continue
        if len(here) != 1:
            what = (
                "no extracted row stands there"
                if not here
                else f"{len(here)} rows share the span: name one in 'row'"
            )
            raise CompareError(f"stale decision: {what}", path, d.line)
        row = here[0]
        for name, value in d.was.items():
            if row[name] != value and not (row[name] is None and value == ""):
                raise CompareError(
                    f"stale decision: {name} is {row[name]!r} now, not {value!r}", path, d.line
                )
        if d.action == "reject":
            out.remove(row)
        elif d.action == "correct":
            new = {k: _null(v) for k, v in d.set.items()}
            same = [k for k, v in new.items() if row[k] == v]
            if same:
                raise CompareError(
                    f"stale decision: {same[0]} is {row[same[0]]!r} already", path, d.line
                )
            row.update(new, origin="reviewed")
    out.sort(key=lambda r: (r["start"], r["indicator_text"]))
    mark_repeats(out)
    return out


def _null(value):
    """TOML has no null: an empty string stands for it."""
    return None if value == "" else value


def _added(d: Decision, start: int, end: int, source: Source, here: list[dict], path: Path) -> dict:
    new = {k: _null(v) for k, v in d.set.items()}
    if any(r["indicator_text"] == new.get("indicator_text") for r in here):
        raise CompareError(
            f"stale decision: the row {new['indicator_text']!r} is there already", path, d.line
        )
    row = dict.fromkeys([*FIELDS, "note_en"]) | {
        "measure": "level",
        "tier": "base",
        "effort": "firm",
        "indicator": "other",
    }
    row |= context_of(source, start, end) | new
    row |= {"doc": source.doc, "start": start, "end": end, "value_text": source.text[start:end]}
    for name in ("indicator_text", "kind"):
        if not row[name]:
            raise CompareError(f"add needs {name!r} in 'set'", path, d.line)
    return row | {"origin": "reviewed"}
