"""Whole som of all records that are not ended, summed as they come and end."""

from collections.abc import Iterable

from kerege.municipality.record import Record, Sum


class Sums:
    """Sums of records by what they are summed for (``Sum.sums``). Whoever adds a record, or makes
    one begin or end to hold, says so."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._of: dict[tuple[object, ...], int] = {}
        self._ended: set[tuple[type[Sum], int]] = set()
        for record in records:
            if isinstance(record, Sum):
                self.add(record)

    def add(self, record: Sum) -> None:
        if record.until is None:
            self._count(record, record.amount)
        else:
            self._ended.add((type(record), record.entry))

    def turned(self, record: Sum) -> None:
        one = type(record), record.entry
        if record.until is not None and one not in self._ended:
            self._ended.add(one)
            self._count(record, -record.amount)
        elif record.until is None and one in self._ended:
            self._ended.remove(one)
            self._count(record, record.amount)

    def of(self, *what: object) -> int:
        return self._of.get(what, 0)

    def _count(self, record: Sum, amount: int) -> None:
        for what in record.sums():
            self._of[what] = self._of.get(what, 0) + amount
