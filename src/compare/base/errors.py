"""The one kind of error a user is meant to see: one line that names the file, the place and the value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from compare.base.exit_status import Status


class CompareError(Exception):
    """Bad input, said in one line.

    Parameters
    ----------
    problem : str
        What is wrong, with the offending value.
    where : path or str, optional
        The file (or parameter) it is about.
    line : int, optional
        1-based line in that file.
    """

    status = Status.BAD_INPUT
    """The exit status of a command that it ends."""

    def __init__(self, problem: str, where: Path | str | None = None, line: int | None = None):
        place = "" if where is None else f"{where}:{line}: " if line else f"{where}: "
        super().__init__(" ".join(f"{place}{problem}".split()))


class NotWritten(CompareError):
    """Something could not be written (disk full, no permission …); what stood there is as it was."""

    status = Status.NOT_WRITTEN


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Say what the system refuses in this context as `NotWritten`."""
    try:
        yield
    except BrokenPipeError:  # who reads has left: the command's matter
        raise
    except OSError as error:
        raise NotWritten(f"cannot be written: {error.strerror or error}", place) from None


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
    """A hint ``; did you mean 'x'?`` (or the known words) to end an error about an unknown word."""
    import difflib

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; known: {', '.join(sorted(known))}" if len(known) <= 60 else ""
