"""Any question put to the law, by anyone: who, what, of what, where, on what day."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kerege.constitution import packs, saying
from kerege.constitution.edition import Edition
from kerege.constitution.question import Question
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality import telling
from kerege.municipality.country import in_force
from kerege.web.jinja import query
from kerege.web.pages.law import crumb
from kerege.web.places import country_place
from kerege.web.questions import SHOWN, Form, read
from kerege.web.rulings import ruling_shown
from kerege.web.saying import language, w

# So many articles of another constitution are named in its line.
NAMED = 2


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    known, here = packs.load(), language()
    form = read(request.GET, known.vocabulary)
    on = _day(request, form)
    one = _edition(request, form)
    ids = known.pinned(one.id) if one else in_force(country_place().m, known, on)
    book = known.rulebook(ids) if ids else None
    context: dict[str, Any] = {
        "breadcrumbs": [crumb()],
        "form": form.shown(),
        "title": form.act.words[here] if form.act else w("law.ask"),
        "on": on.isoformat(),
        "editions": [
            {"name": e.id, "says": e.title[here], "chosen": e is one} for e in known.constitutions()
        ],
        "ruling": None,
        "told": [],
        "no_law": "" if book else w("ask.no_law", day=telling.day(on, here)),
        "others": [],
    }
    if form.question is None or form.wrong:
        return render(request, "ask.html", context, status=400 if form.wrong else 200)
    try:
        if book is not None:
            asked = book.complete(form.question)
            day = None if one else on
            context["ruling"] = ruling_shown(book, asked, book.rule(asked), day)
            context["told"] = list(_told(book, asked))
        context["others"] = [_other(request, e, form.question) for e in known.constitutions()]
    except LawFailed:
        context["form"]["wrong"] = [w("ask.failed")]
        return render(request, "ask.html", context | {"ruling": None}, status=503)
    return render(request, "ask.html", context)


def _day(request: HttpRequest, form: Form) -> date:
    said = request.GET.get("on", "")
    try:
        return date.fromisoformat(said) if said else date.today()
    except ValueError:
        form.wrong.append(w("ask.no_day", day=said[:SHOWN]))
        return date.today()


def _edition(request: HttpRequest, form: Form) -> Edition | None:
    """The edition named, None for that of the day."""
    said = request.GET.get("edition", "")
    found = next((e for e in packs.load().constitutions() if e.id == said), None)
    if said and found is None:
        form.unknown(said)
    return found


def _told(book: Rulebook, asked: Question) -> list[str]:
    """What the statutes tell of the question, in sentences."""
    words = book.vocabulary
    return [
        saying.fact_said(words, fact, value is True, language())
        for fact, value in asked.facts.items()
        if words.facts[fact].from_law
    ]


def _other(request: HttpRequest, one: Edition, asked: Question) -> dict[str, Any]:
    """One line: what a constitution with its statutes says to the same question."""
    known, here = packs.load(), language()
    book = known.rulebook(known.pinned(one.id))
    given = book.rule(book.complete(asked))
    articles = [book.article(norm) for norm in given.norms]
    said = dict.fromkeys(saying.article_said(article, here) for article in articles)
    return {
        "title": one.title[here],
        "decision": given.answer,
        "says": saying.answer_said(given.answer, here),
        "articles": ", ".join([*said][:NAMED]),
        "url": query(request, edition=one.id),
    }
