"""Counting days: calendar days, months, working days of the country."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.municipality.calendar import UnknownCountry, days_after, is_working_day
from tests.cast import day

KG = "kg"


@pytest.mark.parametrize(
    ("from_", "count", "unit", "to"),
    [
        ("2010-03-02", 0, "days", "2010-03-02"),
        ("2010-02-28", 1, "days", "2010-03-01"),
        ("2012-02-28", 14, "days", "2012-03-13"),
        ("2010-01-31", 1, "months", "2010-02-28"),
        ("2012-01-31", 1, "months", "2012-02-29"),
        ("2010-03-31", 1, "months", "2010-04-30"),
        ("2010-11-30", 3, "months", "2011-02-28"),
        ("2010-12-15", 12, "months", "2011-12-15"),
        # A Friday, and the Monday after it.
        ("2023-02-10", 1, "working_days", "2023-02-13"),
        ("2023-02-11", 1, "working_days", "2023-02-13"),
        # Before Nooruz of 2023, which fell on a Tuesday; the Monday was a day of rest moved there.
        ("2023-03-17", 1, "working_days", "2023-03-22"),
        # The eighth of March, and a weekend.
        ("2024-03-04", 5, "working_days", "2024-03-12"),
        # People worked on that Saturday.
        ("2023-03-10", 1, "working_days", "2023-03-11"),
    ],
)
def test_days_after(from_, count, unit, to):
    assert days_after(day(from_), count, unit, KG) == day(to)


def test_public_holidays_and_days_that_were_moved():
    assert not is_working_day(day("2024-03-21"), KG)
    assert not is_working_day(day("2024-08-31"), KG)
    assert not is_working_day(day("2010-01-04"), KG)
    # For that Monday people worked on a Saturday.
    assert day("2010-01-16").weekday() == 5 and is_working_day(day("2010-01-16"), KG)
    assert not is_working_day(day("2023-02-12"), KG)


def test_another_country_has_its_own_holidays():
    assert is_working_day(day("2024-03-21"), "KZ") != is_working_day(day("2024-04-10"), "KZ")
    with pytest.raises(UnknownCountry, match="xx"):
        is_working_day(day("2024-03-21"), "xx")


def test_what_is_no_unit_of_days_is_not_counted():
    with pytest.raises(ValueError, match="percent"):
        days_after(day("2024-03-21"), 3, "percent", KG)


def test_the_calendar_ends():
    for unit in ("days", "working_days", "months"):
        for start, count in ((date.max, 1), (day("2024-03-21"), 10**9)):
            with pytest.raises(OverflowError):
                days_after(start, count, unit, KG)


DAYS = st.dates(date(2007, 1, 1), date(2026, 12, 31))


@given(DAYS, st.integers(1, 30))
def test_working_days_are_counted_one_by_one(start, count):
    end = days_after(start, count, "working_days", KG)
    between = [start + timedelta(n) for n in range(1, (end - start).days + 1)]
    assert sum(is_working_day(one, KG) for one in between) == count
    assert is_working_day(end, KG)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_more_is_never_sooner(start, less, more):
    for unit in ("days", "working_days", "months"):
        ends = [days_after(start, count, unit, KG) for count in sorted((less, more))]
        assert start <= ends[0] <= ends[1]


@given(DAYS, st.integers(1, 60))
def test_a_month_later_is_in_that_month(start, count):
    end = days_after(start, count, "months", KG)
    assert (end.year - start.year) * 12 + end.month - start.month == count
    assert end.day == start.day or (end.day < start.day and (end + timedelta(1)).day == 1)


def test_the_library_of_holidays_is_loaded_only_when_it_is_asked():
    code = (
        "import sys, datetime; from kerege.municipality import duties, calendar\n"
        "assert 'holidays' not in sys.modules\n"
        "calendar.is_working_day(datetime.date(2024, 3, 21), 'kg')\n"
        "assert 'holidays' in sys.modules and 'holidays.countries' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
