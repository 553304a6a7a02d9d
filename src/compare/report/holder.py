"""The folder that holds report runs (``--out``): it may hold anything else; which names in it are ours.

``latest`` links to one of ``runs/<run id>/``; ``releases/<hash>/`` keeps data releases for comparison;
``.lock`` says who is at work; ``.outside.json`` where the files are that notebooks read elsewhere.
Nothing else is touched, nor a thing under one of these names that we did not make.
"""

from __future__ import annotations

import json
import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from compare.base.errors import CompareError
from compare.base.ownership import PACKAGE_FILE, check_apart, is_our_release, strangers
from compare.base.workspace import curated_dir

RECORD = "run.json"
LATEST, RUNS, RELEASES, LOCK, PLACES = "latest", "runs", "releases", ".lock", ".outside.json"
RUN_ID = re.compile(r"\d{8}T\d{6}Z-\d{6}")
_RELEASE = re.compile(r"[0-9a-f]{12}")
_AT_WORK = re.compile(r"(process \d+, since [-\d: ]+\s*)?")
_AWAY = "nothing was changed: move it away, or give another folder with --out"
_PLACE_NAME = re.compile(r"outside/[0-9a-f]{12}/.*", re.DOTALL)


def check_holder(out: Path) -> None:
    """See that runs can be kept in ``out`` without touching what is not ours.

    Raises
    ------
    CompareError
        Something else has one of our names, or ``out`` lies among the inputs.
    """
    check_apart(out)
    if Path(os.path.realpath(out)).is_relative_to(os.path.realpath(curated_dir())):
        raise CompareError("lies in the data release that the reports read", out)
    check_latest(out)
    for name in (RUNS, RELEASES):
        if os.path.lexists(out / name) and not (out / name).is_dir():
            raise CompareError(f"is not a folder, as a run keeps there; {_AWAY}", out / name)
    for name, ours in ((LOCK, _is_lock), (PLACES, _is_places)):
        if os.path.lexists(out / name) and not ours(out / name):
            raise CompareError(f"is not the file that a run keeps there; {_AWAY}", out / name)


def check_latest(out: Path) -> Path | None:
    """The folder that ``latest`` leads to, there or not; None where there is no ``latest``.

    Raises
    ------
    CompareError
        It is not a link to a run.
    """
    link = out / LATEST
    if not os.path.lexists(link):
        return None
    folder, _, run = os.readlink(link).rpartition("/") if link.is_symlink() else ("", "", "")
    if folder != RUNS or not RUN_ID.fullmatch(run):
        raise CompareError(f"is not the link that a run keeps there; {_AWAY}", link)
    return out / RUNS / run


def our_runs(out: Path) -> list[Path]:
    """The runs in ``out``, newest first: folders with the name of a run and its record."""
    folders = (out / RUNS).iterdir()
    found = [p for p in folders if RUN_ID.fullmatch(p.name) and not p.is_symlink()]
    return sorted((p for p in found if run_files(p) is not None), reverse=True)


def run_files(folder: Path) -> set[str] | None:
    """Names of the files of a run, as its record lists them; None where ``folder`` is no run."""
    record = _read_json(folder / RECORD)
    if not isinstance(record, dict) or record.get("run") != folder.name:
        return None
    entries = [record.get("site_files"), *(_get(r, "files") for r in _list(record.get("reports")))]
    return {RECORD, *(name for files in entries if isinstance(files, dict) for name in files)}


def strangers_in_run(folder: Path) -> list[str]:
    """What lies in the folder of a run, and is not of it."""
    return strangers(folder, {*(run_files(folder) or ()), "thumbs/", "evidence/"})


def our_releases(out: Path) -> list[Path]:
    """The releases kept in ``out``: named by their hash, and without a file of somebody else's."""
    found = [p for p in (out / RELEASES).iterdir() if _RELEASE.fullmatch(p.name)]
    return [p for p in found if is_our_release(p) and _hash(p / PACKAGE_FILE).startswith(p.name)]


def _hash(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _is_lock(file: Path) -> bool:
    text = _read_text(file)
    return text is not None and bool(_AT_WORK.fullmatch(text))


def _is_places(file: Path) -> bool:
    places = _read_json(file)
    return isinstance(places, dict) and all(map(_PLACE_NAME.fullmatch, places))


def _read_json(file: Path) -> Any:
    try:
        return json.loads(_read_text(file) or "")
    except (ValueError, RecursionError):
        return None


def _read_text(file: Path) -> str | None:
    """The text of a regular file that is no link; None where it has none."""
    try:
        if file.is_symlink() or not file.is_file():
            return None
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None
