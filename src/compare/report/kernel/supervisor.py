"""The process above one kernel: says how the kernel ended, and ends all that it has started.

Forked by `fork_server`, it forks the kernel and keeps the life line (see `life_line`). As a *child
subreaper* it inherits what the kernel leaves behind, be it in a process group or a session of its
own; when the kernel ends, or its owner hangs up or dies, all of that is killed: nothing outlives
the process that asked. The dead kernel stays a zombie until its owner hangs up, so that its
process id is never another's.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import selectors
import signal
import socket
import time

from . import life_line

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PATIENCE = 1.0
"""Seconds for killed processes to be gone; those that wait for a device may take longer."""


def fork_kernel(line: socket.socket, streams: list[int]) -> None:
    """Fork a kernel below this process; returns in the kernel only.

    Parameters
    ----------
    line : socket
        The life line, kept by this process alone.
    streams : list of int
        File descriptors of the kernel alone.
    """
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    own = os.getpid()
    try:
        wake = _wake_on_child_signals()
        pid = os.fork()
        if pid == 0:
            _be_a_kernel_of(own)
            line.close()
            os.close(wake)
            return
        for fd in streams:
            os.close(fd)
        _supervise(line, pid, wake)
    except OSError as error:
        with contextlib.suppress(OSError):
            life_line.send(line, {"refused": str(error)})
    finally:
        if os.getpid() == own:
            os._exit(0)


def _wake_on_child_signals() -> int:
    """A file descriptor that can be read from when a child has ended."""
    wake, write = os.pipe()
    os.set_blocking(write, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    return wake


def _be_a_kernel_of(supervisor: int) -> None:
    os.close(signal.set_wakeup_fd(-1))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != supervisor:
        os._exit(1)
    os.setpgid(0, 0)


def _prctl(option: int, value: int) -> None:
    with contextlib.suppress(OSError, AttributeError):  # a C library without it
        ctypes.CDLL(None).prctl(option, value)


def _supervise(line: socket.socket, kernel: int, wake: int) -> None:
    with contextlib.suppress(OSError):
        os.setpgid(kernel, kernel)  # here and in the kernel: whoever comes first
    life_line.send(line, {"pid": kernel})
    owned = _wait_for_an_end(line, kernel, wake)
    with contextlib.suppress(OSError):
        os.killpg(kernel, signal.SIGKILL)
    status = _exit_status(kernel, os.WEXITED)  # what it has started is ours from now on
    _end_children(kernel)
    if owned and status is not None:
        with contextlib.suppress(OSError):
            life_line.send_status(line, status)
            line.recv(1)
    os.waitpid(kernel, 0)


def _wait_for_an_end(line: socket.socket, kernel: int, wake: int) -> bool:
    """Wait until the kernel dies, or its owner hangs up (false); reap orphans meanwhile."""
    with selectors.DefaultSelector() as selector:
        selector.register(line, selectors.EVENT_READ)
        selector.register(wake, selectors.EVENT_READ)
        while _exit_status(kernel, os.WEXITED | os.WNOHANG) is None:
            if any(key.fileobj is line for key, _ in selector.select()):
                return False
            os.read(wake, 512)
            for child in _children(kernel):
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(child, os.WNOHANG)
    return True


def _exit_status(kernel: int, options: int) -> int | None:
    """How the kernel ended; it stays a zombie."""
    info = os.waitid(os.P_PID, kernel, options | os.WNOWAIT)
    if info is None:
        return None
    return info.si_status if info.si_code == os.CLD_EXITED else -info.si_status


def _end_children(kernel: int) -> None:
    """Kill what is left, and what that leaves, until nothing is."""
    end = time.monotonic() + _PATIENCE
    while (left := _children(kernel)) and time.monotonic() < end:
        for child in left:
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, os.WNOHANG)
        time.sleep(0.002)


def _children(but: int) -> list[int]:
    """Process ids of this process's children, zombies included, but for one."""
    own, found = os.getpid(), []
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != but:
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as stat:
                if int(stat.read().rpartition(b")")[2].split()[1]) == own:
                    found.append(int(name))
    return found
