"""The record of a run (``run.json``): its model, how it is written and read.

This is the one place that says which fields there are; ``docs/run-record.md`` explains each, and a
test holds the two together.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic import ValidationError as Invalid

from compare.base.errors import CompareError
from compare.base.read_files import read_bytes
from compare.base.workspace import home
from compare.report.holder import RECORD

SCHEMA = 2
OK, KEPT, FAILED = "ok", "kept", "failed"
_FILE_NAME = re.compile(r"(?:(?:thumbs|evidence)/)?\w[\w.-]*")


def _is_plain(name: str) -> str:
    if not _FILE_NAME.fullmatch(name):
        raise ValueError("not the name of a file of a run")
    return name


FileName = Annotated[str, AfterValidator(_is_plain)]


class _Record(BaseModel):
    # other fields are passed over: a record of a later version may hold more; each model is built
    # when first used, which makes the import short
    model_config = ConfigDict(
        frozen=True, strict=True, validate_by_name=True, validate_by_alias=True, defer_build=True
    )


class FileRecord(_Record):
    """A file as it was published."""

    bytes: int
    sha256: str


class ErrorRecord(_Record):
    """Why a report failed; ``cell`` counts the notebook's own cells from 1."""

    kind: str
    name: str
    message: str
    cell: int | None = None


class SetRecord(_Record):
    """The set file that was run."""

    file: str
    sha256: str | None


class ReleaseRecord(_Record):
    """The data release that was read."""

    name: str | None
    version: str | None
    sha256: str


class Counts(_Record):
    """Reports by status."""

    ok: int
    kept: int
    failed: int


class ReportEntry(_Record):
    """One report in a run."""

    id: str
    name: str
    title: dict[str, str]
    lang: str
    question: str | None
    group: dict[str, str]
    regions: list[str] = []
    indicators: list[str] = []
    places: list[str] = []
    notebook: str
    given: dict[str, Any]
    parameters: dict[str, Any]
    kinds: dict[str, str] = {}
    status: Literal["ok", "kept", "failed"]
    stale: str | None
    error: ErrorRecord | None
    run: str
    made: str
    duration_s: float
    execute_s: float
    kernel: str
    formats: dict[str, FileName]
    files: dict[FileName, FileRecord]
    previous: FileName | None
    previous_run: str | None
    previous_made: str | None
    previous_files: list[FileName]
    hashes: dict[str, str]
    inputs: dict[str, str | None]
    undeclared: list[str] = []

    @model_validator(mode="after")
    def _its_files_are_listed(self) -> ReportEntry:
        for name in [*self.formats.values(), *self.previous_files]:
            if name not in self.files:
                raise ValueError(f"{name} is not among its files")
        return self


class RunRecord(_Record):
    """One complete run."""

    schema_version: Literal[2] = Field(default=SCHEMA, alias="schema")
    run: str
    started: str
    finished: str | None = None
    duration_s: float | None = None
    status: Literal["ok", "failed"]
    counts: Counts
    set: SetRecord
    title: dict[str, str]
    data_release: str
    data: ReleaseRecord
    last_release: str | None
    date: str | None
    package_version: str
    package_sha256: str
    versions: dict[str, str]
    jobs: int
    site_sha256: str
    site_files: dict[FileName, FileRecord] = {}
    reports: list[ReportEntry]


def utc_now() -> str:
    """The time as records give it: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def describe_file(data: bytes) -> FileRecord:
    """What the record says of a file."""
    return FileRecord(bytes=len(data), sha256=sha256(data).hexdigest())


def write_record(folder: Path, run: RunRecord) -> None:
    """Write a record into the folder of its run."""
    text = run.model_dump_json(by_alias=True, indent=1)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")


def read_record(folder: Path) -> RunRecord | None:
    """The record of a run; None if it is not one that `write_record` has written."""
    try:
        return RunRecord.model_validate_json(read_bytes(folder / RECORD))
    except (CompareError, Invalid):
        return None


def shown_path(path: Path) -> str:
    """A path as the record shows it: from the checkout, or only the last two parts."""
    path = path.resolve()
    base = home().resolve()
    return str(path.relative_to(base)) if path.is_relative_to(base) else "/".join(path.parts[-2:])
