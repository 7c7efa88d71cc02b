"""ReportToCommunity. S3: bodies, heads, deputies and a TOS account to the residents."""

import pytest

from kerege.municipality.record import CommunityReport
from tests.cast import MODEL, NEW, OLD, TODAY, TOS, chartered, day, naryn

ON = day("2023-05-10")
SAID = {"summary": "Бир жылда эмне кылганыбыз"}


@pytest.mark.parametrize("actor", ["executive", "head", "kenesh", "deputy:4.0"])
def test_given_to_the_residents(actor):
    town = chartered()
    vote = town.vote(ON) if actor == "kenesh" else {}
    done = town.act("ReportToCommunity", actor, ON, **SAID, **vote)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/reports.given",))
    assert town.m.find(CommunityReport, done.n).by == actor.split(":")[0]


@pytest.mark.parametrize("act", ["ReportToCommunity", "ReportToKenesh"])
def test_s4_a_tos_reports_to_those_who_elected_and_registered_it(act):
    done = chartered().act(act, f"tos:{TOS}", ON, **SAID)
    assert (done.answer, done.norms) == ("permitted", (f"{MODEL}/tos.report",))


@pytest.mark.parametrize("law", [OLD, NEW, TODAY])
def test_where_no_charter_was_adopted(law):
    done = naryn(*law).act("ReportToCommunity", "head", ON, **SAID)
    assert (done.answer, done.norms) == ("not_stated", (f"{law[0]}/participation-acts.head",))


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"summary": None}, {"summary": "required"}),
        ({"document": "x"}, {"document": "not_a_hash"}),
        ({"year": 2022}, {"year": "unknown_field"}),
    ],
)
def test_malformed(changed, problems):
    assert chartered().problems("ReportToCommunity", "head", ON, **{**SAID, **changed}) == problems


def test_contested_has_no_effect():
    town = chartered()
    town.contested("ReportToCommunity", "head", ON, **SAID)
    assert town.all(CommunityReport, ON) == []
