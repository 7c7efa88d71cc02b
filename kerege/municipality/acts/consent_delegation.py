"""ConsentDelegation: the kenesh agrees to take over a state power by agreement."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law, existing
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Reference, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Consent, Proposal


@dataclass(slots=True, kw_only=True)
class ConsentDelegation(Decided):
    OBJECT = "state_power"

    proposal: int = said(Reference("proposal"))

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        existing(m.get(Proposal, self.proposal, on), "proposal", self.proposal)
        if any(c.proposal == self.proposal for c in m.all(Consent, on)):
            raise malformed("proposal", "consented_already")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        proposal = existing(m.get(Proposal, self.proposal, on), "proposal", self.proposal)
        facts.rest(proposal)
        facts["instrument"] = proposal.instrument
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Consent(n, entry.held_on, self.proposal))
