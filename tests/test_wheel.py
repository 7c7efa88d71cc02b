"""What we ship works where our source tree is not: a wheel in a fresh venv, an empty directory."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WAIT = 30  # seconds for a server to answer

# one worker for all: the fixtures take a while
pytestmark = [pytest.mark.prove, pytest.mark.xdist_group("wheel")]


def run(*command: object, cwd: Path, timeout: int = 300) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def clean_environment() -> dict[str, str]:
    """Ours, less whatever would let the source tree or its settings leak in."""
    leaks = ("PYTHONPATH", "DJANGO_SETTINGS_MODULE")
    return {
        name: value
        for name, value in os.environ.items()
        if name not in leaks and not name.startswith("KEREGE_")
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--wheel-dir", out, ROOT, cwd=out)
    (built,) = out.glob("kerege-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin directory of a fresh venv that holds the pinned dependencies and the wheel."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=True)
    programs = home / "bin"
    install = (programs / "python", "-m", "pip", "install", "-qq")
    install += ("--no-deps",)
    run(*install, "--require-hashes", "--requirement", ROOT / "requirements.lock", cwd=home)
    run(*install, wheel, cwd=home)
    return programs


def test_wheel_holds_every_tracked_file(wheel: Path) -> None:
    tracked = run("git", "ls-files", "--", "kerege", cwd=ROOT).splitlines()
    shipped = set(zipfile.ZipFile(wheel).namelist())
    missing = [name for name in tracked if name not in shipped and (ROOT / name).exists()]
    assert not missing


def test_dependencies_agree(installed: Path) -> None:
    run(installed / "python", "-m", "pip", "check", cwd=installed)


def test_demo_then_serve_from_an_empty_directory(installed: Path, tmp_path: Path) -> None:
    run(installed / "kerege", "demo", "--data", "town", "--no-serve", cwd=tmp_path)
    with serving(installed / "kerege", tmp_path / "town", cwd=tmp_path) as address:
        assert status(f"{address}/healthz") == 200
        assert status(f"{address}/") == 200


@contextmanager
def serving(kerege: Path, data: Path, cwd: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = cwd / "serve.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [kerege, "serve", "--data", data, "--port", str(port)],
            cwd=cwd,
            env=clean_environment(),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + WAIT
        while status(f"{address}/healthz") is None:
            answering = server.poll() is None and time.monotonic() < deadline
            assert answering, f"no server on {address}:\n{log.read_text()}"
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=WAIT)


def status(url: str) -> int | None:
    """The HTTP status, or None while nobody listens."""
    try:
        with urllib.request.urlopen(url, timeout=WAIT) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return None
