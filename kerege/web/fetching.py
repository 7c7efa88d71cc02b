"""Fetching a register that is kept elsewhere: head, tree, new entries, and what these name.

Whatever is read here was said by somebody else; whether it holds, ``mirroring.py`` asks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from kerege.archive import law_of_release, signed
from kerege.archive.documents import MOST_OF_A_PAPER
from kerege.archive.found_wrong import FoundWrong
from kerege.archive.measured import WHOLE, Measured
from kerege.archive.source import Source, Unreadable, open_source
from kerege.municipality import entry
from kerege.register import canonical, tiles
from kerege.register.canonical import LEAF_LIMIT
from kerege.register.checkpoint import Checkpoint
from kerege.register.note import NOTE_LIMIT, NoteError, Verifier
from kerege.web.importing import NotTaken, named
from kerege.web.models import Rulebook

WIDTH = tiles.TILE_WIDTH
_SHA256 = re.compile("[0-9a-f]{64}")
_MOST_OF_A_BUNDLE = WIDTH * (LEAF_LIMIT + 2)


@dataclass(frozen=True, slots=True)
class There:
    """A register elsewhere, as it says it is: nothing of it is checked yet."""

    place: str
    source: Source
    note: bytes
    head: Checkpoint
    first: Verifier


def look(place: str) -> There:
    """The head and the first key of a register elsewhere. Raises Unreadable or NotTaken."""
    source = Measured(open_source(place), WHOLE)
    head, key = source.read("checkpoint", NOTE_LIMIT), source.read("key", NOTE_LIMIT)
    if head is None or key is None:
        lacking = "checkpoint" if head is None else "key"
        raise Unreadable(f"{place} has no {lacking}: this is no register")
    try:
        first = Verifier.from_vkey(key.decode().split("\n")[0])
        there = There(place, source, head, signed.stated(head), first)
        source.check_whole(there.head)
        return there
    except (NoteError, UnicodeDecodeError) as error:
        raise NotTaken("unreadable", f"its checkpoint or its key: {error}") from error


def entries(source: Source, start: int, size: int) -> Iterator[bytes]:
    """The entries of a register elsewhere from a number up to its size, out of the bundles that
    hold them. Raises Unreadable or NotTaken."""
    for index in range(start // WIDTH, -(-size // WIDTH)):
        first = index * WIDTH
        path = tiles.entries_path(index, min(size - first, WIDTH))
        data = source.read(path, _MOST_OF_A_BUNDLE)
        if data is None:
            raise NotTaken("missing_file", f"there is no {path}")
        try:
            found = tiles.unbundle(data)
        except tiles.TileError as error:
            raise NotTaken("bad_tile", f"{path}: {error}") from error
        if len(found) != min(size - first, WIDTH):
            raise NotTaken("bad_tile", f"{path} has {len(found)} entries")
        yield from found[max(start - first, 0) :]


class TilesOf:
    """The tree of a register elsewhere, out of its tiles."""

    def __init__(self, there: There) -> None:
        self._source, self._size = there.source, there.head.size
        self._kept: dict[tuple[int, int], bytes] = {}

    def hashes(self, level: int, start: int, end: int) -> list[bytes]:
        index = start // WIDTH
        if (level, index) not in self._kept:
            width = min(WIDTH, (self._size >> 8 * level) - index * WIDTH)
            path = tiles.tile_path(level, index, width)
            data = self._source.read(path, WIDTH * 32)
            if data is None:
                raise NotTaken("missing_file", f"there is no {path}")
            if len(data) != width * 32:
                raise NotTaken("bad_tile", f"{path} has {len(data)} bytes")
            self._kept[level, index] = data
        found = self._kept[level, index]
        first = index * WIDTH
        return [found[at * 32 : at * 32 + 32] for at in range(start - first, end - first)]


@dataclass(slots=True)
class New:
    """What was fetched and is in no table yet: nothing of it is checked but hashes."""

    entries: Path
    rulebooks: dict[str, bytes | None]
    papers: dict[str, Path]
    remarks: list[str]


def fetch(there: There, had: int, folder: Path) -> New:
    """Fetch what comes after the first ``had`` entries; laid down in ``folder``. Raises Unreadable
    or NotTaken."""
    said = []
    with (folder / "entries").open("wb") as file:
        for data in entries(there.source, had, there.head.size):
            file.write(len(data).to_bytes(2) + data)
            said.append(_names_of(data))
    digests, hashes = named(said)
    new = New(folder / "entries", {}, {}, [])
    for digest in digests:
        if not Rulebook.objects.filter(pk=digest).exists():
            path = f"rulebooks/{digest}"
            book = there.source.read(path) if _SHA256.fullmatch(digest) else None
            new.rulebooks[digest] = book
            if book is not None and not law_of_release.came_with(book):
                note = FoundWrong("other_rulebook", slots={"digest": digest}, kind="note")
                new.remarks.append(str(note))
    for one in hashes:
        paper = there.source.read(f"documents/{one}", MOST_OF_A_PAPER)
        if paper is None:
            continue
        if sha256(paper).hexdigest() != one:
            # The entries hold without it, and name its hash to whoever has the right one.
            new.remarks.append(f"left out: what is there as the paper {one} is another")
            continue
        new.papers[one] = folder / one
        new.papers[one].write_bytes(paper)
    return new


def _names_of(data: bytes) -> dict[str, Any]:
    """What of an entry must be fetched beside it; of what is no entry nothing."""
    try:
        one = entry.read(canonical.read(data))
    except (ValueError, RecursionError):
        return {"digest": "", "evidence": None, "fields": {}}
    document = one.fields.get("document")
    paper = one.evidence.sha256 if one.evidence is not None else ""
    return {
        "digest": one.digest,
        "evidence": {"sha256": paper if _SHA256.fullmatch(paper) else ""},
        "fields": {"document": document if _is_hash(document) else None},
    }


def _is_hash(said: object) -> bool:
    return isinstance(said, str) and _SHA256.fullmatch(said) is not None


def spooled(file: IO[bytes]) -> Iterator[bytes]:
    """The entries that ``fetch`` wrote to a file."""
    while length := file.read(2):
        yield file.read(int.from_bytes(length))
