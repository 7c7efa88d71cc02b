"""TakeOver: what was there before the register, with its paper and earlier dates; not judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Names, Text, Whole, said
from kerege.municipality.governing import begin, body, follow, head, in_office, join, seat
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Body, Convocation, Mandate

BODIES = {"kenesh_body": "representative_body", "executive_body": "executive_body"}
POSTS = ("deputy", "chair", "head", "official", *BODIES)


@dataclass(slots=True, kw_only=True)
class TakeOver(Act):
    """People already in a post on the day, or (with a post that is a body) a body that exists."""

    post: str = said(Choice(POSTS))
    holders: Sequence[str] = said(Names(), misprint=True)
    title: str | None = said(Text(120), optional=True, misprint=True)
    seats: int | None = said(Whole(1, 500), optional=True)

    def fit(self) -> None:
        if self.post not in ("deputy", "official") and len(self.holders) > 1:
            raise malformed("holders", "out_of_range", least=1, most=1)
        if self.seats is not None and len(self.holders) > self.seats:
            raise malformed("holders", "more_than_seats", seats=self.seats)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        # What came after the founding was done here and is put to the law.
        if m.identity is None or on > m.identity.founded:
            raise malformed("held_on", "after_founding")
        if self.seats is not None and self.post != "deputy":
            raise malformed("seats", "only_deputies_seats")
        if self.post in BODIES and body(m, BODIES[self.post], on):
            raise malformed("post", "body_already")
        if (self.post == "head" and head(m, on)) or (
            self.post == "chair" and any(in_office(m, "chair", on))
        ):
            raise malformed("post", "post_taken")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        on = entry.held_on
        if self.post in BODIES:
            begin(m, Body(n, on, BODIES[self.post], self.holders[0]))
            return
        people = [
            Mandate(n, on, f"{n}.{k}", self.post, holder, self.title or "")
            for k, holder in enumerate(self.holders)
        ]
        if self.post in ("head", "chair"):
            follow(m, *people)
        else:
            join(m, *people)
        if self.post == "deputy" and self.seats is not None:
            seat(m, Convocation(n, on, self.seats))
