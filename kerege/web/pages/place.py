"""A place: who governs here, what was decided, where the money comes from, what is owed."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from kerege.municipality import telling
from kerege.municipality.fields import Wrong, day_of
from kerege.municipality.problem import Problem
from kerege.municipality.record import Delegation
from kerege.web.caching import public
from kerege.web.charters import charter_shown
from kerege.web.days import kept_day, typed_day
from kerege.web.demonstration import STORIES
from kerege.web.governance import governance
from kerege.web.lapsed import lapsed
from kerege.web.listing import Fact, listed, remark
from kerege.web.matters import open_matters
from kerege.web.owed import known_owed, owed_here
from kerege.web.places import Place, place
from kerege.web.powers import taking_part
from kerege.web.purses import purses
from kerege.web.reading import reads
from kerege.web.registers import latest
from kerege.web.saying import language, w

LATEST = 6
# A register that has told nothing for so long is said to be quiet.
LONG = timedelta(days=366)
# What residents ask after first; sessions and links are in the register.
DECISIONS = (
    "AdoptBudget",
    "DecideIssue",
    "ElectHead",
    "AppointHead",
    "ElectDeputies",
    "DelegatePower",
    "ContractTos",
    "AssessReport",
    "Annul",
    "Suspend",
    "HoldHearing",
    "AdoptCharter",
    "AdoptProgramme",
    "HoldAssembly",
    "ReportToCommunity",
)


@public
@reads("on")
def place_page(request: HttpRequest, slug: str) -> HttpResponse:
    here = place(slug)
    if here.register.country:
        # The copy of another house's country register: it is no place.
        return redirect("register", slug)
    on = day_asked(request, here)
    book = here.book(on)
    governed = governance(here, on)
    money = purses(here, on)
    known = known_owed(here, on)
    return render(
        request,
        "place.html",
        {
            "place": here,
            "on": telling.day(on, language()),
            "day": typed_day(on),
            "unread": here.unread(on),
            "misread": misread(request, on),
            "quiet": quiet(here, on),
            "edition_urls": [(e.id, e.title[language()]) for e in book.editions] if book else [],
            "hierarchy": mark_safe(governed.picture),
            "people": governed.facts,
            "unknown": governed.unknown,
            "money": mark_safe(money.picture) if money else "",
            "money_head": money.head if money else "",
            "money_rows": money.rows if money else [],
            "entries": listed(here, latest(here.register, DECISIONS, on, LATEST)),
            "open": open_matters(here, on),
            "part": taking_part(book, here.m.identity.kind) if book and here.m.identity else [],
            "charter": charter_shown(here, on),
            "owed": owed_here(here, on, known=known),
            "lapsed": lapsed(here, known, on),
            "delegations": delegations(here, on),
            "size": here.m.size,
            "population": here.m.identity.population if here.m.identity else 0,
            "days": days(here),
            "story": here.exercise and here.slug in STORIES,
        },
    )


def day_asked(request: HttpRequest, here: Place) -> date:
    """The day a page is about: ``?on=``, else today (for an exercise its last day)."""
    try:
        return day_of(kept_day(request.GET.get("on", "")))
    except Wrong:
        return here.today


def misread(request: HttpRequest, on: date) -> str:
    """Why what was asked for is no day, and that ``on`` is shown instead; empty where it was one,
    or nothing was asked."""
    said = request.GET.get("on", "")
    try:
        day_of(kept_day(said) or "2000-01-01")
    except Wrong as wrong:
        why = telling.problem(Problem("on", wrong.key, wrong.slots), language())
        return w("place.misread", said=said[:40], why=why, day=telling.day(on, language()))
    return ""


def quiet(here: Place, on: date) -> str:
    """That nothing was recorded since, on a day to come or long after the last entry; or empty."""
    last = here.m.latest
    if last is None or on <= last or (on <= date.today() and on - last <= LONG):
        return ""
    return w("place.quiet", day=telling.day(last, language()))


def delegations(here: Place, on: date) -> list[Fact]:
    said = language()
    return [
        Fact(
            d.power,
            w(
                "place.delegated",
                authority=d.authority,
                means=telling.som(d.means, said),
                last=telling.day(d.last, said),
                due=telling.day(d.report_due, said),
            ),
            f"{here.url}register/{d.entry}/",
            remark(here, d.entry),
        )
        for d in here.m.all(Delegation, on)
        if d.runs(on)
    ]


def days(here: Place) -> list[dict[str, str]]:
    """Days worth comparing in an exercise: one under each edition."""
    if not here.exercise or here.m.identity is None or here.m.identity.pinned:
        return []
    return [
        {"url": f"{here.url}?on={day}", "name": telling.day(date.fromisoformat(day), language())}
        for day in ("2009-12-31", "2012-12-31")
        if here.m.latest and date.fromisoformat(day) <= max(here.m.latest, date(2012, 12, 31))
    ]
