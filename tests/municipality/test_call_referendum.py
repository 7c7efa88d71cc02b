"""CallReferendum. S13: the people are asked about an edition."""

import pytest

from kerege.municipality.record import Referendum
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, naryn, the_country

VOTE = {"edition": "kg-2010", "day": "2010-06-27"}


@pytest.mark.parametrize(
    ("law", "norm"), [(OLD, "kg-2007/referendum.held"), (NEW, "kg-2010/referendum.held")]
)
def test_s13_it_is_called(law, norm):
    done = the_country().under(*law).act("CallReferendum", "state", **VOTE)
    assert (done.answer, done.norms) == ("not_stated", (norm,))
    assert done.entry.question["place"] == "city_republican"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"edition": None}, {"edition": "required"}),
        ({"edition": "kg-1993"}, {"edition": "unknown_pack"}),
        ({"edition": "kg-law-101-2011"}, {"edition": "unknown_pack"}),
        ({"day": "27.06.2010"}, {"day": "not_a_date"}),
        ({"day": "2010-03-01"}, {"day": "due_in_past"}),
        ({"question": "?"}, {"question": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town = the_country()
    assert town.problems("CallReferendum", "state", **{**VOTE, **changed}) == problems


def test_it_can_be_called_for_the_same_day():
    said = {**VOTE, "day": "2010-03-02"}
    assert the_country().problems("CallReferendum", "state", **said) == {}


def test_it_stands_in_the_country_register_only():
    assert naryn().considered("CallReferendum", "state", **VOTE)[0].REGISTERS == ("country",)


def test_it_holds_from_its_day_until_annulled():
    town = the_country()
    n = town.act("CallReferendum", "state", **VOTE).n
    assert town.all(Referendum, BEFORE) == [] and town.all(Referendum, DAY) == [n]
    town.annul(n)
    assert town.all(Referendum, AFTER) == []
    early = {"referendum": n, "yes_share": 9000, "no_share": 800}
    assert town.problems("RecordReferendum", "people", AFTER, **early) == {
        "referendum": "no_such_thing"
    }


def test_contested_has_no_effect():
    town = the_country()
    town.contested("CallReferendum", "state", **VOTE)
    assert town.all(Referendum, AFTER) == []
