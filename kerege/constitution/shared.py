"""What two vocabularies can both speak of, and what only one of them knows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kerege.constitution.vocabulary import ActWord, Vocabulary
from kerege.words import Words

PARTS = ("acts", "actors", "objects", "places", "facts", "enums")


@dataclass(frozen=True, slots=True)
class Shared:
    """The words two vocabularies share, by part (acts, actors …) those that only one has, and all
    words of both."""

    words: Vocabulary
    all: Vocabulary
    only_a: Mapping[str, tuple[str, ...]]
    only_b: Mapping[str, tuple[str, ...]]


def shared(a: Vocabulary, b: Vocabulary) -> Shared:
    """A word is shared when both have it by the same name.

    Yes-or-no facts of one vocabulary stay: the law that does not know one answers alike whether it
    is so or not. An act is shared when both put it to the law and no fact of it is of two kinds."""
    if a.text == b.text:
        return Shared(a, a, {}, {})
    every = _all(a, b)
    meeting = {name: _both(a.enums[name], b.enums[name]) for name in a.enums if name in b.enums}
    actors = _both(a.actors, b.actors)
    acts = {
        name: replace(
            act,
            actors=tuple(one for one in act.actors if one in actors),
            objects=tuple(one for one in act.objects if one in b.acts[name].objects),
            facts=tuple(dict.fromkeys((*act.facts, *b.acts[name].facts))),
        )
        for name, act in a.acts.items()
        if name in b.acts and _fit(act, b.acts[name], a, b)
    }
    words = replace(
        every,
        actors=actors,
        objects=_both(a.objects, b.objects),
        places=_places(a, b),
        enums={**every.enums, **meeting},
        acts=acts,
    )
    return Shared(words, every, _only(a, b, words), _only(b, a, words))


def _all(a: Vocabulary, b: Vocabulary) -> Vocabulary:
    """All words of both; of what both have, those of ``a``."""
    return Vocabulary(
        text="",
        topics={**b.topics, **a.topics},
        actors={**b.actors, **a.actors},
        objects={**b.objects, **a.objects},
        places={**b.places, **a.places},
        enums={
            name: {**b.enums.get(name, {}), **a.enums.get(name, {})}
            for name in (*b.enums, *a.enums)
        },
        facts={**b.facts, **a.facts},
        acts={**b.acts, **a.acts},
    )


def _places(a: Vocabulary, b: Vocabulary) -> Mapping[str, Words]:
    """A law that knows one kind of place only says what it says of every kind."""
    if len(a.places) == 1:
        return b.places
    return a.places if len(b.places) == 1 else _both(a.places, b.places)


def _both(a: Mapping[str, Words], b: Mapping[str, Words]) -> dict[str, Words]:
    return {name: said for name, said in a.items() if name in b}


def _fit(one: ActWord, other: ActWord, a: Vocabulary, b: Vocabulary) -> bool:
    both = [fact for fact in (*one.facts, *other.facts) if fact in a.facts and fact in b.facts]
    alike = all(a.facts[fact].enum == b.facts[fact].enum for fact in both)
    meet = all(set(a.values(fact)) & set(b.values(fact)) for fact in both if a.values(fact))
    return one.judged and other.judged and alike and meet


def _only(one: Vocabulary, other: Vocabulary, both: Vocabulary) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for part in PARTS:
        known = getattr(both, part) if part == "acts" else getattr(other, part)
        own = {
            name
            for name in getattr(one, part)
            if name not in known and (part != "acts" or one.acts[name].judged)
        }
        if own:
            found[part] = tuple(sorted(own))
    return found
