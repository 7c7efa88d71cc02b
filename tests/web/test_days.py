"""Days as people type them."""

import pytest

from kerege.web.days import kept_day, typed_day


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
