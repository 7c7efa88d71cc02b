"""RequestMeeting: an initiative group asks the head or the chair of the kenesh for a meeting."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law
from kerege.municipality.charter import charter, number, unasked
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Personal, Text, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Request


@dataclass(slots=True, kw_only=True)
class RequestMeeting(Act):
    OBJECT = "meeting"

    about: str = said(Text(300), misprint=True)
    text: str = said(Text(2000, long=True), misprint=True)
    group: int = said(Whole(1, 10_000))
    applicant: str | None = said(Personal(), optional=True)

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = Facts()
        least = number(m, law, "request_group", "people", on)
        facts["groupLargeEnough"] = (
            unasked(m, law, self, "groupLargeEnough") if least is None else self.group >= least
        )
        facts.rest(charter(m, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Request(n, entry.held_on, self.about))
