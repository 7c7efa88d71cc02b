"""Asking from outside: a question put in words of the vocabulary, an answer as data or as text.

Answer as JSON::

    {"rulebook": ["kg-2010", …], "digest": "…",
     "question": {"actor", "act", "object", "place", "facts"},
     "permitted": whether the act takes effect, "basis": the answer,
     "norms": [{"id", "article", "grade", "reading", "force", "source"}], article empty where no
                text is known
     "if": null, or [{"facts": {…}, "answer"}], smallest cases first
     "missing": facts that are not so, "instead": acts that would be lawful,
     "smallest": null, or {"facts", "actor", "object", "place", "laws", "answer"}}

``if`` tells, where yes-or-no facts were left unnamed and so count as no, under which of them the
act would be allowed (permitted or not_stated); an empty list means under none. ``smallest`` holds
only what the smallest change changes, and what the law says then.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from kerege.constitution import saying
from kerege.constitution.instead import Instead, instead, possible
from kerege.constitution.question import (
    NOT_STATED,
    PERMITTED,
    FactValue,
    Question,
    Ruling,
)
from kerege.constitution.rulebook import Rulebook
from kerege.constitution.unsaid import Ways, ways
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
        object_ or office(book, act) or word.objects[0],
        place or next(iter(words.places)),
        {},
    )
    _known("actor", asked.actor, words.actors, language)
    _known("object", asked.object, objects, language)
    _known("place", asked.place, words.places, language)
    return book.complete(asked.with_facts(_facts(words, word, facts, language)))


def unnamed(words: Vocabulary, act: str, facts: Sequence[str]) -> tuple[str, ...]:
    """The yes-or-no facts of an act that a question in words leaves open."""
    named = {one.partition("=")[0] for one in facts}
    return tuple(
        fact
        for fact in words.acts[act].facts
        if fact not in named and not words.values(fact) and not words.facts[fact].from_law
    )


def office(book: Rulebook, act: str) -> str:
    """The object of an act that is the office as this law names it; empty where it has none."""
    said = book.parameter("office")
    return str(said) if said in book.vocabulary.acts[act].objects else ""


def of_office(book: Rulebook, asked: Question, offices: Collection[str]) -> Question:
    """The same question about the office of another law: ``offices`` are those of all laws."""
    named = office(book, asked.act)
    return asked.but(object=named) if named and asked.object in offices else asked


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


def answer(book: Rulebook, asked: Question, unsaid: Sequence[str] = ()) -> dict[str, Any]:
    """The ruling as plain data; raises LawFailed. ``unsaid`` are facts that nobody named."""
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
                "article": "" if norm.silent else norm.article.article,
                "grade": norm.grade,
                "reading": norm.reading,
                "force": norm.article.force,
                "source": norm.article.source,
            }
            for norm in norms
        ],
        "if": [
            {"facts": {fact: yes for fact, yes in sorted(case)}, "answer": one}
            for one in (PERMITTED, NOT_STATED)
            for case in ways(book, asked, unsaid).cases(one)
        ]
        if unsaid
        else None,
        "missing": lacking(given, near),
        "instead": list(near.acts),
        "smallest": near.smallest.json() if near.smallest is not None else None,
    }


def lacking(given: Ruling, near: Instead) -> list[str]:
    """Facts that are not so: what the forbids require, or what alone would make it lawful."""
    return list(given.missing) or [fact for fact, value in near.facts.items() if value is True]


def told(book: Rulebook, asked: Question, language: str, unsaid: Sequence[str] = ()) -> str:
    """The ruling as text, one part under another; raises LawFailed."""
    return "\n".join(_told(book, asked, language, unsaid))


def _told(book: Rulebook, asked: Question, language: str, unsaid: Sequence[str]) -> Iterator[str]:
    words = book.vocabulary
    given = book.rule(asked)
    found = ways(book, asked, unsaid) if unsaid else None
    open_ = found is not None and found.settled() is None
    answer_ = (
        saying.say("asked.depends", language)
        if open_
        else saying.answer_said(given.answer, language)
    )
    yield saying.say("asked.question", language, asked=saying.asked_said(words, asked, language))
    yield saying.say("asked.answer", language, answer=answer_)
    if found is not None and open_:
        yield from _depends_said(book, found, language)
    else:
        yield from _ruling_said(book, asked, given, language, never=found is not None)
    rulebook = ", ".join(edition.title[language] for edition in book.editions)
    yield saying.say("asked.under", language, rulebook=rulebook)


def _ruling_said(
    book: Rulebook, asked: Question, given: Ruling, language: str, *, never: bool
) -> Iterator[str]:
    """Why, what is missing and what would do; ``never`` says that facts were left unnamed."""
    words = book.vocabulary
    near = instead(book, asked, given)
    if never and not given.effective:
        yield saying.say("asked.never", language)
    yield from _why_said(book, given.norms, language)
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
    steps: list[str] = []
    silent: list[str] = []
    for act in near.acts:
        can = possible(book, act, asked.place)
        assert can is not None
        said = f"- {saying.step_said(words, act, can.actors, language)} [{act}]"
        (silent if can.answer == NOT_STATED else steps).append(said)
    if steps:
        yield saying.say("asked.instead", language)
        yield from steps
    if silent:
        yield saying.say("asked.instead_not_stated", language)
        yield from silent


def _why_said(book: Rulebook, ids: Sequence[str], language: str) -> Iterator[str]:
    if ids:
        yield saying.say("asked.why", language)
    for id_ in ids:
        first, *rest = saying.norm_said(book.norms[id_], language)
        yield f"- {first}"
        yield from (f"  {line}" for line in rest)


def _depends_said(book: Rulebook, found: Ways, language: str) -> Iterator[str]:
    """Under which of the facts left unnamed it would be allowed, and by which norms."""
    for one, key in ((PERMITTED, "asked.if"), (NOT_STATED, "asked.if_not_stated")):
        cases = found.cases(one)
        if cases:
            yield saying.say(key, language)
        for case in cases:
            yield f"- {'; '.join(saying.case_said(book.vocabulary, case, language))}"
    yield from _why_said(book, found.deciding(), language)
