"""DelegatePower: a state power is handed over, with its instrument, means, term and report."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law, existing
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import MOST_SOM, Choice, Day, Reference, Text, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Consent, Delegation, Proposal


@dataclass(slots=True, kw_only=True)
class DelegatePower(Act):
    OBJECT = "state_power"

    power: str = said(Text(300))
    instrument: str = said(Choice(("law", "agreement", "other_act")))
    reference: str = said(Text(200), misprint=True)
    authority: str = said(Text(200))
    means: int = said(Whole(0, MOST_SOM))
    first_day: str = said(Day())
    last_day: str = said(Day())
    report_due: str = said(Day())
    proposal: int | None = said(Reference("proposal"), optional=True)

    def fit(self) -> None:
        if self.last_day < self.first_day:
            raise malformed("last_day", "ends_before_begin")
        if self.report_due < self.first_day:
            raise malformed("report_due", "ends_before_begin")

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if self.proposal is None:
            return
        existing(m.get(Proposal, self.proposal, on), "proposal", self.proposal)
        # One proposal, one delegation: who wants another proposes another.
        if any(d.proposal == self.proposal for d in m.all(Delegation, on)):
            raise malformed("proposal", "delegated_already")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = Facts(instrument=self.instrument, meansTransferred=self.means > 0)
        proposal = m.get(Proposal, self.proposal, on)
        consent = next((c for c in m.all(Consent, on) if c.proposal == self.proposal), None)
        # Consent is to what was proposed: not to another power, authority or instrument, nor to
        # less means.
        same = proposal is not None and (
            proposal.power,
            proposal.authority,
            proposal.instrument,
        ) == (
            self.power,
            self.authority,
            self.instrument,
        )
        enough = proposal is not None and proposal.means <= self.means
        facts.known("consented", consent if same and enough else None)
        facts.rest(proposal)
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(
            Delegation(
                n,
                entry.held_on,
                power=self.power,
                instrument=self.instrument,
                authority=self.authority,
                means=self.means,
                first=date.fromisoformat(self.first_day),
                last=date.fromisoformat(self.last_day),
                report_due=date.fromisoformat(self.report_due),
                proposal=self.proposal,
            )
        )
