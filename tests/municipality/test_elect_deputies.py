"""ElectDeputies. S7: residents elect the deputies directly, under both editions alike."""

import pytest

from kerege.municipality.governing import deputies, seats
from tests.cast import AFTER, BEFORE, CHAIR, DAY, DEPUTIES, NEW, OLD, bare, day, naryn

ELECTED = {"manner": "direct", "seats": 3, "deputies": ["Самара К", "Замир О", "Нуриза К"]}


@pytest.mark.parametrize(("law", "edition"), [(OLD, "kg-2007"), (NEW, "kg-2010")])
def test_s7_directly_and_not_otherwise(law, edition):
    town = naryn(*law)
    done = town.act("ElectDeputies", "community", **ELECTED)
    assert (done.answer, done.norms) == ("permitted", (f"{edition}/deputies.elected",))
    assert done.entry.rests_on == (2,)
    ruling = town.refused("ElectDeputies", "community", **{**ELECTED, "manner": "indirect"})
    assert (ruling.answer, ruling.norms) == ("forbidden", (f"{edition}/direct.only",))


@pytest.mark.parametrize("law", [OLD, NEW])
def test_s7_nobody_but_the_residents(law):
    assert naryn(*law).refused("ElectDeputies", "governor", **ELECTED).answer == "not_empowered"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"manner": None}, {"manner": "required"}),
        ({"manner": 1}, {"manner": "not_a_choice"}),
        ({"seats": 0}, {"seats": "out_of_range"}),
        ({"seats": 2}, {"deputies": "more_than_seats"}),
        ({"deputies": []}, {"deputies": "out_of_range"}),
        ({"deputies": "Самара К"}, {"deputies": "wrong_type"}),
        ({"deputies": ["Самара К", " Самара К"]}, {"deputies": "name_twice"}),
        ({"deputies": ["Самара К", None]}, {"deputies": "wrong_type"}),
        ({"voters": 10, "ballots": 11}, {"ballots": "more_than_voters"}),
        ({"voters": -1}, {"voters": "out_of_range"}),
        ({"turnout": 50}, {"turnout": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    assert naryn(*NEW).problems("ElectDeputies", "community", **{**ELECTED, **changed}) == problems


@pytest.mark.parametrize("turnout", [{"voters": 10, "ballots": 10}, {"voters": 0}, {"ballots": 10}])
def test_everybody_can_vote_and_the_turnout_can_be_unknown(turnout):
    assert naryn(*NEW).act("ElectDeputies", "community", **ELECTED, **turnout)


def test_there_must_be_a_kenesh_to_elect():
    assert bare().problems("ElectDeputies", "community", **ELECTED) == {"actor": "no_such_body"}


def test_a_new_convocation_ends_the_one_before_and_its_chair():
    town = naryn(*NEW)
    n = town.act("ElectDeputies", "community", **ELECTED).n
    assert town.holders("deputy", BEFORE) == DEPUTIES and town.holders("chair", BEFORE) == [CHAIR]
    assert town.holders("deputy", DAY) == ELECTED["deputies"] and not town.holders("chair", DAY)
    assert (seats(town.m, BEFORE), seats(town.m, DAY)) == (5, 3)
    assert [f"{n}.{k}" in town.m.mandates for k in range(4)] == [True, True, True, False]
    town.annul(n)
    assert town.holders("deputy", AFTER) == DEPUTIES and seats(town.m, AFTER) == 5


def test_entered_late_it_neither_doubles_the_kenesh_nor_moves_its_seats():
    town = naryn(*NEW)
    later, earlier = day("2010-06-01"), day("2010-04-01")
    town.act("ElectDeputies", "community", later, **ELECTED)
    late = {**ELECTED, "seats": 4, "deputies": ["А А", "Б Б"]}
    assert town.act("ElectDeputies", "community", earlier, **late).entry.late
    assert town.holders("deputy", day("2010-05-31")) == ["А А", "Б Б"]
    assert (deputies(town.m, later), seats(town.m, later)) == (3, 3)
    assert seats(town.m, earlier) == 4 and town.m.seats == 3


def test_annulling_the_older_of_two_leaves_the_newer_in_office():
    town = naryn(*NEW)
    older = town.act("ElectDeputies", "community", DAY, **ELECTED).n
    newer = {**ELECTED, "deputies": ["Г Г"]}
    town.act("ElectDeputies", "community", day("2010-06-01"), **newer)
    town.annul(older, day("2010-07-01"), from_day=DAY)
    assert town.holders("deputy", day("2010-05-31")) == DEPUTIES
    assert town.holders("deputy", day("2010-06-01")) == ["Г Г"]


def test_contested_has_no_effect():
    town = naryn(*NEW)
    town.contested("ElectDeputies", "community", **{**ELECTED, "manner": "indirect"})
    assert town.holders("deputy", AFTER) == DEPUTIES and seats(town.m, AFTER) == 5
