"""The public files of a register and of the root, out of the database.

One place gives every file of the layout that ``archive/export.py`` specifies, to the pages that
serve it live and to the export alike. What it gives is of one size, the one it was made at.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from kerege.archive.export import KEY, REGISTER
from kerege.archive.readme import readme
from kerege.register import proof, tiles
from kerege.web import keys, root
from kerege.web.appending import note_at
from kerege.web.models import (
    Document,
    Register,
    Rooted,
    RootHead,
    Rulebook,
)
from kerege.web.nodes import Leaves, RootLeaves
from kerege.web.statements import run

_NAMED = re.compile(r"(rulebooks|documents)/([0-9a-f]{64})")
# Rows asked of the database at a time.
_AT_ONCE = 4 * tiles.TILE_WIDTH
_ENTRIES = "SELECT data FROM web_row WHERE register_id = %s AND n >= %s AND n < %s ORDER BY n"
_NOTES = (
    "SELECT c.note FROM web_rooted r JOIN web_checkpoint c "
    "ON c.register_id = r.register_id AND c.size = r.size WHERE r.n >= %s AND r.n < %s ORDER BY r.n"
)

# The newest head, once for each line of a witness under it.
_HEAD = (
    "SELECT c.size, c.note, s.line FROM web_checkpoint c "
    "JOIN web_register r ON r.id = c.register_id "
    "LEFT JOIN web_cosignature s ON s.origin = r.origin AND s.size = c.size "
    "WHERE c.register_id = %s AND c.size = "
    "(SELECT MAX(size) FROM web_checkpoint WHERE register_id = c.register_id) ORDER BY s.id"
)
_COSIGNED = "SELECT line FROM web_cosignature WHERE origin = %s AND size = %s ORDER BY id"


class Public:
    """The files of one register."""

    def __init__(self, register: Register, head: Sequence[tuple[Any, ...]] | None = None) -> None:
        """``head``: what ``_HEAD`` gives, where it was asked with something else."""
        self.register = register
        rows = run(_HEAD, [register.pk]).fetchall() if head is None else head
        self.size: int = rows[0][0] if rows else 0
        self._note = bytes(rows[0][1]) if rows else b""
        self._lines = [line for *_, line in rows if line]

    def paths(self) -> Iterator[str]:
        """The path of every file of an export; partial tiles of the current size alone."""
        yield from ("README", KEY, "policy")
        if self.size:
            yield "checkpoint"
        yield from _tile_paths(self.size)
        yield REGISTER
        digests, hashes = self._named()
        for digest in sorted(Rulebook.objects.filter(pk__in=digests).values_list("pk", flat=True)):
            yield f"rulebooks/{digest}"
        for sha256 in sorted(_kept(hashes)):
            yield f"documents/{sha256}"
        if self._rooted is not None:
            yield from ("root/checkpoint", "root/key", "root/proof")

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None when there is no file of that path. Partial tiles of earlier
        sizes are there too."""
        if path in self._whole:
            return self._whole[path](self)
        if path.startswith("tile/"):
            return _tile(path, self.size, Leaves(self.register), self.entries)
        named = _NAMED.fullmatch(path)
        if named is None:
            return None
        if named[1] == "rulebooks":
            text = Rulebook.objects.filter(pk=named[2]).values_list("text", flat=True).first()
            return None if text is None else text.encode()
        data = Document.objects.filter(pk=named[2]).values_list("data", flat=True).first()
        return None if data is None else bytes(data)

    def entries(self, start: int, end: int) -> list[bytes]:
        """The entries from a number up to another, as their canonical bytes."""
        return _asked(_ENTRIES, [self.register.pk, start, end])

    def lines(self) -> Iterator[bytes]:
        """All entries in order, as their canonical bytes."""
        for start in range(0, self.size, _AT_ONCE):
            yield from self.entries(start, min(start + _AT_ONCE, self.size))

    def checkpoint(self) -> bytes | None:
        """The signed head with the lines of witnesses under it; None of a register without
        entries."""
        return _with_lines(self._note, self._lines) if self.size else None

    @property
    def witnessed(self) -> bool:
        """Whether the house has a policy on who cosigns this log."""
        return not self.register.mirror_of and _house_policy().exists()

    def policy(self) -> bytes:
        """The house's policy, with this log in the place of whatever logs it names."""
        return _policy(vkeys_of(self.register)[-1:], witnessed=self.witnessed)

    def _named(self) -> tuple[set[str], set[str]]:
        """The rulebooks and the papers that entries name."""
        digests, hashes = set(), set()
        for line in self.lines():
            said = orjson.loads(line)
            digests.add(said["digest"])
            hashes |= documents_of(said)
        return digests - {""}, hashes

    @cached_property
    def _rooted(self) -> tuple[int, int, "RootPublic"] | None:
        """Number in the root and size of the greatest checkpoint it has taken in, and the root."""
        found = (
            Rooted.objects.filter(register=self.register, size__lte=self.size)
            .order_by("-size")
            .values_list("n", "size")
            .first()
        )
        whole = RootPublic()
        return None if found is None or found[0] >= whole.size else (*found, whole)

    def _root(self, path: str) -> bytes | None:
        return None if self._rooted is None else self._rooted[2].read(path)

    def _proof(self) -> bytes | None:
        if self._rooted is None:
            return None
        n, size, whole = self._rooted
        leaf, head = note_at(self.register, size), whole.checkpoint()
        assert leaf is not None and head is not None
        hashes = tiles.inclusion_proof(RootLeaves(), n, whole.size)
        return proof.format(proof.Receipt(n, tuple(hashes), head, leaf))

    _whole = {
        "README": lambda self: readme().encode(),
        KEY: lambda self: _lines(vkeys_of(self.register)),
        "policy": policy,
        "checkpoint": checkpoint,
        REGISTER: lambda self: b"".join(line + b"\n" for line in self.lines()),
        "root/checkpoint": lambda self: self._root("checkpoint"),
        "root/key": lambda self: self._root(KEY),
        "root/proof": _proof,
    }


class RootPublic:
    """The files of the root: key, checkpoint and tiles; its entries are signed checkpoints."""

    def __init__(self) -> None:
        head = RootHead.objects.order_by("-size").values_list("size", "note").first()
        self.size: int = head[0] if head else 0
        self._note = bytes(head[1]) if head else b""

    def paths(self) -> Iterator[str]:
        """The path of every file; partial tiles of the current size alone."""
        if self.size:
            yield from (KEY, "checkpoint")
        yield from _tile_paths(self.size)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None when there is no file of that path."""
        if path == KEY and self.size:
            return root.keys_file()
        if path == "checkpoint":
            return self.checkpoint()
        return _tile(path, self.size, RootLeaves(), lambda start, end: _asked(_NOTES, [start, end]))

    def checkpoint(self) -> bytes | None:
        """The signed head with the lines of witnesses under it; None before there is one."""
        return cosigned(root.origin(), self.size, self._note) if self.size else None


def size_of(register: Register) -> int:
    """How many entries a register has under its last signed head."""
    row = run(
        "SELECT size FROM web_checkpoint WHERE register_id = %s ORDER BY size DESC LIMIT 1",
        [register.pk],
    ).fetchone()
    return row[0] if row else 0


def vkeys_of(register: Register) -> list[str]:
    """The keys of a register, the one it began with first."""
    return list(dict.fromkeys(key.vkey for key in keys.chain(register).all()))


def origins_of(register: Register) -> list[str]:
    """The names its log has had, the first one first: each admitted loss gave another."""
    return list(dict.fromkeys(key.name for key in keys.chain(register).all()))


def documents_of(said: Mapping[str, Any]) -> set[str]:
    """The papers that an entry names by their hash."""
    evidence = said["evidence"] or {}
    return {evidence.get("sha256"), said["fields"].get("document")} - {None, ""}


def cosigned(origin: str, size: int, note: bytes) -> bytes:
    """A checkpoint of a log with the lines of its witnesses under it."""
    return _with_lines(note, [line for (line,) in run(_COSIGNED, [origin, size]).fetchall()])


def _with_lines(note: bytes, lines: Sequence[str]) -> bytes:
    return note + "".join(line.rstrip("\n") + "\n" for line in lines).encode()


def _house_policy() -> Path:
    return Path(settings.DATA) / "policy"


def _policy(log: Sequence[str], *, witnessed: bool) -> bytes:
    logs = [f"log {vkey}" for vkey in log]
    # Witnesses are the house's own: of a log that is only followed they say nothing.
    said = _house_policy().read_text("utf-8").splitlines() if witnessed else ["quorum none"]
    return _lines([*logs, *(line for line in said if line.split()[:1] != ["log"])])


def _kept(hashes: set[str]) -> Iterator[str]:
    """Those of some papers that are kept here."""
    every = sorted(hashes)
    for start in range(0, len(every), 500):
        part = every[start : start + 500]
        yield from Document.objects.filter(pk__in=part).values_list("pk", flat=True)


def _tile_paths(size: int) -> Iterator[str]:
    for level, index, width in tiles.tiles_of(size):
        yield tiles.tile_path(level, index, width)
        if not level:
            yield tiles.entries_path(index, width)


def _tile(path, size: int, source: tiles.Hashes, entries) -> bytes | None:
    try:
        level, index, width = tiles.read_path(path)
    except tiles.TileError:
        return None
    start = index * tiles.TILE_WIDTH
    if start + width > size >> (8 * (level or 0)):
        return None
    if level is None:
        return tiles.bundle(entries(start, start + width))
    return tiles.tile_hashes(source, level, index, width)


def _asked(sql: str, said: list) -> list[bytes]:
    return [bytes(one) for (one,) in run(sql, said).fetchall()]


def _lines(said: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in said).encode()
