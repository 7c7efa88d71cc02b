"""Transfer: money comes into the budget, and says from which purse."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law, existing
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import MOST_SOM, SOURCES, Choice, Reference, Text, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Delegation, Received


@dataclass(slots=True, kw_only=True)
class Transfer(Act):
    OBJECT = "local_budget"

    year: int = said(Whole(2000, 2100))
    source: str = said(Choice(SOURCES))
    amount: int = said(Whole(1, MOST_SOM))
    purpose: str = said(Text(300), misprint=True)
    delegation: int | None = said(Reference("delegation"), optional=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if self.delegation is not None:
            existing(m.get(Delegation, self.delegation, on), "delegation", self.delegation)

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = Facts(source=self.source)
        facts.rest(m.get(Delegation, self.delegation, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Received(n, entry.held_on, self.year, self.source, self.amount))
