"""What an article can say of a duty, and what it cannot without a fault."""

from dataclasses import replace

import pytest

from kerege.constitution import edition, packs
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality.acts import ACTS
from kerege.municipality.duties import FULFILLED, LATE, OPEN, OVERDUE, kept, owed
from kerege.municipality.record import Charter
from tests.cast import AFTER, DAY, LINES, OLD, day, naryn
from tests.municipality.owing import GIVEN, demanded, report, stands

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
