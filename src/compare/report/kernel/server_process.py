"""The owner's side of the fork server: start it, ask it for kernels, end it. Nothing of Jupyter here."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import fork_server

# what decides how an interpreter and its libraries start cannot be changed after a fork
_FIXED_AT_START = (
    "PYTHON",
    "LD_",
    "MPL",
    "OMP_",
    "OPENBLAS_",
    "MKL_",
    "ARROW_",
    "LC_",
    "LANG",
    "TZ",
)
_START_TIMEOUT = 60
"""Seconds for the server to import its libraries and answer."""


@dataclass(frozen=True)
class ServerOptions:
    """What a fork server loads.

    Attributes
    ----------
    preload : tuple of str
        Modules to import before the first fork, in order; ``package.*`` stands for a package and
        all modules right in it. A module may also do work on import that kernels then need not.
    watched : tuple of str
        Packages whose files are compared with what was loaded: after a change, kernels come from
        a new server.
    """

    preload: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()


class ServerError(Exception):
    """The fork server cannot give a kernel; the reason in one line."""


class Stopping(Exception):
    """No kernel: this process is ending all that it has (see `stop_servers`)."""


class _Server:
    """One fork server: started at once, usable as soon as its imports are done."""

    def __init__(self, options: ServerOptions, env: Mapping[str, str]):
        self._control, theirs = socket.socketpair()
        self._control.settimeout(_START_TIMEOUT)
        self._lock = threading.Lock()
        env = {"MPLBACKEND": "module://matplotlib_inline.backend_inline", **env}
        command = [
            sys.executable,
            "-P",
            "-X",
            "frozen_modules=off",
            "-m",
            fork_server.__name__,
            str(theirs.fileno()),
            json.dumps({"preload": options.preload, "watched": options.watched}),
        ]
        self.process = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=2,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()

    def launch(
        self, argv: list[str], env: Mapping[str, str], cwd: str | None, streams: tuple[int, int]
    ) -> ForkedProcess | None:
        """Fork one kernel; returns a `ForkedProcess`, or None if the server is out of date."""
        ours, theirs = socket.socketpair()
        try:
            with self._lock:
                request = {"argv": argv, "env": dict(env), "cwd": cwd}
                fork_server.send(self._control, request, (theirs.fileno(), *streams))
                answer, _ = fork_server.receive(self._control)
        except (OSError, EOFError) as error:
            ours.close()
            if _stopping.is_set():
                raise Stopping from None
            raise ServerError(f"the kernel server does not answer: {error!r}") from None
        finally:
            theirs.close()
        return None if "stale" in answer else ForkedProcess(answer["pid"], ours)

    def close(self) -> None:
        """No more kernels; the server ends when its last kernel has."""
        self._control.close()


class ForkedProcess:
    """A forked kernel with the face of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, line: socket.socket):
        self.pid = pid
        self.returncode: int | None = None
        self._line = line

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = fork_server.read_status(self._line)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        end = None if timeout is None else time.monotonic() + timeout
        while (status := self.poll()) is None:
            left = None if end is None else end - time.monotonic()
            if timeout is not None and left is not None and left <= 0:
                raise subprocess.TimeoutExpired("kernel", timeout)
            self._line.settimeout(left)
            with contextlib.suppress(OSError):
                self._line.recv(1, socket.MSG_PEEK)
        self._line.close()
        return status

    def send_signal(self, signum: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


_servers: dict[tuple[object, ...], _Server] = {}
_servers_lock = threading.Lock()
_stopping = threading.Event()
os.register_at_fork(after_in_child=_servers.clear)


def server(options: ServerOptions, env: Mapping[str, str], renew: _Server | None = None) -> _Server:
    """The server of this process for these options and this environment, started if need be.

    ``renew`` is a server that said it is out of date: it is replaced.
    """
    fixed = tuple(sorted((k, v) for k, v in env.items() if k.startswith(_FIXED_AT_START)))
    key = (options, fixed)
    with _servers_lock:
        if _stopping.is_set():
            raise Stopping
        found = _servers.get(key)
        if found is None or found is renew or found.process.poll() is not None:
            if found:
                found.close()
            found = _servers[key] = _Server(options, env)
        return found


@contextlib.contextmanager
def no_new_kernels() -> Iterator[None]:
    """While this lasts no kernel is started: who asks for one gets `Stopping`."""
    _stopping.set()
    try:
        yield
    finally:
        _stopping.clear()


def stop_servers() -> None:
    """End all servers of this process and, at once, all kernels forked from them."""
    with _servers_lock:
        for one in _servers.values():
            one.close()
            one.process.kill()  # its kernels have asked to die with it
            one.process.wait()
        _servers.clear()
