"""DecideIssue. S1: the community decides its own issues, itself or through its kenesh."""

import pytest

from kerege.municipality.record import Decision
from tests.cast import AFTER, BEFORE, DAY, MODEL, NEW, OLD, chartered, day, naryn

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


HELD = day("2023-05-15")


def advised(town, kind):
    """A town where a meeting, or a kurultai, has advised on the park."""
    said = {"kind": kind, "day": HELD.isoformat(), "about": "Парк"}
    call = town.decide("CallAssembly", day("2023-05-08"), **said).n
    held = {"kind": kind, "participants": 60, "invited": 100, "recommendations": "Жарык"}
    return town.act("HoldAssembly", "executive", HELD, call=call, **held).n


def test_s1_what_a_kurultai_advised_binds_once_the_kenesh_has_decided():
    town = chartered()
    n = advised(town, "kurultai")
    ruling = town.refused("DecideIssue", "community", HELD, assembly=n, **PARK)
    assert ruling.norms == (f"{MODEL}/kurultai.advice",)
    done = town.decide("DecideIssue", HELD, assembly=n, **PARK)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/kurultai.approved",))
    assert n in done.entry.rests_on and town.m.find(Decision, done.n).assembly == n


def test_s1_where_no_charter_was_adopted_the_community_decides_in_its_kurultai():
    town = naryn(*NEW)
    n = advised(town, "kurultai")
    assert town.act("DecideIssue", "community", HELD, assembly=n, **PARK).answer == "permitted"


def test_s1_what_a_meeting_advised_is_no_kurultai():
    town = chartered()
    n = advised(town, "meeting")
    done = town.act("DecideIssue", "community", HELD, assembly=n, **PARK)
    assert done.entry.question["facts"] == {"ofKurultai": False} and n in done.entry.rests_on


def test_s1_a_draft_of_residents_is_decided():
    town = chartered()
    draft = {"title": "Парк", "text": "Жарык", "group": 7, "signatures": 1000}
    n = town.act("SubmitInitiative", "community", HELD, **draft).n
    done = town.decide("DecideIssue", HELD, initiative=n, **PARK)
    assert n in done.entry.rests_on and town.m.find(Decision, done.n).initiative == n


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
        ({"initiative": 3}, {"initiative": "no_such_thing"}),
        ({"assembly": 3}, {"assembly": "no_such_thing"}),
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
