"""Where a rulebook answers what: in one cell, the conditions under which each answer is given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kerege.constitution.condition import (
    ALWAYS,
    NEVER,
    Cell,
    Condition,
    all_of,
    any_of,
    condition_in,
    given,
    opposite,
)
from kerege.constitution.norms import Norm
from kerege.constitution.question import (
    FORBIDDEN,
    NOT_EMPOWERED,
    NOT_STATED,
    PERMITTED,
    UNREGULATED,
    Question,
)
from kerege.constitution.rulebook import Rulebook

# Which answer tells why two rulebooks differ: a prohibition before what it stands against.
WEIGHT = (FORBIDDEN, PERMITTED, NOT_STATED, NOT_EMPOWERED, UNREGULATED)


@dataclass(frozen=True, slots=True)
class Region:
    """Where in a cell one answer is given, and the norms that give it, each where it speaks."""

    answer: str
    where: Condition
    norms: tuple[tuple[Norm, Condition], ...]

    def deciding(self, where: Condition) -> tuple[Norm, ...]:
        """The norms that decide somewhere in a part of the region."""
        return tuple(n for n, speaks in self.norms if all_of((speaks, where)) != NEVER)


def regions(book: Rulebook, act: str, cell: Cell) -> list[Region]:
    """Every answer of a rulebook in a cell; together they hold everywhere, and never two at once.

    What the statutes tell is put in: a question is asked under the law as it is."""
    return answers(book.norms.values(), act, cell, law_facts(book, act))


def answers(norms: Iterable[Norm], act: str, cell: Cell, told: Mapping[str, bool]) -> list[Region]:
    """The same of some norms, with the facts in ``told`` put in."""
    speaking = [norm for norm in norms if act in norm.acts]
    heard = [(norm, given(condition_in(norm.policy, cell), told)) for norm in speaking]
    forbids = [(n, c) for n, c in heard if n.effect == "forbid"]
    spoken = [(n, c) for n, c in heard if n.effect == "permit" and not n.silent]
    silent = [(n, c) for n, c in heard if n.silent]
    empowering = tuple((n, ALWAYS) for n in speaking if n.effect == "permit")
    free = opposite(_any(forbids))
    unspoken = all_of((free, opposite(_any(spoken))))
    found = [
        Region(FORBIDDEN, _any(forbids), tuple(forbids)),
        Region(PERMITTED, all_of((free, _any(spoken))), tuple(spoken)),
        Region(NOT_STATED, all_of((unspoken, _any(silent))), tuple(silent)),
        Region(
            NOT_EMPOWERED if empowering else UNREGULATED,
            all_of((unspoken, opposite(_any(silent)))),
            empowering,
        ),
    ]
    return [region for region in found if region.where != NEVER]


def law_facts(book: Rulebook, act: str) -> Mapping[str, bool]:
    """The facts of an act that the statutes tell."""
    if act not in book.vocabulary.acts:
        return {}
    told = book.complete(Question("", act, "", "", {})).facts
    return {fact: value is True for fact, value in told.items()}


def _any(heard: Iterable[tuple[Norm, Condition]]) -> Condition:
    return any_of(condition for _, condition in heard)
