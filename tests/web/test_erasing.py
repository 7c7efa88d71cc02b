"""Erasing: of what was personal no byte is left in this installation, and every proof still holds.

Runs against installations of their own, made by the commands a person would type."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kerege.web import erasing
from tests.web.erased_house import DIGEST, GROUND, PAPER, RAISE, WHO, World
from tests.web.postgres import clean


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[World]:
    made = World({**clean(), "KEREGE_DATA": str(tmp_path_factory.mktemp("erasing") / "data")})
    yield made
    made.close()


def test_no_byte_is_left_and_the_register_holds(world):
    (n,) = world.raise_issues(WHO)
    assert world.holding(WHO.encode())
    said = world.run("erase", "on-archa", str(n), "--ground", GROUND)
    assert f"entry {n}: erased applicant" in said and "database wiped" in said
    assert WHO not in said and world.holding(WHO.encode()) == []
    again = world.run("erase", "on-archa", str(n), "--field", "applicant", "--ground", "…", code=2)
    assert "was erased before" in again


def test_every_person_of_a_register_can_be_erased(world):
    people = [f"{WHO}/{k:02}" for k in range(12)]
    for n, who in zip(world.raise_issues(*people), people, strict=True):
        world.run("erase", "on-archa", str(n), "--ground", GROUND)
        assert world.holding(who.encode()) == []
    assert world.holding(WHO.encode()) == []
    world.holds()


BY_THE_RECORDER = (
    RAISE[: RAISE.index("data = ")]
    + """
attempt = Attempt(
    id=str(uuid.uuid4()),
    act="ErasePersonal",
    fields={"entry": given["n"], "names": ["applicant"], "ground": "…"},
    actor=Actor("recorder"),
    held_on=day,
    speaker=Speaker(code, holding(told(town), code, day)[0]),
)
perform(town, attempt, datetime(2013, 3, 1, 6, tzinfo=UTC))
"""
)


def test_what_the_recorder_erases_is_wiped_by_the_server_at_once(world):
    (n,) = world.raise_issues(f"{WHO}-page")
    world.python("import uuid\n" + BY_THE_RECORDER, n=n)
    assert world.holding(WHO.encode()) == []


def test_one_person_is_erased_and_the_other_stays(world):
    one, other = world.raise_issues(f"{WHO}-a", f"{WHO}-b")
    world.run("erase", "on-archa", str(one), "--ground", GROUND)
    assert world.holding(f"{WHO}-a".encode()) == []
    assert world.holding(f"{WHO}-b".encode()) != []
    world.run("erase", "on-archa", str(other), "--ground", GROUND)


def test_a_paper_is_erased_for_all_that_name_it(world):
    first, second = world.raise_issues("", "", paper=True)
    middle = PAPER[4000:4100]
    assert world.holding(middle)
    said = world.run("erase", "on-archa", str(first), "--field", "evidence", "--ground", GROUND)
    assert "the paper stays" in said
    assert world.holding(middle)
    said = world.run("erase", "--document", DIGEST, "--ground", GROUND)
    assert f"entry {second}: erased evidence" in said and f"entry {first}:" not in said
    assert world.holding(middle, WHO.encode()) == []
    assert "no paper is kept" in world.run("erase", "--document", DIGEST, "--ground", "…", code=2)


def test_what_lay_in_free_pages_from_times_before_is_found(world):
    """A database that deleted without overwriting, as releases before this one did."""
    (n,) = world.raise_issues(f"{WHO}-old")
    world.python(
        "from django.db import connection\n"
        "c = connection.cursor()\n"
        "c.execute('PRAGMA secure_delete=OFF')\n"
        "c.execute('CREATE TABLE old AS SELECT * FROM web_private')\n"
        "c.execute('DROP TABLE old')\n"
        "c.execute('PRAGMA wal_checkpoint(TRUNCATE)')\n"
    )
    database = (world.data / "kerege.sqlite3").read_bytes()
    assert database.count(f"{WHO}-old".encode()) == 2
    world.run("erase", "on-archa", str(n), "--ground", GROUND)
    assert world.holding(WHO.encode()) == []


def test_what_was_interrupted_is_taken_up_again(world):
    """The entry is committed, and then the process ends before anything was wiped."""
    (n,) = world.raise_issues(f"{WHO}-cut")
    broken = (
        "import django; django.setup()\n"
        "import os, sys\n"
        "from kerege.web import erasing\n"
        "erasing.finish = lambda traces=None: os._exit(9)\n"
        "from kerege.__main__ import main\n"
        "main(sys.argv[1:])\n"
    )
    words = ["erase", "on-archa", str(n), "--ground", GROUND, "--data", str(world.data)]
    cut = subprocess.run([sys.executable, "-c", broken, *words], env=world.env)
    assert cut.returncode == 9
    assert list((world.data / "erasing").iterdir())
    assert "database wiped" in world.run("erase", "--finish")
    assert world.holding(WHO.encode()) == [] and not list((world.data / "erasing").iterdir())
    assert "database wiped" in world.run("erase", "--finish")


def test_whole_exports_on_this_machine_are_deleted_and_lost_ones_named(world):
    (n,) = world.raise_issues(f"{WHO}-out")
    here, gone = world.data.parent / "whole.age", world.data.parent / "carried-away.age"
    here.write_bytes(b"sealed")
    world.python(
        "from kerege.web.models import Departed, Register\n"
        "for path in given['paths']:\n"
        "    Departed.objects.create(register=Register.objects.get(slug='on-archa'), path=path)\n",
        paths=[str(here), str(gone)],
    )
    said = world.run("erase", "on-archa", str(n), "--ground", GROUND)
    assert f"deleted: {here}" in said and str(gone) in said and not here.exists()
    (n,) = world.raise_issues(f"{WHO}-out")
    assert str(gone) in world.run("erase", "on-archa", str(n), "--ground", GROUND)


def test_an_erased_paper_is_taken_out_of_the_public_exports_made_here(world):
    (n,) = world.raise_issues("", paper=True)
    folder, gone = world.data.parent / "public", world.data.parent / "gone"
    for one in (folder, gone):
        world.run("export", "on-archa", str(one))
        assert (one / "documents" / DIGEST).read_bytes() == PAPER
    shutil.rmtree(gone)
    other = folder / "documents" / "notes.txt"
    other.write_text("not ours")
    said = world.run("erase", "--document", DIGEST, "--ground", GROUND)
    assert f"deleted from a public export: {folder / 'documents' / DIGEST}" in said
    assert not (folder / "documents" / DIGEST).exists() and other.exists()
    assert "kerege site" in said and n >= 0


LEARN = """
from django.db import transaction
from kerege.web import erasing
from kerege.web.models import Document, Private, Register
town = Register.objects.get(slug="on-archa")
Private.objects.create(
    register=town, uid=given["uid"], field="applicant", salt=bytes(32), value=given["who"]
)
data = given["paper"].encode()
Document.objects.create(sha256=given["digest"], media="application/pdf", data=data)
with transaction.atomic():
    erasing.learn(town)
"""


def test_what_a_backup_brings_back_is_erased_as_the_register_says(world):
    """An old copy of the database is put back, and catches up with entries that erased."""
    (n,) = world.raise_issues(f"{WHO}-back", paper=True)
    world.run("erase", "on-archa", str(n), "--ground", GROUND)
    world.run("erase", "--document", DIGEST, "--ground", GROUND)
    find = f"Row.objects.get(register__slug='on-archa', n={n}).uid"
    uid = world.python(f"from kerege.web.models import Row; print({find})").strip()
    paper = PAPER.decode()
    world.python(LEARN, uid=uid, who=f"{WHO}-back", digest=DIGEST, paper=paper)
    assert world.holding(WHO.encode()) == []


GLANCE = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
print(database.execute("SELECT MAX(n) FROM web_row").fetchone()[0])
database.close()
"""


def test_what_is_acknowledged_after_an_erasure_outlives_whoever_else_comes_and_goes(world):
    """Of a process that closed the database's file itself, others would delete the log."""

    def glance() -> int:
        command = [sys.executable, "-c", GLANCE, str(world.data / "kerege.sqlite3")]
        return int(subprocess.check_output(command))

    (n,) = world.raise_issues(f"{WHO}-then")
    world.run("erase", "on-archa", str(n), "--ground", GROUND)
    assert glance() == n + 1
    (told,) = world.raise_issues("")
    assert told == n + 2 == glance()
    world.holds()


def test_a_search_that_fails_is_told_and_all_is_written_anew(world):
    (n,) = world.raise_issues(f"{WHO}-blind")
    world.python("from kerege.web import searching; searching.__file__ += 'x'")
    said = world.run("erase", "on-archa", str(n), "--ground", GROUND)
    world.python("from kerege.web import searching; searching.__file__ = searching.__file__[:-1]")
    assert "could not be searched" in said and "database wiped" in said
    assert world.holding(WHO.encode()) == [] and not list((world.data / "erasing").iterdir())


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("on-archa", "3"),
        ("on-archa", "--ground", "…"),
        ("nowhere", "3", "--ground", "…"),
        ("on-archa", "99999", "--ground", "…"),
        ("on-archa", "3", "--ground", "…"),
        ("on-archa", "3", "--field", "title", "--ground", "…"),
        ("on-archa", "3", "--field", "evidence", "--ground", "…"),
        ("on-archa", "3", "--document", DIGEST, "--ground", "…"),
        ("--document", "ab" * 32, "--ground", "…"),
        ("on-archa", "-1", "--ground", "…"),
    ],
)
def test_what_cannot_be_erased_is_said_and_nothing_written(world, words):
    size = world.python("from kerege.web.models import Row; print(Row.objects.count())")
    assert world.run("erase", *words, code=2)
    assert size == world.python("from kerege.web.models import Row; print(Row.objects.count())")


def test_of_an_entry_without_personal_data_it_is_said_that_it_has_none(world):
    said = world.run("erase", "on-archa", "3", "--ground", "…", code=2)
    assert "entry 3 of on-archa holds no personal data" in said
    said = world.run("erase", "on-archa", "99999", "--ground", "…", code=2)
    assert "there is no entry 99999 of on-archa; the last one is" in said
    (n,) = world.raise_issues(f"{WHO}-twice")
    world.run("erase", "on-archa", str(n), "--ground", GROUND)
    said = world.run("erase", "on-archa", str(n), "--ground", GROUND, code=2)
    assert f"erased before, as entry {n + 1} says" in said


CUT_OFF = """
from unittest.mock import patch
from kerege.web.registers import find
from kerege.web.rotating import by_operator
said = {"entry": given["n"], "names": ["applicant"], "ground": given["ground"]}
with patch("kerege.web.erasing._wipe"):
    by_operator(find("on-archa"), "ErasePersonal", said)
"""


def test_a_wiping_that_was_cut_off_is_finished_when_the_server_starts(world, tmp_path):
    (n,) = world.raise_issues(f"{WHO}-cut-off")
    file = tmp_path / "naryn.age"
    world.python("import os; os.environ['KEREGE_EXPORT_PASSPHRASE'] = 'long enough for a file'")
    world.run("export", "on-archa", str(file), "--all")
    # As if the power went between the commit and the wiping.
    world.python(CUT_OFF, n=n, ground=GROUND)
    assert file.exists() and list((world.data / "erasing").iterdir())
    said = world.python("from kerege.web import serving; print(list(serving._state()))")
    assert "wiping that was interrupted is finished" in said
    assert not file.exists() and not list((world.data / "erasing").iterdir())
    assert world.holding(WHO.encode()) == []


# -- what outlasts a power cut ------------------------------------------------------------------


def test_that_something_is_due_is_on_the_disk_before_the_erasure_is(
    tmp_path, settings, monkeypatch
):
    settings.DATA = tmp_path
    synced = []
    monkeypatch.setattr(
        os, "fsync", lambda descriptor: synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
    )
    erasing._due("on-archa")
    (mark,) = (tmp_path / "erasing").iterdir()
    assert mark.read_text() == "on-archa"
    assert synced == [str(mark), str(mark.parent), str(tmp_path)]


def test_the_ground_does_not_say_who_it_was(world):
    (n,) = world.raise_issues(f"{WHO}-thrice")
    for ground in (WHO, "Тынчтыкбектин арызы", "элебаевдин өтүнүчү"):
        said = world.run("erase", "on-archa", str(n), "--ground", ground, code=2)
        assert "repeats a word of what is to be erased" in said and WHO not in said
    world.run("erase", "on-archa", str(n), "--ground", GROUND)
