"""What is being decided in a place, as its page shows it.

Told from the records of the register alone, so it asks the database nothing.
"""

from datetime import date

from kerege.constitution import packs
from kerege.municipality import telling
from kerege.municipality.pending import pending
from kerege.municipality.record import (
    Call,
    Draft,
    Initiative,
    Issue,
    Nomination,
    Proposal,
    Record,
    Request,
)
from kerege.web.listing import Fact, entries_url, remark
from kerege.web.places import Place
from kerege.web.saying import language, w

# What is older is in the register.
MOST = 8


def open_matters(place: Place, on: date) -> list[Fact]:
    """What stands open on a day, the newest first."""
    found = sorted(pending(place.m, on), key=lambda one: (one.since, one.entry), reverse=True)
    return [_shown(place, one) for one in found[:MOST]]


def _shown(place: Place, one: Record) -> Fact:
    name, what = _said(one)
    return Fact(
        name,
        w("place.open_since", what=what, day=telling.day(one.since, language())),
        f"{entries_url(place)}{one.entry}/",
        remark(place, one.entry),
    )


def _said(one: Record) -> tuple[str, str]:
    """What a record is called, and what it is about."""
    match one:
        case Issue():
            return w("place.open_issue"), one.title
        case Initiative():
            return w("place.open_initiative"), one.title
        case Request():
            return w("place.open_request"), one.about
        case Call():
            kind = packs.load().vocabulary.objects[one.kind][language()]
            day = telling.day(one.day, language())
            return kind[:1].upper() + kind[1:], w("place.open_call", what=one.about, day=day)
        case Draft():
            return w("place.open_draft"), w("place.year", year=one.year)
        case Proposal():
            return w("place.open_proposal"), one.power
        case Nomination():
            return w("place.open_nomination"), one.candidate
    raise TypeError(one)
