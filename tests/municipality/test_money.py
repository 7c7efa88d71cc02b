"""Money: budgets, purses and accounts on a day."""

import pytest

from kerege.municipality.money import (
    budget,
    delegation,
    draft,
    execution,
    hearing,
    overdue_accounts,
    received,
    spent,
    spent_under,
    unaccounted,
)
from kerege.municipality.municipality import Municipality
from tests.cast import AFTER, BEFORE, BOTH, DAY, LINES, NEW, OLD, day, naryn


def test_of_an_empty_register_there_is_nothing():
    m = Municipality()
    assert [f(m, 2010, DAY) for f in (draft, hearing, budget, execution)] == [None] * 4
    assert spent(m, 2010, "local", DAY) == received(m, 2010, "local", DAY) == 0
    assert spent_under(m, 0) == 0 and delegation(m, None, DAY) is None
    assert overdue_accounts(m, DAY) == unaccounted(m, DAY) == []


def test_s10_purses_are_kept_apart():
    town = naryn(*NEW)
    town.adopt(BEFORE, lines=BOTH)
    adopted = budget(town.m, 2010, DAY)
    totals = [adopted.total(source) for source in ("local", "republican", None)]
    assert totals == [1000, 5000, 6000]
    for source, amount in (("local", 300), ("republican", 2000)):
        said = {"year": 2010, "source": source, "purpose": "…"}
        town.act("Transfer", "executive", **said, amount=amount)
        town.act("Spend", "executive", **said, amount=amount // 2)
    assert [received(town.m, 2010, s, DAY) for s in ("local", "republican")] == [300, 2000]
    assert [spent(town.m, 2010, s, DAY) for s in ("local", "republican")] == [150, 1000]


def test_budgets_of_years_stand_side_by_side():
    town = naryn(*OLD)
    for year in (2009, 2010, 2011):
        town.decide("AdoptBudget", year=year, lines=LINES)
    assert [budget(town.m, year, DAY).year for year in (2009, 2010, 2011)] == [2009, 2010, 2011]


def test_s11_a_hearing_on_one_year_is_none_on_another():
    town = naryn(*NEW)
    town.act("PublishDraftBudget", "executive", BEFORE, year=2011, lines=LINES)
    town.open_budget(DAY, 2010)
    assert hearing(town.m, 2010, DAY) and hearing(town.m, 2011, DAY) is None
    assert draft(town.m, 2011, DAY)
    town.decide("AdoptBudget", year=2010, lines=LINES)
    assert draft(town.m, 2010, DAY) is None and draft(town.m, 2011, DAY)


@pytest.mark.parametrize("first", [BEFORE, AFTER])
def test_the_latest_is_by_day_and_then_by_entry(first):
    town = naryn(*NEW)
    said = {"year": 2010, "lines": LINES}
    days = [first, BEFORE if first is AFTER else AFTER, AFTER]
    drafts = [town.act("PublishDraftBudget", "executive", on, **said).n for on in days]
    assert draft(town.m, 2010, AFTER).entry == drafts[2]


def test_s3_each_demand_is_answered_for_itself():
    town = naryn(*NEW)
    said = {"of": "executive", "about": "Жол", "due": "2010-03-02"}
    first, second = (town.decide("DemandAccount", **said).n for _ in range(2))
    town.act("ReportToKenesh", "executive", demand=first, summary="…")
    assert [d.entry for d in overdue_accounts(town.m, AFTER)] == [second]
    town.act("ReportToKenesh", "executive", summary="Суралбаган отчет")
    assert [d.entry for d in overdue_accounts(town.m, AFTER)] == [second]


def test_s11_each_year_is_accounted_for_itself():
    town = naryn(*OLD)
    for year in (2010, 2011):
        town.decide("AdoptBudget", day(f"{year}-03-02"), year=year, lines=LINES)
    assert [b.year for b in unaccounted(town.m, day("2013-01-01"))] == [2010, 2011]
    said = {"year": 2011, "spent_local": 1, "spent_republican": 0, "summary": "…"}
    town.act("ReportExecution", "executive", day("2012-02-01"), **said)
    assert [b.year for b in unaccounted(town.m, day("2013-01-01"))] == [2010]


def test_s11_a_budget_adopted_anew_owes_one_account():
    town = naryn(*OLD)
    for on in (DAY, AFTER):
        town.decide("AdoptBudget", on, year=2010, lines=LINES)
    assert [b.year for b in unaccounted(town.m, day("2012-01-01"))] == [2010]
