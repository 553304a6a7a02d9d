"""Where runs are kept, and how one becomes the latest: whole, or not at all.

``<out>/runs/<run id>/`` holds one complete run and never changes once it is there; ``<out>/latest``
is a symbolic link to one of them. A run is built in a hidden folder beside them, forced to disk, renamed, and
then the link is replaced by a rename: one system call on every POSIX system. A reader sees the old
run or the new one; a crash at any moment leaves at most a folder that the next run sweeps away;
and older runs stay at their addresses. (Exchanging two real folders would need Linux, and would
leave the old run without a place.)
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from compare.base import work_folders
from compare.base.atomic_files import sync_tree
from compare.base.ownership import listed
from compare.base.work_folders import work_folder
from compare.report import holder
from compare.report.holder import RECORD

ELSEWHERE = ("/tmp", "/var/tmp")
"""Temporary folders to try where the one that is set will not do."""
_STAMP = "%Y%m%dT%H%M%SZ"
_ROOM = 1_000_000
"""Bytes that a temporary folder must have left: a kernel dies where its sockets find no room."""
_LONGEST = 60
"""Bytes of its path: that of a socket in it may have 107."""


class Busy(Exception):
    """Another run holds the lock; the message says which."""


@contextmanager
def lock(out: Path, wait: bool, waiting: Callable[[str], object]) -> Iterator[None]:
    """Be the only run in ``out``. The lock is the system's: it goes when its process goes.

    Parameters
    ----------
    out : path
        Holds ``latest`` and ``runs/``; the lock file says who is at work.
    wait : bool
        Wait for the other run, after calling ``waiting`` with a line about it; or raise `Busy`.
    waiting : callable
        Takes that line.

    Raises
    ------
    Busy
        Another run is at work.
    OSError
        The file system knows no locks.
    """
    out.mkdir(parents=True, exist_ok=True)
    # a soft lock, a mere file that outlives a killed process, is no lock for us
    held = FileLock(out / holder.LOCK, fallback_to_soft=False)
    try:
        try:
            held.acquire(blocking=False)
        except Timeout:
            who = _read(out / holder.LOCK) or "just started"
            other = f"another run is at work in {out.name}/ ({who})"
            if not wait:
                raise Busy(other) from None
            waiting(other)
            held.acquire(poll_interval=0.05)
    except NotImplementedError as error:
        raise OSError(f"no locks in {out.name}/: {error}") from None
    try:
        _note(
            out / holder.LOCK, f"process {os.getpid()}, since {datetime.now():%Y-%m-%d %H:%M:%S}\n"
        )
        yield
        _note(out / holder.LOCK, "")
    finally:
        held.release()


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _note(file: Path, text: str) -> None:
    """Say in the lock's own file who holds it; its holder alone writes there."""
    with suppress(OSError), open(file, "r+", encoding="utf-8") as note:
        note.truncate(0)  # a full disk must not stop a run that has nothing to write
        note.write(text)


def new_id() -> str:
    """A name for a run that sorts by time."""
    return f"{datetime.now(UTC):{_STAMP}-%f}"


def latest(out: Path) -> Path | None:
    """The folder of the latest complete run, or None before the first."""
    folder = holder.check_latest(out)
    return folder if folder and (folder / RECORD).is_file() else None


def sweep(out: Path) -> None:
    """Remove what killed runs have left. Call with the lock held."""
    for folder in (out, out / holder.RUNS, out / holder.RELEASES):
        work_folders.sweep(folder)


@contextmanager
def run_folder(out: Path, run_id: str) -> Iterator[Path]:
    """An empty folder to build a run in; gone at the end, unless it was published."""
    (out / holder.RUNS).mkdir(exist_ok=True)
    with work_folder(out / holder.RUNS) as work:
        folder = work / run_id
        folder.mkdir()
        yield folder


def publish(out: Path, folder: Path, run_id: str) -> Path:
    """Make the finished ``folder`` the latest run; returns its final place."""
    sync_tree(folder)
    place, link = out / holder.RUNS / run_id, folder.parent / holder.LATEST
    os.symlink(os.path.join(holder.RUNS, run_id), link)
    os.rename(folder, place)
    try:
        holder.check_latest(out)
        os.replace(link, out / holder.LATEST)
    except BaseException:
        os.rename(place, folder)
        raise
    for directory in (out / holder.RUNS, out):
        fd = os.open(directory, os.O_RDONLY)
        os.fsync(fd)
        os.close(fd)
    return place


def prune(out: Path, keep_runs: int, keep_days: int) -> tuple[list[str], list[str]]:
    """Remove runs beyond the newest ``keep_runs`` and those older than ``keep_days`` (0: no limit);
    never the latest, nor one in whose folder somebody has put a file.

    Returns
    -------
    tuple of two lists of str
        The runs that are gone; and those that should be, with what stands in the way.
    """
    current = latest(out)
    oldest = datetime.now(UTC) - timedelta(days=keep_days)
    gone, staying = [], []
    for i, folder in enumerate(holder.our_runs(out)):
        too_many = keep_runs and i >= keep_runs
        too_old = keep_days and _started(folder.name) < oldest
        if not (too_many or too_old) or folder == current:
            continue
        if other := holder.strangers_in_run(folder):
            staying.append(f"{folder.name} ({listed(other)})")
            continue
        with suppress(OSError), work_folder(folder.parent) as dying:
            os.rename(folder, dying / folder.name)  # half-removed it is a leftover, no run
            gone.append(folder.name)
    return gone, staying


def _started(run_id: str) -> datetime:
    return datetime.strptime(run_id.partition("-")[0], _STAMP).replace(tzinfo=UTC)


def link_or_copy(old: Path, new: Path) -> None:
    """Let ``new`` be the same file as ``old``: finished files are never written to again."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A short path for sockets and settings of this run's kernels; those of dead runs go too.

    Raises
    ------
    OSError
        No temporary folder has room, and a path that is short enough.
    """
    with work_folder(_temporary_folder(), hidden=False) as folder:
        yield folder


def _temporary_folder() -> Path:
    problem = OSError(errno.ENOENT, "there is no temporary folder")
    for name in dict.fromkeys([tempfile.gettempdir(), *ELSEWHERE]):
        if len(os.fsencode(name)) > _LONGEST:
            text = f"the path of the temporary folder is too long for sockets: {name}"
            problem = OSError(errno.ENAMETOOLONG, text)
            continue
        try:
            check_room(Path(name))
            return Path(name)
        except OSError as error:
            problem = error
    raise problem


def check_room(folder: Path) -> None:
    """See that a temporary folder takes files.

    Raises
    ------
    OSError
        It does not: full, gone, no permission.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(1 << 12))
            disk = os.fstatvfs(file.fileno())
            if disk.f_blocks and disk.f_bavail * disk.f_frsize < _ROOM:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError as error:
        text = f"the temporary folder {folder} takes no files: {error.strerror}"
        raise OSError(error.errno, text) from None
