"""The file of a report set (``reports/reports.toml``): its model, and errors that name the line.

This is the one place that says which keys there are and what they may hold;
``docs/scheduling.md`` explains them. `report_set` spreads the tables into single reports.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag
from pydantic import ValidationError as Invalid
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticCustomError

from compare.base.errors import CompareError, nearest
from compare.base.read_files import parse_toml, read_text
from compare.schema import fields

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

FORMATS = ("html", "ipynb", "pdf")
SOURCES = ("places", "indicators")
"""What ``for_each`` can take its values from: those that have targets."""
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,80}")
"""What names a report, and its files."""
ALL_TABLES = "all"
MOST_JOBS = 1000
_KINDS_OF_VALUE = {
    "int_type": "a whole number",
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
}


class _Table(BaseModel):
    # built when first used, and then once for the whole file: most of the time of this import
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Texts(_Table):
    """A text in both languages."""

    zh: str
    en: str

    def by_language(self) -> dict[str, str]:
        """The texts by language code."""
        return {"zh": self.zh, "en": self.en}


class Inputs(_Table):
    """What a report reads: tables of the release, and other files.

    ``files`` are paths or globs relative to the set. With any ``tables`` the data release as a
    whole counts, by its hash.
    """

    tables: Annotated[list[str] | Literal["all"], Field(union_mode="left_to_right")] = []
    files: list[str] = []


def _with_html(formats: list[str]) -> list[str]:
    if "html" not in formats:
        raise PydanticCustomError("formats", "formats must hold 'html': the index links to it")
    return [f for f in FORMATS if f in formats]


Formats = Annotated[list[Literal["html", "ipynb", "pdf"]], AfterValidator(_with_html)]
Seconds = Annotated[int, Field(ge=1, le=1_000_000)]


class ValuesFromTable(_Table):
    """Values of ``for_each`` that follow from the tables."""

    of: Literal["places", "indicators"]
    at_least: Annotated[int, Field(ge=0)] = 1


Values = Annotated[
    Annotated[list[Any], Field(min_length=1), Tag("list")]
    | Annotated[ValuesFromTable, Tag("source")],
    Discriminator(lambda value: "source" if isinstance(value, dict | ValuesFromTable) else "list"),
    BeforeValidator(lambda value: {"of": value} if isinstance(value, str) else value),
]


class SetTable(_Table):
    """``[set]``: what holds for all reports that do not say otherwise."""

    title: Texts
    formats: Formats = list(FORMATS)
    timeout: Seconds = 300
    jobs: Annotated[int, Field(ge=1, le=MOST_JOBS)] = 2
    inputs: Inputs | None = None


class KeepTable(_Table):
    """``[keep]``: how many old runs are kept; 0: no limit."""

    runs: Annotated[int, Field(ge=0)] = 10
    days: Annotated[int, Field(ge=0, le=100_000)] = 90


class ReportTable(_Table):
    """One ``[[report]]``."""

    name: Annotated[str, Field(pattern=rf"^{NAME.pattern}$")]
    notebook: str
    title: Texts
    question: str | None = None
    parameters: dict[str, Any] = {}
    for_each: dict[str, Values] = {}
    formats: Formats | None = None
    timeout: Seconds | None = None
    last_release: str | None = None
    inputs: Inputs | None = None


class SetContent(_Table):
    """The whole file."""

    set: SetTable
    keep: KeepTable = Field(default_factory=KeepTable)
    questions: dict[str, Texts] = {}
    report: list[ReportTable]


@dataclass(frozen=True)
class SetFile:
    """A set file that has been read: its content, and its text for the lines of errors."""

    path: Path
    text: str

    def error(self, problem: str, *place: str | int) -> CompareError:
        """An error about the value at a place (keys and indices), or the nearest one above it."""
        line = None
        while place and line is None:
            line, place = find_line(self.text, place), place[:-1]
        return CompareError(problem, self.path, line)

    @cached_property
    def content(self) -> SetContent:
        """What the file holds, checked.

        Raises
        ------
        CompareError
            With the line of the first value that is wrong.
        """
        data = parse_toml(self.text, self.path)
        data.setdefault("set", {})  # so that what is missing in it is named
        try:
            content = SetContent.model_validate(data)
        except Invalid as invalid:
            # what is there and wrong comes before what is missing: mostly a word misspelt
            first = min(invalid.errors(), key=lambda error: error["type"] == "missing")
            problem, place = _in_words(first)
            raise self.error(problem, *place) from None
        for place, inputs in self._inputs(content):
            for table in inputs.tables if isinstance(inputs.tables, list) else ():
                if table not in fields.tables():
                    hint = nearest(table, list(fields.tables()))
                    raise self.error(f"unknown table {table!r}{hint}", *place, "inputs", "tables")
        return content

    def _inputs(self, content: SetContent) -> list[tuple[tuple[str | int, ...], Inputs]]:
        tables = [(("report", i), r.inputs) for i, r in enumerate(content.report)]
        return [(place, i) for place, i in [(("set",), content.set.inputs), *tables] if i]


def read_set_file(path: Path) -> SetFile:
    """Read a set file; its content is checked when it is asked for."""
    return SetFile(path, read_text(path, missing="no such report set"))


def find_line(text: str, place: Sequence[str | int]) -> int | None:
    """The 1-based line on which the value at ``place`` (keys and indices) begins.

    tomllib keeps no positions; but the shortest beginning of the file that holds the value ends
    where the value ends, and the longest that does not ends just before it.
    """
    lines, before = text.splitlines(keepends=True), 0
    for n in range(1, len(lines) + 1):
        try:
            at: Any = tomllib.loads("".join(lines[:n]))
            for key in place:
                at = at[key]
        except (ValueError, RecursionError):
            continue
        except (KeyError, IndexError, TypeError):
            before = n
            continue
        return before + 1
    return None


def _in_words(error: ErrorDetails) -> tuple[str, tuple[str | int, ...]]:
    """What is wrong, in our words, and where."""
    place, value, limits = error["loc"], error["input"], error.get("ctx", {})
    key = next((k for k in reversed(place) if isinstance(k, str)), "")
    match error["type"]:
        case "missing":
            return f"missing key {place[-1]!r}", place[:-1]
        case "extra_forbidden":
            return f"unknown key {key!r}{nearest(key, _known_keys(place[:-1]))}", place
        case "model_type" if len(place) == 2 and place[0] == "report":
            return "each report must be a [[report]] table", place
        case "list_type" | "too_short" if "for_each" in place[:-1]:
            key = place[place.index("for_each") + 1]
            return f"for_each: {key} must be a list, or {' or '.join(SOURCES)}", place
        case "string_pattern_mismatch":
            words = "must be lower-case letters, digits, '-' and '_'"
            return f"{key} {words}, not {value!r}", place
        case "greater_than_equal":
            limit = limits["ge"]
            words = f"must be {limit} or more" if limit else "must not be negative"
            return f"{key} {words}: {value}", place
        case "less_than_equal":
            return f"{key} must be {limits['le']} or less: {value}", place
        case "literal_error" if "formats" in place:
            return f"unknown format {value!r}{nearest(str(value), FORMATS)}", place
        case "literal_error" if key == "of":
            return f"unknown source {value!r}{nearest(str(value), SOURCES)}", place
        case _ if "tables" in place:
            return f"tables must be a list of tables or {ALL_TABLES!r}, not {value!r}", place
        case kind if kind in _KINDS_OF_VALUE:
            return f"{key} must be {_KINDS_OF_VALUE[kind]}, not {value!r}", place
    return error["msg"], place


def _known_keys(place: tuple[str | int, ...]) -> list[str]:
    """The keys that a table at a place may have."""
    models: dict[str, type[_Table]] = {
        "set": SetTable,
        "keep": KeepTable,
        "title": Texts,
        "inputs": Inputs,
        "source": ValuesFromTable,
    }
    named = [k for k in place if isinstance(k, str)]
    if not named:
        return list(SetContent.model_fields)
    if named[0] == "questions":
        return list(Texts.model_fields)
    return list(models.get(named[-1], ReportTable).model_fields)
