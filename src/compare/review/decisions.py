"""Decisions: what a human eye decided about a plan's rows, as data.

``data/review/<doc>.toml`` holds ``[[decision]]`` tables:

``action``
    ``accept`` (looked at, right as it is), ``correct``, ``add`` or ``reject``.
``expect``
    Words of the raw text that occur once, with the value expression in «»: the place of the decision
    and its guard. Where the words are gone or stand twice, the decision is stale and the build stops.
``row``, ``year``
    indicator_text, and target_year, of the row, where several rows share the span.
``was``
    What the extractor said of the fields that ``set`` changes: a second guard, so that a correction
    that is no longer needed, or no longer fits, is noticed. The notes, which the extractor never
    fills, need none.
``set``
    The corrected fields, or for ``add`` all fields that are not null.
``reason``
    Why, in one sentence.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compare.base.errors import CompareError, nearest
from compare.base.read_files import parse_toml, read_text
from compare.extraction.row.extracted_target import FIELDS
from compare.schema import fields
from compare.vocabulary import indicators

_ROW = {"row": str, "year": int, "was": dict}
ACTIONS = {"accept": _ROW, "correct": {**_ROW, "set": dict}, "add": {"set": dict}, "reject": _ROW}
"""The four actions, and the keys that each takes besides action, expect and reason."""
NOTES = ("note", "note_en")
"""Fields that only a person fills."""
AGENCIES = ("lead_agencies", "support_agencies")
LISTS = ("review_reasons", *AGENCIES)
"""Fields that hold several words."""
SETTABLE = tuple(
    f
    for f in (*FIELDS, "note_en", *AGENCIES)
    if f not in ("doc", "start", "end", "value_text", "repeats")
)
"""Fields that a decision can set."""
_TABLE = re.compile(r"\s*\[\[\s*decision\s*\]\]")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one place of one plan (see the module's text)."""

    path: Path
    line: int
    action: str
    expect: str
    reason: str
    row: str | None = None
    year: int | None = None
    was: dict[str, Any] = field(default_factory=dict)
    set: dict[str, Any] = field(default_factory=dict)

    def error(self, problem: str) -> CompareError:
        """An error that names this decision."""
        return CompareError(problem, self.path, self.line)

    def stale(self, problem: str) -> CompareError:
        """The error that the plan or the extractor no longer is what was decided about."""
        return self.error(f"stale decision: {problem}")


def read_decisions(path: Path) -> list[Decision]:
    """Decisions of one review file, checked; none where the file does not exist.

    Raises
    ------
    CompareError
        Bad TOML, unknown key, action or field, a value of another type than the field registry
        has, missing reason: with the line.
    """
    return parse_decisions(read_text(path), path) if os.path.lexists(path) else []


def parse_decisions(text: str, path: Path) -> list[Decision]:
    """As `read_decisions`, of a text that stands, or is about to stand, at ``path``."""
    raw = parse_toml(text, path)
    lines = [i for i, line in enumerate(text.split("\n"), 1) if _TABLE.match(line)]
    for key in raw:
        if key != "decision":
            raise CompareError(f"unknown table {key!r}; only [[decision]] stands here", path)
    specs = raw.get("decision", [])
    if not isinstance(specs, list) or len(lines) != len(specs):
        raise CompareError("write each decision as a [[decision]] table of its own", path)
    return [_decision(spec, path, line) for spec, line in zip(specs, lines, strict=True)]


def _decision(spec: dict[str, Any], path: Path, line: int) -> Decision:
    def bad(problem: str) -> CompareError:
        return CompareError(problem, path, line)

    keys = {"action": str, "expect": str, "reason": str, **ACTIONS["correct"]}
    for key, value in spec.items():
        if key not in keys:
            raise bad(f"unknown key {key!r}{nearest(key, list(keys))}")
        if not isinstance(value, keys[key]) or isinstance(value, bool):
            raise bad(f"{key} must be {_TOML[keys[key]]}, not {value!r}")
    for key in ("action", "expect", "reason"):
        if not spec.get(key, "").strip():
            raise bad(f"missing key {key!r}")
    action = spec["action"]
    if action not in ACTIONS:
        raise bad(f"unknown action {action!r}{nearest(action, list(ACTIONS))}")
    for key in set(spec) & set(ACTIONS["correct"]) - set(ACTIONS[action]):
        raise bad(f"{action} takes no {key!r}")
    if "set" in ACTIONS[action] and not spec.get("set"):
        raise bad(f"{action} needs a table 'set'")
    for table in ("was", "set"):
        for name, value in spec.get(table, {}).items():
            if found := problem(name, value):
                raise bad(found)
    unguarded = [k for k in spec.get("set", {}) if k not in {*spec.get("was", {}), *NOTES}]
    if action == "correct" and unguarded:
        raise bad(f"correct needs the old value of {unguarded[0]!r} in 'was'")
    if spec["expect"].count("«") != 1 or spec["expect"].count("»") != 1:
        raise bad("expect marks the value expression once with «»")
    return Decision(path, line, **spec)


_TOML = {str: "text", int: "a whole number", dict: "a table"}


def problem(name: str, value: Any) -> str | None:
    """What is wrong with a value that a decision sets; None where it fits the field."""
    if name not in SETTABLE:
        return f"field {name!r} cannot be set{nearest(name, SETTABLE)}"
    spec = fields.table("targets")
    if value == [] and name == "review_reasons":
        return None
    if as_row_value(value) is None:
        return f"{name} is never null" if name in spec.required else None
    if name == "indicator" and isinstance(value, str) and value != "other":
        known = list(indicators.known())
        return None if value in known else f"unknown indicator {value!r}{nearest(value, known)}"
    return fields.problem(spec.column(name), value)


def as_row_value(value: Any) -> Any:
    """A value of a decision as a row holds it: TOML has no null, an empty string stands for it."""
    if isinstance(value, list):
        return tuple(value)
    return None if value == "" else value
