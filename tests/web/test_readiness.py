"""A house that cannot sign says so: on the console, at /healthz, on the page about trust."""

import shutil

import pytest
from django.db import OperationalError
from django.test import Client

from kerege.register.note import Signer
from kerege.web import erasing, heads, keys, readiness, serving
from kerege.web.rotating import declare_recovery
from tests.web.restored import declare
from tests.web.test_rotating import begin

DONE = erasing.Wiped()


@pytest.fixture
def house(demo, tmp_path, settings, monkeypatch):
    """A house whose keys are all its own, sealed under a master key that is about to change."""
    keys.master()
    shutil.copy(keys.path(), tmp_path)
    settings.DATA, settings.MIRRORS = tmp_path, []
    monkeypatch.setattr(readiness, "A_WHILE", 0.0)
    monkeypatch.setattr(readiness, "_kept", (0.0, []))
    monkeypatch.setenv("LC_ALL", "ky_KG.UTF-8")
    keys._opened.cache_clear()
    town = begin("nookat")
    declare_recovery(town)
    yield town
    keys._opened.cache_clear()
    keys._read.cache_clear()


def healthz() -> tuple[int, list[str]]:
    answer = Client().get("/healthz")
    first, *more = answer.content.decode().splitlines()
    return answer.status_code, [first.split()[0], *more]


def shown(language: str) -> str:
    path = "" if language == "ky" else f"/{language}"
    return Client().get(f"{path}/trust/").content.decode()


def test_when_all_is_well_nothing_is_said(house):
    assert readiness.look() == [] and list(serving._state()) == []
    assert healthz() == (200, ["ok"])
    assert readiness.page_words()["ready.title"].ky not in shown("ky")


@pytest.mark.parametrize(
    ("given", "code", "says"),
    [
        ("башка сөз, туура эмес", "passphrase_wrong", "Купуя сөз туура эмес"),
        ("", "passphrase_missing", "сөз берилген жок"),
    ],
)
def test_a_wrong_passphrase_is_told_as_wrong(house, monkeypatch, given, code, says):
    keys.wrap("беш киши бир дарыя")
    monkeypatch.setenv("KEREGE_PASSPHRASE", given)
    keys._opened.cache_clear()
    (line,) = serving._state()
    assert says in line
    assert healthz() == (503, ["refusing", code])
    with pytest.raises(keys.WrongPassphrase, match="wrong" if given else "none was given"):
        keys.master()
    monkeypatch.setenv("KEREGE_PASSPHRASE", "беш киши бир дарыя")
    assert healthz() == (200, ["ok"])


def test_a_master_key_that_is_gone_is_told_once(house):
    keys.path().unlink()
    keys._opened.cache_clear()
    assert healthz() == (503, ["refusing", "master_gone"])
    keys.path().write_text("no key")
    (line,) = serving._state()
    assert "master.key ачылбайт" in line and line.endswith("(master.key is not a master key)")


def test_a_seed_that_does_not_open_is_told_of_its_register(house):
    keys.without_seed(Signer(house.origin, b"\7" * 32).verifier, 9)
    assert healthz() == (503, ["refusing", "locked nookat"])


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_house_that_is_behind_says_so_where_it_can_be_read(demo, restored, monkeypatch, language):
    monkeypatch.setattr(readiness, "_kept", (0.0, []))
    monkeypatch.setattr(readiness, "A_WHILE", 0.0)
    old = restored(declare)
    status, (first, *more) = healthz()
    assert (status, first) == (503, "refusing") and more == ["behind nookat", "behind root"]
    page = shown(language)
    words = readiness.page_words()
    assert words["ready.title"].say(language) in page
    assert words["ready.behind"].say(language, of="nookat") in page
    file = heads.path(old.town.origin)
    file.write_bytes(b"?" * file.stat().st_size)
    assert "damaged nookat" in healthz()[1] and str(file) not in shown(language)
    assert any(str(file) in line for line in serving._state())


def test_a_wiping_that_was_cut_off_is_finished_at_the_next_start(house, monkeypatch):
    erasing._due(house.slug)
    assert healthz() == (200, ["ok", "wiping"])
    # A test is one transaction, in which nothing is written anew.
    monkeypatch.setattr(erasing, "finish", lambda: erasing.Wiped(database=False))
    (line,) = serving._state()
    assert "--finish" in line
    monkeypatch.setattr(erasing, "finish", lambda: shutil.rmtree(erasing._folder()) or DONE)
    assert list(serving._state()) == [readiness.page_words()["ready.wiped"].ky]
    assert healthz() == (200, ["ok"])


def test_a_database_that_cannot_be_read_is_told_and_not_thrown(house, monkeypatch, caplog):
    def fail() -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr("kerege.web.pages.health.country", fail)
    assert healthz() == (503, ["refusing", "database"])
    assert "disk I/O error" in caplog.text


def test_an_answer_is_kept_for_a_while(house, monkeypatch):
    monkeypatch.setattr(readiness, "A_WHILE", 60.0)
    assert readiness.of_late() == []
    erasing._due(house.slug)
    assert readiness.of_late() == [] and readiness.look()


def test_a_root_that_stands_still_is_told_and_stops_nothing(house, monkeypatch):
    late = {(house.pk, 1)}
    monkeypatch.setattr(readiness.root, "late", lambda: late)
    monkeypatch.setattr(readiness, "_late", {})
    assert healthz() == (200, ["ok"])
    monkeypatch.setattr(readiness, "LATE", -1.0)
    assert healthz() == (200, ["ok", "root_behind"])
    late.clear()
    assert healthz() == (200, ["ok"])
