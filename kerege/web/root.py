"""The one public root of an installation: a log of the signed checkpoints of all its registers.

A leaf is the signed note of a checkpoint, exactly as the register signed it. One sequencer
(``keeping.py``), on PostgreSQL whoever holds the advisory lock, takes in the latest checkpoints a
few times a second: no act waits for the root, and writers of different registers never wait for
each other.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from kerege.register import checkpoint, keyring, merkle, rotation
from kerege.register.note import Signer, sign
from kerege.web import copied, heads, keys
from kerege.web.heads import Behind
from kerege.web.keys import Locked
from kerege.web.models import Key, Register, RootHead
from kerege.web.nodes import ROOT, keep
from kerege.web.statements import run

# Any number, as long as nobody else uses it for something else.
_LOCK = 5_384_020_101


@lru_cache(maxsize=1)
def _began_as() -> str:
    """What the root signed first, and a new one's name by the name of the house."""
    first = RootHead.objects.order_by("size").first()
    if first is None:
        return f"{settings.NAME}/public-root"
    return bytes(first.note).decode().partition("\n")[0]


def origin() -> str:
    """The name of the root now: with ``/2``, ``/3`` … where it had to begin again."""
    first = _began_as()
    row = run(
        "SELECT origin FROM web_key WHERE substr(origin, 1, %s) = %s ORDER BY id DESC LIMIT 1",
        [len(first) + 1, f"{first}/"],
    ).fetchone()
    return row[0] if row else first


def bears(name: str) -> bool:
    """Whether a name is one that the root has, had or may come to have."""
    first = _began_as()
    return name == first or name.startswith(f"{first}/")


def keys_file() -> bytes:
    """The keys of the root, as ``register/keyring.py`` writes them."""
    first = _began_as()
    of_root = Q(origin=first) | Q(origin__startswith=f"{first}/")
    found = Key.objects.filter(of_root).order_by("pk").values_list("vkey", "statement")
    return keyring.write((vkey, bytes(said)) for vkey, said in found).encode()


def change_key() -> None:
    """Put a new key in the place of the root's; the old one says so. Raises Locked."""
    old = keys.signer(origin())
    new = Signer(old.name, keys.fresh())
    said = rotation.statement(old.name, old.verifier.vkey, new.verifier.vkey, "routine")
    keys.take_in(new, head()[0] + 1, sign(said, old))


def begin_again(*, same_key: bool) -> None:
    """Go on under another name: after an old copy was restored, or (with another key) when the key
    was lost or stolen. Registers sign what they are; the root only holds them together."""
    here, first = origin(), _began_as()
    number = 2 if here == first else int(here.rpartition("/")[2]) + 1
    # The copy may be older than an earlier beginning.
    while heads.known(f"{first}/{number}") is not None:
        number += 1
    seed = keys.signer(here).seed if same_key else keys.fresh()
    keys.take_in(Signer(f"{first}/{number}", seed), head()[0] + 1)


def is_behind() -> bool:
    """Whether more of the root was published than is here."""
    size, frontier = head()
    try:
        heads.hold(origin(), size, frontier.root(), _root_at)
    except heads.Behind:
        return True
    return False


def take_in(signed: Sequence[tuple[Register, int, bytes]]) -> None:
    """Append checkpoints (register, size, signed note) and sign the root over them."""
    if not signed:
        return
    copied.hold()
    size, frontier = head()
    here = origin()
    heads.hold(here, size, frontier.root(), _root_at)
    rows = []
    for register, of_size, note in signed:
        leaf = merkle.leaf_hash(note)
        keep(ROOT, size, frontier.append(leaf))
        rows.append([size, register.pk, of_size, leaf])
        size += 1
    signer = keys.signer(here) if size > len(signed) else keys.make_once(here)
    note = checkpoint.sign(checkpoint.Checkpoint(here, size, frontier.root()), signer)
    for row in rows:
        run("INSERT INTO web_rooted (n, register_id, size, leaf) VALUES (%s, %s, %s, %s)", row)
    run(
        "INSERT INTO web_roothead (size, frontier, note) VALUES (%s, %s, %s)",
        [size, frontier.to_hex(), note],
    )
    heads.publish(here, size, note)


def head() -> tuple[int, merkle.Frontier]:
    """The size of the root and its right edge."""
    row = run("SELECT size, frontier FROM web_roothead ORDER BY size DESC LIMIT 1").fetchone()
    return (row[0], merkle.Frontier.from_hex(row[1])) if row else (0, merkle.Frontier())


def _root_at(size: int) -> bytes | None:
    text = RootHead.objects.filter(size=size).values_list("frontier", flat=True).first()
    return merkle.Frontier.from_hex(text).root() if text else None


_LATE = (
    "SELECT r.id, (SELECT MAX(size) FROM web_rooted WHERE register_id = r.id), "
    "(SELECT MAX(size) FROM web_checkpoint WHERE register_id = r.id) "
    "FROM web_register r WHERE r.mirror_of = ''"
)


def late() -> set[tuple[int, int]]:
    """The registers that have signed more than the root knows: number, and the size it knows."""
    found = run(_LATE).fetchall()
    return {(id_, known or 0) for id_, known, signed in found if (known or 0) < (signed or 0)}


def stands_still(patience: float = 1.5) -> bool:
    """Whether the root takes in nothing of a register for so many seconds: nobody does it."""
    before = late()
    if before:
        time.sleep(patience)
    return bool(before & late())


def catch_up() -> int:
    """Take in the latest checkpoint of every register that the root does not know yet; returns how
    many. Only one process at a time does it."""
    # Asked a few times a second: writers are not held up for nothing.
    if not late():
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
                if not cursor.fetchone()[0]:
                    return 0
            cursor.execute(
                "SELECT c.register_id, c.size, c.note FROM web_register r "
                "JOIN web_checkpoint c ON c.register_id = r.id AND c.size = "
                "(SELECT MAX(size) FROM web_checkpoint WHERE register_id = r.id) "
                "LEFT JOIN web_rooted t ON t.register_id = r.id AND t.size = c.size "
                "WHERE r.mirror_of = '' AND t.n IS NULL ORDER BY c.register_id"
            )
            new = cursor.fetchall()
        registers = Register.objects.in_bulk([row[0] for row in new])
        take_in([(registers[id_], size, bytes(note)) for id_, size, note in new])
    return len(new)


def follow() -> None:
    """Take in what a command has signed, before it ends: no server may be running here. What keeps
    the root from it keeps nobody else; ``kerege keys`` and ``/healthz`` tell of it."""
    with suppress(Locked, Behind, OSError, DatabaseError):
        catch_up()
