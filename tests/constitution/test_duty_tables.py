"""Duties as an article tells them: every line read, every contradiction named."""

import pytest
from lawtext import article, book, line_of, read, text

from kerege.constitution import packs
from kerege.constitution.duties import Duty
from kerege.constitution.edition import EditionError
from kerege.words import Words

DAYS = '[[number]]\nname = "answer_time"\nvalue = 14\nunit = "days"\n'
SAID = '[[duty]]\nid = "budget.answer"\nky = "отчет"\nru = "отчёт"\nen = "a report"\n'
WHO = 'who = ["executive", "head"]\nto = "kenesh"\n'
AFTER = SAID + WHO + 'after = "DemandAccount"\nact = "ReportToKenesh"\nrefers = "demand"\n'
DUE = AFTER + 'on = "due"\n'
YEAR = SAID + WHO + 'after = "AdoptBudget"\nact = "ReportExecution"\nsame = "year"\n'
BY = YEAR + 'by = "12-31"\nyears = 1\nopens = "01-01"\n'
EACH = SAID + WHO + 'each = "year"\nact = "ReportToKenesh"\n'
EVERY = EACH + 'by = "12-31"\n'


def only(toml: str) -> Duty:
    (duty,) = book(text(article(toml=toml))).duties.values()
    return duty


def test_what_an_article_tells() -> None:
    more = (
        'only = { of = ["head"] }\nreading = "ours"\nopens = "answer_time"\n'
        'fact = "accountGiven"\nlate = "counts"\n'
    )
    assert only(DUE + more + DAYS) == Duty(
        id="test/budget.answer",
        words=Words("отчет", "отчёт", "a report"),
        who=("executive", "head"),
        to="kenesh",
        after="DemandAccount",
        each="",
        only={"of": ("head",)},
        act="ReportToKenesh",
        refers="demand",
        same="",
        within="",
        on="due",
        by=None,
        years=0,
        opens="answer_time",
        times="",
        fact="accountGiven",
        late_counts=True,
        reading="ours",
        norm="test/budget",
    )


def test_a_day_of_a_year() -> None:
    duty = only(BY)
    assert (duty.same, duty.by, duty.years, duty.opens) == ("year", (12, 31), 1, (1, 1))
    assert not duty.late_counts and duty.numbers == ()


def test_so_long_after() -> None:
    duty = only(AFTER + 'within = "answer_time"\n' + DAYS)
    assert (duty.within, duty.by, duty.opens, duty.numbers) == (
        "answer_time",
        None,
        None,
        ("answer_time",),
    )


def test_every_year_so_often() -> None:
    times = '[[number]]\nname = "meetings"\nvalue = 2\nunit = "times"\n'
    duty = only(EVERY + 'times = "meetings"\n' + times)
    assert (duty.each, duty.after, duty.times, duty.by) == ("year", "", "meetings", (12, 31))


WRONG = {
    "duty = 1": "write [[duty]] in double brackets",
    "duty = [1]": "write [[duty]] in double brackets",
    DUE.replace("[[", "[").replace("]]", "]"): "write [[duty]] in double brackets",
    DUE.replace('id = "budget.answer"\n', ""): "id is None; it begins with the anchor",
    DUE.replace("budget.answer", "money.answer"): "id is 'money.answer'; it begins with the anchor",
    DUE.replace("budget.answer", "budget"): "id is 'budget'; it begins with the anchor",
    DUE.replace('"budget.answer"', "7"): "id is 7; it begins with the anchor of its article",
    DUE + 'whom = "kenesh"': "budget.answer: unknown line 'whom'",
    DUE.replace('"demand"', "3"): "budget.answer: refers is not a word in quotes",
    DUE.replace('["executive", "head"]', '"head"'): "who is a list of actors of the vocabulary",
    DUE.replace('["executive", "head"]', "[]"): "who is a list of actors of the vocabulary",
    DUE.replace('"head"]', '"mayor"]'): "who is a list of actors of the vocabulary",
    DUE.replace('"head"]', "[1]]"): "who is a list of actors of the vocabulary",
    DUE.replace('"kenesh"', '"council"'): "budget.answer: no such actor 'council'",
    DUE.replace('to = "kenesh"\n', ""): "budget.answer: no such actor ''",
    BY.replace("years = 1", "years = 3"): "years is a whole number from -2 to 2",
    BY.replace("years = 1", "years = 1.0"): "years is a whole number from -2 to 2",
    BY.replace("years = 1", "years = true"): "years is a whole number from -2 to 2",
    DUE + "years = 1": "years moves the days of the lines by and opens; there are none",
    DUE + 'only = "head"': "budget.answer: only is a table in braces, of lists in brackets",
    DUE + 'only = { of = "head" }': "only is a table in braces, of lists in brackets",
    DUE + "only = { of = [] }": "only is a table in braces, of lists in brackets",
    EVERY + 'only = { of = ["head"] }': "only speaks of the record of a cause",
    DUE + 'reading = "mine"': "budget.answer: reading is one of text, brochure, ours",
    DUE.replace("DemandAccount", "Demand"): "budget.answer: no such act 'Demand'",
    DUE.replace("ReportToKenesh", "Report"): "budget.answer: no such act 'Report'",
    DUE.replace('act = "ReportToKenesh"\n', ""): "budget.answer: no such act ''",
    DUE.replace('after = "DemandAccount"\n', ""): "exactly one of the lines after, each",
    DUE + 'each = "year"': "budget.answer: exactly one of the lines after, each",
    AFTER: "budget.answer: exactly one of the lines within, on, by",
    DUE + 'within = "answer_time"\n' + DAYS: "exactly one of the lines within, on, by",
    EVERY.replace('"year"', '"month"'): "budget.answer: each is 'year'",
    EACH + 'on = "due"': "what comes back every year is due by a day of the year",
    EVERY + 'refers = "demand"': "what comes back every year refers to no entry",
    EVERY + 'opens = "answer_time"\n' + DAYS: "every year opens on a day of the year",
    DUE.replace('refers = "demand"\n', ""): "exactly one of the lines refers, same",
    DUE + 'same = "year"': "budget.answer: exactly one of the lines refers, same",
    AFTER + 'by = "12-31"': "a day of the year needs the line 'same'",
    DUE + 'opens = "01-01"': "a day of the year needs the line 'same'",
    DUE.replace('"due"', '"Due day"'): "on is a line of a record, in small letters",
    BY.replace('"year"', '"the year"'): "same is a line of a record, in small letters",
    AFTER + 'within = "14 days"': "budget.answer: within is the name of a number",
    EVERY + 'times = "2"': "budget.answer: times is the name of a number",
    BY.replace("12-31", "31-12"): "budget.answer: not a day of every year, like 12-31: '31-12'",
    BY.replace("12-31", "02-29"): "budget.answer: not a day of every year",
    BY.replace("12-31", "06-31"): "budget.answer: not a day of every year",
    BY.replace("01-01", "1 January"): "budget.answer: not a day of every year",
    DUE + 'fact = "hearingHeld"': "budget.answer: hearingHeld is not a fact that duties tell",
    DUE + 'fact = "nothing"': "budget.answer: nothing is not a fact that duties tell",
    DUE + 'late = "counts"': "what is late counts for a fact; there is no line 'fact'",
    DUE + 'fact = "accountGiven"\nlate = "yes"': "late is 'counts' or is left out",
    DUE.replace('en = "a report"\n', ""): "budget.answer: no words in en",
    DUE.replace('"отчет"', '""'): "budget.answer: no words in ky",
}  # fmt: skip


@pytest.mark.parametrize("toml", WRONG, ids=[f"{n}: {s}" for n, s in enumerate(WRONG.values())])
def test_what_is_wrong_is_named(toml: str) -> None:
    with pytest.raises(EditionError) as error:
        read(text(article(toml=toml)))
    assert error.value.article == "Local budget"
    assert error.value.reason.startswith("toml, duty: ")
    assert WRONG[toml] in error.value.reason


COUNTED = {
    AFTER + 'within = "answer_time"\n': "budget.answer counts by answer_time, no number here",
    DUE + 'opens = "answer_time"\n': "budget.answer counts by answer_time, no number here",
    EVERY + 'times = "answer_time"\n' + DAYS: "counts by answer_time, no number of times",
    AFTER + 'within = "answer_time"\n' + DAYS.replace('"days"', '"people"'): (
        "counts by answer_time, no number of days or working_days or months"
    ),
    DUE + DUE: "the duty 'budget.answer' stands twice",
}


@pytest.mark.parametrize("toml", COUNTED, ids=list(COUNTED.values()))
def test_what_does_not_fit_the_rulebook_is_named(toml: str) -> None:
    source = text(article(toml=toml))
    with pytest.raises(EditionError) as error:
        book(source)
    assert (error.value.article, error.value.line) == ("Local budget", line_of(source, "## Local"))
    assert COUNTED[toml] in error.value.reason


def test_every_duty_that_is_shipped_stands_in_three_languages() -> None:
    for edition in packs.load().editions.values():
        for one in edition.articles.values():
            for duty in one.tables.duties:
                assert duty.norm == f"{edition.id}/{one.anchor}"
                assert all((duty.words.ky, duty.words.ru, duty.words.en)), duty.id
