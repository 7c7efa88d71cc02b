"""What is still to be decided: open from its day until it is settled, and again when that falls."""

import pytest

from kerege.municipality.pending import pending
from tests.cast import AFTER, BEFORE, BOTH, DAY, NEW, OLD, RIVAL, Town, chartered, day, naryn


def opened(town: Town, on=DAY) -> list[int]:
    return [one.entry for one in pending(town.m, on)]


@pytest.mark.parametrize(("outcome", "open_"), [("adopted", 0), ("rejected", 0), ("postponed", 1)])
def test_an_issue_until_it_is_decided(outcome, open_):
    town = naryn(*NEW)
    n = town.act("RaiseIssue", "community", title="Парк", text="Караңгы").n
    assert opened(town, BEFORE) == [] and opened(town) == [n]
    said = {"issue": n, "title": "Парк", "outcome": outcome, "text": "Жарык"}
    done = town.decide("DecideIssue", AFTER, **said).n
    assert opened(town) == [n] and opened(town, AFTER) == [n] * open_
    town.annul(done)
    assert opened(town, AFTER) == [n]


def test_a_draft_budget_until_there_is_a_budget_or_its_year_is_over():
    town = naryn(*NEW)
    n = town.act("PublishDraftBudget", "executive", BEFORE, year=2010, lines=BOTH).n
    assert opened(town, BEFORE) == [n] and opened(town, day("2011-01-01")) == []
    adopted = town.adopt(DAY).n
    assert opened(town) == []
    town.annul(adopted)
    assert n in opened(town, AFTER)


def test_a_call_until_it_was_held_or_its_day_is_over():
    town = chartered()
    called, held = day("2023-05-08"), day("2023-05-15")
    said = {"kind": "kurultai", "day": "2023-05-15", "about": "Парк"}
    n = town.decide("CallAssembly", called, **said).n
    assert opened(town, called) == opened(town, held) == [n]
    assert opened(town, day("2023-05-16")) == []
    met = {"kind": "kurultai", "participants": 60, "invited": 100, "recommendations": "Жарык"}
    town.act("HoldAssembly", "executive", held, call=n, **met)
    assert opened(town, held) == []


def test_an_initiative_until_it_is_decided():
    town, on = chartered(), day("2023-05-15")
    draft = {"title": "Парк", "text": "Жарык", "group": 7, "signatures": 1000}
    n = town.act("SubmitInitiative", "community", on, **draft).n
    assert opened(town, on) == [n]
    said = {"title": "Парк", "outcome": "adopted", "text": "Жарык"}
    town.decide("DecideIssue", on, initiative=n, **said)
    assert opened(town, on) == []


def test_a_candidate_until_there_is_a_head():
    town = naryn(*OLD)
    n = town.act("NominateHead", "president", candidate=RIVAL).n
    assert opened(town) == [n]
    town.decide("ElectHead", AFTER, holder=RIVAL, nomination=n)
    assert opened(town) == [n] and opened(town, AFTER) == []
