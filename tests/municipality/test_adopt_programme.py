"""AdoptProgramme. S11: the kenesh approves what the budget of a year is to serve."""

import pytest

from kerege.municipality.duties import owed
from kerege.municipality.record import Programme
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, day, naryn

SAID = {"year": 2011, "title": "2011-жылга программа", "priorities": "Таза суу\nЖолдор"}
CODE = ("kg-2010", "kg-budget-code-2016")


@pytest.mark.parametrize(
    ("law", "answer", "norms"),
    [
        (OLD, "not_stated", ("kg-2007/budget.programme",)),
        (NEW, "permitted", ("kg-2010/kenesh.programme",)),
        (CODE, "permitted", ("kg-2010/kenesh.programme", "kg-budget-code-2016/programme.kenesh")),
    ],
)
def test_s11_the_kenesh_decides_by_vote(law, answer, norms):
    town = naryn(*law)
    done = town.decide("AdoptProgramme", **SAID)
    assert (done.answer, done.norms) == (answer, norms)
    assert town.hold_session() in done.entry.rests_on


def test_s11_nobody_else_does():
    for law in (OLD, NEW, CODE):
        ruling = naryn(*law).refused("AdoptProgramme", "executive", **SAID)
        assert ruling.answer == "not_empowered"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"year": None}, {"year": "required"}),
        ({"year": 1999}, {"year": "out_of_range"}),
        ({"title": ""}, {"title": "required"}),
        ({"title": "ж" * 301}, {"title": "too_long"}),
        ({"priorities": None}, {"priorities": "required"}),
        ({"document": "x"}, {"document": "not_a_hash"}),
        ({"votes_for": 2, "votes_against": 3}, {"votes_for": "not_carried"}),
        ({"votes_for": None}, {"votes_for": "required"}),
        ({"session": None}, {"session": "required"}),
    ],
)
def test_malformed(changed, problems):
    town = naryn(*NEW)
    said = {**SAID, **town.vote(), **changed}
    assert town.problems("AdoptProgramme", "kenesh", **said) == problems


def test_another_of_the_year_takes_its_place_and_those_of_other_years_stay():
    town = naryn(*NEW)
    first = town.decide("AdoptProgramme", BEFORE, **SAID).n
    other = town.decide("AdoptProgramme", BEFORE, **{**SAID, "year": 2012}).n
    second = town.decide("AdoptProgramme", DAY, **{**SAID, "title": "Жаңысы"}).n
    assert town.all(Programme, BEFORE) == [first, other]
    assert town.all(Programme, DAY) == [other, second]
    town.annul(second)
    assert town.all(Programme, AFTER) == [first, other]


def test_contested_has_no_effect():
    town = naryn(*NEW)
    town.contested("AdoptProgramme", "executive", **SAID)
    assert town.all(Programme, AFTER) == []


def test_s11_it_is_owed_every_year_by_june_of_the_year_before():
    town = naryn("kg-2021", "kg-budget-code-2016")
    duty = "kg-budget-code-2016/programme.by-june"

    def stands(on: str) -> dict[int | None, str]:
        found = owed(town.m, town.book, day(on))
        return {o.year: o.state for o in found if o.duty.id == duty and o.due.year >= 2024}

    assert stands("2024-06-01") == {2025: "open"}
    assert stands("2024-06-02") == {2025: "overdue"}
    town.decide("AdoptProgramme", day("2024-06-01"), **{**SAID, "year": 2025})
    assert stands("2024-06-02") == {2025: "fulfilled"}
    town.decide("AdoptProgramme", day("2025-06-02"), **{**SAID, "year": 2026})
    assert stands("2025-06-02") == {2025: "fulfilled", 2026: "late"}


def test_s11_the_first_year_is_the_first_whole_one_under_the_code():
    town = naryn("kg-2021", "kg-budget-code-2016")
    years = {o.year for o in owed(town.m, town.book, day("2018-12-31"))}
    assert min(year for year in years if year is not None) == 2018
