"""Debts: what brings them about, and that they are counted or are no debts."""

from dataclasses import replace
from datetime import date

import pytest

from kerege.constitution import edition, packs
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality import debts
from kerege.municipality.debts import acts_of, misspelt
from kerege.municipality.municipality import Municipality
from tests.cast import AFTER, DAY, NEW, TODAY, chartered, day, naryn

BOOK = packs.load().rulebook(NEW)
ASKED = {"about": "Суу", "text": "Суу жок", "group": 11}
ANSWER = "kg-typical-charter-2022/meeting-request.answer"


def duty_of(book: Rulebook, id_: str):
    return book.duties[id_]


def counted(count: int, unit: str, monkeypatch) -> tuple[Municipality, Rulebook]:
    """A request for a meeting, to be decided within so long."""
    town = chartered()
    town.act("RequestMeeting", "community", AFTER.replace(year=2023), **ASKED)
    rows = {row.name: row for row in town.book.number_rows}
    one = replace(rows["request_decision"], value=count, unit=unit)
    monkeypatch.setattr(Rulebook, "number", lambda self, name, *_: one)
    return town.m, town.book


@pytest.mark.parametrize(
    ("count", "unit", "due"),
    [(14, "days", "2023-03-17"), (2, "working_days", "2023-03-07"), (2, "months", "2023-05-03")],
)
def test_due_so_long_after(monkeypatch, count, unit, due):
    m, book = counted(count, unit, monkeypatch)
    (one,) = debts.debts(m, book, duty_of(book, ANSWER), day("2023-06-01"))
    assert (one.due, one.opens, one.times) == (day(due), day("2023-03-03"), 1)
    assert set(one.turns(m)) == {day("2023-03-03"), date.fromordinal(day(due).toordinal() + 1)}


@pytest.mark.parametrize("unit", ["days", "working_days", "months"])
def test_what_is_due_after_the_end_of_the_calendar_is_a_fault(monkeypatch, unit):
    m, book = counted(10**9, unit, monkeypatch)
    with pytest.raises(LawFailed, match="request_decision cannot be counted from 2023-03-03"):
        debts.debts(m, book, duty_of(book, ANSWER), day("2023-06-01"))


def test_due_on_the_last_day_of_all_it_never_turns_overdue(monkeypatch):
    days = (date.max - day("2023-03-03")).days
    m, book = counted(days, "days", monkeypatch)
    (one,) = debts.debts(m, book, duty_of(book, ANSWER), day("2023-06-01"))
    assert one.due == date.max and set(one.turns(m)) == {day("2023-03-03")}


def test_what_comes_back_every_year_has_no_act_before_it():
    book = packs.load().rulebook((*TODAY, "kg-typical-charter-2022"))
    for duty in (*BOOK.duties.values(), *book.duties.values()):
        assert acts_of(duty)[-1] == duty.act and "" not in acts_of(duty)
        assert len(acts_of(duty)) == (1 if duty.each else 2)


def test_a_register_nobody_founded_has_no_debts():
    duty = next(iter(BOOK.duties.values()))
    assert debts.debts(Municipality(), BOOK, duty, DAY) == []


def test_a_line_that_no_record_has_is_a_fault_of_the_law():
    known = packs.load()
    assert [fault for one in known.editions.values() for fault in misspelt(one)] == []
    charter = known.edition("kg-typical-charter-2022")
    text = charter.text.replace('same = "meeting_year"', 'same = "meeting_yeer"')
    text = text.replace('refers = "request"', 'refers = "requast"')
    faults = list(misspelt(edition.read(text, charter.file, known.vocabulary)))
    for fault, name in zip(faults, ("meeting_yeer", "requast"), strict=True):
        assert name in fault.reason and name in text.split("\n")[fault.line - 1]


def test_known_debts_are_not_counted_twice():
    town = naryn(*NEW)
    town.decide("DemandAccount", of="executive", about="Жол", due="2010-04-01")
    duty = duty_of(BOOK, "kg-2010/subordination.account")
    first = debts.debts(town.m, BOOK, duty, DAY)
    assert debts.debts(town.m, BOOK, duty, AFTER) is first and len(first) == 1
    town.decide("DemandAccount", of="executive", about="Суу", due="2010-04-01")
    assert len(debts.debts(town.m, BOOK, duty, AFTER)) == 2
