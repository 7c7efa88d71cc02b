"""Reading registers: entries, and the municipality they tell, folded once and kept on.

The folded value is kept per process and carried on by new rows. It is checked by the last leaf, so
a register that was rolled back or replaced is folded anew. Views read it and leave it as it is, but
for notes of what was worked out of it (``Municipality.worked_out``), which are kept on the value.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from threading import RLock
from typing import Any

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

_COLUMNS = "r.id, r.country, r.origin, r.mirror_of, r.pinned"
_LAST = "(SELECT leaf FROM web_row w WHERE w.register_id = r.id ORDER BY n DESC LIMIT 1)"
# What pages show beside the registers, and what has no entry: it is only ever added to.
_WITHDRAWN = "(SELECT COUNT(*) FROM web_withdrawn x WHERE x.register_id = r.id)"
_COSIGNED = "(SELECT COALESCE(MAX(id), 0) FROM web_cosignature)"
_LOOK = f"SELECT r.slug, {_LAST}, {_WITHDRAWN}, {_COSIGNED}, {_COLUMNS} FROM web_register r"
# How many of these columns come before those of the register itself.
_BESIDE = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """How far registers had come when a page was asked for: by their addresses, each with the hash
    of its last entry and the number of attempts withdrawn there. ``state`` is another when any of
    them has grown, or was replaced, or became a copy or is none any more, or a witness has
    signed."""

    name: str
    # As the statement gives them: address, last leaf, withdrawn, cosigned, and the register itself.
    rows: Sequence[tuple[Any, ...]] = field(repr=False)

    @property
    def state(self) -> tuple[object, ...]:
        return tuple(self.rows)

    def of(self, slug: str) -> tuple[Any, ...] | None:
        """What was seen of the register at an address."""
        return next((row for row in self.rows if row[0] == slug), None)


_seen: ContextVar[Seen | None] = ContextVar("seen", default=None)


def look(name: str) -> Seen:
    """One statement for the register at an address and that of the country; for all of them at the
    empty address."""
    if name:
        found = run(f"{_LOOK} WHERE r.slug IN (%s, %s) ORDER BY r.slug", [name, COUNTRY])
    else:
        found = run(f"{_LOOK} ORDER BY r.slug")
    return Seen(name, found.fetchall())


@contextmanager
def seeing(seen: Seen) -> Iterator[None]:
    """While a page is made, its registers are not asked again how far they have come."""
    before = _seen.set(seen)
    try:
        yield
    finally:
        _seen.reset(before)


def told(register: Register) -> Municipality:
    """The municipality (or the country) as its register tells it now."""
    seen = _seen.get()
    with _lock:
        m, last = _told.get(register.pk) or (Municipality(), b"")
        if last and last == _last(seen, register):
            return m
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


def _last(seen: Seen | None, register: Register) -> bytes | None:
    row = seen.of(register.slug) if seen is not None else None
    return bytes(row[1] or b"") if row is not None else None


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
    seen = _seen.get()
    known = seen.of(slug) if seen is not None else None
    if known is not None:
        return _register(slug, *known[_BESIDE:])
    row = run(f"SELECT {_COLUMNS} FROM web_register r WHERE r.slug = %s", [slug]).fetchone()
    return None if row is None else _register(slug, *row)


def _register(
    slug: str, id_: int, country: bool, origin: str, mirror_of: str, pinned: str
) -> Register:
    return Register(
        id=id_,
        slug=slug,
        country=bool(country),
        origin=origin,
        mirror_of=mirror_of,
        pinned=pinned,
    )


def withdrawn(register: Register) -> int:
    """How many attempts were withdrawn at a register."""
    seen = _seen.get()
    known = seen.of(register.slug) if seen is not None else None
    if known is not None:
        return int(known[2])
    counted = "SELECT count(*) FROM web_withdrawn WHERE register_id = %s"
    return int(run(counted, [register.pk]).fetchone()[0])


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
    """The entries of some acts up to a day that were written last, in the order of their days, the
    newest first. Plain SQL, as above."""
    marks = ", ".join(["%s"] * len(acts))
    rows = run(
        f"SELECT n, data FROM web_row WHERE register_id = %s AND act IN ({marks}) "
        "AND held_on <= %s ORDER BY n DESC LIMIT %s",
        [register.pk, *acts, until, most],
    ).fetchall()
    found = [(n, read(data)) for n, data in rows]
    return sorted(found, key=lambda one: (one[1].held_on, one[0]), reverse=True)


def last_rows(register: Register, most: int) -> list[tuple[int, bytes]]:
    """Numbers and bytes of the last entries, the newest first. Plain SQL, as above."""
    rows: list[tuple[int, bytes]] = run(
        "SELECT n, data FROM web_row WHERE register_id = %s ORDER BY n DESC LIMIT %s",
        [register.pk, most],
    ).fetchall()
    return rows
