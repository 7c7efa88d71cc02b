"""Numbers the law sets: days, people, shares, each with its dates and where it holds.

Format (TOML, in an article)::

    [[number]]
    name = "initiative_signatures"   small letters and _
    value = 1000                     a whole number; left out where a charter must say it
    unit = "people"                  days, working_days, months, people, times or percent
    place = ["city_oblast"]          only in these kinds of places; may be left out
    above = 20000                    only where more people live than that; may be left out
    since = 2011-07-15               its first day, and
    until = 2018-02-15               the first day it no longer counts; both may be left out
    least = 500                      a charter may set it, to no less than this and
    most = 2000                      to no more than this
    ky = …  ru = …  en = …           what a form calls it; may be left out

Of several rows of one name the first that fits a place and a day counts. In a statute that amends
another a row without ``since`` counts from the day the statute was adopted.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kerege.constitution.vocabulary import Vocabulary
from kerege.words import LANGUAGES, Words, WordsError, words

DAYS = ("days", "working_days", "months")
# The most that a number of each unit can be; days are bounded so that every day can be reckoned.
UNITS = {
    "days": 36_500,
    "working_days": 25_000,
    "months": 1_200,
    "people": 10**9,
    "times": 1_000,
    "percent": 1_000,
}
NAME = r"[a-z]+(_[a-z]+)*"
MOST = UNITS["people"]

_KEYS = ("name", "value", "unit", "place", "above", "since", "until", "least", "most", *LANGUAGES)

Wrong = Callable[[str], Exception]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in force in some places on some days; ``norm`` is the id of its article."""

    name: str
    value: int | None
    unit: str
    place: tuple[str, ...]
    above: int | None
    since: date | None
    until: date | None
    least: int | None
    most: int | None
    norm: str
    words: Words | None = None

    @property
    def settable(self) -> bool:
        """Whether the charter of a municipality may set it."""
        return self.least is not None

    def allows(self, value: int) -> bool:
        """Whether a charter may set it to ``value``."""
        return self.least is not None and self.most is not None and self.least <= value <= self.most

    def runs(self, on: date) -> bool:
        """Whether it counts on a day; on the day ``until`` it no longer does."""
        begun = self.since is None or self.since <= on
        return begun and (self.until is None or on < self.until)

    def fits(self, on: date, place: str, population: int) -> bool:
        here = not self.place or place in self.place
        return self.runs(on) and here and (self.above is None or population > self.above)


def numbers(rows: Any, norm: str, known: Vocabulary, wrong: Wrong) -> tuple[Number, ...]:
    """The rows of ``[[number]]``; raises what ``wrong`` makes."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise wrong("write [[number]] in double brackets")
    return tuple(_number(row, norm, known, wrong) for row in rows)


def _number(row: Mapping[str, Any], norm: str, known: Vocabulary, wrong: Wrong) -> Number:
    for key in row:
        if key not in _KEYS:
            raise wrong(f"unknown line {key!r}")
    name = row.get("name")
    if not isinstance(name, str) or not re.fullmatch(NAME, name):
        raise wrong("the name is missing or not made of small letters and _")
    unit = row.get("unit")
    if not isinstance(unit, str) or unit not in UNITS:
        raise wrong(f"{name}: unit is one of {', '.join(UNITS)}, not {unit!r}")
    for key in ("value", "above", "least", "most"):
        said, of = row.get(key, 0), "people" if key == "above" else unit
        if isinstance(said, bool) or not isinstance(said, int) or said < 0:
            raise wrong(f"{name}: {key} is not a whole number: {said!r}")
        if said > UNITS[of]:
            raise wrong(f"{name}: {key} is more than {UNITS[of]} {of}: {said}")
    place = row.get("place", [])
    places = tuple(known.places)
    if not isinstance(place, list) or any(one not in places for one in place):
        raise wrong(f"{name}: place is a list from {', '.join(places)}")
    for key in ("since", "until"):
        # A TOML date with a time of day is a datetime, which is a date too.
        if key in row and type(row[key]) is not date:
            raise wrong(f"{name}: {key} is not a date like 2018-02-15")
    one = Number(
        name,
        row.get("value"),
        row["unit"],
        tuple(place),
        row.get("above"),
        row.get("since"),
        row.get("until"),
        row.get("least"),
        row.get("most"),
        norm,
        _words(row, name, wrong),
    )
    if (one.least is None) != (one.most is None):
        raise wrong(f"{name}: least and most stand together")
    if one.least is not None and one.most is not None and one.most < one.least:
        raise wrong(f"{name}: least is above most")
    if one.value is None and not one.settable:
        raise wrong(f"{name}: no value, and no least and most between which a charter could say it")
    if one.settable and one.value is not None and not one.allows(one.value):
        raise wrong(f"{name}: the value is not between least and most")
    if one.since is not None and one.until is not None and one.until <= one.since:
        raise wrong(f"{name}: until is not after since")
    return one


def _words(row: Mapping[str, Any], name: str, wrong: Wrong) -> Words | None:
    said = {language: row[language] for language in LANGUAGES if language in row}
    try:
        return words(said, name) if said else None
    except WordsError as error:
        raise wrong(str(error)) from error
