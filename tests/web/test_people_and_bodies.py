"""A person in office, a body, and the notice for the board."""

from datetime import timedelta

import pytest

from kerege.municipality.governing import head, in_office
from kerege.municipality.record import Ending
from kerege.web.pages import body
from kerege.web.pictures.squares import squares
from kerege.web.places import place
from kerege.web.powers import powers

pytestmark = pytest.mark.usefixtures("demo")


def test_a_person_shows_mandate_and_what_the_post_owes(client):
    here = place("on-archa")
    boss = head(here.m, here.today)
    text = client.get(f"/on-archa/people/{boss.id}/").content.decode()
    assert boss.holder in text
    assert f"/on-archa/register/{boss.entry}/" in text
    assert "Эмнеге милдеттүү" in text


def test_nobody_is_late_with_what_fell_due_before_their_mandate(client):
    own, _, left = (
        client.get("/en/on-archa/people/38.0/")
        .content.decode()
        .partition("Due before this mandate")
    )
    assert "February 1, 2010" in left and "February 1, 2010" not in own
    assert "February 1, 2013" in own


def test_a_mandate_that_is_over_owes_nothing(client):
    here = place("on-archa")
    over = next(m for m in here.m.mandates.values() if not m.holds(here.today))
    text = client.get(f"/on-archa/people/{over.id}/").content.decode()
    assert "мандаты бүткөн" in text and "Эмнеге милдеттүү" not in text


@pytest.mark.parametrize("page", ["people/9999.0/", "people/x/", "bodies/court/"])
def test_nobody_there(client, page):
    assert client.get(f"/on-archa/{page}").status_code == 404


def test_a_body_shows_its_people_and_powers_with_articles(client):
    here = place("on-archa")
    text = client.get("/on-archa/bodies/kenesh/").content.decode()
    for one in in_office(here.m, "deputy", here.today):
        assert f"/on-archa/people/{one.id}/" in text and one.holder in text
    assert "/law/kg-2010/#" in text


def test_a_body_shows_everyone_who_led_it_in_a_picture_and_in_words(client):
    here = place("naryn")
    text = client.get("/naryn/bodies/executive/").content.decode()
    led = here.m.in_post("head")
    assert len(led) == 2
    for one in led:
        # In the picture and in the list beside it, and whoever is in office among the members.
        times = 3 if one.holds(here.today) else 2
        assert text.count(f'href="/naryn/people/{one.id}/"') == times
        assert one.holder in text
    assert text.count('class="pic-own"') == 2


def test_the_executive_may_not_adopt_the_budget():
    here = place("on-archa")
    book, kind = here.book(here.today), here.m.identity.kind
    assert "AdoptBudget" in {one.act for one in powers(book, kind, "kenesh")}
    assert "AdoptBudget" not in {one.act for one in powers(book, kind, "executive")}


def test_the_code_on_the_notice_leads_to_the_short_address(client):
    text = client.get("/ru/on-archa/notice/", headers={"host": "kerege.test"}).content.decode()
    short = "http://kerege.test/on-archa/"
    assert squares(short.encode(), short) in text
    assert "kerege.test/on-archa/" in text.replace("<wbr>", "")


def test_a_person_is_told_as_of_a_day(client):
    here = place("naryn")
    over = next(m for m in here.m.in_post("head") if m.until is not None)
    before, until = over.until - timedelta(1), over.until
    assert "мандаты бүткөн" in client.get(f"/naryn/people/{over.id}/?on={until}").content.decode()
    text = client.get(f"/naryn/people/{over.id}/?on={before}").content.decode()
    assert "мандаты бүткөн" not in text and "Эмнеге милдеттүү" in text
    assert "not-a-day" in client.get(f"/naryn/people/{over.id}/?on=not-a-day").content.decode()


def test_members_stand_in_the_order_of_the_alphabet(client, monkeypatch):
    here = place("on-archa")
    deputies = list(in_office(here.m, "deputy", here.today))[:3]
    for one, name in zip(deputies, ("Эркин А", "Ыйман А", "Өмүр А"), strict=True):
        monkeypatch.setattr(one, "holder", name)
    monkeypatch.setattr(body, "place", lambda slug: here)
    text = client.get("/on-archa/bodies/kenesh/").content.decode()
    assert text.index("Өмүр А") < text.index("Ыйман А") < text.index("Эркин А")


def test_who_was_never_in_office_is_told_so(client):
    here = place("on-archa")
    one = next(iter(here.m.in_post("chair")))
    kept, one.endings = one.endings, [Ending(None, one.since)]
    try:
        page = client.get(f"/en/on-archa/people/{one.id}/?on=2012-12-11").content.decode()
    finally:
        one.endings = kept
    assert "in force on no day" in page and one.holder in page
