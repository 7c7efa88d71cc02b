"""EndMandate: a mandate ends, and with it every right that followed from it."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, MandateId, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.persons import of_one
from kerege.municipality.problem import malformed
from kerege.municipality.record import Mandate

# Actors who are one person under a mandate.
OWN = ("deputy", "official", "head")
# Whose word a wish to leave is: their own, or of those who let people go.
_TAKE_WISHES = (*OWN, "kenesh", "executive")


def theirs(m: Municipality, actor: Actor, mandate: Mandate) -> bool:
    """Whether a mandate can be one that an actor ends: of a deputy or an official the own one, of
    the head the own one and those of officials; what others may, the law says."""
    if actor.kind == "head" and mandate.post == "official":
        return True
    own = m.mandates.get(actor.of)
    return actor.kind not in OWN or (own is not None and of_one(own, mandate))


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
        if not theirs(m, actor, mandate):
            raise malformed("mandate", "not_own_mandate")
        if self.cause == "resigned" and actor.kind not in _TAKE_WISHES:
            raise malformed("cause", "not_their_wish")

    def paper_needed(self, actor: Actor) -> bool:
        """Nobody's word alone is a death or a judgment, nor that the own mandate ended otherwise
        than by own wish. That is this register's rule, as for what others did (``rights.py``)."""
        own = actor.kind in OWN and actor.of == self.mandate
        return self.cause in ("died", "court") or (own and self.cause != "resigned")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        facts.rest(m.mandates.get(self.mandate))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.end([m.mandates[self.mandate]], entry.held_on, n)
