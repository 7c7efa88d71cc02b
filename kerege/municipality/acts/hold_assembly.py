"""HoldAssembly: residents meet, or their delegates do in a kurultai; what they say is advice."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law
from kerege.municipality.assemblies import check_call, earliest_notice, enough, told_in_time
from kerege.municipality.charter import charter
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Reference, Text, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Assembly, Call


@dataclass(slots=True, kw_only=True)
class HoldAssembly(Act):
    """``invited`` counts those who were called: invited, or residents with the right to vote."""

    call: int | None = said(Reference("call"), optional=True)
    kind: str = said(Choice(("meeting", "kurultai")))
    participants: int = said(Whole(1, 1_000_000))
    invited: int | None = said(Whole(1, 10_000_000), optional=True)
    recommendations: str | None = said(Text(2000, long=True), optional=True, misprint=True)
    questions: str | None = said(Text(2000, long=True), optional=True, misprint=True)

    def object(self, m: Municipality, law: Law) -> str:
        return self.kind

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        check_call(m, self.call, self.kind, on)
        if self.invited is not None and self.participants > self.invited:
            raise malformed("participants", "more_than_invited", invited=self.invited)

    def earliest(self, m: Municipality, on: date, law: Law) -> dict[str, date]:
        called = m.get(Call, self.call, on)
        told = called.since if called is not None else None
        return earliest_notice(m, law, self.kind, told, on)

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = Facts()
        called = m.get(Call, self.call, on)
        facts["noticeGiven"] = told_in_time(m, law, self, self.kind, called, on)
        facts["calledUrgently"] = called is not None and called.urgent
        came, asked = self.participants, self.invited
        facts["enoughPresent"] = enough(m, law, self, self.kind, came, asked, on)
        facts.rest(called, charter(m, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        year = entry.held_on.year if self.kind == "meeting" else None
        m.add(Assembly(n, entry.held_on, self.kind, year, self.questions is not None, self.call))
