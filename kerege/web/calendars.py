"""The days of a place as a calendar (iCalendar, RFC 5545): sessions that were held, meetings and
hearings that are called, and what is owed by when, each with its article.

Every event lasts a day. Its uid is made of the log and the number of the entry that told of it, or
of the duty and its day: a calendar that is fetched again moves what it has and doubles nothing.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kerege.municipality import telling
from kerege.municipality.debt_said import debt_said
from kerege.municipality.duties import OPEN, OVERDUE, Owed
from kerege.municipality.record import Call, Hearing, Record, Referendum, Session
from kerege.web.owed import RECENT, known_owed, rests_on
from kerege.web.places import Place
from kerege.web.registers import entries_of
from kerege.web.saying import language, w


@dataclass(frozen=True, slots=True)
class Event:
    """A day worth knowing: ``said`` is more about it, ``told`` the day it became known."""

    uid: str
    day: date
    what: str
    said: str
    address: str
    told: date
    kind: str


def events(here: Place, site: str) -> list[Event]:
    """The days of a place that are not long gone by. ``site`` is the house with its scheme."""
    found = [*_held(here, site), *_owed(here, site)]
    return sorted(found, key=lambda one: (one.day, one.uid))


def calendar(here: Place, site: str) -> bytes:
    # It takes as long to load as all the rest of the house: only where a calendar is asked for.
    from icalendar import Calendar, vCalAddress
    from icalendar import Event as Written

    made = Calendar()
    made.add("prodid", "-//Kerege//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    # By one name for each who reads it: RFC 7986, and what programs read before that.
    made.add("name", here.name)
    made.add("x-wr-calname", here.name)
    made.add("url", f"{site}{here.url}")
    made.add("x-wr-timezone", "Asia/Bishkek")
    made.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    # Whoever publishes has to say who calls (RFC 5546, 3.2.1): the place, by its address.
    organizer = vCalAddress(f"{site}{here.url}")
    organizer.params["CN"] = here.name
    for one in events(here, site):
        written = Written()
        written.add("organizer", organizer)
        written.add("uid", one.uid)
        written.add("dtstamp", datetime.combine(one.told, time(), UTC))
        written.add("dtstart", one.day)
        written.add("dtend", one.day + timedelta(days=1))
        written.add("summary", one.what)
        written.add("description", f"{one.said}\n{one.address}")
        written.add("url", one.address)
        written.add("categories", [one.kind])
        written.add("transp", "TRANSPARENT")
        made.add_component(written)
    return bytes(made.to_ical())


def _held(here: Place, site: str) -> Iterator[Event]:
    m, since = here.m, here.today - RECENT
    kinds: tuple[type[Record], ...] = (Session, Call, Hearing, Referendum)
    records = [
        (getattr(one, "day", one.since), kind, one)
        for kind in kinds
        for one in m.all(kind, here.today)
        if not m.undone(one.entry, here.today)
    ]
    # One that has no day of its own was held on the day of its entry; a far day is no calendar's.
    near = [one for one in records if since <= one[0] < date.max]
    entries = entries_of(here.register, {one.entry for _, _, one in near})
    for day, kind, one in near:
        entry = entries[one.entry]
        yield Event(
            uid=f"{here.register.origin}/{one.entry}",
            day=day,
            what=here.sentence(entry, one.entry),
            said=f"{here.name}, {telling.day(entry.held_on, language())}",
            address=f"{site}{here.url}register/{one.entry}/",
            told=entry.held_on,
            kind=kind.__name__,
        )


def _owed(here: Place, site: str) -> Iterator[Event]:
    book = here.book(here.today)
    if book is None:
        return
    for one in known_owed(here, here.today):
        if one.due < here.today - RECENT or one.due == date.max:
            continue
        told = debt_said(one, here.teller(here.today))
        article, address, reading = rests_on(here, book, one)
        waits = one.state in (OPEN, OVERDUE)
        said = [
            w("owed.whose", who=told.who, to=told.to),
            told.state if waits or one.done is None else w("owed.done", day=_day(one.done.since)),
            f"{' – '.join(filter(None, (article, reading)))}: {site}{address}",
        ]
        yield Event(
            uid=f"{here.register.origin}/{debt_key(one)}",
            day=one.due,
            what=told.what[:1].upper() + told.what[1:],
            said="\n".join(said),
            address=f"{site}{here.url}#owed",
            told=one.cause.since if one.cause is not None else min(one.opens, one.due),
            kind="Duty",
        )


def debt_key(one: Owed) -> str:
    """What something owed is known by, whatever becomes of it: 16 hex digits."""
    cause = one.cause.entry if one.cause is not None else ""
    return hashlib.sha256(f"{one.duty.id} {cause} {one.year}".encode()).hexdigest()[:16]


def _day(value: date) -> str:
    return telling.day(value, language())
