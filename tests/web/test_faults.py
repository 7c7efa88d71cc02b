"""Calls that fail under the real writer, and a disk that is full: refused, or written and told."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kerege.municipality import telling
from kerege.municipality.problem import Problem
from tests.web.demonstrated import demonstrated
from tools.bench.demonstration import ROOT
from tools.powercut.faults import CALLS, FAULTS, struck

SEED = "1"


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    return demonstrated(tmp_path_factory)


@pytest.fixture
def small(base, tmp_path) -> Iterator[tuple[Path, str]]:
    """A data directory on a disk of its own, where this process may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "kerege-full", str(disk)]
    mounted = subprocess.run(mount, capture_output=True).returncode == 0
    try:
        subprocess.run(["cp", "-r", f"{base}/.", disk / "data"], check=True)
        for file in (disk / "data" / "heads").glob(".here*"):
            file.unlink()
        yield disk / "data", "disk" if mounted else "pages"
    finally:
        if mounted:
            subprocess.run(["umount", str(disk)], check=True)


def test_single_faults_lose_nothing(base):
    told = struck(base, SEED, 12, jobs=1)
    assert not told.bad, told.problems
    assert len(told.struck) >= 10 and told.acks and told.refused


@pytest.mark.prove
def test_faults_at_many_places_lose_nothing(base):
    told = struck(base, SEED, 240)
    assert not told.bad, told.problems
    assert sum(told.struck.values()) >= 150
    for call in set(CALLS) - {"fsync"}:
        for fault in FAULTS:
            assert told.struck[f"{call} {fault.partition('=')[2]}"], (call, fault)


def test_on_a_full_disk_the_page_says_so_and_nothing_is_written(small):
    data, how = small
    script = Path(__file__).with_name("full_disk.py")
    done = subprocess.run(
        [sys.executable, str(script), str(data), how],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["written"] == 302
    assert told["answers"][-1] == 503 and set(told["answers"]) <= {302, 503}
    assert telling.problem(Problem("act", "not_written", {}), "en") in told["text"]
    assert told["read"] == 200
    assert told["same"] or 302 in told["answers"]
    # With room again the same attempt is written, once.
    assert told["again"] == [302, 302] and told["at"][0] == told["at"][1]
    assert told["more"] == 1 + told["answers"].count(302)
