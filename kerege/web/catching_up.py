"""Going on after an old copy was restored: what was published comes back, or its loss is admitted.

A database that is behind what its house has published signs nothing (``heads.py``). Whether it is,
other places know as well: ``KEREGE_MIRRORS`` names exports, mirrors and addresses of live copies,
which are asked when the server starts. There are two ways on. ``catch_up`` takes the missing
entries from such a place, once they lead from what is here to a head that this register's key has
signed. ``admit_loss`` says by an entry that they are gone, unless one of those places has them; the
register then goes on under another name, ``origin/2``, and what was published under the first one
stays true of it.

The root is held by nobody else entry by entry. Where it is behind, it begins again as ``root/2``
with its own key, and takes in the registers as they then are.
"""

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread

from django.conf import settings
from django.db import connection, transaction

from kerege.archive import signed
from kerege.archive.history import BUNDLES
from kerege.archive.signed import KEY_ACTS, Keys
from kerege.archive.source import Source, Unreadable, open_source
from kerege.municipality import keys as folded
from kerege.register import checkpoint, merkle, tiles
from kerege.register.canonical import canonical
from kerege.register.checkpoint import Checkpoint
from kerege.register.merkle import Frontier
from kerege.register.note import NOTE_LIMIT, NoteError, Signer
from kerege.register.tiles import TILE_WIDTH, TileError
from kerege.web import erasing, heads, keys, root
from kerege.web.appending import frontier_at, lock, root_at
from kerege.web.gate import Attempt, consider, kept_here
from kerege.web.heads import Behind
from kerege.web.importing import (
    NotTaken,
    losses_as_known,
    named,
    take_paper,
    take_rows,
    take_rulebook,
)
from kerege.web.importing import folded as foldable
from kerege.web.keys import Locked
from kerege.web.models import Register
from kerege.web.nodes import Leaves
from kerege.web.public import size_of
from kerege.web.registers import told
from kerege.web.rotating import attempted

logger = logging.getLogger(__name__)

PATIENCE = 5.0
"""The most seconds that a starting server waits for other places, all together."""

LONGER = 30.0
"""The same before a loss is admitted, which is for good."""

_MOST_OF_A_BUNDLE = TILE_WIDTH * 65_537


class NothingLost(ValueError):
    """The register is not behind what was published."""


class NotLost(ValueError):
    """A place that is named has the entries; the message says how to bring them back."""


@dataclass(frozen=True, slots=True)
class Here:
    """How far a register has come, for going on from."""

    size: int
    frontier: Frontier
    keys: Keys


@dataclass(frozen=True, slots=True)
class Ahead:
    """What another place has beyond that, signed and in one piece with it."""

    note: bytes
    head: Checkpoint
    entries: Sequence[bytes]
    keys: Keys


def here(register: Register) -> Here:
    """Raises Locked or NoteError."""
    size = size_of(register)
    return Here(size, frontier_at(register, size), keys.chain(register))


def ahead(mine: Here, source: Source) -> Ahead | None:
    """What a place has beyond what is here; None when that is nothing. Raises NotTaken (altered,
    bad_signature, bad_key_change, missing_file, unreadable) or Unreadable."""
    note = source.read("checkpoint", NOTE_LIMIT)
    if note is None:
        raise NotTaken("missing_file", "there is no checkpoint")
    try:
        head = signed.stated(note)
    except NoteError as error:
        raise NotTaken("unreadable", f"its checkpoint cannot be read: {error}") from error
    if head.size <= mine.size:
        return None
    entries = _entries(source, mine.size, head.size)
    frontier = Frontier.from_hex(mine.frontier.to_hex())
    chain = mine.keys
    for n, data in enumerate(entries, mine.size):
        frontier.append(merkle.leaf_hash(data))
        try:
            said = json.loads(data)
            if said["act"] in KEY_ACTS:
                chain.take(n, said["act"], said["fields"])
        except NoteError as error:
            raise NotTaken("bad_key_change", f"entry {n}: {error}") from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise NotTaken("unreadable", f"entry {n} cannot be read: {error}") from error
    if frontier.root() != head.root:
        raise NotTaken("altered", "its entries do not lead from those here to what it has signed")
    try:
        checkpoint.open_checkpoint(note, chain.at(head.size))
    except NoteError as error:
        raise NotTaken("bad_signature", error) from error
    return Ahead(note, head, entries, chain)


def _entries(source: Source, start: int, end: int) -> list[bytes]:
    found: list[bytes] = []
    for at in range(start // TILE_WIDTH, -(-end // TILE_WIDTH)):
        width = min(end - at * TILE_WIDTH, TILE_WIDTH)
        path = tiles.entries_path(at, width)
        data = source.read(path, _MOST_OF_A_BUNDLE)
        if data is None:
            raise NotTaken("missing_file", f"there is no {path}")
        try:
            bundled = tiles.unbundle(data)
        except TileError as error:
            raise NotTaken("unreadable", f"{BUNDLES}: {error}") from error
        if len(bundled) != width:
            raise NotTaken("unreadable", f"{path} has {len(bundled)} entries")
        found += bundled[max(start - at * TILE_WIDTH, 0) :]
    return found


def catch_up(register: Register, place: str) -> int:
    """Bring back the entries that a place has and this database has not; returns how many. Raises
    NotTaken, Unreadable or Locked, and then nothing is taken in."""
    source = open_source(place.replace("{slug}", register.slug))
    mine = here(register)
    beyond = ahead(mine, source)
    if beyond is None:
        return 0
    digests, papers = named(json.loads(data) for data in beyond.entries)
    rulebooks = {digest: source.read(f"rulebooks/{digest}") for digest in digests}
    documents = {digest: source.read(f"documents/{digest}") for digest in papers}
    with transaction.atomic():
        lock(register)
        if size_of(register) != mine.size:
            raise NotTaken("altered", "an entry was written meanwhile")
        take_rows(register, beyond.entries, beyond.note)
        for digest, data in rulebooks.items():
            take_rulebook(digest, data)
        for digest, data in documents.items():
            if data is not None:
                take_paper(digest, data)
        losses_as_known(foldable(register), beyond.keys.first.name)
        erasing.learn(register)
        _know_keys(register, beyond)
        heads.publish(register.origin, beyond.head.size, beyond.note)
    _root_catches_up()
    return len(beyond.entries)


def _know_keys(register: Register, beyond: Ahead) -> None:
    """Which key is in force after what came back. Of one that was made meanwhile the seed is gone
    with the database: then nothing is signed until it is changed."""
    key = beyond.keys.at(beyond.head.size)
    if keys.vkeys(key.name)[-1:] == [key.vkey]:
        return
    since = beyond.keys.since(key)
    try:
        own = Signer(key.name, keys.signer(register.origin).seed)
    except Locked:
        own = None
    if own is not None and own.verifier == key:
        keys.take_in(own, since)
    else:
        keys.without_seed(key, since)
    if register.origin != key.name:
        register.origin = key.name
        register.save(update_fields=["origin"])


def admit_loss(register: Register, reason: str) -> int:
    """Say openly that what was published is gone, and go on under another name; returns the number
    of the entry. Where that name was published as well, of a copy restored before, that is lost
    too, and an entry says so. Raises NothingLost, NotLost, Malformed or Locked."""
    _not_elsewhere(register)
    with transaction.atomic():
        lock(register)
        kept_here(register)
        m = told(register)
        if not behind(register):
            raise NothingLost(f"{register.origin} is not behind what was published")
        old, losses = keys.signer(register.origin), folded.losses(m)
        began = keys.began_as(register.origin, losses)
        attempts, name = [], register.origin
        while (last := heads.known(name)) is not None:
            said = {"known_size": last.size, "known_root": last.root.hex(), "reason": reason}
            attempts.append(attempted(register, "AdmitLoss", said))
            losses += 1
            name = folded.origin(began, losses)
        register.origin = name
        register.save(update_fields=["origin"])
        n = m.size + len(attempts) - 1
        signer = keys.take_in(Signer(name, old.seed), n + 1)
        if root.is_behind():
            root.begin_again(same_key=True)
        note = _sign(register, [_entry(register, one) for one in attempts], signer)
        heads.publish(name, n + 1, note)
        if connection.vendor == "sqlite":
            root.take_in([(register, n + 1, note)])
        return n


def _not_elsewhere(register: Register) -> None:
    """Raise NotLost where a place that is named has entries that are missing here. One that shows
    a greater head and not its entries keeps nobody waiting: that head is what was published."""
    if not settings.MIRRORS or register.mirror_of:
        return
    mine = here(register)
    for one in _ask(register, mine, LONGER):
        if one.found is None or signed.stated(one.found).size <= mine.size:
            continue
        try:
            beyond = ahead(mine, open_source(one.place))
        except (NotTaken, Unreadable) as error:
            logger.warning("%s does not give its entries: %s", one.place, error)
            continue
        if beyond is not None:
            raise NotLost(
                f"nothing was admitted: {one.place} has {beyond.head.size} entries of "
                f"{register.slug}, here are {mine.size}; bring them back: "
                f"kerege catch-up {register.slug} --from {one.place}"
            )


def _entry(register: Register, attempt: Attempt) -> bytes:
    # One after the other, but signed together: under a name that is lost nothing is signed again.
    return canonical(consider(register, attempt, datetime.now(UTC)).entry.json())


def _sign(register: Register, entries: Sequence[bytes], signer: Signer) -> bytes:
    """Write entries under one head, and sign it."""
    size = size_of(register)
    frontier = frontier_at(register, size)
    for data in entries:
        frontier.append(merkle.leaf_hash(data))
    head = Checkpoint(register.origin, size + len(entries), frontier.root())
    note = checkpoint.sign(head, signer)
    take_rows(register, entries, note)
    foldable(register)
    return note


def behind(register: Register) -> bool:
    """Whether more of a register was published than is here, or something else."""
    size = size_of(register)
    try:
        heads.hold(
            register.origin,
            size,
            root_at(register, size) or b"",
            lambda earlier: root_at(register, earlier),
        )
    except Behind:
        return True
    return False


def _root_catches_up() -> None:
    try:
        if root.is_behind():
            with transaction.atomic():
                root.begin_again(same_key=True)
        if connection.vendor == "sqlite":
            root.catch_up()
    except Locked:
        logger.warning("the root signs nothing until its key can be opened")


# -- when the server starts -----------------------------------------------------------------------


def ask_elsewhere(patience: float = PATIENCE) -> None:
    """Ask the places that are named for the last head they have of every register here, and
    remember it. Waits no longer than ``patience`` seconds, and what comes later is remembered when
    it comes; what fails is told in the log."""
    if not settings.MIRRORS:
        return
    asked = []
    for register in Register.objects.filter(mirror_of=""):
        try:
            asked.append((register, _started(register, here(register))))
        except (Locked, NoteError, RuntimeError):
            logger.exception("%s cannot be compared with other places", register.slug)
    until = time.monotonic() + patience
    for register, places in asked:
        for one in _answered(places, until):
            if one.found is not None:
                _hold_against(register, one.place, one.found)


def _ask(register: Register, mine: Here, patience: float) -> list["_Asked"]:
    return _answered(_started(register, mine), time.monotonic() + patience)


def _started(register: Register, mine: Here) -> list["_Asked"]:
    places = [place.replace("{slug}", register.slug) for place in settings.MIRRORS]
    asked = [_Asked(register, place, mine) for place in places]
    for one in asked:
        one.start()
    return asked


def _answered(asked: Sequence["_Asked"], until: float) -> list["_Asked"]:
    """Those that have answered by then; of the others the log tells."""
    answered = []
    for one in asked:
        one.join(max(until - time.monotonic(), 0))
        if one.is_alive() or one.failed:
            logger.warning("%s was not asked: %s", one.place, one.failed or "no answer in time")
        else:
            answered.append(one)
    return answered


def _hold_against(register: Register, place: str, note: bytes) -> None:
    """A head of ours that a place has, and that is not beyond what is here, is of this history;
    else two were signed, and nothing more is."""
    head = signed.stated(note)
    if head.size > size_of(register) or tiles.root(Leaves(register), head.size) == head.root:
        return
    logger.error("%s has another history of %s at %d", place, register.origin, head.size)
    # It takes the place of a greater head, which the database has as well.
    heads.path(register.origin).unlink(missing_ok=True)
    heads.write(register.origin, head.size, note)


class _Asked(Thread):
    """One place asked for one register; asks no database."""

    def __init__(self, register: Register, place: str, mine: Here) -> None:
        super().__init__(daemon=True)
        self.place, self._origin, self._mine = place, register.origin, mine
        self.found: bytes | None = None
        self.failed: Exception | None = None

    def run(self) -> None:
        try:
            found = _head_elsewhere(self._mine, open_source(self.place))
            size = signed.stated(found).size if found else 0
            if found and size > self._mine.size:
                heads.write(self._origin, size, found)
                logger.error("%s has %d entries of %s", self.place, size, self._origin)
            self.found = found
        # It came from outside: whatever it is, this place was not asked.
        except Exception as error:
            self.failed = error


def _head_elsewhere(mine: Here, source: Source) -> bytes | None:
    """The head a place has, if it is one that this register has signed."""
    note = source.read("checkpoint", NOTE_LIMIT) or b""
    try:
        size = min(signed.stated(note).size, mine.size)
        checkpoint.open_checkpoint(note, mine.keys.at(max(size, 1)))
    except NoteError:
        # The key may have been changed since: then the entries there lead to the one in force.
        beyond = ahead(mine, source)
        return None if beyond is None else beyond.note
    return note
