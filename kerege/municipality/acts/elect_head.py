"""ElectHead: the head is elected, by the kenesh or by the residents."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law, existing
from kerege.municipality.charter import unasked
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Reference, Text, said
from kerege.municipality.governing import bases, body, follow
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Mandate, Nomination

OFFICES = ("head_of_executive", "head_of_territory")


@dataclass(slots=True, kw_only=True)
class ElectHead(Decided):
    """``office`` is left out unless someone means another office than the edition knows."""

    holder: str = said(Text(120))
    nomination: int | None = said(Reference("nomination"), optional=True)
    office: str | None = said(Choice(OFFICES), optional=True)

    def object(self, m: Municipality, law: Law) -> str:
        return self.office or str(law.parameter("office") or "head_of_executive")

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        if body(m, "executive_body", on) is None:
            raise malformed("actor", "no_such_body")
        if self.nomination is not None:
            existing(m.get(Nomination, self.nomination, on), "nomination", self.nomination)
        if actor.kind == "community":
            self.carried()

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        proposed = m.get(Nomination, self.nomination, on)
        if proposed is not None and proposed.candidate != self.holder:
            proposed = None
        facts.rest(proposed, body(m, "executive_body", on))
        facts["proposedByGovernor"] = proposed is not None and proposed.by == "governor"
        facts["proposedByPresident"] = proposed is not None and proposed.by == "president"
        share = law.threshold("head_election", on)
        facts["participationReached"] = actor.kind != "kenesh" or (
            unasked(m, law, self, "participationReached")
            if share is None
            else share.reached(self.votes(), bases(m, on))
        )
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        on = entry.held_on
        follow(m, Mandate(n, on, f"{n}.0", "head", self.holder, ""))
        # Proposals were for this election; the next one needs a proposal of its own.
        m.end(m.all(Nomination, on), on, n)
