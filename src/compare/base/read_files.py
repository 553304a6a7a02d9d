"""Files that people wrote, read whole: what cannot be read, or not as what it should be, is one line."""

from __future__ import annotations

import json
import re
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from compare.base.errors import CompareError


def read_bytes(path: Path, missing: str = "no such file", pipe: bool = False) -> bytes:
    """The bytes of a file.

    Parameters
    ----------
    path : path
    missing : str
        What to say where there is none.
    pipe : bool
        Read a pipe or a device as well, which a person names on purpose; one that merely lies in
        the place of a file would hold up the command for ever.

    Raises
    ------
    CompareError
        It is not there, no file, or the system refuses it.
    """
    try:
        if not pipe:
            check_is_file(path)
        return path.read_bytes()
    except FileNotFoundError:
        what = "a link that leads nowhere" if path.is_symlink() else missing
        raise CompareError(what, path) from None
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        reason = getattr(error, "strerror", None) or error
        raise CompareError(f"cannot be read: {reason}", path) from None


def check_is_file(path: Path) -> None:
    """Stop where a folder, a pipe or a device lies in the place of a file.

    Raises
    ------
    CompareError
        It is there, and no file.
    OSError
        It is not there, or the system refuses it.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
        raise CompareError(f"is {kind}, not a file", path)


def read_text(path: Path, missing: str = "no such file") -> str:
    """The text of a UTF-8 file, line ends as ``\\n``, without a byte order mark.

    Raises
    ------
    CompareError
        As `read_bytes`; bytes that are not UTF-8, with the line.
    """
    data = read_bytes(path, missing)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"byte {error.start} (0x{data[error.start]:02x})"
        raise CompareError(f"not UTF-8 text: {byte} does not fit", path, line) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_toml(path: Path, missing: str = "no such file") -> dict[str, Any]:
    """What a TOML file holds.

    Raises
    ------
    CompareError
        As `read_text`; no TOML.
    """
    return parse_toml(read_text(path, missing), path)


def parse_toml(text: str, path: Path) -> dict[str, Any]:
    """As `read_toml`, of a text that stands, or is about to stand, at ``path``."""
    return _parsed(tomllib.loads, text, path, "TOML")


def parse_json(data: str | bytes, path: Path, line: int | None = None) -> Any:
    """What JSON holds that was read from ``path``.

    Raises
    ------
    CompareError
        No JSON.
    """
    return _parsed(json.loads, data, path, "JSON", line)


def _parsed(
    loads: Callable[[Any], Any], data: str | bytes, path: Path, what: str, line: int | None = None
) -> Any:
    try:
        return loads(data)
    except RecursionError:
        raise CompareError(f"not valid {what}: nested too deeply", path, line) from None
    except ValueError as error:  # also a number of more digits than Python takes
        at = re.search(r"\bat (?:line (\d+)|end of document)", str(error))
        if at and line is None:
            line = int(at[1] or max(1, len(data.splitlines())))
        raise CompareError(f"not valid {what}: {error}", path, line) from None
