"""Attempts the law refused that were withdrawn: counted once, in public, and nobody named."""

import uuid
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from kerege.constitution import packs
from kerege.municipality.entry import Actor
from kerege.municipality.problem import Malformed
from kerege.municipality.rights import NotEntitled, Speaker
from kerege.web import registers, withdrawing
from kerege.web.models import Register, Withdrawn
from kerege.web.registers import told
from kerege.web.withdrawing import withdraw
from tests.web.acting import send
from tests.web.test_gate import NOW, attempt

APPOINT = {"act": "AppointHead", "actor": Actor("governor"), "fields": {"holder": "Ким Уулу"}}
NORMS = "kg-2010/heads.not-appointed kg-law-101-2011/heads.not-appointed"


@pytest.fixture
def town(demo) -> Register:
    return Register.objects.get(slug="on-archa")


def test_it_is_counted_once_and_says_nothing_of_anyone(town):
    size, meant = told(town).size, attempt(**APPOINT)
    for again in (meant, meant, replace(meant, insist="Буйрук келди")):
        assert withdraw(town, again, NOW) is None
    one = Withdrawn.objects.get()
    assert (one.uid, one.act, one.day, one.answer, one.norms) == (
        meant.id,
        "AppointHead",
        meant.held_on,
        "forbidden",
        NORMS,
    )
    assert told(town).size == size


def test_of_a_register_kept_elsewhere_nothing_is_counted(town):
    Register.objects.filter(pk=town.pk).update(mirror_of="https://elsewhere.example")
    with pytest.raises(Malformed):
        withdraw(town, attempt(**APPOINT), NOW)
    assert registers.withdrawn(town) == 0


def test_what_the_law_allows_is_not_counted(town):
    assert withdraw(town, attempt(), NOW) is not None
    assert registers.withdrawn(town) == 0


def test_who_may_not_act_cannot_count_either(town):
    with pytest.raises(NotEntitled):
        withdraw(town, attempt(**APPOINT, speaker=Speaker("nobody")), NOW)
    assert registers.withdrawn(town) == 0


def test_they_are_told_by_act_and_year_and_by_norm(town):
    for on in (NOW.date(), NOW.date(), NOW.date().replace(year=2012)):
        withdraw(town, attempt(**APPOINT, held_on=on), NOW)
    acts = withdrawing.by_act(town)
    assert list(acts.items()) == [((2013, "AppointHead"), 2), ((2012, "AppointHead"), 1)]
    assert withdrawing.by_norm(town)[NORMS.split()[0]] == 3
    assert withdrawing.norm(NORMS.split()[0])[0].anchor == "heads"
    assert [withdrawing.norm(f"kg-2010/subordination.{x}")[2] for x in ("session", "report")] == [
        True,
        False,
    ]
    assert withdrawing.norm("kg-1850/heads.x") is withdrawing.norm("kg-2010/no.such") is None


def test_what_is_counted_stays(town):
    withdraw(town, attempt(**APPOINT), NOW)
    for sql in ("DELETE FROM web_withdrawn", "UPDATE web_withdrawn SET act = 'Found'"):
        with (
            pytest.raises(DatabaseError, match="insert-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


# -- pages ----------------------------------------------------------------------------------


def test_after_a_refusal_the_attempt_can_be_withdrawn(demo, person, client):
    signed_in = person("on-archa-recorder")
    said = {"actor": "governor", "of": "Губернатор", "holder": "Ким Уулу", "paper": "№ 5"}
    said["id"] = str(uuid.uuid4())
    assert 'name="withdraw"' not in signed_in.get("/on-archa/acts/AppointHead/").content.decode()
    page = send(signed_in, "on-archa", "AppointHead", **said)
    assert page.status_code == 409 and 'name="withdraw"' in page.content.decode()
    for _ in range(2):
        page = send(signed_in, "on-archa", "AppointHead", withdraw="1", **said)
        assert (page.status_code, page.url) == (302, "/on-archa/withdrawn/?mine=1")
    assert "Аракетиңиз кайтарылып алынды" in client.get(page.url).content.decode()
    assert "Аракетиңиз" not in client.get("/on-archa/withdrawn/").content.decode()
    client.logout()
    text = client.get("/en/on-archa/withdrawn/").content.decode()
    assert "Appoint" in text and "2013" in text and "Ким" not in text and "Губернатор" not in text
    assert "1 attempts refused" in client.get("/en/on-archa/register/").content.decode()


def test_what_passes_is_not_withdrawn_but_asked_again(demo, person):
    said = {"actor": "community", "paper": "№ 1", "title": "Арык", "text": "…", "withdraw": "1"}
    size = told(Register.objects.get(slug="on-archa")).size
    page = send(person("on-archa-recorder"), "on-archa", "RaiseIssue", **said)
    assert page.status_code == 400 and not Withdrawn.objects.exists()
    assert told(Register.objects.get(slug="on-archa")).size == size


def test_a_register_without_any_says_nothing_of_them(demo, client):
    assert "withdrawn/" not in client.get("/on-archa/register/").content.decode()
    assert client.get("/kg/withdrawn/").status_code == 200


def test_a_norm_of_a_statute_too_is_told_by_its_article():
    known = packs.load()
    book = known.rulebook(known.pinned("kg-2010"))
    assert NORMS.split()[1] in book.norms
    for id_, one in book.norms.items():
        article, edition, silent = withdrawing.norm(id_)
        assert silent is one.silent
        assert (article.anchor, edition.id) == (one.article.anchor, one.edition.id), id_


def test_a_clerk_who_cannot_insist_can_withdraw_too(demo, person, monkeypatch):
    monkeypatch.setattr(Speaker, "insists", lambda *_: False)
    said = {"actor": "governor", "of": "Губернатор", "holder": "Ким Уулу", "paper": "№ 5"}
    page = send(person("on-archa-recorder"), "on-archa", "AppointHead", **said)
    text = page.content.decode()
    assert page.status_code == 409 and 'name="withdraw"' in text
    assert '<textarea name="insist"' not in text
