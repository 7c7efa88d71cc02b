"""A body: its members, who led and elected it, what it decided, what the law of today lets it do,
and what it owes."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from kerege.kyrgyz import letters
from kerege.municipality import telling
from kerege.municipality.governing import BODIES, POSTS, SPEAKS, in_office
from kerege.municipality.governing import body as constituted
from kerege.municipality.held import stretches
from kerege.municipality.record import Mandate
from kerege.web.caching import public
from kerege.web.feeds import body_named
from kerege.web.listing import Fact, listed, remark
from kerege.web.owed import owed_here
from kerege.web.pages.register import crumbs
from kerege.web.pictures.terms import Term, terms
from kerege.web.places import Place, place
from kerege.web.powers import powers_shown
from kerege.web.registers import entries_of
from kerege.web.saying import language, w

LATEST = 10
# What the register calls each.
_KINDS = dict(zip(POSTS, BODIES, strict=True))


@require_safe
@public
def body(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The page of the kenesh or of the executive; raises Http404."""
    here = place(slug)
    if name not in POSTS or here.m.identity is None:
        raise Http404(f"{slug} {name}")
    on = here.today
    book = here.book(on)
    led = [m for m in here.m.in_post(POSTS[name][0]) if m.since <= on]
    mandates = [m for post in POSTS[name] for m in _by_name(here, post, on)]
    return render(
        request,
        "body.html",
        {
            "place": here,
            "body": name,
            "on": telling.day(on, language()),
            "name": body_named(here, name),
            "missing": constituted(here.m, _KINDS[name], on) is None,
            "members": [_member(here, one) for one in mandates],
            "led": [_term(here, one, *days) for one, days in _stretches(led)],
            "picture": _picture(here, led, on),
            "elected": listed(here, _gave(here, mandates)),
            "entries": listed(here, _did(here, name)),
            "powers": powers_shown(book, here.m.identity.kind, name) if book is not None else [],
            "owed": owed_here(here, on, SPEAKS[POSTS[name][0]]),
            "breadcrumbs": crumbs(here),
        },
    )


def _by_name(here: Place, post: str, on: date) -> list[Mandate]:
    """Who holds a post, in the order of the alphabet."""
    return sorted(in_office(here.m, post, on), key=lambda one: letters.sort_key(one.holder))


def _member(here: Place, one: Mandate) -> Fact:
    return Fact(
        one.title or here.teller(one.since).mandate_post(one.post),
        one.holder,
        f"{here.url}people/{one.id}/",
        remark(here, one.entry),
    )


def _stretches(led: list[Mandate]) -> list[tuple[Mandate, tuple[date, date | None]]]:
    """Each stretch of days of each, in their order: who was put back into office has two."""
    found = [(one, days) for one in led for days in stretches(one)]
    return sorted(found, key=lambda stretch: stretch[1][0])


def _term(here: Place, one: Mandate, since: date, end: date | None) -> Fact:
    said = language()
    until = telling.last_day(end, said) if end else w("country.still")
    return Fact(
        one.holder,
        w("country.from_until", since=telling.day(since, said), until=until),
        f"{here.url}people/{one.id}/",
        remark(here, one.entry),
    )


def _picture(here: Place, led: list[Mandate], on: date) -> str:
    drawn = [
        Term(one.holder, *days, f"{here.url}people/{one.id}/") for one, days in _stretches(led)
    ]
    return mark_safe(terms(drawn, on, title=w("office.led"), description=w("office.led_says")))


def _gave(here: Place, mandates: list[Mandate]) -> list:
    """The acts that gave the members their mandates."""
    numbers = sorted({one.entry for one in mandates}, reverse=True)
    return sorted(entries_of(here.register, numbers[:LATEST]).items(), reverse=True)


def _did(here: Place, name: str) -> list:
    own = [n for n, actor in here.m.actors.items() if actor.kind == name]
    return sorted(entries_of(here.register, sorted(own)[-LATEST:]).items(), reverse=True)
