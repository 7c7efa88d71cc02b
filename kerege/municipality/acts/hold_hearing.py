"""HoldHearing: the public is heard on the draft of a budget."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Facts, Law, existing
from kerege.municipality.assemblies import (
    check_call,
    draft_out_in_time,
    earliest_heard,
    earliest_notice,
    told_in_time,
)
from kerege.municipality.charter import charter
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Reference, Text, Whole, said
from kerege.municipality.money import draft
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Call, Hearing


@dataclass(slots=True, kw_only=True)
class HoldHearing(Decided):
    OBJECT = "local_budget"

    year: int = said(Whole(2000, 2100))
    participants: int = said(Whole(1, 1_000_000), misprint=True)
    proposals: str | None = said(Text(2000, long=True), optional=True, misprint=True)
    call: int | None = said(Reference("call"), optional=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        # There is nothing to be heard on before a draft is public.
        existing(draft(m, self.year, on), "year", self.year, "no_draft")
        check_call(m, self.call, "hearing", on)

    def earliest(self, m: Municipality, on: date, law: Law) -> dict[str, date]:
        called = m.get(Call, self.call, on)
        told = called.since if called is not None else None
        notice = earliest_notice(m, law, "hearing", told, on)
        return notice | earliest_heard(m, law, self.year, on)

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        called = m.get(Call, self.call, on)
        facts["noticeGiven"] = told_in_time(m, law, self, "hearing", called, on)
        facts["draftInTime"] = draft_out_in_time(m, law, self, self.year, on)
        facts.rest(draft(m, self.year, on), called, charter(m, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Hearing(n, entry.held_on, self.year, self.participants, self.call))
