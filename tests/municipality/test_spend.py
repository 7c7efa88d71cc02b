"""Spend. S11: only under a budget and with account given; S10: by purse; S12: by delegation."""

import pytest

from kerege.municipality.money import spent, spent_under
from tests.cast import (
    AFTER,
    BEFORE,
    BOTH,
    DAY,
    DELEGATION,
    LINES,
    MINISTRY,
    NEW,
    OLD,
    day,
    naryn,
)

PAID = {"year": 2010, "source": "local", "amount": 400, "purpose": "Жол оңдоо"}


def budgeted(*law, lines=LINES, year=2010, on=BEFORE):
    town = naryn(*law)
    town.adopt(on, year, lines)
    return town


def test_s11_2007_asks_nothing_and_the_act_is_marked():
    done = naryn(*OLD).act("Spend", "executive", **PAID)
    assert (done.answer, done.norms) == ("not_stated", ("kg-2007/budget.spend",))


def test_s10_2007_knows_no_money_of_the_republic():
    ruling = naryn(*OLD).refused("Spend", "executive", **{**PAID, "source": "republican"})
    assert (ruling.answer, ruling.norms) == ("not_empowered", ("kg-2007/budget.spend",))


def test_s11_2010_under_an_adopted_budget():
    ruling = naryn(*NEW).refused("Spend", "executive", **PAID)
    assert ruling.norms == ("kg-2010/kenesh.approved", "kg-2010/kenesh.within")
    assert ruling.missing == ("budgetAdopted", "withinBudget")
    town = budgeted(*NEW)
    done = town.act("Spend", "executive", **PAID)
    assert (done.answer, done.norms) == ("permitted", ("kg-2010/budget.execute",))
    adopted = next(n for n, act in town.m.acts.items() if act == "AdoptBudget")
    assert done.entry.rests_on == (3, 6, adopted)


def test_s11_within_its_sum_from_that_purse():
    town = budgeted(*NEW, lines=BOTH)
    town.act("Spend", "executive", **PAID)
    assert town.considered("Spend", "executive", **{**PAID, "amount": 600})[2].effective
    assert town.refused("Spend", "executive", **{**PAID, "amount": 601}).missing == (
        "withinBudget",
    )
    republican = {**PAID, "source": "republican"}
    assert town.considered("Spend", "executive", **{**republican, "amount": 5000})[2].effective
    assert town.refused("Spend", "executive", **{**republican, "amount": 5001}).missing


def test_s11_a_budget_is_spent_in_its_year():
    town = budgeted(*NEW)
    next_year = day("2011-01-10")
    assert town.refused("Spend", "executive", next_year, **PAID).missing == ("withinBudget",)
    town = budgeted(*NEW, year=2011)
    assert town.refused("Spend", "executive", **{**PAID, "year": 2011}).missing == ("withinBudget",)


def test_s11_without_a_budget_not_one_som():
    ruling = naryn(*NEW).refused("Spend", "executive", **{**PAID, "amount": 1})
    assert ruling.missing == ("budgetAdopted", "withinBudget")


def test_s11_not_while_an_account_is_owed():
    town = budgeted(*NEW)
    on = day("2012-05-01")
    town.adopt(day("2012-04-01"), 2012)
    ruling = town.refused("Spend", "executive", on, **{**PAID, "year": 2012})
    assert (ruling.norms, ruling.missing) == (("kg-2010/budget.account",), ("accountGiven",))
    given = {"year": 2010, "spent_local": 900, "spent_republican": 0, "summary": "…"}
    town.act("ReportExecution", "executive", on, **given)
    assert town.act("Spend", "executive", on, **{**PAID, "year": 2012})


def test_s3_not_while_the_kenesh_waits_for_an_answer():
    town = budgeted(*NEW)
    said = {"of": "executive", "about": "Жол", "due": "2010-03-01"}
    n = town.decide("DemandAccount", BEFORE, **said).n
    assert town.refused("Spend", "executive", **PAID).missing == ("accountGiven",)
    town.act("ReportToKenesh", "executive", demand=n, summary="Жол оңдолду")
    assert town.act("Spend", "executive", **PAID)


def delegated(*law):
    """A town with a power delegated to it by law, and the money for it in the budget."""
    town = budgeted(*law, lines=BOTH)
    said = {**DELEGATION, "instrument": "law", "first_day": "2010-03-02"}
    n = town.act("DelegatePower", f"state_body:{MINISTRY}", BEFORE, **said).n
    return town, {**PAID, "source": "republican", "delegation": n}


def test_s12_within_the_term_and_the_means_of_the_delegation():
    town, said = delegated(*NEW)
    first = town.act("Spend", "executive", **{**said, "amount": 200})
    assert said["delegation"] in first.entry.rests_on
    assert town.act("Spend", "executive", **{**said, "amount": 40})
    ruling = town.refused("Spend", "executive", **{**said, "amount": 1})
    assert ruling.norms == ("kg-2010/delegation.within",)
    assert ruling.missing == ("withinDelegation",)
    early = town.refused("Spend", "executive", BEFORE, **{**said, "amount": 1})
    assert early.missing == ("withinDelegation",)


def test_s12_each_of_two_delegations_has_its_own_means():
    town, said = delegated(*NEW)
    more = {**DELEGATION, "instrument": "law", "first_day": "2010-03-02"}
    other = town.act("DelegatePower", f"state_body:{MINISTRY}", BEFORE, **more).n
    town.act("Spend", "executive", **{**said, "amount": 240})
    town.act("Spend", "executive", **{**said, "amount": 100, "delegation": other})
    assert spent_under(town.m, said["delegation"]) == 240
    assert spent_under(town.m, other) == 100


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"year": None}, {"year": "required"}),
        ({"year": -2010}, {"year": "out_of_range"}),
        ({"source": "federal"}, {"source": "not_a_choice"}),
        ({"amount": 0}, {"amount": "out_of_range"}),
        ({"amount": -400}, {"amount": "out_of_range"}),
        ({"amount": 10**30}, {"amount": "out_of_range"}),
        ({"amount": "400 сом"}, {"amount": "not_a_number"}),
        ({"amount": 400.5}, {"amount": "not_a_number"}),
        ({"purpose": "а" * 301}, {"purpose": "too_long"}),
        ({"delegation": 6}, {"delegation": "no_such_thing"}),
        ({"delegation": False}, {"delegation": "not_an_entry"}),
        ({"to": "Ленин ААК"}, {"to": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    assert budgeted(*NEW).problems("Spend", "executive", **{**PAID, **changed}) == problems


def test_it_counts_from_its_day_until_annulled():
    town = budgeted(*NEW)
    n = town.act("Spend", "executive", **PAID).n
    at = [spent(town.m, 2010, "local", on) for on in (BEFORE, DAY)]
    assert at == [0, 400] and spent(town.m, 2010, "republican", DAY) == 0
    town.annul(n)
    assert (spent(town.m, 2010, "local", DAY), spent(town.m, 2010, "local", AFTER)) == (400, 0)


def test_an_annulled_budget_is_none_and_a_new_one_counts_what_was_spent():
    town = budgeted(*NEW)
    town.act("Spend", "executive", **PAID)
    adopted = next(n for n, act in town.m.acts.items() if act == "AdoptBudget")
    town.annul(adopted)
    assert town.refused("Spend", "executive", AFTER, **PAID).missing[0] == "budgetAdopted"
    town.adopt(AFTER)
    assert town.refused("Spend", "executive", AFTER, **{**PAID, "amount": 601}).missing


def test_the_head_whose_election_was_annulled_leaves_the_spending_in_doubt():
    town = budgeted(*NEW)
    n = town.act("Spend", "executive", **PAID).n
    assert town.m.tainted(n) == set()
    town.annul(6)
    assert town.m.tainted(n) == {6}


def test_contested_no_money_is_gone():
    town = naryn(*NEW)
    town.contested("Spend", "executive", **PAID)
    assert spent(town.m, 2010, "local", AFTER) == 0


def test_a_purse_is_not_emptied_twice_by_an_earlier_day():
    """What was spent later in the year counts against what is told with an earlier day."""
    town, later = budgeted(*NEW), day("2010-09-01")
    while town.considered("Spend", "executive", later, **PAID)[2].effective:
        town.act("Spend", "executive", later, **PAID)
    assert town.refused("Spend", "executive", **PAID).missing == ("withinBudget",)
