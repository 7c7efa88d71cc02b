"""What holds between the entries of one register, whatever they say.

Ids are unique, an entry rests on earlier ones only, a municipality is founded by its first entry
and never again, and what was written later was recorded later, and not in the future. In an
exercise, where days are played through, the clock says nothing of the order.
"""

from datetime import UTC, datetime, timedelta

from kerege.archive.found_wrong import Report
from kerege.archive.signed import AHEAD
from kerege.municipality.entry import Entry

FOUND = "Found"


class InOrder:
    """Takes the entries of one register in their order."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._ids: dict[str, int] = {}
        self._last: datetime | None = None
        self._exercise = False
        self._latest = datetime.now(UTC) + timedelta(seconds=AHEAD)
        self._ahead = False

    def take(self, n: int, entry: Entry) -> None:
        if entry.id in self._ids:
            self._report.found("twice", n, first=self._ids[entry.id])
        self._ids.setdefault(entry.id, n)
        if any(not 0 <= base < n for base in entry.rests_on):
            self._report.found("rests_on_later", n)
        if n == 0:
            self._exercise = entry.act == FOUND and entry.fields.get("exercise") is True
            if entry.act == FOUND:
                self._report.place = entry.fields
        elif entry.act == FOUND:
            self._report.found("founded_twice", n)
        if self._last is not None and entry.recorded_at < self._last and not self._exercise:
            self._report.found("clock_set_back", n)
        self._last = entry.recorded_at
        # Once: whatever comes after it is recorded later still.
        if entry.recorded_at > self._latest and not self._ahead:
            self._ahead = True
            self._report.note("recorded_ahead", n, moment=f"{entry.recorded_at:%Y-%m-%d %H:%M} UTC")
