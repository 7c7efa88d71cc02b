"""What ``kerege keys list`` and ``kerege account`` say of what is missing or there already."""

import pytest

from kerege.commands import CANNOT_BE_ANSWERED, DOES_NOT_HOLD, HOLDS, running
from kerege.commands.keys import NEVER, STILL, _list
from kerege.register.note import Signer
from kerege.web import keys, root, serving
from kerege.web.models import Account
from tests.web.test_rotating import begin


@pytest.fixture
def town(db):
    return begin("nookat")


def line(capsys, of: str) -> str:
    assert _list(None) == DOES_NOT_HOLD
    return next(one for one in capsys.readouterr().out.splitlines() if one.startswith(of))


def test_without_a_recovery_key_nothing_is_ok(town, capsys):
    said = line(capsys, "nookat")
    assert "NO RECOVERY KEY" in said and "ok," not in said


def test_a_key_that_came_back_without_its_secret_names_the_way_on(town, capsys):
    keys.without_seed(Signer(town.origin, b"\7" * 32).verifier, 9)
    assert "keys rotate nookat --lost --sheet FILE" in line(capsys, "nookat")


@pytest.mark.parametrize(("size", "says"), [(0, NEVER), (3, STILL)])
def test_a_root_that_takes_in_nothing_is_said(town, capsys, monkeypatch, size, says):
    monkeypatch.setattr(root, "stands_still", lambda: True)
    monkeypatch.setattr(root, "head", lambda: (size, None))
    monkeypatch.setattr(root, "is_behind", lambda: False)
    assert _list(None) == DOES_NOT_HOLD
    assert f"root  {says}" in capsys.readouterr().out


def test_an_account_gets_another_password_only_when_it_is_said(db, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(serving, "prepare", lambda data: None)
    Account.objects.make("katchy", "the one before")
    said = ["name", "data", "again", "operator", "email", "lost"]
    values = ["katchy", tmp_path, False, False, "", False]
    asked = type("Said", (), dict(zip(said, values, strict=True)))()
    assert running.account(asked) == CANNOT_BE_ANSWERED and "--again" in capsys.readouterr().err
    assert Account.objects.get(username="katchy").check_password("the one before")
    asked.again = True
    assert running.account(asked) == HOLDS and "(changed)" in capsys.readouterr().out
