"""The process from which kernels are forked: it imports the heavy libraries once, then waits.

Started by `server_process` as ``python -m … FD OPTIONS``, where FD is a Unix stream socket to the
process that owns it and OPTIONS is a JSON object: ``preload`` (modules to import) and ``watched``
(packages whose files are compared with what was loaded). A request is one length-prefixed JSON
object (``argv``, ``env``, ``cwd``) with file descriptors: the kernel's life line, its stdout and
its stderr. The life line is a socket pair, and the answer comes on it: ``{"pid": …}``,
``{"stale": true}`` when a watched package, or this one, has changed on disk since it was loaded,
or ``{"refused": …}`` when the system has no room for a process more. So an answer that nobody
waits for any longer is never taken for that to another request. What becomes of the kernel, its
`supervisor` says on the same line.

Single-threaded on purpose: a process that forks must not have threads of its own. What a notebook
does happens in the children; the memory of this process stays as it was after the imports.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
import json
import os
import pkgutil
import signal
import socket
import sys
import warnings

from . import life_line, supervisor

# What a kernel imports before its first cell. Not matplotlib_inline, which looks for the kernel it
# is in when it is imported, nor anything else with an effect beyond itself.
_KERNEL = [
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "faulthandler",
]
_LONGEST_PRELOAD = 120  # seconds; the owner has long given up
_OWN_FOLDER = os.path.dirname(os.path.abspath(__file__))


def main(argv: list[str]) -> None:
    """Preload, serve until the owner is gone; in each forked child, be a kernel."""
    control = socket.socket(fileno=int(argv[0]))
    options = json.loads(argv[1])
    signal.alarm(_LONGEST_PRELOAD)  # one that hangs ends, also when its owner is gone
    _preload(options["preload"])
    signal.alarm(0)
    folders = _watched_folders(options["watched"])
    loaded = _file_stamps(folders)
    gc.collect()
    gc.freeze()  # the collector would touch, and so copy, every page in every child
    request = _serve(control, folders, loaded)
    if request is not None:
        _become_kernel(*request)


def _preload(modules: list[str]) -> None:
    """Import modules; ``package.*`` stands for a package and all modules right in it."""
    for name in (*_KERNEL, *modules):
        try:
            package = importlib.import_module(name.removesuffix(".*"))
            if name.endswith(".*"):
                for found in pkgutil.iter_modules(package.__path__, name.removesuffix("*")):
                    importlib.import_module(found.name)
        except Exception as error:
            print(f"kernel server: {name} is not preloaded: {error}", file=sys.stderr)


def _watched_folders(packages: list[str]) -> list[str]:
    """Folders of packages, by their import names; this package's own is always among them."""
    folders = {_OWN_FOLDER}
    for name in packages:
        spec = importlib.util.find_spec(name)
        folders.update(spec.submodule_search_locations or () if spec else ())
    return sorted(folders)


def _file_stamps(folders: list[str]) -> dict[str, tuple[int, int]]:
    """Size and time of every file in these folders, data files included."""
    stamps = {}
    for start in folders:
        for folder, subfolders, names in os.walk(start):
            subfolders[:] = [name for name in subfolders if name != "__pycache__"]
            for name in names:
                with contextlib.suppress(OSError):
                    info = os.stat(path := os.path.join(folder, name))
                    stamps[path] = (info.st_size, info.st_mtime_ns)
    return stamps


def _serve(
    control: socket.socket, folders: list[str], loaded: dict[str, tuple[int, int]]
) -> tuple[dict, list[int]] | None:
    """Serve requests; returns one in the process that is to carry it out, None at the end."""
    # Python 3.12 warns when a process with threads forks; OpenBLAS's, the only ones, end before it
    warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system reaps the supervisors
    while True:
        try:
            request, fds = life_line.receive(control)
        except (EOFError, OSError):
            break
        line = socket.socket(fileno=fds[0])
        with line, contextlib.suppress(OSError):  # if the owner is gone, the next turn sees it
            if loaded != _file_stamps(folders):
                life_line.send(line, {"stale": True})
                break
            try:
                pid = os.fork()
            except OSError as error:
                life_line.send(line, {"refused": str(error)})
                pid = -1
            if pid == 0:
                control.close()
                supervisor.fork_kernel(line, fds[1:])
                return request, fds[1:]
        for fd in fds[1:]:
            os.close(fd)
    control.close()
    with contextlib.suppress(ChildProcessError):
        os.waitpid(-1, 0)  # as children are ignored, it returns when the last is gone
    return None


def _become_kernel(request: dict, fds: list[int]) -> None:
    """Be what ``python -m ipykernel_launcher …`` would be, with the libraries already there."""
    for target, fd in zip((1, 2), fds, strict=True):
        os.dup2(fd, target)
    for fd in fds:
        os.close(fd)
    os.environ.clear()
    os.environ.update(request["env"])
    if request["cwd"]:
        os.chdir(request["cwd"])
    if "numpy" in sys.modules:  # the random module reseeds itself after a fork; numpy does not
        sys.modules["numpy"].random.seed()
    sys.argv = request["argv"]

    import zmq
    from ipykernel.kernelapp import IPKernelApp

    class KernelApp(IPKernelApp):
        """Loses no output, however fast it comes; the stock one does beyond 1000 messages."""

        def init_iopub(self, context: zmq.Context) -> None:
            context.setsockopt(zmq.SNDHWM, 0)
            super().init_iopub(context)

    # the parent to watch is the supervisor, not the process that JPY_PARENT_PID speaks of
    argv = [*request["argv"][1:], f"--IPKernelApp.parent_handle={os.getppid()}"]
    KernelApp.launch_instance(argv=argv)


if __name__ == "__main__":
    main(sys.argv[1:])
