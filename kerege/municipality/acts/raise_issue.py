"""RaiseIssue: an issue of local significance is put to the municipality."""

from dataclasses import dataclass

from kerege.municipality.decision import Decided
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Personal, Text, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Issue


@dataclass(slots=True, kw_only=True)
class RaiseIssue(Decided):
    OBJECT = "local_issue"
    # Supporters are counted; that is no vote.
    RESIDENTS_VOTE = False

    title: str = said(Text(200), misprint=True)
    text: str = said(Text(2000, long=True), misprint=True)
    supporters: int | None = said(Whole(1, 10_000_000), optional=True, misprint=True)
    applicant: str | None = said(Personal(), optional=True)

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Issue(n, entry.held_on, self.title, entry.actor.kind))
