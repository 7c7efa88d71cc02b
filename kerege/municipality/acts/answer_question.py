"""AnswerQuestion: what an assembly asked and nobody answered there is answered in writing."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law, existing
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Hex, Reference, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Answer, Assembly


@dataclass(slots=True, kw_only=True)
class AnswerQuestion(Decided):
    assembly: int = said(Reference("assembly"))
    text: str = said(Text(2000, long=True), misprint=True)
    document: str | None = said(Hex(), optional=True)

    def object(self, m: Municipality, law: Law) -> str:
        return existing(m.find(Assembly, self.assembly), "assembly", self.assembly).kind

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        held = existing(m.get(Assembly, self.assembly, on), "assembly", self.assembly)
        if not held.unanswered:
            raise malformed("assembly", "nothing_left_open")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        facts.rest(m.get(Assembly, self.assembly, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Answer(n, entry.held_on, self.assembly))
