"""ReportExecution. S11: the budget is executed under account to the community."""

import pytest

from kerege.municipality.money import execution
from kerege.municipality.record import Budget
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, day, naryn

GIVEN = {"year": 2010, "spent_local": 900, "spent_republican": 0, "summary": "90 пайыз"}


def budgeted(*law):
    town = naryn(*law)
    town.adopt(BEFORE)
    return town


@pytest.mark.parametrize(
    ("law", "answer", "norm"),
    [(OLD, "not_stated", "kg-2007/budget.formed"), (NEW, "permitted", "kg-2010/budget.formed")],
)
def test_s11_the_executive_gives_account(law, answer, norm):
    town = budgeted(*law)
    done = town.act("ReportExecution", "executive", **GIVEN)
    assert (done.answer, done.norms) == (answer, (norm,))
    assert set(town.all(Budget, DAY)) <= set(done.entry.rests_on)


def test_s11_2010_nobody_gives_it_instead():
    assert budgeted(*NEW).refused("ReportExecution", "governor", **GIVEN).answer == "not_empowered"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"year": None}, {"year": "required"}),
        ({"year": 2009}, {"year": "no_budget"}),
        ({"spent_local": -1}, {"spent_local": "out_of_range"}),
        ({"spent_republican": "0"}, {"spent_republican": "not_a_number"}),
        ({"spent_republican": None}, {"spent_republican": "required"}),
        ({"summary": "\n"}, {"summary": "required"}),
        ({"document": 5}, {"document": "not_a_hash"}),
        ({"left": 100}, {"left": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    said = {**GIVEN, **changed}
    assert budgeted(*NEW).problems("ReportExecution", "executive", **said) == problems


def test_it_holds_from_its_day_until_annulled():
    town = budgeted(*NEW)
    n = town.act("ReportExecution", "executive", **GIVEN).n
    assert execution(town.m, 2010, BEFORE) is None
    assert execution(town.m, 2010, DAY).entry == n and execution(town.m, 2011, DAY) is None
    town.annul(n)
    assert execution(town.m, 2010, AFTER) is None


def test_s11_an_account_is_owed_before_a_second_year_has_passed():
    town = budgeted(*NEW)
    assert town.owed("overdue", day("2011-12-31")) == []
    assert town.owed("overdue", day("2012-01-01")) == [2010]
    n = town.act("ReportExecution", "executive", day("2012-02-01"), **GIVEN).n
    assert town.owed("overdue", day("2012-02-01")) == []
    town.annul(n, day("2012-03-01"))
    assert town.owed("overdue", day("2012-03-01"))


def test_s11_what_is_said_within_the_year_is_no_account_of_it():
    town = budgeted(*NEW)
    town.act("ReportExecution", "executive", **GIVEN)
    assert town.owed("overdue", day("2012-01-01"))


def test_contested_is_no_account():
    town = budgeted(*NEW)
    town.contested("ReportExecution", "governor", day("2011-02-01"), **GIVEN)
    assert town.owed("overdue", day("2012-01-01"))
