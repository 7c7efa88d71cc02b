"""The Merkle tree over a register's entries, after RFC 6962 section 2.1.

    leaf  = SHA-256(0x00 || entry)
    node  = SHA-256(0x01 || left || right)
    root of no entry       = SHA-256("")
    root of one entry      = its leaf
    root of n > 1 entries  = node(root of the first k, root of the rest),
                             k the greatest power of two below n

Hashes are 32 raw bytes and entries count from 0. An inclusion proof lists the sibling hashes from
the leaf up; a consistency proof lists the hashes that lead from an older root to a newer one.

Proving and checking come in pairs. Both climb from a subtree to the root by `_steps`, so a proof
has one shape; `inclusion_ranges` and `consistency_ranges` say which entries each of its hashes
covers. A prover raises `ProofError` when asked about entries it was not given; a checker returns
None, or raises `ProofError` when the proof fails. In the loops that hash, `node_hash` is written
out, because a register is read and checked by the million.

A `Frontier` is stored as hexadecimal text: 16 digits of size, then 64 for each subtree hash, the
greatest subtree first; the bits set in the size say how many there are and how great each is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count

EMPTY_ROOT = sha256(b"").digest()
"""The root of a register without entries. It is never signed: see `checkpoint`."""


class ProofError(ValueError):
    """A proof that does not hold, or that cannot be given; the message says why."""


def leaf_hash(data: bytes) -> bytes:
    """Return the 32-byte hash of an entry's bytes."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32-byte hash over two neighbouring subtrees."""
    return sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """Return the root over all `leaf_hashes`, in time linear in their number."""
    level = list(leaf_hashes) or [EMPTY_ROOT]
    while len(level) > 1:
        above = [
            sha256(b"\x01" + left + right).digest()
            for left, right in zip(level[::2], level[1::2], strict=False)
        ]
        # A last node without neighbour rises unchanged; that gives RFC 6962's uneven split.
        level = above + level[-1:] if len(level) % 2 else above
    return level[0]


@dataclass
class Frontier:
    """The right edge of a growing tree: all that an append and a root need, in at most 64 hashes.

    `size` counts entries; `hashes` are those of the complete subtrees, greatest first.
    """

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    def append(self, leaf_hash: bytes) -> list[bytes]:
        """Add one entry, in place; returns the roots of the complete subtrees it ends, of 1, 2, 4 …
        entries. Raises `ValueError` when its leaf hash has not 32 bytes."""
        if len(leaf_hash) != 32:
            raise ValueError(f"a leaf hash has 32 bytes, not {len(leaf_hash)}")
        full, hashes, ended = self.size, self.hashes, [leaf_hash]
        while full & 1:
            leaf_hash = sha256(b"\x01" + hashes.pop() + leaf_hash).digest()
            ended.append(leaf_hash)
            full >>= 1
        hashes.append(leaf_hash)
        self.size += 1
        return ended

    def root(self) -> bytes:
        """Return the root over the entries appended so far."""
        *greater, reached = self.hashes or [EMPTY_ROOT]
        for left in reversed(greater):
            reached = node_hash(left, reached)
        return reached

    def to_hex(self) -> str:
        """Return the text to be kept in a database row: 16 characters, and 64 a subtree."""
        return f"{self.size:016x}" + b"".join(self.hashes).hex()

    @classmethod
    def from_hex(cls, text: str) -> "Frontier":
        """Return the frontier `to_hex` wrote. Raises `ValueError` for any other text."""
        if not re.fullmatch(r"[0-9a-f]{16}(?:[0-9a-f]{64})*", text):
            raise ValueError("not a frontier: 16 digits of size and 64 for each hash are expected")
        size, kept = int(text[:16], 16), bytes.fromhex(text[16:])
        hashes = [kept[at : at + 32] for at in range(0, len(kept), 32)]
        if len(hashes) != size.bit_count():
            raise ValueError(f"{len(hashes)} hashes for a frontier of size {size}")
        return cls(size, hashes)


class Tree:
    """A tree in memory that keeps the root of every complete subtree, for proofs in short time.

    It takes 64 bytes an entry and answers as `tiles.Hashes` does.
    """

    def __init__(self, leaf_hashes: Iterable[bytes] = ()) -> None:
        # Of each height, the roots of the subtrees of 2**height entries, from the left.
        self._heights: list[list[bytes]] = [[]]
        self.extend(leaf_hashes)

    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self._heights[0])

    def extend(self, leaf_hashes: Iterable[bytes]) -> None:
        """Add entries, the faster the more there are."""
        self._heights[0].extend(leaf_hashes)
        for height in count():
            row, end = self._heights[height], len(self._heights[height]) // 2
            if not end:
                return
            if height + 1 == len(self._heights):
                self._heights.append([])
            above = self._heights[height + 1]
            start = 2 * len(above)
            above += [
                sha256(b"\x01" + left + right).digest()
                for left, right in zip(row[start : 2 * end : 2], row[start + 1 :: 2], strict=True)
            ]

    def root(self, size: int) -> bytes:
        """Return the root over the first `size` entries."""
        return self._roots(size, [(0, size)])[0] if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int) -> list[bytes]:
        """Return what the function `inclusion_proof` does."""
        return self._roots(size, inclusion_ranges(index, size))

    def consistency_proof(self, old: int, new: int) -> list[bytes]:
        """Return what the function `consistency_proof` does."""
        return self._roots(new, consistency_ranges(old, new))

    def hashes(self, level: int, start: int, end: int) -> list[bytes]:
        """Return the roots of the complete subtrees `start` to `end` - 1 of 256**level entries."""
        return self._heights[8 * level][start:end] if 8 * level < len(self._heights) else []

    def _roots(self, size: int, ranges: Sequence[tuple[int, int]]) -> list[bytes]:
        if size > self.size:
            raise ProofError(f"only {self.size} of {size} entries are known")
        heights, found = self._heights, []
        for start, end in ranges:
            height = (end - start).bit_length() - 1
            if end - start == 1 << height:
                found.append(heights[height][start >> height])
            else:
                found.append(self._edge(start, end))
        return found

    def _edge(self, start: int, end: int) -> bytes:
        """Return the root over a range that is no complete subtree but a row of them, the greatest
        first."""
        row = []
        while start < end:
            height = (end - start).bit_length() - 1
            row.append(self._heights[height][start >> height])
            start += 1 << height
        reached = row.pop()
        for left in reversed(row):
            reached = sha256(b"\x01" + left + reached).digest()
        return reached


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """Return the entries [start, end) under each hash of an inclusion proof, in proof order.

    A store that keeps subtree hashes reads those instead of every leaf. Raises `ProofError` unless
    0 <= index < size. Source: PATH in RFC 6962 section 2.1.1.
    """
    _check_index(index, size)
    return _siblings(index, 0, size)


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """Return the proof that entry `index` is among the first `size` of `leaf_hashes`."""
    return _roots(leaf_hashes, size, inclusion_ranges(index, size))


def check_inclusion(
    leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that entry `index` of the tree with this `size` and `root` has this `leaf_hash`."""
    _check_index(index, size)
    apart, above = _steps(index, size - 1)
    _check_shape(proof, apart + above, leaf_hash, root)
    reached, node = leaf_hash, index
    for sibling in proof[:apart]:
        pair = sibling + reached if node & 1 else reached + sibling
        reached = sha256(b"\x01" + pair).digest()
        node >>= 1
    for sibling in proof[apart:]:
        reached = sha256(b"\x01" + sibling + reached).digest()
    if reached != root:
        raise ProofError(f"entry {index} does not lead to this root")


def consistency_ranges(old: int, new: int) -> list[tuple[int, int]]:
    """Return the entries [start, end) under each hash of a consistency proof, in proof order.

    Nothing needs proof from size 0 or to the same size. Raises `ProofError` unless
    0 <= old <= new. Source: SUBPROOF in RFC 6962 section 2.1.2.
    """
    _check_sizes(old, new)
    if old in (0, new):
        return []
    height = _height(old)
    last = (old >> height) - 1
    ranges = _siblings(last, height, new)
    # An old tree that is itself one subtree is known by its root and not repeated.
    return [(last << height, old), *ranges] if last else ranges


def consistency_proof(leaf_hashes: Sequence[bytes], old: int, new: int) -> list[bytes]:
    """Return the proof that the first `new` of `leaf_hashes` only add to the first `old`."""
    return _roots(leaf_hashes, new, consistency_ranges(old, new))


def check_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the tree of size `new` begins with the very entries of the tree of size `old`."""
    _check_sizes(old, new)
    if old in (0, new):
        _check_shape(proof, 0, old_root, new_root)
        # Every tree continues the empty one and itself, without a proof.
        holds = (old > 0 or old_root == EMPTY_ROOT) and (old < new or old_root == new_root)
    else:
        height = _height(old)
        node = (old >> height) - 1
        apart, above = _steps(node, new - 1 >> height)
        # An old tree that is itself one subtree is known by its root and not repeated.
        repeated = node > 0
        _check_shape(proof, repeated + apart + above, old_root, new_root)
        was = reached = proof[0] if repeated else old_root
        for sibling in proof[repeated : repeated + apart]:
            if node & 1:
                was = sha256(b"\x01" + sibling + was).digest()
                reached = sha256(b"\x01" + sibling + reached).digest()
            else:
                reached = sha256(b"\x01" + reached + sibling).digest()
            node >>= 1
        for sibling in proof[repeated + apart :]:
            was = sha256(b"\x01" + sibling + was).digest()
            reached = sha256(b"\x01" + sibling + reached).digest()
        holds = was == old_root and reached == new_root
    if not holds:
        raise ProofError(f"the tree of {new} does not continue the tree of {old}")


def _height(old: int) -> int:
    """Return the height of the subtree that a tree of `old` entries ends with, as great as can be.

    A consistency proof starts there: what leads from it to the new root covers all that is new.
    """
    return (old & -old).bit_length() - 1


def _steps(node: int, last: int) -> tuple[int, int]:
    """Return how many neighbours are met on the way from subtree `node` up to the root.

    Subtrees of one height are counted from 0 to `last`. First those until the ways of `node` and
    `last` meet, one at each step: on the left where the bit of `node` is set, else on the right.
    Then those above, which are all on the left.
    """
    apart = (node ^ last).bit_length()
    return apart, (node >> apart).bit_count()


def _siblings(node: int, height: int, size: int) -> list[tuple[int, int]]:
    """Return the entries under each of those neighbours; `node` has 2**height entries."""
    apart, _ = _steps(node, size - 1 >> height)
    ranges, width = [], 1 << height
    for _ in range(apart):
        start = (node ^ 1) * width
        ranges.append((start, start + width))
        node, width = node >> 1, 2 * width
    if apart:
        # Where the two ways meet, the neighbour is the right edge, and may be incomplete.
        start, end = ranges[-1]
        ranges[-1] = start, min(end, size)
    while node:
        if node & 1:
            ranges.append(((node - 1) * width, node * width))
        node, width = node >> 1, 2 * width
    return ranges


def _roots(hashes: Sequence[bytes], size: int, ranges: Sequence[tuple[int, int]]) -> list[bytes]:
    if size > len(hashes):
        raise ProofError(f"only {len(hashes)} of {size} entries are known")
    return [root(hashes[start:end]) for start, end in ranges]


def _check_shape(proof: Sequence[bytes], expected: int, *ends: bytes) -> None:
    if len(proof) != expected:
        raise ProofError(f"{len(proof)} hashes in the proof, where {expected} are needed")
    if {*map(len, proof), *map(len, ends)} != {32}:
        raise ProofError("a hash has 32 bytes")


def _check_index(index: int, size: int) -> None:
    if not 0 <= index < size:
        raise ProofError(f"no entry {index} in a tree of {size}")


def _check_sizes(old: int, new: int) -> None:
    if not 0 <= old <= new:
        raise ProofError(f"a tree of {new} cannot continue a tree of {old}")
