"""Inside a kernel: which of the project's files a notebook reads, so that a report is redone when
one of them changes and only then.

Python's audit events say what is opened. Arrow opens Parquet files without Python, so
`compare.store` raises an event of its own (``compare.load``).
"""

from __future__ import annotations

import os
import sys

_seen: set[str] = set()


def start() -> None:
    """Begin to watch (once in a process; it cannot be undone, and costs next to nothing)."""
    sys.addaudithook(_hook)


def _hook(event: str, args: tuple) -> None:
    reading = event == "open" and isinstance(args[0], str) and (args[1] is None or "r" in args[1])
    if reading or event == "compare.load":
        _seen.add(os.path.abspath(args[0]))


def seen(base: str) -> list[str]:
    """The files under ``base`` that were read so far, relative to it, sorted; not those of Python
    packages, and nothing hidden."""
    start = os.path.join(os.path.realpath(base), "")
    code = (os.path.join(start, "src", ""), os.path.join(os.path.realpath(sys.prefix), ""))
    real = {os.path.realpath(path) for path in _seen}
    inside = {p.removeprefix(start) for p in real if p.startswith(start) and not p.startswith(code)}
    return sorted(p for p in inside if not any(part.startswith(".") for part in p.split(os.sep)))
