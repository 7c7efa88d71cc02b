"""ContractTos: a TOS takes on a task by contract."""

from dataclasses import dataclass
from datetime import date, timedelta

from kerege.municipality.act import Facts, Law, existing
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import MOST_SOM, Day, Reference, Text, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Contract, Tos


@dataclass(slots=True, kw_only=True)
class ContractTos(Decided):
    OBJECT = "tos_body"

    tos: int = said(Reference("tos"))
    task: str = said(Text(400), misprint=True)
    amount: int | None = said(Whole(0, MOST_SOM), optional=True)
    last_day: str | None = said(Day(), optional=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        existing(m.get(Tos, self.tos, on), "tos", self.tos)
        if self.last_day is not None and date.fromisoformat(self.last_day) < on:
            raise malformed("last_day", "ends_before_begin")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        facts.rest(m.get(Tos, self.tos, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        last = date.fromisoformat(self.last_day) if self.last_day else None
        term = last + timedelta(days=1) if last else None
        m.add(Contract(n, entry.held_on, self.tos, self.task, term=term))
