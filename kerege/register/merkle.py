"""The Merkle tree over a register's entries, after RFC 6962 section 2.1.

    leaf  = SHA-256(0x00 || entry)
    node  = SHA-256(0x01 || left || right)
    root of no entry       = SHA-256("")
    root of one entry      = its leaf
    root of n > 1 entries  = node(root of the first k, root of the rest),
                             k the greatest power of two below n

Hashes are 32 raw bytes and entries count from 0. An inclusion proof lists the sibling hashes from
the leaf up; a consistency proof lists the hashes that lead from an older root to a newer one.

Proving and checking come in pairs, and both ask `inclusion_ranges` or `consistency_ranges` which
entries each hash covers, so a proof has one shape. A prover raises `ProofError` when asked about
entries it was not given; a checker returns None, or raises `ProofError` when the proof fails.

A `Frontier` is stored as hexadecimal text: 16 digits of size, then 64 for each subtree hash, the
greatest subtree first; the bits set in the size say how many there are and how great each is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

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
        above = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
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

    def append(self, leaf_hash: bytes) -> None:
        """Add one entry, in place. Raises `ValueError` when its leaf hash has not 32 bytes."""
        if len(leaf_hash) != 32:
            raise ValueError(f"a leaf hash has 32 bytes, not {len(leaf_hash)}")
        full, merged = self.size, leaf_hash
        while full & 1:
            merged = node_hash(self.hashes.pop(), merged)
            full >>= 1
        self.hashes.append(merged)
        self.size += 1

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


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """Return the entries [start, end) under each hash of an inclusion proof, in proof order.

    A store that keeps subtree hashes reads those instead of every leaf. Raises `ProofError` unless
    0 <= index < size. Source: PATH in RFC 6962 section 2.1.1.
    """
    if not 0 <= index < size:
        raise ProofError(f"no entry {index} in a tree of {size}")
    start, end, ranges = 0, size, []
    while end - start > 1:
        middle = _split(start, end)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """Return the proof that entry `index` is among the first `size` of `leaf_hashes`."""
    return _roots(leaf_hashes, size, inclusion_ranges(index, size))


def check_inclusion(
    leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that entry `index` of the tree with this `size` and `root` has this `leaf_hash`."""
    ranges = inclusion_ranges(index, size)
    _check_shape(proof, len(ranges), leaf_hash, root)
    reached = leaf_hash
    for (start, _), sibling in zip(ranges, proof, strict=True):
        reached = node_hash(reached, sibling) if start > index else node_hash(sibling, reached)
    if reached != root:
        raise ProofError(f"entry {index} does not lead to this root")


def consistency_ranges(old: int, new: int) -> list[tuple[int, int]]:
    """Return the entries [start, end) under each hash of a consistency proof, in proof order.

    Nothing needs proof from size 0 or to the same size. Raises `ProofError` unless
    0 <= old <= new. Source: SUBPROOF in RFC 6962 section 2.1.2.
    """
    if not 0 <= old <= new:
        raise ProofError(f"a tree of {new} cannot continue a tree of {old}")
    start, end, ranges = 0, new, []
    while 0 < old < end:
        middle = _split(start, end)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    # An old tree that is itself one subtree is known by its root and not repeated.
    if start > 0:
        ranges.append((start, end))
    return ranges[::-1]


def consistency_proof(leaf_hashes: Sequence[bytes], old: int, new: int) -> list[bytes]:
    """Return the proof that the first `new` of `leaf_hashes` only add to the first `old`."""
    return _roots(leaf_hashes, new, consistency_ranges(old, new))


def check_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the tree of size `new` begins with the very entries of the tree of size `old`."""
    ranges = consistency_ranges(old, new)
    _check_shape(proof, len(ranges), old_root, new_root)
    if old == 0:
        # Every tree continues the empty one: there is no proof, and only an empty root to compare.
        holds = old_root == EMPTY_ROOT and (new > 0 or new_root == EMPTY_ROOT)
    else:
        steps = list(zip(ranges, proof, strict=True))
        was = reached = steps.pop(0)[1] if ranges and ranges[0][1] == old else old_root
        for (start, _), sibling in steps:
            if start < old:
                was, reached = node_hash(sibling, was), node_hash(sibling, reached)
            else:
                reached = node_hash(reached, sibling)
        holds = was == old_root and reached == new_root
    if not holds:
        raise ProofError(f"the tree of {new} does not continue the tree of {old}")


def _split(start: int, end: int) -> int:
    return start + (1 << ((end - start - 1).bit_length() - 1))


def _roots(hashes: Sequence[bytes], size: int, ranges: Sequence[tuple[int, int]]) -> list[bytes]:
    if size > len(hashes):
        raise ProofError(f"only {len(hashes)} of {size} entries are known")
    return [root(hashes[start:end]) for start, end in ranges]


def _check_shape(proof: Sequence[bytes], expected: int, *ends: bytes) -> None:
    if len(proof) != expected:
        raise ProofError(f"{len(proof)} hashes in the proof, where {expected} are needed")
    if any(len(each) != 32 for each in (*proof, *ends)):
        raise ProofError("a hash has 32 bytes")
