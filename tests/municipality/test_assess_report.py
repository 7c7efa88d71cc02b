"""AssessReport. S3: the kenesh assesses the account it demanded."""

import pytest

from kerege.municipality.record import Assessment
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, naryn


def reported(*law):
    town = naryn(*law)
    n = town.act("ReportToKenesh", "executive", BEFORE, summary="Беш көчө оңдолду").n
    return town, {"report": n, "mark": "satisfactory"}


@pytest.mark.parametrize(
    ("law", "answer", "norm"),
    [
        (OLD, "not_stated", "kg-2007/subordination.account"),
        (NEW, "permitted", "kg-2010/subordination.kenesh"),
    ],
)
def test_s3_the_kenesh_assesses(law, answer, norm):
    town, said = reported(*law)
    done = town.decide("AssessReport", **said)
    assert (done.answer, done.norms) == (answer, (norm,))
    assert said["report"] in done.entry.rests_on


def test_s3_2010_nobody_else_does():
    town, said = reported(*NEW)
    ruling = town.refused("AssessReport", "executive", **said)
    assert (ruling.answer, ruling.norms) == ("not_empowered", ("kg-2010/subordination.kenesh",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"report": None}, {"report": "required"}),
        ({"report": "10"}, {"report": "not_an_entry"}),
        ({"report": 3}, {"report": "no_such_thing"}),
        ({"mark": "5"}, {"mark": "not_a_choice"}),
        ({"grounds": "а" * 2001}, {"grounds": "too_long"}),
        ({"stars": 5}, {"stars": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town, said = reported(*NEW)
    said |= town.vote()
    assert town.problems("AssessReport", "kenesh", **{**said, **changed}) == problems


def test_a_report_cannot_be_assessed_before_it_was_given():
    town, said = reported(*NEW)
    early = {**said, **town.vote(BEFORE)}
    assert town.problems("AssessReport", "kenesh", BEFORE, **early) == {}
    town.annul(said["report"], from_day=BEFORE)
    assert town.problems("AssessReport", "kenesh", BEFORE, **early) == {"report": "no_such_thing"}


def test_it_holds_from_its_day_until_annulled():
    town, said = reported(*NEW)
    n = town.decide("AssessReport", **said).n
    assert town.all(Assessment, BEFORE) == [] and town.all(Assessment, DAY) == [n]
    town.annul(n)
    assert town.all(Assessment, AFTER) == []


def test_contested_has_no_effect():
    town, said = reported(*NEW)
    town.contested("AssessReport", "executive", **said)
    assert town.all(Assessment, AFTER) == []
