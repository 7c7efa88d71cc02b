"""When a record held, looked at afterwards: what ended it, and the stretches of days it held on."""

from datetime import date

from kerege.municipality.record import Ending, Record


def ended(record: Record) -> Ending | None:
    """The ending by which it holds no more: the earliest, and of one day the one that an
    earlier entry brought. None where it was not ended, or its term had run out before."""
    open_ = [ending for ending in record.endings if ending.until is None]
    first = min(open_, key=lambda one: (one.since, one.by or 0), default=None)
    return first if first is not None and first.since == record.until else None


def stretches(record: Record) -> list[tuple[date, date | None]]:
    """The days on which it holds, each stretch as its first day and the day from which it holds
    no more: more than one where what had ended it was annulled."""
    found: list[tuple[date, date | None]] = []
    begun: date | None = None
    for day in sorted(set(record.turns())):
        if record.holds(day):
            begun = begun or day
        elif begun is not None:
            found.append((begun, day))
            begun = None
    return [*found, (begun, None)] if begun is not None else found
