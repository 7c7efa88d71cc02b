"""Comparisons as pages show them, worked out once for each pair of laws.

A law is named by an edition (the constitution alone) or by a day (everything in force then).
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kerege.constitution import packs
from kerege.constitution.compare import Comparison, compare
from kerege.constitution.points import Point, Points, name
from kerege.constitution.rulebook import Rulebook
from kerege.municipality import telling
from kerege.municipality.chronicle import changed
from kerege.municipality.country import in_force
from kerege.municipality.fields import day_of
from kerege.web.places import country_place
from kerege.words import LANGUAGES, Words


@dataclass(frozen=True, slots=True)
class Side:
    """One of the laws that are compared; ``ids`` is empty on a day without an edition."""

    id: str
    name: Words
    short: Words
    ids: tuple[str, ...]
    on: date | None = None
    # The last day up to then on which the law changed: since then it has been the same.
    since: date | None = None

    @property
    def book(self) -> Rulebook | None:
        return packs.load().rulebook(self.ids) if self.ids else None


class Laws:
    """What can be compared: the constitutions, then the law of every day on which it changed."""

    def __init__(self) -> None:
        self.known, self.country = packs.load(), country_place().m
        editions = [
            Side(e.id, e.title, name(self.known.rulebook((e.id,))), (e.id,))
            for e in self.known.constitutions()
        ]
        self.changed = changed(self.country, self.known)
        self.days = [self.of_day(day) for day in self.changed]
        self.sides = [*editions, *self.days]

    def of_day(self, on: date) -> Side:
        long = Words(*(telling.day(on, language) for language in LANGUAGES))
        short = Words(*[f"{on:%d.%m.%Y}"] * len(LANGUAGES))
        since = max((day for day in self.changed if day <= on), default=None)
        ids = in_force(self.country, self.known, on)
        return Side(on.isoformat(), long, short, ids, on, since)

    def find(self, said: str) -> Side | None:
        """The law of an edition or of a day; None where the word is neither."""
        one = next((side for side in self.sides if side.id == said), None)
        if one is not None:
            return one
        try:
            return self.of_day(day_of(said))
        except ValueError:
            return None


def points(a: Side, b: Side, topic: str = "") -> list[Point]:
    """The fourteen points of two laws, or one of them; nothing where one of the laws is none."""
    book_a, book_b = a.book, b.book
    if book_a is None or book_b is None:
        return []
    told = Points(_compared(book_a, book_b, a.since, b.since), a.short, b.short)
    return [told.point(topic)] if topic else told.points()


# Rulebooks never change, so neither does what two of them differ in.
@lru_cache(maxsize=128)
def _compared(a: Rulebook, b: Rulebook, on_a: date | None, on_b: date | None) -> Comparison:
    return compare(a, b, on_a, on_b)
