"""Kernels that start in a blink: forked from a server that has imported everything already.

`ForkProvisioner` is a standard `jupyter_client` kernel provisioner: programs that speak Jupyter
(papermill, nbval, JupyterLab) use it without knowing, by a kernelspec that names it. The modules
to preload stand in that kernelspec; ``docs/kernel.md`` shows one. Each process that starts kernels
has its own server, which ends with it. Where forking is not possible (not Linux, the server does
not come up, redirected streams), a stock kernel is started instead, with a notice.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from importlib.metadata import EntryPoint
from pathlib import Path

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_core import utils as loops
from traitlets import List, Unicode

from .server_process import ForkedProcess, ServerError, ServerOptions, server

GROUP = "jupyter_client.kernel_provisioners"


class ForkProvisioner(LocalProvisioner):
    """Starts kernels by forking; everything else is the stock `LocalProvisioner`."""

    preload = List(Unicode(), config=True, help="Modules that the server imports before it forks.")
    watched = List(
        Unicode(), config=True, help="Packages whose change on disk asks for a new server."
    )

    async def launch_kernel(self, cmd: list[str], **kwargs):
        try:
            self.process = await _in_a_thread(lambda: self._fork(cmd, kwargs))
        except ServerError as reason:
            _heard(self.log).warning("no forked kernel, starting a stock one: %s", reason)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info

    async def wait(self) -> int | None:
        """As the stock one, which would look only every tenth of a second."""
        if not isinstance(self.process, ForkedProcess):
            return await super().wait()
        while self.process.poll() is None:
            await asyncio.sleep(0.002)
        self.process.wait()
        self.process = None
        return 0

    async def kill(self, restart: bool = False) -> None:
        """Kill, and see it die: the manager's next look would be a tenth of a second later."""
        await super().kill(restart)
        for _ in range(500):
            if not isinstance(self.process, ForkedProcess) or self.process.poll() is not None:
                break
            await asyncio.sleep(0.002)

    def _fork(self, cmd: list[str], kwargs: dict) -> ForkedProcess:
        if sys.platform != "linux":
            raise ServerError(f"forking is not safe on {sys.platform}")
        if cmd[1:3] != ["-m", "ipykernel_launcher"]:
            raise ServerError(f"{' '.join(cmd[:3])} is not `python -m ipykernel_launcher`")
        streams = (_stream(kwargs.get("stdout"), 1), _stream(kwargs.get("stderr"), 2))
        env, cwd = kwargs["env"], kwargs.get("cwd")
        argv, cwd = ["ipykernel_launcher", *cmd[3:]], str(cwd) if cwd else os.getcwd()
        options = ServerOptions(tuple(self.preload), tuple(self.watched))
        one = server(options, env)
        process = one.launch(argv, env, cwd, streams)
        if process is None:  # it has died, or is out of date, since it was last asked
            one = server(options, env, renew=one)
            process = one.launch(argv, env, cwd, streams)
        if process is None:
            raise ServerError(one.failure or "the watched packages keep changing")
        return process


async def _in_a_thread(work: Callable[[], ForkedProcess]) -> ForkedProcess:
    """Work that would hold the loop up, done in a thread.

    Not by `asyncio.to_thread`: after a fork, the threads of the loop's pool are missing, and what
    would wake the loop up is shared with the parent.
    """
    done: Future[ForkedProcess] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    while not done.done():
        await asyncio.sleep(0.002)
    return done.result()


def _forget_the_parents_loops() -> None:
    """In a forked child: let `jupyter_core` make event loops anew.

    Those that it has are the parent's: what wakes them up is shared with it, and the threads that
    run some of them are missing here. They are kept all the same: to close one would close it for
    the parent, too.
    """
    _parents_loops.extend([loops._loop.get(), dict(loops._runner_map)])
    loops._loop.set(None)
    loops._runner_map.clear()


_parents_loops: list[object] = []
if sys.platform == "linux":
    os.register_at_fork(after_in_child=_forget_the_parents_loops)


def _heard(log: logging.Logger | logging.LoggerAdapter) -> logging.Logger | logging.LoggerAdapter:
    """A log that somebody sees: a library's, as papermill leaves it, may lead nowhere at all."""
    one = log.logger if isinstance(log, logging.LoggerAdapter) else log
    while one:
        if any(not isinstance(handler, logging.NullHandler) for handler in one.handlers):
            return log
        one = one.parent if one.propagate else None
    return logging.getLogger(__name__)


def _stream(given, default: int) -> int:
    fd = default if given is None else given if isinstance(given, int) else given.fileno()
    if fd < 0:
        raise ServerError("a stream is redirected to a pipe")
    try:
        os.fstat(fd)
    except OSError as error:
        raise ServerError(f"stream {fd}: {error.strerror}") from None
    return fd


def register(name: str) -> None:
    """Make the provisioner known to this process by a name, as its entry point would.

    For programs that also work where the entry point is not installed (a package that runs from a
    checkout).
    """
    factory = KernelProvisionerFactory.instance()
    value = f"{__name__}:{ForkProvisioner.__name__}"
    factory.provisioners.setdefault(name, EntryPoint(name, value, GROUP))
