"""EnactLaw: a statute comes into force from a day, until another day if that is known."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.country import compose, known, take
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Day, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Taken


@dataclass(slots=True, kw_only=True)
class EnactLaw(Act):
    OBJECT = "law"
    REGISTERS = ("country",)

    law: str = said(Text(60))
    from_day: str = said(Day())
    until_day: str | None = said(Day(), optional=True)

    def fit(self) -> None:
        if self.until_day is not None and self.until_day <= self.from_day:
            raise malformed("until_day", "ends_before_begin")

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        adopted = known("law", self.law, "statute").adopted.isoformat()
        if self.from_day < adopted:
            raise malformed("from_day", "before_adopted", day=adopted)
        compose("law", m, self._taken(m.size))

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        take(m, self._taken(n))

    def _taken(self, n: int) -> Taken:
        since = date.fromisoformat(self.from_day)
        until = date.fromisoformat(self.until_day) if self.until_day else None
        return Taken(n, since, self.law, "statute", term=until)
