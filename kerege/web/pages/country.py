"""The country: its municipalities, its units by search, its editions and their days."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kerege.constitution import packs
from kerege.municipality import telling
from kerege.municipality.country import timeline
from kerege.municipality.territory import Unit, load, plain_name
from kerege.web.places import all_places, country_place
from kerege.web.saying import language, w

MOST = 20


def country(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "")[:100].strip()
    return render(
        request,
        "country.html",
        {
            "places": all_places(),
            "query": query,
            "units": units(query) if query else None,
            "editions": editions(),
        },
    )


def units(query: str) -> list[dict[str, Any]]:
    """Units on which a municipality can be founded, found by name or code."""
    territory = load()
    foundable = set(territory.foundable())
    founded = {p.m.identity.code: p for p in all_places() if p.m.identity is not None}
    rows = []
    for one in territory.search(query, 400):
        if one not in foundable:
            continue
        place = founded.get(one.code)
        rows.append(
            {
                "name": plain_name(one),
                "where": where(one),
                "kind": packs.load().vocabulary.places[one.kind][language()] if one.kind else "",
                "url": place.url if place else reverse("found", args=[one.code]),
                "founded": bool(place),
                "as_of": one.as_of,
            }
        )
        if len(rows) == MOST:
            break
    return rows


def where(one: Unit) -> str:
    """Oblast and rayon of a unit, from the source."""
    return " › ".join(above.name_ru for above in load().path(one.code)[:-1])


def editions() -> list[dict[str, str]]:
    """What is in force from when until when, as the country register tells it."""
    known, here = packs.load(), language()
    return [
        {
            "title": known.edition(taken.pack).title[here],
            "url": reverse("edition", args=[taken.pack]),
            "since": telling.day(taken.since, here),
            "until": telling.last_day(taken.until, here) if taken.until else w("country.still"),
            "entry": reverse("entry", args=["kg", taken.entry]),
        }
        for taken in timeline(country_place().m)
    ]
