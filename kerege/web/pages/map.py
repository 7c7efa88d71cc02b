"""The country on a map: its oblasts and republican cities, what is in each, and how many of their
units have been founded here."""

from collections.abc import Iterable, Mapping
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from kerege.municipality import telling
from kerege.municipality.territory import MAPPED, Unit, UnknownUnit, load, plain_name
from kerege.web.caching import public_of_all
from kerege.web.jinja import url
from kerege.web.listing import Fact
from kerege.web.pages.country import founded_here, founds, shown
from kerege.web.pictures.tiles import PLACES, Tile, tiles
from kerege.web.places import Place, all_places
from kerege.web.saying import language, w


@require_safe
@public_of_all
def country_map(request: HttpRequest) -> HttpResponse:
    founded = founded_here(all_places())
    tops = [load().get(code.ljust(14, "0")) for code in PLACES]
    drawn = [
        Tile(
            code,
            w(f"map.of_{code}"),
            w("map.units", count=len(within(top.code))),
            counted(top, founded),
            url("map-unit", top.code),
            any(one in founded for one in within(top.code)),
        )
        for code, top in zip(PLACES, tops, strict=True)
    ]
    picture = tiles(drawn, title=w("map.title"), description=w("map.schema"))
    facts = [Fact(one.label, one.title, one.href) for one in drawn]
    return render(request, "map.html", {"picture": mark_safe(picture), "facts": facts})


@require_safe
@public_of_all
def map_unit(request: HttpRequest, code: str) -> HttpResponse:
    """An oblast with its rayons and cities, one of these with its units, or a unit by itself, which
    may have joined or not; raises Http404."""
    try:
        unit = load().get(code)
    except UnknownUnit:
        raise Http404(code) from None
    if unit.level > MAPPED:
        raise Http404(code)
    founded = founded_here(all_places())
    name, said = called(unit, founded)
    parts: list[dict[str, str]] = []
    units = [load().get(one) for one in within(code)]
    if unit.kind == "oblast":
        parts = [
            {
                "name": called(one, founded)[0],
                "lang": called(one, founded)[1],
                "value": counted(one, founded),
                "url": url("map-unit", one.code),
            }
            for one in load().below(code)
        ]
        units = [one for one in units if one.code in founded]
    below = [one.name(language()) for one in load().below(code) if one.level > MAPPED]
    path = load().path(code)
    crumbs = [{"name": w("map.title"), "url": url("map")}] + [
        {"name": called(one, founded)[0], "url": url("map-unit", one.code)} for one in path[:-1]
    ]
    return render(
        request,
        "map_unit.html",
        {
            "name": name,
            "lang": said,
            "official": "" if name in (unit.name_ky, plain_name(unit)) else unit.name_ru,
            "parts": parts,
            "units": shown([one for one in units if one != unit], founded, founds=founds(request)),
            "foundable": unit in load().foundable(),
            "home": founded.get(code),
            "found": url("found", code) if founds(request) else "",
            "villages": [{"name": name, "lang": said} for name, said in below],
            "as_of": telling.day_or_month(unit.as_of, language()),
            "breadcrumbs": crumbs,
        },
    )


def called(unit: Unit, founded: Mapping[str, Place]) -> tuple[str, str]:
    """What a unit is called here, and in which language: of an oblast or a republican city we know
    all three names, and of what is founded."""
    if unit.level == 1 and not (language() == "ky" and unit.name_ky):
        return w(f"map.of_{unit.code[:5]}"), language()
    if unit.code in founded:
        return founded[unit.code].name, language()
    return unit.name(language())


def counted(unit: Unit, founded: Iterable[str]) -> str:
    codes = within(unit.code)
    here = len(set(codes) & set(founded))
    return w("map.counted", units=len(codes), founded=here)


@cache
def within(code: str) -> tuple[str, ...]:
    """The codes of what can be a municipality in a unit, itself with it."""
    return tuple(one.code for one in load().within(code))
