"""DecideIssue. S1: the community decides its own issues, itself or through its kenesh."""

import pytest

from kerege.municipality.record import Decision
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, naryn

PARK = {"title": "Парк", "outcome": "adopted", "text": "Паркка жарык коюлсун"}


def test_s1_the_kenesh_and_the_community_decide():
    town = naryn(*NEW)
    raised = town.act("RaiseIssue", "community", BEFORE, title="Парк", text="Караңгы").n
    done = town.decide("DecideIssue", issue=raised, **PARK)
    assert (done.answer, done.norms) == ("permitted", ("kg-2010/kenesh.issues",))
    assert raised in done.entry.rests_on
    done = town.act("DecideIssue", "community", **PARK)
    assert (done.answer, done.norms) == ("permitted", ("kg-2010/concept.community",))


@pytest.mark.parametrize("actor", ["kenesh", "community", "governor"])
def test_s1_2007_is_not_known(actor):
    town = naryn(*OLD)
    vote = town.vote() if actor == "kenesh" else {}
    ruling = town.considered("DecideIssue", actor, **PARK, **vote)[2]
    assert (ruling.answer, ruling.norms) == ("not_stated", ("kg-2007/concept.issues",))


def test_s1_2010_the_state_does_not_decide_for_it():
    ruling = naryn(*NEW).refused("DecideIssue", "governor", **PARK)
    assert ruling.answer == "not_empowered"
    assert {"kg-2010/concept.community", "kg-2010/kenesh.issues"} <= set(ruling.norms)


def test_what_was_voted_down_is_decided_too():
    town = naryn(*NEW)
    down = {**PARK, "outcome": "rejected"}
    assert town.decide("DecideIssue", votes_for=1, votes_against=4, **down)
    lost = {**town.vote(), "votes_for": 1, "votes_against": 4, **PARK}
    assert town.problems("DecideIssue", "kenesh", **lost) == {"votes_for": "not_carried"}


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"title": None}, {"title": "required"}),
        ({"outcome": "maybe"}, {"outcome": "not_a_choice"}),
        ({"text": "а" * 2001}, {"text": "too_long"}),
        ({"issue": 3}, {"issue": "no_such_thing"}),
        ({"issue": "3"}, {"issue": "not_an_entry"}),
        ({"document": "A" * 64}, {"document": "not_a_hash"}),
        ({"colour": "green"}, {"colour": "unknown_field"}),
        ({"session": 3}, {"session": "only_kenesh_meets"}),
    ],
)
def test_malformed(changed, problems):
    assert naryn(*NEW).problems("DecideIssue", "community", **{**PARK, **changed}) == problems


def test_it_holds_from_its_day_until_annulled():
    town = naryn(*NEW)
    n = town.decide("DecideIssue", **PARK).n
    assert town.all(Decision, BEFORE) == [] and town.all(Decision, DAY) == [n]
    town.annul(n)
    assert town.all(Decision, AFTER) == []


def test_contested_has_no_effect():
    town = naryn(*NEW)
    town.contested("DecideIssue", "governor", **PARK)
    assert town.all(Decision, AFTER) == []
