"""TakeEdition: an edition of the constitution comes into force from a day."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law
from kerege.municipality.country import compose, known, take
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Day, Text, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Result, Taken


@dataclass(slots=True, kw_only=True)
class TakeEdition(Act):
    OBJECT = "edition"
    REGISTERS = ("country",)

    edition: str = said(Text(60))
    from_day: str = said(Day())
    until_day: str | None = said(Day(), optional=True)

    def fit(self) -> None:
        if self.until_day is not None and self.until_day <= self.from_day:
            raise malformed("until_day", "ends_before_begin")

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        known("edition", self.edition, "constitution")
        taken = [t.since for t in m.all(Taken) if t.kind == "constitution" and t.holds(t.since)]
        last = max(taken, default=None)
        if last is not None and date.fromisoformat(self.from_day) < last:
            raise malformed("from_day", "before_the_last", day=last.isoformat())
        compose("edition", m, self._taken(m.size))

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = Facts()
        # The people's last word on it, if they have said one that was not yet followed.
        results = [r for r in m.all(Result, on) if r.edition == self.edition]
        last = max(results, key=lambda r: (r.since, r.entry), default=None)
        facts.known("referendumApproved", last if last is not None and last.approved else None)
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        take(m, self._taken(n))
        # To take it again some day, the people are asked again.
        on = entry.held_on
        m.end((r for r in m.all(Result, on) if r.edition == self.edition), on, n)

    def _taken(self, n: int) -> Taken:
        since = date.fromisoformat(self.from_day)
        until = date.fromisoformat(self.until_day) if self.until_day else None
        return Taken(n, since, self.edition, "constitution", term=until)
