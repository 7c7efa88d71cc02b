"""A tree of which some entries were read again, with their own hashes in the place of those that it
says it has."""

from collections.abc import Sequence

from kerege.register import merkle
from kerege.register.merkle import ProofError
from kerege.register.tiles import TILE_WIDTH, Hashes


class Rehashed:
    """``tiles.Hashes`` over what ``take`` was given, entry after entry up to the last, and before
    its first one over what ``tree`` says. Where the root over all of them is the signed one, every
    entry taken is the one that was signed, whatever else the tree says: no hash that is false
    leads there."""

    def __init__(self, tree: Hashes) -> None:
        self._tree = tree
        self._start = 0
        self._leaves: list[bytes] = []

    def take(self, n: int, data: bytes) -> None:
        """The next entry, or any as the first."""
        if not self._leaves:
            self._start = n
        self._leaves.append(merkle.leaf_hash(data))

    def hashes(self, level: int, start: int, end: int) -> Sequence[bytes]:
        """Raises ProofError for those that neither was given."""
        return [self._one(level, at) for at in range(start, end)]

    def _one(self, level: int, at: int) -> bytes:
        if (at + 1) << 8 * level <= self._start:
            (said,) = self._tree.hashes(level, at, at + 1) or [b""]
            if len(said) != 32:
                raise ProofError(f"hash {at} of level {level} is not known")
            return said
        if level:
            return merkle.root(self.hashes(level - 1, at * TILE_WIDTH, (at + 1) * TILE_WIDTH))
        if at - self._start >= len(self._leaves):
            raise ProofError(f"entry {at} was not read")
        return self._leaves[at - self._start]

    def first_other(self) -> int | None:
        """The first entry taken of which the tree itself says another hash; None where it says the
        same of all of them."""
        for n, leaf in enumerate(self._leaves, self._start):
            (said,) = self._tree.hashes(0, n, n + 1) or [b""]
            if said not in (leaf, b""):
                return n
        return None
