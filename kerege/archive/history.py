"""The entries of a register in every form it gives them, and which of these was signed.

An export says its history three times: line by line, in bundles of entries, and as hashes in
tiles. All must agree, and be what the checkpoint says. Where they do not, the one that the
checkpoint bears out tells what was done to the others: entries changed, put in another order, cut
off at the end.
"""

import json
from collections.abc import Iterator

from kerege.archive.found_wrong import Report
from kerege.archive.leaves import Leaves
from kerege.archive.source import REGISTER, Source, Unreadable
from kerege.register import merkle, tiles
from kerege.register.canonical import LEAF_LIMIT
from kerege.register.checkpoint import Checkpoint
from kerege.register.tiles import TILE_WIDTH, TileError

BUNDLES, HASHES = "tile/entries", "tile/0"
# A bundle of 256 of the longest entries.
MOST_OF_A_BUNDLE = TILE_WIDTH * (LEAF_LIMIT + 2)


class History:
    """Reads the entries once and hashes them in every form; ``head`` is what the checkpoint says,
    None where there is none, and ``believed`` whether a key that is known signed it: if not, its
    size is not gone by, and nothing is fetched from a server that may never end."""

    def __init__(self, source: Source, head: Checkpoint | None, believed: bool = True) -> None:
        self._source, self._head = source, head
        self._believed = believed and head is not None
        self.leaves = Leaves()
        # In the bundles, from the first entry on that is another there.
        self._bundled: Leaves | None = None
        self._hashed: Leaves | None = None
        # Where the register file cannot be read any further, and why.
        self.broken: tuple[int, str] | None = None
        # Files that a checkpoint makes necessary and that are not there or not readable.
        self._lacking: dict[str, str] = {}
        self.file = REGISTER
        # The first entry of either form, as bytes.
        self.firsts: dict[str, bytes] = {}

    def read(self) -> Iterator[tuple[int, bytes]]:
        """The entries by number, from the register file or else from the bundles."""
        if self._source.live and not self._believed:
            return
        lines = self._source.lines()
        entries = self._from_file(lines) if lines is not None else self._from_bundles()
        chunk: list[bytes] = []
        for n, entry in enumerate(entries):
            if self._head is not None and self._source.live and n == self._head.size:
                # The register has grown since its checkpoint was fetched.
                break
            if n == 0:
                self.firsts[self.file] = entry
            self.leaves.append(merkle.leaf_hash(entry))
            yield n, entry
            if lines is not None and self._head is not None:
                chunk.append(entry)
                if len(chunk) == TILE_WIDTH:
                    self._compare(n // TILE_WIDTH, chunk)
                    chunk = []
        if lines is not None and self._head is not None:
            at = self.leaves.size // TILE_WIDTH
            # A folder ends somewhere; a server whose entries end short may send hashes for ever.
            on = self._believed and not self._source.live
            while chunk or (on and at * TILE_WIDTH < self._head.size):
                # Behind a bundle that is not there nothing can be placed.
                if not self._compare(at, chunk):
                    break
                chunk, at = [], at + 1

    # -- the forms ------------------------------------------------------------------------

    def _from_file(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        for n, line in enumerate(lines):
            if not line.endswith(b"\n"):
                # A line is read no further than an entry can go.
                long = len(line) > LEAF_LIMIT
                why = f"more than {LEAF_LIMIT} bytes" if long else "the line is cut off"
                self.broken = n, why
                return
            yield line[:-1]

    def _from_bundles(self) -> Iterator[bytes]:
        self.file = BUNDLES
        if self._head is None:
            raise Unreadable(f"{REGISTER} cannot be read: there is no such file")
        for at in range(-(-self._head.size // TILE_WIDTH)):
            found = self._bundle(at)
            if not found:
                if not at:
                    raise Unreadable(f"{REGISTER} cannot be read: there is no such file")
                return
            yield from found

    def _bundle(self, at: int) -> list[bytes]:
        """The entries of one bundle; none where it cannot be had, which is kept in mind."""
        assert self._head is not None
        width = min(self._head.size - at * TILE_WIDTH, TILE_WIDTH)
        if width < 1:
            return []
        path = tiles.entries_path(at, width)
        data = self._source.read(path, MOST_OF_A_BUNDLE)
        if data is None and width < TILE_WIDTH:
            # A server need not keep a partial one once it is full.
            data = self._source.read(tiles.entries_path(at), MOST_OF_A_BUNDLE)
        if data is None:
            self._lacking[path] = ""
            return []
        try:
            found = tiles.unbundle(data)
            if len(found) > width == self._head.size - at * TILE_WIDTH and self._source.live:
                found = found[:width]
        except TileError as error:
            self._lacking[path] = str(error)
            return []
        if len(found) != width:
            self._lacking[path] = f"{len(found)} entries, not {width}"
        return found

    def _compare(self, at: int, chunk: list[bytes]) -> bool:
        """Take in the bundle that holds the same entries as a chunk of the register file, if it is
        there."""
        found = self._bundle(at)
        if not found:
            return False
        if at == 0:
            self.firsts[BUNDLES] = found[0]
        if self._bundled is None:
            if found == chunk[: len(found)]:
                return True
            self._bundled = self.leaves.first(at * TILE_WIDTH)
        # A bundle that is gone leaves a gap: what comes after it cannot be placed.
        if self._bundled.size == at * TILE_WIDTH:
            for entry in found:
                self._bundled.append(merkle.leaf_hash(entry))
        return True

    def _read_tiles(self, report: Report) -> None:
        """Compare the tiles of hashes with the entries; the lowest are kept where they differ."""
        assert self._head is not None
        lowest: list[bytes] = []
        same = True
        for level, index, width in tiles.tiles_of(self._head.size):
            path = tiles.tile_path(level, index, width)
            beyond = index << 8 * (level + 1) >= max(self.leaves.size, 1)
            if beyond and (self._source.live or not self._believed):
                return
            data = read_tile(self._source, level, index, width)
            if data is None or len(data) != width * 32:
                self._lacking[path] = "" if data is None else f"{len(data)} bytes"
                lowest, same = [], False
                if beyond:
                    return
                continue
            start = index * TILE_WIDTH
            expected = b"".join(self.leaves.hashes(level, start, start + width))
            if data != expected and level and same:
                report.found("bad_tile", file=path)
            if not level:
                same = same and data == expected
                if len(lowest) == start:
                    lowest += [data[at : at + 32] for at in range(0, len(data), 32)]
        if not same and len(lowest) == self._head.size:
            self._hashed = Leaves()
            for leaf in lowest:
                self._hashed.append(leaf)

    # -- what was done to them ---------------------------------------------------------------

    def judge(self, report: Report) -> Leaves | None:
        """Tell how the forms differ; returns the tree that the checkpoint bears out, if any."""
        head = self._head
        if head is None or (self._source.live and not self._believed):
            return None
        self._read_tiles(report)
        others = {BUNDLES: self._bundled, HASHES: self._hashed}
        known = {file: leaves for file, leaves in others.items() if leaves is not None}
        known = {self.file: self.leaves, **known}
        true = next((leaves for leaves in known.values() if leaves.bears(head)), None)
        if true is None and self.leaves.size < head.size:
            report.found("truncated", self.leaves.size, file=self.file, size=head.size)
        elif true is None:
            self._tell_unborne(report)
        else:
            for file, leaves in known.items():
                if leaves is not true:
                    self._tell(report, file, leaves, true)
            if self.leaves.size > head.size:
                report.found("unsigned", head.size, file=self.file, size=head.size)
        if len(self._lacking) < 10 or true is not None:
            for path, why in [*self._lacking.items()][:10]:
                code = "bad_tile" if why else "missing_file"
                report.found(code, file=path)
        return true

    def _tell(self, report: Report, file: str, leaves: Leaves, true: Leaves) -> None:
        assert self._head is not None
        size = self._head.size
        n = leaves.first_other(true, size)
        if n == size:
            return
        if n == 0 and self._another_register():
            report.found("other_register", file=file)
        elif n == leaves.size:
            report.found("truncated", n, file=file, size=size)
        elif leaves.size >= size and leaves.in_another_order(true, n, size):
            report.found("reordered", n, file=file)
        else:
            report.found("altered", n, file=file)

    def _tell_unborne(self, report: Report) -> None:
        """No form is what was signed. Where two of them differ, that is where it was changed."""
        assert self._head is not None
        other = self._hashed or self._bundled
        if self._another_register():
            report.found("other_register", file=self.file)
        elif other is None:
            report.found("altered", file=self.file)
        else:
            self._tell(report, self.file, self.leaves, other)

    def _another_register(self) -> bool:
        """Whether the forms begin with the founding of two different places."""
        firsts = {*self.firsts.values()}
        if len(firsts) < 2 or not all(b'"act":"Found"' in first for first in firsts):
            return False
        return len({code for code in map(_code, firsts) if code}) > 1


def _code(first: bytes) -> str:
    """The code of the unit that a first entry founds; empty where it cannot be read."""
    try:
        return str(json.loads(first)["fields"]["code"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""


def read_tile(source: Source, level: int, index: int, width: int) -> bytes | None:
    """The hashes of a tile; a server need not keep a partial one once it is full."""
    data = source.read(tiles.tile_path(level, index, width), TILE_WIDTH * 32)
    if data is None and width < TILE_WIDTH:
        data = source.read(tiles.tile_path(level, index), TILE_WIDTH * 32)
        return None if data is None else data[: width * 32]
    return data
