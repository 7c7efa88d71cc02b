"""What is missing, and what can lawfully be done instead: near misses of a refusal.

In a cell of the question space the law lets an act pass on a condition over its yes-or-no facts;
the case of that condition which differs from the question in the fewest facts is the smallest
change there, and the smallest over all cells is the smallest of all. Nothing is guessed and
nothing is left out. An actor is suggested only for an act that is theirs by its nature. The kind
of place, and what statutes tell, are nobody's to change here: they are looked at last.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any

from kerege.constitution.condition import NEVER, Case, Cell, Condition, any_of, given, holds
from kerege.constitution.question import NOT_STATED, PERMITTED, FactValue, Question, Ruling
from kerege.constitution.regions import answers
from kerege.constitution.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Change:
    """What of a question would have to be otherwise; what is empty stays as it was asked.

    ``laws`` are facts that only a statute can make so, ``answer`` is what the law says then:
    permitted or not_stated."""

    answer: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    actor: str = ""
    object: str = ""
    place: str = ""
    laws: Mapping[str, bool] = field(default_factory=dict)

    def of(self, asked: Question) -> Question:
        """The question with this change made."""
        parts = {"actor": self.actor, "object": self.object, "place": self.place}
        changed = asked.but(**{name: value for name, value in parts.items() if value})
        return changed.with_facts({**self.facts, **self.laws})

    def size(self) -> int:
        """How many answers of the question it changes."""
        parts = (self.actor, self.object, self.place)
        return len(self.facts) + len(self.laws) + sum(map(bool, parts))

    def json(self) -> dict[str, Any]:
        parts = {"actor": self.actor, "object": self.object, "place": self.place}
        told: dict[str, Any] = {name: value for name, value in parts.items() if value}
        if self.facts:
            told["facts"] = dict(self.facts)
        if self.laws:
            told["laws"] = dict(self.laws)
        return {**told, "answer": self.answer}


@dataclass(frozen=True, slots=True)
class Instead:
    """The near misses: facts alone that would do, actors and objects for which the same would be
    lawful, other acts that can be; and the smallest change of all."""

    facts: Mapping[str, FactValue]
    actors: tuple[str, ...]
    objects: tuple[str, ...]
    acts: tuple[str, ...]
    smallest: Change | None = None


def instead(book: Rulebook, asked: Question, ruling: Ruling) -> Instead:
    """The near misses of a refusal; empty where nothing near is lawful, or nothing was refused."""
    if ruling.effective:
        return Instead({}, (), (), ())
    words = book.vocabulary.acts[asked.act]
    alone = _smallest(book, asked, _cells(book, asked, (asked.actor,), (asked.object,)))
    return Instead(
        facts=alone.facts if alone is not None else {},
        actors=tuple(
            actor
            for actor in words.actors
            if actor != asked.actor and _lawful(book, asked.but(actor=actor))
        ),
        objects=tuple(
            object_
            for object_ in words.objects
            if object_ != asked.object and _lawful(book, asked.but(object=object_))
        ),
        acts=tuple(act for act in words.instead if possible(book, act, asked.place)),
        smallest=smallest(book, asked),
    )


def smallest(book: Rulebook, asked: Question) -> Change | None:
    """The smallest change with which the act would take effect; None where there is none.

    It changes the fewest answers of the question. Of as many, one that is permitted goes before
    one not stated, then facts before enums, objects and actors, and what comes to be before what
    must not be."""
    words = book.vocabulary.acts[asked.act]
    actors = (asked.actor, *(actor for actor in words.actors if actor != asked.actor))
    places = (asked.place, *(place for place in book.vocabulary.places if place != asked.place))
    for laws_too, where in product((False, True), ((asked.place,), places)):
        cells = _cells(book, asked, actors, words.objects, where)
        found = _smallest(book, asked, cells, laws_too)
        if found is not None:
            return found
    return None


def _cells(
    book: Rulebook,
    asked: Question,
    actors: Iterable[str],
    objects: Iterable[str],
    places: Iterable[str] = (),
) -> Iterator[Cell]:
    enums = {fact: book.vocabulary.values(fact) for fact in asked.facts}
    enums = {fact: values for fact, values in enums.items() if values}
    for actor, object_, place in product(actors, objects, places or (asked.place,)):
        for values in product(*enums.values()):
            chosen = tuple(zip(enums, values, strict=True))
            yield Cell(actor, asked.act, object_, place, chosen)


def _smallest(
    book: Rulebook, asked: Question, cells: Iterable[Cell], laws_too: bool = False
) -> Change | None:
    """The smallest change into one of the cells; among equals the first in the order above."""
    best: tuple[tuple[object, ...], Change] | None = None
    for cell in sorted(cells, key=lambda cell: _moved(asked, cell)):
        if best is not None and _moved(asked, cell) > best[1].size():
            break
        for answer, condition in zip((PERMITTED, NOT_STATED), _regions(book, cell), strict=True):
            for case in condition:
                change = _change(book, asked, cell, case, answer, laws_too)
                if change is not None:
                    rank = _rank(book, change)
                    if best is None or rank < best[0]:
                        best = (rank, change)
    return best[1] if best is not None else None


def _moved(asked: Question, cell: Cell) -> int:
    """How many answers differ between the question and a cell, yes-or-no facts left out."""
    same = (asked.actor == cell.actor, asked.object == cell.object, asked.place == cell.place)
    return same.count(False) + sum(asked.facts[fact] != value for fact, value in cell.values)


def _change(
    book: Rulebook, asked: Question, cell: Cell, case: Case, answer: str, laws_too: bool
) -> Change | None:
    flips = {fact: yes for fact, yes in case if asked.facts[fact] is not yes}
    known = book.vocabulary.facts
    laws = {fact: yes for fact, yes in flips.items() if known[fact].from_law}
    if laws and not laws_too:
        return None
    wanted: dict[str, FactValue] = {**dict(cell.values), **flips}
    return Change(
        answer=answer,
        facts={
            fact: wanted[fact]
            for fact, said in asked.facts.items()
            if fact in wanted and fact not in laws and wanted[fact] != said
        },
        actor=cell.actor if cell.actor != asked.actor else "",
        object=cell.object if cell.object != asked.object else "",
        place=cell.place if cell.place != asked.place else "",
        laws=laws,
    )


def _rank(book: Rulebook, change: Change) -> tuple[object, ...]:
    order = {name: at for at, name in enumerate(book.vocabulary.facts)}
    values = list(change.facts.values())
    return (
        change.size(),
        change.answer != PERMITTED,
        bool(change.place),
        bool(change.actor),
        bool(change.object),
        sum(isinstance(value, str) for value in values),
        values.count(False),
        sorted(order[fact] for fact in change.facts),
        _place_of(change.actor, book.vocabulary.actors),
        _place_of(change.object, book.vocabulary.objects),
        _place_of(change.place, book.vocabulary.places),
        sorted(change.laws),
        str(sorted(change.facts.items())),
    )


def _place_of(name: str, known: Iterable[str]) -> int:
    return [*known].index(name) if name else -1


@dataclass(frozen=True, slots=True)
class Possible:
    """That an act can be in a kind of place: permitted or not_stated, and by whom."""

    answer: str
    actors: tuple[str, ...]


@lru_cache(maxsize=1024)
def possible(book: Rulebook, act: str, place: str) -> Possible | None:
    """Whether an act can be lawful at all in a kind of place, with the statutes that there are."""
    words = book.vocabulary.acts[act]
    told = book.complete(Question("", act, "", place, {})).facts
    laws = {fact: value is True for fact, value in told.items()}
    facts = {fact: (book.vocabulary.values(fact) or (False,))[0] for fact in words.facts}
    asked = Question("", act, "", place, {**facts, **told})
    for at, answer in enumerate((PERMITTED, NOT_STATED)):
        actors = tuple(
            actor
            for actor in words.actors
            if any(
                given(_regions(book, cell)[at], laws)
                for cell in _cells(book, asked, (actor,), words.objects)
            )
        )
        if actors:
            return Possible(answer, actors)
    return None


def _lawful(book: Rulebook, asked: Question) -> bool:
    values = tuple((f, v) for f, v in asked.facts.items() if isinstance(v, str))
    cell = Cell(asked.actor, asked.act, asked.object, asked.place, values)
    return any(holds(region, asked.facts) for region in _regions(book, cell))


@lru_cache(maxsize=8192)
def _regions(book: Rulebook, cell: Cell) -> tuple[Condition, Condition]:
    """When an act is permitted in a cell, and when it is at least not stated."""
    found = {one.answer: one.where for one in answers(book.norms.values(), cell.act, cell, {})}
    permitted = found.get(PERMITTED, NEVER)
    return permitted, any_of((permitted, found.get(NOT_STATED, NEVER)))
