"""What is said between a kernel's owner and the processes above the kernel: messages, and how it ended.

The life line of a kernel is a socket pair between its owner and its `supervisor`. The answer to
the request for it comes first; then, once, the kernel's exit status. Either side sees on it that
the other is gone.
"""

from __future__ import annotations

import json
import socket
import struct

_LENGTH = struct.Struct("!I")
_STATUS = struct.Struct("!i")
_MOST_FDS = 3
BROKEN = -1
"""Stands for the exit status of a kernel whose supervisor is gone without a word."""


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
    head, fds, _, _ = socket.recv_fds(sock, _LENGTH.size, _MOST_FDS)
    size = _LENGTH.unpack(head + _exactly(sock, _LENGTH.size - len(head)))[0]
    return json.loads(_exactly(sock, size)), list(fds)


def _exactly(sock: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = sock.recv(size)
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def send_status(line: socket.socket, status: int) -> None:
    """Say how the kernel ended, as `subprocess.Popen.returncode` would."""
    line.sendall(_STATUS.pack(status))


def read_status(line: socket.socket) -> int | None:
    """The exit status from a life line that does not block; None while the kernel lives."""
    try:
        data = line.recv(_STATUS.size)
    except BlockingIOError:
        return None
    except OSError:
        return BROKEN
    return _STATUS.unpack(data)[0] if len(data) == _STATUS.size else BROKEN
