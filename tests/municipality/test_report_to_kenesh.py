"""ReportToKenesh. S3: the executive and its officials answer to the kenesh."""

import pytest

from kerege.municipality.record import Report
from tests.cast import AFTER, BEFORE, DAY, NEW, OFFICIAL, OLD, day, naryn


def demanded(*law, of="executive"):
    town = naryn(*law)
    town.act("AppointOfficial", "head:6.0", BEFORE, post="official", holder=OFFICIAL)
    said = {"of": of, "about": "Жол", "due": "2010-03-02"}
    n = town.decide("DemandAccount", BEFORE, **said).n
    return town, {"demand": n, "summary": "Беш көчө оңдолду"}


@pytest.mark.parametrize("actor", ["executive", "head:6.0"])
@pytest.mark.parametrize(
    ("law", "answer", "norm"),
    [
        (OLD, "not_stated", "kg-2007/subordination.account"),
        (NEW, "permitted", "kg-2010/subordination.report"),
    ],
)
def test_s3_the_executive_reports(law, answer, norm, actor):
    town, said = demanded(*law)
    done = town.act("ReportToKenesh", actor, **said)
    assert (done.answer, done.norms) == (answer, (norm,))
    assert said["demand"] in done.entry.rests_on and 6 in done.entry.rests_on
    assert town.owed("overdue", AFTER) == []


def test_s3_officials_report_for_themselves():
    town, said = demanded(*NEW, of="official")
    assert town.act("ReportToKenesh", "official:10.0", **said).answer == "permitted"
    town, said = demanded(*NEW, of="head")
    assert town.problems("ReportToKenesh", "official:10.0", **said) == {"demand": "asked_of_others"}


def test_s3_2010_others_have_nothing_to_report():
    town, said = demanded(*NEW)
    del said["demand"]
    assert town.refused("ReportToKenesh", "governor", **said).answer == "not_empowered"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"summary": None}, {"summary": "required"}),
        ({"summary": ["…"]}, {"summary": "wrong_type"}),
        ({"demand": 2}, {"demand": "no_such_thing"}),
        ({"demand": "10"}, {"demand": "not_an_entry"}),
        ({"document": "0" * 63}, {"document": "not_a_hash"}),
        ({"mark": "5"}, {"mark": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town, said = demanded(*NEW)
    assert town.problems("ReportToKenesh", "executive", **{**said, **changed}) == problems


def test_it_holds_from_its_day_until_annulled():
    town, said = demanded(*NEW)
    n = town.act("ReportToKenesh", "executive", **said).n
    assert town.all(Report, BEFORE) == [] and town.all(Report, DAY) == [n]
    town.annul(n)
    assert town.all(Report, AFTER) == [] and town.owed("overdue", AFTER)


def test_s3_what_is_demanded_later_is_not_answered_yet():
    town, _ = demanded(*NEW)
    said = {"of": "executive", "about": "Жол", "due": "2010-04-01"}
    n = town.decide("DemandAccount", AFTER, **said).n
    early = {"demand": n, "summary": "…"}
    assert town.problems("ReportToKenesh", "executive", DAY, **early) == {"demand": "no_such_thing"}


def test_contested_answers_nothing():
    town, said = demanded(*NEW)
    town.contested("ReportToKenesh", "executive", **said)
    assert town.owed("overdue", day("2010-03-03")) == [said["demand"]]
