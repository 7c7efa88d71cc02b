"""Asking from outside: a question put in words of the vocabulary, an answer as data or as text.

Answer as JSON::

    {"rulebook": ["kg-2010", …], "digest": "…",
     "question": {"actor", "act", "object", "place", "facts"},
     "permitted": whether the act takes effect, "basis": the answer,
     "norms": [{"id", "article", "grade", "reading", "force", "source"}],
     "missing": facts that are not so, "instead": acts that would be lawful,
     "smallest": null, or {"facts", "actor", "object", "place", "laws", "answer"}}

``smallest`` holds only what the smallest change changes, and what the law says then.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kerege.constitution import saying
from kerege.constitution.instead import Instead, instead
from kerege.constitution.question import NOT_STATED, FactValue, Question, Ruling
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.vocabulary import ActWord, Vocabulary
from kerege.words import Words

YES, NO = "yes", "no"


class NotAsked(ValueError):
    """A question the vocabulary cannot put; the message names the word and those there are."""


def question_of(
    book: Rulebook,
    act: str,
    actor: str = "",
    object_: str = "",
    place: str = "",
    facts: Sequence[str] = (),
    language: str = "en",
) -> Question:
    """The question in words: facts as ``name=yes``, ``name=no`` or ``name=value``, the rest no.

    Raises NotAsked in ``language``. What the statutes tell they tell themselves."""
    words = book.vocabulary
    acts = {name: one.words for name, one in words.acts.items() if one.judged}
    _known("act", act, acts, language)
    word = words.acts[act]
    objects = {name: words.objects[name] for name in word.objects}
    asked = Question(
        actor or word.actors[0],
        act,
        object_ or word.objects[0],
        place or next(iter(words.places)),
        {},
    )
    _known("actor", asked.actor, words.actors, language)
    _known("object", asked.object, objects, language)
    _known("place", asked.place, words.places, language)
    return book.complete(asked.with_facts(_facts(words, word, facts, language)))


def _facts(
    words: Vocabulary, act: ActWord, said: Sequence[str], language: str
) -> Mapping[str, FactValue]:
    asked: dict[str, FactValue] = {fact: (words.values(fact) or (False,))[0] for fact in act.facts}
    for one in said:
        name, _, value = one.partition("=")
        _known("fact", name, {fact: words.facts[fact].words for fact in asked}, language)
        if words.facts[name].from_law:
            raise NotAsked(saying.say("wrong.law_fact", language, word=name))
        values = words.values(name)
        if value not in (values or (YES, NO)):
            known = ", ".join(values or (YES, NO))
            raise NotAsked(saying.say("wrong.value", language, fact=name, word=value, known=known))
        asked[name] = value if values else value == YES
    return asked


def _known(what: str, word: str, known: Mapping[str, Words], language: str) -> None:
    if word not in known:
        each = [f"{name} ({words[language]})" for name, words in known.items()]
        nothing = saying.say("wrong.nothing", language)
        said = ", ".join(each) or nothing
        raise NotAsked(saying.say(f"wrong.{what}", language, word=word, known=said))


def answer(book: Rulebook, asked: Question) -> dict[str, Any]:
    """The ruling as plain data; raises LawFailed."""
    given = book.rule(asked)
    near = instead(book, asked, given)
    norms = [book.norms[id_] for id_ in given.norms]
    return {
        "rulebook": [edition.id for edition in book.editions],
        "digest": book.digest,
        "question": asked.json(),
        "permitted": given.effective,
        "basis": given.answer,
        "norms": [
            {
                "id": norm.id,
                "article": norm.article.article,
                "grade": norm.grade,
                "reading": norm.reading,
                "force": norm.article.force,
                "source": norm.article.source,
            }
            for norm in norms
        ],
        "missing": lacking(given, near),
        "instead": list(near.acts),
        "smallest": near.smallest.json() if near.smallest is not None else None,
    }


def lacking(given: Ruling, near: Instead) -> list[str]:
    """Facts that are not so: what the forbids require, or what alone would make it lawful."""
    return list(given.missing) or [fact for fact, value in near.facts.items() if value is True]


def told(book: Rulebook, asked: Question, language: str) -> str:
    """The ruling as text, one part under another; raises LawFailed."""
    return "\n".join(_told(book, asked, language))


def _told(book: Rulebook, asked: Question, language: str) -> Iterator[str]:
    words = book.vocabulary
    given = book.rule(asked)
    near = instead(book, asked, given)
    yield saying.say("asked.question", language, asked=saying.asked_said(words, asked, language))
    yield saying.say("asked.answer", language, answer=saying.answer_said(given.answer, language))
    if given.norms:
        yield saying.say("asked.why", language)
    for id_ in given.norms:
        first, *rest = saying.norm_said(book.norms[id_], language)
        yield f"- {first}"
        yield from (f"  {line}" for line in rest)
    missing = lacking(given, near)
    if missing:
        yield saying.say("asked.missing", language)
        yield from (f"- {saying.fact_said(words, fact, False, language)}" for fact in missing)
    if near.smallest is not None:
        marked = near.smallest.answer == NOT_STATED
        yield saying.say(f"asked.smallest{'_not_stated' if marked else ''}", language)
        yield from (f"- {one}" for one in saying.change_said(words, near.smallest, language))
    elif not given.effective:
        yield saying.say("asked.no_change", language)
    if near.acts:
        yield saying.say("asked.instead", language)
        yield from (f"- {words.acts[act].words[language]} ({act})" for act in near.acts)
    rulebook = ", ".join(edition.title[language] for edition in book.editions)
    yield saying.say("asked.under", language, rulebook=rulebook)
