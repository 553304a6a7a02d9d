"""Data releases that runs were made from, so that a report can say what has changed since.

``<out>/releases/`` holds the release of the latest run and the last different one before it. A report
whose set names a parameter in ``last_release`` is handed the latter's folder.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from compare.base.atomic_files import new_dir
from compare.base.errors import CompareError
from compare.base.workspace import curated_dir
from compare.curation.release_files import check_files
from compare.report.history.data_release import data_release
from compare.report.history.run_record import RunRecord

FOLDER = "releases"


def release_name(sha256: str) -> str:
    """Where a release is kept, from ``out``; what the record and the pages call it."""
    return f"{FOLDER}/{sha256[:12]}"


def last_other_release(old_run: RunRecord | None) -> str | None:
    """Hash of the last release that is not the present one; null if no run knows any."""
    if old_run is None:
        return None
    other = old_run.data_release != data_release().sha256
    return old_run.data_release if other else old_run.last_release


def find_release(out: Path, sha256: str | None) -> str | None:
    """The `release_name` of a release if it is there, whole."""
    if not sha256:
        return None
    try:
        whole = check_files(out / release_name(sha256)).sha256 == sha256
    except CompareError:
        return None
    return release_name(sha256) if whole else None


def keep_release(out: Path, sha256: str) -> None:
    """Keep the present release, by its hash."""
    if find_release(out, sha256):
        return
    (out / FOLDER).mkdir(exist_ok=True)
    with new_dir(out / release_name(sha256)) as folder:
        for file in sorted(curated_dir().iterdir()):
            if file.suffix in (".parquet", ".json"):
                shutil.copyfile(file, folder / file.name)


def remove_other_releases(out: Path, needed: list[str | None]) -> None:
    """Remove the releases that no report will be compared with."""
    names = {os.path.basename(release_name(sha256)) for sha256 in needed if sha256}
    for folder in (out / FOLDER).iterdir():
        if folder.name not in names:
            shutil.rmtree(folder, ignore_errors=True)
