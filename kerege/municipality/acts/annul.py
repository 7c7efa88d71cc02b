"""Annul: an act ends from a named day, by a court or by the body that made it."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Day, Reference, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.undoing import NEVER, annul

MANY = ("deputy", "official", "state_body", "tos")


@dataclass(slots=True, kw_only=True)
class Annul(Decided):
    REGISTERS = ("municipality", "country")
    UNDOES = True

    entry: int = said(Reference("entry"))
    from_day: str = said(Day())
    grounds: str = said(Text(2000, long=True), misprint=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        if self.entry >= m.size:
            raise malformed("entry", "no_such_thing", value=self.entry)
        if self.entry in m.annulled:
            raise malformed("entry", "annulled_already")
        if m.acts[self.entry] in NEVER:
            raise malformed("entry", "never_annulled")
        if actor.kind != "court" and not _same(actor, m.actors[self.entry]):
            raise malformed("entry", "not_own_act")
        if on < m.days[self.entry]:
            raise malformed("held_on", "before_the_act", day=m.days[self.entry].isoformat())
        if date.fromisoformat(self.from_day) > on:
            raise malformed("from_day", "day_in_future")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        annul(m, self.entry, n, date.fromisoformat(self.from_day))


def _same(one: Actor, other: Actor) -> bool:
    """Who made an act may unmake it: the body or the post, whoever holds it now; of those there
    are many of, that one."""
    return one.kind == other.kind and (one.kind not in MANY or one.of == other.of)
