"""EndMandate: a mandate ends, and with it every right that followed from it."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, MandateId, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed


@dataclass(slots=True, kw_only=True)
class EndMandate(Decided):
    OBJECT = "mandate"

    mandate: str = said(MandateId())
    cause: str = said(Choice(("resigned", "term_over", "died", "dismissed", "court")))

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        mandate = m.mandates.get(self.mandate)
        if mandate is None or not mandate.holds(on):
            raise malformed("mandate", "no_such_thing", value=self.mandate)
        # A deputy or an official can lay down an own mandate, nobody else's.
        if actor.kind in ("deputy", "official") and actor.of != self.mandate:
            raise malformed("mandate", "not_own_mandate")
        if actor.kind == "head" and mandate.post != "official" and actor.of != self.mandate:
            raise malformed("mandate", "not_own_mandate")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        facts.rest(m.mandates.get(self.mandate))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.end([m.mandates[self.mandate]], entry.held_on, n)
