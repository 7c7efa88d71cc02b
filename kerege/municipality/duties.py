"""The duty book: who owes what to whom by when, as the register and the law of a day have it.

The law tells its duties as data (``kerege/constitution/duties.py``); a register holds what brought
them about and what was done about them. On a day something owed is

``open``        not done, and its day has not passed
``fulfilled``   done by its day
``late``        done after its day
``overdue``     not done, and its day has passed

What was done before its earliest lawful day (``opens``) does not count. What was annulled brought
nothing about and did nothing, from the day of the annulment on. Nothing is owed that was due before
the law that asks for it was adopted (an exercise pinned to a law has always lived under it); of
what comes back every year, the first whole year under that law is the first. A number that neither
law nor charter sets leaves nothing owed: silence is no duty.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kerege.constitution.duties import Duty
from kerege.constitution.packs import COUNTRY
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality import charter
from kerege.municipality.calendar import days_after
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed
from kerege.municipality.record import Charter, Record

OPEN, FULFILLED, LATE, OVERDUE = "open", "fulfilled", "late", "overdue"
STATES = (OPEN, FULFILLED, LATE, OVERDUE)
# Lines in which records say what they are about.
_ABOUT = ("about", "title", "power")


@dataclass(frozen=True, slots=True)
class Owed:
    """Something owed, on a day: brought about by the record ``cause``, or by the year; done by the
    record ``done``."""

    duty: Duty
    cause: Record | None
    year: int | None
    opens: date
    due: date
    state: str
    done: Record | None

    @property
    def about(self) -> str:
        """What the cause itself says it is about; empty where it says nothing."""
        said = (getattr(self.cause, name, "") for name in _ABOUT)
        return next((text for text in said if isinstance(text, str) and text), "")

    def json(self) -> dict[str, Any]:
        """``state`` as above; days as 2010-12-31; ``cause`` and ``done`` are numbers of entries."""
        return {
            "duty": self.duty.id,
            "what": self.duty.words.json(),
            "about": self.about,
            "year": self.year,
            "who": list(self.duty.who),
            "to": self.duty.to,
            "cause": self.cause.entry if self.cause is not None else None,
            "opens": self.opens.isoformat(),
            "due": self.due.isoformat(),
            "state": self.state,
            "done": self.done.entry if self.done is not None else None,
            "done_on": self.done.since.isoformat() if self.done is not None else None,
            "norm": self.duty.norm,
            "reading": self.duty.reading,
        }


@dataclass(frozen=True, slots=True)
class _Debt:
    """Something owed, for all days: from ``since`` on, by ``due``, done with the last of the first
    ``times`` of ``deeds``, which are in the order of their days."""

    duty: Duty
    cause: Record | None
    # What all causes of one and the same debt share: a budget adopted anew owes one account.
    one: object
    year: int | None
    since: date
    opens: date
    due: date
    times: int
    deeds: tuple[Record, ...]

    def on(self, m: Municipality, on: date) -> Owed | None:
        """What is owed of it on a day; None where nothing brought it about."""
        if self.since > on or (self.cause is not None and m.undone(self.cause.entry, on)):
            return None
        stand = [d for d in self.deeds if d.since <= on and not m.undone(d.entry, on)]
        done = stand[self.times - 1] if len(stand) >= self.times else None
        if done is not None:
            state = LATE if done.since > self.due else FULFILLED
        else:
            state = OVERDUE if on > self.due else OPEN
        return Owed(self.duty, self.cause, self.year, self.opens, self.due, state, done)

    def turns(self, m: Municipality) -> Iterator[date]:
        """The days on which what is owed of it can change."""
        yield self.since
        yield self.due + timedelta(1)
        for record in (*((self.cause,) if self.cause else ()), *self.deeds):
            yield record.since
            if record.entry in m.annulled:
                yield m.annulled[record.entry][1]


def owed(m: Municipality, law: Rulebook, on: date) -> list[Owed]:
    """Everything owed on a day under the law of that day, by the day it is due."""
    found = [o for duty in law.duties.values() for o in _owed(m, law, duty, on)]
    return sorted(found, key=lambda o: (o.due, o.duty.id, o.cause.entry if o.cause else 0))


def kept(m: Municipality, law: Rulebook, fact: str, on: date) -> tuple[bool, tuple[Record, ...]]:
    """Whether the duties that feed a fact are kept on a day, and on what that rests: of each duty
    what was done of the debt that was due last.

    What is not due yet does not break it; what is overdue does, and what was done late does unless
    the duty lets it count. Where the law has no such duty, there is none to break."""
    feeding = law.feeding(fact)
    if not feeding or m.identity is None:
        return True, ()
    # Between two days on which something owed changes the answer is the same, and is remembered
    # until an act that has to do with these duties is recorded or undone.
    turns, answers = m.worked_out(
        (law.digest, fact, on.year, m.identity),
        {Charter, *(act for duty in feeding for act in (duty.act, duty.after))},
        lambda: (_turns(m, law, feeding, on), {}),
    )
    at = bisect_right(turns, on)
    if at not in answers:
        answers[at] = _kept(m, law, feeding, on)
    return answers[at]


def _turns(m: Municipality, law: Rulebook, feeding: tuple[Duty, ...], on: date) -> list[date]:
    """The days on which what is owed of some duties can change, near a day."""
    found = {edition.adopted for edition in law.editions}
    for duty in feeding:
        for debt in _debts(m, law, duty, on):
            found.update(debt.turns(m))
    return sorted(found)


def _kept(
    m: Municipality, law: Rulebook, feeding: tuple[Duty, ...], on: date
) -> tuple[bool, tuple[Record, ...]]:
    whole, rests = True, []
    for duty in feeding:
        found = list(_owed(m, law, duty, on))
        broken = (OVERDUE,) if duty.late_counts else (OVERDUE, LATE)
        whole = whole and not any(o.state in broken for o in found)
        # Those owed come by their cause: of two due on one day the later one stands.
        done = [o.done for o in sorted(found, key=lambda o: o.due) if o.done is not None]
        rests += done[-1:]
    return whole, tuple(rests)


def _owed(m: Municipality, law: Rulebook, duty: Duty, on: date) -> Iterator[Owed]:
    """What is owed of one duty on a day: of several causes of one debt the latest counts."""
    found: dict[object, Owed] = {}
    for debt in _debts(m, law, duty, on):
        one = debt.on(m, on)
        if one is not None:
            found[debt.one] = one
    yield from found.values()


def _debts(m: Municipality, law: Rulebook, duty: Duty, on: date) -> list[_Debt]:
    """All that a duty ever brings about, as known in the year of a day."""
    if m.identity is None:
        return []
    adopted = _adopted(m, law, duty, on)

    def found() -> list[_Debt]:
        deeds = sorted(
            (r for r in m.left_by_acts(duty.act) if m.actors[r.entry].kind in duty.who),
            key=lambda r: (r.since, r.entry),
        )
        begins = _begins(m, duty, adopted)
        if duty.each:
            return [d for d in _yearly(m, law, duty, deeds, begins, on) if d.due >= begins]
        return [d for d in _caused(m, law, duty, deeds) if d.due >= begins]

    return m.worked_out(
        (law.digest, duty.id, on.year, adopted, m.identity),
        {Charter, duty.act, *filter(None, (duty.after,))},
        found,
    )


def _caused(m: Municipality, law: Rulebook, duty: Duty, deeds: list[Record]) -> Iterator[_Debt]:
    by_link: dict[object, list[Record]] = {}
    for deed in deeds:
        by_link.setdefault(_line(deed, duty.refers or duty.same, duty), []).append(deed)
    for cause in sorted(m.left_by_acts(duty.after), key=lambda r: (r.since, r.entry)):
        if any(_line(cause, name, duty) not in said for name, said in duty.only.items()):
            continue
        link = cause.entry if duty.refers else _line(cause, duty.same, duty)
        year = link if duty.same == "year" and isinstance(link, int) else None
        times = _times(m, law, duty, cause.since)
        opens = _opens(m, law, duty, cause, link)
        due = _due(m, law, duty, cause, link)
        if not times or due is None or opens is None:
            continue
        done = tuple(deed for deed in by_link.get(link, ()) if opens <= deed.since)
        yield _Debt(duty, cause, link, year, cause.since, opens, due, times, done)


def _yearly(
    m: Municipality, law: Rulebook, duty: Duty, deeds: list[Record], begins: date, on: date
) -> Iterator[_Debt]:
    assert duty.by is not None and not isinstance(duty.opens, str)
    for year in range(begins.year, on.year + 3):
        first = date(year, 1, 1)
        opens = _day(year, duty, duty.opens or (1, 1))
        times = _times(m, law, duty, first)
        if min(first, opens) < begins or not times:
            continue
        if duty.same:
            done = [d for d in deeds if opens <= d.since and _line(d, duty.same, duty) == year]
        else:
            # What is done after the next one opens is done for the next year.
            until = _day(year + 1, duty, duty.opens or (1, 1))
            done = [d for d in deeds if opens <= d.since < until]
        due = _day(year, duty, duty.by)
        since = date(year + duty.years, 1, 1)
        yield _Debt(duty, None, year, year, since, opens, due, times, tuple(done))


def _adopted(m: Municipality, law: Rulebook, duty: Duty, on: date) -> date:
    """When the pack of a duty was adopted. Whoever asks a law before it was adopted, or lives under
    it in an exercise, asks as if it had always been."""
    assert m.identity is not None
    pack = duty.norm.partition("/")[0]
    adopted = next(edition.adopted for edition in law.editions if edition.id == pack)
    return date.min if m.identity.pinned or adopted > on else adopted


def _begins(m: Municipality, duty: Duty, adopted: date) -> date:
    """The first day on which a municipality lives under the pack of a duty."""
    assert m.identity is not None
    pack = duty.norm.partition("/")[0]
    taken = [one.since for one in m.all(Charter) if one.model == pack]
    return max(m.identity.founded, adopted, min(taken, default=date.min))


def _opens(m: Municipality, law: Rulebook, duty: Duty, cause: Record, link: object) -> date | None:
    """The earliest lawful day; None where nobody says how long after the cause it is."""
    if isinstance(duty.opens, str):
        return _after(m, law, duty.opens, cause.since)
    return _day(link, duty, duty.opens) if duty.opens else cause.since


def _due(m: Municipality, law: Rulebook, duty: Duty, cause: Record, link: object) -> date | None:
    if duty.within:
        return _after(m, law, duty.within, cause.since)
    if duty.by:
        return _day(link, duty, duty.by)
    due = _line(cause, duty.on, duty)
    if not isinstance(due, date):
        raise LawFailed(f"the duty {duty.id} cannot be counted: {duty.on} is no day: {due!r}")
    return due


def _line(record: Record, name: str, duty: Duty) -> object:
    try:
        return getattr(record, name)
    except AttributeError:
        what = f"{type(record).__name__} has no line {name!r}"
        raise LawFailed(f"the duty {duty.id} cannot be counted: {what}") from None


def _day(year: object, duty: Duty, day: tuple[int, int]) -> date:
    if not isinstance(year, int):
        raise LawFailed(f"the duty {duty.id} cannot be counted: {year!r} is no year")
    return date(year + duty.years, *day)


def _after(m: Municipality, law: Rulebook, name: str, cause: date) -> date | None:
    """So long after a cause; None where nobody says how long."""
    found = _number(m, law, name, cause)
    return None if found is None else days_after(cause, found[0], found[1], COUNTRY)


def _times(m: Municipality, law: Rulebook, duty: Duty, on: date) -> int:
    """How often something is to be done; 0 where nobody says."""
    if not duty.times:
        return 1
    found = _number(m, law, duty.times, on)
    return 0 if found is None else found[0]


def _number(m: Municipality, law: Rulebook, name: str, on: date) -> tuple[int, str] | None:
    """A number and its unit, as law and charter have it; None where they do not, or where it hangs
    on a population that nobody said."""
    assert m.identity is not None
    try:
        value = charter.number(m, law, name, on)
    except Malformed:
        return None
    set_ = law.number(name, on, m.identity.kind, m.identity.population)
    return None if value is None or set_ is None else (value, set_.unit)
