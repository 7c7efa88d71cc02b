"""AdoptBudget: the kenesh approves the budget of a year, each line with its purse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kerege.municipality.act import Facts, Law
from kerege.municipality.decision import Decided
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Hex, Lines, Whole, said
from kerege.municipality.money import adopt, draft, hearing
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Budget


@dataclass(slots=True, kw_only=True)
class AdoptBudget(Decided):
    OBJECT = "local_budget"

    year: int = said(Whole(2000, 2100))
    lines: Sequence[dict[str, Any]] = said(Lines())
    document: str | None = said(Hex(), optional=True)

    def facts(self, m: Municipality, actor: Actor, on: date, law: Law) -> Facts:
        facts = self.at_session(m, actor, on)
        facts.known("draftPublished", draft(m, self.year, on))
        facts.known("hearingHeld", hearing(m, self.year, on))
        facts["republicanLines"] = any(line["source"] == "republican" for line in self.lines)
        return facts

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        adopt(m, Budget(n, entry.held_on, self.year, self.lines))
