"""A real server, started as a person starts it, and what it answers over the wire."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tools.bench.demonstration import ROOT

Served = AbstractContextManager[tuple[subprocess.Popen[bytes], int, float]]


def server(data: Path) -> Served:
    """The server that ``make run`` starts; gives the process, its port, seconds to health."""
    return _served("-m", "kerege", "demo", "--data", str(data), "--port")


def bare_server() -> Served:
    """A bare Django under the same server, with as many workers and threads, as its own command
    starts it."""
    how = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--no-ws")
    return _served("-m", "granian", *how, "tools.bench.bare:application", "--port")


@contextmanager
def _served(*command: str) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command, str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not healthy(port):
            if process.poll() is not None or time.perf_counter() - start > 60:
                raise RuntimeError("the server did not become healthy")
            time.sleep(0.01)
        yield process, port, time.perf_counter() - start
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def healthy(port: int) -> bool:
    try:
        return fetch(port, "/healthz")[1].startswith(b"ok")
    except (OSError, RuntimeError):
        return False


def fetch(port: int, address: str, encodings: str = "identity") -> tuple[int, bytes]:
    """Bytes over the wire of one answer, head included, and its body as it was sent."""
    request = (
        f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Language: ky\r\n"
        f"Accept-Encoding: {encodings}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall(request.encode())
        answer = b"".join(iter(lambda: wire.recv(65_536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise RuntimeError(f"{address} answers {head[:60]!r}")
    return len(answer), body
