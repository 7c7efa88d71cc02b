"""DecideRequest: the meeting residents asked for is granted, or refused with a reason."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law, existing
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Reference, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Request, RequestDecision


@dataclass(slots=True, kw_only=True)
class DecideRequest(Decided):
    OBJECT = "meeting"

    request: int = said(Reference("request"))
    outcome: str = said(Choice(("granted", "refused")))
    grounds: str | None = said(Text(2000, long=True), optional=True, misprint=True)

    def fit(self) -> None:
        # Whoever is refused can go to court, and needs to know why.
        if self.outcome == "refused" and self.grounds is None:
            raise malformed("grounds", "required")

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        existing(m.get(Request, self.request, on), "request", self.request)
        if any(d.request == self.request for d in m.all(RequestDecision, on)):
            raise malformed("request", "decided_already")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        facts.rest(m.get(Request, self.request, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(RequestDecision(n, entry.held_on, self.request, self.outcome))
