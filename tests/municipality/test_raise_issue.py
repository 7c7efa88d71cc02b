"""RaiseIssue. S1: the community raises its own issues."""

import pytest

from kerege.municipality.record import Issue
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, naryn

LIGHT = {"title": "Жарык", "text": "Мектептин жолуна он чырак\nкоюлсун", "supporters": 143}


@pytest.mark.parametrize(
    ("actor", "norm"),
    [
        ("community", "concept.community"),
        ("deputy:4.0", "concept.deputy"),
        ("executive", "concept.bodies"),
    ],
)
def test_s1_2010_the_community_and_its_bodies(actor, norm):
    done = naryn(*NEW).act("RaiseIssue", actor, **LIGHT)
    assert (done.answer, done.norms) == ("permitted", (f"kg-2010/{norm}",))


def test_s1_the_kenesh_by_vote():
    assert naryn(*NEW).decide("RaiseIssue", **LIGHT).norms == ("kg-2010/concept.bodies",)


def test_s1_2007_is_not_known():
    done = naryn(*OLD).act("RaiseIssue", "community", **LIGHT)
    assert (done.answer, done.norms) == ("not_stated", ("kg-2007/concept.issues",))


def test_s1_2010_not_the_state():
    ruling = naryn(*NEW).refused("RaiseIssue", "governor", **LIGHT)
    assert ruling.answer == "not_empowered" and "kg-2010/concept.community" in ruling.norms


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"title": None, "text": None}, {"title": "required", "text": "required"}),
        ({"title": "Жарык\nкерек"}, {"title": "bad_characters"}),
        ({"text": 5}, {"text": "wrong_type"}),
        ({"supporters": 0}, {"supporters": "out_of_range"}),
        ({"names": ["А"]}, {"names": "unknown_field"}),
        ({"session": 2}, {"session": "only_kenesh_meets"}),
    ],
)
def test_malformed(changed, problems):
    assert naryn(*NEW).problems("RaiseIssue", "community", **{**LIGHT, **changed}) == problems


def test_it_holds_from_its_day_until_annulled():
    town = naryn(*NEW)
    n = town.act("RaiseIssue", "community", **LIGHT).n
    assert town.all(Issue, BEFORE) == [] and town.all(Issue, DAY) == [n]
    town.annul(n)
    said = {"issue": n, "title": "Жарык", "outcome": "adopted", "text": "…"}
    assert town.problems("DecideIssue", "community", AFTER, **said) == {"issue": "no_such_thing"}


def test_contested_has_no_effect():
    town = naryn(*NEW)
    town.contested("RaiseIssue", "governor", **LIGHT)
    assert town.all(Issue, AFTER) == []
