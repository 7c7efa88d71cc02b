"""Confirm: a court gives effect to what was contested, from the day it says so."""

import pytest

from kerege.municipality.governing import body, head
from kerege.municipality.money import budget, spent
from kerege.municipality.record import Demand, Session
from tests.cast import (
    AFTER,
    BEFORE,
    COURT,
    DAY,
    HEAD,
    LAWS,
    LINES,
    NEW,
    OLD,
    RIVAL,
    bare,
    day,
    naryn,
)


def appointed(*law):
    town = naryn(*law)
    return town, town.contested("AppointHead", "governor", holder=RIVAL).n


@pytest.mark.parametrize("law", [OLD, NEW])
def test_it_is_not_judged_and_takes_effect_from_its_day(law):
    town, n = appointed(*law)
    assert n in town.m.contested
    done = town.confirm(n, AFTER)
    assert done.answer == "" and done.entry.standing == "exempt"
    assert n not in town.m.contested and town.m.confirmed == {done.n: n}
    assert head(town.m, DAY).holder == HEAD and head(town.m, AFTER).holder == RIVAL


def test_only_a_court_and_only_what_is_contested():
    town, n = appointed(*NEW)
    said = {"entry": n, "grounds": "…"}
    assert town.problems("Confirm", "kenesh", **said) == {"actor": "only_court"}
    assert town.problems("Confirm", "court", **{**said, "entry": 6}) == {"entry": "not_contested"}
    town.confirm(n)
    assert town.problems("Confirm", "court", **said) == {"entry": "not_contested"}


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"grounds": "…"}, {"entry": "required"}),
        ({"entry": 10}, {"grounds": "required"}),
        ({"entry": "10", "grounds": "…"}, {"entry": "not_an_entry"}),
        ({"entry": 999, "grounds": "…"}, {"entry": "not_contested"}),
        ({"entry": 10, "grounds": "…", "from_day": "2010-01-01"}, {"from_day": "unknown_field"}),
    ],
)
def test_malformed(fields, problems):
    town, _ = appointed(*NEW)
    assert town.problems("Confirm", f"court:{COURT}", **fields) == problems


def test_not_before_it_happened():
    town, n = appointed(*NEW)
    said = {"entry": n, "grounds": "…"}
    assert town.problems("Confirm", "court", BEFORE, **said) == {"held_on": "before_the_act"}


def test_it_is_never_annulled_itself():
    town, n = appointed(*NEW)
    said = {"entry": town.confirm(n).n, "from_day": "2010-03-03", "grounds": "…"}
    assert town.problems("Annul", "court", AFTER, **said) == {"entry": "never_annulled"}


def test_who_was_elected_since_gives_way_from_the_day_of_the_court():
    town, n = appointed(*NEW)
    town.under(*LAWS)
    town.decide("ElectHead", day("2010-04-01"), holder="Айжан Сулайманова", votes_for=4)
    town.confirm(n, day("2010-05-01"))
    assert town.holders("head", day("2010-04-30")) == ["Айжан Сулайманова"]
    assert town.holders("head", day("2010-05-01")) == [RIVAL]


def test_a_body_constituted_since_gives_way():
    town = bare(*OLD)
    said = {"kind": "representative_body", "name": "Кеңеш"}
    n = town.contested("ConstituteBody", "governor", **said).n
    town.act("ConstituteBody", "community", DAY, **said)
    town.confirm(n, AFTER)
    assert body(town.m, "representative_body", DAY).entry != n
    assert body(town.m, "representative_body", AFTER).entry == n


def test_a_budget_and_what_was_spent_under_it():
    town = naryn(*NEW)
    n = town.contested("AdoptBudget", year=2010, lines=LINES, **town.vote()).n
    said = {"year": 2010, "source": "local", "amount": 400, "purpose": "Жол"}
    paid = town.contested("Spend", "executive", **said).n
    assert budget(town.m, 2010, AFTER) is None and spent(town.m, 2010, "local", AFTER) == 0
    town.confirm(n)
    town.confirm(paid)
    assert budget(town.m, 2010, AFTER).entry == n and spent(town.m, 2010, "local", AFTER) == 400
    assert budget(town.m, 2010, DAY) is None and spent(town.m, 2010, "local", DAY) == 0


def test_a_duty():
    town = naryn(*NEW)
    said = {"of": "executive", "about": "Жол", "due": "2010-03-02"}
    n = town.contested("DemandAccount", "executive", **said).n
    assert town.all(Demand, AFTER) == []
    town.confirm(n)
    assert town.all(Demand, AFTER) == [n] and town.all(Demand, DAY) == []


def test_a_session_is_of_its_own_day():
    town = naryn(*LAWS)
    said = {"kind": "ordinary", "number": "4", "present": 2, "agenda": "Бюджет"}
    n = town.contested("HoldSession", "kenesh", BEFORE, **said).n
    decision = {"session": n, "votes_for": 2, "title": "Парк", "outcome": "adopted", "text": "…"}
    assert town.problems("DecideIssue", "kenesh", BEFORE, **decision) == {
        "session": "no_such_thing"
    }
    town.confirm(n, AFTER)
    (session,) = town.m.all(Session, BEFORE)
    assert (session.entry, session.day) == (n, BEFORE)
    assert town.act("DecideIssue", "kenesh", BEFORE, **decision).entry.late


def test_a_misprint_corrected_meanwhile_stays_corrected():
    town, n = appointed(*NEW)
    town.act("Correct", entry=n, field="holder", text="Самара Кожобекова кызы")
    town.confirm(n)
    assert head(town.m, AFTER).holder == "Самара Кожобекова кызы"
