"""Rules and conditions as sentences in three languages, made of the vocabulary's own words.

Nothing is written by hand for a rule: what is put into a sentence stands in the nominative, after a
colon or a dash, so that no word needs an ending (``words/sentence.toml``).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from kerege.constitution.condition import NEVER, Case, Condition, condition_in
from kerege.constitution.norms import Norm
from kerege.constitution.rectangles import Rectangle, joined
from kerege.constitution.space import ACTOR, OBJECT, blocks, dimensions, sets_of
from kerege.constitution.vocabulary import PLACE_KIND, Vocabulary
from kerege.words import LANGUAGES, Words, shipped

Parts = tuple[str, ...]

TEXT = "text"

# So many values are listed; of more, those left out may be fewer.
FEW = 3


@cache
def words() -> Mapping[str, Words]:
    return shipped("constitution", "sentence")


def in_all(say: Callable[[str], str]) -> Words:
    """What ``say`` says in each language."""
    return Words(*(say(language) for language in LANGUAGES))


def rule_said(norm: Norm, vocabulary: Vocabulary, language: str) -> str:
    """A rule as a sentence: what it permits or forbids, to whom, of what, where and when."""
    effect = words()[f"effect.{'silent' if norm.silent else norm.effect}"][language]
    cases: dict[Parts, list[str]] = {}
    for act in norm.acts:
        if not vocabulary.acts[act].judged:
            continue
        alike: dict[Condition, list[Rectangle]] = {}
        for block in blocks(act, vocabulary, [norm]):
            where = condition_in(norm.policy, block.cell())
            if where != NEVER:
                alike.setdefault(where, []).append(sets_of(block))
        for where, of in alike.items():
            for sets in joined(of):
                parts = parts_said(act, sets, where, vocabulary, language)
                cases.setdefault(parts, []).append(act)
    if not cases:
        return words()["sentence.never"].say(language, effect=effect)
    said = [what_said(acts, parts, vocabulary, language) for parts, acts in cases.items()]
    acts = [tuple(dict.fromkeys(of)) for of in cases.values()]
    # Of one act its name is said once.
    if len(set(acts)) == 1 and len(acts) > 1:
        said[1:] = ["; ".join(parts) for parts in list(cases)[1:]]
    what = words()["sentence.or"][language].join(said)
    return words()["sentence.rule"].say(language, effect=effect, what=what)


def what_said(acts: Iterable[str], parts: Parts, known: Vocabulary, language: str) -> str:
    """Some acts with what they have in common."""
    names = ", ".join(known.acts[act].words[language] for act in acts)
    return "; ".join((names, *parts))


def parts_said(
    act: str, sets: Rectangle, where: Condition, known: Vocabulary, language: str
) -> Parts:
    """Who, what, where, values of facts and when; what is so of everything is left out."""
    found = []
    for name, every in dimensions(act, known).items():
        some = [value for value in every if value in sets[name]]
        if len(some) < len(every):
            said = {value: _value(name, value, known)[language] for value in every}
            found.append(
                _part(_label(name, known)[language], _some(some, said, language), language)
            )
    if frozenset() not in where:
        when = words()["part.when"][language]
        found.append(_part(when, condition_said(where, known, language), language))
    return tuple(found)


def condition_said(condition: Condition, known: Vocabulary, language: str) -> str:
    """A condition as words: what all its cases share, then the cases joined by *or*."""
    common = frozenset[tuple[str, bool]].intersection(*condition)
    cases = [_facts_said(case - common, known, language) for case in _ordered(condition, known)]
    some = words()["sentence.or"][language].join(case for case in cases if case)
    if not common or not some:
        return some or _facts_said(common, known, language)
    shared = _facts_said(common, known, language)
    return words()["sentence.and"].say(language, all=shared, some=some)


def _ordered(condition: Condition, known: Vocabulary) -> list[Case]:
    place = {fact: n for n, fact in enumerate(known.facts)}
    return sorted(condition, key=lambda case: (len(case), sorted(place[f] for f, _ in case)))


def _facts_said(case: Case, known: Vocabulary, language: str) -> str:
    order = list(known.facts)
    facts = sorted(case, key=lambda one: order.index(one[0]))
    return ", ".join(so_said(fact, yes, known, language) for fact, yes in facts)


def fact_said(fact: str, yes: bool, known: Vocabulary) -> Words:
    """A yes-or-no fact, or its lack."""
    return known.fact_words(fact, yes)


def so_said(fact: str, yes: bool, known: Vocabulary, language: str) -> str:
    """The same as a condition, after *if*."""
    return words()["part.so"].say(language, fact=fact_said(fact, yes, known)[language])


def reading_said(reading: str, language: str) -> list[str]:
    """Whose reading it is, where the text itself does not say so."""
    return [] if reading == TEXT else [words()[f"reading.{reading}"][language]]


def aside(said: str, notes: Sequence[str], language: str) -> str:
    """Something said, with notes in brackets."""
    if not notes:
        return said
    return words()["sentence.aside"].say(language, said=said, note="; ".join(notes))


def places_said(places: Iterable[str], known: Vocabulary, language: str) -> str:
    """Some kinds of places, as the part of a sentence that says where."""
    said = {name: of[language] for name, of in known.places.items()}
    some = [place for place in said if place in set(places)]
    return _part(words()["part.where"][language], _some(some, said, language), language)


def _some(some: Sequence[str], said: Mapping[str, str], language: str) -> str:
    """Some of all values; where that is shorter, all but the others."""
    others = [value for value in said if value not in some]
    if len(some) <= FEW or len(some) <= len(others):
        return ", ".join(said[value] for value in some)
    return words()["sentence.but"].say(language, values=", ".join(said[value] for value in others))


def _part(name: str, values: str, language: str) -> str:
    return words()["sentence.part"].say(language, name=name, values=values)


def _label(dimension: str, known: Vocabulary) -> Words:
    labels = {ACTOR: "part.who", OBJECT: "part.what", PLACE_KIND: "part.where"}
    if dimension in labels:
        return words()[labels[dimension]]
    return known.facts[dimension].words


def _value(dimension: str, value: str, known: Vocabulary) -> Words:
    if dimension == ACTOR:
        return known.actors[value]
    return known.objects[value] if dimension == OBJECT else known.value_words(dimension, value)
