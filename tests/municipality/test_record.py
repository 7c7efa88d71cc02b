"""Dated records: they hold from a day, end, and an ending can be lifted."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kerege.municipality.record import Ending, Record
from tests.cast import AFTER, BEFORE, DAY, day

DAYS = st.dates(date(2010, 1, 1), date(2010, 2, 1))


def test_it_holds_from_its_day():
    record = Record(1, DAY)
    assert [record.holds(on) for on in (BEFORE, DAY, AFTER)] == [False, True, True]
    assert record.until is None


def test_it_holds_until_its_term():
    record = Record(1, BEFORE, term=AFTER)
    assert [record.holds(on) for on in (BEFORE, DAY, AFTER)] == [True, True, False]
    assert record.until == AFTER


def test_it_ends_and_the_earlier_end_counts():
    record = Record(1, BEFORE, term=day("2010-12-31"))
    record.end(AFTER, 2)
    assert record.until == AFTER and record.holds(DAY) and not record.holds(AFTER)
    record.end(DAY, 3)
    assert record.until == DAY and not record.holds(DAY)


def test_ended_before_it_began_it_never_held():
    record = Record(1, DAY)
    record.end(BEFORE, 2)
    assert not any(record.holds(on) for on in (BEFORE, DAY, AFTER)) and record.until == DAY


def test_an_ending_lifted_lets_it_hold_again():
    record = Record(1, BEFORE)
    ending = record.end(DAY, 2)
    ending.lift(AFTER)
    assert [record.holds(on) for on in (BEFORE, DAY, AFTER)] == [True, False, True]
    assert record.until is None
    ending.lift(BEFORE)
    assert record.holds(DAY)


def test_an_ending_that_was_never_lifted_still_stands():
    record = Record(1, BEFORE)
    record.end(DAY, 2).lift(DAY)
    record.end(AFTER, 3)
    assert record.holds(DAY) and not record.holds(AFTER)


@given(DAYS, st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=4), DAYS)
def test_it_holds_where_nothing_ends_it(since, endings, on):
    record = Record(0, since)
    for begun, lifted in endings:
        ending = record.end(begun)
        if lifted:
            ending.lift(lifted)
    ended = any(
        max(begun, since) <= on and (lifted is None or on < max(lifted, begun, since))
        for begun, lifted in endings
    )
    assert record.holds(on) == (since <= on and not ended)
    if record.until is not None:
        assert not record.holds(record.until) and not record.holds(record.until + timedelta(99))


def test_an_ending_is_dated_too():
    ending = Ending(2, DAY)
    assert not ending.holds(BEFORE) and ending.holds(AFTER)
