"""Reading registers: entries, and the municipality they tell, folded once and kept on.

The folded value is kept per process and carried on by new rows. It is checked by the last leaf, so
a register that was rolled back or replaced is folded anew. Views read it and leave it as it is, but
for notes of what was worked out of it (``Municipality.worked_out``), which are kept on the value.
"""

import gc
from collections.abc import Iterable, Sequence
from datetime import date
from threading import RLock

import orjson

from kerege.municipality import entry as entries
from kerege.municipality.acts import ACTS
from kerege.municipality.entry import Entry
from kerege.municipality.fold import fold
from kerege.municipality.municipality import Municipality
from kerege.web.models import Register, Row
from kerege.web.statements import run

COUNTRY = "kg"

_told: dict[int, tuple[Municipality, bytes]] = {}
_lock = RLock()


def told(register: Register) -> Municipality:
    """The municipality (or the country) as its register tells it now."""
    with _lock:
        m, last = _told.get(register.pk) or (Municipality(), b"")
        rows = following(register, m.size, last)
        if rows is None:
            m, rows = Municipality(), _rows(register, 0)
        if rows:
            # Forgotten first: a fold that fails half way must not be carried on.
            _told.pop(register.pk, None)
            carry_on(m, [data for data, _ in rows])
            last = bytes(rows[-1][1])
        _told[register.pk] = (m, last)
        return m


def carry_on(m: Municipality, rows: Sequence[bytes]) -> Municipality:
    """Fold rows of our own on to a value."""
    # Nothing folded becomes garbage, so looking for garbage meanwhile is a third of the work.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return fold((read(data) for data in rows), ACTS, m, ours=True)
    finally:
        if collecting:
            gc.enable()


def following(register: Register, size: int, last: bytes) -> list[tuple[bytes, bytes]] | None:
    """Data and leaf of the entries after the first ``size``, of which the last had that leaf; None
    where this is no longer the register that had it."""
    # The last row known is read again with the new ones.
    rows = _rows(register, size - 1 if size else 0)
    if not size:
        return rows
    return rows[1:] if rows and bytes(rows[0][1]) == last else None


def _rows(register: Register, first: int) -> list[tuple[bytes, bytes]]:
    """Data and leaf of the entries from a number on. Plain SQL: every page asks this."""
    rows: list[tuple[bytes, bytes]] = run(
        "SELECT data, leaf FROM web_row WHERE register_id = %s AND n >= %s ORDER BY n",
        [register.pk, first],
    ).fetchall()
    return rows


def read(data: bytes | memoryview) -> Entry:
    """An entry from its canonical bytes."""
    return entries.kept(orjson.loads(data))


def find(slug: str) -> Register | None:
    """The register at an address. Plain SQL: every page asks this."""
    row = run(
        "SELECT id, country, origin, mirror_of, pinned FROM web_register WHERE slug = %s", [slug]
    ).fetchone()
    if row is None:
        return None
    id_, is_country, origin, mirror_of, pinned = row
    return Register(
        id=id_,
        slug=slug,
        country=bool(is_country),
        origin=origin,
        mirror_of=mirror_of,
        pinned=pinned,
    )


def country() -> Register:
    """The country register; raises Register.DoesNotExist before there is one."""
    found = find(COUNTRY)
    if found is None:
        raise Register.DoesNotExist(COUNTRY)
    return found


def entry_of(register: Register, n: int) -> Entry | None:
    row = Row.objects.filter(register=register, n=n).values_list("data", flat=True).first()
    return read(row) if row is not None else None


def entries_of(register: Register, numbers: Iterable[int]) -> dict[int, Entry]:
    rows = Row.objects.filter(register=register, n__in=list(numbers)).values_list("n", "data")
    return {n: read(data) for n, data in rows}


def latest(
    register: Register, acts: Sequence[str], until: date, most: int
) -> list[tuple[int, Entry]]:
    """The last entries of some acts up to a day, the newest first. Plain SQL, as above."""
    marks = ", ".join(["%s"] * len(acts))
    rows = run(
        f"SELECT n, data FROM web_row WHERE register_id = %s AND act IN ({marks}) "
        "AND held_on <= %s ORDER BY n DESC LIMIT %s",
        [register.pk, *acts, until, most],
    ).fetchall()
    return [(n, read(data)) for n, data in rows]
