"""What an act is: fields, the facts the law asks about it, its effect.

Each act is one file in ``acts/``: a dataclass whose fields are made with ``said(kind)``.
``fit`` refuses fields that contradict each other, ``check`` what makes no sense here (a session
that was never held); ``facts`` answers what the law asks, from the register and never from a
tick-box; ``effect`` changes the municipality in place and never reads a document. What makes no
sense under the law of the day (a number it lets nobody set) ``facts`` refuses: it alone sees the
law. Registers are read again by every later release: what ``read`` takes may grow, never shrink.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypeVar

from kerege.constitution.question import FactValue
from kerege.municipality.entry import Actor, Entry
from kerege.municipality.fields import Told, Wrong
from kerege.municipality.problem import Malformed, Problem, malformed
from kerege.municipality.record import Record

if TYPE_CHECKING:
    from kerege.constitution.edition import Edition
    from kerege.constitution.numbers import Number
    from kerege.constitution.rulebook import Rulebook, Threshold
    from kerege.municipality.municipality import Municipality

R = TypeVar("R", bound=Record)
_TOLD: dict[type, Mapping[str, Told]] = {}


class Law(Protocol):
    """What an act may ask the law while it gathers facts: dated numbers, and whether a rule reads
    a fact at all."""

    @property
    def editions(self) -> "tuple[Edition, ...]": ...

    def threshold(self, name: str, on: date) -> "Threshold | None": ...

    def number(self, name: str, on: date, place: str, population: int = 0) -> "Number | None": ...

    def parameter(self, name: str) -> FactValue | None: ...

    def reads(self, fact: str, act: str, object_: str) -> bool: ...


class Facts(dict[str, FactValue]):
    """Facts by name, with the entries they rest on."""

    def __init__(self, **facts: FactValue) -> None:
        super().__init__(**facts)
        self.rests_on: set[int] = set()

    def known(self, name: str, record: Record | None) -> None:
        """The fact is true when the record is there, and rests on its entry."""
        self[name] = record is not None
        self.rest(record)

    def rest(self, *records: Record | None) -> None:
        self.rests_on.update(record.entry for record in records if record is not None)


@dataclass(slots=True, kw_only=True)
class Act:
    """Base of all acts."""

    OBJECT: ClassVar[str] = ""
    # The registers an act of this kind can stand in: a municipality's, the country's.
    REGISTERS: ClassVar[tuple[str, ...]] = ("municipality",)
    # The field that says how many deputies took part, where it has one; whether it undoes an act.
    DEPUTIES: ClassVar[str] = ""
    UNDOES: ClassVar[bool] = False

    @classmethod
    def told(cls) -> Mapping[str, Told]:
        """The fields by name, in the order of the form."""
        if cls not in _TOLD:
            _TOLD[cls] = {f.name: f.metadata["told"] for f in fields(cls) if "told" in f.metadata}
        return _TOLD[cls]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The act from its fields as JSON; raises Malformed naming every wrong field."""
        if not isinstance(data, Mapping):
            raise malformed("act", "wrong_type")
        told = cls.told()
        problems = [Problem(str(name), "unknown_field") for name in data if name not in told]
        values: dict[str, Any] = {}
        for name, about in told.items():
            value = data.get(name)
            if value is None or value == "":
                if not about.optional:
                    problems.append(Problem(name, "required"))
                values[name] = None
                continue
            try:
                values[name] = about.kind.read(value)
            except Wrong as wrong:
                problems.append(Problem(name, wrong.key, wrong.slots))
        if problems:
            raise Malformed(*problems)
        act = cls(**values)
        act.fit()
        return act

    @classmethod
    def kept(cls, data: Mapping[str, Any]) -> Self:
        """The act from fields that were read strictly when they were written."""
        return cls(**data)

    def json(self) -> dict[str, Any]:
        """The fields as they stand in the entry; optional fields left out are not written."""
        values = {name: getattr(self, name) for name in self.told()}
        return {name: value for name, value in values.items() if value is not None}

    def object(self, m: "Municipality", law: Law) -> str:
        """What is acted upon, a word of the vocabulary."""
        return self.OBJECT

    def fit(self) -> None:
        """Raise Malformed when the fields do not fit each other, wherever the act is done."""

    def check(self, m: "Municipality", actor: Actor, on: date) -> None:
        """Raise Malformed when what is said makes no sense in this municipality on that day."""

    def paper_needed(self, actor: Actor) -> bool:
        """Whether this is entered from a paper alone, whoever enters it."""
        return False

    def put_to(self, law: "Rulebook") -> "Rulebook":
        """The law an act is put to: that of its day, and what the act itself brings of law."""
        return law

    def earliest(self, m: "Municipality", on: date, law: Law) -> Mapping[str, date]:
        """The first day on which a fact would be so, where nothing but time is wanting."""
        return {}

    def of_another_year(self, on: date) -> Mapping[str, int]:
        """Facts that are not so because the day is not in the year the act names, each with it."""
        return {}

    def needed(self, m: "Municipality", on: date, law: Law) -> Mapping[str, int]:
        """How many deputies have to be present for a fact to be so."""
        return {}

    def facts(self, m: "Municipality", actor: Actor, on: date, law: Law) -> Facts:
        """What the law asks; raises Malformed when what is said makes no sense under this law."""
        return Facts()

    def effect(self, m: "Municipality", entry: Entry, n: int) -> None:
        """Change the municipality in place; ``n`` is the number of the entry."""


def existing(record: R | None, field: str, value: object, key: str = "no_such_thing") -> R:
    """The record, or Malformed saying that there is no such thing on that day."""
    if record is None:
        raise malformed(field, key, value=value)
    return record
