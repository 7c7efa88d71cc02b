"""The law: editions article by article, two of them side by side, and any question put to one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kerege.constitution import packs
from kerege.constitution.edition import Edition
from kerege.constitution.question import FactValue, Question
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.web.pages.country import editions
from kerege.web.rulings import article_said, ruling_shown
from kerege.web.saying import language, w


def law(request: HttpRequest) -> HttpResponse:
    return render(request, "law.html", {"editions": editions(), "packs": shown_packs()})


def shown_packs() -> list[dict[str, str]]:
    known = packs.load()
    ordered = sorted(known.editions.values(), key=lambda e: (e.kind, e.adopted))
    return [{"id": e.id, "title": e.title[language()]} for e in ordered]


def edition(request: HttpRequest, id: str) -> HttpResponse:
    """An edition, article by article."""
    one = _edition(id)
    here = language()
    return render(
        request,
        "edition.html",
        {
            "edition": one,
            "title": one.title[here],
            "articles": articles(one),
            "breadcrumbs": [crumb()],
        },
    )


def crumb() -> dict[str, str]:
    return {"name": w("law.title"), "url": reverse("law")}


def articles(one: Edition) -> list[dict[str, Any]]:
    """Articles as pages show them; rules are folded behind their sentence."""
    words, here = packs.load().vocabulary, language()
    return [
        {
            "anchor": a.anchor,
            "topic": a.topic,
            "name": words.topics[a.topic][here],
            "article": article_said(a),
            "text": a.words[here],
            "source": a.source,
            "grade": a.grade,
            "grade_says": w(f"law.grade_{a.grade.replace('-', '_minus').lower()}"),
            "force": a.force,
            "reading": w(f"law.reading_{a.reading}"),
            "cedar": "\n".join(block.text for block in a.cedar),
            "examples": len(a.examples),
        }
        for a in one.articles.values()
    ]


def compare(request: HttpRequest) -> HttpResponse:
    """Two editions side by side: the same anchors, article by article."""
    known = packs.load().constitutions()
    a = _edition(request.GET.get("a") or known[0].id)
    b = _edition(request.GET.get("b") or known[-1].id)
    left = {one["anchor"]: one for one in articles(a)}
    right = {one["anchor"]: one for one in articles(b)}
    anchors = sorted(
        {**left, **right}, key=lambda anchor: _order((left.get(anchor) or right[anchor])["topic"])
    )
    return render(
        request,
        "compare.html",
        {
            "a": a.title[language()],
            "b": b.title[language()],
            "pairs": [
                {
                    "name": (left.get(x) or right[x])["name"],
                    "topic": (left.get(x) or right[x])["topic"],
                    "anchor": x,
                    "a": left.get(x),
                    "b": right.get(x),
                    "a_url": f"{a.id}",
                    "b_url": f"{b.id}",
                }
                for x in anchors
            ],
            "a_id": a.id,
            "b_id": b.id,
            "breadcrumbs": [crumb()],
        },
    )


def _order(topic: str) -> int:
    return int(topic[1:])


def _edition(id_: str) -> Edition:
    try:
        return packs.load().edition(id_)
    except packs.UnknownPack as error:
        raise Http404(id_) from error


def ask(request: HttpRequest) -> HttpResponse:
    """A question anyone can put: who, what, of what, where, with what being so."""
    known = packs.load()
    words, here = known.vocabulary, language()
    name = request.GET.get("act", "")
    act = words.acts.get(name)
    context: dict[str, Any] = {
        "breadcrumbs": [crumb()],
        "acts": [(n, a.words[here]) for n, a in words.acts.items() if a.judged],
        "act": name,
        "chosen": None,
        "ruling": None,
    }
    if act is None or not act.judged:
        return render(request, "ask.html", context)
    chosen = {
        "edition": request.GET.get("edition") or known.constitutions()[-1].id,
        "actor": request.GET.get("actor") or act.actors[0],
        "object": request.GET.get("object") or act.objects[0],
        "place": request.GET.get("place") or next(iter(words.places)),
    }
    one = _edition(chosen["edition"])
    facts: dict[str, FactValue] = {}
    for fact in act.facts:
        values = words.values(fact)
        given = request.GET.get(fact, "")
        facts[fact] = (given if given in values else values[0]) if values else given == "yes"
    context |= {
        "chosen": chosen,
        "editions": [(e.id, e.title[here]) for e in known.constitutions()],
        "actors": [(n, a[here]) for n, a in words.actors.items()],
        "objects": [(n, words.objects[n][here]) for n in act.objects],
        "places": [(n, p[here]) for n, p in words.places.items()],
        "facts": [
            {
                "name": fact,
                "label": words.facts[fact].words[here],
                "choices": [(v, words.value_words(fact, v)[here]) for v in words.values(fact)],
                "value": facts[fact],
            }
            for fact in act.facts
        ],
        "title": act.words[here],
    }
    asked = Question(chosen["actor"], name, chosen["object"], chosen["place"], facts)
    book: Rulebook = known.rulebook(known.pinned(one.id) if one.kind == "constitution" else ())
    try:
        given = book.rule(asked)
        context["ruling"] = ruling_shown(book, asked, given, None)
    except LawFailed:
        raise Http404("question") from None
    return render(request, "ask.html", context)
