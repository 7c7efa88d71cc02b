"""The kenesh decides by vote: session and votes stand in its acts. S3."""

import pytest

from kerege.constitution import packs
from kerege.municipality.acts import ACTS, MENU
from kerege.municipality.decision import Decided
from tests.cast import AFTER, DAY, NEW, naryn
from tests.municipality.filling_in import something

ISSUE = {"title": "Жол", "text": "…"}


def test_every_act_a_kenesh_can_make_carries_its_vote():
    for name, word in packs.load().vocabulary.acts.items():
        if "kenesh" in word.actors and name != "HoldSession":
            assert issubclass(ACTS[name], Decided), name
    assert {"Annul", "ConfirmRecorder"} <= {a.__name__ for a in MENU if issubclass(a, Decided)}


@pytest.mark.parametrize("name", [a.__name__ for a in MENU if issubclass(a, Decided)])
def test_the_kenesh_does_none_of_them_without_a_vote(name):
    told = ACTS[name].told()
    fields = {f: something(t.kind, f) for f, t in told.items() if not t.optional}
    problems = naryn(*NEW).problems(name, "kenesh", **fields)
    assert problems == {"session": "required", "votes_for": "required"}


def test_all_that_is_left_out_is_told_at_once():
    problems = naryn(*NEW).problems("RaiseIssue", "kenesh", **ISSUE)
    assert problems == {"session": "required", "votes_for": "required"}


@pytest.mark.parametrize(
    ("votes", "problem"),
    [
        ((3, 2, 0), None),
        ((1, 0, 4), None),
        ((0, 0, 5), "not_carried"),
        ((2, 2, 1), "not_carried"),
        ((2, 3, 0), "not_carried"),
        ((4, 1, 1), "more_votes"),
        ((6, 0, 0), "more_votes"),
    ],
)
def test_votes_are_counted(votes, problem):
    town = naryn(*NEW)
    said = dict(zip(("votes_for", "votes_against", "votes_abstained"), votes, strict=True))
    problems = town.problems("RaiseIssue", "kenesh", **ISSUE, **{**town.vote(), **said})
    assert problems == ({"votes_for": problem} if problem else {})


def test_no_more_votes_than_were_present():
    town = naryn(*NEW)
    n = town.hold_session(present=3)
    said = {"session": n, "votes_for": 4, **ISSUE}
    assert town.problems("RaiseIssue", "kenesh", **said) == {"votes_for": "more_votes"}


def test_the_decision_is_of_the_day_of_its_session():
    town = naryn(*NEW)
    said = {"session": town.hold_session(DAY), "votes_for": 4, **ISSUE}
    assert town.problems("RaiseIssue", "kenesh", AFTER, **said) == {"session": "other_day"}


@pytest.mark.parametrize("actor", ["community", "executive", "deputy:4.0"])
def test_nobody_else_decides_at_a_session(actor):
    town = naryn(*NEW)
    assert town.problems("RaiseIssue", actor, **ISSUE, session=town.hold_session()) == {
        "session": "only_kenesh_meets"
    }


@pytest.mark.parametrize(
    ("name", "actor", "said", "refused"),
    [
        ("RaiseIssue", "community", ISSUE, True),
        ("RaiseIssue", "deputy:4.0", ISSUE, True),
        ("RaiseIssue", "executive", ISSUE, True),
        ("EndMandate", "court", {"mandate": "4.0", "cause": "court"}, True),
        ("DecideIssue", "community", {**ISSUE, "outcome": "adopted"}, False),
    ],
)
def test_votes_are_of_who_decides_by_vote(name, actor, said, refused):
    found = naryn(*NEW).problems(name, actor, **said, votes_for=9, votes_against=0)
    votes = {"votes_for": "nobody_voted", "votes_against": "nobody_voted"}
    assert found == (votes if refused else {})


def test_the_session_is_a_ground_of_what_was_decided():
    town = naryn(*NEW)
    done = town.decide("RaiseIssue", **ISSUE)
    assert done.entry.fields["session"] in done.entry.rests_on
