"""The tree over entries that are being read: the root of RFC 6962 at every size."""

from hashlib import sha256

import pytest

from kerege.archive.leaves import Leaves
from kerege.register import merkle
from kerege.register.checkpoint import Checkpoint

HASHES = [sha256(str(n).encode()).digest() for n in range(1000)]


def grown(hashes: list[bytes]) -> Leaves:
    leaves = Leaves()
    for one in hashes:
        leaves.append(one)
    return leaves


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 512, 700, 1000])
def test_its_roots_are_those_of_the_tree(size: int) -> None:
    leaves = grown(HASHES)
    assert leaves.root(size) == merkle.root(HASHES[:size])
    assert leaves.bears(Checkpoint("a", size, merkle.root(HASHES[:size])))
    assert not leaves.bears(Checkpoint("a", size, bytes(32)))


def test_it_grows_by_whole_subtrees_of_subtrees() -> None:
    leaves = grown(HASHES[:2] * 32_768 + HASHES[:3])
    assert leaves.size == 65_539
    assert leaves.root(65_536) == merkle.root(HASHES[:2] * 32_768)
    assert leaves.hashes(2, 0, 1) == [leaves.root(65_536)]


def test_a_longer_tree_is_not_borne() -> None:
    assert not grown(HASHES[:5]).bears(Checkpoint("a", 6, merkle.root(HASHES[:6])))


@pytest.mark.parametrize(("swapped", "first"), [((3, 700), 3), ((300, 301), 300), ((5, 5), 1000)])
def test_the_first_other_entry_and_the_order_are_found(swapped: tuple, first: int) -> None:
    other = list(HASHES)
    one, two = swapped
    other[one], other[two] = other[two], other[one]
    assert grown(other).first_other(grown(HASHES), 1000) == first
    assert grown(other).in_another_order(grown(HASHES), 0, 1000)
    other[9] = bytes(32)
    assert not grown(other).in_another_order(grown(HASHES), 0, 1000)


def test_a_shorter_one_differs_where_it_ends() -> None:
    assert grown(HASHES[:300]).first_other(grown(HASHES), 1000) == 300
    assert grown(HASHES).first(300).root(300) == merkle.root(HASHES[:300])
