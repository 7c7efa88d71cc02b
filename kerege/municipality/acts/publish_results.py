"""PublishResults: residents are told what came of an assembly, or of a hearing."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law, existing
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Hex, Reference, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Assembly, Hearing, Results


@dataclass(slots=True, kw_only=True)
class PublishResults(Decided):
    assembly: int | None = said(Reference("assembly"), optional=True)
    hearing: int | None = said(Reference("hearing"), optional=True)
    text: str = said(Text(2000, long=True), misprint=True)
    document: str | None = said(Hex(), optional=True)

    def object(self, m: Municipality, law: Law) -> str:
        if self.assembly is None:
            return "hearing"
        return existing(m.find(Assembly, self.assembly), "assembly", self.assembly).kind

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        if (self.assembly is None) == (self.hearing is None):
            raise malformed("assembly", "one_of_two")
        if self.assembly is not None:
            existing(m.get(Assembly, self.assembly, on), "assembly", self.assembly)
        else:
            # A budget that was adopted has ended the hearing, and its results are still owed.
            existing(m.find(Hearing, self.hearing), "hearing", self.hearing)

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        facts.rest(m.get(Assembly, self.assembly, on), m.find(Hearing, self.hearing))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Results(n, entry.held_on, self.assembly, self.hearing))
