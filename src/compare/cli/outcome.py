"""What ends a command becomes one line on stderr and a status of `compare.base.exit_status`."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import typer

from compare.base.errors import CompareError
from compare.base.exit_status import Status

TRACEBACK_VARIABLE = "CARBON_PEAK_TRACEBACK"
"""Set in the environment, it shows where in the program an internal error arose."""
_NOT_WRITTEN = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO}
_USAGE: type = typer.BadParameter.__mro__[1]
"""The UsageError of the click that typer brings: wrong words on the command line."""
_PACKAGE = Path(__file__).parents[1]


def end_of(command: Callable[[], int | None]) -> int:
    """Run a command; return its status, having said in one line what ended it.

    Parameters
    ----------
    command : callable
        Returns its status, or None for 0.
    """
    try:
        status = command() or Status.DONE
        sys.stdout.flush()  # here, where a full disk can still be said
        return int(status)
    except typer.Exit as end:
        return end.exit_code
    except CompareError as error:
        return _said(str(error), error.status)
    except (typer.Abort, KeyboardInterrupt, EOFError):
        return _said("stopped", Status.STOPPED + signal.SIGINT)
    except BrokenPipeError:  # who reads has left, and wants to hear nothing
        _drop_output()
        return Status.STOPPED + signal.SIGPIPE
    except OSError as error:
        return _of_system(error)
    except UnicodeEncodeError as error:  # a word of the command line, or a name, of other bytes
        return _said(f"{str(error.object)[:200]}: not UTF-8", Status.BAD_INPUT)
    except Exception as error:
        return _usage(error) if isinstance(error, _USAGE) else _internal(error)


def _said(line: str, status: int) -> int:
    """Say one line, whatever characters are in it."""
    plain = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in " ".join(line.split()))
    with contextlib.suppress(OSError, ValueError):  # nobody is there to read it
        print(f"carbon-peak: {plain}", file=sys.stderr, flush=True)
    return int(status)


def _usage(error: Exception) -> int:
    context = getattr(error, "ctx", None)
    message = error.format_message()  # type: ignore[attr-defined]
    if context and type(error).__name__.startswith("NoArgs"):
        print(message, file=sys.stderr)  # the help itself
        return Status.BAD_INPUT
    where = context.command_path if context else "carbon-peak"
    return _said(f"{message.rstrip('.')}; see `{where} --help`", Status.BAD_INPUT)


def _of_system(error: OSError) -> int:
    """What the system refused where nobody has foreseen it: with the file, if there is one."""
    refused = error.errno in _NOT_WRITTEN
    if refused and error.filename is None:
        _drop_output()
    name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    reason = error.strerror or str(error) or type(error).__name__
    verb = "cannot be written: " if refused else ""
    line = f"{name}: {verb}{reason}" if name else f"{verb or 'refused by the system: '}{reason}"
    return _said(line, Status.NOT_WRITTEN if refused else Status.BAD_INPUT)


def _internal(error: Exception) -> int:
    if os.environ.get(TRACEBACK_VARIABLE):
        traceback.print_exception(error)
        return Status.INTERNAL
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(str(_PACKAGE))
    ]
    at = (
        f" at {Path(frames[-1].filename).relative_to(_PACKAGE)}:{frames[-1].lineno}"
        if frames
        else ""
    )
    return _said(
        f"internal error{at}: {type(error).__name__}: {str(error)[:200]}; please report it, with "
        f"what {TRACEBACK_VARIABLE}=1 shows",
        Status.INTERNAL,
    )


def _drop_output() -> None:
    """Let what is still to be printed go nowhere: Python would fail on it once more at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
