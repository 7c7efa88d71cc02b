"""ReportExecution: the executive gives account of a budget's execution to the community."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law, existing
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import MOST_SOM, Hex, Text, Whole, said
from kerege.municipality.money import budget
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Execution


@dataclass(slots=True, kw_only=True)
class ReportExecution(Act):
    OBJECT = "local_budget"

    year: int = said(Whole(2000, 2100))
    spent_local: int = said(Whole(0, MOST_SOM))
    spent_republican: int = said(Whole(0, MOST_SOM))
    summary: str = said(Text(2000, long=True), misprint=True)
    document: str | None = said(Hex(), optional=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        existing(budget(m, self.year, on), "year", self.year, "no_budget")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = Facts()
        facts.rest(budget(m, self.year, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Execution(n, entry.held_on, self.year, self.spent_local, self.spent_republican))
