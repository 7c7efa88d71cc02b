"""What SQLite, with its one writer, gives by itself, and PostgreSQL has to be asked for."""

import json
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from tests.web.postgres import clean, postgresql

pytestmark = pytest.mark.prove

PATIENCE = 120
FOUND = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from kerege.web.founding import make_register
make_register("proba")
"""
ASKED = """
import django; django.setup()
import json
from django.db import connection
said = []
for name in ("synchronous_commit", "transaction_isolation"):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        said += cursor.fetchone()
print(json.dumps(said))
"""
# Two transactions at once: the first goes on when it is told to.
HELD = """
import django; django.setup()
import sys
from datetime import UTC, date, datetime
from django.db import transaction
from kerege.municipality.entry import Actor, Entry, Evidence
from kerege.register.canonical import canonical
from kerege.web import documents
from kerege.web.appending import append, lock
from kerege.web.models import Register
town = Register.objects.get(slug="proba")
with transaction.atomic():
    if sys.argv[1] == "lock":
        lock(town)
    else:
        documents.keep((documents.Paper(sys.argv[1], "text/plain", b"paper"),))
    print("held", flush=True)
    sys.stdin.readline()
    if sys.argv[1] != "lock":
        day, act = date(2013, 3, 1), "RaiseIssue"
        entry = Entry(
            id="u", act=act, fields={"title": "Жол", "text": "Жол"}, actor=Actor("community"),
            by=[], recorder="operator", evidence=Evidence("1", day, sys.argv[1]), held_on=day,
            recorded_at=datetime(2013, 3, 1, 6, tzinfo=UTC), standing="exempt",
        )
        data = canonical(entry.json())
        append(town, 0, data, uid="u", act=act, held_on=day, standing="exempt")
"""
ERASE = """
import django; django.setup()
import sys
from types import SimpleNamespace
from kerege.web import erasing
from kerege.web.models import Document
# The entry stands alone in its register, and cannot be folded.
erasing.told = lambda register: SimpleNamespace(erased={})
print("ready", flush=True)
print(erasing.erase_unnamed(sys.argv[1]), Document.objects.count(), flush=True)
"""


@pytest.fixture(scope="module")
def env(tmp_path_factory) -> Iterator[dict[str, str]]:
    data = tmp_path_factory.mktemp("on-postgresql")
    with postgresql({**clean(), "KEREGE_DATA": str(data)}) as made:
        run(made, FOUND)
        yield made


def run(env: dict[str, str], code: str, *words: str) -> str:
    command = [sys.executable, "-c", code, *words]
    return subprocess.check_output(command, env=env, text=True, timeout=PATIENCE)


def begun(env: dict[str, str], code: str, *words: str) -> subprocess.Popen[str]:
    pipe, command = subprocess.PIPE, [sys.executable, "-c", code, *words]
    one = subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, text=True)
    assert one.stdout is not None and one.stdout.readline()
    return one


def test_what_is_acknowledged_lies_on_the_disk_whatever_the_role_is_told(env):
    with psycopg.connect(env["KEREGE_POSTGRES"]) as server:
        server.execute("ALTER ROLE kerege SET synchronous_commit = off")
        server.execute("ALTER ROLE kerege SET default_transaction_isolation = 'serializable'")
    with psycopg.connect(env["KEREGE_POSTGRES"]) as server:
        assert server.execute("SHOW synchronous_commit").fetchone() == ("off",)
    assert json.loads(run(env, ASKED)) == ["on", "read committed"]


def test_a_writer_does_not_hold_up_the_root(env):
    writer = begun(env, HELD, "lock")
    try:
        with psycopg.connect(env["KEREGE_POSTGRES"]) as server:
            server.execute("SET lock_timeout = '2s'")
            # As a row that points at the register asks for it.
            server.execute("SELECT id FROM web_register WHERE slug = 'proba' FOR KEY SHARE")
            # Another writer waits all the same.
            with pytest.raises(psycopg.errors.LockNotAvailable):
                server.execute(
                    "SELECT id FROM web_register WHERE slug = 'proba' FOR NO KEY UPDATE NOWAIT"
                )
    finally:
        writer.communicate("go\n", timeout=PATIENCE)
    assert writer.returncode == 0


def test_a_paper_that_is_about_to_be_named_is_not_erased(env):
    """It is there already, named by nobody; one act names it while another erases it."""
    digest = "ab" * 32
    with psycopg.connect(env["KEREGE_POSTGRES"]) as server:
        server.execute("INSERT INTO web_document VALUES (%s, 'text/plain', 'paper')", [digest])
    writer = begun(env, HELD, digest)
    eraser = begun(env, ERASE, digest)
    with psycopg.connect(env["KEREGE_POSTGRES"], autocommit=True) as server:
        for _ in range(1000):
            waits = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            if server.execute(waits).fetchone() == (1,) or eraser.poll() is not None:
                break
            server.execute("SELECT pg_sleep(0.02)")
    writer.communicate("go\n", timeout=PATIENCE)
    said, _ = eraser.communicate(timeout=PATIENCE)
    assert (writer.returncode, eraser.returncode) == (0, 0)
    assert said.split() == ["False", "1"]
