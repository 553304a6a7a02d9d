"""What a command may replace: nothing, something empty, or what carbon-peak wrote itself.

Every command that writes asks here before it begins; whatever else stands in the place ends it with
one line, and nothing is touched.
"""

from __future__ import annotations

import csv
import json
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from compare.base.errors import CompareError
from compare.base.workspace import input_dirs

PACKAGE_FILE = "datapackage.json"
PACKAGE_NAME = "carbon-peak"
# read as text, not as JSON: a package whose end a merge has spoilt is still ours, and can be built anew
_PACKAGE_HEAD = re.compile(rf'"name"\s*:\s*"{PACKAGE_NAME}"')
_PACKAGE_PATH = re.compile(r'"path"\s*:\s*"(\w+\.parquet)"')
_MOST = 10_000_000
"""Bytes of a data package or of a table's first line that are looked at; ours are far smaller."""


def package_files(folder: Path) -> set[str] | None:
    """Names of the files of a release that we wrote; None where ``folder`` holds none.

    A file that was changed since is still one of ours; see `compare.curation` for its hash.
    """
    text = _head(folder / PACKAGE_FILE)
    if text is None or not _PACKAGE_HEAD.search(text[:300]):
        return None
    return {PACKAGE_FILE, *_PACKAGE_PATH.findall(text)}


def strangers(folder: Path, ours: Collection[str]) -> list[str]:
    """What a folder holds beside the regular files ``ours`` (paths from it, ``/`` between parts), sorted.

    A link is a stranger under whatever name, and so is a folder that none of ``ours`` lies in, but
    for one of ``ours`` that ends in ``/``: it may be empty.
    """
    folders = {name.rpartition("/")[0] for name in ours}
    return sorted(_strangers(folder, "", ours, folders))


def _strangers(
    folder: Path, above: str, ours: Collection[str], folders: Collection[str]
) -> Iterator[str]:
    for entry in os.scandir(folder):
        name = above + entry.name
        if entry.is_dir(follow_symlinks=False) and name in folders:
            yield from _strangers(Path(entry.path), f"{name}/", ours, folders)
        elif not (entry.is_file(follow_symlinks=False) and name in ours):
            yield name


def is_our_release(folder: Path) -> bool:
    """Whether a folder holds a release that we wrote, whole or not, and nothing else."""
    names = package_files(folder)
    return names is not None and not folder.is_symlink() and not strangers(folder, names)


def check_release_place(place: Path) -> None:
    """See that a release may be written to ``place``: it is not there, empty, or a release of ours.

    Raises
    ------
    CompareError
        It holds something else, is a file, or lies in a folder of inputs; names what is in the way.
    """
    check_apart(place)
    if not os.path.lexists(place):
        return
    if not place.exists():
        raise CompareError("is a link that leads nowhere; nothing was changed", place)
    if not place.is_dir():
        raise CompareError("is not a folder; nothing was changed", place)
    names = package_files(place)
    if other := strangers(place, names or ()):
        raise CompareError(
            f"holds what carbon-peak did not make ({listed(other)}); nothing was changed: "
            "give an empty or a new folder",
            place,
        )


def check_table_place(file: Path, known: Iterable[Sequence[str]], inputs: Iterable[Path]) -> None:
    """See that a table may be written to ``file``: it is not there, empty, a device or pipe, or a table
    of ours.

    Parameters
    ----------
    file : path
    known : iterable of sequence of str
        The columns of each table that we write as a file of its own.
    inputs : iterable of path
        Files that are read; none of them is replaced, by whatever name.

    Raises
    ------
    CompareError
        It is something else.
    """
    try:
        found = os.stat(file)
    except OSError:  # not there; or what is wrong is said when it is written
        check_apart(file)
        return
    for path in inputs:
        if path.exists() and os.path.samestat(found, os.stat(path)):
            raise CompareError("is read by this command, and cannot be its output as well", file)
    check_apart(file)
    if not stat.S_ISREG(found.st_mode) or not found.st_size:
        return
    if _columns(file) not in [list(columns) for columns in known]:
        raise CompareError(
            "is not a table that carbon-peak wrote; nothing was changed: give another name, "
            "or move the file away",
            file,
        )


def check_text_place(file: Path, first_line: str) -> None:
    """See that a page may be written to ``file``: it is not there, empty, or begins as ours do.

    Raises
    ------
    CompareError
        It is something else.
    """
    text = _head(file) if file.exists() else ""
    if text is None or (text and text.splitlines()[0] != first_line):
        raise CompareError(
            f"is not the page that carbon-peak writes (which begins {first_line!r}); nothing was "
            "changed: move the file away",
            file,
        )


def check_apart(place: Path) -> None:
    """See that ``place`` does not lie in a folder of plans, reviews or labels: they are never written to.

    Raises
    ------
    CompareError
        It does.
    """
    real = Path(os.path.realpath(place))
    for folder in input_dirs():
        if real.is_relative_to(os.path.realpath(folder)):
            name = "/".join(folder.parts[-2:])
            raise CompareError(f"lies in {name}, which is read and never written to", place)


def listed(names: Sequence[str]) -> str:
    """A few names, and how many more there are."""
    more = len(names) - 3
    return ", ".join(names[:3]) + (f" and {more} more" if more > 0 else "")


def _head(file: Path) -> str | None:
    """The text of a regular file, at most its first 10 MB; None where it has none."""
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):
            return None
        with open(file, encoding="utf-8") as text:
            return text.read(_MOST)
    except (OSError, UnicodeDecodeError):
        return None


def _columns(file: Path) -> list[str] | None:
    """Names of the columns of a table in JSON lines, CSV or Parquet; None where it is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with open(file, "rb") as data:
            first = data.readline(_MOST)
        if first.startswith(b"PAR1"):
            return pq.read_schema(file).names
        if first.startswith(b"{"):
            return list(json.loads(first))
        return next(csv.reader([first.decode()]), None)
    except (OSError, ValueError, RecursionError, csv.Error, pa.ArrowException):
        return None
