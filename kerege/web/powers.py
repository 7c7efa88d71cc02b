"""What the law of a day lets an actor do, as pages show it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kerege.constitution.question import NOT_STATED, PERMITTED, Question, Ruling
from kerege.constitution.rulebook import Rulebook
from kerege.web.rulings import norms_shown
from kerege.web.saying import language, w

POWERS = (PERMITTED, NOT_STATED)
# What residents can do themselves, the easiest first; words/place.toml says of each how.
PART = (
    "RaiseIssue",
    "HoldHearing",
    "HoldAssembly",
    "RequestMeeting",
    "SubmitInitiative",
    "ElectDeputies",
)


@dataclass(frozen=True, slots=True)
class Power:
    """An act, and the norms that let an actor do it."""

    act: str
    norms: tuple[str, ...]


@lru_cache(maxsize=4096)
def at_best(book: Rulebook, kind: str, actor: str, act: str, thing: str) -> Ruling:
    """What the law says in a kind of place when every fact it may ask for is there."""
    words = book.vocabulary
    facts = {
        fact: (words.values(fact) or (True,))[0]
        for fact in words.acts[act].facts
        if not words.facts[fact].from_law
    }
    return book.rule(book.complete(Question(actor, act, thing, kind, facts)))


@lru_cache(maxsize=256)
def powers(book: Rulebook, kind: str, actor: str) -> tuple[Power, ...]:
    """The acts the law lets an actor do in a kind of place when every fact it may ask for is
    there, each with the norms that answered."""
    found = []
    for name, word in book.vocabulary.acts.items():
        if actor not in word.actors or word.register != "municipality":
            continue
        for thing in word.objects:
            given = at_best(book, kind, actor, name, thing)
            if given.answer in POWERS:
                found.append(Power(name, given.norms))
                break
    return tuple(found)


def powers_shown(book: Rulebook, kind: str, actor: str) -> list[dict[str, Any]]:
    """The same for a page: ``act`` in words, ``norms`` as pages cite them."""
    return [
        {
            "act": book.vocabulary.acts[one.act].words[language()],
            "norms": norms_shown(book, one.norms),
        }
        for one in powers(book, kind, actor)
    ]


def taking_part(book: Rulebook, kind: str) -> list[dict[str, Any]]:
    """What residents can do under the law of a day: ``act``, ``how`` in a sentence, ``norms``."""
    known = {one.act: one for one in powers(book, kind, "community")}
    return [
        {
            "act": book.vocabulary.acts[name].words[language()],
            "how": w(f"place.part_{name}"),
            "norms": norms_shown(book, known[name].norms),
        }
        for name in PART
        if name in known
    ]
