"""Whole registers in a file: one with something of everything in it, and the same repacked."""

from datetime import date
from pathlib import Path

import pytest

from kerege.archive import moving
from kerege.web.gate import perform
from kerege.web.leaving import depart
from kerege.web.models import Account, Cosignature, Register, Withdrawn
from kerege.web.public import Public
from tests.web.moving_house import quick
from tests.web.test_gate import NOW, attempt

PASSPHRASE = "бир нече узун сөз"
PASSWORD = "ат-көпүрө-жети"
WHO = "Асан Үсөнов"


def full_register(monkeypatch) -> Register:
    """On-Archa of the demonstration, with a row in every table that goes along."""
    quick(monkeypatch)
    register = Register.objects.get(slug="on-archa")
    recorder = Account.objects.get(username="on-archa-recorder")
    recorder.set_password(PASSWORD)
    recorder.operator = True
    recorder.save()
    fields = {"title": "Арык", "text": "Арыкты тазалоо", "applicant": WHO}
    perform(register, attempt(fields=fields), NOW)
    Withdrawn.objects.create(
        register=register,
        uid="u",
        act="AppointHead",
        day=date(2013, 3, 1),
        answer="forbidden",
        norms="kg-2010/heads.not-appointed",
    )
    size = Public(register).size
    Cosignature.objects.create(
        origin=register.origin, size=size, witness="w.example", line="— w.example AAAAAAAA\n"
    )
    return register


def repacked(file, tmp_path, change):
    """The file again, whole in form, with something else in it."""
    whole = moving.unpack(file, PASSPHRASE, tmp_path / "in")
    tables = {name: [dict(one) for one in lines] for name, lines in whole.tables.items()}
    change(whole.public, tables)

    class Kept:
        def __init__(self, folder):
            self.folder = folder

        def paths(self):
            every = (path for path in self.folder.rglob("*") if path.is_file())
            return sorted(path.relative_to(self.folder).as_posix() for path in every)

        def read(self, path):
            return (self.folder / path).read_bytes()

    data = moving.pack(
        whole.slug, whole.origin, Kept(whole.public), Kept(whole.law), tables, PASSPHRASE
    )
    other = tmp_path / "forged.age"
    other.write_bytes(data)
    return other


@pytest.fixture
def town(demo, monkeypatch) -> Register:
    return full_register(monkeypatch)


@pytest.fixture
def file(town, tmp_path) -> Path:
    depart("on-archa", tmp_path / "whole.age", PASSPHRASE)
    return tmp_path / "whole.age"
