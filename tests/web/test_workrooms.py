"""What a killed import has unpacked does not stay."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kerege.web import workrooms

ROOT = Path(__file__).parents[2]
WORK = """
import sys, time
from pathlib import Path
from django.conf import settings
settings.configure(DATA=Path(sys.argv[1]))
from kerege.commands.moving import _ends_cleanly
from kerege.web.workrooms import room
_ends_cleanly()
with room("import-") as folder:
    (folder / "keys.jsonl").write_text("secret")
    print("in", flush=True)
    time.sleep(60)
"""


def folders(data: Path) -> list[str]:
    return [path.name.split("-")[0] for path in data.iterdir()]


@pytest.mark.parametrize(
    ("how", "left"), [(signal.SIGTERM, []), (signal.SIGKILL, ["import"])], ids=["told", "killed"]
)
def test_what_is_left_is_cleared_and_what_is_in_use_stays(tmp_path, settings, how, left):
    settings.DATA = tmp_path
    command = [sys.executable, "-c", WORK, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as at_work:
        assert at_work.stdout.readline() == "in\n"
        assert workrooms.clear() == [] and folders(tmp_path) == ["import"]
        os.kill(at_work.pid, how)
    assert folders(tmp_path) == left
    assert len(workrooms.clear()) == len(left) and folders(tmp_path) == []


def test_nothing_else_is_cleared(tmp_path, settings):
    settings.DATA = tmp_path
    (tmp_path / "import-notes").write_text("mine")
    (tmp_path / "heads").mkdir()
    (tmp_path / "mirror-x").symlink_to(tmp_path / "heads")
    assert workrooms.clear() == [] and len(list(tmp_path.iterdir())) == 3
