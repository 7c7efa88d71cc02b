"""Where no house lies none is begun by looking, and one that is set up otherwise is told so."""

import os
import subprocess
import sys

import pytest

from kerege.__main__ import main
from kerege.commands import CANNOT_BE_ANSWERED
from kerege.web.models import Account, Register
from tests.web.postgres import clean


@pytest.mark.parametrize(
    "words",
    [
        ["places"],
        ["keys", "list"],
        ["catch-up", "naryn", "--lost", "x"],
        ["erase", "--finish"],
        ["duties", "naryn"],
        ["reindex"],
        ["notify"],
        ["recorder", "naryn", "aisha"],
    ],
)
def test_looking_for_a_house_begins_none(words, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("KEREGE_POSTGRES", raising=False)
    folder = tmp_path / "nowhere"
    assert main([*words, "--data", str(folder)]) == CANNOT_BE_ANSWERED
    said = capsys.readouterr().err
    assert f"no house lies in {folder}" in said and "kerege account" in said
    assert not folder.exists()


@pytest.mark.parametrize("given", ["/run/k", "localhost:5432/k", "postgresql://localhost", "x"])
def test_an_address_that_is_none_of_postgresql_begins_no_house_in_sqlite(given, tmp_path):
    env = {**clean(), "KEREGE_POSTGRES": given}
    command = [sys.executable, "-m", "kerege", "account", "aisha", "--data", str(tmp_path / "d")]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == CANNOT_BE_ANSWERED and "Traceback" not in done.stderr
    assert "postgresql://user:password@host:port/name" in done.stderr
    assert not (tmp_path / "d" / "kerege.sqlite3").exists()


def test_a_database_that_does_not_answer_is_told_in_a_line(tmp_path):
    env = {**clean(), "KEREGE_POSTGRES": "postgresql://kerege@127.0.0.1:9/kerege"}
    command = [sys.executable, "-m", "kerege", "keys", "list", "--data", str(tmp_path / "d")]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == CANNOT_BE_ANSWERED and len(done.stderr.splitlines()) == 1
    assert "the database does not answer" in done.stderr


@pytest.fixture
def prepared(demo, monkeypatch):
    monkeypatch.setattr("kerege.web.serving.prepare", lambda *said, **more: None)


def test_under_another_name_no_real_place_is_founded(prepared, settings, capsys):
    began = Register.objects.get(slug="kg").origin.partition("/")[0]
    settings.NAME = "kerege.naryn.example"
    before = Register.objects.count()
    words = ["found", "41704400000010", "--name-ky", "Нарын шаары"]
    assert main([*words, "--data", os.devnull]) == CANNOT_BE_ANSWERED
    assert f"KEREGE_NAME={began}" in capsys.readouterr().err
    assert Register.objects.count() == before


def test_a_new_password_is_for_an_account_that_is_there(prepared, capsys):
    assert main(["account", "jok", "--again", "--data", os.devnull]) == CANNOT_BE_ANSWERED
    assert "there is no account jok" in capsys.readouterr().err
    assert not Account.objects.filter(username="jok").exists()
    words = ["recorder", "naryn", "jok", "--data", os.devnull]
    assert main(words) == CANNOT_BE_ANSWERED
    assert "kerege account jok makes it" in capsys.readouterr().err
