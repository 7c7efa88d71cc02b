"""HoldSession. S3: the kenesh meets, and its decisions stand on a session of that day."""

import pytest

from kerege.municipality.record import Session
from tests.cast import AFTER, AMENDED, BEFORE, DAY, LAWS, NEW, OLD, bare, day, naryn

MET = {"kind": "ordinary", "number": "3", "present": 4, "agenda": "Бюджет"}


@pytest.mark.parametrize(
    ("law", "norm"),
    [(OLD, "kg-2007/subordination.session"), (NEW, "kg-2010/subordination.session")],
)
def test_s3_the_kenesh_meets(law, norm):
    done = naryn(*law).act("HoldSession", "kenesh", **MET)
    assert (done.answer, done.norms, done.entry.rests_on) == ("not_stated", (norm,), (2, 4))


@pytest.mark.parametrize("law", [OLD, NEW])
def test_nobody_meets_for_it(law):
    assert naryn(*law).refused("HoldSession", "executive", **MET).answer == "not_empowered"


def test_two_thirds_make_a_quorum_and_from_2018_more_than_half():
    town = naryn(*AMENDED)
    three = {**MET, "present": 3}
    ruling = town.refused("HoldSession", "kenesh", **three)
    assert ruling.norms == ("kg-law-101-2011/session.quorum", "kg-law-21-2018/session.majority")
    assert ruling.missing == ("quorumPresent",)
    assert town.considered("HoldSession", "kenesh", **MET)[2].effective
    last_day, first_day = day("2018-02-14"), day("2018-02-15")
    assert not town.considered("HoldSession", "kenesh", last_day, **three)[2].effective
    assert town.considered("HoldSession", "kenesh", first_day, **three)[2].effective
    two = {**MET, "present": 2}
    assert not town.considered("HoldSession", "kenesh", first_day, **two)[2].effective


def test_a_quorum_is_counted_from_the_seats_of_that_day():
    town = naryn(*LAWS)
    many = {"manner": "direct", "seats": 30, "deputies": [f"Депутат {k}" for k in range(30)]}
    town.act("ElectDeputies", "community", AFTER, **many)
    # Four of five, on the day before the thirty came, entered after them.
    assert town.considered("HoldSession", "kenesh", DAY, **MET)[2].effective
    assert town.refused("HoldSession", "kenesh", AFTER, **{**MET, "present": 19}).missing
    assert town.considered("HoldSession", "kenesh", AFTER, **{**MET, "present": 20})[2].effective


def test_where_nobody_said_how_many_seats_there_are_one_deputy_is_no_quorum():
    town = bare(*LAWS)
    for post, holders in (("kenesh_body", ["Кеңеш"]), ("deputy", ["А А", "Б Б", "В В"])):
        town.act("TakeOver", "", town.m.identity.founded, post=post, holders=holders)
    assert town.refused("HoldSession", "kenesh", **{**MET, "present": 1}).missing
    assert town.considered("HoldSession", "kenesh", **{**MET, "present": 2})[2].effective


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"kind": None}, {"kind": "required"}),
        ({"kind": "secret"}, {"kind": "not_a_choice"}),
        ({"number": 3}, {"number": "wrong_type"}),
        ({"present": 0}, {"present": "out_of_range"}),
        ({"present": 6}, {"present": "more_than_mandates"}),
        ({"present": 4.0}, {"present": "not_a_number"}),
        ({"agenda": None}, {"agenda": "required"}),
        ({"votes_for": 3}, {"votes_for": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    assert naryn(*NEW).problems("HoldSession", "kenesh", **{**MET, **changed}) == problems


def test_two_of_one_day_have_two_numbers():
    town = naryn(*NEW)
    n = town.act("HoldSession", "kenesh", **MET).n
    assert town.problems("HoldSession", "kenesh", **MET) == {"number": "held_already"}
    assert town.problems("HoldSession", "kenesh", **{**MET, "number": "4"}) == {}
    assert town.problems("HoldSession", "kenesh", AFTER, **MET) == {}
    town.act("Correct", "", AFTER, entry=n, field="number", text="4")
    assert town.problems("HoldSession", "kenesh", **MET) == {}
    assert town.problems("HoldSession", "kenesh", **{**MET, "number": "4"}) != {}


def test_annulled_it_gives_its_number_back():
    town = naryn(*NEW)
    town.annul(town.act("HoldSession", "kenesh", **MET).n, AFTER, from_day=DAY)
    assert town.problems("HoldSession", "kenesh", **MET) == {}


def test_without_a_kenesh_there_is_no_session():
    assert bare().problems("HoldSession", "kenesh", **MET) == {"actor": "no_such_body"}


def test_it_is_there_from_its_day_until_annulled():
    town = naryn(*NEW)
    n = town.act("HoldSession", "kenesh", **MET).n
    assert town.all(Session, BEFORE) == [] and town.all(Session, DAY) == [n]
    town.annul(n)
    assert town.all(Session, AFTER) == []


def test_contested_carries_no_decisions():
    town = naryn(*LAWS)
    n = town.contested("HoldSession", "kenesh", **{**MET, "present": 2}).n
    assert town.all(Session, DAY) == []
    said = {"session": n, "votes_for": 2, "of": "executive", "about": "Жол", "due": "2010-04-01"}
    assert town.problems("DemandAccount", "kenesh", **said) == {"session": "no_such_thing"}
