"""Rulings as pages show them: which norm, what is missing, what can lawfully be done instead."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from kerege.constitution import saying
from kerege.constitution.article import Article
from kerege.constitution.asking import lacking
from kerege.constitution.fragment import READINGS
from kerege.constitution.instead import Instead, instead
from kerege.constitution.question import NOT_STATED, Question, Ruling
from kerege.constitution.rulebook import Norm, Rulebook
from kerege.municipality import telling
from kerege.web.saying import language, w


def norm_shown(norm: Norm) -> dict[str, str]:
    """A norm as a page cites it."""
    article, here = norm.article, language()
    return {
        "article": article_said(article),
        "url": f"{reverse('edition', args=[norm.edition.id])}#{norm.anchor}",
        "text": article.words[here],
        "edition": norm.edition.title[here],
        "force": article.force,
        "reading": norm.reading,
        "grade": norm.grade,
        "grade_says": saying.grade_said(norm.grade, here),
    }


def article_said(article: Article) -> str:
    """«Article 110(5)», or that the number is not known."""
    return saying.article_said(article, language())


def norms_shown(book: Rulebook, ids: tuple[str, ...]) -> list[dict[str, str]]:
    """The norms of a ruling, each article once, with the reading furthest from its text."""
    seen: dict[str, dict[str, str]] = {}
    for norm in sorted((book.norms[id_] for id_ in ids), key=lambda n: READINGS.index(n.reading)):
        seen[f"{norm.edition.id}#{norm.anchor}"] = norm_shown(norm)
    return list(seen.values())


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
    here, words = language(), book.vocabulary
    near = instead(book, asked, given)
    missing = [saying.fact_said(words, fact, False, here) for fact in lacking(given, near)]
    # A place does not become another kind of place.
    change = near.smallest if near.smallest and not near.smallest.place else None
    return {
        "decision": given.answer,
        "says": saying.answer_said(given.answer, here),
        "asked": saying.asked_said(words, asked, here),
        "norms": norms_shown(book, given.norms),
        "missing": missing,
        "smallest": list(saying.change_said(words, change, here)) if change else [],
        "smallest_marked": change is not None and change.answer == NOT_STATED,
        "instead": _instead(book, near, link),
        "rulebook": ", ".join(e.title[here] for e in book.editions),
        "day": telling.day(on, here) if on else "",
        "written": written,
    }


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
