"""Every command of docs/keys.md, in its order, on an empty machine."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kerege.commands.keys import WHAT

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/keys.md"


@pytest.mark.prove
def test_the_drill_goes_as_it_is_written(tmp_path):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.commands.drill", str(PAGE)],
        cwd=tmp_path,
        env={**clean, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "Everything holds." in done.stdout
    assert "kerege.local/ak-bulunskiy/2" in done.stdout


def test_the_drill_leaves_out_nothing_that_can_be_done_with_keys():
    page = PAGE.read_text("utf-8")
    assert set(re.findall(r"kerege keys ([a-z-]+)", page)) == set(WHAT)
    assert {"--from", "--lost", "--stolen"} <= set(re.findall(r"--[a-z]+", page))
