"""The owner's side of the fork server: start it, ask it for kernels, end it. Nothing of Jupyter here."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import fork_server, life_line

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
_TIMEOUT = 60
"""Seconds for the server to import its libraries and answer."""
_PATIENCE = 2
"""Seconds for the kernels of a server that is ended to be gone."""


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
        env = {"MPLBACKEND": "module://matplotlib_inline.backend_inline", **env}
        command = [
            sys.executable,
            "-P",
            "-X",
            "frozen_modules=off",
            "-m",
            fork_server.__name__,
        ]
        self._lock = threading.Lock()
        self._answered = False
        self.failure: str | None = None
        self._control, theirs = _socket_pair()
        self._control.settimeout(_TIMEOUT)
        loaded = json.dumps({"preload": options.preload, "watched": options.watched})
        with theirs:
            self.process = subprocess.Popen(
                [*command, str(theirs.fileno()), loaded],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=2,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def launch(
        self, argv: list[str], env: Mapping[str, str], cwd: str | None, streams: tuple[int, int]
    ) -> ForkedProcess | None:
        """Fork one kernel; returns a `ForkedProcess`, or None if another server is to be asked.

        That is so when the server is out of date, or has given kernels and now does not answer.
        """
        if self.failure:
            raise ServerError(self.failure)
        ours, theirs = _socket_pair()
        ours.settimeout(_TIMEOUT)
        try:
            with theirs, self._lock:
                request = {"argv": argv, "env": dict(env), "cwd": cwd}
                life_line.send(self._control, request, (theirs.fileno(), *streams))
            answer, _ = life_line.receive(ours)
        except (OSError, EOFError, ValueError) as error:
            ours.close()
            if _state.stopping:
                raise Stopping from None
            self._give_up(f"the kernel server does not answer: {error!r}")
            if self._answered:
                return None
            raise ServerError(self.failure) from None
        self._answered = True
        if "pid" in answer:
            return ForkedProcess(answer["pid"], ours)
        ours.close()
        if "refused" in answer:
            raise ServerError(f"no process more: {answer['refused']}")
        return None

    def _give_up(self, reason: str) -> None:
        """End a server that does not answer; kernels that it has given go on."""
        self.failure = reason
        self._control.close()
        self.process.kill()
        self.process.wait()

    def usable(self) -> bool:
        """Whether to ask it; also when it never came up, so that nobody waits for that again."""
        if not self._answered:
            return True
        return self.failure is None and self.process.poll() is None

    def close(self) -> None:
        """No more kernels; the server ends when its last kernel has."""
        self._control.close()

    def end(self) -> None:
        """End the server; it waits for its kernels, whose life lines are cut already."""
        self.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._answered:
                self.process.wait(_PATIENCE)
        self.process.kill()
        self.process.wait()


class ForkedProcess:
    """A forked kernel with the face of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, line: socket.socket):
        self.pid = pid
        self.returncode: int | None = None
        self._line = line
        line.setblocking(False)

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = life_line.read_status(self._line)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        with selectors.DefaultSelector() as selector:
            if self.poll() is None:
                selector.register(self._line, selectors.EVENT_READ)
                selector.select(timeout)
        if (status := self.poll()) is None:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        self._line.close()
        return status

    def send_signal(self, signum: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class _State:
    """What this process has; a forked child has nothing."""

    def __init__(self) -> None:
        self.servers: dict[tuple[object, ...], _Server] = {}
        self.servers_lock = threading.Lock()
        self.sockets = weakref.WeakSet[socket.socket]()
        self.sockets_lock = threading.Lock()
        self.stopping = False


_state = _State()


def _socket_pair() -> tuple[socket.socket, socket.socket]:
    """Two sockets of which no forked child keeps a copy."""
    with _state.sockets_lock:
        pair = socket.socketpair()
        _state.sockets.update(pair)
    return pair


def _forget_the_parents() -> None:
    """In a forked child: let go of the parent's servers and kernels, and of locks that its other
    threads held."""
    global _state
    for one in list(_state.sockets):
        one.close()
    _state = _State()


if sys.platform == "linux":
    os.register_at_fork(
        before=lambda: _state.sockets_lock.acquire(),
        after_in_parent=lambda: _state.sockets_lock.release(),
        after_in_child=_forget_the_parents,
    )


def server(options: ServerOptions, env: Mapping[str, str], renew: _Server | None = None) -> _Server:
    """The server of this process for these options and this environment, started if need be.

    ``renew`` is a server that is not to be asked again: it is replaced.

    Raises
    ------
    ServerError
        It cannot be started.
    Stopping
        This process is ending all its kernels.
    """
    fixed = tuple(sorted((k, v) for k, v in env.items() if k.startswith(_FIXED_AT_START)))
    key = (options, fixed)
    with _state.servers_lock:
        if _state.stopping:
            raise Stopping
        found = _state.servers.get(key)
        if found is None or found is renew or not found.usable():
            if found:
                found.close()
            try:
                found = _state.servers[key] = _Server(options, env)
            except (OSError, ValueError) as error:
                raise ServerError(f"the kernel server cannot be started: {error}") from None
        return found


@contextlib.contextmanager
def no_new_kernels() -> Iterator[None]:
    """While this lasts no kernel is started: who asks for one gets `Stopping`."""
    _state.stopping = True
    try:
        yield
    finally:
        _state.stopping = False


def stop_servers() -> None:
    """End all servers of this process and, at once, all kernels forked from them."""
    with _state.servers_lock:
        for line in list(_state.sockets):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_WR)
        for one in _state.servers.values():
            one.end()
        _state.servers.clear()
