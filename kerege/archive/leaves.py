"""The tree over the entries of a register that is being read."""

from collections.abc import Sequence
from itertools import zip_longest

from kerege.register import merkle, tiles
from kerege.register.checkpoint import Checkpoint
from kerege.register.tiles import TILE_WIDTH


class Leaves:
    """The tree over some entries, growing: ``tiles.Hashes`` over what was taken in."""

    def __init__(self) -> None:
        self._leaves = bytearray()
        self._above: list[list[bytes]] = []

    @property
    def size(self) -> int:
        return len(self._leaves) // 32

    def append(self, leaf: bytes) -> None:
        self._leaves += leaf
        full, level = self.size, 0
        while full % TILE_WIDTH == 0:
            full //= TILE_WIDTH
            top = merkle.root(self.hashes(level, (full - 1) * TILE_WIDTH, full * TILE_WIDTH))
            if level == len(self._above):
                self._above.append([])
            self._above[level].append(top)
            level += 1

    def hashes(self, level: int, start: int, end: int) -> Sequence[bytes]:
        if level:
            return self._above[level - 1][start:end] if level <= len(self._above) else []
        kept = self._leaves
        return [bytes(kept[at : at + 32]) for at in range(start * 32, min(end * 32, len(kept)), 32)]

    def leaf(self, n: int) -> bytes:
        return bytes(self._leaves[n * 32 : n * 32 + 32])

    def root(self, size: int) -> bytes:
        return tiles.root(self, size)

    def bears(self, head: Checkpoint) -> bool:
        """Whether these entries, or the first of them, are what a checkpoint says."""
        return head.size <= self.size and self.root(head.size) == head.root

    def first(self, size: int) -> "Leaves":
        """The same over the first entries only."""
        copy = Leaves()
        for n in range(size):
            copy.append(self.leaf(n))
        return copy

    def first_other(self, other: "Leaves", size: int) -> int:
        """The first entry within ``size`` that is another one there, ``size`` if there is none."""
        for start in range(0, size, TILE_WIDTH):
            end = min(start + TILE_WIDTH, size)
            pairs = zip_longest(self.hashes(0, start, end), other.hashes(0, start, end))
            for n, (left, right) in enumerate(pairs, start):
                if left != right:
                    return n
        return size

    def in_another_order(self, other: "Leaves", start: int, end: int) -> bool:
        """Whether both have the same entries there, in whatever order."""
        return sorted(self.hashes(0, start, end)) == sorted(other.hashes(0, start, end))
