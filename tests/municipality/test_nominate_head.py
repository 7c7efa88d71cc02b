"""NominateHead. S8: who proposes the head."""

import pytest

from kerege.municipality.record import Nomination
from tests.cast import AFTER, BEFORE, DAY, LAWS, NEW, OLD, RIVAL, naryn

NAME = {"candidate": RIVAL}


@pytest.mark.parametrize(
    ("place", "actor", "norm"),
    [
        ("city_oblast", "president", "heads.nominate-president"),
        ("city_republican", "president", "heads.nominate-president"),
        ("city_rayon", "governor", "heads.nominate-governor"),
        ("settlement", "governor", "heads.nominate-governor"),
        ("aiyl_aimak", "governor", "heads.nominate-governor"),
    ],
)
def test_s8_2007_the_president_or_the_head_of_the_state_administration(place, actor, norm):
    town = naryn(*OLD, kind=place)
    done = town.act("NominateHead", actor, **NAME)
    assert (done.answer, done.norms) == ("permitted", (f"kg-2007/{norm}",))
    other = {"president": "governor", "governor": "president"}[actor]
    assert town.refused("NominateHead", other, **NAME).answer == "not_empowered"
    vote = town.vote()
    assert town.refused("NominateHead", "kenesh", **NAME, **vote).answer == "not_empowered"


@pytest.mark.parametrize("actor", ["president", "governor", "prime_minister"])
def test_s8_2010_nobody_before_a_law_sets_the_order(actor):
    ruling = naryn(*NEW).refused("NominateHead", actor, **NAME)
    assert (ruling.answer, ruling.missing) == ("forbidden", ("orderSetByLaw",))


def test_s8_under_the_law_of_2011_the_kenesh_or_the_head_of_government():
    town = naryn(*LAWS)
    for done in (
        town.act("NominateHead", "prime_minister", **NAME),
        town.decide("NominateHead", **NAME),
    ):
        assert (done.answer, done.norms) == ("permitted", ("kg-law-101-2011/nomination.mayor",))
    assert town.refused("NominateHead", "president", **NAME).answer == "not_empowered"


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({}, {"candidate": "required"}),
        ({"candidate": {"name": RIVAL}}, {"candidate": "wrong_type"}),
        ({"candidate": "Аты\u0000"}, {"candidate": "bad_characters"}),
        ({"candidate": RIVAL, "age": 40}, {"age": "unknown_field"}),
        ({"candidate": RIVAL, "session": 1}, {"session": "only_kenesh_meets"}),
    ],
)
def test_malformed(fields, problems):
    assert naryn(*OLD).problems("NominateHead", "president", **fields) == problems


def test_it_holds_from_its_day_until_annulled():
    town = naryn(*OLD)
    n = town.act("NominateHead", "president", **NAME).n
    assert town.all(Nomination, BEFORE) == [] and town.all(Nomination, DAY) == [n]
    town.annul(n)
    said = {"holder": RIVAL, "nomination": n, **town.vote(AFTER)}
    assert town.problems("ElectHead", "kenesh", AFTER, **said) == {"nomination": "no_such_thing"}


def test_contested_is_no_proposal():
    town = naryn(*OLD)
    n = town.contested("NominateHead", "governor", **NAME).n
    said = {"holder": RIVAL, "nomination": n, **town.vote()}
    assert town.problems("ElectHead", "kenesh", **said) == {"nomination": "no_such_thing"}
