"""AdoptCharter. S1: a community lives by the charter its kenesh adopted, within the law."""

import pytest

from kerege.municipality.record import Charter
from tests.cast import ADOPTED, MODEL, NEW, NUMBERS, OLD, TODAY, chartered, day, naryn

LATER = day("2023-04-01")
SAID = {"model": MODEL, "numbers": NUMBERS}


def town_of_today():
    return naryn(*TODAY, exercise=True, pinned="kg-2021", population=40000)


def number(name, value):
    return {"name": name, "value": value}


def test_the_first_time_no_text_we_know_speaks_of_it():
    town = town_of_today()
    done = town.decide("AdoptCharter", ADOPTED, **SAID)
    assert (done.answer, done.norms) == ("not_stated", ("kg-2021/participation-acts.kenesh",))
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
    assert town.refused("AdoptCharter", "head", ADOPTED, **SAID).answer == "not_empowered"


def test_from_then_on_more_than_half_of_all_deputies_change_it():
    town = chartered()
    few = {**town.vote(LATER), "votes_for": 2, "votes_against": 0, **SAID}
    ruling = town.refused("AdoptCharter", "kenesh", LATER, **few)
    assert (ruling.norms, ruling.missing) == ((f"{MODEL}/charter.majority",), ("charterMajority",))
    done = town.decide("AdoptCharter", LATER, votes_for=3, votes_against=0, **SAID)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/charter.kenesh",))
    assert 11 in done.entry.rests_on


def test_what_a_charter_says_of_itself_is_asked_the_first_time_too():
    town = town_of_today()
    few = {**town.vote(ADOPTED), "votes_for": 2, "votes_against": 0, **SAID}
    entry, ruling = town.considered("AdoptCharter", "kenesh", ADOPTED, **few)[1:]
    assert entry.question["facts"] == {"charterMajority": False}
    assert ruling.answer == "not_stated"


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
