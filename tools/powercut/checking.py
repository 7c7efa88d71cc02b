"""What a house finds when it opens its database after a fault, held against what it had said.

Only the ``sqlite3`` module reads it, so nothing the house itself might mend or hide is relied on.
Table by table: rows and checkpoints of each register, the root over the checkpoints where the house
keeps one, and what the house remembers beside the database of what it published (``heads/``).
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock

from django.conf import settings

from kerege.register import merkle
from kerege.register.checkpoint import Checkpoint, parse
from kerege.register.note import NoteError, Verifier, open_note
from kerege.web import heads

DATABASE = "kerege.sqlite3"
_ONE_HOUSE = Lock()


@dataclass(frozen=True, slots=True)
class Said:
    """An acknowledgement, see ``acting``."""

    origin: str
    n: int
    uid: str
    data: str
    note: str
    root_size: int
    root: str


def said(line: str) -> Said:
    origin, n, uid, data, note, size, root = line.split(" ")
    return Said(origin, int(n), uid, data, note, int(size), root)


@dataclass(slots=True)
class Finding:
    """``lost`` acknowledged acts are not there; ``forked`` entries or checkpoints are not those the
    world was shown; ``broken`` says why the database cannot be relied on, "" if it can; ``stuck``
    says why the house would not go on although nothing is lost."""

    lost: int = 0
    forked: int = 0
    broken: str = ""
    stuck: str = ""
    uids: set[str] = field(default_factory=set)

    @property
    def good(self) -> bool:
        return not (self.lost or self.forked or self.broken or self.stuck)

    @property
    def said(self) -> str:
        return self.broken or self.stuck or f"{self.lost} lost, {self.forked} forked"


class Broken(Exception):
    """The database contradicts itself."""


@dataclass(slots=True)
class Log:
    """One log as it was found."""

    entries: list[tuple[bytes, bytes]]  # what was hashed, and the leaf kept beside it
    uids: list[str]
    notes: dict[int, bytes]

    def goes_on(self, was: "Log") -> bool:
        """Whether this begins as ``was`` did, as far as it goes, under the same checkpoints."""
        held = min(len(self.entries), len(was.entries))
        return self.entries[:held] == was.entries[:held] and all(
            self.notes.get(size) == note for size, note in was.notes.items() if size <= held
        )


class Checker:
    """Knows the keys, and what stood there when the traced writer began."""

    def __init__(self, data: Path) -> None:
        base = sqlite3.connect(data / DATABASE)
        try:
            self.keys, self.before = _keys(base), _logs(base)
        finally:
            base.close()
        self.edges = {}
        for origin, log in self.before.items():
            edge = self.edges[origin] = merkle.Frontier()
            for hashed, _ in log.entries:
                edge.append(merkle.leaf_hash(hashed))
        # A signature once found good is good in every image.
        self.verified: set[tuple[str, bytes]] = set()

    def check(self, data: Path, acks: Iterable[Said]) -> Finding:
        try:
            return self._held(data, acks)
        except (sqlite3.Error, Broken, NoteError, ValueError) as error:
            return Finding(broken=f"{type(error).__name__}: {error}")

    def _held(self, data: Path, acks: Iterable[Said]) -> Finding:
        base = sqlite3.connect(data / DATABASE, isolation_level=None)
        try:
            answer = base.execute("PRAGMA integrity_check").fetchall()
            if answer != [("ok",)]:
                raise Broken(f"integrity: {answer[0][0]}")
            logs = _logs(base)
        finally:
            base.close()
        finding = Finding()
        for origin, log in logs.items():
            self._consistent(origin, log)
            finding.uids |= set(log.uids)
        root = logs.get(_root(logs))
        for origin, was in self.before.items():
            now = logs.get(origin, Log([], [], {}))
            finding.lost += max(len(was.entries) - len(now.entries), 0)
            finding.forked += not now.goes_on(was)
        for one in acks:
            log = logs.get(one.origin)
            rooted = not one.root_size or (root is not None and one.root_size in root.notes)
            if log is None or one.n >= len(log.entries) or not rooted:
                finding.lost += 1
                continue
            shown = (log.uids[one.n], _digest(log.entries[one.n][0]), _digest(log.notes[one.n + 1]))
            finding.forked += shown != (one.uid, one.data, one.note)
            if one.root_size and root is not None:
                finding.forked += _digest(root.notes[one.root_size]) != one.root
        finding.stuck = _stuck(data, logs)
        return finding

    def _consistent(self, origin: str, log: Log) -> None:
        """As many entries as the last checkpoint says, its root over them, its signature good."""
        frontier, start = merkle.Frontier(), 0
        was = self.before.get(origin)
        if was is not None and log.entries[: len(was.entries)] == was.entries:
            edge = self.edges[origin]
            frontier, start = merkle.Frontier(edge.size, list(edge.hashes)), edge.size
        for n, (hashed, leaf) in enumerate(log.entries[start:], start):
            if leaf != merkle.leaf_hash(hashed):
                raise Broken(f"{origin}: leaf {n} is not of its entry")
            frontier.append(leaf)
        size = max(log.notes, default=0)
        if size != len(log.entries):
            raise Broken(f"{origin}: {len(log.entries)} entries, signed {size}")
        if size:
            head = self._opened(origin, log.notes[size])
            if head != Checkpoint(origin, size, frontier.root()):
                raise Broken(f"{origin}: the signed checkpoint is not over these entries")

    def _opened(self, origin: str, note: bytes) -> Checkpoint:
        if (origin, note) not in self.verified:
            open_note(note, self.keys[origin])
            self.verified.add((origin, note))
        return _unsigned(note)


def _root(logs: dict[str, Log]) -> str:
    return next((origin for origin in logs if origin.endswith("/public-root")), "")


def _stuck(data: Path, logs: dict[str, Log]) -> str:
    """Why the house would refuse to sign: what it remembers is not what the database has."""
    try:
        for origin, log in logs.items():
            head = _remembered(data, origin)
            noted = log.notes.get(head.size) if head else None
            if head and (noted is None or head != _unsigned(noted)):
                return f"{origin} was published with {head.size}, here are {len(log.entries)}"
    except Exception as error:  # whatever stops the house stops it
        return f"{type(error).__name__}: {error}"
    return ""


def _remembered(data: Path, origin: str) -> Checkpoint | None:
    """What the house itself reads there; it knows one data directory at a time."""
    with _ONE_HOUSE:
        if not settings.configured:
            settings.configure()
        kept, settings.DATA = getattr(settings, "DATA", None), data
        try:
            return heads.known(origin)
        finally:
            settings.DATA = kept


def _unsigned(note: bytes) -> Checkpoint:
    return parse(note.decode().partition("\n\n")[0] + "\n")


def _keys(base: sqlite3.Connection) -> dict[str, list[Verifier]]:
    keys: dict[str, list[Verifier]] = defaultdict(list)
    for origin, vkey in base.execute("SELECT origin, vkey FROM web_key ORDER BY id"):
        keys[origin].append(Verifier.from_vkey(vkey))
    return keys


def _logs(base: sqlite3.Connection) -> dict[str, Log]:
    """Every log in the database by its origin, the root among them."""
    logs, by_id = {}, {}
    for key, origin in base.execute("SELECT id, origin FROM web_register"):
        logs[origin] = by_id[key] = Log([], [], {})
    for key, n, uid, data, leaf in base.execute(
        "SELECT register_id, n, uid, data, leaf FROM web_row ORDER BY register_id, n"
    ):
        log = by_id[key]
        if n != len(log.entries):
            raise Broken(f"entry {len(log.entries)} is missing before {n}")
        log.entries.append((bytes(data), bytes(leaf)))
        log.uids.append(uid)
    for key, size, note in base.execute("SELECT register_id, size, note FROM web_checkpoint"):
        by_id[key].notes[size] = bytes(note)
    root = Log([], [], {})
    for n, key, size, leaf in base.execute(
        "SELECT n, register_id, size, leaf FROM web_rooted ORDER BY n"
    ):
        if n != len(root.entries) or size not in by_id[key].notes:
            raise Broken(f"the root's leaf {n} is of no checkpoint, or one before it is missing")
        root.entries.append((by_id[key].notes[size], bytes(leaf)))
        root.uids.append(f"{key}/{size}")
    for size, note in base.execute("SELECT size, note FROM web_roothead"):
        root.notes[size] = bytes(note)
    if root.notes:
        logs[_unsigned(root.notes[max(root.notes)]).origin] = root
    return logs


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
