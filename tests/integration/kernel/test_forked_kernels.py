"""The fork server by itself: kernels as fresh as any, gone with their owner, stock ones as fallback.

Nothing here imports anything of the project but `compare.report.kernel`.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from jupyter_client.manager import KernelManager

from compare.report.kernel import fork_server, provisioner, server_process

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
NAME = "forked-for-tests"
GUARD = 60
"""Seconds after which a test no longer waits for what must happen."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A kernelspec as another project would write it, with a package of its own to watch."""
    folder = tmp_path_factory.mktemp("kernels")
    (folder / "watched_here").mkdir()
    (folder / "watched_here/__init__.py").write_text("")
    sys.path.insert(0, str(folder))
    os.environ["PYTHONPATH"] = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])
    config = {"preload": ["numpy", "json.*", "no_such_module"], "watched": ["watched_here"]}
    metadata = {"kernel_provisioner": {"provisioner_name": NAME, "config": config}}
    argv = ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": NAME, "language": "python", "metadata": metadata}
    (folder / NAME).mkdir()
    (folder / NAME / "kernel.json").write_text(json.dumps(spec))
    provisioner.register(NAME)
    yield folder
    server_process.stop_servers()
    sys.path.remove(str(folder))
    os.environ["PYTHONPATH"] = os.environ["PYTHONPATH"].removeprefix(f"{folder}{os.pathsep}")


@pytest.fixture
def kernel(installed):
    """Start kernels, through the stock manager; ask them by running code that prints."""
    started = []

    def start(**options):
        manager = KernelManager(kernel_name=NAME)
        manager.kernel_spec_manager.kernel_dirs.insert(0, str(installed))
        manager.start_kernel(**options)
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=GUARD)
        started.append((manager, client))

        def ask(code: str):
            said = []
            client.execute_interactive(code, output_hook=said.append, timeout=GUARD)
            return "".join(m["content"]["text"] for m in said if m["msg_type"] == "stream")

        ask.manager = manager
        return ask

    yield start
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def wait_for(condition) -> None:
    end = time.monotonic() + GUARD
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


def server_of(ask) -> psutil.Process:
    return psutil.Process(ask.manager.provisioner.pid).parent().parent()  # above its supervisor


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


def test_what_a_kernel_takes_is_gone_with_it(kernel):
    """The server keeps nothing of it: no child, no open file."""
    first = kernel()
    server = server_of(first)
    before = server.num_fds()
    for _ in range(4):
        ask = kernel()
        ask("import numpy; x = numpy.ones(20_000_000)")
        ended = ask.manager.provisioner.process
        ask.manager.shutdown_kernel(now=True)
        assert ended.poll() is not None
    own = psutil.Process(first.manager.provisioner.pid).parent()
    wait_for(lambda: server.children() == [own])  # the others are reaped
    wait_for(lambda: server.num_fds() == before)


def test_a_kernel_that_is_killed_or_ends_is_seen_to(kernel):
    ask = kernel()
    process = ask.manager.provisioner.process
    assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait(timeout=GUARD) == -signal.SIGKILL and process.poll() == -signal.SIGKILL
    ask = kernel()
    process = ask.manager.provisioner.process
    ask.manager.shutdown_kernel(now=False)
    assert process.wait(timeout=GUARD) == 0
    ask = kernel()
    ask.manager.interrupt_kernel()
    ask.manager.restart_kernel(now=True)
    assert ask.manager.is_alive()


STRAYS = {
    "in its group": "subprocess.Popen(['sleep', '600'])",
    "in a session of its own": "subprocess.Popen(['sleep', '600'], start_new_session=True)",
    "child of a child that is gone": (
        "subprocess.Popen('sleep 600 & echo', shell=True, start_new_session=True)"
    ),
    "daemon": (
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        for fd in range(3, 256):\n            try: os.close(fd)\n"
        "            except OSError: pass\n        os.execvp('sleep', ['sleep', '600'])\n"
        "    os._exit(0)"
    ),
}


@pytest.mark.parametrize("end", ["shut down", "killed", "ends by itself", "restart"])
def test_what_a_kernel_starts_ends_with_it(kernel, end):
    """Wherever it has gone to: other process groups, other sessions, other parents."""
    ask = kernel()
    above = psutil.Process(ask.manager.provisioner.pid).parent()
    for stray in STRAYS.values():
        ask(f"import os, subprocess\n{stray}")
    wait_for(lambda: sum(p.name() == "sleep" for p in above.children(recursive=True)) == 4)
    strays = above.children(recursive=True)
    assert len({os.getsid(p.pid) for p in strays}) > 2
    process = ask.manager.provisioner.process
    if end == "restart":
        ask.manager.restart_kernel(now=True)
    elif end == "shut down":
        ask.manager.shutdown_kernel(now=True)
    elif end == "killed":
        os.kill(process.pid, signal.SIGKILL)
    else:
        ask.manager.client().shutdown()
        ask("exit()")
    process.wait(timeout=GUARD)
    assert [p for p in psutil.wait_procs(strays, timeout=GUARD)[1] if p.pid != process.pid] == []


def test_orphans_of_a_living_kernel_are_reaped(kernel):
    ask = kernel()
    above = psutil.Process(ask.manager.provisioner.pid).parent()
    for _ in range(5):
        ask("import subprocess; subprocess.run('sleep 0.01 &', shell=True)")
    wait_for(lambda: [p.pid for p in above.children()] == [ask.manager.provisioner.pid])


def test_a_forked_child_holds_nothing_of_its_parents_kernels(tmp_path):
    """The child lives on; the kernel, the supervisor and the server end with the parent."""
    script = (
        "import os, time\nfrom compare.report.kernel import server_process\n"
        "s = server_process.server(server_process.ServerOptions(('json',)), dict(os.environ))\n"
        f"k = s.launch(['x', '-f', {str(tmp_path / 'k.json')!r}], dict(os.environ), None, (1, 2))\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    assert k.poll() is not None and k.send_signal(9) is None\n"
        "    server_process.stop_servers()\n"
        "    time.sleep(600)\n"
        "print(s.process.pid, k.pid, child, flush=True)\ntime.sleep(600)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    server, kernel, child = [psutil.Process(int(pid)) for pid in owner.stdout.readline().split()]
    assert server.is_running() and kernel.is_running()
    owner.kill()
    try:
        assert psutil.wait_procs([server, kernel], timeout=GUARD)[1] == []
        assert child.is_running()
    finally:
        child.kill()
        owner.wait()
        owner.stdout.close()


def test_nothing_outlives_its_owner(tmp_path):
    script = (
        "import os, time\nfrom pathlib import Path\nfrom compare.report.kernel import server_process\n"
        "s = server_process.server(server_process.ServerOptions(('json',)), dict(os.environ))\n"
        f"k = s.launch(['x', '-f', {str(tmp_path / 'k.json')!r}], dict(os.environ), None, (1, 2))\n"
        "print(s.process.pid, k.pid, flush=True)\ntime.sleep(60)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    both = [psutil.Process(int(pid)) for pid in owner.stdout.readline().split()]
    owner.kill()
    assert psutil.wait_procs(both, timeout=GUARD)[1] == []
    owner.wait()
    owner.stdout.close()


@pytest.mark.parametrize("changed", ["own", "watched"])
def test_a_changed_package_gets_a_new_server(kernel, installed, changed):
    ask = kernel()
    first = server_of(ask)
    watched = installed / "watched_here/__init__.py"
    source = Path(fork_server.__file__) if changed == "own" else watched
    info = source.stat()
    try:
        os.utime(source, ns=(info.st_atime_ns, info.st_mtime_ns + 1))
        second = server_of(kernel())
    finally:
        os.utime(source, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert second != first
    assert ask("print(1)") == "1\n"  # what it had lives on


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


def test_a_module_that_cannot_be_preloaded_is_named_and_left_out(installed):
    options = server_process.ServerOptions(("no_such_module", "json"))
    script = (
        "import os, sys\nfrom compare.report.kernel import server_process as s\n"
        f"one = s.server(s.ServerOptions({options.preload!r}), dict(os.environ))\n"
        f"k = one.launch(['x', '-f', {str(installed / 'k.json')!r}], dict(os.environ), None, (1, 2))\n"
        "print(k.pid > 0)\ns.stop_servers()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0 and "True" in done.stdout, done.stderr
    assert "kernel server: no_such_module is not preloaded" in done.stdout + done.stderr
