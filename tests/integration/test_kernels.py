"""Forked kernels: ordinary kernels for everything that speaks Jupyter, only sooner there."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import nbformat
import papermill
import psutil
import pytest
from jupyter_client.manager import KernelManager
from report_tools import FIXTURES

from compare.report.kernel import fork_server, provisioner, server_process

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
SPEC_DIR = provisioner.spec_folder()


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    """An environment in which other programs find the kernel, as after installation."""
    folder = tmp_path_factory.mktemp("installed")
    (folder / "kernels").mkdir()
    (folder / "kernels" / provisioner.KERNEL).symlink_to(SPEC_DIR)
    env = {**os.environ, "JUPYTER_PATH": str(folder)}
    if not list(entry_points(group=provisioner.GROUP, name=provisioner.NAME)):
        info = folder / "site" / "carbon_peak_kernel-0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: carbon-peak-kernel\nVersion: 0\n"
        )
        (info / "entry_points.txt").write_text(
            f"[{provisioner.GROUP}]\n{provisioner.NAME} = compare.report.kernel.provisioner:ForkProvisioner\n"
        )
        env["PYTHONPATH"] = str(folder / "site")
    return env


@pytest.fixture(scope="module", autouse=True)
def stop():
    yield
    server_process.stop_servers()


@pytest.fixture
def kernel():
    """Start kernels, through the stock manager; ask them by running code that prints."""
    started = []

    def start(**options):
        provisioner.kernel_spec()  # registers the provisioner where it is not installed
        manager = KernelManager(kernel_name=provisioner.KERNEL)
        manager.kernel_spec_manager.kernel_dirs.insert(0, str(SPEC_DIR.parent))
        manager.kernel_spec_manager._find_spec_directory = lambda name: str(SPEC_DIR)
        manager.start_kernel(**options)
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        started.append((manager, client))

        def ask(code: str):
            said = []
            client.execute_interactive(code, output_hook=said.append, timeout=60)
            text = [m["content"]["text"] for m in said if m["msg_type"] == "stream"]
            ask.kinds = [set(m["content"].get("data", ())) for m in said]
            return "".join(text)

        ask.manager = manager
        return ask

    yield start
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def server_of(ask) -> psutil.Process:
    return psutil.Process(ask.manager.provisioner.pid).parent()


def test_a_kernel_is_forked_and_as_fresh_as_any(kernel, tmp_path):
    one = kernel(cwd=str(tmp_path), env={**os.environ, "COLOUR": "green"})
    two = kernel(cwd=str(tmp_path), env={**os.environ, "COLOUR": "blue"})
    assert server_of(one) == server_of(two) and "fork_server" in " ".join(server_of(one).cmdline())
    code = "import os, sys, random, numpy; print(os.environ['COLOUR'], os.getcwd(), sys.argv[0])"
    assert one(code).split() == ["green", str(tmp_path), "ipykernel_launcher"]
    assert two(code).split()[0] == "blue"
    code = "print(random.random(), numpy.random.rand(), numpy.random.default_rng().random())"
    numbers = [float(x) for ask in (one, two) for x in ask(code).split()]
    assert len(set(numbers)) == 6, "random state is shared by two kernels"
    one("x = 1")
    assert "NameError" in two("try: x\nexcept NameError as e: print(type(e))")


def test_charts_and_settings_are_those_of_a_stock_kernel(kernel):
    ask = kernel()
    ask(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])"
    )  # shown at the end of the cell, unasked
    assert {"image/png", "text/plain"} in ask.kinds
    settings = (
        "import matplotlib\nprint(sorted((k, str(v)) for k, v in matplotlib.rcParams.items()))"
    )
    stock = [sys.executable, "-c", f"import matplotlib.pyplot, seaborn\n{settings}"]
    env = {**os.environ, "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    plain = subprocess.run(stock, capture_output=True, text=True, check=True, env=env).stdout
    differing = set(eval(ask(settings))) ^ set(eval(plain))
    assert {k for k, _ in differing} <= {"interactive", "figure.dpi"} | set(_set_by_ipython())
    # an import that changes settings does so in a kernel, too, whatever the server has drawn
    assert "Noto Sans SC" in ask("import zhplot\nprint(matplotlib.rcParams['font.family'])")


def _set_by_ipython() -> list[str]:
    from matplotlib_inline.config import InlineBackend

    return list(InlineBackend.instance().rc)


def test_the_server_keeps_its_memory_and_its_threads(kernel):
    first = kernel()
    server = server_of(first)
    assert server.num_threads() - _blas_threads() <= 1
    before = server.memory_info().rss
    for _ in range(4):
        ask = kernel()
        assert (
            ask("import numpy; x = numpy.ones(20_000_000); print(x.sum())").strip() == "20000000.0"
        )
        ask.manager.shutdown_kernel(now=True)
    assert server.memory_info().rss - before < 8_000_000
    assert [c.pid for c in server.children()] == [first.manager.provisioner.pid]  # all reaped


def _blas_threads() -> int:
    """OpenBLAS ends its threads before a fork and starts them again behind it."""
    return (os.cpu_count() or 1) - 1


def test_a_kernel_that_is_killed_or_ends_is_seen_to(kernel):
    ask = kernel()
    process = ask.manager.provisioner.process
    assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait(timeout=5) == -signal.SIGKILL and process.poll() == -signal.SIGKILL
    ask = kernel()
    process = ask.manager.provisioner.process
    ask.manager.shutdown_kernel(now=False)
    assert process.wait(timeout=5) == 0
    ask = kernel()
    ask.manager.interrupt_kernel()
    ask.manager.restart_kernel(now=True)
    assert ask.manager.is_alive()


def test_nothing_outlives_its_owner(tmp_path):
    script = (
        "import os, time\nfrom pathlib import Path\nfrom compare.report.kernel import server_process\n"
        "s = server_process.server(['json'], dict(os.environ))\n"
        f"k = s.launch(['x', '-f', {str(tmp_path / 'k.json')!r}], dict(os.environ), None, (1, 2))\n"
        "print(s.process.pid, k.pid, flush=True)\ntime.sleep(60)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    both = [psutil.Process(int(pid)) for pid in owner.stdout.readline().split()]
    owner.kill()
    assert psutil.wait_procs(both, timeout=5)[1] == []
    owner.wait()
    owner.stdout.close()


def test_a_changed_package_gets_a_new_server(kernel):
    first = server_of(kernel())
    source = Path(fork_server.__file__)
    info = source.stat()
    try:
        os.utime(source, ns=(info.st_atime_ns, info.st_mtime_ns + 1))
        second = server_of(kernel())
    finally:
        os.utime(source, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert second != first
    assert first.is_running()  # for the kernels that it still has


def test_without_a_server_a_stock_kernel_starts_with_a_notice(kernel, monkeypatch, caplog):
    def none(*_, **__):
        raise server_process.ServerError("no server today")

    monkeypatch.setattr(provisioner, "server", none)
    logging.getLogger("traitlets").propagate = True
    with caplog.at_level("WARNING"):
        ask = kernel()
    assert ask("print(6 * 7)").strip() == "42"
    assert isinstance(ask.manager.provisioner.process, subprocess.Popen)
    assert "starting a stock one: no server today" in caplog.text


def test_papermill_uses_it_by_name(outside, tmp_path):
    out = tmp_path / "out.ipynb"
    command = [
        sys.executable,
        "-m",
        "papermill",
        "--kernel",
        provisioner.KERNEL,
        "--no-progress-bar",
    ]
    notebook = str(FIXTURES / "notebooks/quick.ipynb")
    subprocess.run([*command, notebook, str(out), "-p", "number", "5"], env=outside, check=True)
    assert nbformat.read(out, 4).cells[-1].outputs[0].text == "5 zh\n"


def test_papermill_reports_a_failing_cell_as_ever(outside, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", outside["JUPYTER_PATH"])
    provisioner.kernel_spec()
    with pytest.raises(papermill.PapermillExecutionError, match=r"nothing.*for shiyan"):
        papermill.execute_notebook(
            FIXTURES / "notebooks/failing.ipynb",
            tmp_path / "out.ipynb",
            kernel_name=provisioner.KERNEL,
            progress_bar=False,
        )


def test_nbval_uses_it_by_name(outside, tmp_path):
    notebook = nbformat.read(FIXTURES / "notebooks/quick.ipynb", 4)
    for cell in notebook.cells:
        cell.execution_count = 1
    notebook.cells[-1].outputs = [nbformat.v4.new_output("stream", text="1 zh\n")]
    lineage = "import os, psutil\nprint('fork_server' in ' '.join(psutil.Process(os.getppid()).cmdline()))"
    asked = nbformat.v4.new_code_cell(
        lineage, execution_count=1, outputs=[nbformat.v4.new_output("stream", text="True\n")]
    )
    notebook.cells.append(asked)
    nbformat.write(notebook, tmp_path / "n.ipynb")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--nbval",
        f"--nbval-kernel-name={provisioner.KERNEL}",
    ]
    options = ["-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path / "n.ipynb")]
    done = subprocess.run([*command, *options], env=outside, capture_output=True, text=True)
    assert "4 passed" in done.stdout, done.stdout + done.stderr
