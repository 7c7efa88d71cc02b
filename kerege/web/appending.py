"""Appending to a log: entry, leaf, tree and signed checkpoint in the transaction of the caller.

Plain SQL: this is what every act waits for. The root takes in the new checkpoint a moment later
(``web/keeping.py``). Nobody is told of a checkpoint before it is committed.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from kerege.register import checkpoint, merkle, tiles
from kerege.register.note import Signer
from kerege.web import copied, heads, keys, replaced
from kerege.web.models import Register
from kerege.web.nodes import Leaves, keep
from kerege.web.statements import run

_LOCK = "SELECT id FROM web_register WHERE id = %s FOR NO KEY UPDATE"
_HEAD = "SELECT frontier FROM web_checkpoint WHERE register_id = %s AND size = %s"
_NOTE = "SELECT note FROM web_checkpoint WHERE register_id = %s AND size = %s"
INSERT_ROW = (
    "INSERT INTO web_row (register_id, n, uid, act, held_on, standing, data, leaf) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)
INSERT_CHECKPOINT = (
    "INSERT INTO web_checkpoint (register_id, size, frontier, note) VALUES (%s, %s, %s, %s)"
)


def lock(register: Register) -> None:
    """One writer at a time for each register, and nobody else held up: rows that point at it are
    inserted meanwhile. SQLite has only one writer as it is. Raises Replaced."""
    if connection.vendor == "postgresql":
        run(_LOCK, [register.pk])
    else:
        replaced.hold()


def append(
    register: Register,
    n: int,
    data: bytes,
    *,
    uid: str,
    act: str,
    held_on: date,
    standing: str,
    beside: Iterable[Signer] = (),
) -> bytes:
    """Insert entry ``n`` and sign the register that holds it; returns the signed note. ``beside``
    sign too: a key that is being replaced. Raises Behind, Locked or DatabaseError."""
    copied.hold()
    frontier = frontier_at(register, n)
    if n:
        heads.hold(register.origin, n, frontier.root(), lambda size: root_at(register, size))
    else:
        heads.hold(register.origin, 0, b"", lambda size: None)
    leaf = merkle.leaf_hash(data)
    ended = frontier.append(leaf)
    head = checkpoint.Checkpoint(register.origin, n + 1, frontier.root())
    note = checkpoint.sign(head, keys.signer(register.origin), *beside)
    run(INSERT_ROW, [register.pk, n, uid, act, held_on, standing, data, leaf])
    run(INSERT_CHECKPOINT, [register.pk, n + 1, frontier.to_hex(), note])
    keep(register.pk, n, ended)
    heads.publish(register.origin, n + 1, note)
    return note


def frontier_at(register: Register, size: int) -> merkle.Frontier:
    """The right edge of a register's tree at a size it has signed."""
    if not size:
        return merkle.Frontier()
    row = run(_HEAD, [register.pk, size]).fetchone()
    if row is None:
        raise RuntimeError(f"register {register.slug} has no checkpoint at size {size}")
    return merkle.Frontier.from_hex(row[0])


def root_at(register: Register, size: int) -> bytes | None:
    """The root of a register at a size it has had, signed or not; None at any other. Of entries
    that were taken in together only the last size was signed."""
    try:
        return tiles.root(Leaves(register), size) if size else None
    except (LookupError, merkle.ProofError):
        return None


def note_at(register: Register, size: int) -> bytes | None:
    """The checkpoint a register signed at a size."""
    row = run(_NOTE, [register.pk, size]).fetchone()
    return bytes(row[0]) if row else None
