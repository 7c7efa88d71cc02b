"""ProposeDelegation: one side proposes that a state power be handed over."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import MOST_SOM, Choice, Text, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Proposal

INSTRUMENTS = ("law", "agreement", "other_act")


@dataclass(slots=True, kw_only=True)
class ProposeDelegation(Decided):
    OBJECT = "state_power"

    power: str = said(Text(300))
    instrument: str = said(Choice(INSTRUMENTS))
    means: int = said(Whole(0, MOST_SOM))
    authority: str = said(Text(200))

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        facts["instrument"] = self.instrument
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        said = (self.power, self.authority, self.instrument, self.means, entry.actor.kind)
        m.add(Proposal(n, entry.held_on, *said))
