"""Counting days as laws count them: calendar days, working days of a country, months.

Public holidays, and the days of rest that a government moved, come from the library ``holidays``
(https://github.com/vacanza/holidays). Feasts by the moon of years to come are its estimates.
"""

import calendar
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import Any


class UnknownCountry(LookupError):
    """No public holidays of that country are known."""


def days_after(day: date, count: int, unit: str, country: str) -> date:
    """The day so many ``days``, ``working_days`` or ``months`` after a day; the day itself is not
    counted. A month later is the same day of the next month, or its last where it is shorter.

    ``country`` is its code of two letters. Raises UnknownCountry where working days are counted in
    a country whose holidays are not known, and OverflowError after the year 9999."""
    if unit == "days":
        return day + timedelta(count)
    if unit == "months":
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        if year > date.max.year:
            raise OverflowError(f"{count} months after {day}")
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))
    if unit != "working_days":
        raise ValueError(unit)
    # Day by day to a day that is not there would take a minute.
    if count > (date.max - day).days:
        raise OverflowError(f"{count} working days after {day}")
    while count:
        day += timedelta(1)
        count -= is_working_day(day, country)
    return day


def is_working_day(day: date, country: str) -> bool:
    """Whether people work on a day: a Saturday too, where a day of rest was moved from it."""
    return bool(_holidays(country).is_working_day(day))


@cache
def _holidays(country: str) -> Any:
    """The holidays of one country: the library would load all of them, at twice the time."""
    registry = import_module("holidays.registry")
    for module, names in registry.COUNTRIES.items():
        if country.upper() in names:
            spec = PathFinder.find_spec(
                module, [f"{import_module('holidays').__path__[0]}/countries"]
            )
            assert spec is not None and spec.loader is not None
            loaded = module_from_spec(spec)
            spec.loader.exec_module(loaded)
            return getattr(loaded, names[0])()
    raise UnknownCountry(country)
