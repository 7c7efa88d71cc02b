"""Which of some records hold on a day, remembered for all the days on which it is the same."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from kerege.municipality.record import Record

R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class Timeline(Generic[R]):
    """Records in the order of entry. Between two days on which one of them begins or ends the
    answer is the same; whoever changes one of them says so (``turned``)."""

    records: list[R] = field(default_factory=list)
    # Days on which one of them turns, and who holds between two of these; None when not known.
    _known: tuple[list[date], dict[int, Sequence[R]]] | None = field(default=None, compare=False)

    def add(self, record: R) -> None:
        self.records.append(record)
        self._known = None

    def turned(self) -> None:
        self._known = None

    def on(self, day: date) -> Sequence[R]:
        """Those that hold on a day, in the order of entry."""
        known = self._known
        if known is None:
            turns = {turn for record in self.records for turn in record.turns()}
            known = self._known = (sorted(turns), {})
        at = bisect_right(known[0], day)
        held = known[1].get(at)
        if held is None:
            held = known[1][at] = tuple(record for record in self.records if record.holds(day))
        return held
