"""Confirm: a court confirms a contested act, which takes effect from that day."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Reference, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.undoing import confirm


@dataclass(slots=True, kw_only=True)
class Confirm(Act):
    entry: int = said(Reference("entry"))
    grounds: str = said(Text(2000, long=True), misprint=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if self.entry not in m.contested:
            raise malformed("entry", "not_contested")
        if self.entry in m.annulled:
            raise malformed("entry", "annulled_already")
        if on < m.days[self.entry]:
            raise malformed("held_on", "before_the_act", day=m.days[self.entry].isoformat())
        if actor.kind != "court":
            raise malformed("actor", "only_court")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        confirm(m, self.entry, n, entry.held_on)
