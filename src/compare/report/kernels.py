"""Kernels that start in a blink: forked from a server that has imported everything already.

`ForkProvisioner` is a standard `jupyter_client` kernel provisioner. It is registered by the entry
point ``jupyter_client.kernel_provisioners`` as ``carbon-peak-fork`` and named by the kernelspec
``carbon-peak``, so papermill, nbval and JupyterLab use it without knowing: choose the kernel
``carbon-peak``. Each process that starts kernels has its own server, which ends with it. Where
forking is not possible (not Linux, the server does not come up, redirected streams), a stock
kernel is started instead, with a notice.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from importlib.metadata import EntryPoint
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from traitlets import List, Unicode

from compare.report import forkserver

KERNEL = "carbon-peak"
NAME = "carbon-peak-fork"
GROUP = "jupyter_client.kernel_provisioners"
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
# Not zhplot: importing it changes matplotlib's settings, which must be the notebook's own doing.
_PRELOAD = """
pandas pandas.io.formats.html pandas.io.formats.string pyarrow.parquet pyarrow.pandas_compat
matplotlib.pyplot matplotlib.backends.backend_agg PIL.PngImagePlugin seaborn itables
compare.store compare.report.parameters compare.report.observe
""".split()
_START_TIMEOUT = 60
"""Seconds for the server to import its libraries and answer."""


class ServerError(Exception):
    """The fork server cannot give a kernel; the reason in one line."""


class _Server:
    """One fork server: started at once, usable as soon as its imports are done."""

    def __init__(self, preload: list[str], env: dict[str, str]):
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
            forkserver.__name__,
            str(theirs.fileno()),
            *preload,
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

    def launch(self, argv: list[str], env: dict, cwd: str | None, streams: tuple[int, int]):
        """Fork one kernel; returns a `ForkedProcess`, or None if the server is out of date."""
        ours, theirs = socket.socketpair()
        try:
            with self._lock:
                request = {"argv": argv, "env": env, "cwd": cwd}
                forkserver.send(self._control, request, (theirs.fileno(), *streams))
                answer, _ = forkserver.receive(self._control)
        except (OSError, EOFError) as error:
            ours.close()
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
            self.returncode = forkserver.read_status(self._line)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        end = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                raise subprocess.TimeoutExpired("kernel", timeout)
            self._line.settimeout(left)
            with contextlib.suppress(OSError):
                self._line.recv(1, socket.MSG_PEEK)
        self._line.close()
        return self.returncode

    def send_signal(self, signum: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


_servers: dict[tuple, _Server] = {}
_servers_lock = threading.Lock()
os.register_at_fork(after_in_child=_servers.clear)


def server(preload: list[str], env: dict[str, str], renew: _Server | None = None) -> _Server:
    """The server of this process for these modules and this environment, started if need be.

    ``renew`` is a server that said it is out of date: it is replaced.
    """
    fixed = tuple(sorted((k, v) for k, v in env.items() if k.startswith(_FIXED_AT_START)))
    key = (tuple(preload), fixed)
    with _servers_lock:
        found = _servers.get(key)
        if found is None or found is renew or found.process.poll() is not None:
            if found:
                found.close()
            found = _servers[key] = _Server(preload, env)
        return found


def stop_servers() -> None:
    """End all servers of this process and, at once, all kernels forked from them."""
    with _servers_lock:
        for one in _servers.values():
            one.close()
            one.process.kill()  # its kernels have asked to die with it
            one.process.wait()
        _servers.clear()


class ForkProvisioner(LocalProvisioner):
    """Starts kernels by forking; everything else is the stock `LocalProvisioner`."""

    preload = List(
        Unicode(), _PRELOAD, config=True, help="Modules that the server imports before it forks."
    )

    async def launch_kernel(self, cmd: list[str], **kwargs):
        try:
            self.process = await asyncio.to_thread(self._fork, cmd, kwargs)
        except ServerError as reason:
            self.log.warning("no forked kernel, starting a stock one: %s", reason)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info

    async def wait(self) -> int | None:
        """As the stock one, which would look only every tenth of a second."""
        if isinstance(self.process, ForkedProcess):
            await asyncio.to_thread(self.process.wait)
            self.process = None
            return 0
        return await super().wait()

    def _fork(self, cmd: list[str], kwargs: dict) -> ForkedProcess:
        if sys.platform != "linux":
            raise ServerError(f"forking is not safe on {sys.platform}")
        if cmd[1:3] != ["-m", "ipykernel_launcher"]:
            raise ServerError(f"{' '.join(cmd[:3])} is not `python -m ipykernel_launcher`")
        streams = (_stream(kwargs.get("stdout"), 1), _stream(kwargs.get("stderr"), 2))
        env, cwd = kwargs["env"], kwargs.get("cwd")
        argv, cwd = ["ipykernel_launcher", *cmd[3:]], str(cwd) if cwd else os.getcwd()
        one = server(self.preload, env)
        process = one.launch(argv, env, cwd, streams)
        if process is None:
            process = server(self.preload, env, renew=one).launch(argv, env, cwd, streams)
        if process is None:
            raise ServerError("the package keeps changing")
        return process


def _stream(given, default: int) -> int:
    fd = default if given is None else given if isinstance(given, int) else given.fileno()
    if fd < 0:
        raise ServerError("a stream is redirected to a pipe")
    return fd


def kernel_spec() -> KernelSpec:
    """The kernelspec ``carbon-peak``, with its provisioner registered in this process.

    For callers in this package: works also where the kernelspec's file and the entry point are
    not installed (a package that runs from a checkout).
    """
    factory = KernelProvisionerFactory.instance()
    value = f"{__name__}:{ForkProvisioner.__name__}"
    factory.provisioners.setdefault(NAME, EntryPoint(NAME, value, GROUP))
    spec = json.loads(spec_folder().joinpath("kernel.json").read_text(encoding="utf-8"))
    return KernelSpec(**spec)


def spec_folder() -> Path:
    """The folder of the kernelspec in this package."""
    return Path(__file__).parent / "kernelspec"
