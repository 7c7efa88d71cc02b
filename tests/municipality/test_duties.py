"""The duty book: who owes what to whom by when, and how it stands on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerege.constitution import edition, packs
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality.acts import ACTS
from kerege.municipality.duties import FULFILLED, LATE, OPEN, OVERDUE, kept, owed
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Charter, Report
from tests.cast import AFTER, BEFORE, DAY, LINES, NEW, OLD, Town, day, naryn

DEMAND = {"of": "executive", "about": "Жол", "due": "2010-04-01"}
DUE = day("2010-04-01")
GIVEN = {"year": 2010, "spent_local": 1, "spent_republican": 0, "summary": "…"}
ACCOUNT = "kg-2010/subordination.account"


def stands(town: Town, on: date, law: Rulebook | None = None) -> list[str]:
    return [one.state for one in owed(town.m, law or town.book, on)]


def demanded(*law: str, **changed: str) -> tuple[Town, int]:
    town = naryn(*(law or NEW))
    return town, town.decide("DemandAccount", **{**DEMAND, **changed}).n


def report(town: Town, n: int, on: date, who: str = "executive") -> int:
    return town.act("ReportToKenesh", who, on, demand=n, summary="…").n


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


# -- what else an article can say -----------------------------------------------------------

SAID = 'ky = "а"\nru = "а"\nen = "a"\nwho = ["executive"]\nto = "kenesh"\n'
NUMBERS = (
    '[[number]]\nname = "answer_time"\nvalue = {}\nunit = "{}"\n'
    '[[number]]\nname = "meetings"\nvalue = 2\nunit = "times"\n'
)


def law(
    toml: str, *, id_: str = "law", adopted: str = "2009-01-01", kind: str = "statute"
) -> Rulebook:
    """Kg-2007, which has no duties, with a law of these tables."""
    text = f"""---
id: {id_}
kind: {kind}
adopted: {adopted}
under: kg-2007
---
# A law

ky: мыйзам
ru: закон
en: a law

## Answers {{#answers}}

topic: S3
article:
ky: жооп
ru: ответ
en: an answer
source: a test
grade: A
force: {"model" if kind == "model" else "binding"}
reading: text

```toml
{toml}
```
"""
    known = packs.load()
    one = edition.read(text, "law.md", known.vocabulary)
    return Rulebook(known.vocabulary, [known.edition("kg-2007"), one])


def answering(count: int, unit: str, more: str = "") -> Rulebook:
    duty = f'[[duty]]\nid = "answers.in-time"\n{SAID}after = "DemandAccount"\n'
    return law(
        duty
        + 'act = "ReportToKenesh"\nrefers = "demand"\nwithin = "answer_time"\n'
        + more
        + NUMBERS.format(count, unit)
    )


@pytest.mark.parametrize(
    ("count", "unit", "due"),
    [
        (3, "days", "2010-03-05"),
        # The eighth of March, a Monday, is a public holiday.
        (4, "working_days", "2010-03-09"),
        (1, "months", "2010-04-02"),
    ],
)
def test_due_so_long_after(count, unit, due):
    town, _ = demanded(*OLD)
    (one,) = owed(town.m, answering(count, unit), DAY)
    assert one.due == day(due)


def test_not_before_so_long_after():
    book = answering(
        10, "days", 'opens = "notice"\n[[number]]\nname = "notice"\nvalue = 3\nunit = "days"\n'
    )
    town, n = demanded(*OLD)
    report(town, n, day("2010-03-04"))
    (one,) = owed(town.m, book, day("2010-03-04"))
    assert (one.opens, one.state) == (day("2010-03-05"), OPEN)
    done = report(town, n, day("2010-03-05"))
    (one,) = owed(town.m, book, day("2010-03-05"))
    assert (one.state, one.done.entry) == (FULFILLED, done)


def test_done_so_often():
    book = answering(10, "days", 'times = "meetings"\n')
    town, n = demanded(*OLD)
    report(town, n, DAY)
    assert stands(town, DAY, book) == [OPEN]
    report(town, n, AFTER)
    assert stands(town, AFTER, book) == [FULFILLED]


def test_done_late_without_leave_it_does_not_count():
    fed = 'fact = "accountGiven"\n'
    town, n = demanded(*OLD)
    report(town, n, day("2010-03-20"))
    for more, counts in ((fed, False), (fed + 'late = "counts"\n', True)):
        book = answering(3, "days", more)
        assert kept(town.m, book, "accountGiven", DAY)[0]
        assert not kept(town.m, book, "accountGiven", day("2010-03-19"))[0]
        assert kept(town.m, book, "accountGiven", day("2010-03-20"))[0] == counts


def test_a_number_nobody_set_leaves_nothing_owed():
    book = answering(3, "days")
    text = book.editions[1].text.replace("value = 3\n", "since = 2015-01-01\nvalue = 3\n")
    one = edition.read(text, "law.md", book.vocabulary)
    town, _ = demanded(*OLD)
    assert owed(town.m, Rulebook(book.vocabulary, [book.editions[0], one]), AFTER) == []


def test_a_number_that_hangs_on_an_unknown_population_leaves_nothing_owed():
    book = answering(3, "days")
    text = book.editions[1].text.replace("value = 3\n", "above = 20000\nvalue = 3\n")
    one = edition.read(text, "law.md", book.vocabulary)
    book = Rulebook(book.vocabulary, [book.editions[0], one])
    town, _ = demanded(*OLD)
    assert town.m.identity.population == 0 and owed(town.m, book, AFTER) == []
    town.m.identity = replace(town.m.identity, population=20001)
    assert stands(town, AFTER, book) == [OPEN]


def test_a_population_told_later_brings_what_hangs_on_it():
    book = answering(0, "days", 'fact = "accountGiven"\n')
    text = book.editions[1].text.replace("value = 0\n", "above = 20000\nvalue = 0\n")
    one = edition.read(text, "law.md", book.vocabulary)
    book = Rulebook(book.vocabulary, [book.editions[0], one])
    town, _ = demanded(*OLD)
    assert kept(town.m, book, "accountGiven", AFTER)[0]
    town.act("Correct", "recorder", AFTER, entry=0, field="population", text="20001")
    assert stands(town, AFTER, book) == [OVERDUE]
    assert not kept(town.m, book, "accountGiven", AFTER)[0]


YEARLY = f"""[[duty]]
id = "answers.yearly"
{SAID}each = "year"
act = "ReportToKenesh"
times = "meetings"
by = "12-31"
"""


def test_every_year_so_often():
    book = law(YEARLY + NUMBERS.format(1, "days"))
    town = naryn(*OLD)
    # Naryn was founded in January of 2010: the first whole year is 2011.
    assert owed(town.m, book, day("2010-12-31")) == []
    assert [o.year for o in owed(town.m, book, day("2011-01-01"))] == [2011]
    for on in ("2010-05-01", "2011-05-01", "2012-06-01", "2012-12-31"):
        town.act("ReportToKenesh", "executive", day(on), summary="…")
    found = owed(town.m, book, day("2013-02-01"))
    assert [(o.year, o.state) for o in found] == [(2011, OVERDUE), (2012, FULFILLED), (2013, OPEN)]
    assert [o.state for o in owed(town.m, book, day("2011-06-01"))] == [OPEN]
    assert all(o.cause is None for o in found)


def test_every_year_about_a_year():
    book = law(
        f'[[duty]]\nid = "answers.yearly"\n{SAID}each = "year"\nact = "ReportExecution"\n'
        'same = "year"\nby = "03-01"\nopens = "01-01"\nyears = 1\n'
    )
    town = naryn(*OLD)
    town.decide("AdoptBudget", day("2011-01-20"), year=2011, lines=LINES)
    assert owed(town.m, book, day("2011-12-31")) == []
    (one,) = owed(town.m, book, day("2012-01-01"))
    assert (one.year, one.opens, one.due) == (2011, day("2012-01-01"), day("2012-03-01"))
    town.act("ReportExecution", "executive", day("2012-03-02"), **{**GIVEN, "year": 2011})
    assert stands(town, day("2012-03-02"), book) == [LATE]


def test_of_a_law_adopted_later_no_old_debts():
    book = law(YEARLY + NUMBERS.format(1, "days"), adopted="2014-05-01")
    found = owed(naryn(*OLD).m, book, day("2016-06-01"))
    assert [(o.year, o.state) for o in found] == [(2015, OVERDUE), (2016, OPEN)]


def test_of_a_model_nothing_before_a_charter_took_it():
    book = law(YEARLY + NUMBERS.format(1, "days"), id_="typical", kind="model")
    town = naryn(*OLD)
    town.m.add(Charter(90, day("2012-06-01"), "typical", {}))
    assert [o.year for o in owed(town.m, book, day("2014-06-01"))] == [2013, 2014]


# -- faults ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('refers = "question"\non = "due"', "Report has no line 'question'"),
        ('refers = "demand"\non = "day"', "Demand has no line 'day'"),
        ('refers = "demand"\non = "about"', "about is no day: 'Жол'"),
        ('same = "about"\nby = "12-31"', "Report has no line 'about'"),
        ('refers = "demand"\non = "due"\nonly = { whose = ["x"] }', "Demand has no line 'whose'"),
    ],
)
def test_a_duty_that_reads_what_no_record_has_is_a_fault(line, reason):
    book = law(
        f'[[duty]]\nid = "answers.in-time"\n{SAID}after = "DemandAccount"\n'
        f'act = "ReportToKenesh"\nfact = "accountGiven"\n{line}\n'
    )
    town, n = demanded(*OLD)
    report(town, n, DAY)
    for ask in (lambda: owed(town.m, book, DAY), lambda: kept(town.m, book, "accountGiven", DAY)):
        with pytest.raises(LawFailed, match=f"the duty law/answers.in-time cannot be.*{reason}"):
            ask()


def test_no_duty_that_is_shipped_reads_what_can_be_corrected():
    for one in packs.load().editions.values():
        for article in one.articles.values():
            for duty in article.tables.duties:
                for act in filter(None, (duty.act, duty.after)):
                    told = ACTS[act].told()
                    for line in (duty.refers, duty.same, duty.on, *duty.only):
                        assert line not in told or not told[line].misprint, duty.id


# -- always ---------------------------------------------------------------------------------

DAYS = st.integers(0, 12).map(lambda n: DAY + timedelta(n))
BOOK = packs.load().rulebook(NEW)


@st.composite
def stories(draw, annulments=2):
    """Demands, reports and annulments in some order of days, some told late."""
    town = naryn(*NEW, exercise=True, pinned="kg-2010")
    town.hold_session(DAY)
    for _ in range(draw(st.integers(1, 3))):
        due = DAY + timedelta(draw(st.integers(0, 6)))
        town.decide("DemandAccount", DAY, **{**DEMAND, "due": due.isoformat()})
    demands = [n for n, act in town.m.acts.items() if act == "DemandAccount"]
    for _ in range(draw(st.integers(0, 4))):
        report(town, draw(st.sampled_from(demands)), draw(DAYS))
    acts = ("DemandAccount", "ReportToKenesh")
    some = [n for n, act in town.m.acts.items() if act in acts]
    for n in draw(st.lists(st.sampled_from(some), max_size=annulments, unique=True)):
        town.annul(n, max(draw(DAYS), town.m.days[n]))
    return town


@settings(deadline=None, max_examples=60)
@given(stories())
def test_what_is_owed_is_a_matter_of_days(town):
    """States follow from days alone, and the fact from the states, however often it is asked."""
    probes = [BEFORE + timedelta(n) for n in range(20)]
    for on in (*probes, *reversed(probes)):
        found = owed(town.m, BOOK, on)
        for one in found:
            done = one.done.since if one.done is not None else None
            state = (
                (OVERDUE if on > one.due else OPEN)
                if done is None
                else (LATE if done > one.due else FULFILLED)
            )
            assert one.state == state and one.cause.since <= on
            assert done is None or one.opens <= done <= on
            undone = [one.cause.entry, *([one.done.entry] if one.done else [])]
            assert not any(town.m.undone(n, on) for n in undone)
        whole, rests = kept(town.m, BOOK, "accountGiven", on)
        assert whole == (OVERDUE not in [one.state for one in found])
        assert {r.entry for r in rests} <= {o.done.entry for o in found if o.done}


ORDER = {OPEN: 0, OVERDUE: 1, FULFILLED: 2, LATE: 2}


@settings(deadline=None, max_examples=60)
@given(stories(annulments=0))
def test_nothing_goes_back_but_by_an_annulment(town):
    was: dict[int, str] = {}
    for n in range(20):
        for one in owed(town.m, BOOK, BEFORE + timedelta(n)):
            before = was.get(one.cause.entry, one.state)
            assert ORDER[before] <= ORDER[one.state]
            assert before not in (FULFILLED, LATE) or before == one.state
            was[one.cause.entry] = one.state


ADOPTED = packs.load().edition("kg-2010").adopted
PROBES = st.one_of(
    st.integers(0, 20).map(lambda n: BEFORE + timedelta(n)),
    st.integers(-1, 1).map(lambda n: ADOPTED + timedelta(n)),
)


@settings(deadline=None, max_examples=60)
@given(stories(), st.lists(PROBES, min_size=2, max_size=8), st.booleans())
def test_in_whatever_order_it_is_asked_the_answer_is_that_of_somebody_who_asks_first(
    town, probes, pinned
):
    """Before its adoption a law is asked as if it had always been, after it from its adoption."""
    if not pinned:
        town.m.identity = replace(town.m.identity, pinned="")
    told = [kept(town.m, BOOK, "accountGiven", on) for on in probes]
    for on, answer in zip(probes, told, strict=True):
        town.m._worked_out.clear()
        assert kept(town.m, BOOK, "accountGiven", on) == answer
        assert answer[0] == (OVERDUE not in [one.state for one in owed(town.m, BOOK, on)])


def test_asked_before_the_law_and_after_it():
    town, _ = demanded()
    told = [
        kept(town.m, BOOK, "accountGiven", day(on))[0]
        for on in ("2010-12-01", "2010-03-15", "2010-05-01", "2010-12-01")
    ]
    assert told == [True, True, False, True]
