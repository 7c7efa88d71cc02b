"""Annul: what was done stands in the register for good and has no effect from a named day."""

import pytest

from kerege.municipality.governing import body, deputies, head
from kerege.municipality.record import Decision, Session
from tests.cast import AFTER, BEFORE, COURT, DAY, MINISTRY, NEW, OFFICIAL, OLD, day, naryn

GROUNDS = {"grounds": "Мыйзамга каршы"}


def decided(town):
    return town.decide("DecideIssue", title="Парк", outcome="adopted", text="Ижарага берилсин").n


@pytest.mark.parametrize("law", [OLD, NEW])
def test_a_court_annuls_and_is_not_judged(law):
    town = naryn(*law)
    n = decided(town)
    done = town.annul(n)
    assert done.answer == "" and done.entry.standing == "exempt"
    assert town.m.annulled == {n: (done.n, AFTER)}
    assert town.all(Decision, DAY) == [n] and town.all(Decision, AFTER) == []


def test_from_its_first_day_it_never_held():
    town = naryn(*NEW)
    n = decided(town)
    town.annul(n, from_day=BEFORE)
    assert town.all(Decision, DAY) == []


def test_the_kenesh_annuls_what_the_kenesh_made_and_nothing_else():
    town = naryn(*NEW)
    n = decided(town)
    hired = town.act("AppointOfficial", "head:6.0", post="official", holder=OFFICIAL).n
    said = {"from_day": "2010-03-03", **GROUNDS, **town.vote(AFTER)}
    assert town.problems("Annul", "kenesh", AFTER, entry=hired, **said) == {"entry": "not_own_act"}
    town.act("Annul", "kenesh", AFTER, entry=n, **said)
    assert n in town.m.annulled
    # The post made it, whoever holds it now.
    head_now = {"entry": hired, "from_day": "2010-03-03", **GROUNDS}
    assert town.problems("Annul", "head:6.0", AFTER, **head_now) == {}


def test_of_many_ministries_only_the_one_that_made_it():
    town = naryn(*NEW)
    said = {"year": 2010, "source": "republican", "amount": 5, "purpose": "Мектеп"}
    n = town.act("Transfer", f"state_body:{MINISTRY}", **said).n
    undo = {"entry": n, "from_day": "2010-03-03", **GROUNDS}
    other = town.problems("Annul", "state_body:Билим министрлиги", AFTER, **undo)
    assert other == {"entry": "not_own_act"}
    assert town.problems("Annul", f"state_body:{MINISTRY}", AFTER, **undo) == {}


@pytest.mark.parametrize("n", [0, 1])
def test_founding_entries_are_never_annulled(n):
    town = naryn(*NEW)
    said = {"entry": n, "from_day": "2010-03-03", **GROUNDS}
    assert town.problems("Annul", "court", AFTER, **said) == {"entry": "never_annulled"}


def test_what_undoes_is_not_undone():
    town = naryn(*NEW)
    n = town.annul(decided(town)).n
    said = {"entry": n, "from_day": "2010-03-03", **GROUNDS}
    assert town.problems("Annul", "court", AFTER, **said) == {"entry": "never_annulled"}


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"entry": None}, {"entry": "required"}),
        ({"entry": -1}, {"entry": "not_an_entry"}),
        ({"entry": True}, {"entry": "not_an_entry"}),
        ({"entry": 2**53}, {"entry": "not_an_entry"}),
        ({"entry": 999}, {"entry": "no_such_thing"}),
        ({"from_day": "2010-02-30"}, {"from_day": "no_such_day"}),
        ({"from_day": "0001-01-01"}, {"from_day": "far_year"}),
        ({"from_day": "2010-03-04"}, {"from_day": "day_in_future"}),
        ({"grounds": " "}, {"grounds": "required"}),
        ({"why": "?"}, {"why": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town = naryn(*NEW)
    good = {"entry": decided(town), "from_day": "2010-03-03", **GROUNDS}
    assert town.problems("Annul", f"court:{COURT}", AFTER, **{**good, **changed}) == problems


def test_not_before_it_was_done():
    town = naryn(*NEW)
    said = {"entry": decided(town), "from_day": "2010-03-01", **GROUNDS}
    assert town.problems("Annul", "court", BEFORE, **said) == {"held_on": "before_the_act"}
    assert town.problems("Annul", "court", DAY, **said) == {}


def test_the_kenesh_annuls_by_vote():
    town = naryn(*NEW)
    said = {"entry": decided(town), "from_day": "2010-03-02", **GROUNDS}
    assert town.problems("Annul", "kenesh", **said) == {
        "session": "required",
        "votes_for": "required",
    }


def test_not_itself():
    town = naryn(*NEW)
    said = {"entry": town.m.size, "from_day": "2010-03-02", **GROUNDS}
    assert town.problems("Annul", "court", **said) == {"entry": "no_such_thing"}


def test_only_once():
    town = naryn(*NEW)
    n = decided(town)
    town.annul(n)
    said = {"entry": n, "from_day": "2010-03-03", **GROUNDS}
    assert town.problems("Annul", "court", AFTER, **said) == {"entry": "annulled_already"}


def test_an_annulled_election_leaves_those_before_in_office():
    town = naryn(*NEW)
    said = {"manner": "direct", "seats": 3, "deputies": ["Самара", "Замир", "Нуриза"]}
    n = town.act("ElectDeputies", "community", DAY, **said).n
    assert town.holders("deputy", DAY) == said["deputies"] and town.holders("chair", DAY) == []
    town.annul(n, day("2010-04-01"))
    assert town.holders("deputy", day("2010-03-31")) == said["deputies"]
    assert deputies(town.m, day("2010-04-01")) == 5
    assert len(town.holders("chair", day("2010-04-01"))) == 1


def test_an_annulled_session_can_carry_no_more_decisions_and_those_it_carried_are_in_doubt():
    town = naryn(*NEW)
    n = decided(town)
    session = town.entries[n].fields["session"]
    town.annul(session, from_day=DAY)
    assert town.all(Session, DAY) == []
    assert town.m.tainted(n) == {session}
    said = {"title": "Дагы", "outcome": "adopted", "text": "…", "session": session, "votes_for": 4}
    assert town.problems("DecideIssue", **said) == {"session": "no_such_thing"}


def test_an_annulled_body_is_there_no_more():
    town = naryn(*NEW)
    town.annul(3)
    assert body(town.m, "executive_body", DAY) and not body(town.m, "executive_body", AFTER)


def test_a_contested_act_can_be_annulled_and_then_not_confirmed():
    town = naryn(*NEW)
    n = town.contested("AppointHead", "governor", holder="Асылбек Мамытов").n
    town.annul(n)
    said = {"entry": n, "grounds": "…"}
    assert town.problems("Confirm", "court", AFTER, **said) == {"entry": "annulled_already"}


def test_a_confirmed_act_can_be_annulled():
    town = naryn(*NEW)
    n = town.contested("AppointHead", "governor", holder="Асылбек Мамытов").n
    town.confirm(n)
    assert head(town.m, AFTER).holder == "Асылбек Мамытов"
    town.annul(n, day("2010-04-01"))
    assert head(town.m, day("2010-03-31")).holder == "Асылбек Мамытов"
    assert head(town.m, day("2010-04-01")).id == "6.0"
