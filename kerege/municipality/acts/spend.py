"""Spend: money of the budget is spent, from one purse, under the budget of its year."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law, existing
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import MOST_SOM, SOURCES, Choice, Reference, Text, Whole, said
from kerege.municipality.money import budget, ever_spent, spent_under
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Delegation, Spending


@dataclass(slots=True, kw_only=True)
class Spend(Act):
    OBJECT = "local_budget"

    year: int = said(Whole(2000, 2100))
    source: str = said(Choice(SOURCES))
    amount: int = said(Whole(1, MOST_SOM))
    purpose: str = said(Text(300), misprint=True)
    delegation: int | None = said(Reference("delegation"), optional=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if self.delegation is not None:
            existing(m.get(Delegation, self.delegation, on), "delegation", self.delegation)

    def of_another_year(self, on: date) -> dict[str, int]:
        return {"withinBudget": self.year} if self.year != on.year else {}

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = Facts(source=self.source)
        adopted = budget(m, self.year, on)
        facts.known("budgetAdopted", adopted)
        # A budget is of its year: what is paid later is paid from the next one.
        planned = adopted.total(self.source) if adopted and self.year == on.year else 0
        facts["withinBudget"] = ever_spent(m, self.year, self.source) + self.amount <= planned
        power = m.get(Delegation, self.delegation, on)
        facts.rest(power)
        facts["underDelegation"] = power is not None
        facts["withinDelegation"] = (
            power is not None
            and power.runs(on)
            and spent_under(m, power.entry) + self.amount <= power.means
        )
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Spending(n, entry.held_on, self.year, self.source, self.amount, self.delegation))
