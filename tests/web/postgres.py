"""A PostgreSQL server of a test's own, and the environment of an installation that uses it."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def clean() -> dict[str, str]:
    """The environment without what a house is told by it."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith(("KEREGE_", "DJANGO_"))}
    return {**mine, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "kerege.web.settings"}


@contextmanager
def postgresql(env: dict[str, str]) -> Iterator[dict[str, str]]:
    """``env`` with an empty database in a server that goes away with its folder."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    home = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    if root:
        shutil.chown(home, "postgres")
    as_postgres = ["runuser", "-u", "postgres", "--"] if root else []

    def run(program: str, *words: str) -> None:
        command = [*as_postgres, f"{programs}/{program}", *words]
        subprocess.run(command, cwd=home, check=True, stdout=subprocess.DEVNULL)

    database = f"{home}/db"
    run("initdb", "-D", database, "-U", "kerege", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    port = str(free_port())
    start = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home}"
    run("pg_ctl", "-D", database, "-o", start, "-l", f"{home}/log", "-w", "start")
    try:
        run("createdb", "-h", "127.0.0.1", "-p", port, "-U", "kerege", "kerege")
        yield {**env, "KEREGE_POSTGRES": f"postgresql://kerege@127.0.0.1:{port}/kerege"}
    finally:
        run("pg_ctl", "-D", database, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
