"""ReportToKenesh: the executive or an official answers to the kenesh."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law, existing
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Hex, Reference, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Demand, Report

# Whose report answers a demand: the head answers for the executive, and it for its head.
ANSWERS = {
    "executive": ("executive", "head"),
    "head": ("executive", "head"),
    "official": ("official",),
}


@dataclass(slots=True, kw_only=True)
class ReportToKenesh(Act):
    OBJECT = "account"

    demand: int | None = said(Reference("demand"), optional=True)
    summary: str = said(Text(2000, long=True), misprint=True)
    document: str | None = said(Hex(), optional=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if self.demand is None:
            return
        asked = existing(m.get(Demand, self.demand, on), "demand", self.demand)
        if actor.kind not in ANSWERS[asked.of]:
            raise malformed("demand", "asked_of_others")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = Facts()
        facts.rest(m.get(Demand, self.demand, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Report(n, entry.held_on, self.demand, entry.actor.kind))
