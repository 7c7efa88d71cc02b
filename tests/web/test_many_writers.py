"""Many processes writing at once, on SQLite and a real PostgreSQL: nothing lost, nothing twice,
nothing decided against a register that has gone on meanwhile."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg
import pytest

from tests.web.postgres import clean, postgresql

WRITER = str(Path(__file__).with_name("writer.py"))
PLACE = "on-archa"
# Long enough for a machine that has much else to do.
PATIENCE = 300
BUDGET = 1_060_000

LOOK = """
import django; django.setup()
import json
from django.db import connection
from kerege.register import merkle
from kerege.register.checkpoint import open_checkpoint
from kerege.register.note import Verifier
from kerege.web import keys, root
from kerege.web.models import *
registers = {}
for r in Register.objects.all():
    rows = list(Row.objects.filter(register=r).order_by("n"))
    heads = {c.size: c for c in Checkpoint.objects.filter(register=r)}
    key = Verifier.from_vkey(keys.vkeys(r.origin)[-1])
    signed = True
    tree = merkle.Frontier()
    for row in rows:
        assert bytes(row.leaf) == merkle.leaf_hash(bytes(row.data))
        tree.append(bytes(row.leaf))
        signed &= open_checkpoint(bytes(heads[row.n + 1].note), key).root == tree.root()
    registers[r.slug] = {
        "numbers": [row.n for row in rows],
        "ids": [row.uid for row in rows],
        "heads": sorted(heads),
        "signed": signed,
        "rooted": max(Rooted.objects.filter(register=r).values_list("size", flat=True), default=0),
    }
leaves = []
for one in Rooted.objects.order_by("n"):
    assert one.n == len(leaves)
    note = Checkpoint.objects.get(register=one.register, size=one.size).note
    assert bytes(one.leaf) == merkle.leaf_hash(bytes(note))
    leaves.append(bytes(one.leaf))
size, frontier = root.head()
assert (size, frontier.root()) == (len(leaves), merkle.root(leaves))
if size:
    note = bytes(RootHead.objects.get(size=size).note)
    head = open_checkpoint(note, keys.signer(root.origin()).verifier)
    assert (head.size, head.root) == (size, frontier.root())
print(json.dumps(registers))
"""

PREPARE = """
import json, sys, uuid
from tests.web.writer import *
r = Register.objects.get(slug=PLACE)
def write(act, actor, **fields):
    return perform(r, attempt(str(uuid.uuid4()), act, actor, **fields), NOW)
issues = [write("RaiseIssue", Actor("community"), title="Арык", text="Арык") for _ in range(6)]
session = write("HoldSession", Actor("kenesh"), kind="extraordinary", number="90", present=10,
    agenda="Шайлоо")
nomination = write("NominateHead", Actor("kenesh"), session=session, votes_for=9,
    candidate="Назгүл Эсеналиева")
print(json.dumps([*[f"annul:{n}" for n in issues], f"elect:{session}:{nomination}"]))
"""

TAMPER = """
import json
import django; django.setup()
from django.db import DatabaseError, connection, transaction
tables = ("row", "checkpoint", "rulebook", "node", "rooted", "roothead", "withdrawn")
sqlite = connection.vendor == "sqlite"
let = []
with connection.cursor() as cursor:
    cursor.execute(
        "INSERT INTO web_node (log, level, n, hash) VALUES (99, 1, 0, %s)", [bytes(32)])
    cursor.execute(
        "INSERT INTO web_withdrawn (register_id, uid, act, day, answer, norms) "
        "SELECT id, 'u', 'a', '2013-03-01', 'f', '' FROM web_register LIMIT 1")
for table in tables:
    cursor = connection.cursor()
    cursor.execute(f"SELECT * FROM web_{table} LIMIT 1")
    columns = [column[0] for column in cursor.description]
    assert cursor.fetchone(), table
    deeds = {
        "update": f"UPDATE web_{table} SET {columns[-1]} = {columns[-1]}",
        "delete": f"DELETE FROM web_{table}",
    }
    if sqlite:
        deeds["replace"] = f"REPLACE INTO web_{table} SELECT * FROM web_{table} LIMIT 1"
        others = ", ".join(column for column in columns if column != "id")
        deeds["another"] = f"REPLACE INTO web_{table} ({others}) SELECT {others} FROM web_{table}"
    else:
        deeds["truncate"] = f"TRUNCATE web_{table} CASCADE"
    for name, sql in deeds.items():
        try:
            with transaction.atomic():
                cursor.execute(sql)
        except DatabaseError as error:
            if "insert-only" in str(error):
                continue
            let.append([table, name, str(error)])
        else:
            let.append([table, name])
print(json.dumps(let))
"""

TERMINATE = (
    "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = 'kerege' AND pid <> pg_backend_pid()"
)


class World:
    """An installation with the demonstration in it."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.postgres = "KEREGE_POSTGRES" in env
        words = ["-m", "kerege", "demo", "--no-serve", "--data", env["KEREGE_DATA"]]
        subprocess.run([sys.executable, *words], env=env, check=True, timeout=PATIENCE)

    def ask(self, code: str) -> Any:
        command = [sys.executable, "-c", code]
        return json.loads(subprocess.check_output(command, env=self.env, timeout=PATIENCE))

    def look(self) -> dict[str, dict[str, Any]]:
        """All registers; that they are whole is asserted on the way."""
        told = self.ask(LOOK)
        for slug, one in told.items():
            assert one["numbers"] == list(range(len(one["numbers"]))), slug
            assert one["heads"] == [n + 1 for n in one["numbers"]], slug
            assert len({*one["ids"]}) == len(one["ids"]) and one["signed"], slug
        return told

    def rooted(self) -> dict[str, dict[str, Any]]:
        """The same, once the root has the newest head of every register."""
        until = time.monotonic() + PATIENCE
        while True:
            told = self.look()
            if all(one["rooted"] == len(one["numbers"]) for one in told.values()):
                return told
            assert time.monotonic() < until, "the root is behind"

    @contextmanager
    def kept(self) -> Iterator[None]:
        """While what a server does between acts is done."""
        over = Event()
        keeper = Thread(target=self._keep, args=[over])
        keeper.start()
        try:
            yield
        finally:
            over.set()
            keeper.join()

    def _keep(self, over: Event) -> None:
        """As ``kerege serve`` does: who is cut off before it has begun is started again."""
        command = [sys.executable, "-m", "kerege", "keep", "--data", self.env["KEREGE_DATA"]]
        while not over.is_set():
            keeper = subprocess.Popen(command, env=self.env)
            while keeper.poll() is None and not over.wait(0.2):
                pass
            keeper.kill()
            keeper.wait()

    def writers(self, *words: str, many: int) -> list[subprocess.Popen[str]]:
        """Writers that have all begun at the same moment."""
        pipe = subprocess.PIPE
        command = [sys.executable, WRITER, *words]
        made = [
            subprocess.Popen(command, env=self.env, stdin=pipe, stdout=pipe, text=True)
            for _ in range(many)
        ]
        for one in made:
            assert one.stdout is not None and one.stdout.readline() == "ready\n"
        for one in made:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        return made


def said(writer: subprocess.Popen[str], code: int = 0) -> list[list[Any]]:
    """What a writer wrote, or was denied."""
    assert writer.stdout is not None
    out = writer.stdout.read()
    assert writer.wait(PATIENCE) == code
    # The last line of one that was killed may be half a line.
    lines = out.splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request, tmp_path_factory) -> Iterator[World]:
    env = {**clean(), "KEREGE_DATA": str(tmp_path_factory.mktemp("writers") / "data")}
    with ExitStack() as stack:
        if request.param == "postgresql":
            env = stack.enter_context(postgresql(env))
        yield World(env)


def all_written(world: World, writers: int, each: int) -> None:
    before = world.look()[PLACE]["ids"]
    with world.kept():
        wrote = [one for w in world.writers("issues", str(each), many=writers) for one in said(w)]
        after = world.rooted()[PLACE]["ids"]
    assert len(wrote) == writers * each and len(after) == len(before) + len(wrote)
    assert after[: len(before)] == before
    # Who was told a number finds the act under it.
    assert all(after[n] == id_ for id_, n in wrote)


def one_wins(world: World, writers: int) -> None:
    """Everybody tries the same acts at once, each of which can be done once, or twice."""
    onces, spend = world.ask(PREPARE), f"spend:{BUDGET // 2}"
    before = len(world.look()[PLACE]["ids"])
    with world.kept():
        tries = [*onces, spend]
        answers = [one for w in world.writers("once", *tries, many=writers) for one in said(w)]
        after = world.rooted()[PLACE]["ids"]
    for what in onces:
        of_it = [one for one in answers if one[0] == what]
        assert len(of_it) == writers and sum(one[2] is not None for one in of_it) == 1, of_it
        why = {one[3] for one in of_it if one[2] is None}
        assert all("already" in one or "no_such_thing" in one for one in why), why
    paid = [one for one in answers if one[0] == spend and one[2] is not None]
    # The money of the year is spent by whoever came first, here or in a test before.
    assert len(paid) in (2, 0) and len(after) == before + len(onces) + len(paid)


def test_many_writers_lose_nothing(world):
    all_written(world, 3, 8)


def test_of_an_act_that_can_be_done_once_one_is_written(world):
    one_wins(world, 3)


def test_who_is_killed_or_cut_off_leaves_all_whole(world):
    before = world.look()[PLACE]["ids"]
    with world.kept():
        writers = world.writers("issues", "30", many=3)
        first = [json.loads(writers[0].stdout.readline())]
        # At once: while the others begin, it would write all of its acts.
        os.kill(writers[0].pid, signal.SIGKILL)
        first += [json.loads(one.stdout.readline()) for one in writers[1:]]
        if world.postgres:
            # Of the writers that are left, and of who keeps the root.
            with psycopg.connect(world.env["KEREGE_POSTGRES"]) as server:
                (cut_off,) = server.execute(TERMINATE).fetchone()
            assert cut_off >= 2
        wrote = [*first, *said(writers[0], -signal.SIGKILL)]
        wrote += [one for writer in writers[1:] for one in said(writer)]
        after = world.rooted()[PLACE]["ids"]
    assert after[: len(before)] == before and all(after[n] == id_ for id_, n in wrote)
    # Of each there is what was told, and of the killed one at most one act more.
    assert 0 <= len(after) - len(before) - len(wrote) <= 1


def test_what_is_signed_cannot_be_changed_by_any_way_round(world):
    with world.kept():
        world.rooted()
    assert world.ask(TAMPER) == []


@pytest.mark.prove
def test_eight_writers_lose_nothing(world):
    all_written(world, 8, 50)


@pytest.mark.prove
def test_of_eight_who_try_at_once_one_wins(world):
    one_wins(world, 8)
