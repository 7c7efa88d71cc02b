"""ConfirmRecorder: the kenesh confirms who writes its acts down."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import MandateId, said
from kerege.municipality.governing import RECORDER
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Confirmation


@dataclass(slots=True, kw_only=True)
class ConfirmRecorder(Decided):
    mandate: str = said(MandateId())

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if actor.kind != "kenesh":
            raise malformed("actor", "only_kenesh")
        Decided.check(self, m, actor, on)
        mandate = m.mandates.get(self.mandate)
        if mandate is None or mandate.post != RECORDER or not mandate.holds(on):
            raise malformed("mandate", "no_such_thing", value=self.mandate)

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Confirmation(n, entry.held_on, self.mandate))
