"""ReportDelegation. S12: for a delegated power the executive answers to who delegated it."""

import pytest

from kerege.municipality.duties import owed
from kerege.municipality.record import DelegationReport
from tests.cast import AFTER, BEFORE, DAY, DELEGATION, LAWS, NEW, OLD, day, naryn

SUMMARY = "240 сомдун 240 сому жумшалды"


def delegated(*law):
    town = naryn(*law)
    n = town.act("DelegatePower", "state_body", BEFORE, **{**DELEGATION, "instrument": "law"}).n
    return town, {"delegation": n, "summary": SUMMARY}


@pytest.mark.parametrize(
    ("law", "answer", "norms"),
    [
        (OLD, "not_stated", ("kg-2007/delegation.report",)),
        (NEW, "not_stated", ("kg-2010/delegation.report",)),
        (LAWS, "permitted", ("kg-law-127-2013/account.report",)),
    ],
)
def test_s12_the_executive_reports(law, answer, norms):
    town, said = delegated(*law)
    done = town.act("ReportDelegation", "executive", **said)
    assert (done.answer, done.norms) == (answer, norms)
    assert said["delegation"] in done.entry.rests_on


def test_s12_nobody_else_does():
    for law in (OLD, NEW, LAWS):
        town, said = delegated(*law)
        assert town.refused("ReportDelegation", "kenesh", **said).answer == "not_empowered"


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"delegation": None}, {"delegation": "required"}),
        ({"delegation": 3}, {"delegation": "no_such_thing"}),
        ({"delegation": "3"}, {"delegation": "not_an_entry"}),
        ({"summary": ""}, {"summary": "required"}),
        ({"summary": "с" * 2001}, {"summary": "too_long"}),
        ({"document": "x"}, {"document": "not_a_hash"}),
    ],
)
def test_malformed(changed, problems):
    town, said = delegated(*LAWS)
    assert town.problems("ReportDelegation", "executive", **{**said, **changed}) == problems


def test_before_it_was_delegated_and_after_it_was_annulled_there_is_nothing_to_report():
    town, said = delegated(*LAWS)
    early = town.problems("ReportDelegation", "executive", BEFORE.replace(month=2), **said)
    assert early == {"delegation": "no_such_thing"}
    town.annul(said["delegation"], DAY)
    late = town.problems("ReportDelegation", "executive", AFTER, **said)
    assert late == {"delegation": "no_such_thing"}


def test_it_holds_from_its_day_until_annulled():
    town, said = delegated(*LAWS)
    n = town.act("ReportDelegation", "executive", **said).n
    assert town.all(DelegationReport, BEFORE) == [] and town.all(DelegationReport, DAY) == [n]
    assert town.m.get(DelegationReport, n, DAY).delegation == said["delegation"]
    town.annul(n)
    assert town.all(DelegationReport, AFTER) == []


def test_contested_has_no_effect():
    town, said = delegated(*LAWS)
    town.contested("ReportDelegation", "kenesh", **said)
    assert town.all(DelegationReport, AFTER) == []


def test_s12_the_report_falls_due_on_the_day_the_delegation_names():
    town, said = delegated(*LAWS)
    duty = "kg-law-127-2013/account.delegated"

    def stands(on: str) -> list[str]:
        return [o.state for o in owed(town.m, town.book, day(on)) if o.duty.id == duty]

    # Pinned to no day: the law of 2013 is asked about 2010, as if it had always been.
    assert stands("2010-03-01") == stands("2011-02-01") == ["open"]
    assert stands("2011-02-02") == ["overdue"]
    town.act("ReportDelegation", "executive", day("2011-02-01"), **said)
    assert stands("2011-02-02") == ["fulfilled"]
    other = town.act("DelegatePower", "state_body", BEFORE, **{**DELEGATION, "instrument": "law"})
    assert stands("2011-02-02") == ["fulfilled", "overdue"]
    late = {**said, "delegation": other.n}
    town.act("ReportDelegation", "executive", day("2011-02-03"), **late)
    assert stands("2011-02-03") == ["fulfilled", "late"]


def test_what_a_delegation_promised_is_owed_where_no_law_is_known_to_ask_for_it():
    town, said = delegated(*NEW)
    (one,) = [o for o in owed(town.m, town.book, day("2011-02-02")) if o.state == "overdue"]
    assert (one.cause.entry, one.duty.norm, one.duty.act) == (
        said["delegation"],
        "",
        "ReportDelegation",
    )
    town.act("ReportDelegation", "executive", day("2011-02-01"), **said)
    (one,) = [o for o in owed(town.m, town.book, day("2011-02-02")) if not o.duty.norm]
    assert one.state == "fulfilled"
    # Where the law asks for it, it is owed once.
    town, said = delegated(*LAWS)
    acts = [o.duty.norm for o in owed(town.m, town.book, day("2011-02-02")) if o.cause]
    assert acts.count("kg-law-127-2013/account") == 1 and "" not in acts
