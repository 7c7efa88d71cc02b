"""The demonstration whose pages are measured: one that is given, or one made for the run."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def demonstration(data: Path | None) -> Iterator[Path]:
    """A data directory with the demonstration in it."""
    if data is not None:
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="kerege-bench-") as made:
        kerege("demo", "--data", made, "--no-serve").check_returncode()
        yield Path(made)


def kerege(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kerege", *words]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)


def busiest(data: Path) -> str:
    """The address of the place with the longest register."""
    told = kerege("places", "--data", str(data), "--json")
    told.check_returncode()
    return str(max(json.loads(told.stdout), key=lambda place: place["size"])["slug"])
