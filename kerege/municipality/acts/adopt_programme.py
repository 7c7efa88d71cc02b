"""AdoptProgramme: the kenesh approves the programme of development and the budget's priorities."""

from dataclasses import dataclass

from kerege.municipality.decision import Decided
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Hex, Text, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Programme


@dataclass(slots=True, kw_only=True)
class AdoptProgramme(Decided):
    OBJECT = "programme"

    year: int = said(Whole(2000, 2100))
    title: str = said(Text(300))
    priorities: str = said(Text(4000, long=True), misprint=True)
    document: str | None = said(Hex(), optional=True)

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        programme = Programme(n, entry.held_on, self.year, self.title)
        m.succeed([programme], [p for p in m.all(Programme) if p.year == self.year])
