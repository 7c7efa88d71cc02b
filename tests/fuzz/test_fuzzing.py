"""Each reader of strangers' bytes under a fuzzer that sees which way they went.

What was once found lies in ``tests/fuzz/found/<target>/`` and is tried in every check."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.every_target import SEEDS, TARGETS
from tests.web.postgres import ROOT

FOUND = Path(__file__).with_name("found")
SECONDS = 20
SEED = os.environ.get("KEREGE_SEED", "1")


def test_what_was_found_once_is_read_now() -> None:
    found = [file for file in FOUND.rglob("*") if file.is_file()]
    assert found
    for file in found:
        TARGETS[file.parent.name](file.read_bytes())


@pytest.mark.prove
@pytest.mark.parametrize("name", TARGETS)
def test_a_fuzzer_finds_nothing(name: str, tmp_path: Path) -> None:
    assert importlib.util.find_spec("atheris"), "atheris is not installed: nothing was fuzzed"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz.fuzzing", name, str(tmp_path)),
            *(f"-max_total_time={SECONDS}", f"-seed={SEED}", "-timeout=25"),
            f"-max_len={2 * max(4096, *map(len, SEEDS[name]))}",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS * 15,
    )
    inputs = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    said = f"{done.stdout}\n{done.stderr}"[-3000:]
    assert done.returncode == 0 and not inputs, f"KEREGE_SEED={SEED} {inputs}\n{said}"
    assert "DONE" in done.stderr, said
