"""A real server, started as a person starts it, and what it answers over the wire."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.bench.demonstration import ROOT


@contextmanager
def server(data: Path) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    """The server that ``make run`` starts; gives the process, its port, seconds to health."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["demo", "--data", str(data), "--port", str(port)]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "kerege", *words],
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
