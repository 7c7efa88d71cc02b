"""RecordReferendum: what the people answered."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act, Facts, Law, existing
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Reference, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.record import Referendum, Result


@dataclass(slots=True, kw_only=True)
class RecordReferendum(Act):
    """What came out, and the shares where they are known, in hundredths of a percent of the votes
    cast: for 2010 only shares were found, for 2007 not even those."""

    OBJECT = "edition"
    REGISTERS = ("country",)

    referendum: int = said(Reference("referendum"))
    outcome: str | None = said(Choice(("adopted", "rejected")), optional=True)
    yes_share: int | None = said(Whole(0, 10_000), optional=True)
    no_share: int | None = said(Whole(0, 10_000), optional=True)

    def fit(self) -> None:
        if self.came_out() is None:
            raise malformed("outcome", "required")
        if self.yes_share is None or self.no_share is None:
            return
        if self.yes_share + self.no_share > 10_000:
            raise malformed("yes_share", "more_than_all")
        if (self.came_out() == "adopted") != (self.yes_share > self.no_share):
            raise malformed("outcome", "outcome_against_shares")

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
        m.add(Result(n, entry.held_on, self.referendum, edition, self.came_out() == "adopted"))

    def came_out(self) -> str | None:
        """What came out; where nobody says, more voted for it than against, or not."""
        if self.outcome is not None or self.yes_share is None or self.no_share is None:
            return self.outcome
        return "adopted" if self.yes_share > self.no_share else "rejected"
