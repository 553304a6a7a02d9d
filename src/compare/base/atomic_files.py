"""Whole or nothing: put a finished folder or file in the place of an old one in a single step."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def _exchange(a: Path, b: Path) -> bool:
    """Swap two paths in one system call (Linux renameat2); False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return renameat2(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE) == 0


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def sync_tree(folder: Path) -> None:
    """Force every file under ``folder``, and the folders themselves, to disk."""
    for root, _, files in os.walk(folder):
        for name in files:
            _sync(Path(root, name))
        _sync(Path(root))


def write_file(path: Path, data: bytes) -> None:
    """Write ``data`` so that ``path`` holds the old bytes or all the new ones, at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fd, tmp = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(fd, "wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        os.chmod(tmp, 0o644)
        os.replace(tmp, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(tmp)
        raise


def replace_dir(new: Path, place: Path) -> None:
    """Put the finished folder ``new`` at ``place``; what stood there before is removed.

    On Linux the two are exchanged in one step. Elsewhere the old folder is set aside as
    ``.<name>.old`` first, from where `recover_dir` brings it back after a crash in between.
    """
    sync_tree(new)
    if not place.exists():
        os.rename(new, place)
    elif _exchange(new, place):
        shutil.rmtree(new, ignore_errors=True)
    else:
        old = place.with_name(f".{place.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        os.rename(place, old)
        os.rename(new, place)
        shutil.rmtree(old, ignore_errors=True)
    _sync(place.parent)


def recover_dir(place: Path) -> None:
    """Undo a replacement that a crash cut in half (only possible where exchange is not)."""
    old = place.with_name(f".{place.name}.old")
    if old.exists() and not place.exists():
        os.rename(old, place)


@contextmanager
def new_dir(place: Path) -> Iterator[Path]:
    """A fresh folder beside ``place``: moved into its place on success, removed on error.

    What a process that was killed left of such a folder is removed first. A folder in use is held
    by a lock, which the system lets go when its process ends, however it ends.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with _locked(place.parent):  # nobody sweeps between making the folder and locking it
        _sweep(place)
        tmp = Path(tempfile.mkdtemp(prefix=f".{place.name}.new-", dir=place.parent))
        held = _lock(tmp)
    os.chmod(tmp, 0o755)
    try:
        yield tmp
        replace_dir(tmp, place)
    except BaseException:
        shutil.rmtree(tmp, ignore_errors=True)
        raise
    finally:
        os.close(held)


def _sweep(place: Path) -> None:
    for left in place.parent.glob(f".{place.name}.new-*"):
        with suppress(OSError):  # locked: somebody is at work in it
            os.close(_lock(left, fcntl.LOCK_NB))
            shutil.rmtree(left, ignore_errors=True)


def _lock(folder: Path, mode: int = 0) -> int:
    """Lock a folder; the descriptor returned holds the lock until it is closed."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | mode)
    except OSError:
        os.close(fd)
        raise
    return fd


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    fd = _lock(folder)
    try:
        yield
    finally:
        os.close(fd)
