"""A really started server and a browser for it, by the name passkeys work under."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def _environment(**said: str) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    return {**clean, "PYTHONPATH": str(ROOT), **said}


def kerege(folder: Path, *words: str) -> str:
    """What a command of the house prints, in a data directory."""
    done = subprocess.run(
        [sys.executable, "-m", "kerege", *words],
        cwd=folder,
        env=_environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


@contextlib.contextmanager
def serving(folder: Path, how: str = "demo", **said: str) -> Iterator[str]:
    """The address of a server started in a folder; ``said`` are variables of its settings."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "kerege", how, "--port", str(port), "--workers", "1"],
        cwd=folder,
        env=_environment(**said),
        stdout=subprocess.DEVNULL,
    )
    # A passkey belongs to a name, never to a number.
    url = f"http://localhost:{port}"
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").close()
                break
            time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(20)


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """The system's Chromium, which asks nothing of the network by itself."""
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield one
        one.close()
