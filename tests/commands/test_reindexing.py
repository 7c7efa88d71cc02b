"""``kerege reindex``: the index of the search is dropped and made anew."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_index_is_made_anew(tmp_path):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}

    def kerege(*words: str) -> list[str]:
        command = [sys.executable, "-m", "kerege", *words, "--data", str(tmp_path)]
        env = {**clean, "PYTHONPATH": str(ROOT)}
        return subprocess.check_output(command, env=env, text=True, timeout=120).splitlines()

    kerege("serve", "--no-serve")
    first = kerege("reindex")
    # Articles and words of the law at least, and the country's own register.
    assert first[-1].endswith(" can be found") and int(first[-1].split()[0]) > 150
    assert first[-2] == "0 entries left"
    assert kerege("reindex") == first
