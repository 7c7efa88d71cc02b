"""Tiles: the paths of the specification, bundles, and proofs that equal those from the leaves."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.register import merkle, tiles
from kerege.register.merkle import ProofError, Tree, check_consistency, check_inclusion
from kerege.register.tiles import TileError, bundle, read_path, tiles_of, unbundle

LEAVES = [merkle.leaf_hash(str(number).encode()) for number in range(70_000)]
TREE = Tree(LEAVES)
INDEXES = st.integers(0, 2**63 - 1)


class Counting:
    """A source that counts how often it is asked, and for how many hashes."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []
        self.spans: list[tuple[int, int, int]] = []
        self.hashes_read = 0

    def hashes(self, level: int, start: int, end: int) -> Sequence[bytes]:
        assert start < end and start // 256 == (end - 1) // 256
        self.asked.append((level, start // 256))
        self.spans.append((level, start, end))
        self.hashes_read += end - start
        return TREE.hashes(level, start, end)


def test_the_paths_of_the_specification() -> None:
    assert tiles.tile_path(0, 1_234_067) == "tile/0/x001/x234/067"
    assert tiles.tile_path(0, 1067, 8) == "tile/0/x001/067.p/8"
    assert tiles.tile_path(1, 0, 1) == "tile/1/000.p/1"
    assert tiles.entries_path(1_234_067) == "tile/entries/x001/x234/067"
    assert tiles.entries_path(999, 255) == "tile/entries/999.p/255"


@given(st.none() | st.integers(0, 63), INDEXES, st.integers(1, 256))
def test_a_path_is_read_back(level: int | None, index: int, width: int) -> None:
    path = (
        tiles.entries_path(index, width) if level is None else tiles.tile_path(level, index, width)
    )
    assert read_path(path) == (level, index, width)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/67",
        "tile/0/0067",
        "tile/00/067",
        "tile/01/067",
        "tile/64/067",
        "tile/-1/067",
        "tile/٠/067",
        "tile/0/٠67",
        "tile/0/x000/067",
        "tile/0/001/067",
        "tile/0/x1/067",
        "tile/0/x001/x067",
        "tile/0/x001067",
        "tile/0/X001/067",
        "tile/0/x009/x223/x372/x036/x854/x775/808",
        "tile/0/x001/x001/x001/x001/x001/x001/x001/067",
        "tile/0/067.p/0",
        "tile/0/067.p/08",
        "tile/0/067.p/256",
        "tile/0/067.p/257",
        "tile/0/067.p/999",
        "tile/0/067.p/1000",
        "tile/0/067.p/",
        "tile/0/067.p",
        "tile/0/067.P/8",
        "tile/0/067/",
        "tile/0/067\n",
        "/tile/0/067",
        "tile//067",
        "tile/0/../067",
        "tile/data/067",
        "tile/8/0/067",
        "checkpoint",
    ],
)
def test_another_spelling_is_no_path(path: str) -> None:
    with pytest.raises(TileError):
        read_path(path)


@given(st.text(alphabet="tile/entrisx0123456789.p", max_size=30))
def test_any_text_is_refused_or_is_its_own_path(path: str) -> None:
    try:
        level, index, width = read_path(path)
    except TileError:
        return
    again = tiles.entries_path(index, width) if level is None else None
    assert path == (again or tiles.tile_path(level or 0, index, width))


@pytest.mark.parametrize(
    ("level", "index", "width"),
    [(-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 2**63, 1), (0, 0, 0), (0, 0, 257)],
)
def test_a_tile_that_cannot_be_has_no_path(level: int, index: int, width: int) -> None:
    with pytest.raises(TileError):
        tiles.tile_path(level, index, width)


def test_the_tiles_of_the_specifications_sizes() -> None:
    of_70_000 = list(tiles_of(70_000))
    assert of_70_000[:273] == [(0, index, 256) for index in range(273)]
    assert of_70_000[273:] == [(0, 273, 112), (1, 0, 256), (1, 1, 17), (2, 0, 1)]
    assert list(tiles_of(256)) == [(0, 0, 256), (1, 0, 1)]
    assert list(tiles_of(255)) == [(0, 0, 255)]
    assert list(tiles_of(0)) == []


@given(st.integers(1, 70_000))
def test_the_tiles_of_a_size_hold_every_complete_subtree_once(size: int) -> None:
    held: dict[int, int] = {}
    for level, index, width in tiles_of(size):
        assert held.get(level, 0) == 256 * index
        held[level] = 256 * index + width
    assert held == {level: size >> 8 * level for level in range(8) if size >> 8 * level}


def test_a_tile_is_the_hashes_one_after_another() -> None:
    assert tiles.tile_hashes(TREE, 0, 273, 112) == b"".join(LEAVES[273 * 256 :])
    over = [merkle.root(LEAVES[at * 256 : at * 256 + 256]) for at in range(256, 273)]
    assert tiles.tile_hashes(TREE, 1, 1, 17) == b"".join(over)
    assert tiles.tile_hashes(TREE, 2, 0, 1) == merkle.root(LEAVES[:65_536])
    for level, index, width in [(0, 273, 113), (1, 1, 18), (2, 0, 2), (3, 0, 1), (0, 274, 1)]:
        with pytest.raises(ProofError, match="not all known"):
            tiles.tile_hashes(TREE, level, index, width)
    for width in (0, 257):
        with pytest.raises(TileError):
            tiles.tile_hashes(TREE, 0, 0, width)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_a_bundle_is_read_back(entries: list[bytes]) -> None:
    assert unbundle(bundle(entries)) == entries


def test_a_bundle_is_lengths_and_entries() -> None:
    assert bundle([b"ab", b"", b"x" * 258]) == b"\0\2ab" + b"\0\0" + b"\1\2" + b"x" * 258
    full = [b"x" * 65_535] * 256
    assert unbundle(bundle(full)) == full


@pytest.mark.parametrize(
    ("entries", "reason"),
    [([], "not 0"), ([b""] * 257, "not 257"), ([b"", b"x" * 65_536], "65536 bytes")],
)
def test_what_is_no_bundle_is_not_written(entries: list[bytes], reason: str) -> None:
    with pytest.raises(TileError, match=reason):
        bundle(entries)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\0", "cut off in its entry 0"),
        (b"\0\2a", "cut off in its entry 0"),
        (b"\0\1a\0", "cut off in its entry 1"),
        (b"\0\0" * 257, "more than 256"),
    ],
)
def test_other_bytes_are_no_bundle(data: bytes, reason: str) -> None:
    with pytest.raises(TileError, match=reason):
        unbundle(data)


@given(st.binary(max_size=60))
def test_any_bytes_are_refused_or_are_their_own_bundle(data: bytes) -> None:
    try:
        entries = unbundle(data)
    except TileError:
        return
    assert bundle(entries) == data


def test_proofs_of_small_trees_equal_those_from_the_leaves() -> None:
    for size in [*range(1, 40), 255, 256, 257, 511, 512, 513]:
        assert tiles.root(TREE, size) == merkle.root(LEAVES[:size])
        for at in range(0, size, 1 + size // 9):
            expected = merkle.inclusion_proof(LEAVES, at, size)
            assert tiles.inclusion_proof(TREE, at, size) == expected
            expected = merkle.consistency_proof(LEAVES, at, size)
            assert tiles.consistency_proof(TREE, at, size) == expected
    assert tiles.root(TREE, 0) == merkle.EMPTY_ROOT


@given(st.data())
def test_proofs_of_great_trees_hold_and_cost_little(data: Any) -> None:
    size = data.draw(st.integers(1, 70_000) | st.sampled_from([65_535, 65_536, 65_537, 70_000]))
    at = data.draw(st.integers(0, size - 1))
    stated = tiles.root(TREE, size)
    source = Counting()
    proof = tiles.inclusion_proof(source, at, size)
    check_inclusion(LEAVES[at], at, size, proof, stated)
    check_cost(source)
    assert tiles.inclusion_spans(at, size) == source.spans
    source = Counting()
    proof = tiles.consistency_proof(source, at, size)
    check_consistency(at, size, tiles.root(TREE, at), stated, proof)
    check_cost(source)


def check_cost(source: Counting) -> None:
    """No tile is asked for twice, and at each level only the entry's side and the right edge."""
    assert len(source.asked) == len({*source.asked})
    levels = [level for level, _ in source.asked]
    assert all(levels.count(level) <= 2 for level in levels)
    assert source.hashes_read <= 512 * 3


def test_a_source_that_lacks_hashes_gives_no_proof() -> None:
    for ask in (
        lambda: tiles.root(TREE, 70_001),
        lambda: tiles.inclusion_proof(TREE, 0, 70_001),
        lambda: tiles.consistency_proof(TREE, 70_000, 70_001),
        lambda: tiles.inclusion_proof(TREE, 5, 5),
        lambda: tiles.consistency_proof(TREE, 5, 4),
    ):
        with pytest.raises(ProofError):
            ask()


def test_a_source_with_hashes_of_another_length_gives_no_proof() -> None:
    class Short:
        def hashes(self, level: int, start: int, end: int) -> list[bytes]:
            return [bytes(31)] * (end - start)

    with pytest.raises(ProofError, match="not all known"):
        tiles.inclusion_proof(Short(), 0, 2)
