"""A ruling as a page of a site shows it: the answer, its norms in plain words, what is missing."""

from typing import Any

from kerege.archive.site_reading import Put
from kerege.constitution import saying
from kerege.constitution.fragment import READINGS
from kerege.constitution.rulebook import Norm


def ruling_said(put: Put, language: str) -> dict[str, Any]:
    """What ``entry.html`` takes: ``answer``, the same in words (``says``), what was ``asked``, each
    article of its ``norms`` once, ``missing`` facts, titles of the ``laws``, and whether there is a
    ``model`` among them."""
    words, given = put.book.vocabulary, put.given
    norms = sorted(
        (put.book.norms[id_] for id_ in given.norms), key=lambda n: READINGS.index(n.reading)
    )
    # The reading furthest from its text is the one an article is shown with.
    articles = {(n.edition.id, n.anchor, n.silent): _norm(n, language) for n in norms}
    return {
        "answer": given.answer,
        "says": saying.answer_said(given.answer, language),
        "asked": saying.asked_said(words, put.asked, language),
        "norms": list(articles.values()),
        "missing": [saying.fact_said(words, fact, False, language) for fact in given.missing],
        "laws": [edition.title[language] for edition in put.book.editions],
        "model": any(norm.article.force == "model" for norm in norms),
    }


def _norm(norm: Norm, language: str) -> dict[str, str]:
    article = norm.article
    known = {
        "grade": saying.grade_named(norm.grade, language),
        "meaning": saying.grade_said(norm.grade, language),
    }
    return {
        "article": saying.cited_said(norm, language),
        "edition": norm.edition.title[language],
        "text": saying.text_said(norm, language),
        "source": article.source,
        "grade": saying.say("grade.said", language, **known),
        "reading": saying.reading_said(norm.reading, language, norm.grade),
        "force": article.force,
        "binds": saying.force_said(article.force, language),
    }
