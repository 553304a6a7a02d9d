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
import json
import os
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from traitlets import List, Unicode

from compare.report.kernel.server_process import PRELOAD, ForkedProcess, ServerError, server

KERNEL = "carbon-peak"
NAME = "carbon-peak-fork"
GROUP = "jupyter_client.kernel_provisioners"


class ForkProvisioner(LocalProvisioner):
    """Starts kernels by forking; everything else is the stock `LocalProvisioner`."""

    preload = List(
        Unicode(), PRELOAD, config=True, help="Modules that the server imports before it forks."
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
        for _ in range(500 * isinstance(self.process, ForkedProcess)):
            if self.process.poll() is not None:
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
