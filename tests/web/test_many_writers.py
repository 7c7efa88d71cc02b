"""Many processes writing at once, on SQLite and a real PostgreSQL: nothing lost, nothing twice."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITERS, EACH = 4, 8
COUNT = """
import django; django.setup()
import json
from kerege.web.models import Checkpoint, Register, Row
from kerege.register import merkle
r = Register.objects.get(slug="naryn")
rows = list(Row.objects.filter(register=r).order_by("n").values_list("n", "leaf"))
heads = Checkpoint.objects.filter(register=r).order_by("size")
last = heads.last()
print(json.dumps({
    "numbers": [n for n, _ in rows],
    "heads": list(heads.values_list("size", flat=True)),
    "root": merkle.root([bytes(leaf) for _, leaf in rows]).hex(),
    "signed": merkle.Frontier.from_hex(last.frontier).root().hex(),
}))
"""


def clean() -> dict[str, str]:
    mine = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    return {**mine, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "kerege.web.settings"}


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request, tmp_path) -> Iterator[dict[str, str]]:
    """The environment of an installation with the demonstration in it."""
    env = {**clean(), "KEREGE_DATA": str(tmp_path / "data")}
    if request.param == "postgresql":
        yield from postgresql(env)
    else:
        yield env


def postgresql(env: dict[str, str]) -> Iterator[dict[str, str]]:
    """A PostgreSQL server of its own, on a socket in a directory that goes away."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    home = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    root = os.geteuid() == 0
    if root:
        shutil.chown(home, "postgres")
    as_postgres = ["runuser", "-u", "postgres", "--"] if root else []

    def run(*words: str) -> None:
        subprocess.run([*as_postgres, *words], cwd=home, check=True, stdout=subprocess.DEVNULL)

    run(
        f"{programs}/initdb",
        "-D",
        f"{home}/db",
        "-U",
        "kerege",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    )
    port = str(20000 + os.getpid() % 20000)
    start = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home}"
    run(f"{programs}/pg_ctl", "-D", f"{home}/db", "-o", start, "-l", f"{home}/log", "-w", "start")
    try:
        run(f"{programs}/createdb", "-h", "127.0.0.1", "-p", port, "-U", "kerege", "kerege")
        yield {**env, "KEREGE_POSTGRES": f"postgresql://kerege@127.0.0.1:{port}/kerege"}
    finally:
        run(f"{programs}/pg_ctl", "-D", f"{home}/db", "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def counted(world: dict[str, str]) -> dict:
    out = subprocess.check_output([sys.executable, "-c", COUNT], env=world, text=True)
    return json.loads(out)


def test_many_writers_lose_nothing(world, tmp_path):
    subprocess.run(
        [sys.executable, "-m", "kerege", "demo", "--no-serve", "--data", world["KEREGE_DATA"]],
        env=world,
        check=True,
        timeout=120,
    )
    before = len(counted(world)["numbers"])
    writers = [
        subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "writer.py"), str(EACH)],
            env=world,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(WRITERS)
    ]
    for writer in writers:
        _, said = writer.communicate(timeout=120)
        assert writer.returncode == 0, said
    after = counted(world)
    assert after["numbers"] == list(range(before + WRITERS * EACH))
    assert after["heads"] == [n + 1 for n in after["numbers"]]
    assert after["root"] == after["signed"]
