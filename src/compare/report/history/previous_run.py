"""The last run: its record, if it can be read, and whether its files are still what it published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from compare.report import publish
from compare.report.history import external_inputs
from compare.report.history.run_record import SCHEMA

_RUN = {
    "run": str,
    "data_release": str,
    "last_release": str | None,
    "site_sha256": str,
    "site_files": dict,
    "reports": list,
}
_ENTRY = {
    "id": str,
    "name": str,
    "title": dict,
    "lang": str,
    "notebook": str,
    "parameters": dict,
    "status": str,
    "error": dict | None,
    "run": str,
    "made": str,
    "formats": dict,
    "files": dict,
    "previous": str | None,
    "previous_run": str | None,
    "previous_made": str | None,
    "previous_files": list,
    "hashes": dict,
    "inputs": dict,
}
_FILE = {"bytes": int, "sha256": str}
_NAME = re.compile(r"(?:(?:thumbs|evidence)/)?\w[\w.-]*")


@dataclass(frozen=True)
class Last:
    """What the last run left.

    Attributes
    ----------
    folder : path or None
        Its folder, which can be there without a record that can be read.
    run : dict or None
        Its record.
    broken : frozenset of str
        Those of its files that are gone, or not what it published.
    outside : dict of str
        Places of files outside the checkout (see `compare.report.history.external_inputs`).
    """

    folder: Path | None = None
    run: dict | None = None
    broken: frozenset[str] = frozenset()
    outside: dict[str, str] = field(default_factory=dict)

    @property
    def entries(self) -> dict[str, dict]:
        """Its reports by id."""
        return {entry["id"]: entry for entry in self.run["reports"]} if self.run else {}

    def broken_of(self, entry: dict | None) -> frozenset[str]:
        """Those of the broken files that belong to one of its reports."""
        return self.broken & entry["files"].keys() if entry else frozenset()


def last(out: Path) -> Last:
    """Look at the last run in ``out``: every file is read, 100 MB in a tenth of a second or two."""
    folder = publish.latest(out)
    run = _record(folder) if folder else None
    if run is None:
        return Last(folder)
    return Last(folder, run, _broken(folder, run), external_inputs.read(out))


def _record(folder: Path) -> dict | None:
    """The record of a run; None if it is not one that `compare.report.run` has written."""
    try:
        run = json.loads((folder / publish.RECORD).read_bytes())
    except (OSError, ValueError):
        return None
    good = isinstance(run, dict) and run.get("schema") == SCHEMA and _holds(run, _RUN)
    good = good and _are_files(run["site_files"]) and all(map(_is_entry, run["reports"]))
    return run if good else None


def _holds(value, fields: dict) -> bool:
    return isinstance(value, dict) and all(
        name in value and isinstance(value[name], kind) for name, kind in fields.items()
    )


def _is_entry(entry) -> bool:
    if not _holds(entry, _ENTRY) or not _are_files(entry["files"]):
        return False
    named = [*entry["formats"].values(), *entry["previous_files"]]
    return entry["status"] in ("ok", "kept", "failed") and all(
        isinstance(name, str) and name in entry["files"] for name in named
    )


def _are_files(files: dict) -> bool:
    return all(_NAME.fullmatch(name) and _holds(file, _FILE) for name, file in files.items())


def _broken(folder: Path, run: dict) -> frozenset[str]:
    files = dict(_files(run))
    with ThreadPoolExecutor(2) as pool:  # hashes are made outside Python's lock
        good = pool.map(lambda name: _is_as_published(folder / name, files[name]), files)
        return frozenset(name for name, fine in zip(files, good, strict=True) if not fine)


def _files(run: dict) -> Iterator[tuple[str, dict]]:
    yield from run["site_files"].items()
    for entry in run["reports"]:
        yield from entry["files"].items()


def _is_as_published(file: Path, known: dict) -> bool:
    try:
        if file.stat().st_size != known["bytes"]:
            return False
        return sha256(file.read_bytes()).hexdigest() == known["sha256"]
    except OSError:
        return False
