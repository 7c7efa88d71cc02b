"""Found: a municipality begins, by the operator and not put to the law."""

import pytest

from kerege.municipality.rights import NotEntitled
from tests.cast import CODE, FOUND, FOUNDED, NEW, OLD, THE_OPERATOR, Town, bare, naryn


@pytest.mark.parametrize("law", [OLD, NEW])
def test_it_is_not_judged_and_says_which_unit_this_is(law):
    town = Town(*law)
    assert town.m.identity is None
    done = town.act("Found", "", FOUNDED, population=40000, **FOUND)
    assert done.answer == "" and done.entry.question is None
    one = town.m.identity
    assert (one.code, one.kind, one.name("ru")) == (CODE, "city_oblast", "город Нарын")
    assert (one.population, one.exercise, one.pinned, one.founded) == (40000, False, "", FOUNDED)


def test_only_the_operator():
    Town(*NEW).considered("Found", "operator", by=THE_OPERATOR, **FOUND)
    with pytest.raises(NotEntitled) as denied:
        naryn().considered("Found", "recorder", by=naryn().recorder, **FOUND)
    assert denied.value.key == "only_operator"
    with pytest.raises(NotEntitled):
        Town(*NEW).considered("Found", "community", by=THE_OPERATOR, **FOUND)


def test_only_once():
    assert bare().problems("Found", **FOUND) == {"code": "founded_already"}


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"code": None, "kind": None}, {"code": "required", "kind": "required"}),
        ({"code": 41704400000010}, {"code": "wrong_type"}),
        ({"kind": "oblast"}, {"kind": "not_a_choice"}),
        ({"name_ky": ""}, {"name_ky": "required"}),
        ({"population": -1}, {"population": "out_of_range"}),
        ({"population": True}, {"population": "not_a_number"}),
        ({"exercise": "yes"}, {"exercise": "wrong_type"}),
        ({"pinned": "kg-2007"}, {"pinned": "pinned_exercise_only"}),
        ({"pinned": "kg-1", "exercise": True}, {"pinned": "unknown_pack"}),
        ({"mayor": "…"}, {"mayor": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    assert Town(*NEW).problems("Found", **{**FOUND, **changed}) == problems


def test_it_is_never_annulled():
    town = bare()
    said = {"entry": 0, "from_day": "2010-01-11", "grounds": "…"}
    assert town.problems("Annul", "court", **said) == {"entry": "never_annulled"}


def test_a_population_nobody_said_is_none():
    assert bare().m.identity.population == 0


def test_an_exercise_can_be_pinned_to_an_edition():
    town = Town(*NEW)
    town.act("Found", "", FOUNDED, exercise=True, pinned="kg-2007", **FOUND)
    assert (town.m.identity.exercise, town.m.identity.pinned) == (True, "kg-2007")


def test_contested_has_no_effect():
    town = Town(*NEW)
    town.contested("Found", "", FOUNDED, **FOUND)
    assert town.m.identity is None
