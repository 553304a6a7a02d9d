"""The exit statuses of every command; ``docs/scheduling.md`` shows the same list to users."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """How a command ended. One that signal N stops ends with ``STOPPED + N``."""

    DONE = 0
    FAILED = 1
    """A report failed, or `doctor` found something wrong; everything else was done."""
    BAD_INPUT = 2
    """Bad words on the command line, or a file that is not as it should be; nothing was changed."""
    BUSY = 3
    """Another run is at work."""
    NOT_WRITTEN = 4
    """Something could not be written; what stood there is as it was."""
    INTERNAL = 70
    """A fault of the program itself (``EX_SOFTWARE`` of sysexits.h)."""
    STOPPED = 128
