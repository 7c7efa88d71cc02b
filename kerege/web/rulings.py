"""Rulings as pages show them: which norm, what is missing, what can lawfully be done instead."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from kerege.constitution.article import Article
from kerege.constitution.fragment import READINGS
from kerege.constitution.instead import Instead, instead
from kerege.constitution.question import Question, Ruling
from kerege.constitution.rulebook import Norm, Rulebook
from kerege.municipality import telling
from kerege.web.saying import language, w


def norm_shown(norm: Norm) -> dict[str, str]:
    """A norm as a page cites it."""
    article = norm.article
    return {
        "article": article_said(article),
        "url": f"{reverse('edition', args=[norm.edition.id])}#{norm.anchor}",
        "text": article.words[language()],
        "edition": norm.edition.title[language()],
        "force": article.force,
        "reading": norm.reading,
        "grade": norm.grade,
    }


def article_said(article: Article) -> str:
    """«Article 110(5)», or that the number is not known."""
    if article.article:
        return w("law.article", number=article.article)
    return w("law.no_number")


def norms_shown(book: Rulebook, ids: tuple[str, ...]) -> list[dict[str, str]]:
    """The norms of a ruling, each article once, with the reading furthest from its text."""
    seen: dict[str, dict[str, str]] = {}
    for norm in sorted((book.norms[id_] for id_ in ids), key=lambda n: READINGS.index(n.reading)):
        seen[f"{norm.edition.id}#{norm.anchor}"] = norm_shown(norm)
    return list(seen.values())


def asked_said(book: Rulebook, asked: Question) -> str:
    """The question in one line: who, what, of what, in what kind of place."""
    words, here = book.vocabulary, language()
    return w(
        "law.asked",
        actor=words.actors[asked.actor][here],
        act=words.acts[asked.act].words[here],
        object=words.objects[asked.object][here],
        place=words.places[asked.place][here],
    )


def ruling_shown(
    book: Rulebook,
    asked: Question,
    given: Ruling,
    on: date | None,
    *,
    written: bool = True,
    link: Callable[[str], str] | None = None,
) -> dict[str, Any]:
    """What ``parts/ruling_panel.html`` takes. ``on`` is None for a question of no day; ``link``
    gives the address of an act's form."""
    here = language()
    near = None if given.effective else instead(book, asked, given)
    return {
        "decision": given.answer,
        "asked": asked_said(book, asked),
        "norms": norms_shown(book, given.norms),
        "missing": _missing(book, given, near),
        "instead": _instead(book, near, link) if near else [],
        "rulebook": ", ".join(e.title[here] for e in book.editions),
        "day": telling.day(on, here) if on else "",
        "written": written,
    }


def _missing(book: Rulebook, given: Ruling, near: Instead | None) -> list[str]:
    facts = set(given.missing) | {f for f, v in (near.facts if near else {}).items() if v is True}
    said = [book.vocabulary.facts[fact].missing for fact in sorted(facts)]
    return [words[language()] for words in said if words is not None]


def _instead(
    book: Rulebook, near: Instead, link: Callable[[str], str] | None
) -> list[dict[str, str]]:
    words, here = book.vocabulary, language()
    steps: list[dict[str, str]] = []

    def act(name: str) -> None:
        said = words.acts[name].words[here]
        if all(step["text"] != said for step in steps):
            # The country's acts have no form at a municipality.
            url = link(name) if link and words.acts[name].register == "municipality" else ""
            steps.append({"text": said, "url": url})

    for fact, value in near.facts.items():
        by = words.facts[fact].by
        if value is True and by:
            act(by)
        elif isinstance(value, str):
            said = words.value_words(fact, value)[here]
            steps.append({"text": w("law.instead_value", value=said), "url": ""})
    for actor in near.actors:
        said = words.actors[actor][here]
        steps.append({"text": w("law.instead_actor", actor=said), "url": ""})
    for object_ in near.objects:
        said = words.objects[object_][here]
        steps.append({"text": w("law.instead_object", object=said), "url": ""})
    for name in near.acts:
        act(name)
    return steps
