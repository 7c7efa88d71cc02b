"""A ruling in words: the question, the answer, each norm with its article, what would change it.

Reads ``words/asking.toml`` and the vocabulary; nothing here decides anything.
"""

from collections.abc import Iterator

from kerege.constitution.article import Article
from kerege.constitution.instead import Change
from kerege.constitution.norms import Norm
from kerege.constitution.question import Question
from kerege.constitution.vocabulary import Vocabulary
from kerege.words import shipped


def say(key: str, language: str, **slots: object) -> str:
    return shipped("constitution", "asking")[key].say(language, **slots)


def answer_said(answer: str, language: str) -> str:
    """«The law does not allow this»."""
    return say(f"answer.{answer}", language)


def article_said(article: Article, language: str) -> str:
    """«Article 110(5)», or that the number is not known."""
    if article.article:
        return say("article.number", language, number=article.article)
    return say("article.unknown", language)


def grade_said(grade: str, language: str) -> str:
    """What a grade means."""
    return say(f"grade.{grade}", language)


def reading_said(reading: str, language: str) -> str:
    return say(f"reading.{reading}", language)


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
    known = words.facts[fact]
    return known.words[language] if yes or known.missing is None else known.missing[language]


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
    article = norm.article
    title = norm.edition.title[language]
    meaning = grade_said(norm.grade, language)
    known = [
        say("grade.said", language, grade=norm.grade, meaning=meaning),
        reading_said(norm.reading, language),
        force_said(article.force, language),
    ]
    return [
        f"{article_said(article, language)}, {title}: {article.words[language]}",
        f"{'. '.join(known)}. [{norm.id}]",
    ]
