"""AdoptCharter: the kenesh adopts the charter of the community, its numbers and a model, if any."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kerege.constitution.edition import MODEL
from kerege.constitution.rulebook import Rulebook
from kerege.municipality.act import Facts, Law
from kerege.municipality.charter import adopting, charter, settable, unasked
from kerege.municipality.country import known
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Day, Hex, Numbers, Text, said
from kerege.municipality.governing import bases
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed, Problem, malformed
from kerege.municipality.record import Charter


@dataclass(slots=True, kw_only=True)
class AdoptCharter(Decided):
    """``from_day`` is the day it was made public, where that is not the day it was adopted."""

    OBJECT = "charter"

    model: str | None = said(Text(60), optional=True)
    numbers: Sequence[dict[str, Any]] | None = said(Numbers(), optional=True)
    from_day: str | None = said(Day(), optional=True)
    document: str | None = said(Hex(), optional=True)

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        Decided.check(self, m, actor, on)
        if not self.model and not self.numbers:
            raise malformed("model", "required")
        if self.model:
            adopted = known("model", self.model, "model").adopted
            if on < adopted:
                raise malformed("model", "made_later", day=adopted.isoformat())
        if self.from_day and date.fromisoformat(self.from_day) < on:
            raise malformed("from_day", "before_the_act", day=on.isoformat())

    def put_to(self, law: Rulebook) -> Rulebook:
        # Where no model binds yet, one is adopted the way it itself says: that is our reading.
        bound = any(edition.kind == MODEL for edition in law.editions)
        return adopting(law, self.model) if self.model and not bound else law

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        book = adopting(law, self.model or "")
        can, sets = settable(m, book, on), self.sets()
        problems = [
            Problem("numbers", "not_for_charters", {"name": x}) for x in sets if x not in can
        ]
        for name, number in can.items():
            if name in sets and not number.allows(sets[name]):
                slots = {"least": number.least, "most": number.most}
                problems.append(Problem(f"numbers_{name}", "out_of_range", slots))
            elif name not in sets and number.value is None:
                problems.append(Problem(f"numbers_{name}", "required"))
        if problems:
            raise Malformed(*problems)
        share = law.threshold("charter_adoption", on)
        facts["charterMajority"] = (
            unasked(m, law, self, "charterMajority")
            if share is None
            else share.reached(self.votes_for or 0, bases(m, on))
        )
        facts.rest(charter(m, on))
        return facts

    def sets(self) -> dict[str, int]:
        return {one["name"]: one["value"] for one in self.numbers or ()}

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        since = date.fromisoformat(self.from_day) if self.from_day else entry.held_on
        m.succeed([Charter(n, since, self.model or "", self.sets())], m.all(Charter))
