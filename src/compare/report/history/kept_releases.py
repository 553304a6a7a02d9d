"""Data releases that runs were made from, so that a report can say what has changed since.

``<out>/releases/`` holds the release of the latest run and the last different one before it. A report
whose set names a parameter in ``last_release`` is handed the latter's folder.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from compare.base.atomic_files import new_dir
from compare.base.errors import CompareError
from compare.base.ownership import check_release_place, package_files
from compare.base.work_folders import work_folder
from compare.base.workspace import curated_dir
from compare.curation.release_files import check_files
from compare.report.history.data_release import data_release
from compare.report.history.run_record import RunRecord
from compare.report.holder import RELEASES, our_releases


def release_name(sha256: str) -> str:
    """Where a release is kept, from ``out``; what the record and the pages call it."""
    return f"{RELEASES}/{sha256[:12]}"


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


def check_place(out: Path, sha256: str) -> None:
    """See that a release can be kept in ``out``.

    Raises
    ------
    CompareError
        Something else has its name there.
    """
    if not find_release(out, sha256):
        check_release_place(out / release_name(sha256))


def keep_release(out: Path, sha256: str) -> None:
    """Keep the present release, by its hash; of its folder, what its data package lists."""
    names = package_files(curated_dir())
    if names is None or find_release(out, sha256):
        return
    (out / RELEASES).mkdir(exist_ok=True)
    with new_dir(out / release_name(sha256), check_release_place) as folder:
        for name in sorted(names):
            shutil.copyfile(curated_dir() / name, folder / name)


def remove_other_releases(out: Path, needed: list[str | None]) -> None:
    """Remove the releases, of those that runs have kept, that no report will be compared with."""
    if not (out / RELEASES).is_dir():
        return
    names = {sha256[:12] for sha256 in needed if sha256}
    for folder in our_releases(out):
        if folder.name not in names:
            with work_folder(folder.parent) as dying:
                folder.rename(dying / folder.name)
