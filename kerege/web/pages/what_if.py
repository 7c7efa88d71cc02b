"""What another edition would say to this municipality's own acts, and the brochure made from it.

Every stored question is asked again of the other constitution with its statutes. It says what if,
never unlawful.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kerege.constitution import packs
from kerege.constitution.question import question
from kerege.constitution.rulebook import LawFailed
from kerege.municipality import telling
from kerege.web.governance import governance
from kerege.web.models import Row
from kerege.web.pages.law import articles
from kerege.web.places import Place, place
from kerege.web.purses import purses
from kerege.web.registers import read
from kerege.web.saying import language, w


def what_if(request: HttpRequest, slug: str) -> HttpResponse:
    here = place(slug)
    known = packs.load()
    asked = request.GET.get("edition", "")
    choices = {one.id: one for one in known.constitutions()}
    wanted = choices.get(asked) or known.constitutions()[-1]
    return render(
        request,
        "what_if.html",
        {
            "place": here,
            "edition": wanted.title[language()],
            "chosen": wanted.id,
            "editions": [(e.id, e.title[language()]) for e in known.constitutions()],
            "rows": differing(here, wanted.id),
            "breadcrumbs": [{"name": here.name, "url": here.url}],
        },
    )


def differing(here: Place, constitution: str) -> list[dict[str, Any]]:
    """Entries to which another constitution would have answered otherwise."""
    known = packs.load()
    book = known.rulebook(known.pinned(constitution))
    rows = []
    for n, data in (
        Row.objects.filter(register=here.register).order_by("n").values_list("n", "data")
    ):
        one = read(data)
        if one.question is None or one.ruling is None:
            continue
        try:
            given = book.rule(question(one.question))
        except LawFailed:
            continue
        if given.answer == one.ruling["answer"]:
            continue
        rows.append(
            {
                "n": n,
                "url": f"{here.url}register/{n}/",
                "title": here.sentence(one, n),
                "day": telling.day(one.held_on, language()),
                "then": one.ruling["answer"],
                "other": given.answer,
                "why": [book.norms[norm].article.words[language()] for norm in given.norms[:2]]
                if not given.effective
                else [],
            }
        )
    return rows


def brochure(request: HttpRequest, slug: str) -> HttpResponse:
    """A leaf to print: the points of two editions, with this municipality's own figures."""
    here = place(slug)
    first, *_, last = packs.load().constitutions()
    left = {one["anchor"]: one for one in articles(first)}
    points = [
        {"name": one["name"], "topic": one["topic"], "a": left.get(anchor), "b": one}
        for anchor, one in {x["anchor"]: x for x in articles(last)}.items()
    ]
    on = here.latest
    money = purses(here, on)
    changed = differing(here, last.id)
    back = differing(here, first.id)
    return render(
        request,
        "brochure.html",
        {
            "place": here,
            "a": first.title[language()],
            "b": last.title[language()],
            "points": points,
            "people": governance(here, on).facts,
            "money_head": money.head if money else [],
            "money_rows": money.rows if money else [],
            "own": w(
                "whatif.own",
                size=here.m.size,
                under_b=len(changed),
                under_a=len(back),
            ),
            "breadcrumbs": [{"name": here.name, "url": here.url}],
        },
    )
