"""DemandAccount: the kenesh demands an account by a day; it falls due by itself."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Day, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Demand


@dataclass(slots=True, kw_only=True)
class DemandAccount(Decided):
    OBJECT = "account"

    of: str = said(Choice(("executive", "head", "official")))
    about: str = said(Text(300), misprint=True)
    due: str = said(Day())

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        if date.fromisoformat(self.due) < on:
            raise malformed("due", "due_in_past")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Demand(n, entry.held_on, self.of, self.about, date.fromisoformat(self.due)))
