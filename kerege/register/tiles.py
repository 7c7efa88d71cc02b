"""The tree and the entries as files that never change. Format: c2sp.org/tlog-tiles@v0.1.0.

    checkpoint                   the signed note
    tile/0/x001/234/067          hashes of the entries 256 by 256, 32 raw bytes each
    tile/1/004.p/17              level 1: hashes over full tiles of level 0; 17 hashes so far
    tile/entries/x001/234/067    the same 256 entries, each after its length in two bytes,
                                 the greater byte first

A full tile has 256 hashes; only the last of a level has fewer, and then its path says how many
after `.p/`. Level L holds the hashes of complete subtrees of 256**L entries, counted from 0. Tile
number N is written three digits a folder, with `x` before all but the last: 1234067 is
`x001/x234/067`. A path has one spelling and `read_path` takes no other.

Whoever keeps these hashes, in files, in a database or in memory, is a `Hashes`; roots and proofs
come out of it by reading at most two tiles a level, so at most 512 hashes for each factor of 256 in
the size.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from kerege.register.canonical import LEAF_LIMIT
from kerege.register.checkpoint import SIZE_LIMIT
from kerege.register.merkle import (
    EMPTY_ROOT,
    ProofError,
    consistency_ranges,
    inclusion_ranges,
    node_hash,
)
from kerege.register.merkle import root as subtree_root

TILE_WIDTH = 256
"""The hashes in a full tile, and the entries in a full bundle."""

LEVEL_LIMIT = 63
"""The highest level a path may name."""

_Span = tuple[int, int]

_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<number>(?:x[0-9]{3}/){0,6}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


class TileError(ValueError):
    """A path or a bundle that cannot be one of a register's files; the message says why."""


class Hashes(Protocol):
    """Whoever keeps the hashes of a tree's complete subtrees."""

    def hashes(self, level: int, start: int, end: int) -> Sequence[bytes]:
        """Return the 32-byte roots of subtrees `start` to `end` - 1, each of 256**level entries."""


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """Return the path of tile `index` (from 0) of `level` when it has `width` hashes."""
    if not 0 <= level <= LEVEL_LIMIT:
        raise TileError(f"there is no level {level}")
    return _path(str(level), index, width)


def entries_path(index: int, width: int = TILE_WIDTH) -> str:
    """Return the path of the bundle with the entries under tile `index` of level 0."""
    return _path("entries", index, width)


def read_path(path: str) -> tuple[int | None, int, int]:
    """Return level (None for a bundle of entries), index and width of a path.

    Raises `TileError` for any spelling that `tile_path` and `entries_path` do not write.
    """
    found = _PATH.fullmatch(path)
    if not found:
        raise TileError(f"{path!a} is no tile's path")
    level = None if found["level"] == "entries" else int(found["level"])
    index = int(re.sub("[x/]", "", found["number"]))
    width = int(found["width"] or TILE_WIDTH)
    again = entries_path(index, width) if level is None else tile_path(level, index, width)
    if again != path:
        raise TileError(f"{path!a} is written {again}")
    return level, index, width


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """Yield level, index and width of every tile of a tree of `size` entries, lowest level first.

    The bundles of entries are those of level 0.
    """
    for level in range(LEVEL_LIMIT + 1):
        full, width = divmod(size >> 8 * level, TILE_WIDTH)
        for index in range(full):
            yield level, index, TILE_WIDTH
        if width:
            yield level, full, width
        if not full:
            return


def tile_hashes(source: Hashes, level: int, index: int, width: int = TILE_WIDTH) -> bytes:
    """Return the bytes of a tile's file, 32 for each of its `width` hashes.

    Raises `ProofError` when `source` has not so many.
    """
    if not 1 <= width <= TILE_WIDTH:
        raise TileError(f"a tile has 1 to {TILE_WIDTH} hashes, not {width}")
    start = index * TILE_WIDTH
    return b"".join(_read(source, level, start, start + width))


def bundle(entries: Sequence[bytes]) -> bytes:
    """Return the bytes of a bundle's file: 1 to 256 entries, each after its length."""
    if not 1 <= len(entries) <= TILE_WIDTH:
        raise TileError(f"a bundle has 1 to {TILE_WIDTH} entries, not {len(entries)}")
    if (longest := max(map(len, entries))) > LEAF_LIMIT:
        raise TileError(f"{longest} bytes; an entry has at most {LEAF_LIMIT}")
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def unbundle(data: bytes) -> list[bytes]:
    """Return the entries that `bundle` wrote. Raises `TileError` for any other bytes."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2])
        if at + 2 > len(data) or end > len(data):
            raise TileError(f"the bundle is cut off in its entry {len(entries)}")
        if len(entries) == TILE_WIDTH:
            raise TileError(f"more than {TILE_WIDTH} entries in the bundle")
        entries.append(data[at + 2 : end])
        at = end
    if not entries:
        raise TileError("the bundle is empty")
    return entries


def root(source: Hashes, size: int) -> bytes:
    """Return the root over the first `size` entries. Raises `ProofError`."""
    return _roots(source, [(0, size)])[0] if size else EMPTY_ROOT


def inclusion_proof(source: Hashes, index: int, size: int) -> list[bytes]:
    """Return what `merkle.check_inclusion` needs for entry `index`, from the leaf up.

    Raises `ProofError` unless 0 <= index < size, and when `source` lacks hashes.
    """
    return _roots(source, inclusion_ranges(index, size))


def consistency_proof(source: Hashes, old: int, new: int) -> list[bytes]:
    """Return what `merkle.check_consistency` needs. Raises `ProofError` unless 0 <= old <= new."""
    return _roots(source, consistency_ranges(old, new))


def _path(kind: str, index: int, width: int) -> str:
    if not 0 <= index <= SIZE_LIMIT:
        raise TileError(f"there is no tile {index}")
    if not 1 <= width <= TILE_WIDTH:
        raise TileError(f"a tile has 1 to {TILE_WIDTH} hashes, not {width}")
    *above, last = f"{index:,}".split(",")
    folders = [f"x{int(part):03}" for part in above]
    partial = "" if width == TILE_WIDTH else f".p/{width}"
    return "/".join(["tile", kind, *folders, f"{int(last):03}"]) + partial


def _read(source: Hashes, level: int, start: int, end: int) -> Sequence[bytes]:
    found = source.hashes(level, start, end)
    if len(found) != end - start or {*map(len, found)} != {32}:
        raise ProofError(f"hashes {start} to {end - 1} of level {level} are not all known")
    return found


def inclusion_spans(index: int, size: int) -> list[tuple[int, int, int]]:
    """Return what `inclusion_proof` asks of its source: level, first and last (excluded) hash, one
    span for each tile. Raises `ProofError` unless 0 <= index < size."""
    wanted = _spans(_composed(inclusion_ranges(index, size)))
    return [(level, *span) for (level, _), span in wanted.items()]


def _roots(source: Hashes, ranges: Sequence[tuple[int, int]]) -> list[bytes]:
    """Return the root over each range of entries, asking `source` once for each tile."""
    composed = _composed(ranges)
    wanted = _spans(composed)
    held = {tile: _read(source, tile[0], *span) for tile, span in wanted.items()}
    roots = []
    for parts in composed:
        subtrees = []
        for level, first, last in parts:
            tile = level, first // TILE_WIDTH
            least = wanted[tile][0]
            subtrees.append(_subtree(b"".join(held[tile][first - least : last - least])))
        *greater, reached = subtrees
        for left in reversed(greater):
            reached = node_hash(left, reached)
        roots.append(reached)
    return roots


# Of a tile that is still growing the same subtrees are asked for by one proof after another.
@lru_cache(maxsize=256)
def _subtree(hashes: bytes) -> bytes:
    return subtree_root([hashes[at : at + 32] for at in range(0, len(hashes), 32)])


def _composed(ranges: Sequence[tuple[int, int]]) -> list[list[tuple[int, int, int]]]:
    return [list(_complete(start, end)) for start, end in ranges]


def _spans(composed: Sequence[Sequence[tuple[int, int, int]]]) -> dict[tuple[int, int], _Span]:
    """Of each tile, as level and index, the hashes that are needed, from the least to the most."""
    wanted: dict[tuple[int, int], _Span] = {}
    for level, first, last in (part for parts in composed for part in parts):
        tile = level, first // TILE_WIDTH
        least, most = wanted.get(tile, (first, last))
        wanted[tile] = min(least, first), max(most, last)
    return wanted


def _complete(start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the complete subtrees that [start, end) is made of, the greatest first.

    Each as a level and the first and last (excluded) of its hashes there, all within one tile. A
    range of RFC 6962 begins at a multiple of its greatest subtree, so each subtree is aligned.
    """
    for height in range((end - start).bit_length() - 1, -1, -1):
        if (end - start) >> height & 1:
            level, within = divmod(height, 8)
            first = start >> 8 * level
            yield level, first, first + (1 << within)
            start += 1 << height
