"""CallReferendum: the people are asked about an edition of the constitution."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.country import known
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Day, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Referendum


@dataclass(slots=True, kw_only=True)
class CallReferendum(Act):
    OBJECT = "edition"
    REGISTERS = ("country",)

    edition: str = said(Text(60))
    day: str = said(Day())

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        known("edition", self.edition, "constitution")
        if date.fromisoformat(self.day) < on:
            raise malformed("day", "due_in_past")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Referendum(n, entry.held_on, self.edition, date.fromisoformat(self.day)))
