"""CallAssembly: residents are told of a meeting, a kurultai or a hearing and its day."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law, existing
from kerege.municipality.assemblies import KINDS, earliest_notice, notice_enough
from kerege.municipality.charter import charter
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Day, Reference, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Call, Request


@dataclass(slots=True, kw_only=True)
class CallAssembly(Decided):
    """``urgent`` says why a meeting cannot wait."""

    kind: str = said(Choice(KINDS))
    day: str = said(Day())
    about: str = said(Text(300), misprint=True)
    urgent: str | None = said(Text(300), optional=True)
    request: int | None = said(Reference("request"), optional=True)

    def object(self, m: Municipality, law: Law) -> str:
        return self.kind

    def fit(self) -> None:
        if self.urgent is not None and self.kind != "meeting":
            raise malformed("urgent", "only_meeting_urgent")

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        if date.fromisoformat(self.day) < on:
            raise malformed("day", "due_in_past")
        if self.request is not None:
            existing(m.get(Request, self.request, on), "request", self.request)

    def earliest(self, m: Municipality, on: date, law: Law) -> dict[str, date]:
        return earliest_notice(m, law, self.kind, on, on)

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        day = date.fromisoformat(self.day)
        facts["noticeGiven"] = notice_enough(m, law, self, self.kind, on, day, on)
        facts["calledUrgently"] = self.urgent is not None
        facts.rest(charter(m, on), m.get(Request, self.request, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        day, urgent = date.fromisoformat(self.day), self.urgent is not None
        m.add(Call(n, entry.held_on, self.kind, day, self.about, urgent))
