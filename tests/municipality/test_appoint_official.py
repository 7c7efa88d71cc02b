"""AppointOfficial. S5: an official is a person in a post, not a body."""

import pytest

from kerege.municipality.governing import confirmed
from tests.cast import AFTER, BEFORE, CHAIR, DAY, DEPUTIES, NEW, OFFICIAL, OLD, RECORDER, day, naryn

POST = {"post": "official", "holder": OFFICIAL, "title": "Комендант"}


@pytest.mark.parametrize(
    ("law", "norm"), [(OLD, "kg-2007/officials.appoint"), (NEW, "kg-2010/officials.appoint")]
)
def test_s5_the_head_appoints(law, norm):
    done = naryn(*law).act("AppointOfficial", "head:6.0", **POST)
    assert (done.answer, done.norms, done.entry.rests_on) == ("not_stated", (norm,), (6,))


@pytest.mark.parametrize("law", [OLD, NEW])
def test_outsiders_do_not(law):
    ruling = naryn(*law).refused("AppointOfficial", "governor", **POST)
    assert (ruling.answer, ruling.missing) == ("not_empowered", ())


@pytest.mark.parametrize("post", ["chair", "recorder"])
def test_chair_and_recorder_are_chosen_by_the_kenesh(post):
    said = {**POST, "post": post}
    assert naryn(*NEW).problems("AppointOfficial", "head", **said) == {"post": "only_kenesh"}


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"post": None}, {"post": "required"}),
        ({"post": "head"}, {"post": "not_a_choice"}),
        ({"post": ["official"]}, {"post": "not_a_choice"}),
        ({"holder": ""}, {"holder": "required"}),
        ({"holder": "A\nB"}, {"holder": "bad_characters"}),
        ({"title": {"ky": "Комендант"}}, {"title": "wrong_type"}),
        ({"salary": 5}, {"salary": "unknown_field"}),
        ({"session": 3}, {"session": "only_kenesh_meets"}),
    ],
)
def test_malformed(changed, problems):
    assert naryn(*NEW).problems("AppointOfficial", "head", **{**POST, **changed}) == problems


def test_officials_are_many():
    town = naryn(*NEW)
    town.act("AppointOfficial", "head", BEFORE, **POST)
    n = town.act("AppointOfficial", "head", DAY, **{**POST, "holder": "Айгүл Токоева"}).n
    assert town.holders("official", BEFORE) == [OFFICIAL]
    assert town.m.mandates[f"{n}.0"].title == "Комендант"
    assert town.holders("official", DAY) == [OFFICIAL, "Айгүл Токоева"]
    town.annul(n)
    assert town.holders("official", AFTER) == [OFFICIAL]


def test_a_chair_follows_a_chair():
    town = naryn(*NEW)
    n = town.decide("AppointOfficial", post="chair", holder=DEPUTIES[0]).n
    assert town.holders("chair", BEFORE) == [CHAIR]
    assert town.holders("chair", DAY) == [DEPUTIES[0]]
    town.annul(n)
    assert town.holders("chair", AFTER) == [CHAIR]


def test_a_chair_entered_late_goes_with_the_deputies_elected_since():
    town = naryn(*NEW)
    said = {"manner": "direct", "seats": 1, "deputies": [OFFICIAL]}
    town.act("ElectDeputies", "community", AFTER, **said)
    town.decide("AppointOfficial", BEFORE, post="chair", holder=DEPUTIES[0])
    assert town.holders("chair", DAY) == [DEPUTIES[0]] and town.holders("chair", AFTER) == []


def test_contested_has_no_effect():
    town = naryn(*NEW)
    town.contested("AppointOfficial", "governor", **POST)
    assert town.holders("official", AFTER) == []


def test_a_recorder_appointed_by_the_kenesh_can_get_an_account():
    town = naryn(*NEW)
    said = {"account": "new", "holder": OFFICIAL}
    assert town.problems("LinkRecorder", **said) == {"account": "recorder_already"}
    n = town.decide("AppointOfficial", post="recorder", holder=OFFICIAL).n
    assert town.holders("recorder", DAY) == [OFFICIAL]
    # The operator links the one the kenesh chose, and nobody else.
    other = {"account": "new", "holder": RECORDER}
    assert town.problems("LinkRecorder", **other) == {"holder": "recorder_is"}
    town.act("LinkRecorder", **said)
    assert town.holders("recorder", DAY) == [OFFICIAL]
    mandate = town.m.mandates[f"{n}.0"]
    assert confirmed(town.m, mandate, day("2010-03-02"))
    assert (
        town.problems(
            "Correct", by=town.speaker(mandate.id, "new"), entry=0, field="name_ky", text="Нарын"
        )
        == {}
    )
