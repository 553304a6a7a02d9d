"""Folders to work in: marked as ours, held by a lock while in use, swept when their process has died.

The lock is the system's, on the mark inside the folder: it goes when its process goes, however that
ends, and holds between containers that share a disk. A folder without our mark is never removed.
"""

from __future__ import annotations

import errno
import fcntl
import os
import random
import re
import shutil
import string
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MARK = ".carbon-peak-works-here"
ASIDE = "aside"
"""Folder in a work folder for what was moved out of its place; a sweep brings it back if need be."""
_WORDS = (
    b"carbon-peak works in this folder; what a killed process left of it is removed by the next.\n"
)
_NAME = re.compile(r"\.?carbon-peak-[a-z0-9]{8}")
_TRIES = 100
_LETTERS = string.ascii_lowercase + string.digits


@contextmanager
def work_folder(parent: Path, *, hidden: bool = True) -> Iterator[Path]:
    """A fresh folder in ``parent`` for as long as the context lasts; what dead processes left goes first.

    Parameters
    ----------
    parent : path
        An existing folder.
    hidden : bool
        Begin the name with a dot.

    Raises
    ------
    OSError
        It could not be made: disk full, no permission …
    """
    sweep(parent)
    folder, held = _made(parent, "." if hidden else "")
    try:
        yield folder
    finally:
        _remove(folder)
        os.close(held)


def sweep(parent: Path) -> None:
    """Remove the work folders in ``parent`` that no process holds; what lies `ASIDE` goes back first."""
    with suppress(OSError):
        for entry in list(os.scandir(parent)):
            if _NAME.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    _remove_dead(Path(entry.path))


def _made(parent: Path, dot: str) -> tuple[Path, int]:
    """A new folder with its mark, and the descriptor that holds the lock on it."""
    for _ in range(_TRIES):
        folder = (
            parent / f"{dot}carbon-peak-{''.join(random.SystemRandom().choices(_LETTERS, k=8))}"
        )
        with suppress(FileExistsError, FileNotFoundError):  # taken; or swept before it was locked
            _check_parent(parent)
            os.mkdir(folder, 0o700)
            held = os.open(folder / MARK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with suppress(
                    OSError
                ):  # a file system without locks: nobody can sweep there, either
                    fcntl.flock(held, fcntl.LOCK_EX)
                if _is_at(held, folder / MARK):
                    os.write(held, _WORDS)
                    return folder, held
            except BaseException:
                _remove(folder)
                os.close(held)
                raise
            os.close(held)
    raise OSError(errno.EROFS, "no folder can be made in it", str(parent))  # as in /proc


def _check_parent(parent: Path) -> None:
    if not parent.is_dir():
        raise NotADirectoryError(20, "no such folder", str(parent))


def _is_at(fd: int, path: Path) -> bool:
    return os.path.samestat(os.fstat(fd), os.stat(path))


def _remove_dead(folder: Path) -> None:
    if os.stat(folder).st_uid != os.getuid():
        return
    try:
        held = os.open(folder / MARK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        os.rmdir(folder)  # killed before it was marked: empty, or not ours
        return
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _WORDS.startswith(os.read(held, len(_WORDS) + 1)):  # killed while it was marked: a part
            _bring_back(folder)
            _remove(folder)
    finally:
        os.close(held)


def _bring_back(folder: Path) -> None:
    """Undo a replacement that was cut in half: nothing is in the place of what lies aside."""
    with suppress(FileNotFoundError):
        for entry in list(os.scandir(folder / ASIDE)):
            place = folder.parent / entry.name
            if not os.path.lexists(place):
                os.rename(entry.path, place)


def _remove(folder: Path) -> None:
    """Remove a work folder, its mark last: what cannot be removed now is still known as ours."""
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            elif entry.name != MARK:
                os.unlink(entry.path)
        if os.listdir(folder) == [MARK]:
            os.unlink(folder / MARK)
        os.rmdir(folder)
