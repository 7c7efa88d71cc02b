"""Places: the registers of municipalities, their addresses and what pages need of them."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.http import Http404

from kerege.constitution import packs
from kerege.constitution.edition import EditionError
from kerege.constitution.rulebook import Rulebook
from kerege.kyrgyz import letters
from kerege.municipality.acts import ACTS
from kerege.municipality.country import law_here
from kerege.municipality.entry import Entry
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed, malformed
from kerege.municipality.telling import Teller, problem
from kerege.web.jinja import url
from kerege.web.models import Register
from kerege.web.registers import COUNTRY, country, find, told
from kerege.web.saying import language, w
from kerege.words import Words


@dataclass
class Place:
    """A municipality (or the country) as pages see it."""

    register: Register
    # A page asks for the same day again and again; the law of a day is looked up once a page.
    _books: dict[date, Rulebook | None] = field(default_factory=dict)
    _tellers: dict[date, Teller] = field(default_factory=dict)

    @cached_property
    def m(self) -> Municipality:
        return told(self.register)

    @property
    def slug(self) -> str:
        return self.register.slug

    @cached_property
    def url(self) -> str:
        if self.slug == COUNTRY:
            return url("country-register")
        return url("place", self.slug)

    @property
    def name(self) -> str:
        if self.m.identity is None:
            return w("country.republic")
        return self.m.identity.name(language())

    @property
    def kind(self) -> str:
        if self.m.identity is None:
            return ""
        return packs.load().vocabulary.places[self.m.identity.kind][language()]

    @property
    def stands_in(self) -> str:
        """Which acts its register takes: ``municipality`` or ``country``."""
        return "country" if self.register.country else "municipality"

    @property
    def exercise(self) -> bool:
        return self.m.identity is not None and self.m.identity.exercise

    @property
    def own_time(self) -> bool:
        """Whether its acts are not of the days in which they are typed."""
        return self.exercise or self.register.country

    @property
    def acts_on(self) -> date:
        """The day an act is of unless somebody says another."""
        return self.latest if self.own_time else date.today()

    @property
    def latest(self) -> date:
        """The last day the register knows of; today for a register without entries."""
        return self.m.latest or date.today()

    @property
    def today(self) -> date:
        """The day that pages are about: today, unless the register knows of a later one; of an
        exercise its last."""
        return self.latest if self.exercise else max(date.today(), self.latest)

    @cached_property
    def country(self) -> Municipality:
        """The country register that dates the law of this place."""
        return self.m if self.register.country else told(country())

    def book(self, on: date) -> Rulebook | None:
        """The rulebook of a day; None on a day without an edition, and on one whose law cannot
        be read here (``unread``)."""
        if on not in self._books:
            try:
                self._books[on] = self._composed(on)
            except Malformed:
                self._books[on] = None
        return self._books[on]

    def unread(self, on: date) -> str:
        """Why the law of a day cannot be read, in a sentence; empty when it can."""
        try:
            self._composed(on)
        except Malformed as wrong:
            return problem(wrong.problems[0], language())
        return ""

    def _composed(self, on: date) -> Rulebook | None:
        known = packs.load()
        ids = law_here(self.m, self.country, known, on)
        try:
            return known.rulebook(ids) if ids else None
        except EditionError as error:
            where = f"{error.file}, {error.article}, {error.line}"
            raise malformed("held_on", "laws_clash", where=where) from error

    def names(self, on: date) -> dict[str, Words]:
        """What the edition of a day calls bodies and posts here."""
        book = self.book(on)
        if book is None or self.m.identity is None:
            return {}
        return dict(book.names(self.m.identity.kind))

    def teller(self, on: date) -> Teller:
        if on not in self._tellers:
            self._tellers[on] = Teller(self.m, packs.load(), ACTS, language(), self.names(on))
        return self._tellers[on]

    def sentence(self, entry: Entry, n: int | None = None) -> str:
        """What an entry says, with the names of its own day."""
        return self.teller(entry.held_on).sentence(entry, n)


def place(slug: str) -> Place:
    """The place at an address; raises Http404."""
    register = find(slug)
    if register is None:
        raise Http404(slug)
    return Place(register)


def municipality(slug: str) -> Place:
    """The same of what only a municipality has: the country's register is none."""
    here = place(slug)
    if here.register.country:
        raise Http404(slug)
    return here


def all_places() -> list[Place]:
    found = [Place(r) for r in Register.objects.filter(country=False)]
    return sorted(found, key=lambda p: letters.sort_key(p.name))


def country_place() -> Place:
    return Place(country())
