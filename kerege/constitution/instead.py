"""What is missing, and what can lawfully be done instead: near misses of a refusal.

Every suggestion was itself put to the law and would take effect; nothing is guessed. An actor is
suggested only for an act that is theirs by its nature.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from kerege.constitution.question import FactValue, Question, Ruling
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.vocabulary import ActWord

# More than three lacks at once are told by the forbids themselves.
MOST_FACTS = 3


@dataclass(frozen=True, slots=True)
class Instead:
    """The smallest changes that would make the act lawful."""

    facts: Mapping[str, FactValue]
    actors: tuple[str, ...]
    objects: tuple[str, ...]
    acts: tuple[str, ...]


def instead(book: Rulebook, asked: Question, given: Ruling) -> Instead:
    """The near misses of a refusal; empty where nothing near is lawful, or nothing was refused."""
    if given.effective:
        return Instead({}, (), (), ())
    words = book.vocabulary.acts[asked.act]
    return Instead(
        facts=_facts(book, asked, given),
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
        acts=tuple(
            act
            for act in words.instead
            if any(_lawful(book, q) for q in _best(book, book.vocabulary.acts[act], asked.place))
        ),
    )


def _facts(book: Rulebook, asked: Question, given: Ruling) -> Mapping[str, FactValue]:
    # The forbids name what they require; together that is most often the whole answer.
    named: dict[str, FactValue] = dict.fromkeys(given.missing, True)
    if named and _lawful(book, asked.with_facts(named)):
        return named
    changes = list(_changes(book, asked))
    for size in range(1, MOST_FACTS + 1):
        for chosen in combinations(changes, size):
            changed = dict(chosen)
            if len(changed) == size and _lawful(book, asked.with_facts(changed)):
                return changed
    return {}


def _changes(book: Rulebook, asked: Question) -> Iterator[tuple[str, FactValue]]:
    for fact, value in asked.facts.items():
        others = book.vocabulary.values(fact) or (not value,)
        yield from ((fact, other) for other in others if other != value)


def _best(book: Rulebook, act: ActWord, place: str) -> Iterator[Question]:
    """Questions of another act with everything in its favour, or all but one thing."""
    values: dict[str, tuple[FactValue, ...]] = {
        fact: book.vocabulary.values(fact) or (True,) for fact in act.facts
    }
    for actor, object_, chosen in product(act.actors, act.objects, product(*values.values())):
        facts: dict[str, FactValue] = dict(zip(values, chosen, strict=True))
        best = Question(actor, act.name, object_, place, facts)
        yield book.complete(best)
        for fact, value in facts.items():
            if value is True:
                yield book.complete(best.with_facts({fact: False}))


def _lawful(book: Rulebook, asked: Question) -> bool:
    return book.rule(asked).effective
