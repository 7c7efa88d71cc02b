"""RecordReferendum. S13: what the people answered."""

import pytest

from kerege.municipality.acts import ACTS
from kerege.municipality.problem import Malformed
from kerege.municipality.record import Result
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, day, the_country

VOTED = {"yes_share": 9070, "no_share": 796}


def called(*law):
    town = the_country().under(*(law or OLD))
    n = town.act("CallReferendum", "state", BEFORE, edition="kg-2010", day="2010-03-02").n
    return town, {**VOTED, "referendum": n}


@pytest.mark.parametrize(
    ("law", "norm"), [(OLD, "kg-2007/referendum.held"), (NEW, "kg-2010/referendum.held")]
)
def test_s13_the_result(law, norm):
    town, said = called(*law)
    done = town.act("RecordReferendum", "people", **said)
    assert (done.answer, done.norms) == ("not_stated", (norm,))
    assert done.entry.rests_on == (said["referendum"],)


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"referendum": None}, {"referendum": "required"}),
        ({"referendum": 0}, {"referendum": "no_such_thing"}),
        ({"referendum": "1"}, {"referendum": "not_an_entry"}),
        ({"yes_share": 10_001}, {"yes_share": "out_of_range"}),
        ({"yes_share": 90.7}, {"yes_share": "not_a_number"}),
        ({"yes_share": 9205}, {"yes_share": "more_than_all"}),
        ({"yes_share": None}, {"outcome": "required"}),
        ({"outcome": "perhaps"}, {"outcome": "not_a_choice"}),
        ({"outcome": "rejected"}, {"outcome": "outcome_against_shares"}),
        ({"turnout": 7000}, {"turnout": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town, said = called()
    assert town.problems("RecordReferendum", "people", **{**said, **changed}) == problems


@pytest.mark.parametrize(
    ("changed", "approved"),
    [
        ({}, True),
        ({"yes_share": 4000, "no_share": 6000}, False),
        ({"yes_share": 4500, "no_share": 4500}, False),
        ({"outcome": "adopted"}, True),
        ({"outcome": "adopted", "yes_share": None, "no_share": None}, True),
        ({"outcome": "rejected", "yes_share": None, "no_share": None}, False),
        ({"outcome": "rejected", "no_share": None}, False),
    ],
)
def test_s13_what_came_out_with_or_without_shares(changed, approved):
    town, said = called()
    town.act("RecordReferendum", "people", **{**said, **changed})
    assert [r.approved for r in town.m.all(Result, DAY)] == [approved]


def test_s13_not_before_the_vote_and_only_once():
    town, said = called()
    assert town.problems("RecordReferendum", "people", BEFORE, **said) == {
        "referendum": "before_the_vote"
    }
    n = town.act("RecordReferendum", "people", **said).n
    assert town.problems("RecordReferendum", "people", AFTER, **said) == {
        "referendum": "result_already"
    }
    town.annul(n)
    assert town.problems("RecordReferendum", "people", AFTER, **said) == {}


def test_s13_the_result_stands_also_when_it_was_followed():
    town, said = called()
    town.act("RecordReferendum", "people", **said)
    town.act("TakeEdition", "people", AFTER, edition="kg-2010", from_day="2010-03-03")
    assert town.problems("RecordReferendum", "people", AFTER, **said) == {
        "referendum": "result_already"
    }


def test_it_holds_from_its_day_until_annulled():
    town, said = called()
    n = town.act("RecordReferendum", "people", **said).n
    assert town.all(Result, BEFORE) == []
    (result,) = town.m.all(Result, DAY)
    assert (result.edition, result.approved) == ("kg-2010", True)
    town.annul(n, day("2010-04-01"))
    assert town.all(Result, day("2010-04-01")) == []


def test_contested_has_no_effect():
    town, said = called()
    town.contested("RecordReferendum", "people", **said)
    take = {"edition": "kg-2010", "from_day": "2010-03-03"}
    assert town.refused("TakeEdition", "people", AFTER, **take).missing == ("referendumApproved",)


def test_an_outcome_without_shares_and_one_against_them():
    """For the referendum of 2007 no source gives the shares."""
    read = ACTS["RecordReferendum"].read
    assert read({"referendum": 1, "outcome": "adopted"}).outcome == "adopted"
    for fields in ({"referendum": 1}, {"referendum": 1, "yes_share": 6000}):
        with pytest.raises(Malformed, match="outcome: required"):
            read(fields)
    with pytest.raises(Malformed, match="outcome_against_shares"):
        read({"referendum": 1, "outcome": "rejected", **VOTED})
