"""The kernel ``carbon-peak``: found by name by papermill and nbval, its charts those of a stock kernel.

What every forked kernel must do is tested in ``kernel/test_forked_kernels.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points

import nbformat
import papermill
import pytest
from jupyter_client.manager import KernelManager
from report_tools import FIXTURES

from compare.report import report_kernel
from compare.report.kernel import provisioner, server_process

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
SPEC_DIR = report_kernel.spec_folder()


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    """An environment in which other programs find the kernel, as after installation."""
    folder = tmp_path_factory.mktemp("installed")
    (folder / "kernels").mkdir()
    (folder / "kernels" / report_kernel.KERNEL).symlink_to(SPEC_DIR)
    env = {**os.environ, "JUPYTER_PATH": str(folder)}
    if not list(entry_points(group=provisioner.GROUP, name=report_kernel.PROVISIONER)):
        info = folder / "site" / "carbon_peak_kernel-0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: carbon-peak-kernel\nVersion: 0\n"
        )
        (info / "entry_points.txt").write_text(
            f"[{provisioner.GROUP}]\n{report_kernel.PROVISIONER} = compare.report.kernel.provisioner:ForkProvisioner\n"
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
        report_kernel.kernel_spec()  # registers the provisioner where it is not installed
        manager = KernelManager(kernel_name=report_kernel.KERNEL)
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


def test_papermill_uses_it_by_name(outside, tmp_path):
    out = tmp_path / "out.ipynb"
    command = [
        sys.executable,
        "-m",
        "papermill",
        "--kernel",
        report_kernel.KERNEL,
        "--no-progress-bar",
    ]
    notebook = str(FIXTURES / "notebooks/quick.ipynb")
    subprocess.run([*command, notebook, str(out), "-p", "number", "5"], env=outside, check=True)
    assert nbformat.read(out, 4).cells[-1].outputs[0].text == "5 zh\n"


def test_papermill_reports_a_failing_cell_as_ever(outside, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", outside["JUPYTER_PATH"])
    report_kernel.kernel_spec()
    with pytest.raises(papermill.PapermillExecutionError, match=r"nothing.*for shiyan"):
        papermill.execute_notebook(
            FIXTURES / "notebooks/failing.ipynb",
            tmp_path / "out.ipynb",
            kernel_name=report_kernel.KERNEL,
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
        f"--nbval-kernel-name={report_kernel.KERNEL}",
    ]
    options = ["-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path / "n.ipynb")]
    done = subprocess.run([*command, *options], env=outside, capture_output=True, text=True)
    assert "4 passed" in done.stdout, done.stdout + done.stderr
