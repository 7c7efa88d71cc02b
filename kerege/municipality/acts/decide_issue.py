"""DecideIssue: the kenesh, or the community in assembly, decides an issue."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law, existing
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Hex, Reference, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Assembly, Decision, Initiative, Issue


@dataclass(slots=True, kw_only=True)
class DecideIssue(Decided):
    """``initiative`` is the draft of residents, ``assembly`` the meeting or kurultai whose advice
    is decided on."""

    OBJECT = "local_issue"

    issue: int | None = said(Reference("issue"), optional=True)
    title: str = said(Text(200), misprint=True)
    outcome: str = said(Choice(("adopted", "rejected", "postponed", "sent_back")))
    text: str = said(Text(2000, long=True), misprint=True)
    document: str | None = said(Hex(), optional=True)
    initiative: int | None = said(Reference("initiative"), optional=True)
    assembly: int | None = said(Reference("assembly"), optional=True)

    def carried(self) -> None:
        # What was voted down is decided too.
        if self.outcome != "rejected":
            Decided.carried(self)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        if self.issue is not None:
            existing(m.get(Issue, self.issue, on), "issue", self.issue)
        if self.initiative is not None:
            existing(m.get(Initiative, self.initiative, on), "initiative", self.initiative)
        if self.assembly is not None:
            existing(m.get(Assembly, self.assembly, on), "assembly", self.assembly)

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        facts.rest(m.get(Issue, self.issue, on), m.get(Initiative, self.initiative, on))
        advice = m.get(Assembly, self.assembly, on)
        facts["ofKurultai"] = advice is not None and advice.kind == "kurultai"
        facts.rest(advice)
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        of = (self.initiative, self.assembly)
        m.add(Decision(n, entry.held_on, self.issue, self.title, self.outcome, *of))
