"""ContractTos. S4: a TOS takes on tasks by contract."""

import pytest

from kerege.municipality.record import Contract
from tests.cast import AFTER, BEFORE, DAY, MODEL, NEW, OLD, TOS, chartered, day, naryn


def registered(*law):
    town = naryn(*law)
    n = town.decide("RegisterTos", BEFORE, name=TOS, territory="Жаштык көчөсү").n
    return town, {"tos": n, "task": "Суу түтүгү", "amount": 60, "last_day": "2010-12-31"}


@pytest.mark.parametrize(
    ("law", "norm"), [(OLD, "kg-2007/tos.contract"), (NEW, "kg-2010/tos.contract")]
)
@pytest.mark.parametrize("actor", ["kenesh", "executive"])
def test_s4_a_task_by_contract(law, norm, actor):
    town, said = registered(*law)
    vote = town.vote() if actor == "kenesh" else {}
    done = town.act("ContractTos", actor, **said, **vote)
    assert (done.answer, done.norms) == ("not_stated", (norm,))
    assert said["tos"] in done.entry.rests_on


def test_not_by_the_state():
    town, said = registered(*NEW)
    assert town.refused("ContractTos", "governor", **said).answer == "not_empowered"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"tos": None}, {"tos": "required"}),
        ({"tos": 2}, {"tos": "no_such_thing"}),
        ({"task": 3}, {"task": "wrong_type"}),
        ({"amount": -1}, {"amount": "out_of_range"}),
        ({"amount": 1.5}, {"amount": "not_a_number"}),
        ({"last_day": "2010-13-01"}, {"last_day": "no_such_day"}),
        ({"last_day": "2010-03-01"}, {"last_day": "ends_before_begin"}),
        ({"first_day": "2010-03-01"}, {"first_day": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town, said = registered(*NEW)
    assert town.problems("ContractTos", "executive", **{**said, **changed}) == problems


def test_for_one_day():
    town, said = registered(*NEW)
    n = town.act("ContractTos", "executive", **{**said, "last_day": "2010-03-02"}).n
    assert town.all(Contract, DAY) == [n] and town.all(Contract, AFTER) == []


def test_it_holds_to_its_last_day():
    town, said = registered(*NEW)
    n = town.act("ContractTos", "executive", **said).n
    endless = town.act("ContractTos", "executive", **{**said, "last_day": None}).n
    assert town.all(Contract, BEFORE) == []
    assert town.all(Contract, day("2010-12-31")) == [n, endless]
    assert town.all(Contract, day("2011-01-01")) == [endless]
    town.annul(n)
    assert town.all(Contract, AFTER) == [endless]


def test_with_a_tos_that_is_no_more_there_is_no_contract():
    town, said = registered(*NEW)
    town.annul(said["tos"], DAY)
    assert town.problems("ContractTos", "executive", **said) == {"tos": "no_such_thing"}


def test_contested_has_no_effect():
    town, said = registered(*NEW)
    town.contested("ContractTos", "governor", **said)
    assert town.all(Contract, AFTER) == []


def test_s4_the_typical_charter_hands_tasks_to_a_tos_by_contract_and_not_otherwise():
    town, on = chartered(), day("2023-05-10")
    done = town.decide("RegisterTos", on, name=TOS, territory="Жаштык көчөсү")
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/tos.registered",))
    done = town.act("ContractTos", "executive", on, tos=done.n, task="Суу түтүгү")
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/tos.contract",))
    power = {"to": "tos_body", "name": TOS, "authority": "Айып салуу"}
    ruling = town.refused("GrantAuthority", "kenesh", on, **power, **town.vote(on))
    assert ruling.norms == (f"{MODEL}/tos.by-contract",)
