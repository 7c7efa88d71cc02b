"""SubmitInitiative: residents put the draft of a decision before the kenesh, with signatures."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law
from kerege.municipality.charter import charter, number, unasked
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Hex, Personal, Text, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Initiative


@dataclass(slots=True, kw_only=True)
class SubmitInitiative(Act):
    OBJECT = "initiative"

    title: str = said(Text(200), misprint=True)
    text: str = said(Text(2000, long=True), misprint=True)
    group: int = said(Whole(1, 10_000))
    signatures: int = said(Whole(0, 10_000_000))
    document: str | None = said(Hex(), optional=True)
    applicant: str | None = said(Personal(), optional=True)

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = Facts()
        people = number(m, law, "initiative_group", "people", on)
        facts["groupLargeEnough"] = (
            unasked(m, law, self, "groupLargeEnough") if people is None else self.group >= people
        )
        needed = number(m, law, "initiative_signatures", "people", on)
        facts["signaturesReached"] = (
            unasked(m, law, self, "signaturesReached")
            if needed is None
            else self.signatures >= needed
        )
        facts.rest(charter(m, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Initiative(n, entry.held_on, self.title))
