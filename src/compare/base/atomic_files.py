"""Whole or nothing: put a finished folder or file in the place of an old one in a single step.

What is replaced passes on its mode and owner; a link stays, and what it leads to is replaced; new
files and folders get what the umask leaves. Work in hand lies in a `compare.base.work_folders`.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from compare.base.errors import CompareError
from compare.base.work_folders import ASIDE, sweep, work_folder

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
    """Write ``data`` so that ``path`` holds the old bytes or all the new ones, at any moment.

    A pipe or a character device (``/dev/null``, ``/dev/stdout``) is written through.

    Raises
    ------
    CompareError
        It is a folder, a socket or a block device.
    OSError
        It could not be written; what stood there is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    place = Path(os.path.realpath(path))
    try:
        old = os.stat(path)
    except FileNotFoundError:
        old = None
    if old and not stat.S_ISREG(old.st_mode):
        _check_stream(path, old.st_mode)
        _write_through(path, data)
    elif old and not _same(place, old):  # /dev/stdout of a file that has no name any more
        _write_through(path, data)
    else:
        if old and not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        with work_folder(place.parent) as work:
            new = work / "new"
            with open(new, "xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if old:
                _take_over(old, new)
            os.replace(new, place)


def _check_stream(path: Path, mode: int) -> None:
    for kind, name in (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISBLK, "a disk"),
    ):
        if kind(mode):
            raise CompareError(f"is {name}, not a file; cannot be written", path)


def _write_through(path: Path, data: bytes) -> None:
    with open(path, "wb") as stream:
        stream.write(data)


def _same(path: Path, found: os.stat_result) -> bool:
    with suppress(OSError):
        return os.path.samestat(os.stat(path), found)
    return False


def _take_over(old: os.stat_result, new: Path) -> None:
    """Give what is new the owner, where the system lets us, and the mode of what it replaces."""
    for owner in (old.st_uid, -1):
        with suppress(PermissionError):
            os.chown(new, owner, old.st_gid)
            break
    os.chmod(new, stat.S_IMODE(old.st_mode))


def _take_over_tree(old: Path, new: Path) -> None:
    """As `_take_over`, for a folder and for each file right in it that has the name of an old one."""
    for entry in os.scandir(old):
        if entry.is_file(follow_symlinks=False) and (new / entry.name).is_file():
            _take_over(entry.stat(), new / entry.name)
    _take_over(os.stat(old), new)


def recover_dir(place: Path) -> None:
    """Undo a replacement that a crash cut in half (only possible where exchange is not)."""
    if not place.exists():
        sweep(Path(os.path.realpath(place)).parent)


@contextmanager
def new_dir(place: Path, check: Callable[[Path], object]) -> Iterator[Path]:
    """A fresh folder: moved to ``place`` on success, in one step; removed on error.

    Parameters
    ----------
    place : path
        What stands there goes, once ``check`` has let it.
    check : callable
        Takes the path of what would be replaced and raises an error where it may not be: before
        anything is made, and again of what stood there at the moment of the exchange.
    """
    check(place)
    place = Path(os.path.realpath(place))
    place.parent.mkdir(parents=True, exist_ok=True)
    with work_folder(place.parent) as work:
        new = work / "new"
        new.mkdir()
        yield new
        sync_tree(new)
        if os.path.lexists(place):
            check(place)
            _take_over_tree(place, new)
            _replace(new, place, work, check)
        else:
            os.rename(new, place)
        _sync(place.parent)


def _replace(new: Path, place: Path, work: Path, check: Callable[[Path], object]) -> None:
    """Exchange two folders, in one step on Linux; elsewhere the old one is set `ASIDE` first, from
    where a sweep brings it back after a crash in between."""
    if _exchange(new, place):
        try:
            check(new)  # what stood there
        except BaseException:
            _exchange(new, place)
            check(place)  # under the name that the user knows
            raise
        return
    aside = work / ASIDE / place.name
    aside.parent.mkdir()
    os.rename(place, aside)
    try:
        check(aside)
        os.rename(new, place)
    except BaseException:
        os.rename(aside, place)
        raise
