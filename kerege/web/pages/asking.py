"""Any question put to the law, by anyone: who, what, of what, where, on what day."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kerege.constitution import packs, saying
from kerege.constitution.asking import of_office
from kerege.constitution.edition import Edition
from kerege.constitution.question import Question
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.constitution.unsaid import ways
from kerege.municipality import telling
from kerege.municipality.country import in_force
from kerege.municipality.fields import day_of
from kerege.web.caching import public
from kerege.web.days import kept_day, typed_day
from kerege.web.jinja import query
from kerege.web.pages.law import crumb
from kerege.web.places import country_place
from kerege.web.questions import SHOWN, Form, parameters, read
from kerege.web.reading import reads
from kerege.web.rulings import depends_shown, ruling_shown
from kerege.web.saying import language, w

# So many articles of another constitution are named in its line.
NAMED = 2


@public
@require_safe
@reads("on", "edition", more=parameters)
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
        "on": typed_day(on),
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
            if not form.chosen:
                form.question = of_office(book, form.question, _offices())
                context["form"] = form.shown()
            asked = book.complete(form.question)
            context["ruling"] = _ruling(book, asked, form.unsaid, None if one else on)
            context["told"] = list(_told(book, asked))
        context["others"] = [_other(request, e, form) for e in known.constitutions()]
    except LawFailed:
        context["form"]["wrong"] = [w("ask.failed")]
        return render(request, "ask.html", context | {"ruling": None}, status=503)
    return render(request, "ask.html", context)


def _day(request: HttpRequest, form: Form) -> date:
    said = request.GET.get("on", "").strip()
    try:
        return day_of(kept_day(said)) if said else date.today()
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


def _offices() -> set[str]:
    """What the constitutions, each with its statutes, make the head the head of."""
    known = packs.load()
    books = (known.rulebook(known.pinned(one.id)) for one in known.constitutions())
    return {str(said) for book in books if (said := book.parameter("office"))}


def _ruling(book: Rulebook, asked: Question, unsaid: list[str], day: date | None) -> dict[str, Any]:
    given = book.rule(asked)
    if unsaid:
        found = ways(book, asked, unsaid)
        settled = found.settled()
        if settled is None:
            return depends_shown(book, asked, found, day)
        given = settled
    return ruling_shown(book, asked, given, day)


def _told(book: Rulebook, asked: Question) -> list[str]:
    """What the statutes tell of the question, in sentences."""
    words = book.vocabulary
    return [
        saying.fact_said(words, fact, value is True, language())
        for fact, value in asked.facts.items()
        if words.facts[fact].from_law
    ]


def _other(request: HttpRequest, one: Edition, form: Form) -> dict[str, Any]:
    """One line: what a constitution with its statutes says to the same question, about the office
    as it names it; under which facts, and what is missing."""
    known, here, words = packs.load(), language(), form.words
    assert form.question is not None
    book = known.rulebook(known.pinned(one.id))
    asked = book.complete(of_office(book, form.question, _offices()))
    shown = _ruling(book, asked, form.unsaid, None)
    says = [f"{c['title']} {_cases(c['cases'])}." for c in shown["conditions"]]
    if shown["missing"]:
        says.append(w("ask.missing", missing="; ".join(shown["missing"])))
    if asked.object != form.question.object:
        says.append(w("ask.about", object=words.objects[asked.object][here]))
    articles = dict.fromkeys(norm["article"] for norm in shown["norms"])
    return {
        "title": one.title[here],
        "decision": shown["decision"],
        "says": says,
        "articles": ", ".join([*articles][:NAMED]),
        "url": query(request, edition=one.id, object=asked.object),
    }


def _cases(cases: list[list[str]]) -> str:
    return f", {w('layout.ruling_or')} ".join("; ".join(case) for case in cases)
