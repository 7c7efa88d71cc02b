"""A question put to the law, and the law's answer.

Question as JSON (kept in every judged entry, so that it can be asked again)::

    {"actor": "kenesh", "act": "AdoptBudget", "object": "local_budget",
     "place": "aiyl_aimak", "facts": {"hearingHeld": true, …}}

Ruling as JSON::

    {"answer": "permitted | forbidden | not_empowered | unregulated | not_stated",
     "norms": ["kg-2010/budget.hearing", …], "missing": ["hearingHeld", …]}

``not_stated``: the text of this edition on this matter is not known to us; the act is recorded,
takes effect, and is marked for good. ``unregulated``: no norm speaks of the act. ``not_empowered``:
norms speak of it and none empowers this actor in these circumstances.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

PERMITTED = "permitted"
FORBIDDEN = "forbidden"
NOT_EMPOWERED = "not_empowered"
UNREGULATED = "unregulated"
NOT_STATED = "not_stated"
ANSWERS = (PERMITTED, FORBIDDEN, NOT_EMPOWERED, UNREGULATED, NOT_STATED)

FactValue = bool | str


@dataclass(frozen=True, slots=True)
class Question:
    actor: str
    act: str
    object: str
    place: str
    facts: Mapping[str, FactValue]

    def but(self, **changes: Any) -> "Question":
        """The same question with some parts changed."""
        return replace(self, **changes)

    def with_facts(self, facts: Mapping[str, FactValue]) -> "Question":
        return replace(self, facts={**self.facts, **facts})

    def json(self) -> dict[str, Any]:
        return {
            "actor": self.actor,
            "act": self.act,
            "object": self.object,
            "place": self.place,
            "facts": dict(self.facts),
        }


def question(data: Mapping[str, Any]) -> Question:
    """The question kept in an entry; raises KeyError, or ValueError for what is no part of one."""
    nothing_else(data, Question)
    return Question(data["actor"], data["act"], data["object"], data["place"], data["facts"])


@dataclass(frozen=True, slots=True)
class Ruling:
    answer: str
    norms: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def effective(self) -> bool:
        """Whether the act takes effect: permitted, or not stated and marked so."""
        return self.answer in (PERMITTED, NOT_STATED)

    def json(self) -> dict[str, Any]:
        return {"answer": self.answer, "norms": list(self.norms), "missing": list(self.missing)}


def ruling(data: Mapping[str, Any]) -> Ruling:
    """The ruling kept in an entry; raises KeyError, or ValueError for what is no part of one."""
    nothing_else(data, Ruling)
    return Ruling(data["answer"], tuple(data["norms"]), tuple(data["missing"]))


def nothing_else(data: Mapping[str, Any], of: type, *also: str) -> None:
    """Raises ValueError for what is neither a field of the dataclass ``of`` nor ``also``: nobody
    would read it."""
    for name in data.keys() - {one.name for one in fields(of)} - set(also):
        raise ValueError(f"there is no {name!a:.60} in it")
