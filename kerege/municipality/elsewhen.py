"""What a register knows, on other days, of what is wanting for an act of a year: a draft that came
out only later, a hearing that served an earlier budget."""

from dataclasses import dataclass
from datetime import date

from kerege.municipality.municipality import Municipality
from kerege.municipality.record import Ending, Record


@dataclass(frozen=True, slots=True)
class Elsewhen:
    """What an entry left behind. ``ended`` is how it is over by the day that was asked for; None of
    what began only after it."""

    record: Record
    ended: Ending | None = None
    # The act that ended it.
    ended_by: str = ""


def elsewhen(m: Municipality, act: str, year: int, on: date) -> Elsewhen | None:
    """What acts of a name have left behind for a year, where nothing of it holds on a day: the
    first that came later, else the last that is over by the act of another entry."""
    found = [one for one in m.left_by_acts(act) if getattr(one, "year", None) == year]
    if any(one.holds(on) for one in found):
        return None
    later = min((one for one in found if one.since > on), key=_age, default=None)
    if later is not None:
        return Elsewhen(later)
    for one in sorted(found, key=_age, reverse=True):
        for ending in one.endings:
            if ending.by is not None and ending.holds(on):
                return Elsewhen(one, ending, m.acts[ending.by])
    return None


def _age(one: Record) -> tuple[date, int]:
    return one.since, one.entry
