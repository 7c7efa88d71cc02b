"""HoldSession: the kenesh meets; its decisions of that day stand on the session."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law
from kerege.municipality.charter import unasked
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Text, Whole, said
from kerege.municipality.governing import bases, body, deputies, in_office
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Session


@dataclass(slots=True, kw_only=True)
class HoldSession(Act):
    OBJECT = "session"
    DEPUTIES = "present"

    kind: str = said(Choice(("ordinary", "extraordinary", "founding")))
    number: str = said(Text(20), misprint=True)
    present: int = said(Whole(1, 500))
    agenda: str = said(Text(2000, long=True), misprint=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if body(m, "representative_body", on) is None:
            raise malformed("actor", "no_such_body")
        mandates = deputies(m, on)
        if self.present > mandates:
            raise malformed("present", "more_than_mandates", mandates=mandates)
        # Numbers begin anew with a year or a convocation, never within a day.
        numbers = {
            m.corrections.get(held.entry, {}).get("number", held.number)
            for held in m.all(Session, on)
            if held.day == on
        }
        if self.number in numbers:
            raise malformed("number", "held_already")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        share = law.threshold("session_quorum", on)
        facts = Facts()
        facts["quorumPresent"] = (
            unasked(m, law, self, "quorumPresent")
            if share is None
            else share.reached(self.present, bases(m, on))
        )
        facts.rest(body(m, "representative_body", on), *in_office(m, "deputy", on))
        return facts

    def needed(self, m: Municipality, on: date, law: Law) -> Mapping[str, int]:
        share = law.threshold("session_quorum", on)
        counts = range(1, deputies(m, on) + 1) if share is not None else ()
        least = next((n for n in counts if share and share.reached(n, bases(m, on))), None)
        return {} if least is None else {"quorumPresent": least}

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Session(n, entry.held_on, self.number, entry.held_on, self.present))
