"""Files of a release, read only as its ``datapackage.json`` states them.

The package holds the SHA-256 of every table and, in its first line, that of itself without that
line. What differs from it is refused: a bit that a disk lost, a value that somebody typed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from compare.base.errors import CompareError
from compare.base.ownership import PACKAGE_FILE
from compare.base.read_files import check_is_file, read_bytes

_OWN_HASH = re.compile(rb'\A\{\n  "hash": "sha256:([0-9a-f]{64})",\n')
KEYS = ("hash", "profile", "name", "title", "version", "licenses", "sources", "resources")
"""What a package says of itself. Those of releases without ``hash`` say the rest."""
_AGAIN = "`carbon-peak build` makes the release anew"


@dataclass(frozen=True, slots=True)
class Package:
    """What a release states of itself.

    Attributes
    ----------
    sha256 : str
        Of ``datapackage.json``: it names the release.
    name, version : str or None
    hashes : dict
        SHA-256 of each file, by its name.
    """

    sha256: str
    name: str | None
    version: str | None
    hashes: dict[str, str]


def package_bytes(package: dict[str, Any]) -> bytes:
    """The text of a ``datapackage.json``, with its own hash in front."""
    text = json.dumps(package, ensure_ascii=False, indent=2).encode() + b"\n"
    return b'{\n  "hash": "sha256:%s",\n%s' % (sha256(text).hexdigest().encode(), text[2:])


def read_package(folder: Path) -> Package:
    """The package of a release folder, checked by its own hash.

    Raises
    ------
    CompareError
        There is none, it is no data package, or it is not as it was written.
    """
    file = folder / PACKAGE_FILE
    try:
        return _package(_bytes(file), file)
    except FileNotFoundError:
        raise CompareError("no such file; `carbon-peak build` makes it", file) from None
    except OSError as error:
        raise CompareError(f"cannot be read: {error.strerror}", file) from None


@lru_cache(maxsize=16)
def _package(data: bytes, file: Path) -> Package:
    """What the bytes of a package say, checked; worked out once for the same bytes."""
    own = _OWN_HASH.match(data)
    if own and sha256(b"{\n" + data[own.end() :]).hexdigest() != own[1].decode():
        raise CompareError(f"not as it was written: its hash differs; {_AGAIN}", file)
    try:
        package = json.loads(data)
        resources = package["resources"]
        hashes = {r["path"]: r["hash"].removeprefix("sha256:") for r in resources}
        named = [package.get("name"), package.get("version")]
        odd = [key for key in package if key not in KEYS[not own :]]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise CompareError(f"not a data package: {error}", file) from None
    if odd:  # a package of ours whose line of the hash was changed, or no package of ours
        raise CompareError(f"not as it was written: {odd[0]!r} stands in it; {_AGAIN}", file)
    return Package(sha256(data).hexdigest(), named[0], named[1], hashes)


def _bytes(file: Path) -> bytes:
    """Bytes of the package, opened without Python's audit event: a notebook that loads one table
    depends on that table alone (`compare.report.history.input_tracking`)."""
    import pyarrow as pa

    check_is_file(file)
    with pa.OSFile(str(file)) as opened:
        return opened.read()


def read_file(file: Path) -> bytes:
    """Bytes of a file of a release: what is returned is what was checked.

    Raises
    ------
    CompareError
        The release does not have it, or it is not the one that the release has.
    """
    while True:
        package = read_package(file.parent)
        known = package.hashes.get(file.name)
        data = read_bytes(file, missing="no such file; `carbon-peak build` makes it")
        if known == sha256(data).hexdigest():
            return data
        if read_package(file.parent) == package:  # no build has replaced the release meanwhile
            break
    if known is None:
        raise CompareError(f"{PACKAGE_FILE} beside it does not name it", file)
    raise CompareError(
        f"not the file of this release: its hash differs from {PACKAGE_FILE}; {_AGAIN}, "
        "with --edited from the tables as they are",
        file,
    )


def check_files(folder: Path) -> Package:
    """Check every file that a release states.

    Raises
    ------
    CompareError
        As `read_file`.
    """
    package = read_package(folder)
    for name in package.hashes:
        read_file(folder / name)
    return package
