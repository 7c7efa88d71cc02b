"""The country: its municipalities, its units by search, its editions and their days."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kerege.constitution import packs
from kerege.kyrgyz.letters import fold
from kerege.kyrgyz.stemming import stems
from kerege.municipality import telling
from kerege.municipality.country import timeline
from kerege.municipality.territory import MAPPED, Unit, load
from kerege.web.caching import public_of_all
from kerege.web.places import Place, all_places, country_place
from kerege.web.reading import reads
from kerege.web.saying import language, w
from kerege.words import LANGUAGES

A_PAGE = 20
# Letters of a name without its ending.
_SHORTEST = 3
# A name and its last word, which an ending is on.
_LAST = re.compile(r"(.*?)(\w+)\W*", re.DOTALL)
# Longer names are no names.
LETTERS = 100
_KIND_SAID = "айылный аймак"


@public_of_all
@reads("q", "page")
def country(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "")[:LETTERS].strip()
    places = all_places()
    pages = Paginator(units_in_any_form(query, places), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "country.html",
        {
            "places": places,
            "query": query,
            "asked": "q" in request.GET,
            "page": page,
            "units": shown(
                page.object_list, founded_here(places), villages(query), founds=founds(request)
            )
            if query
            else None,
        },
    )


def founds(request: HttpRequest) -> bool:
    """Whether whoever asks may found municipalities."""
    return bool(getattr(request.user, "operator", False))


def units(query: str, places: Iterable[Place] = ()) -> list[Unit]:
    """What is found by name or code: units on which a municipality can be founded, and oblasts and
    rayons, which have a page of the map; first of all by the names of what is founded."""
    territory = load()
    foundable = set(territory.foundable())
    every = territory.search(query, len(territory.units))
    found = [one for one in every if one in foundable or one.level < MAPPED]
    sought = _joined(query)
    named = [
        territory.units[place.m.identity.code]
        for place in places
        if place.m.identity is not None
        and place.m.identity.code in territory.units
        and any(sought in _joined(place.m.identity.name(x)) for x in LANGUAGES)
    ]
    return list(dict.fromkeys([*named, *found])) if sought else []


def _joined(name: str) -> str:
    """A name as it is compared: «Он-Арча» is also typed «Онарча»."""
    return fold(name).replace(" ", "").replace("-", "")


def units_in_any_form(query: str, places: Iterable[Place]) -> list[Unit]:
    """The same, and after it what a name without its ending finds: «Он-Арчанын»."""
    found = [one for each in _forms(query) for one in units(each, places)]
    homes = [load().get(code) for code in villages(query)]
    return list(dict.fromkeys([*found, *homes]))


def villages(query: str) -> dict[str, str]:
    """What bears a name, in any form of it, by the code of where its affairs are settled: an aiyl
    aimak with the name of a village, or a unit itself, with no name."""
    found: dict[str, str] = {}
    for each in _forms(query, shortest=2):
        for one, home in load().called(each):
            name = "" if one == home else one.name(language())[0]
            found.setdefault(home.code, name)
    return found


def _forms(query: str, shortest: int = _SHORTEST) -> list[str]:
    """A name as it was typed, and without what may be endings."""
    whole = _LAST.fullmatch(query)
    first, last = whole.groups() if whole else ("", "")
    forms = sorted(stems(last) - {last}, key=len, reverse=True) if last else []
    return [query, *(first + form for form in forms if len(form) >= shortest)]


def founded_here(places: Iterable[Place]) -> dict[str, Place]:
    """The place founded on a unit, by its code."""
    return {place.m.identity.code: place for place in places if place.m.identity is not None}


def shown(
    all_: Iterable[Unit],
    founded: Mapping[str, Place],
    inside: Mapping[str, str] = {},
    *,
    founds: bool = False,
) -> list[dict[str, Any]]:
    """What ``parts/units.html`` takes; ``inside``: a village in a unit, by the unit's code. Whoever
    ``founds`` is led to the form, everybody else to the page of the unit."""
    foundable = set(load().foundable())
    kinds = packs.load().vocabulary.places
    rows = []
    for one in all_:
        place = founded.get(one.code)
        page = "found" if founds and one in foundable else "map-unit"
        name, said = (place.name, language()) if place else one.name(language())
        kind = kinds[one.kind][language()] if one.kind in kinds else ""
        rows.append(
            {
                "name": name,
                "lang": said,
                "where": where(one),
                # A Russian name says the kind of an aiyl aimak by itself.
                "kind": "" if _KIND_SAID in name.casefold() else kind,
                "url": place.url if place else reverse(page, args=[one.code]),
                "founded": bool(place),
                "village": inside.get(one.code, ""),
                "as_of": telling.day_or_month(one.as_of, language()),
            }
        )
    return rows


def where(one: Unit) -> str:
    """Oblast and rayon of a unit."""
    return " › ".join(above.name(language())[0] for above in load().path(one.code)[:-1])


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
