"""AssessReport: the kenesh says what it thinks of a report."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law, existing
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Reference, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Assessment, Report


@dataclass(slots=True, kw_only=True)
class AssessReport(Decided):
    OBJECT = "account"

    report: int = said(Reference("report"))
    mark: str = said(Choice(("satisfactory", "unsatisfactory")))
    grounds: str | None = said(Text(2000, long=True), optional=True, misprint=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        existing(m.get(Report, self.report, on), "report", self.report)

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        facts.rest(m.get(Report, self.report, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Assessment(n, entry.held_on, self.report, self.mark))
