"""ElectDeputies: residents elect the kenesh."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Names, Whole, said
from kerege.municipality.governing import body, follow, seat
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Convocation, Mandate


@dataclass(slots=True, kw_only=True)
class ElectDeputies(Act):
    OBJECT = "deputies"

    manner: str = said(Choice(("direct", "indirect")))
    seats: int = said(Whole(1, 500))
    deputies: Sequence[str] = said(Names(), misprint=True)
    voters: int | None = said(Whole(0, 10_000_000), optional=True, misprint=True)
    ballots: int | None = said(Whole(0, 10_000_000), optional=True, misprint=True)

    def fit(self) -> None:
        if len(self.deputies) > self.seats:
            raise malformed("deputies", "more_than_seats", seats=self.seats)
        if self.voters is not None and (self.ballots or 0) > self.voters:
            raise malformed("ballots", "more_than_voters", voters=self.voters)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if body(m, "representative_body", on) is None:
            raise malformed("actor", "no_such_body")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = Facts(manner=self.manner)
        facts.rest(body(m, "representative_body", on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        on = entry.held_on
        seat(m, Convocation(n, on, self.seats))
        elected = enumerate(self.deputies)
        follow(m, *(Mandate(n, on, f"{n}.{k}", "deputy", holder, "") for k, holder in elected))
