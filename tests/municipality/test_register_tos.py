"""RegisterTos. S4: a TOS is an organisation of the community, registered by the kenesh."""

import pytest

from kerege.municipality.record import Body, Tos
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, TOS, naryn

NAMED = {"name": TOS, "territory": "Жаштык көчөсү"}


@pytest.mark.parametrize(
    ("law", "norm"), [(OLD, "kg-2007/tos.contract"), (NEW, "kg-2010/tos.contract")]
)
def test_s4_the_kenesh_registers(law, norm):
    done = naryn(*law).decide("RegisterTos", **NAMED)
    assert (done.answer, done.norms) == ("not_stated", (norm,))


@pytest.mark.parametrize("law", [OLD, NEW])
def test_s4_it_does_not_register_itself(law):
    assert naryn(*law).refused("RegisterTos", "tos", **NAMED).answer == "not_empowered"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"name": None}, {"name": "required"}),
        ({"territory": 5}, {"territory": "wrong_type"}),
        ({"territory": "а" * 301}, {"territory": "too_long"}),
        ({"members": 9}, {"members": "unknown_field"}),
        ({"session": 2}, {"session": "no_such_thing"}),
    ],
)
def test_malformed(changed, problems):
    town = naryn(*NEW)
    good = {**NAMED, **town.vote()}
    assert town.problems("RegisterTos", "kenesh", **{**good, **changed}) == problems


def test_s4_it_is_there_from_its_day_and_is_no_body():
    town = naryn(*NEW)
    n = town.decide("RegisterTos", **NAMED).n
    assert town.all(Tos, BEFORE) == [] and town.all(Tos, DAY) == [n]
    assert n not in town.all(Body, DAY)
    town.annul(n)
    assert town.all(Tos, AFTER) == []


def test_contested_has_no_effect():
    town = naryn(*NEW)
    town.contested("RegisterTos", "tos", **NAMED)
    assert town.all(Tos, AFTER) == []
