"""A person in office: mandates, posts, what was done under them, and what is owed by them.

Told from the register alone. Nothing private is in it, so nothing private is here.
"""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kerege.municipality import telling
from kerege.municipality.governing import SPEAKS
from kerege.municipality.held import stretches
from kerege.municipality.record import Mandate
from kerege.web.caching import public
from kerege.web.listing import Fact, listed, remark
from kerege.web.owed import owed_here
from kerege.web.pages.place import day_asked, misread, quiet
from kerege.web.pages.register import crumbs
from kerege.web.places import Place, place
from kerege.web.reading import reads
from kerege.web.registers import entries_of
from kerege.web.saying import language, w

LATEST = 10


@require_safe
@public
@reads("on")
def person(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The page of a mandate: ``code`` is its id, "12.0"; raises Http404."""
    here = place(slug)
    mandate = here.m.mandates.get(code)
    if mandate is None:
        raise Http404(f"{slug} {code}")
    on = day_asked(request, here)
    speaks = SPEAKS.get(mandate.post, ()) if mandate.holds(on) else ()
    owed = owed_here(here, on, speaks) if speaks else []
    return render(
        request,
        "person.html",
        {
            "place": here,
            "name": mandate.holder,
            "post": mandate.title or here.teller(on).mandate_post(mandate.post),
            "on": telling.day(on, language()),
            "misread": misread(request, on),
            "quiet": quiet(here, on),
            "holds": mandate.holds(on),
            "mandates": [
                _told(here, one, on, *days)
                for one in _of_this_name(here, mandate, on)
                for days in reversed(stretches(one) or [(one.since, one.since)])
                if days[0] <= on or one is mandate
            ],
            "entries": listed(here, _done(here, mandate, on)),
            "owed": [one for one in owed if one.due_on >= mandate.since],
            # Theirs to do now, but nobody is late with what fell due before their time.
            "left": [one for one in owed if one.due_on < mandate.since],
            "breadcrumbs": crumbs(here),
        },
    )


def _of_this_name(here: Place, mandate: Mandate, on: date) -> list[Mandate]:
    """Every mandate given to someone of this name by a day, the newest first."""
    same = [
        one
        for one in here.m.mandates.values()
        if one.holder == mandate.holder and (one.since <= on or one is mandate)
    ]
    return sorted(same, key=lambda one: (one.since, one.entry), reverse=True)


def _told(here: Place, one: Mandate, on: date, begun: date, end: date | None) -> Fact:
    said = language()
    over = end is not None and end <= on
    until = telling.last_day(end, said) if end is not None and over else w("country.still")
    held = w("country.from_until", since=telling.day(begun, said), until=until)
    return Fact(
        one.title or here.teller(one.since).mandate_post(one.post),
        held if begun != end else w("office.no_day"),
        f"{here.url}register/{one.entry}/",
        remark(here, one.entry),
    )


def _done(here: Place, mandate: Mandate, on: date) -> list:
    """The last acts by a day that were this person's own under this mandate."""
    m = here.m
    own = [n for n, actor in m.actors.items() if actor.of == mandate.id and m.days[n] <= on]
    return sorted(entries_of(here.register, sorted(own)[-LATEST:]).items(), reverse=True)
