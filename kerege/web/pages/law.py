"""The law: what is known and when it was in force, and the ways to question it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kerege.constitution import packs
from kerege.web.caching import public
from kerege.web.pages.country import editions
from kerege.web.saying import language, w


@public
def law(request: HttpRequest) -> HttpResponse:
    return render(request, "law.html", {"editions": editions(), "packs": shown_packs()})


def shown_packs() -> list[dict[str, Any]]:
    """Constitutions, statutes and models, each kind with the oldest first."""
    known, here = packs.load(), language()
    kinds = [("constitution", w("law.constitutions")), ("statute", w("law.statutes"))]
    found = []
    for kind, name in (*kinds, ("model", w("law.models"))):
        of = sorted((e for e in known.editions.values() if e.kind == kind), key=lambda e: e.adopted)
        found.append({"name": name, "packs": [{"id": e.id, "title": e.title[here]} for e in of]})
    return [one for one in found if one["packs"]]


def crumb() -> dict[str, str]:
    return {"name": w("law.title"), "url": reverse("law")}
