"""TakeOver: what was there before the register began, with its paper, not judged."""

import pytest

from kerege.municipality.governing import body, deputies, head, seats
from tests.cast import AFTER, DAY, FOUNDED, HEAD, LAWS, NEW, OLD, PAPER, RIVAL, bare, day, naryn

PEOPLE = {"post": "deputy", "holders": ["А А", "Б Б"], "seats": 3}
THEN, EVE = day("2008-10-05"), day("2008-10-04")


@pytest.mark.parametrize("law", [OLD, NEW])
def test_it_is_not_judged_and_holds_from_its_earlier_day(law):
    town = bare(*law)
    done = town.act("TakeOver", "", THEN, **PEOPLE)
    assert done.answer == "" and done.entry.standing == "exempt" and done.entry.late
    assert (deputies(town.m, EVE), deputies(town.m, THEN), seats(town.m, THEN)) == (0, 2, 3)
    town.annul(done.n, DAY)
    assert deputies(town.m, DAY) == 0


def test_bodies_are_taken_over_by_name():
    town = bare()
    n = town.act("TakeOver", "", THEN, post="kenesh_body", holders=["Кеңеш"]).n
    found = body(town.m, "representative_body", THEN)
    assert (found.entry, found.name) == (n, "Кеңеш")


def test_with_its_paper_and_by_the_recorder():
    town = bare()
    said = {**PEOPLE, "by": town.recorder, "today": DAY}
    assert town.problems("TakeOver", "", THEN, **said) == {"evidence": "paper_required"}
    assert town.problems("TakeOver", "", THEN, evidence=PAPER, **said) == {}


def test_what_came_after_the_founding_is_put_to_the_law():
    town = bare()
    said = {"post": "head", "holders": [RIVAL]}
    assert town.problems("TakeOver", "", FOUNDED, **said) == {}
    assert town.problems("TakeOver", "", day("2010-01-12"), **said) == {"held_on": "after_founding"}


def test_not_what_is_there_already():
    town = naryn()
    for post, problem in (
        ("kenesh_body", "body_already"),
        ("executive_body", "body_already"),
        ("head", "post_taken"),
        ("chair", "post_taken"),
    ):
        said = {"post": post, "holders": [RIVAL]}
        assert town.problems("TakeOver", "", FOUNDED, **said) == {"post": problem}


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"post": None}, {"post": "required"}),
        ({"post": "recorder"}, {"post": "not_a_choice"}),
        ({"holders": None}, {"holders": "required"}),
        ({"holders": "А А"}, {"holders": "wrong_type"}),
        ({"holders": ["А А", "А А"]}, {"holders": "name_twice"}),
        ({"holders": [[]]}, {"holders": "wrong_type"}),
        ({"post": "head"}, {"holders": "out_of_range"}),
        ({"post": "kenesh_body"}, {"holders": "out_of_range"}),
        ({"seats": 1}, {"holders": "more_than_seats"}),
        ({"seats": 501}, {"seats": "out_of_range"}),
        ({"post": "kenesh_body", "holders": ["Кеңеш"]}, {"seats": "only_deputies_seats"}),
        ({"post": "head", "holders": ["А А"]}, {"seats": "only_deputies_seats"}),
        ({"title": 1}, {"title": "wrong_type"}),
        ({"since": "1999"}, {"since": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    assert bare().problems("TakeOver", "", THEN, **{**PEOPLE, **changed}) == problems


def test_it_adds_to_those_taken_over_before():
    town = bare()
    town.act("TakeOver", "", THEN, **PEOPLE)
    town.act("TakeOver", "", THEN, post="deputy", holders=["В В"])
    assert town.holders("deputy", THEN) == ["А А", "Б Б", "В В"] and seats(town.m, THEN) == 3


def test_taken_over_after_the_next_were_elected_it_ends_with_them():
    town = bare(*LAWS)
    for post, name in (("kenesh_body", "Кеңеш"), ("executive_body", "Мэрия")):
        town.act("TakeOver", "", FOUNDED, post=post, holders=[name])
    said = {"manner": "direct", "seats": 5, "deputies": ["Г Г", "Д Д", "Е Е"]}
    town.act("ElectDeputies", "community", DAY, **said)
    town.act("TakeOver", "", FOUNDED, **PEOPLE)
    assert town.holders("deputy", FOUNDED) == ["А А", "Б Б"]
    assert town.holders("deputy", DAY) == said["deputies"] and seats(town.m, DAY) == 5


def test_a_head_taken_over_late_ends_with_the_next():
    town = naryn(*LAWS)
    town.annul(6, day("2010-02-01"), from_day=FOUNDED)
    town.decide("ElectHead", AFTER, holder=RIVAL)
    town.act("TakeOver", "", THEN, post="head", holders=[HEAD])
    assert head(town.m, DAY).holder == HEAD and town.holders("head", AFTER) == [RIVAL]


def test_who_was_in_office_before_does_not_come_back_beside_who_was_taken_over():
    town = bare()
    first = town.act("TakeOver", "", THEN, post="head", holders=[HEAD]).n
    last_day = day("2009-05-05")
    said = {"mandate": f"{first}.0", "cause": "dismissed"}
    n = town.act("EndMandate", "governor", last_day, **said).n
    town.act("TakeOver", "", FOUNDED, post="head", holders=[RIVAL])
    town.annul(n, DAY, from_day=last_day)
    assert town.holders("head", last_day) == [HEAD] and town.holders("head", DAY) == [RIVAL]


def test_contested_has_no_effect():
    town = bare()
    town.contested("TakeOver", "", THEN, **PEOPLE)
    assert deputies(town.m, DAY) == 0
