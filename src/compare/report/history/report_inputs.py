"""The files that a report depends on: those it declares, else those it was seen to read.

A set declares ``inputs`` (tables of the release, files, globs); they are known before a report is
made. What a notebook reads is watched all the same (`input_tracking`): for a set without
``inputs`` it is all that is known; with them, a file that is read and not declared is said, and
counts as an input too, so that no page goes stale unnoticed.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from pathlib import Path

from compare.base.ownership import PACKAGE_FILE
from compare.base.workspace import curated_dir, home, raw_dir
from compare.report.history import external_inputs
from compare.report.history.file_hashes import hash_file
from compare.report.set_file import ALL_TABLES, Inputs
from compare.schema import fields

_at_start: dict[Path, str | None] = {}


def note_data() -> None:
    """Hash the data once, before any notebook reads it: a table that changes while a run is at
    work then counts as changed in the next."""
    for folder in (curated_dir(), raw_dir()):
        _at_start.update({p: hash_file(p) for p in folder.rglob("*") if p.is_file()})


def declared_files(inputs: Inputs, base: Path) -> list[str]:
    """The files that a report declares: those in the checkout relative to it.

    Parameters
    ----------
    inputs : Inputs
    base : path
        Folder of the set; its paths and globs are relative to it.
    """
    tables = list(fields.tables()) if inputs.tables == ALL_TABLES else list(inputs.tables)
    found = [curated_dir() / f"{name}.parquet" for name in tables]
    found += [curated_dir() / PACKAGE_FILE] if tables else []
    for pattern in inputs.files:
        names = glob.glob(str(base / pattern), recursive=True, include_hidden=True)
        plain = [] if glob.has_magic(pattern) else [str(base / pattern)]
        found += [Path(name) for name in names or plain if not os.path.isdir(name)]
    return sorted({_from_home(path) for path in found})


def _from_home(path: Path) -> str:
    real, base = Path(os.path.realpath(path)), Path(os.path.realpath(home()))
    return str(real.relative_to(base)) if real.is_relative_to(base) else os.path.abspath(path)


def seen_files(seen: list[str] | None) -> list[str]:
    """What a report without ``inputs`` depends on: the files it was seen to read, and the whole
    release where no curated table was."""
    files = list(seen or [])
    tables = curated_dir().relative_to(home())
    if not any(Path(path).is_relative_to(tables) for path in files):
        files.append(str(tables / PACKAGE_FILE))
    return files


def undeclared_files(seen: list[str] | None, declared: Iterable[str]) -> list[str]:
    """What a report was seen to read and does not declare."""
    known = {os.path.realpath(home() / name) for name in declared}
    return [name for name in seen or () if os.path.realpath(home() / name) not in known]


def input_hashes(files: Iterable[str]) -> dict[str, str | None]:
    """Hashes of files as they were when the run began, by the names that the record gives them."""
    named = {record_name(name): _hash_at_start(home() / name) for name in files}
    return dict(sorted(named.items()))


def record_name(file: str) -> str:
    """A file outside the checkout is named by `external_inputs`; others by their path in it."""
    return external_inputs.record_name(file) if os.path.isabs(file) else file


def _hash_at_start(path: Path) -> str | None:
    return _at_start[path] if path in _at_start else hash_file(path)
