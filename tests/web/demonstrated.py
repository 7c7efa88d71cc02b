"""A data directory with the demonstration in it, made once for all workers of a test run."""

import fcntl
import os
from pathlib import Path

import pytest

from tools.bench.demonstration import kerege


def demonstrated(factory: pytest.TempPathFactory) -> Path:
    """To be copied, never written to."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    data, made = root / "demonstration", root / "demonstration.made"
    with (root / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            kerege("demo", "--data", str(data), "--no-serve").check_returncode()
            made.touch()
    return data
