"""What came of living a register again under another law.

Replay as JSON::

    {"register", "under": [packs], "size", "judged",
     "refused": [{"n", "act", "held_on", "answer", "norms", "missing"}],
     "fallen": [{"n", "act", "held_on", "because": [n…], "why", "missing"}],
     "passes": [{"n", "act", "held_on", "answer", "norms", "missing"}], "not_stated": n}

``answer`` is that of a ruling, or ``NOT_PUT``; ``why`` is one of ``REASONS``; ``because`` are the
entries but for which the act would stand: refused, fallen or passing ones, or contested ones that
could not have been; ``missing`` of a fallen act are facts that would not have been so;
``not_stated`` counts the acts that only there pass because the text is not known. A contested act
is among the fallen only if it was confirmed: what never took effect cannot fall.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kerege.constitution.question import Ruling
from kerege.constitution.rulebook import Rulebook

# The answer where an act as it was done cannot be put to a law at all: a charter with a number that
# this law lets nobody set.
NOT_PUT = "not_put"

# Who acted would not have been in office; what it speaks of or stands on would not have been;
# facts would not have been so; something else would have stood in its way.
ACTOR, OBJECT, FACTS, OTHERWISE = "actor", "object", "facts", "otherwise"
REASONS = (ACTOR, OBJECT, FACTS, OTHERWISE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Base of what can come of an entry."""

    n: int
    act: str
    held_on: date

    def json(self) -> dict[str, Any]:
        return {"n": self.n, "act": self.act, "held_on": self.held_on.isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled(Outcome):
    """Base of what the other law itself answered."""

    book: Rulebook = field(repr=False)
    ruling: Ruling

    def json(self) -> dict[str, Any]:
        return {**Outcome.json(self), **self.ruling.json()}


class Refused(Ruled):
    """The other law says no to the act, in the register as it was."""

    __slots__ = ()


class Passes(Ruled):
    """The law of its day refused the act and the other law lets it pass."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallen(Outcome):
    """In that life the act could not have been: nobody to do it, nothing to act upon, or other
    facts. To the act as it was done the other law does not say no, or was not asked."""

    because: tuple[int, ...]
    why: str
    missing: tuple[str, ...] = ()

    def json(self) -> dict[str, Any]:
        said = {"because": list(self.because), "why": self.why, "missing": list(self.missing)}
        return {**Outcome.json(self), **said}


@dataclass(slots=True)
class Replay:
    """Everything that would have been otherwise; lists are in the order of entry."""

    under: tuple[str, ...] = ()
    size: int = 0
    judged: int = 0
    refused: list[Refused] = field(default_factory=list)
    fallen: list[Fallen] = field(default_factory=list)
    passes: list[Passes] = field(default_factory=list)
    not_stated: int = 0

    def json(self, register: str = "") -> dict[str, Any]:
        return {
            "register": register,
            "under": list(self.under),
            "size": self.size,
            "judged": self.judged,
            "refused": [one.json() for one in self.refused],
            "fallen": [one.json() for one in self.fallen],
            "passes": [one.json() for one in self.passes],
            "not_stated": self.not_stated,
        }
