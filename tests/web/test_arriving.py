"""Files made to take over somebody's account, or to break what reads them: refused by name."""

import pytest
from django.contrib.auth.hashers import make_password

from kerege.web.arriving import take_whole
from kerege.web.importing import NotTaken
from kerege.web.leaving import depart
from kerege.web.models import Account, Register, Row
from tests.web.moved_file import PASSPHRASE, repacked
from tests.web.moving_house import elsewhere, quick


@pytest.fixture
def town(demo, monkeypatch) -> Register:
    quick(monkeypatch)
    return Register.objects.get(slug="on-archa")


@pytest.fixture
def file(town, tmp_path):
    depart("on-archa", tmp_path / "whole.age", PASSPHRASE)
    # Another house knows nothing of it.
    town.departed.all().delete()
    return tmp_path / "whole.age"


def refused(file, code: str) -> None:
    before = Register.objects.count(), Row.objects.count(), list(Account.objects.values())
    with pytest.raises(NotTaken) as why:
        take_whole(file, PASSPHRASE)
    assert why.value.code == code, why.value
    after = Register.objects.count(), Row.objects.count(), list(Account.objects.values())
    assert after == before


def test_an_account_that_no_entry_links_is_refused(town, file, monkeypatch, tmp_path):
    def more(public, tables):
        tables["accounts"].append({**tables["accounts"][0], "code": "f" * 16, "username": "new"})

    forged = repacked(file, tmp_path, more)
    elsewhere(town, monkeypatch, tmp_path / "house")
    refused(forged, "other_register")


def test_whoever_has_a_code_here_does_not_act_for_those_who_come(town, file, monkeypatch, tmp_path):
    mine = Account.objects.get(username="on-archa-recorder")
    elsewhere(town, monkeypatch, tmp_path / "house")
    # Brought before by another register, which links the same code.
    squatter = Account.objects.create(
        username="squatter", code=mine.code, password=make_password("theirs", "a", "md5")
    )
    refused(file, "here_already")
    squatter.password = mine.password
    squatter.save()
    assert any("as squatter" in remark for remark in take_whole(file, PASSPHRASE).remarks)
    assert Account.objects.filter(code=mine.code).count() == 1


def test_who_comes_back_finds_the_account_that_stayed(town, tmp_path):
    depart("on-archa", tmp_path / "whole.age", PASSPHRASE, leave="")
    mine = Account.objects.get(username="on-archa-recorder")
    mine.set_password("ат-көпүрө-сегиз")
    mine.save()
    take_whole(tmp_path / "whole.age", PASSPHRASE)
    assert Account.objects.get(code=mine.code).password == mine.password


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("checkpoints", "note", None),
        ("checkpoints", "note", 7),
        ("checkpoints", "note", "no note"),
        ("keys", "since", 10**30),
        ("keys", "since", float("inf")),
        ("keys", "origin", "two\nlines"),
        ("keys", "seed", "00"),
        ("accounts", "password", None),
        ("accounts", "password", "plain"),
        ("accounts", "username", None),
        ("accounts", "username", "x" * 1000),
        ("accounts", "code", []),
    ],
)
def test_what_is_of_another_kind_is_named(town, file, monkeypatch, tmp_path, table, field, value):
    def change(public, tables):
        tables[table][0][field] = value

    forged = repacked(file, tmp_path, change)
    elsewhere(town, monkeypatch, tmp_path / "house")
    with pytest.raises(NotTaken):
        take_whole(forged, PASSPHRASE)
