"""What other places have of our registers: exports, mirrors and live copies named by
``KEREGE_MIRRORS``.

``ask_elsewhere`` asks them for the last head they know when something starts that may sign; what is
beyond ours, or of another history, stops signing (``heads.py``). ``ahead`` reads what a place has
beyond what is here, and holds it against our keys; ``catching_up.py`` takes it in.
"""

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Thread

from django.conf import settings

from kerege.archive import signed
from kerege.archive.history import BUNDLES
from kerege.archive.signed import KEY_ACTS, Keys
from kerege.archive.source import Source, open_source
from kerege.register import checkpoint, merkle, tiles
from kerege.register.checkpoint import Checkpoint
from kerege.register.merkle import Frontier
from kerege.register.note import NOTE_LIMIT, NoteError
from kerege.register.tiles import TILE_WIDTH, TileError
from kerege.web import heads, keys
from kerege.web.appending import frontier_at
from kerege.web.importing import NotTaken
from kerege.web.keys import Locked
from kerege.web.models import Register
from kerege.web.nodes import Leaves
from kerege.web.public import size_of

logger = logging.getLogger(__name__)

PATIENCE = 5.0
"""The most seconds that whatever starts waits for other places, all together."""

_MOST_OF_A_BUNDLE = TILE_WIDTH * 65_537


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
    """What a place has beyond what is here; None when that is nothing. Raises NotTaken
    (other_register, altered, bad_signature, bad_key_change, missing_file, unreadable) or
    Unreadable."""
    note = source.read("checkpoint", NOTE_LIMIT)
    if note is None:
        raise NotTaken(
            "missing_file",
            "there is no checkpoint (it is the folder of an export, or the address of a log)",
        )
    try:
        head = signed.stated(note)
    except NoteError as error:
        raise NotTaken("unreadable", f"its checkpoint cannot be read: {error}") from error
    own = mine.keys.first.name
    if head.origin != own and not head.origin.startswith(f"{own}/"):
        raise NotTaken("other_register", f"this is another register, {head.origin}")
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
                try:
                    _hold_against(register, one.place, one.found)
                except OSError:
                    logger.exception("%s cannot be compared with %s", register.slug, one.place)


def ask(register: Register, mine: Here, patience: float) -> list["_Asked"]:
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
