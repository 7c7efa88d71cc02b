"""AdoptCharter. S1: a community lives by the charter its kenesh adopted, within the law."""

import pytest

from kerege.municipality.charter import adopting
from kerege.municipality.record import Charter
from tests.cast import ADOPTED, MODEL, NEW, NUMBERS, OLD, TODAY, chartered, day, naryn

LATER = day("2023-04-01")
SAID = {"model": MODEL, "numbers": NUMBERS}


def town_of_today():
    return naryn(*TODAY, exercise=True, pinned="kg-2021", population=40000)


def number(name, value):
    return {"name": name, "value": value}


def test_a_model_is_adopted_the_way_it_itself_says():
    town = town_of_today()
    done = town.decide("AdoptCharter", ADOPTED, **SAID)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/charter.kenesh",))
    assert town.law == TODAY and MODEL in [e.id for e in adopting(town.book, MODEL).editions]
    assert done.entry.digest == adopting(town.book, MODEL).digest != town.book.digest
    charter = town.m.find(Charter, done.n)
    assert (charter.model, charter.numbers) == (MODEL, {"meeting_quorum": 50})
    assert done.entry.question["facts"] == {"charterMajority": True}


@pytest.mark.parametrize(("law", "pack"), [(OLD, "kg-2007"), (NEW, "kg-2010")])
def test_a_model_of_another_constitution_is_not_adopted(law, pack):
    town = naryn(*law, exercise=True, pinned=pack)
    vote = town.vote(ADOPTED)
    assert town.problems("AdoptCharter", "kenesh", ADOPTED, **SAID, **vote) == {
        "model": "not_under_this"
    }


def test_only_the_kenesh():
    town = town_of_today()
    found = town.problems("AdoptCharter", "head", ADOPTED, **SAID, votes_for=3)
    assert found == {"votes_for": "nobody_voted"}
    # Without a vote there is no majority either, and the stronger answer is given.
    assert town.refused("AdoptCharter", "head", ADOPTED, **SAID).answer == "forbidden"


def test_from_then_on_more_than_half_of_all_deputies_change_it():
    town = chartered()
    few = {**town.vote(LATER), "votes_for": 2, "votes_against": 0, **SAID}
    ruling = town.refused("AdoptCharter", "kenesh", LATER, **few)
    assert (ruling.norms, ruling.missing) == ((f"{MODEL}/charter.majority",), ("charterMajority",))
    done = town.decide("AdoptCharter", LATER, votes_for=3, votes_against=0, **SAID)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/charter.kenesh",))
    assert 11 in done.entry.rests_on


def test_the_first_time_too_by_more_than_half_of_all_deputies():
    town = town_of_today()
    few = {**town.vote(ADOPTED), "votes_for": 2, "votes_against": 0, **SAID}
    ruling = town.refused("AdoptCharter", "kenesh", ADOPTED, **few)
    assert (ruling.norms, ruling.missing) == ((f"{MODEL}/charter.majority",), ("charterMajority",))
    assert adopting(town.book, MODEL).norms[f"{MODEL}/charter.majority"].reading == "ours"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"model": None, "numbers": None}, {"model": "required"}),
        ({"model": "kg-2021"}, {"model": "unknown_pack"}),
        ({"model": "nobody"}, {"model": "unknown_pack"}),
        ({"numbers": None}, {"numbers_meeting_quorum": "required"}),
        ({"numbers": [number("meeting_quorum", 0)]}, {"numbers_meeting_quorum": "out_of_range"}),
        ({"numbers": [number("meeting_quorum", 101)]}, {"numbers_meeting_quorum": "out_of_range"}),
        ({"numbers": [*NUMBERS, number("meeting_notice", 9)]}, {"numbers": "not_for_charters"}),
        ({"numbers": [*NUMBERS, number("tax", 9)]}, {"numbers": "not_for_charters"}),
        ({"model": None}, {"numbers": "not_for_charters"}),
        ({"numbers": "half"}, {"numbers": "wrong_type"}),
        ({"numbers": [*NUMBERS, *NUMBERS]}, {"numbers": "number_twice"}),
        ({"from_day": "2023-02-28"}, {"from_day": "before_the_act"}),
        ({"session": 3}, {"session": "no_such_thing"}),
        ({"motto": "Биримдик"}, {"motto": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town = town_of_today()
    said = {**town.vote(ADOPTED), **SAID, **changed}
    assert town.problems("AdoptCharter", "kenesh", ADOPTED, **said) == problems


def test_not_before_there_was_such_a_model():
    town = town_of_today()
    before = day("2022-12-11")
    said = {**town.vote(before), **SAID}
    assert town.problems("AdoptCharter", "kenesh", before, **said) == {"model": "made_later"}


def test_it_holds_from_the_day_it_was_made_public():
    town = town_of_today()
    n = town.decide("AdoptCharter", ADOPTED, from_day="2023-03-20", **SAID).n
    assert town.all(Charter, day("2023-03-19")) == []
    assert town.all(Charter, day("2023-03-20")) == [n]


def test_annulled_the_one_before_holds_again():
    town = chartered()
    n = town.decide("AdoptCharter", LATER, **SAID).n
    assert town.all(Charter, LATER) == [n]
    town.annul(n, day("2023-04-02"))
    assert town.all(Charter, day("2023-04-02")) == [11]
