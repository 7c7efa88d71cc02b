"""What was owed by a law that is no longer in force, and was never done.

The duty book knows the duties of the law of a day. When a law ends, its duties end there, and a
debt would be gone from the page as if it had been paid. Whether it is still owed is a question for
the courts; that it was not done is told.
"""

from datetime import date, timedelta
from typing import Any

from kerege.constitution.rulebook import LawFailed
from kerege.municipality import telling
from kerege.municipality.duties import OVERDUE, Owed, owed
from kerege.municipality.record import Taken
from kerege.web.caching import passing
from kerege.web.places import Place
from kerege.web.saying import language


def lapsed(here: Place, known: list[Owed], on: date) -> list[dict[str, Any]]:
    """Of each law before that of a day, the last day it was in force and how much was overdue then
    by acts of this register and was not done up to the day; the latest law first. ``known`` is what
    is owed on the day itself."""
    if here.m.identity is None or here.m.identity.pinned:
        return []
    seen, found = {_debt(o) for o in known}, []
    for day in _last_days(here, on):
        book = here.book(day)
        if book is None:
            continue
        try:
            left = [o for o in owed(here.m, book, on) if o.due < day and _debt(o) not in seen]
        except LawFailed:
            passing()
            continue
        seen.update(map(_debt, left))
        undone = [o for o in left if o.cause is not None and o.state == OVERDUE]
        if undone:
            found.append(
                {
                    "count": len(undone),
                    "url": f"{here.url}?on={day.isoformat()}#owed",
                    "day": telling.day(day, language()),
                }
            )
    return found


def _debt(one: Owed) -> tuple[object, ...]:
    """What makes two duties of two laws one debt: the same act, for the same cause or year."""
    return one.duty.act, one.cause.entry if one.cause is not None else one.year


def _last_days(here: Place, on: date) -> list[date]:
    """The days before those on which a law began or ended, up to a day, the latest first."""
    turns = {day for taken in here.country.all(Taken) for day in taken.turns() if day <= on}
    return [day - timedelta(1) for day in sorted(turns, reverse=True)]
