"""Found: a municipality begins. A founding entry of the operator, not put to the law."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.act import Act
from kerege.municipality.country import known
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Choice, Flag, Text, Whole, said
from kerege.municipality.municipality import Identity, Municipality
from kerege.municipality.problem import malformed
from kerege.municipality.territory import KINDS


@dataclass(slots=True, kw_only=True)
class Found(Act):
    """Kind, names and population are prefilled only from a source; ``as_of`` dates the unit."""

    code: str = said(Text(14))
    kind: str = said(Choice(KINDS))
    name_ky: str = said(Text(120), misprint=True)
    name_ru: str = said(Text(120), misprint=True)
    name_en: str | None = said(Text(120), optional=True, misprint=True)
    population: int | None = said(Whole(0, 20_000_000), optional=True, misprint=True)
    as_of: str = said(Text(20))
    source: str = said(Text(120))
    exercise: bool | None = said(Flag(), optional=True)
    pinned: str | None = said(Text(60), optional=True)

    def fit(self) -> None:
        # Only an exercise may be held to an edition that is not the law of the day.
        if self.pinned and not self.exercise:
            raise malformed("pinned", "pinned_exercise_only")

    def check(self, m: Municipality, actor: Actor, on: date) -> None:
        if m.identity is not None:
            raise malformed("code", "founded_already")
        if self.pinned is not None:
            known("pinned", self.pinned, "constitution")

    def effect(self, m: Municipality, entry: Entry, n: int) -> None:
        m.identity = Identity(
            code=self.code,
            kind=self.kind,
            name_ky=self.name_ky,
            name_ru=self.name_ru,
            name_en=self.name_en or self.name_ru,
            population=self.population or 0,
            as_of=self.as_of,
            source=self.source,
            exercise=bool(self.exercise),
            pinned=self.pinned or "",
            founded=entry.held_on,
        )
