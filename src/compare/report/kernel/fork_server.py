"""The process from which kernels are forked: it imports the heavy libraries once, then waits.

Started by `server_process` as ``python -m … FD OPTIONS``, where FD is a Unix stream socket to the
process that owns it and OPTIONS is a JSON object: ``preload`` (modules to import) and ``watched``
(packages whose files are compared with what was loaded). A request is one length-prefixed JSON
object (``argv``, ``env``, ``cwd``) with file descriptors: the kernel's life line, its stdout and
its stderr. The answer is ``{"pid": …}``, or ``{"stale": …}`` when a watched package, or this one,
has changed on disk since it was loaded.

The life line is a socket pair. Into it the server writes the kernel's exit status; the dead
kernel stays a zombie until its owner hangs up, so that its process id is never another's. If the
owner hangs up first, or dies, the kernel is killed: nothing outlives the process that asked.

Single-threaded on purpose: a process that forks must not have threads of its own. What a notebook
does happens in the children; the memory of this process stays as it was after the imports.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import importlib.util
import json
import os
import pkgutil
import selectors
import signal
import socket
import struct
import sys
import warnings
from dataclasses import dataclass

_LENGTH = struct.Struct("!I")
_STATUS = struct.Struct("!i")
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
_OWN_FOLDER = os.path.dirname(os.path.abspath(__file__))
_PR_SET_PDEATHSIG = 1


def send(sock: socket.socket, message: dict, fds: tuple[int, ...] = ()) -> None:
    """Send one message with file descriptors."""
    body = json.dumps(message).encode()
    head = _LENGTH.pack(len(body))
    if fds:
        socket.send_fds(sock, [head], list(fds))
    else:
        sock.sendall(head)
    sock.sendall(body)


def receive(sock: socket.socket) -> tuple[dict, list[int]]:
    """Receive one message and its file descriptors; EOFError when the other side is gone."""
    head, fds, _, _ = socket.recv_fds(sock, _LENGTH.size, 3, socket.MSG_WAITALL)
    if len(head) < _LENGTH.size:
        raise EOFError
    size = _LENGTH.unpack(head)[0]
    body = sock.recv(size, socket.MSG_WAITALL)
    if len(body) < size:
        raise EOFError
    return json.loads(body), list(fds)


def read_status(line: socket.socket) -> int | None:
    """The exit status from a life line, -1 when it broke, None while the kernel lives."""
    try:
        data = line.recv(_STATUS.size, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    except OSError:
        return -1
    return _STATUS.unpack(data)[0] if data else -1


@dataclass
class _Kernel:
    pid: int
    line: socket.socket
    owned: bool = True
    dead: bool = False


def main(argv: list[str]) -> None:
    """Preload, serve until the owner is gone; in each forked child, be a kernel."""
    control = socket.socket(fileno=int(argv[0]))
    options = json.loads(argv[1])
    _preload(options["preload"])
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
    """Serve requests; returns one in the child that is to carry it out, None at the end."""
    # Python 3.12 warns when a process with threads forks; OpenBLAS's, the only ones, end before it
    warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    kernels = 0
    while kernels or control.fileno() >= 0:
        for key, _ in selector.select():
            if key.fileobj is control:
                try:
                    request, fds = receive(control)
                except (EOFError, OSError):
                    selector.unregister(control)
                    control.close()
                    continue
                if loaded != _file_stamps(folders):
                    send(control, {"stale": True})
                    selector.unregister(control)
                    control.close()
                    continue
                own = os.getpid()
                pid = os.fork()
                if pid == 0:
                    _leave(selector, own)
                    return request, fds
                kernels += 1
                _watch(selector, pid, fds)
                with contextlib.suppress(OSError):  # if the owner is gone, the next turn sees it
                    send(control, {"pid": pid})
            else:
                kernels -= _event(selector, key)
    return None


def _watch(selector: selectors.BaseSelector, pid: int, fds: list[int]) -> None:
    with contextlib.suppress(OSError):
        os.setpgid(pid, pid)  # here and in the child: whoever comes first
    kernel = _Kernel(pid, socket.socket(fileno=fds[0]))
    for fd in fds[1:]:
        os.close(fd)
    selector.register(os.pidfd_open(pid), selectors.EVENT_READ, kernel)
    selector.register(kernel.line, selectors.EVENT_READ, kernel)


def _event(selector: selectors.BaseSelector, key: selectors.SelectorKey) -> int:
    """One kernel died, or its owner hung up; returns 1 when nothing of it is left."""
    kernel: _Kernel = key.data
    selector.unregister(key.fileobj)
    if key.fileobj is kernel.line:
        kernel.line.close()
        kernel.owned = False
        if not kernel.dead:
            _kill_group(kernel.pid)
    else:
        os.close(key.fd)
        kernel.dead = True
        info = os.waitid(os.P_PID, kernel.pid, os.WEXITED | os.WNOWAIT)
        if info is None:  # only without WEXITED to wait for
            raise ChildProcessError(kernel.pid)
        status = info.si_status if info.si_code == os.CLD_EXITED else -info.si_status
        if kernel.owned:
            with contextlib.suppress(OSError):
                kernel.line.send(_STATUS.pack(status))
    if kernel.dead and not kernel.owned:
        os.waitpid(kernel.pid, 0)
        return 1
    return 0


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except OSError:
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)


def _leave(selector: selectors.BaseSelector, server: int) -> None:
    """In the child: drop everything that belongs to the server, and do not outlive it."""
    with contextlib.suppress(OSError):
        os.setpgid(0, 0)
    for key in list(selector.get_map().values()):
        if isinstance(key.fileobj, socket.socket):
            key.fileobj.close()
        else:
            os.close(key.fd)
    selector.close()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != server:
            os._exit(1)


def _become_kernel(request: dict, fds: list[int]) -> None:
    """Be what ``python -m ipykernel_launcher …`` would be, with the libraries already there."""
    for target, fd in zip((1, 2), fds[1:], strict=False):
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

    from ipykernel.kernelapp import IPKernelApp

    # the parent to watch is the server, not the process that JPY_PARENT_PID speaks of
    argv = [*request["argv"][1:], f"--IPKernelApp.parent_handle={os.getppid()}"]
    IPKernelApp.launch_instance(argv=argv)


if __name__ == "__main__":
    main(sys.argv[1:])
