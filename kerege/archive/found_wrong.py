"""What a verification found: problems by a stable code, and notes that are none.

A problem as JSON: ``{"code": "altered", "entry": 17, "says": "…"}``; ``entry`` is null where it is
of the register as a whole. A note has the same form. The codes and their sentences stand in
``words/verify.toml``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kerege.words import shipped

# What a slot says in a language.
Saying = Callable[[str], str]

# No more problems are told: who rewrites a register whole would have one for each entry.
MOST_TOLD = 100
# Problems of what was signed, and by whom.
SIGNED = {
    *("no_key", "re_signed", "bad_signature", "other_register", "keys_differ"),
    *("altered", "reordered", "truncated", "unsigned", "bad_tile", "missing_file", "unreadable"),
    *("split_view", "rolled_back", "lost"),
}
PLACE = ("code", "name_ky", "name_ru", "name_en", "exercise")
# Notes under which what holds proves nothing yet.
UNSETTLED = {"other_rulebook", "nothing_signed"}
# The most characters of what is quoted from a register.
MOST_QUOTED = 400


def say(key: str, language: str, **slots: object) -> str:
    """A sentence; what it quotes was written by others and is shown on somebody's terminal."""
    shown = {name: shown_safely(str(value)) for name, value in slots.items()}
    return shipped("archive", "verify")[key].say(language, **shown)


def shown_safely(text: str) -> str:
    """A text without what moves a cursor or turns a line around, and not too long."""
    cut = text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in cut)


@dataclass(frozen=True, slots=True)
class FoundWrong:
    """One problem, or one note; ``slots`` fill its sentence, each a value or a ``Saying``."""

    code: str
    entry: int | None = None
    slots: Mapping[str, object] = field(default_factory=dict)
    kind: str = "found"

    def says(self, language: str = "en") -> str:
        slots: dict[str, object] = {}
        for name, value in self.slots.items():
            slots[name] = value(language) if callable(value) else value
        said = say(f"{self.kind}.{self.code}", language, **slots)
        if self.entry is None:
            return said
        return say("verify.at", language, number=self.entry, said=said)

    def __str__(self) -> str:
        return self.says()

    def json(self, language: str = "en") -> dict[str, Any]:
        return {"code": self.code, "entry": self.entry, "says": self.says(language)}


@dataclass(slots=True)
class Report:
    """What was verified: ``size`` entries under ``root`` (hex) of the register ``origin``."""

    size: int = 0
    root: str = ""
    origin: str = ""
    # The fields of the founding entry: whose register it says it is.
    place: Mapping[str, Any] = field(default_factory=dict)
    problems: list[FoundWrong] = field(default_factory=list)
    notes: list[FoundWrong] = field(default_factory=list)
    # Entries that the rules of this release would not have let pass, where others were in force.
    doubted: set[int] = field(default_factory=set)

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def settled(self) -> bool:
        """Whether nothing is left for a person to look into before it is believed: that somebody
        signed it, and that its law came with this release. Whoever signs can hand in a law of their
        own, by which everything holds."""
        return self.ok and not self.doubted and not self.open

    @property
    def open(self) -> list[FoundWrong]:
        """The notes under which what holds proves nothing yet."""
        return [note for note in self.notes if note.code in UNSETTLED]

    def found(self, code: str, entry: int | None = None, **slots: object) -> None:
        """Add a problem, once; what is not as it was signed stands before what follows from it."""
        said: dict[str, object] = {}
        for name, value in slots.items():
            said[name] = value if callable(value) else str(value)
        one = FoundWrong(code, entry, said)
        if one in self.problems:
            return
        if code in SIGNED:
            self.problems.insert(sum(other.code in SIGNED for other in self.problems), one)
            del self.problems[MOST_TOLD:]
        elif len(self.problems) < MOST_TOLD:
            self.problems.append(one)

    def note(self, code: str, entry: int | None = None, **slots: object) -> None:
        self.notes.append(FoundWrong(code, entry, slots, kind="note"))

    def codes(self) -> set[str]:
        return {one.code for one in self.problems}

    def json(self, language: str = "en") -> dict[str, Any]:
        return {
            "ok": self.ok,
            "settled": self.settled,
            "size": self.size,
            "root": self.root,
            "place": {name: self.place[name] for name in PLACE if name in self.place},
            "problems": [one.json(language) for one in self.problems],
            "notes": [one.json(language) for one in self.notes],
        }
