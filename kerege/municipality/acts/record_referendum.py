"""RecordReferendum: what the people answered."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law, existing
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Reference, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Referendum, Result


@dataclass(slots=True, kw_only=True)
class RecordReferendum(Act):
    """Votes in hundredths of a percent of those cast, since only shares are known for 2010."""

    OBJECT = "edition"
    REGISTERS = ("country",)

    referendum: int = said(Reference("referendum"))
    yes_share: int = said(Whole(0, 10_000))
    no_share: int = said(Whole(0, 10_000))

    def fit(self) -> None:
        if self.yes_share + self.no_share > 10_000:
            raise malformed("yes_share", "more_than_all")

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        asked = existing(m.get(Referendum, self.referendum, on), "referendum", self.referendum)
        if on < asked.day:
            raise malformed("referendum", "before_the_vote", day=asked.day.isoformat())
        told = (r for r in m.all(Result) if r.referendum == self.referendum)
        if any(r.entry not in m.annulled for r in told):
            raise malformed("referendum", "result_already")

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = Facts()
        facts.rest(m.get(Referendum, self.referendum, on))
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        asked = m.find(Referendum, self.referendum)
        edition = asked.edition if asked is not None else ""
        shares = (self.yes_share, self.no_share)
        m.add(Result(n, entry.held_on, self.referendum, edition, *shares))
