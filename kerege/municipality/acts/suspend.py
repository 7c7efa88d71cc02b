"""Suspend: a court stops what an act does, from a day on and until another or until it says more.

Nothing here says what a suspended act still lets anybody do (``docs/decisions/0020``): it is told,
not judged. What a court lifts earlier, it annuls: the suspension, not the act.
"""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Day, Reference, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.undoing import NEVER, suspend


@dataclass(slots=True, kw_only=True)
class Suspend(Act):
    REGISTERS = ("municipality", "country")

    entry: int = said(Reference("entry"))
    from_day: str = said(Day())
    until_day: str | None = said(Day(), optional=True)
    grounds: str = said(Text(2000, long=True), misprint=True)

    def fit(self) -> None:
        if self.until_day is not None and self.until_day <= self.from_day:
            raise malformed("until_day", "ends_before_begin")

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if self.entry >= m.size:
            raise malformed("entry", "no_such_thing", value=self.entry)
        if self.entry in m.annulled:
            raise malformed("entry", "annulled_already")
        if m.acts[self.entry] in (*NEVER, "Suspend"):
            raise malformed("entry", "never_suspended")
        if on < m.days[self.entry]:
            raise malformed("held_on", "before_the_act", day=m.days[self.entry].isoformat())
        if date.fromisoformat(self.from_day) > on:
            raise malformed("from_day", "day_in_future")
        if actor.kind != "court":
            raise malformed("actor", "only_court")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        until = None if self.until_day is None else date.fromisoformat(self.until_day)
        suspend(m, self.entry, n, date.fromisoformat(self.from_day), until)
