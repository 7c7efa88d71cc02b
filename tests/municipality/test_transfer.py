"""Transfer. S10: money comes into the budget, and says from which purse."""

import pytest

from kerege.municipality.money import received
from tests.cast import AFTER, BEFORE, DAY, DELEGATION, MINISTRY, NEW, OLD, naryn

MONEY = {"year": 2010, "source": "republican", "amount": 5000, "purpose": "Мектептер"}
OWN = {**MONEY, "source": "local", "purpose": "Жер салыгы"}


def test_s10_2007_names_the_local_budget_only():
    town = naryn(*OLD)
    done = town.act("Transfer", "executive", **OWN)
    assert (done.answer, done.norms) == ("permitted", ("kg-2007/money.local",))
    ruling = town.refused("Transfer", f"state_body:{MINISTRY}", **MONEY)
    assert (ruling.answer, ruling.norms) == ("not_empowered", ("kg-2007/money.local",))


@pytest.mark.parametrize("fields", [MONEY, OWN])
def test_s10_2010_names_both(fields):
    done = naryn(*NEW).act("Transfer", f"state_body:{MINISTRY}", **fields)
    assert (done.answer, done.norms) == ("permitted", ("kg-2010/money.two",))


def test_s12_the_means_of_a_delegation():
    town = naryn(*NEW)
    said = {**DELEGATION, "instrument": "law"}
    n = town.act("DelegatePower", f"state_body:{MINISTRY}", **said).n
    done = town.act("Transfer", f"state_body:{MINISTRY}", **MONEY, delegation=n)
    assert done.entry.rests_on == (n,)


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"year": None}, {"year": "required"}),
        ({"year": 2200}, {"year": "out_of_range"}),
        ({"source": None}, {"source": "required"}),
        ({"source": 0}, {"source": "not_a_choice"}),
        ({"amount": -5}, {"amount": "out_of_range"}),
        ({"amount": 10**13 + 1}, {"amount": "out_of_range"}),
        ({"purpose": False}, {"purpose": "wrong_type"}),
        ({"delegation": 3}, {"delegation": "no_such_thing"}),
        ({"bank": "…"}, {"bank": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    assert naryn(*NEW).problems("Transfer", "executive", **{**MONEY, **changed}) == problems


def test_it_counts_from_its_day_until_annulled_each_purse_apart():
    town = naryn(*NEW)
    n = town.act("Transfer", f"state_body:{MINISTRY}", **MONEY).n
    assert [received(town.m, 2010, "republican", on) for on in (BEFORE, DAY)] == [0, 5000]
    assert received(town.m, 2010, "local", DAY) == received(town.m, 2011, "republican", DAY) == 0
    town.annul(n)
    assert received(town.m, 2010, "republican", AFTER) == 0


def test_contested_no_money_has_come():
    town = naryn(*OLD)
    town.contested("Transfer", f"state_body:{MINISTRY}", **MONEY)
    assert received(town.m, 2010, "republican", AFTER) == 0
