"""ReportDelegation: the executive tells the state body what was done with a delegated power."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law, existing
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Hex, Reference, Text, said
from kerege.municipality.money import delegation
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import DelegationReport


@dataclass(slots=True, kw_only=True)
class ReportDelegation(Act):
    OBJECT = "state_power"

    delegation: int = said(Reference("delegation"))
    summary: str = said(Text(2000, long=True), misprint=True)
    document: str | None = said(Hex(), optional=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        existing(delegation(m, self.delegation, on), "delegation", self.delegation)

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = Facts()
        facts.rest(delegation(m, self.delegation, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(DelegationReport(n, entry.held_on, self.delegation))
