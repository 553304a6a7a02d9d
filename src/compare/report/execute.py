"""Run one notebook with papermill, in a forked kernel, within its time.

`papermill.execute_notebook` does the work; its engine is replaced by one that knows the kernel
manager of `compare.report.kernels`, gives the notebook as a whole a time limit and an output
limit, and asks the kernel at the end which files were read.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from dataclasses import dataclass, field

import papermill
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from traitlets import Type

from compare.paths import home
from compare.report import kernels, observe
from compare.report.config import Report

ENGINE = "carbon-peak"
OUTPUT_LIMIT = 64_000_000
"""Bytes of output after which a notebook is stopped."""
_ARGUMENTS = ["--HistoryManager.enabled=False", "--log-level=ERROR"]
_START = f"__import__({observe.__name__!r}, fromlist=['start']).start()"
_SEEN = f"__import__('json').dumps(__import__({observe.__name__!r}, fromlist=['seen']).seen({{!r}}))"


@dataclass(frozen=True)
class Failure:
    """Why a notebook failed: ``kind`` is ``error``, ``timeout``, ``output``, ``kernel`` or
    ``render``; ``cell`` counts the notebook's cells from 1, without the one papermill adds."""

    kind: str
    name: str
    message: str
    cell: int | None = None


@dataclass
class Executed:
    """An executed notebook, perhaps cut short; ``inputs`` are the files it read, relative to the
    checkout (None where the kernel could not be asked)."""

    notebook: object
    failure: Failure | None = None
    inputs: list[str] | None = None
    forked: bool = True
    output_bytes: int = 0
    notices: list[str] = field(default_factory=list)


class _KernelClient(AsyncKernelClient):
    async def wait_for_ready(self, timeout=None):
        """As the stock one, without its pause of 0.2 s to drain messages that nbclient, which
        looks at the parent of each, would skip anyway."""
        end = time.monotonic() + (timeout or 60)
        self.kernel_info()
        while time.monotonic() < end:
            try:
                reply = await self.shell_channel.get_msg(timeout=0.5)
                await self.iopub_channel.get_msg(timeout=0.2)  # only when it is connected
            except Exception:
                if not await self._async_is_alive():
                    raise DeadKernelError("the kernel died while it started") from None
                self.kernel_info()
                continue
            self._handle_kernel_info_reply(reply)
            return
        raise DeadKernelError(f"the kernel did not answer within {timeout} s")


class _KernelManager(AsyncKernelManager):
    client_factory = Type(klass=AsyncKernelClient, default_value=_KernelClient)
    kernel_spec = property(lambda self: kernels.kernel_spec())
