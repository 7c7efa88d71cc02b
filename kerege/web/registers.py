"""Reading registers: entries, and the municipality they tell, folded once and kept on.

The folded value is kept per process and carried on by new rows. It is checked by the last leaf, so
a register that was rolled back or replaced is folded anew. Views read it and leave it as it is.
"""

import json
from collections.abc import Iterable
from threading import RLock

from kerege.municipality import entry as entries
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry
from kerege.municipality.fold import fold
from kerege.municipality.municipality import Municipality
from kerege.web.models import Register, Row

COUNTRY = "kg"

_told: dict[int, tuple[Municipality, bytes]] = {}
_lock = RLock()


def told(register: Register) -> Municipality:
    """The municipality (or the country) as its register tells it now."""
    with _lock:
        m, last = _told.get(register.pk, (Municipality(), b""))
        after = m.size - 1 if m.size else 0
        rows = list(
            Row.objects.filter(register=register, n__gte=after)
            .order_by("n")
            .values_list("data", "leaf")
        )
        if m.size:
            if not rows or bytes(rows[0][1]) != last:
                m, rows = Municipality(), list(
                    Row.objects.filter(register=register).order_by("n").values_list("data", "leaf")
                )
            else:
                rows = rows[1:]
        if rows:
            # Forgotten first: a fold that fails half way must not be carried on.
            _told.pop(register.pk, None)
            fold((read(data) for data, _ in rows), ACTS, m)
            last = bytes(rows[-1][1])
        _told[register.pk] = (m, last)
        return m


def read(data: bytes | memoryview) -> Entry:
    """An entry from its canonical bytes."""
    return entries.read(json.loads(bytes(data)))


def country() -> Register:
    return Register.objects.get(slug=COUNTRY)


def entry_of(register: Register, n: int) -> Entry | None:
    row = Row.objects.filter(register=register, n=n).values_list("data", flat=True).first()
    return read(row) if row is not None else None


def entries_of(register: Register, numbers: Iterable[int]) -> dict[int, Entry]:
    rows = Row.objects.filter(register=register, n__in=list(numbers)).values_list("n", "data")
    return {n: read(data) for n, data in rows}
