"""Where runs are kept, and how one becomes the latest: whole, or not at all.

``<out>/runs/<run id>/`` holds one complete run and never changes once it is there; ``<out>/latest``
is a symbolic link to one of them. A run is built in ``runs/.new-…``, forced to disk, renamed, and
then the link is replaced by a rename: one system call on every POSIX system. A reader sees the old
run or the new one; a crash at any moment leaves at most a folder that the next run sweeps away;
and older runs stay at their addresses. (Exchanging two real folders would need Linux, and would
leave the old run without a place.)
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from compare.base.atomic_files import sync_tree
from compare.base.errors import CompareError

RECORD = "run.json"
_STAMP = "%Y%m%dT%H%M%SZ"


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
    held = FileLock(out / ".lock", fallback_to_soft=False)
    try:
        try:
            held.acquire(blocking=False)
        except Timeout:
            who = _read(out / ".lock") or "just started"
            other = f"another run is at work in {out.name}/ ({who})"
            if not wait:
                raise Busy(other) from None
            waiting(other)
            held.acquire(poll_interval=0.05)
    except NotImplementedError as error:
        raise OSError(f"no locks in {out.name}/: {error}") from None
    try:
        _note(out / ".lock", f"process {os.getpid()}, since {datetime.now():%Y-%m-%d %H:%M:%S}\n")
        yield
        _note(out / ".lock", "")
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
    link = out / "latest"
    if link.is_symlink():
        folder = link.parent / os.readlink(link)
        return folder if (folder / RECORD).is_file() else None
    if link.exists():
        raise CompareError("is not the link that a run keeps there; move it away", link)
    return None


def sweep(out: Path) -> None:
    """Remove what an interrupted run has left. Call with the lock held."""
    for leftover in [*(out / "runs").glob(".new-*"), *out.glob(".latest-*")]:
        if leftover.is_symlink():
            leftover.unlink()
        else:
            shutil.rmtree(leftover, ignore_errors=True)


def start_folder(out: Path, run_id: str) -> Path:
    """An empty folder to build a run in."""
    folder = out / "runs" / f".new-{run_id}"
    folder.mkdir(parents=True)
    return folder


def publish(out: Path, folder: Path, run_id: str) -> Path:
    """Make the finished ``folder`` the latest run; returns its final place."""
    sync_tree(folder)
    place = out / "runs" / run_id
    os.rename(folder, place)
    link = out / f".latest-{run_id}"
    os.symlink(os.path.join("runs", run_id), link)
    try:
        os.replace(link, out / "latest")
    except BaseException:
        link.unlink(missing_ok=True)
        raise
    for directory in (out / "runs", out):
        fd = os.open(directory, os.O_RDONLY)
        os.fsync(fd)
        os.close(fd)
    return place


def prune(out: Path, keep_runs: int, keep_days: int) -> list[str]:
    """Remove runs beyond the newest ``keep_runs`` and those older than ``keep_days`` (0: no limit);
    never the latest. Returns the names of those removed."""
    current = latest(out)
    runs = sorted((p for p in (out / "runs").iterdir() if _started(p.name)), reverse=True)
    oldest = datetime.now(UTC) - timedelta(days=keep_days)
    gone = []
    for i, folder in enumerate(runs):
        started = _started(folder.name)
        too_many = keep_runs and i >= keep_runs
        too_old = keep_days and started is not None and started < oldest
        if (too_many or too_old) and folder != current:
            dying = folder.with_name(f".new-{folder.name}")  # half-removed it is a leftover, no run
            with suppress(OSError):
                os.rename(folder, dying)
                shutil.rmtree(dying, ignore_errors=True)
                gone.append(folder.name)
    return gone


def _started(name: str) -> datetime | None:
    try:
        return datetime.strptime(name.partition("-")[0], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def link_or_copy(old: Path, new: Path) -> None:
    """Let ``new`` be the same file as ``old``: finished files are never written to again."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A short path for sockets and settings of this run's kernels; those of dead runs go too."""
    import tempfile

    prefix = f"carbon-peak-{os.getuid()}-"
    for old in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        pid = old.name.removeprefix(prefix).partition("-")[0]
        if pid.isdigit() and not _alive(int(pid)) and old.stat().st_uid == os.getuid():
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
