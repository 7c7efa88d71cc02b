"""ReportToCommunity: bodies, heads and deputies tell the residents what they did."""

from dataclasses import dataclass

from kerege.municipality.decision import Decided
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Hex, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import CommunityReport


@dataclass(slots=True, kw_only=True)
class ReportToCommunity(Decided):
    OBJECT = "account"

    summary: str = said(Text(2000, long=True), misprint=True)
    document: str | None = said(Hex(), optional=True)

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(CommunityReport(n, entry.held_on, entry.actor.kind))
