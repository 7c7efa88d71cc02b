"""Days as people type them."""

from datetime import timedelta

import pytest

from kerege.web.days import kept_day, typed_day
from kerege.web.places import place


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25.11.2026", "2026-11-25"),
        (" 1.3.2013 ", "2013-03-01"),
        ("01/03/2013", "2013-03-01"),
        ("2013-03-01", "2013-03-01"),
        # Nothing is guessed: what reads it says that it is no day.
        ("31.02.2013", "2013-02-31"),
        ("1.3.13", "1.3.13"),
        ("кечээ", "кечээ"),
    ],
)
def test_a_day_is_kept_as_a_register_writes_it(text, day):
    assert kept_day(text) == day


def test_and_is_shown_as_people_write_it():
    assert typed_day("2026-11-25") == "25.11.2026"
    assert typed_day("кечээ") == "кечээ"


def test_a_place_and_a_question_are_asked_for_another_day_so(client, demo):
    same = client.get("/on-archa/", {"on": "31.12.2009"})
    assert 'value="31.12.2009"' in same.content.decode()
    asked = client.get("/ru/law/ask/", {"act": "AdoptBudget", "on": "1.6.2012"})
    assert 'value="01.06.2012"' in asked.content.decode()


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("25.11.26", "жыл төрт сан менен"),
        ("01.01.3000", "Жыл 1900 менен 2200 ортосунда"),
        ("45.10.2012", "Календарда мындай күн жок"),
    ],
)
def test_a_page_says_why_it_cannot_show_a_day(client, demo, on, why):
    text = client.get("/on-archa/", {"on": on}).content.decode()
    assert f"«{on}» деген күн көрсөтүлгөн жок. " in text and why in text


def test_a_page_of_a_day_long_after_the_last_entry_says_so(client, demo):
    here = place("on-archa")
    last, said = here.latest, "Андан кийин эмне болгону жазылган эмес"
    person = next(iter(here.m.mandates))
    for page in ("/on-archa/", f"/on-archa/people/{person}/"):
        for on, told in (
            (last, False),
            (last + timedelta(300), False),
            (last + timedelta(400), True),
        ):
            assert (said in client.get(page, {"on": on}).content.decode()) is told, (page, on)
        assert said in client.get(page, {"on": "2199-01-01"}).content.decode()
