"""The gateway of the demonstration: nothing is sent, and its reader sees what would have been."""

import pytest
from django.test import Client

from kerege.web import gateways, notifying, outbox
from kerege.web.models import Account, Address


@pytest.fixture(autouse=True)
def house(demo, settings, tmp_path, monkeypatch):
    # After the demonstration, which is made once for all tests of a worker.
    settings.GATEWAYS = {"email": "outbox://{to}"}
    monkeypatch.setattr(outbox, "folder", lambda: tmp_path / "outbox")
    return tmp_path


@pytest.fixture
def follower(person) -> Client:
    return person("on-archa-resident")


def test_nothing_leaves_the_house(monkeypatch):
    monkeypatch.setattr(gateways, "find_spec", lambda name: None)
    assert gateways.installed() and not gateways.sends()
    assert gateways.send("email", "a@b.kg", "Код", "123456")


def test_a_follower_sees_the_code_and_what_would_be_sent(follower, house):
    there = "/en/following/?place=on-archa"
    assert "leaves this house" in follower.get(there).content.decode()
    follower.post(there, {"do": "add", "way": "email", "to": "aida@mail.kg"})
    one = Address.objects.get()
    (kept,) = outbox.last("email", "aida@mail.kg")
    code = "".join(mark for mark in kept["text"] if mark.isdigit())
    assert kept["text"] in follower.get(there).content.decode()
    follower.post(there, {"do": "confirm", "address": one.pk, "code": code})
    follower.post(there, {"do": "follow", "address": one.pk, "what": ""})
    one.follows.update(next=50)
    one.refresh_from_db()
    told = notifying.unsent(one, "http://here:8000")
    assert told is not None and told[0] in follower.get(there).content.decode()
    (file,) = (house / "outbox").iterdir()
    assert "aida" not in file.name and b"aida" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    follower.post(there, {"do": "remove", "address": one.pk})
    assert not file.exists()


def test_the_newest_come_first_and_the_old_go():
    for n in range(outbox.MOST + 2):
        outbox.keep("email", "a@b.kg", f"{n}", "…")
    assert [one["title"] for one in outbox.last("email", "a@b.kg")] == ["6", "5", "4", "3", "2"]
    assert outbox.last("email", "other@b.kg") == []


def test_another_reader_does_not_see_it(follower):
    outbox.keep("email", "a@b.kg", "Secret", "…")
    follower.post("/en/following/", {"do": "add", "way": "email", "to": "b@b.kg"})
    client = Client()
    client.force_login(Account.objects.get(username="naryn-resident"))
    for one in (client, follower):
        assert "Secret" not in one.get("/en/following/").content.decode()
