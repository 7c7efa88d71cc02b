"""Putting an act to the law: the question is made from the register, the ruling from the rulebook.

Used by the gate before an act is written, and by whoever re-judges a register afterwards.
"""

from dataclasses import dataclass
from datetime import date

from kerege.constitution.question import Question, Ruling
from kerege.constitution.rulebook import Rulebook
from kerege.municipality.act import Act
from kerege.municipality.duties import kept
from kerege.municipality.entry import Actor
from kerege.municipality.governing import grounds
from kerege.municipality.municipality import Municipality

# The country register has no kind of place; its questions are asked of the whole republic.
COUNTRY_PLACE = "city_republican"


@dataclass(frozen=True, slots=True)
class Judged:
    question: Question
    ruling: Ruling
    rests_on: tuple[int, ...]
    # The law it was put to.
    book: Rulebook


def place_kind(m: Municipality) -> str:
    return m.identity.kind if m.identity is not None else COUNTRY_PLACE


def judge(m: Municipality, act: Act, actor: Actor, on: date, book: Rulebook) -> Judged:
    """What the law says to an act by an actor on a day, as known from the register.

    Raises LawFailed when the engine fails and Malformed when the act makes no sense.
    """
    law = act.put_to(book)
    asked, rests_on = put(m, act, actor, on, law)
    return Judged(asked, law.rule(asked), rests_on, law)


def put(
    m: Municipality, act: Act, actor: Actor, on: date, book: Rulebook
) -> tuple[Question, tuple[int, ...]]:
    """The question an act puts to the law, and the entries its facts rest on."""
    facts = act.facts(m, actor, on, book)
    facts.rest(*grounds(m, actor, on))
    words = book.vocabulary
    for name in words.acts[type(act).__name__].facts:
        if words.facts[name].from_duty:
            facts[name], what_was_done = kept(m, book, name, on)
            facts.rest(*what_was_done)
    asked = book.complete(
        Question(
            actor=actor.kind,
            act=type(act).__name__,
            object=act.object(m, book),
            place=place_kind(m),
            facts=dict(facts),
        )
    )
    return asked, tuple(sorted(facts.rests_on))
