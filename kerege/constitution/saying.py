"""A ruling in words: the question, the answer, each norm with its article, what would change it.

Reads ``words/asking.toml`` and the vocabulary; nothing here decides anything.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from kerege.constitution.article import Article
from kerege.constitution.condition import Case
from kerege.constitution.fragment import READINGS
from kerege.constitution.instead import Change
from kerege.constitution.norms import UNKNOWN, Norm
from kerege.constitution.question import Question
from kerege.constitution.sentence import so_said
from kerege.constitution.vocabulary import Vocabulary
from kerege.words import shipped

# Grades of a text whose words were not seen, and how it is known then.
_UNSEEN = {"B": "secondary", "M": "memory"}

# A law can come with a guide that goes through it article by article.
_GUIDE = re.compile(r"guide to (?P<number>[^,]+), (?P<point>.+)")


def say(key: str, language: str, **slots: object) -> str:
    return shipped("constitution", "asking")[key].say(language, **slots)


def answer_said(answer: str, language: str) -> str:
    """«The law does not allow this». No law is read here whole: that it gives no power cannot be
    said of it, only that none was found in what was read."""
    return say(f"answer.{answer}", language)


def as_we_read(norms: Collection[Norm]) -> bool:
    """Whether none of these norms is what the text of its article itself says."""
    return bool(norms) and all(known_by(n.reading, n.grade) != READINGS[0] for n in norms)


def article_said(article: Article, language: str) -> str:
    """«Article 110(5)», «Guide to article 18, point 4», or that the number is not known."""
    guide = _GUIDE.fullmatch(article.article)
    if guide:
        return say("article.guide", language, **guide.groupdict())
    if article.article:
        return say("article.number", language, number=article.article)
    return say("article.unknown", language)


def cited_said(norm: Norm, language: str) -> str:
    """The article of a norm. A silent one has none: its article speaks of something else."""
    return say("article.none", language) if norm.silent else article_said(norm.article, language)


def text_said(norm: Norm, language: str) -> str:
    """What the article of a norm says in plain words; of a silent one that no text is known."""
    if norm.silent and norm.article.grade != UNKNOWN:
        return say("article.silent", language)
    return norm.article.words[language]


def grade_said(grade: str, language: str) -> str:
    """What a grade means."""
    return say(f"grade.{grade}", language)


def grade_named(grade: str, language: str) -> str:
    """The letter of a grade, or a word for that of no text."""
    return say("grade.absent", language) if grade == UNKNOWN else grade


def known_by(reading: str, grade: str) -> str:
    """How a norm is known: its reading, but that nobody here has seen the words of a text that
    is cited by others or remembered, nor any of one that was not found."""
    if grade == UNKNOWN:
        return "unknown"
    return _UNSEEN.get(grade, reading) if reading == READINGS[0] else reading


def reading_said(reading: str, language: str, grade: str = "") -> str:
    """How something is known; ``grade`` is that of the text behind it."""
    return say(f"reading.{known_by(reading, grade)}", language)


def force_said(force: str, language: str) -> str:
    return say(f"force.{force}", language)


def asked_said(words: Vocabulary, asked: Question, language: str) -> str:
    """The question in one line: who, what, of what, in what kind of place."""
    return say(
        "asked.line",
        language,
        actor=words.actors[asked.actor][language],
        act=words.acts[asked.act].words[language],
        object=words.objects[asked.object][language],
        place=words.places[asked.place][language],
    )


def fact_said(words: Vocabulary, fact: str, yes: bool, language: str) -> str:
    """That a yes-or-no fact is so, or what is so when it is not."""
    return words.fact_words(fact, yes)[language]


def case_said(words: Vocabulary, case: Case, language: str) -> list[str]:
    """Every fact of a case as a condition, what must be before what must not."""
    order = {fact: at for at, fact in enumerate(words.facts)}
    facts = sorted(case, key=lambda one: (not one[1], order[one[0]]))
    return [so_said(fact, yes, words, language) for fact, yes in facts]


def step_said(words: Vocabulary, act: str, actors: Iterable[str], language: str) -> str:
    """An act that can be, and who may do it."""
    return done_by(words.acts[act].words[language], words, actors, language)


def done_by(step: str, words: Vocabulary, actors: Iterable[str], language: str) -> str:
    """A step with who takes it."""
    who = ", ".join(words.actors[actor][language] for actor in actors)
    return say("asked.step", language, act=step, actors=who)


def change_said(words: Vocabulary, change: Change, language: str) -> Iterator[str]:
    """One sentence for everything that a change changes."""
    for fact, needed in change.laws.items():
        yield say("change.law", language, fact=fact_said(words, fact, needed, language))
    if change.actor:
        yield say("change.actor", language, actor=words.actors[change.actor][language])
    if change.object:
        yield say("change.object", language, object=words.objects[change.object][language])
    if change.place:
        yield say("change.place", language, place=words.places[change.place][language])
    for fact, value in change.facts.items():
        if isinstance(value, str):
            said = words.value_words(fact, value)[language]
            yield say("change.value", language, value=said)
        else:
            yield say("change.fact", language, fact=fact_said(words, fact, value, language))


def norm_said(norm: Norm, language: str) -> list[str]:
    """A norm as two lines: its article in plain words, and how well and how it is known."""
    title = norm.edition.title[language]
    meaning = grade_said(norm.grade, language)
    known = [
        say(
            "grade.said",
            language,
            grade=grade_named(norm.grade, language),
            meaning=meaning,
        ),
        reading_said(norm.reading, language, norm.grade),
        force_said(norm.article.force, language),
    ]
    return [
        f"{cited_said(norm, language)}, {title}: {text_said(norm, language)}",
        f"{'. '.join(known)}. [{norm.id}]",
    ]
