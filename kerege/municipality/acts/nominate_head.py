"""NominateHead: a candidate for head is proposed. Who may propose, the edition and the law say."""

from dataclasses import dataclass

from kerege.municipality.act import Law
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Nomination


@dataclass(slots=True, kw_only=True)
class NominateHead(Decided):
    candidate: str = said(Text(120))

    def object(self, m: Municipality, law: Law) -> str:
        return str(law.parameter("office") or "head_of_executive")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Nomination(n, entry.held_on, self.candidate, entry.actor.kind))
