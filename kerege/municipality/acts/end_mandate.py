"""EndMandate: a mandate ends, and with it every right that followed from it."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, MandateId, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Mandate

_TAKE_WISHES = ("deputy", "official", "head", "kenesh", "executive")


def theirs(actor: Actor, mandate: Mandate) -> bool:
    """Whether a mandate can be one that an actor ends: of a deputy or an official the own one, of
    the head the own one and those of officials; what others may, the law says."""
    if actor.kind == "head" and mandate.post == "official":
        return True
    return actor.kind not in ("deputy", "official", "head") or actor.of == mandate.id


def _of_one(own: Mandate | None, other: Mandate) -> bool:
    """Whether two mandates are those of a deputy who chairs the kenesh."""
    if own is None or {own.post, other.post} != {"chair", "deputy"}:
        return False
    return own.holder == other.holder


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
        if not (theirs(actor, mandate) or _of_one(m.mandates.get(actor.of), mandate)):
            raise malformed("mandate", "not_own_mandate")
        # What somebody wishes they say themselves, or to those who let them go.
        if self.cause == "resigned" and actor.kind not in _TAKE_WISHES:
            raise malformed("cause", "not_their_wish")

    def paper_needed(self, actor: Actor) -> bool:
        """Nobody's word alone is a death or a judgment, nor that the own mandate ended otherwise
        than by own wish. That is this register's rule, as for what others did (``rights.py``)."""
        own = actor.kind in ("deputy", "official", "head") and actor.of == self.mandate
        return self.cause in ("died", "court") or (own and self.cause != "resigned")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        facts.rest(m.mandates.get(self.mandate))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.end([m.mandates[self.mandate]], entry.held_on, n)
