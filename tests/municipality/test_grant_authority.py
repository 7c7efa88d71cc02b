"""GrantAuthority. S4: public authority to a TOS under 2007, and never under 2010."""

import pytest

from kerege.municipality.record import Authority
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, TOS, naryn

WATER = {"to": "tos_body", "name": TOS, "authority": "Суу бөлүштүрүү"}


@pytest.mark.parametrize("to", ["tos_body", "other_body"])
def test_s4_2007_to_any_body(to):
    done = naryn(*OLD).decide("GrantAuthority", **{**WATER, "to": to})
    assert (done.answer, done.norms) == ("permitted", ("kg-2007/tos.authority",))


@pytest.mark.parametrize("to", ["tos_body", "other_body"])
@pytest.mark.parametrize("actor", ["kenesh", "executive", "state_body"])
def test_s4_2010_not_to_a_tos(to, actor):
    town = naryn(*NEW)
    said = {**WATER, "to": to, **(town.vote() if actor == "kenesh" else {})}
    ruling = town.refused("GrantAuthority", actor, **said)
    assert (ruling.answer, ruling.norms) == ("forbidden", ("kg-2010/tos.no-authority",))


def test_s4_2010_to_the_executive():
    done = naryn(*NEW).decide("GrantAuthority", **{**WATER, "to": "executive_body"})
    assert (done.answer, done.norms) == ("permitted", ("kg-2010/tos.executive",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"to": None}, {"to": "required"}),
        ({"to": "governor"}, {"to": "not_a_choice"}),
        ({"name": 1}, {"name": "wrong_type"}),
        ({"authority": "а" * 401}, {"authority": "too_long"}),
        ({"until": "2011"}, {"until": "unknown_field"}),
        ({"session": 10}, {"session": "only_kenesh_meets"}),
    ],
)
def test_malformed(changed, problems):
    assert naryn(*OLD).problems("GrantAuthority", "executive", **{**WATER, **changed}) == problems


def test_it_holds_from_its_day_until_annulled():
    town = naryn(*OLD)
    n = town.decide("GrantAuthority", **WATER).n
    assert town.all(Authority, BEFORE) == [] and town.all(Authority, DAY) == [n]
    town.annul(n)
    assert town.all(Authority, AFTER) == []


def test_contested_has_no_effect():
    town = naryn(*NEW)
    town.contested("GrantAuthority", "executive", **WATER)
    assert town.all(Authority, AFTER) == []
