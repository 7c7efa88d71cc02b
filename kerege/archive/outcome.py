"""What came of living a register again under another law.

Replay as JSON::

    {"register", "under": [packs], "size", "judged",
     "refused": [{"n", "act", "held_on", "answer", "norms", "missing"}],
     "fallen": [{"n", "act", "held_on", "because": [n…], "why", "missing"}],
     "passes": [{"n", "act", "held_on", "answer", "norms"}], "not_stated": n}

``answer`` is that of a ruling, or ``NOT_PUT``; ``why`` is one of ``REASONS``; ``because`` are the
refused, fallen or passing entries but for which the act would stand; ``missing`` of a fallen act
are facts that would not have been so; ``not_stated`` counts the acts that only there pass because
the text is not known.
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
class Refused(Outcome):
    """The other law says no to the act, in the register as it was."""

    book: Rulebook = field(repr=False)
    ruling: Ruling

    def json(self) -> dict[str, Any]:
        return {**Outcome.json(self), **self.ruling.json()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallen(Outcome):
    """The other law would let the act pass, but in that life it could not have been."""

    because: tuple[int, ...]
    why: str
    missing: tuple[str, ...] = ()

    def json(self) -> dict[str, Any]:
        said = {"because": list(self.because), "why": self.why, "missing": list(self.missing)}
        return {**Outcome.json(self), **said}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes(Outcome):
    """The law of its day refused the act and the other law lets it pass."""

    book: Rulebook = field(repr=False)
    ruling: Ruling

    def json(self) -> dict[str, Any]:
        said = {"answer": self.ruling.answer, "norms": list(self.ruling.norms)}
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
