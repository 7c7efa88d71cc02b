"""TakeEdition. S13: the people choose the edition; it is in force from a day."""

import pytest

from kerege.constitution import packs
from kerege.municipality.country import in_force
from tests.cast import AFTER, BEFORE, DAY, LAWS, NEW, OLD, day, naryn, the_country

TAKE = {"edition": "kg-2010", "from_day": "2010-03-02"}


def voted(town, edition="kg-2010", on=BEFORE, yes=9070, no=796):
    n = town.act("CallReferendum", "state", on, edition=edition, day=on.isoformat()).n
    return town.act("RecordReferendum", "people", on, referendum=n, yes_share=yes, no_share=no).n


def edition(town, on):
    return in_force(town.m, packs.load(), on)


@pytest.mark.parametrize("law", [OLD, NEW])
def test_s13_only_when_the_people_approved_it(law):
    town = the_country().under(*law)
    ruling = town.refused("TakeEdition", "people", **TAKE)
    assert (ruling.norms, ruling.missing) == (
        (f"{law[0]}/referendum.approved",),
        ("referendumApproved",),
    )
    result = voted(town)
    done = town.act("TakeEdition", "people", **TAKE)
    assert (done.answer, done.norms) == ("permitted", (f"{law[0]}/referendum.people",))
    assert done.entry.rests_on == (result,)


@pytest.mark.parametrize(("yes", "no"), [(4000, 6000), (5000, 5000)])
def test_s13_not_when_they_did_not(yes, no):
    town = the_country()
    voted(town, yes=yes, no=no)
    assert town.refused("TakeEdition", "people", **TAKE).missing


def test_s13_another_edition_is_another_question():
    town = the_country()
    voted(town, "kg-2007")
    assert town.refused("TakeEdition", "people", **TAKE).missing


def test_s13_the_last_word_counts():
    town = the_country()
    voted(town)
    voted(town, on=DAY, yes=100, no=9000)
    assert town.refused("TakeEdition", "people", **TAKE).missing
    early = {**TAKE, "from_day": "2010-03-01"}
    assert town.considered("TakeEdition", "people", BEFORE, **early)[2].effective


def test_s13_to_take_it_again_the_people_are_asked_again():
    town = the_country()
    voted(town)
    town.act("TakeEdition", "people", **TAKE)
    assert town.refused(
        "TakeEdition", "people", AFTER, **{**TAKE, "from_day": "2010-03-03"}
    ).missing


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"edition": None}, {"edition": "required"}),
        ({"edition": "kg-3000"}, {"edition": "unknown_pack"}),
        ({"edition": LAWS[1]}, {"edition": "unknown_pack"}),
        ({"from_day": 2010}, {"from_day": "not_a_date"}),
        ({"until_day": "2010-03-02"}, {"until_day": "ends_before_begin"}),
        ({"signed": True}, {"signed": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town = the_country()
    assert town.problems("TakeEdition", "people", **{**TAKE, **changed}) == problems


def test_it_is_in_force_from_its_day_until_the_next():
    town = the_country()
    voted(town, "kg-2007")
    town.act("TakeEdition", "people", BEFORE, edition="kg-2007", from_day="2010-03-01")
    voted(town)
    n = town.act("TakeEdition", "people", **TAKE).n
    assert edition(town, day("2010-02-28")) == ()
    assert edition(town, BEFORE) == OLD and edition(town, DAY) == NEW
    town.annul(n, day("2010-06-01"))
    assert edition(town, day("2010-05-31")) == NEW and edition(town, day("2010-06-01")) == OLD


def test_it_can_say_its_last_day_beforehand():
    town = the_country()
    voted(town)
    town.act("TakeEdition", "people", **TAKE, until_day="2021-05-05")
    assert edition(town, day("2021-05-04")) == NEW and edition(town, day("2021-05-05")) == ()


def test_not_before_the_one_that_is_in_force():
    town = the_country()
    voted(town)
    n = town.act("TakeEdition", "people", **TAKE).n
    voted(town, "kg-2007")
    early = {"edition": "kg-2007", "from_day": "2010-03-01"}
    assert town.problems("TakeEdition", "people", AFTER, **early) == {"from_day": "before_the_last"}
    # One that was annulled from its first day never was in force.
    town.annul(n, AFTER, from_day=DAY)
    assert town.problems("TakeEdition", "people", AFTER, **early) == {}


def test_from_the_same_day_the_one_taken_later_is_in_force():
    town = the_country()
    for edition_ in ("kg-2010", "kg-2007"):
        voted(town, edition_)
        town.act("TakeEdition", "people", DAY, edition=edition_, from_day="2010-03-02")
    assert edition(town, DAY) == OLD


def test_contested_changes_no_law():
    town = the_country()
    town.contested("TakeEdition", "people", **TAKE)
    assert edition(town, AFTER) == ()


def test_it_stands_in_the_country_register_only():
    assert naryn().considered("TakeEdition", "people", **TAKE)[0].REGISTERS == ("country",)
