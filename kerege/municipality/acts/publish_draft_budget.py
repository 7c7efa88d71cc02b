"""PublishDraftBudget: the draft of a budget is put before the public."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kerege.municipality.act import Act
from kerege.municipality.entry import Entry
from kerege.municipality.fields import Hex, Lines, Whole, said
from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Draft


@dataclass(slots=True, kw_only=True)
class PublishDraftBudget(Act):
    OBJECT = "local_budget"

    year: int = said(Whole(2000, 2100))
    lines: Sequence[dict[str, Any]] = said(Lines())
    document: str | None = said(Hex(), optional=True)

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.add(Draft(n, entry.held_on, self.year, self.lines))
