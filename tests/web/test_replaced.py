"""A database file that is replaced under a running server takes no act."""

import os
import subprocess
import sys
from pathlib import Path

from kerege.web import replaced

ROOT = Path(__file__).parents[2]
HOUSE = """
import os, shutil, sys
from pathlib import Path
from kerege.web import serving
data = Path(sys.argv[1])
serving.prepare(data)
from kerege.web import readiness
from kerege.web.models import Register
from kerege.web.replaced import Replaced
from kerege.web.rotating import rotate
kg = Register.objects.get(slug="kg")
rotate(kg)
file = data / "kerege.sqlite3"
print(oct(file.stat().st_mode & 0o777), [one.key for one in readiness.look()])
shutil.copy(file, data / "beside")
os.replace(data / "beside", file)
try:
    rotate(kg)
except Replaced as error:
    print("refused", "under the running server" in str(error))
shutil.copy(file, data / "beside")
print(Register.objects.count())
os.replace(data / "beside", file)
print([one.key for one in readiness.look()])
print("ready.replaced" in [one.key for one in readiness.look()])
"""


def test_an_act_is_refused_and_it_is_told(tmp_path):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", HOUSE, str(tmp_path / "data")],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    mode, refused, _, told, again = done.stdout.splitlines()
    assert mode == "0o600 []" and refused == "refused True"
    assert "ready.replaced" in told and again == "False"


def test_where_there_is_no_file_nothing_is_held_against_it(db):
    assert not replaced.is_other()
    replaced.hold()
