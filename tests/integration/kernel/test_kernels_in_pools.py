"""Forked kernels in other people's processes: pools, threads, loops, forks at any moment.

Each case is a program of its own that runs notebooks by papermill, as people do; it ends, and every
notebook has run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import nbformat
import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
NAME = "forked-in-pools"
GUARD = 180
"""Seconds after which a program hangs."""
CELL = (
    "import os, psutil\n"
    "print(number, 'fork_server' in ' '.join(psutil.Process(os.getppid()).cmdline()))"
)
PROGRAM = """
import asyncio, os, sys, threading, time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
import papermill
from compare.report.kernel import provisioner, server_process
provisioner.register({name!r})

def one(number):
    nb = papermill.execute_notebook(
        {notebook!r}, None, dict(number=number), kernel_name={name!r}, progress_bar=False)
    return nb.cells[-1].outputs[0].text.strip()

def pool(method="fork", workers=2):
    return ProcessPoolExecutor(workers, mp_context=get_context(method))

def in_a_pool(numbers, method="fork"):
    with pool(method) as workers:
        return list(workers.map(one, numbers))

async def in_a_loop(number):
    return one(number)

def with_a_loop(number):
    return asyncio.run(in_a_loop(number))

def own_pool(number):
    with pool(workers=1) as workers:
        return workers.submit(one, number).result()

{body}

if __name__ == "__main__":
    print(*main(), sep="\\n")
"""
CASES = {
    "fork before the first kernel": "def main(): return in_a_pool(range(3))",
    "fork after the first kernel, again and again": (
        "def main(): return [one(0), *in_a_pool([1]), one(2), *in_a_pool([3])]"
    ),
    "spawn and forkserver": (
        "def main(): return [one(0), *in_a_pool([1], 'spawn'), *in_a_pool([2], 'forkserver')]"
    ),
    "threads": """
def main():
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(one, range(4)))
""",
    "processes forked by threads": """
def main():
    with ThreadPoolExecutor(2) as threads:
        return [one(0), *threads.map(own_pool, [1, 2])]
""",
    "fork while a thread waits for its first kernel": """
def main():
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(one, 0)
        while not server_process._state.servers:
            time.sleep(0.001)
        return [*in_a_pool([1]), first.result(), one(2)]
""",
    "asyncio, fork from a running loop": """
async def both():
    first = one(0)
    with pool() as workers:
        run = asyncio.get_running_loop().run_in_executor
        return [first, *await asyncio.gather(*(run(workers, with_a_loop, n) for n in (1, 2)))]

def main(): return asyncio.run(both())
""",
    "pools in pools": """
def main():
    with pool() as workers:
        return [one(0), *workers.map(own_pool, [1, 2])]
""",
    "a bare fork": """
def main():
    read, write = os.pipe()
    said = [one(0)]
    if os.fork() == 0:
        os.write(write, one(1).encode())
        os._exit(0)
    os.wait()
    os.close(write)
    return [*said, os.fdopen(read).read(), one(2)]
""",
}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run a program: run(body) -> what it printed."""
    folder = tmp_path_factory.mktemp("pools")
    argv = ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    metadata = {"kernel_provisioner": {"provisioner_name": NAME, "config": {}}}
    spec = {"argv": argv, "display_name": NAME, "language": "python", "metadata": metadata}
    (folder / "kernels" / NAME).mkdir(parents=True)
    (folder / "kernels" / NAME / "kernel.json").write_text(json.dumps(spec))
    cells = [nbformat.v4.new_code_cell(source) for source in ("number: int = 0", CELL)]
    cells[0].metadata["tags"] = ["parameters"]
    kernel = {"name": NAME, "display_name": NAME, "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "n.ipynb")
    env = {**os.environ, "JUPYTER_PATH": str(folder)}

    def run(body: str) -> str:
        text = PROGRAM.format(name=NAME, notebook=str(folder / "n.ipynb"), body=body)
        (folder / "program.py").write_text(text)
        command = [sys.executable, str(folder / "program.py")]
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=GUARD)
        assert done.returncode == 0, done.stderr
        return done.stdout + "".join(
            line for line in done.stderr.splitlines(keepends=True) if "no forked kernel" in line
        )

    return run


@pytest.mark.parametrize("case", CASES)
def test_notebooks_run_in_forked_kernels(run, case):
    said = sorted(run(CASES[case]).splitlines())
    assert len(said) >= 3 and said == [f"{n} True" for n in range(len(said))]


def test_a_kernel_can_have_kernels_of_its_own(run):
    """A notebook that runs notebooks."""
    body = """
import nbformat
INNER = '''
import sys
sys.path.insert(0, {folder!r})
from program import in_a_pool, one
print(one(1), *in_a_pool([2, 3]))
'''
def main():
    source = INNER.format(folder=os.path.dirname(__file__))
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    done = papermill.execute_notebook(nb, None, kernel_name=KERNEL, progress_bar=False)
    return [done.cells[-1].outputs[0].text.strip()]
"""
    body = f"KERNEL = {NAME!r}\n{body}"
    assert run(body).strip() == "1 True 2 True 3 True"


@pytest.mark.parametrize("signum", [9, 19])
def test_a_server_that_does_not_answer_any_more_is_replaced(run, signum):
    """Killed, or stopped for ever."""
    body = f"""
def main():
    said = [one(0)]
    (server,) = server_process._state.servers.values()
    os.kill(server.process.pid, {signum})
    server_process._TIMEOUT = 5
    return [*said, one(1)]
"""
    assert run(body).splitlines() == ["0 True", "1 True"]


NEVER_UP = {
    "ends at once": "['/bin/false']",
    "is not there": "['/no/such/program']",
    "never answers": "['/bin/sleep', '600']",
}


@pytest.mark.parametrize("how", NEVER_UP)
def test_without_a_server_stock_kernels_start_with_a_notice(run, how):
    """Nobody waits for it twice."""
    body = f"""
from subprocess import Popen
class Broken(Popen):
    def __init__(self, command, **options):
        broken = "fork_server" in " ".join(command)
        super().__init__({NEVER_UP[how]} if broken else command, **options)

def main():
    server_process.subprocess.Popen = Broken
    server_process._TIMEOUT = 3
    said = [one(0)]
    server_process._TIMEOUT = 600  # to wait again would be to hang
    return [*said, one(1)]
"""
    said = run(body).splitlines()
    assert said[:2] == ["0 False", "1 False"]
    assert sum("no forked kernel, starting a stock one: " in line for line in said[2:]) == 2
