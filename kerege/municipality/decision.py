"""The kenesh decides by vote: session and votes stand in its acts from the start.

Acts that a kenesh can make carry the session they were made at and the count of votes; whoever
else can make the same act leaves them out.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kerege.municipality.act import Act, Facts, Law, existing
from kerege.municipality.entry import Actor
from kerege.municipality.fields import Reference, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed, Problem, malformed
from kerege.municipality.record import Session

# Residents vote as well, where a law lets them elect; a kenesh has no more votes than are present.
MOST_VOTES = 10_000_000
VOTES = ("votes_for", "votes_against", "votes_abstained")


@dataclass(slots=True, kw_only=True)
class Decided(Act):
    """An act that is a decision, when the kenesh makes it. Votes are of who decides by vote: the
    kenesh, and residents where this act is one they vote on."""

    RESIDENTS_VOTE: ClassVar[bool] = True

    session: int | None = said(Reference("session"), optional=True)
    votes_for: int | None = said(Whole(0, MOST_VOTES), optional=True)
    votes_against: int | None = said(Whole(0, MOST_VOTES), optional=True)
    votes_abstained: int | None = said(Whole(0, MOST_VOTES), optional=True)

    def votes(self) -> int:
        return (self.votes_for or 0) + (self.votes_against or 0) + (self.votes_abstained or 0)

    def carried(self) -> None:
        """Raise Malformed unless more voted for than against."""
        if self.votes_for is None:
            raise malformed("votes_for", "required")
        if self.votes_for <= (self.votes_against or 0):
            raise malformed("votes_for", "not_carried")

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if actor.kind != "kenesh":
            if self.session is not None:
                raise malformed("session", "only_kenesh_meets")
            counted = [f for f in VOTES if getattr(self, f) is not None]
            if counted and (actor.kind != "community" or not self.RESIDENTS_VOTE):
                raise Malformed(*(Problem(field, "nobody_voted") for field in counted))
            return
        left_out = [f for f in ("session", "votes_for") if getattr(self, f) is None]
        if left_out:
            raise Malformed(*(Problem(field, "required") for field in left_out))
        session = existing(m.get(Session, self.session, on), "session", self.session)
        if session.day != on:
            raise malformed("session", "other_day", day=session.day.isoformat())
        if self.votes() > session.present:
            raise malformed("votes_for", "more_votes", votes=self.votes(), present=session.present)
        self.carried()

    def at_session(self, m: Municipality, actor: Actor, on: date) -> Facts:
        """Facts to which the session is a ground."""
        facts = Facts()
        if actor.kind == "kenesh":
            facts.rest(m.get(Session, self.session, on))
        return facts

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        return self.at_session(m, actor, on)
