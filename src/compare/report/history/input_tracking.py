"""Inside a kernel: which files a notebook reads, so that a report is redone when one of them
changes and only then.

Python's audit events say what is opened. Arrow opens Parquet files without Python, so
`compare.curation.tables` raises an event of its own (``compare.load``).
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig

_seen: set[str] = set()
_made: set[str] = set()
_SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/run", "/lib", "/usr/lib", "/usr/share", "/var/cache")
"""What the system keeps for itself: settings, fonts, time zones, libraries."""
_WRITING = os.O_WRONLY | os.O_CREAT


def start() -> None:
    """Begin to watch (once in a process; it cannot be undone, and costs next to nothing)."""
    sys.addaudithook(_hook)


def _hook(event: str, args: tuple) -> None:
    if event == "compare.load":
        _seen.add(os.path.abspath(args[0]))
    elif event == "open" and isinstance(args[0], str | bytes):
        mode, path = args[1], os.path.abspath(os.fsdecode(args[0]))
        reading = "r" in mode if mode is not None else not (args[2] or 0) & _WRITING
        if not reading:
            _made.add(path)
        elif path not in _made:  # what it wrote itself is no input
            _seen.add(path)


def seen(base: str, scratch: str) -> str:
    """The files that were read so far, as a JSON list: sorted, those under ``base`` relative to it,
    others as they were named.

    Left out are what the interpreter, its packages and the system read for themselves, hidden
    files under ``base`` or right in the user's home, the folder ``scratch``, and what is there no more.
    """
    start = os.path.join(os.path.realpath(base), "")
    code, own = (os.path.join(start, "src", ""),), _own(scratch)
    found = set()
    for path in map(_source, sorted(_seen)):
        real = os.path.realpath(path)
        if path.startswith(own) or real.startswith((*own, *code)) or not os.path.isfile(real):
            continue
        inside = real.removeprefix(start)
        if inside == real:
            found.add(path)
        elif not any(part.startswith(".") for part in inside.split(os.sep)):
            found.add(inside)
    return json.dumps(sorted(found))


def _source(path: str) -> str:
    """The module that a file of byte code stands for."""
    if not path.endswith(".pyc"):
        return path
    from importlib.util import source_from_cache

    try:
        return source_from_cache(path)
    except ValueError:
        return path


def _own(scratch: str) -> tuple[str, ...]:
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    folders = [*_SYSTEM, scratch, package, sys.prefix, *map(sysconfig.get_path, names)]
    plots = sys.modules.get("matplotlib")
    if plots:
        folders += [plots.get_cachedir(), plots.get_configdir()]
    ends = {os.path.join(f, "") for folder in folders for f in (folder, os.path.realpath(folder))}
    return (*sorted(ends), os.path.join(os.path.expanduser("~"), "."))
