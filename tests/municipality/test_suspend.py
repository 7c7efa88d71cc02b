"""Suspend: a court stops what was done for a time. It is told; the law is asked as before."""

import pytest

from kerege.municipality.record import Decision, Session
from tests.cast import AFTER, BEFORE, COURT, DAY, NEW, OLD, day, naryn

GROUNDS = {"grounds": "Доо каралып бүткүчө"}
LATER, MUCH_LATER = day("2010-03-10"), day("2010-04-01")


def decided(town):
    return town.decide("DecideIssue", title="Парк", outcome="adopted", text="Ижарага берилсин").n


def suspended(town, n, **said):
    said = {"entry": n, "from_day": AFTER.isoformat(), **GROUNDS, **said}
    return town.act("Suspend", f"court:{COURT}", AFTER, **said)


@pytest.mark.parametrize("law", [OLD, NEW])
def test_a_court_suspends_and_is_not_judged(law):
    town = naryn(*law)
    n = decided(town)
    done = suspended(town, n)
    assert done.answer == "" and done.entry.standing == "exempt"
    assert town.m.suspended_by(n, DAY) is None
    assert town.m.suspended_by(n, AFTER) == town.m.suspended_by(n, MUCH_LATER) == done.n


def test_what_it_left_behind_stays():
    town = naryn(*NEW)
    n = decided(town)
    suspended(town, n)
    assert town.all(Decision, MUCH_LATER) == [n]


def test_it_lasts_until_its_day():
    town = naryn(*NEW)
    n = decided(town)
    done = suspended(town, n, until_day=LATER.isoformat())
    assert town.m.suspended_by(n, day("2010-03-09")) == done.n
    assert town.m.suspended_by(n, LATER) is None


def test_a_court_lifts_it_by_annulling_it():
    town = naryn(*NEW)
    n = decided(town)
    done = suspended(town, n)
    said = {"entry": done.n, "from_day": LATER.isoformat(), **GROUNDS}
    assert town.problems("Annul", "kenesh", LATER, **said, **town.vote(LATER)) == {
        "entry": "not_own_act"
    }
    town.act("Annul", f"court:{COURT}", LATER, **said)
    assert town.m.suspended_by(n, AFTER) == done.n
    assert town.m.suspended_by(n, LATER) is None


def test_what_rested_on_it_before_is_not_touched():
    town = naryn(*NEW)
    before = decided(town)
    session = town.m.last(Session, DAY).entry
    suspended(town, session, until_day=LATER.isoformat())
    # Rested on the session before it was suspended.
    assert session in town.m.rests_on(before)
    assert town.m.halted(before) == set() == town.m.tainted(before)


def test_what_is_rested_on_it_meanwhile_is_halted():
    town = naryn(*NEW)
    raised = town.act("RaiseIssue", "community", title="Парк", text="Караңгы").n
    suspended(town, raised, until_day=LATER.isoformat())
    said = {"issue": raised, "title": "Парк", "outcome": "adopted", "text": "Жарык"}
    meanwhile = town.decide("DecideIssue", AFTER, **said).n
    assert town.m.halted(meanwhile) == {raised} == town.m.tainted(meanwhile)
    later = town.decide("DecideIssue", LATER, **said).n
    assert town.m.halted(later) == set()


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"entry": None}, {"entry": "required"}),
        ({"entry": 999}, {"entry": "no_such_thing"}),
        ({"entry": 0}, {"entry": "never_suspended"}),
        ({"from_day": "2010-03-04"}, {"from_day": "day_in_future"}),
        ({"until_day": "2010-03-03"}, {"until_day": "ends_before_begin"}),
        ({"grounds": " "}, {"grounds": "required"}),
    ],
)
def test_malformed(changed, problems):
    town = naryn(*NEW)
    good = {"entry": decided(town), "from_day": AFTER.isoformat(), **GROUNDS}
    assert town.problems("Suspend", f"court:{COURT}", AFTER, **{**good, **changed}) == problems


def test_by_a_court_alone_and_not_before_the_act():
    town = naryn(*NEW)
    n = decided(town)
    said = {"entry": n, "from_day": "2010-03-01", **GROUNDS}
    assert town.problems("Suspend", "kenesh", AFTER, **said) == {"actor": "only_court"}
    assert town.problems("Suspend", "court", BEFORE, **said) == {"held_on": "before_the_act"}


def test_neither_what_was_annulled_nor_a_suspension():
    town = naryn(*NEW)
    n = decided(town)
    done = suspended(town, n)
    said = {"from_day": AFTER.isoformat(), **GROUNDS}
    again = town.problems("Suspend", f"court:{COURT}", AFTER, entry=done.n, **said)
    assert again == {"entry": "never_suspended"}
    town.annul(n)
    gone = town.problems("Suspend", f"court:{COURT}", AFTER, entry=n, **said)
    assert gone == {"entry": "annulled_already"}
