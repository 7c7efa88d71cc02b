"""Correct: a misprint in a field no rule reads is said anew; the old words stay in their entry."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Reference, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.undoing import correct


@dataclass(slots=True, kw_only=True)
class Correct(Act):
    """Which fields can be corrected the gate checks (``misprint`` of the field)."""

    REGISTERS = ("municipality", "country")

    entry: int = said(Reference("entry"))
    field: str = said(Text(40))
    text: str = said(Text(2000, long=True))

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if self.entry >= m.size:
            raise malformed("entry", "no_such_thing", value=self.entry)

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        correct(m, self.entry, self.field, self.text)
