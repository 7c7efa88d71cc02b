"""The day an act was done, against the day it is written down.

A day lies between the founding and today; what was there before the founding enters by TakeOver.
Real places show a paper for what is written down late; an exercise keeps its own time.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kerege.municipality.entry import Evidence
from kerege.municipality.municipality import Municipality
from kerege.municipality.problem import malformed

# A week off line is ordinary in a village; an act written down later than that is late.
LATE = timedelta(days=7)
BISHKEK = ZoneInfo("Asia/Bishkek")


def day_in_bishkek(moment: datetime) -> date:
    """The day it was in Bishkek at a moment, which is kept in UTC."""
    return moment.astimezone(BISHKEK).date()


def dated(
    m: Municipality,
    act: str,
    held_on: date,
    today: date,
    evidence: Evidence | None,
    *,
    exercise: bool = False,
) -> bool:
    """Whether an act of ``held_on`` is late today; ``exercise`` where it founds one. Raises
    Malformed when it cannot be of that day, or when it is late and has no paper."""
    if held_on > today:
        raise malformed("held_on", "day_in_future")
    if m.identity is not None and held_on < m.identity.founded and act != "TakeOver":
        raise malformed("held_on", "before_founding", day=m.identity.founded.isoformat())
    late = m.latest is not None and held_on < m.latest
    if exercise or (m.identity is not None and m.identity.exercise):
        return late
    late = late or held_on < today - LATE
    if late and evidence is None:
        raise malformed("evidence", "late_needs_evidence")
    return late
