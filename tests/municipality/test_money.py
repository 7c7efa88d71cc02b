"""Money: budgets, purses and accounts on a day."""

import pytest

from kerege.municipality.money import (
    beyond,
    budget,
    delegation,
    draft,
    execution,
    hearing,
    received,
    spent,
    spent_under,
    years,
)
from kerege.municipality.municipality import Municipality
from tests.cast import AFTER, BEFORE, BOTH, DAY, LINES, NEW, OLD, TODAY, naryn


def test_of_an_empty_register_there_is_nothing():
    m = Municipality()
    assert [f(m, 2010, DAY) for f in (draft, hearing, budget, execution)] == [None] * 4
    assert spent(m, 2010, "local", DAY) == received(m, 2010, "local", DAY) == 0
    assert spent_under(m, 0) == 0 and delegation(m, None, DAY) is None


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


def test_what_went_beyond_the_budget_is_counted_whatever_the_law_says_to_it():
    town = naryn(*TODAY)
    said = {"year": 2010, "source": "local", "purpose": "…"}
    first = town.act("Spend", "executive", BEFORE, **said, amount=100).n
    assert beyond(town.m, 2010, "local", BEFORE) == 100 and years(town.m, BEFORE) == {2010}
    assert beyond(town.m, 2010, "republican", BEFORE) == beyond(town.m, 2011, "local", DAY) == 0
    town.decide("AdoptBudget", DAY, year=2010, lines=LINES)
    second = town.act("Spend", "executive", DAY, **said, amount=900).n
    third = town.act("Spend", "executive", DAY, **said, amount=7).n
    assert [beyond(town.m, 2010, "local", DAY, n) for n in (first, second, third)] == [0, 0, 7]
    town.annul(first, AFTER)
    assert beyond(town.m, 2010, "local", AFTER) == 0
    town.act("Transfer", "executive", AFTER, **{**said, "year": 2011}, amount=5)
    assert years(town.m, DAY) == {2010} and years(town.m, AFTER) == {2010, 2011}


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
