"""An edition article by article: plain words, rules as sentences, examples as they run."""

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kerege.constitution import examples, packs, saying
from kerege.constitution.article import EXAMPLE_COLUMNS, Article, EditionError, Example
from kerege.constitution.edition import MODEL, Edition
from kerege.constitution.provisions import provisions
from kerege.constitution.question import ANSWERS, Question
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.constitution.sentence import rule_said
from kerege.municipality import telling
from kerege.municipality.country import timeline
from kerege.web.caching import public
from kerege.web.pages.law import crumb
from kerege.web.places import country_place
from kerege.web.questions import parameters, read
from kerege.web.reading import reads
from kerege.web.rulings import article_said, ruling_shown
from kerege.web.saying import language, w


@public
def edition(request: HttpRequest, id: str) -> HttpResponse:
    """An edition, article by article."""
    one = edition_of(id)
    here = language()
    return render(
        request,
        "edition.html",
        {
            "edition": one,
            "title": one.title[here],
            "model": one.kind == MODEL,
            "days": _days(one),
            "articles": articles(one),
            "breadcrumbs": [crumb()],
        },
    )


def edition_of(id_: str) -> Edition:
    try:
        return packs.load().edition(id_)
    except packs.UnknownPack as error:
        raise Http404(id_) from error


def _days(one: Edition) -> list[str]:
    """From when until when it is in force, as the country register tells it."""
    here = language()
    return [
        w(
            "country.from_until",
            since=telling.day(taken.since, here),
            until=telling.last_day(taken.until, here) if taken.until else w("country.still"),
        )
        for taken in timeline(country_place().m)
        if taken.pack == one.id
    ]


def articles(one: Edition) -> list[dict[str, Any]]:
    """Articles as pages show them; rules are folded behind their sentence."""
    return _articles(one.id, standing(one), language())


def standing(one: Edition) -> Rulebook:
    """The rulebook an edition is read in: with the constitution it stands under."""
    known = packs.load()
    return known.rulebook(known.standing(one.id))


# Made of a rulebook that never changes: worked out once for each.
@lru_cache(maxsize=128)
def _articles(id_: str, book: Rulebook, here: str) -> list[dict[str, Any]]:
    one = next(edition for edition in book.editions if edition.id == id_)
    return [_article(one, article, book, here) for article in one.articles.values()]


def _article(one: Edition, article: Article, book: Rulebook, here: str) -> dict[str, Any]:
    words = book.vocabulary
    norm = f"{one.id}/{article.anchor}"
    rules = [n for n in book.norms.values() if n.article is article]
    return {
        "anchor": article.anchor,
        "topic": article.topic,
        "name": words.topics[article.topic][here],
        "article": article_said(article),
        "text": article.words[here],
        "source": article.source,
        "grade": saying.grade_named(article.grade, here),
        "grade_says": saying.grade_said(article.grade, here),
        "force": article.force,
        "reading": saying.reading_said(article.reading, here, article.grade),
        "rules": [
            {
                "sentence": rule_said(n, words, here),
                "reading": saying.reading_said(n.reading, here, n.grade),
            }
            for n in rules
        ],
        "told": list(provisions(book, norm, here)),
        "cedar": "\n".join(block.text for block in article.cedar),
        "examples": [_example(example, one, book, here) for example in article.examples],
    }


def _example(example: Example, one: Edition, book: Rulebook, here: str) -> list[str]:
    """A row of examples: who, what, when, what the law says, and whether it runs as written."""
    words = book.vocabulary
    asked = examples.read(example, words, lambda reason: EditionError(one.file, "", 0, reason))
    as_written = examples.as_written(one, example, book.rule(asked))
    return [
        f"{words.actors[asked.actor][here]}, {words.places[asked.place][here]}",
        f"{words.acts[asked.act].words[here]} ({words.objects[asked.object][here]})",
        "; ".join(_facts(book, asked, here)) or "–",
        saying.answer_said(example.cells["answer"], here),
        "✓" if as_written else "✕",
    ]


def _facts(book: Rulebook, asked: Question, here: str) -> list[str]:
    """What is so in a question, fact by fact."""
    words = book.vocabulary
    return [
        words.value_words(fact, value)[here]
        if isinstance(value, str)
        else words.facts[fact].words[here]
        for fact, value in asked.facts.items()
        if value is not False
    ]


@public
@require_safe
@reads("answer", more=parameters)
def example(request: HttpRequest, id: str) -> HttpResponse:
    """An example a lawyer tries: run at once, and as a row to paste into the file."""
    one = edition_of(id)
    here, book = language(), standing(one)
    form = read(request.GET, book.vocabulary)
    expected = request.GET.get("answer", "")
    if expected and expected not in ANSWERS:
        form.unknown(expected)
    context: dict[str, Any] = {
        "title": one.title[here],
        "file": one.file,
        "id": one.id,
        "answers": [
            {"name": a, "says": saying.answer_said(a, here), "chosen": a == expected}
            for a in ANSWERS
        ],
        "ruling": None,
        "as_expected": None,
        "columns": _row(*EXAMPLE_COLUMNS),
        "breadcrumbs": [crumb(), {"name": one.title[here], "url": reverse("edition", args=[id])}],
    }
    if form.question is not None and not form.wrong:
        asked = book.complete(form.question)
        try:
            given = book.rule(asked)
            # What would change the answer is asked of the law too.
            shown = ruling_shown(book, asked, given, None)
        except LawFailed:
            context["form"] = form.shown() | {"wrong": [w("ask.failed")]}
            return render(request, "example.html", context, status=503)
        norms = sorted(norm.removeprefix(f"{one.id}/") for norm in given.norms)
        as_expected = given.answer == (expected or given.answer)
        context |= {
            "ruling": shown,
            "as_expected": as_expected if expected else None,
            "row": _row(
                asked.actor,
                asked.act,
                asked.object,
                asked.place,
                _written(asked),
                expected or given.answer,
                ", ".join(norms) if as_expected else "",
            ),
        }
    context["form"] = form.shown()
    return render(request, "example.html", context, status=400 if form.wrong else 200)


def _written(asked: Question) -> str:
    """Facts as the cell of an example holds them; what is not so is left out."""
    return "; ".join(
        f"{fact}={value if isinstance(value, str) else 'yes'}"
        for fact, value in asked.facts.items()
        if value is not False
    )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
