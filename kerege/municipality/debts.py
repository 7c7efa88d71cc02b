"""Debts: what brought each duty about in a register, by which day, and what was done about it.

A debt is told for all days; how it stands on one of them is the duty book's (``duties.py``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta

from kerege.constitution.duties import Duty
from kerege.constitution.edition import Edition, EditionError
from kerege.constitution.rulebook import LawFailed, Rulebook
from kerege.municipality import charter
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import Malformed
from kerege.municipality.record import Charter, Record


@dataclass(frozen=True, slots=True)
class Debt:
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

    def turns(self, m: Municipality) -> Iterator[date]:
        """The days on which what is owed of it can change."""
        yield self.since
        if self.due < date.max:
            yield self.due + timedelta(1)
        for record in (*((self.cause,) if self.cause else ()), *self.deeds):
            yield record.since
            if record.entry in m.annulled:
                yield m.annulled[record.entry][1]


def acts_of(duty: Duty) -> tuple[str, ...]:
    """The acts that bring a duty about and do it."""
    return (duty.after, duty.act) if duty.after else (duty.act,)


def debts(m: Municipality, law: Rulebook, duty: Duty, on: date) -> list[Debt]:
    """All that a duty ever brings about, as known in the year of a day; those that came by a cause
    in the order of its days. Raises LawFailed where it cannot be counted."""
    if m.identity is None:
        return []
    adopted = _adopted(m, law, duty, on)

    def found() -> list[Debt]:
        deeds = sorted(
            (r for r in m.left_by_acts(duty.act) if m.actors[r.entry].kind in duty.who),
            key=lambda r: (r.since, r.entry),
        )
        begins = _begins(m, duty, adopted)
        if duty.each:
            return [d for d in _yearly(m, law, duty, deeds, begins, on) if d.due >= begins]
        return [d for d in _caused(m, law, duty, deeds) if d.due >= begins]

    return m.worked_out(
        (law.digest, duty.id, on.year, adopted, m.identity), {Charter, *acts_of(duty)}, found
    )


def misspelt(edition: Edition) -> Iterator[EditionError]:
    """The lines by which duties of an edition read records, where no record has such a line."""
    known = {line.name for record in _records(Record) for line in fields(record)}
    written = edition.text.split("\n")
    for article in edition.articles.values():
        for duty in article.tables.duties:
            for name in filter(None, (duty.refers, duty.same, duty.on, *duty.only)):
                if name in known:
                    continue
                said = re.compile(rf"\b{re.escape(name)}\b")
                lines = enumerate(written[article.line :], start=article.line + 1)
                at = next((n for n, line in lines if said.search(line)), article.line)
                id_ = duty.id.partition("/")[2]
                reason = f"toml, duty: {id_}: no record has the line {name!r}"
                yield EditionError(edition.file, article.heading, at, reason)


def _records(kind: type[Record]) -> Iterator[type[Record]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _records(one)


def _adopted(m: Municipality, law: Rulebook, duty: Duty, on: date) -> date:
    """When the pack of a duty was adopted. Whoever asks a law before it was adopted, or lives under
    it in an exercise, asks as if it had always been."""
    assert m.identity is not None
    if not duty.norm:
        return date.min
    pack = duty.norm.partition("/")[0]
    adopted = next(edition.adopted for edition in law.editions if edition.id == pack)
    return date.min if m.identity.pinned or adopted > on else adopted


def _caused(m: Municipality, law: Rulebook, duty: Duty, deeds: list[Record]) -> Iterator[Debt]:
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
        yield Debt(duty, cause, link, year, cause.since, opens, due, times, done)


def _yearly(
    m: Municipality, law: Rulebook, duty: Duty, deeds: list[Record], begins: date, on: date
) -> Iterator[Debt]:
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
        since = _day(year, duty, (1, 1))
        yield Debt(duty, None, year, year, since, opens, due, times, tuple(done))


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
        raise _cannot(duty, f"{duty.on} is no day: {due!r}")
    return due


def _line(record: Record, name: str, duty: Duty) -> object:
    try:
        return getattr(record, name)
    except AttributeError:
        raise _cannot(duty, f"{type(record).__name__} has no line {name!r}") from None


def _day(year: object, duty: Duty, day: tuple[int, int]) -> date:
    if not isinstance(year, int):
        raise _cannot(duty, f"{year!r} is no year")
    try:
        return date(year + duty.years, *day)
    except (ValueError, OverflowError) as error:
        raise _cannot(duty, str(error)) from error


def _cannot(duty: Duty, reason: str) -> LawFailed:
    return LawFailed(f"the duty {duty.id} cannot be counted: {reason}")


def _after(m: Municipality, law: Rulebook, name: str, cause: date) -> date | None:
    """So long after a cause; None where nobody says how long."""
    try:
        found = charter.span(m, law, name, cause)
    except Malformed:
        # It hangs on a population that nobody said.
        return None
    return None if found is None else found.after(cause)


def _times(m: Municipality, law: Rulebook, duty: Duty, on: date) -> int:
    """How often something is to be done; 0 where nobody says."""
    if not duty.times:
        return 1
    try:
        return charter.number(m, law, duty.times, "times", on) or 0
    except Malformed:
        return 0
