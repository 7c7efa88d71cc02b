"""The duty book: who owes what to whom by when, and how it stands on a day."""

from dataclasses import replace
from datetime import timedelta

from kerege.constitution import packs
from kerege.municipality.duties import FULFILLED, LATE, OPEN, OVERDUE, kept, owed
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Report
from tests.cast import AFTER, BEFORE, DAY, LINES, NEW, OLD, day, naryn
from tests.municipality.owing import DEMAND, GIVEN, demanded, report, stands

DUE = day("2010-04-01")
ACCOUNT = "kg-2010/subordination.account"


# -- states ---------------------------------------------------------------------------------


def test_s3_open_until_its_day_has_passed_then_overdue_then_late():
    town, n = demanded()
    assert stands(town, BEFORE) == []
    assert stands(town, DAY) == stands(town, DUE) == [OPEN]
    assert stands(town, DUE + timedelta(1)) == [OVERDUE]
    done = report(town, n, day("2010-04-10"))
    assert stands(town, day("2010-04-09")) == [OVERDUE]
    assert stands(town, day("2010-04-10")) == [LATE]
    (one,) = owed(town.m, town.book, day("2010-04-10"))
    assert (one.duty.id, one.cause.entry, one.done.entry) == (ACCOUNT, n, done)
    assert (one.opens, one.due, one.about, one.year) == (DAY, DUE, "Жол", None)


def test_s3_done_on_its_last_day_it_is_fulfilled():
    town, n = demanded()
    report(town, n, DUE)
    assert stands(town, day("2010-03-31")) == [OPEN]
    assert stands(town, DUE) == stands(town, day("2010-06-20")) == [FULFILLED]


def test_s3_each_demand_is_answered_for_itself():
    town, first = demanded()
    second = town.decide("DemandAccount", **DEMAND).n
    report(town, first, DAY)
    assert (town.owed(FULFILLED, AFTER), town.owed(OPEN, AFTER)) == ([first], [second])
    town.act("ReportToKenesh", "executive", summary="Суралбаган отчет")
    assert town.owed(OPEN, AFTER) == [second]


def test_s3_an_official_answers_for_himself():
    town, n = demanded(of="official")
    (one,) = owed(town.m, town.book, DAY)
    assert (one.duty.id, one.duty.who) == (f"{ACCOUNT}.official", ("official",))
    town.act("AppointOfficial", "head", post="official", holder="Эрмек Жолдошев", title="Адис")
    report(town, n, DAY, f"official:{town.m.size - 1}.0")
    assert stands(town, DAY) == [FULFILLED]


def test_s11_each_year_is_accounted_for_itself():
    town = naryn(*OLD)
    for year in (2010, 2011):
        town.decide("AdoptBudget", day(f"{year}-03-02"), year=year, lines=LINES)
    town.under(*NEW)
    assert town.owed(OVERDUE, day("2013-01-01")) == [2010, 2011]
    town.act("ReportExecution", "executive", day("2012-02-01"), **{**GIVEN, "year": 2011})
    assert town.owed(OVERDUE, day("2013-01-01")) == [2010]
    assert town.owed(FULFILLED, day("2013-01-01")) == [2011]


def test_s11_a_budget_adopted_anew_owes_one_account():
    town = naryn(*OLD)
    budgets = [town.decide("AdoptBudget", on, year=2010, lines=LINES).n for on in (DAY, AFTER)]
    town.under(*NEW)
    (one,) = owed(town.m, town.book, day("2012-01-01"))
    assert (one.state, one.year, one.cause.entry) == (OVERDUE, 2010, budgets[1])
    town.annul(budgets[1], day("2012-01-02"))
    (one,) = owed(town.m, town.book, day("2012-01-02"))
    assert one.cause.entry == budgets[0]
    town.annul(budgets[0], day("2012-01-03"))
    assert owed(town.m, town.book, day("2012-01-03")) == []


def test_s11_what_is_done_before_its_earliest_day_does_not_count():
    town = naryn(*NEW)
    town.adopt(BEFORE)
    town.act("ReportExecution", "executive", day("2010-12-31"), **GIVEN)
    (one,) = owed(town.m, town.book, day("2010-12-31"))
    assert (one.opens, one.due, one.state) == (day("2011-01-01"), day("2011-12-31"), OPEN)
    assert town.owed(OVERDUE, day("2012-01-01")) == [2010]
    town.act("ReportExecution", "executive", day("2012-01-01"), **GIVEN)
    assert town.owed(LATE, day("2012-01-01")) == [2010]


# -- what counts ----------------------------------------------------------------------------


def test_annulled_nothing_was_demanded_or_done():
    town, n = demanded()
    done = report(town, n, DAY)
    town.annul(done, AFTER, from_day=AFTER)
    assert stands(town, DAY) == [FULFILLED] and stands(town, AFTER) == [OPEN]
    again = report(town, n, day("2010-05-01"))
    assert stands(town, day("2010-04-30")) == [OVERDUE] and stands(town, day("2010-05-01")) == [
        LATE
    ]
    town.annul(n, day("2010-06-01"))
    assert stands(town, day("2010-05-31")) == [LATE] and stands(town, day("2010-06-01")) == []
    assert town.m.acts[again] == "ReportToKenesh"


def test_looked_away_from_for_a_moment_nothing_was_demanded_or_done():
    town, n = demanded()
    done = report(town, n, DUE)
    late = DUE + timedelta(1)
    assert kept(town.m, town.book, "accountGiven", late)[0]
    with town.m.without(done):
        assert stands(town, late) == [OVERDUE]
        assert not kept(town.m, town.book, "accountGiven", late)[0]
        with town.m.without(n):
            assert stands(town, late) == [] and kept(town.m, town.book, "accountGiven", late)[0]
    assert stands(town, late) == [FULFILLED] and kept(town.m, town.book, "accountGiven", late)[0]


def test_contested_nothing_is_owed_and_nothing_done_until_confirmed():
    town = naryn(*NEW)
    n = town.contested("DemandAccount", "executive", **DEMAND).n
    assert stands(town, DAY) == []
    town.confirm(n)
    assert stands(town, DAY) == [] and stands(town, AFTER) == [OPEN]
    done = town.contested("ReportToKenesh", "executive", AFTER, demand=n, summary="…").n
    assert stands(town, AFTER) == [OPEN]
    town.confirm(done, day("2010-05-01"))
    assert stands(town, day("2010-05-01")) == [LATE]


def test_what_somebody_else_did_is_not_it():
    town, n = demanded()
    entry = town.considered("ReportToKenesh", "executive", demand=n, summary="…")[1]
    town.write(replace(entry, actor=replace(entry.actor, kind="governor")))
    assert town.all(Report, DAY) and stands(town, DAY) == [OPEN]


def test_under_a_law_without_duties_nothing_is_owed():
    town, _ = demanded(*OLD)
    on = day("2010-05-01")
    assert stands(town, on) == [] and kept(town.m, town.book, "accountGiven", on) == (True, ())
    assert town.act("Spend", "executive", on, year=2010, source="local", amount=1, purpose="Жол")


def test_nothing_is_owed_that_was_due_before_the_law():
    town, n = demanded()
    later = packs.load().edition("kg-2010").adopted
    assert n in town.owed(OVERDUE, later - timedelta(1)) and town.owed(OVERDUE, later) == []
    # An exercise pinned to it has always lived under it.
    town.m.identity = replace(town.m.identity, pinned="kg-2010")
    assert town.owed(OVERDUE, later) == [n]


def test_an_empty_register_owes_nothing():
    book = packs.load().rulebook(NEW)
    assert owed(Municipality(), book, DAY) == []
    assert kept(Municipality(), book, "accountGiven", DAY) == (True, ())


# -- the fact -------------------------------------------------------------------------------


def test_the_fact_is_broken_by_what_is_overdue_and_mended_by_what_is_late():
    town, n = demanded()
    told = [kept(town.m, town.book, "accountGiven", on)[0] for on in (DAY, DUE, day("2010-04-02"))]
    assert told == [True, True, False]
    done = report(town, n, day("2010-04-05"))
    whole, rests = kept(town.m, town.book, "accountGiven", day("2010-04-05"))
    assert whole and [record.entry for record in rests] == [done]
    assert not kept(town.m, town.book, "accountGiven", day("2010-04-04"))[0]


def test_a_judged_act_is_told_the_fact_and_rests_on_what_was_done():
    town, n = demanded()
    town.adopt(DAY)
    paid = {"year": 2010, "source": "local", "amount": 1, "purpose": "Жол"}
    on = day("2010-04-02")
    assert town.refused("Spend", "executive", on, **paid).missing == ("accountGiven",)
    done = report(town, n, on)
    assert done in town.act("Spend", "executive", on, **paid).entry.rests_on
