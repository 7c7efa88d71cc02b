"""SendForecast. S10: the state tells the revenues it expects before the local budget is drafted."""

import pytest

from kerege.municipality.duties import owed
from kerege.municipality.record import Forecast
from tests.cast import AFTER, BEFORE, DAY, MINISTRY, NEW, OLD, day, naryn

MINISTRY_OF = f"state_body:{MINISTRY}"
SAID = {"year": 2011, "summary": "Салыктар 1 200 000 сом, грант 400 000 сом"}
CODE = ("kg-2010", "kg-budget-code-2016")


@pytest.mark.parametrize(
    ("law", "answer", "norms"),
    [
        (OLD, "not_stated", ("kg-2007/budget.forecast",)),
        (NEW, "not_stated", ("kg-2010/kenesh.forecast",)),
        (CODE, "permitted", ("kg-budget-code-2016/forecast.sent",)),
    ],
)
def test_s10_the_state_sends_it(law, answer, norms):
    done = naryn(*law).act("SendForecast", MINISTRY_OF, **SAID)
    assert (done.answer, done.norms) == (answer, norms)


def test_s10_the_municipality_does_not_send_it_to_itself():
    for law in (OLD, NEW, CODE):
        ruling = naryn(*law).refused("SendForecast", "executive", **SAID)
        assert ruling.answer == "not_empowered"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"year": None}, {"year": "required"}),
        ({"year": 1999}, {"year": "out_of_range"}),
        ({"year": 2101}, {"year": "out_of_range"}),
        ({"summary": None}, {"summary": "required"}),
        ({"summary": "с" * 2001}, {"summary": "too_long"}),
        ({"document": "x"}, {"document": "not_a_hash"}),
        ({"amount": 1}, {"amount": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    assert naryn(*CODE).problems("SendForecast", MINISTRY_OF, **{**SAID, **changed}) == problems


def test_it_holds_from_its_day_until_annulled():
    town = naryn(*CODE)
    n = town.act("SendForecast", MINISTRY_OF, **SAID).n
    assert town.all(Forecast, BEFORE) == [] and town.all(Forecast, DAY) == [n]
    assert town.m.get(Forecast, n, DAY).year == 2011
    town.annul(n)
    assert town.all(Forecast, AFTER) == []


def test_contested_has_no_effect():
    town = naryn(*CODE)
    town.contested("SendForecast", "executive", **SAID)
    assert town.all(Forecast, AFTER) == []


def test_s10_it_is_owed_every_year_by_the_middle_of_july():
    town = naryn("kg-2021", "kg-budget-code-2016")

    def stands(on: str) -> str:
        found = owed(town.m, town.book, day(on))
        (one,) = [o for o in found if o.duty.act == "SendForecast" and o.year == 2025]
        return one.state

    assert (stands("2024-07-15"), stands("2024-07-16")) == ("open", "overdue")
    town.act("SendForecast", MINISTRY_OF, day("2024-07-15"), **{**SAID, "year": 2025})
    assert stands("2024-07-16") == "fulfilled"
