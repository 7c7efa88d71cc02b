"""DemandAccount. S3: the kenesh demands an account, and it falls due by itself."""

import pytest

from kerege.municipality.record import Demand
from tests.cast import AFTER, BEFORE, DAY, NEW, OLD, day, naryn

ASKED = {"of": "executive", "about": "Жолго кеткен акча", "due": "2010-04-01"}


@pytest.mark.parametrize(
    ("law", "answer", "norm"),
    [
        (OLD, "not_stated", "kg-2007/subordination.account"),
        (NEW, "permitted", "kg-2010/subordination.kenesh"),
    ],
)
def test_s3_the_kenesh_demands(law, answer, norm):
    done = naryn(*law).decide("DemandAccount", **ASKED)
    assert (done.answer, done.norms) == (answer, (norm,))


def test_s3_2010_the_executive_demands_nothing():
    ruling = naryn(*NEW).refused("DemandAccount", "executive", **ASKED)
    assert (ruling.answer, ruling.norms) == ("not_empowered", ("kg-2010/subordination.kenesh",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"of": None}, {"of": "required"}),
        ({"of": "kenesh"}, {"of": "not_a_choice"}),
        ({"about": "  "}, {"about": "required"}),
        ({"due": "2010-3-9"}, {"due": "not_a_date"}),
        ({"due": 20100401}, {"due": "not_a_date"}),
        ({"due": "2010-03-01"}, {"due": "due_in_past"}),
        ({"fine": 100}, {"fine": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    town = naryn(*NEW)
    good = {**ASKED, **town.vote()}
    assert town.problems("DemandAccount", "kenesh", **{**good, **changed}) == problems


def test_it_can_be_due_the_same_day():
    assert naryn(*NEW).decide("DemandAccount", **{**ASKED, "due": "2010-03-02"})


def test_s3_it_falls_due_by_itself_and_is_answered_by_a_report():
    town = naryn(*NEW)
    n = town.decide("DemandAccount", **ASKED).n
    assert town.all(Demand, BEFORE) == [] and town.all(Demand, DAY) == [n]
    assert town.owed("overdue", day("2010-04-01")) == []
    assert town.owed("overdue", day("2010-04-02")) == [n]
    late = day("2010-04-10")
    report = town.act("ReportToKenesh", "executive", late, demand=n, summary="Жол оңдолду").n
    assert town.owed("overdue", day("2010-04-09")) and not town.owed("overdue", late)
    town.annul(report, day("2010-05-01"))
    assert town.owed("overdue", day("2010-05-01"))


def test_annulled_nothing_is_owed():
    town = naryn(*NEW)
    town.annul(town.decide("DemandAccount", **ASKED).n)
    assert town.all(Demand, AFTER) == [] and town.owed("overdue", day("2010-04-02")) == []


def test_contested_nothing_is_owed():
    town = naryn(*NEW)
    town.contested("DemandAccount", "executive", **ASKED)
    assert town.owed("overdue", day("2010-04-02")) == []
