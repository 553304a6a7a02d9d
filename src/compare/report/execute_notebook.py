"""Run one notebook with papermill, in a forked kernel, within its time.

`papermill.execute_notebook` does the work; its engine is replaced by one that takes the kernel
from `compare.report.kernel.provisioner`, gives the notebook as a whole a limit of time and of output, and
asks the kernel at the end which files were read.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import itertools
import json
import logging
import os
import sys
import tempfile
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from subprocess import Popen

import nbformat
import papermill
import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_core.utils import ensure_event_loop, run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import remove_error_markers
from traitlets import Type, default

from compare.base.workspace import home
from compare.report import report_kernel, stream_output
from compare.report.history import input_tracking
from compare.report.kernel import server_process

ENGINE = "carbon-peak"
OUTPUT_LIMIT = 64_000_000
"""Bytes of text and pictures after which a notebook is stopped."""
_MESSAGE = 100  # what a message counts besides its text
INJECTED_TAG = "injected-parameters"
# a kernel that is shut down while idle logs an interrupt as an error
_ARGUMENTS = ["--HistoryManager.enabled=False", "--log-level=CRITICAL"]
_MOST_WORDS = 2000  # bytes kept of what a kernel wrote past the notebook
_OBSERVE = f"__import__({input_tracking.__name__!r}, fromlist=['x'])"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Failure:
    """Why a report failed.

    ``kind`` is ``error`` (a cell raised), ``timeout``, ``output`` (too much of it), ``kernel`` (it
    died) or ``render`` (a page could not be made); ``cell`` counts the notebook's own cells from 1.
    """

    kind: str
    name: str
    message: str
    cell: int | None = None


@dataclass
class Execution:
    """What came of one notebook; filled in as it goes.

    ``inputs`` are the files it read, those in the checkout relative to it; None if the kernel could
    not be asked. ``forked`` is false where a stock kernel had to do. ``at`` is the cell that is running.
    Cells are run inside ``turn``: of several kernels that are ready, it says how many work.
    """

    notebook: nbformat.NotebookNode
    timeout: int
    scratch: Path
    cwd: Path
    deadline: float = 0.0
    at: int | None = None
    seconds: float = 0.0
    failure: Failure | None = None
    inputs: list[str] | None = None
    forked: bool = False
    kernel_words: str = ""
    size: int = 0
    stop: asyncio.Future | None = None
    turn: AbstractContextManager = field(default_factory=contextlib.nullcontext)


class _FairChannel(AsyncZMQSocketChannel):
    """Lets the loop's other work have its turn between two messages, however many wait."""

    async def get_msg(self, *arguments, **options):
        await asyncio.sleep(0)  # the stock one does not yield while there is a message
        return await super().get_msg(*arguments, **options)


class _KernelClient(AsyncKernelClient):
    iopub_channel_class = Type(_FairChannel)

    def _context_default(self):
        context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, 5)  # ms; the stock 100 would be lost at each start
        context.setsockopt(
            zmq.RCVHWM, 0
        )  # of more than 1000 messages that wait, some would be lost
        return context

    async def wait_for_ready(self, timeout=None):
        """As the stock one, without its pause of 0.2 s to drain messages that nbclient, which
        looks at the parent of each, passes over anyway."""
        end = time.monotonic() + (timeout or 60)
        while time.monotonic() < end:
            self.kernel_info()
            try:
                reply = await self.shell_channel.get_msg(timeout=1)
                await self.iopub_channel.get_msg(timeout=0.2)  # comes only when it is connected
            except Empty:
                if not await self._async_is_alive():
                    raise DeadKernelError("the kernel died while it started") from None
                continue
            self._handle_kernel_info_reply(reply)
            return
        raise DeadKernelError(f"the kernel did not answer within {timeout} s")


class _KernelManager(AsyncKernelManager):
    @property
    def kernel_spec(self) -> KernelSpec:
        return report_kernel.kernel_spec()

    @default("client_factory")
    def _fast_client(self):
        return _KernelClient


class _Client(PapermillNotebookClient):
    execution: Execution

    def create_kernel_manager(self):
        """A manager whose sockets are files in the scratch folder: no ports to run out of."""
        file = self.execution.scratch / f"k{next(_numbers)}.json"
        self.km = _KernelManager(connection_file=str(file), log=self.log)
        if sys.platform == "linux":
            self.km.transport = "ipc"
        return self.km

    def process(self) -> Popen[bytes] | server_process.ForkedProcess | None:
        """The kernel's process, while there is one."""
        provisioner = self.km.provisioner if self.km else None
        return provisioner.process if isinstance(provisioner, LocalProvisioner) else None

    def papermill_execute_cells(self):
        with self.execution.turn:
            self.execution.deadline = time.monotonic() + self.execution.timeout
            self._execute_cells()

    def _execute_cells(self):
        self.execution.forked = isinstance(self.process(), server_process.ForkedProcess)
        self._ask(f"{_OBSERVE}.start()")
        super().papermill_execute_cells()
        places = f"{str(home())!r}, {str(self.execution.scratch)!r}"
        seen = self._ask(f"{_OBSERVE}.seen({places})")
        self.execution.inputs = None if seen is None else json.loads(ast.literal_eval(seen))

    async def async_execute_cell(self, cell, *arguments, **options):
        self.streams = stream_output.Streams()
        # the stock one gives up on what has been said 4 s after the cell has ended
        self.iopub_timeout = max(1, round(self.execution.deadline - time.monotonic()))
        try:
            return await super().async_execute_cell(cell, *arguments, **options)
        finally:
            self.streams.finish(cell.get("outputs", []))

    execute_cell = run_sync(async_execute_cell)

    def _ask(self, expression: str) -> str | None:
        """The repr of an expression in the kernel, leaving no trace in the notebook."""
        if self.kc is None:
            return None
        message = self.kc.execute("", silent=True, user_expressions={"x": expression})
        reply = self.wait_for_reply(message)
        answer = reply["content"].get("user_expressions", {}).get("x", {}) if reply else {}
        return answer["data"]["text/plain"] if answer.get("status") == "ok" else None

    def process_message(self, msg, cell, cell_index):
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data"):
            run = self.execution
            content = msg["content"]
            run.size += (
                _MESSAGE
                + len(content.get("text", ""))
                + sum(map(len, map(str, content.get("data", {}).values())))
            )
            if run.size > OUTPUT_LIMIT:
                if run.failure is None and isinstance(self.km, AsyncKernelManager):
                    limit = f"more than {OUTPUT_LIMIT // 1_000_000} MB of output"
                    run.failure = Failure(
                        "output", "OutputLimit", limit, _own_index(self.nb, cell_index)
                    )
                    run.stop = asyncio.ensure_future(self.km.interrupt_kernel())
                return None
        return super().process_message(msg, cell, cell_index)

    def output(self, outs, msg, display_id, cell_index):
        if self.clear_before_next_output:
            self.streams.clear()
        content, taken = msg["content"], self.output_hook_stack[msg["parent_header"]["msg_id"]]
        is_text = msg["msg_type"] == "stream" and not taken
        if is_text and self.streams.more(content["name"], content["text"]):
            return None
        out = super().output(outs, msg, display_id, cell_index)
        if is_text and out:
            self.streams.begin(out)
        return out

    def clear_output(self, outs, msg, cell_index):
        if not msg["content"]["wait"]:
            self.streams.clear()
        super().clear_output(outs, msg, cell_index)


class _Engine(NBClientEngine):
    @classmethod
    def execute_managed_notebook(  # pyright: ignore[reportIncompatibleMethodOverride]
        cls, nb_man, kernel_name, *_, execution: Execution, **__
    ):  # papermill hands an engine its own options by name, which the stub leaves out
        client = _Client(
            nb_man,
            timeout=execution.timeout,
            timeout_func=lambda cell: max(0.1, execution.deadline - time.monotonic()),
            startup_timeout=60,
            kernel_name=kernel_name,
            extra_arguments=_ARGUMENTS,
            shutdown_kernel="immediate",
            record_timing=False,
            on_cell_start=lambda cell, cell_index: setattr(execution, "at", cell_index),
            log=logger,
        )
        client.execution = execution
        execution.notebook = nb_man.nb
        _clients.add(client)
        env = report_kernel.report_env(execution.scratch)
        # not our stderr: there, only lines of the run's log may stand
        with tempfile.TemporaryFile(dir=execution.scratch) as words:
            try:
                client.execute(cwd=str(execution.cwd), env=env, stdout=words, stderr=words)
            finally:
                _clients.discard(client)
                _settle()
                words.seek(max(0, words.seek(0, os.SEEK_END) - _MOST_WORDS))
                execution.kernel_words = words.read().decode(errors="replace").strip()


papermill_engines.register(ENGINE, _Engine)
logger = logging.getLogger(__name__)  # what nbclient and the provisioner have to say
logger.propagate = False
logger.addHandler(logging.NullHandler())
_clients: set[_Client] = set()


def _settle() -> None:
    """Cancel what a notebook that was cut short left waiting in this thread's event loop."""
    loop = ensure_event_loop()
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))


def close_thread() -> None:
    """Close this thread's event loop, when the thread has made its last report."""
    ensure_event_loop().close()


def stop_all() -> None:
    """End every kernel of this process, and the servers they were forked from."""
    for client in list(_clients):
        if process := client.process():
            with contextlib.suppress(OSError):
                process.kill()
    server_process.stop_servers()


def execute(
    notebook: Path,
    given: dict,
    timeout: int,
    scratch: Path,
    turn: AbstractContextManager | None = None,
) -> Execution:
    """Run one notebook; whatever happens in it, the outcome is returned.

    Parameters
    ----------
    notebook : path
        It is run in its own folder.
    given : dict
        Parameters to inject, checked already.
    timeout : int
        Seconds for all cells together.
    scratch : path
        A folder for sockets, removed by the caller; its path must be short.
    turn : context manager, optional
        Entered once the kernel is there, left after the last cell.

    Returns
    -------
    Execution
    """
    node = nbformat.v4.upgrade(nbformat.read(notebook, as_version=4))
    run = Execution(node, timeout, scratch, notebook.parent, turn=turn or contextlib.nullcontext())
    run.deadline = time.monotonic() + timeout
    try:
        run.notebook = papermill.execute_notebook(
            node,
            None,
            parameters=given,
            engine_name=ENGINE,
            kernel_name=report_kernel.KERNEL,
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            execution=run,
        )
    except PapermillExecutionError as error:
        name, message = error.ename, error.evalue
        run.failure = run.failure or Failure(
            "error", name, message, _own_index(run.notebook, error.cell_index)
        )
    except CellTimeoutError:
        _cut_short(run, "timeout", "Timeout", f"not finished after {timeout} s")
    except Exception as error:  # the kernel died, or could not be started at all
        name = "KernelDied" if isinstance(error, DeadKernelError) else type(error).__name__
        _cut_short(run, "kernel", name, str(error))
    remove_error_markers(run.notebook)
    run.seconds = time.monotonic() - run.deadline + timeout
    return run


def _own_index(notebook, index: int | None) -> int | None:
    """Number of a cell, from 1, without the cell that papermill put in before it."""
    if index is None:
        return None
    before = notebook.cells[:index]
    return index + 1 - sum(INJECTED_TAG in c.metadata.get("tags", []) for c in before)


def _cut_short(run: Execution, kind: str, name: str, message: str) -> None:
    """Note a failure that was not an exception, and leave it in its cell as one would be."""
    run.failure = Failure(kind, name, message, _own_index(run.notebook, run.at))
    if run.at is not None:
        output = nbformat.v4.new_output("error", ename=name, evalue=message, traceback=[])
        run.notebook.cells[run.at].outputs.append(output)
