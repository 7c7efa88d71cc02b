"""What came of a matter: the entries that answer it."""

from dataclasses import fields

from kerege.municipality.answering import ANSWERS
from tests.cast import NEW, naryn


def test_every_field_is_one_of_its_record():
    for kind, names in ANSWERS.items():
        assert set(names) <= {one.name for one in fields(kind)}


def test_a_decision_answers_the_issue_and_nothing_else():
    town = naryn(*NEW)
    said = {"title": "Көпүрө", "text": "Көпүрөнү оңдоо"}
    issue = town.act("RaiseIssue", "community", **said).n
    assert town.m.answered_by(issue) == []
    said = {"issue": issue, "title": "Көпүрө", "outcome": "adopted", "text": "Оңдолот"}
    n = town.decide("DecideIssue", **said).n
    assert town.m.answered_by(issue) == [n] and town.m.answered_by(n) == []
