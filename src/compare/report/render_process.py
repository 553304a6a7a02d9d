"""Pages and pictures, made in a process of their own within limits of time and memory.

What a notebook shows is not trusted: it may take a layout program hours, all memory, or bring it
down. Here that is the end of this process, which is started again, and a failure of that report.
The process ends with the one that started it.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import resource
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compare.report.render.visible_blocks import Block

MEMORY_LIMIT = 4_000_000_000
"""Bytes of data that the process may hold."""
PICTURE_TIMEOUT = 30
"""Seconds for a picture of the index."""
_COMMAND = (sys.executable, "-P", "-m", __name__)
_PR_SET_PDEATHSIG = 1
_WORK = {
    "html": ("compare.report.render.html_page", "render"),
    "pdf": ("compare.report.render.pdf", "render"),
    "picture": ("compare.report.render.thumbnails", "thumb"),
}


class RenderError(Exception):
    """Something could not be made; ``name`` says what kind of error it was."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class Renderer:
    """The owner of the process, which is started when there is work; close it at the end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._failed: set[bytes] = set()

    def start(self) -> Connection:
        """Start the process, unless it is there; its imports go on while the caller does others."""
        if self._line is not None:
            return self._line
        import socket

        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [*_COMMAND, str(theirs.fileno()), str(os.getpid()), str(MEMORY_LIMIT)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # a layout program may tell of its troubles there
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._line = Connection(ours.detach())
        return self._line

    def make(self, what: str, deadline: float, *arguments: Any, **options: Any) -> Any:
        """Have something made.

        Parameters
        ----------
        what : {"html", "pdf", "picture"}
        deadline : float
            On the monotonic clock; when it has passed, the process is ended.
        *arguments, **options
            For the function that makes it.

        Raises
        ------
        RenderError
            It could not be made, or took more time or memory than there is.
        """
        line = self.start()
        try:
            line.send((what, arguments, options))
            if not line.poll(max(0.0, deadline - time.monotonic())):
                self.close()
                raise RenderError("Timeout", "not made within the time of the report")
            name, result = line.recv()
        except (OSError, EOFError):
            status = self.close()
            raise RenderError("RenderDied", f"the process that made it died ({status})") from None
        if name:
            raise RenderError(name, result)
        return result

    def picture(self, chart: Block) -> bytes | None:
        """A chart for the index; None where it cannot be drawn, which is tried once."""
        if chart.data in self._failed:
            return None
        try:
            return self.make("picture", time.monotonic() + PICTURE_TIMEOUT, chart)
        except RenderError:
            self._failed.add(chart.data)
            return None

    def close(self) -> int | None:
        """End the process; returns its exit status."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is None:
            return None
        process, self._process = self._process, None
        process.kill()
        return process.wait()

    def __enter__(self) -> Renderer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def main(fd: int, owner: int, memory: int) -> None:
    """Make what is asked for until the owner is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if os.getppid() != owner:
        return
    functions = {
        what: getattr(importlib.import_module(module), name)
        for what, (module, name) in _WORK.items()
    }
    line = Connection(fd)
    while True:
        try:
            what, arguments, options = line.recv()
        except EOFError:
            return
        try:
            answer = "", functions[what](*arguments, **options)
        except Exception as error:
            answer = type(error).__name__, str(error)[:10_000]
        line.send(answer)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
