"""The tree against published RFC 6962 vectors, and its proofs against every kind of change."""

import re
from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerege.register.merkle import (
    EMPTY_ROOT,
    Frontier,
    ProofError,
    Tree,
    check_consistency,
    check_inclusion,
    consistency_proof,
    consistency_ranges,
    inclusion_proof,
    inclusion_ranges,
    leaf_hash,
    node_hash,
    root,
)

# The eight-entry tree that Certificate Transparency implementations test themselves with.
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
L0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
L1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
L4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
N01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
N23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
N45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
N67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
N03 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
N47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"

MANY = [leaf_hash(str(number).encode()) for number in range(200)]
SIZES = st.integers(1, len(MANY))


def flip(hashes: Sequence[bytes], bit: int) -> list[bytes]:
    """Return the hashes with one bit, counted over all of them, turned over."""
    changed = bytearray(b"".join(hashes))
    changed[bit // 8] ^= 1 << bit % 8
    return [bytes(changed[at : at + 32]) for at in range(0, len(changed), 32)]


def defined_root(leaves: Sequence[bytes]) -> bytes:
    """MTH, as RFC 6962 section 2.1 writes it."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return sha256(b"\x01" + defined_root(leaves[:k]) + defined_root(leaves[k:])).digest()


def test_roots_of_the_reference_tree() -> None:
    assert [root(LEAVES[:size]).hex() for size in range(9)] == ROOTS
    assert EMPTY_ROOT.hex() == ROOTS[0]


def test_a_node_cannot_be_passed_off_as_an_entry() -> None:
    assert node_hash(LEAVES[0], LEAVES[1]) != leaf_hash(LEAVES[0] + LEAVES[1])


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [
        (0, 1, []),
        (0, 8, [L1, N23, N47]),
        (5, 8, [L4, N67, N03]),
        (2, 3, [N01]),
        (1, 5, [L0, N23, L4]),
    ],
)
def test_inclusion_proofs_of_the_reference_tree(index: int, size: int, proof: list[str]) -> None:
    assert [each.hex() for each in inclusion_proof(LEAVES, index, size)] == proof
    stated = bytes.fromhex(ROOTS[size])
    check_inclusion(LEAVES[index], index, size, list(map(bytes.fromhex, proof)), stated)


@pytest.mark.parametrize(
    ("old", "new", "proof"),
    [
        (1, 1, []),
        (1, 8, [L1, N23, N47]),
        (6, 8, [N45, N67, N03]),
        (2, 5, [N23, L4]),
        (6, 7, [N45, "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f", N03]),
    ],
)
def test_consistency_proofs_of_the_reference_tree(old: int, new: int, proof: list[str]) -> None:
    assert [each.hex() for each in consistency_proof(LEAVES, old, new)] == proof
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    check_consistency(old, new, *roots, list(map(bytes.fromhex, proof)))


@given(st.integers(0, len(MANY)))
def test_root_and_frontier_follow_the_definition(size: int) -> None:
    frontier = Frontier()
    for leaf in MANY[:size]:
        frontier.append(leaf)
    assert frontier.size == size
    assert root(MANY[:size]) == frontier.root() == defined_root(MANY[:size])


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_frontier_goes_on_from_its_text(size: int, more: int) -> None:
    frontier = Frontier()
    for leaf in MANY[:size]:
        frontier.append(leaf)
    text = frontier.to_hex()
    again = Frontier.from_hex(text)
    assert again == frontier
    assert len(text) == 16 + 64 * size.bit_count()
    for leaf in MANY[size : size + more]:
        again.append(leaf)
    assert again.root() == root(MANY[: size + more])
    assert frontier.to_hex() == text


def test_the_text_of_a_frontier() -> None:
    frontier = Frontier()
    assert frontier.to_hex() == "0000000000000000"
    for leaf in LEAVES[:5]:
        frontier.append(leaf)
    assert frontier.to_hex() == "0000000000000005" + N03 + L4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "0000000000000005",
        "0000000000000005" + N03,
        "0000000000000005" + N03 + L4 + L4,
        "0000000000000005" + N03 + L4[:-1],
        "0000000000000005" + N03 + L4.upper(),
        "0000000000000005" + N03 + L4 + "\n",
        "000000000000000\u0665" + N03 + L4,
    ],
)
def test_another_text_is_no_frontier(text: str) -> None:
    with pytest.raises(ValueError, match="frontier"):
        Frontier.from_hex(text)


def test_a_frontier_takes_hashes_only() -> None:
    frontier = Frontier()
    with pytest.raises(ValueError, match="32 bytes, not 5"):
        frontier.append(b"entry")
    assert frontier == Frontier()


def test_every_proof_of_small_trees_holds() -> None:
    for size in range(1, 34):
        stated = root(MANY[:size])
        for index in range(size):
            proof = inclusion_proof(MANY, index, size)
            check_inclusion(MANY[index], index, size, proof, stated)
            for other in range(size):
                if other != index:
                    with pytest.raises(ProofError):
                        check_inclusion(MANY[index], other, size, proof, stated)
        for old in range(size + 1):
            proof = consistency_proof(MANY, old, size)
            check_consistency(old, size, root(MANY[:old]), stated, proof)


@given(SIZES, st.data())
def test_an_inclusion_proof_holds_until_a_bit_is_flipped(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(MANY, index, size)
    hashes = [MANY[index], root(MANY[:size]), *proof]
    check_inclusion(hashes[0], index, size, hashes[2:], hashes[1])
    bit = data.draw(st.integers(0, 256 * len(hashes) - 1))
    leaf, stated, *changed = flip(hashes, bit)
    with pytest.raises(ProofError, match="does not lead to this root"):
        check_inclusion(leaf, index, size, changed, stated)


@given(SIZES, st.data())
def test_a_consistency_proof_holds_until_a_bit_is_flipped(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    proof = consistency_proof(MANY, old, size)
    hashes = [root(MANY[:old]), root(MANY[:size]), *proof]
    check_consistency(old, size, hashes[0], hashes[1], hashes[2:])
    bit = data.draw(st.integers(0, 256 * len(hashes) - 1))
    was, now, *changed = flip(hashes, bit)
    with pytest.raises(ProofError, match="does not continue"):
        check_consistency(old, size, was, now, changed)


@given(SIZES, st.data())
def test_a_rewritten_history_has_no_proof(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    rewritten = list(MANY)
    rewritten[data.draw(st.integers(0, old - 1))] = leaf_hash(b"forged")
    proof = consistency_proof(rewritten, old, size)
    with pytest.raises(ProofError, match="does not continue"):
        check_consistency(old, size, root(MANY[:old]), root(rewritten[:size]), proof)


@given(SIZES, st.data())
def test_a_proof_has_one_length(size: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, size - 1))
    included = inclusion_proof(MANY, at, size)
    consistent = consistency_proof(MANY, at + 1, size)
    roots = root(MANY[: at + 1]), root(MANY[:size])
    for wrong in ([*included, EMPTY_ROOT], [EMPTY_ROOT, *included], included[1:]):
        if wrong != included:
            with pytest.raises(ProofError, match="hashes in the proof"):
                check_inclusion(MANY[at], at, size, wrong, roots[1])
    for wrong in ([*consistent, EMPTY_ROOT], [EMPTY_ROOT, *consistent], consistent[1:]):
        if wrong != consistent:
            with pytest.raises(ProofError, match="hashes in the proof"):
                check_consistency(at + 1, size, *roots, wrong)


@given(st.integers(1, 2**63), st.data())
def test_ranges_cover_the_tree_once(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    covered = sorted([*inclusion_ranges(index, size), (index, index + 1)])
    assert covered[0][0] == 0
    assert covered[-1][1] == size
    assert all(left[1] == right[0] for left, right in pairwise(covered))
    consistent = consistency_ranges(index + 1, size)
    assert len(consistent) <= 64
    whole_subtree = not consistent or consistent[0][0] == index + 1
    covered = sorted([*consistent, *([(0, index + 1)] if whole_subtree else [])])
    assert covered[0][0] == 0
    assert covered[-1][1] == size
    assert all(left[1] == right[0] for left, right in pairwise(covered))


def test_hashes_of_another_length_are_refused() -> None:
    proof = inclusion_proof(LEAVES, 0, 8)
    for leaf, path, stated in (
        (LEAVES[0][:-1], proof, root(LEAVES)),
        (LEAVES[0], [proof[0] + b"\0", *proof[1:]], root(LEAVES)),
        (LEAVES[0], proof, root(LEAVES) + b"\0"),
    ):
        with pytest.raises(ProofError, match="a hash has 32 bytes"):
            check_inclusion(leaf, 0, 8, path, stated)
    with pytest.raises(ProofError, match="a hash has 32 bytes"):
        check_consistency(2, 2, b"same", b"same", [])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (8, 8), (9, 8), (-1, 8), (0, -1)])
def test_there_is_no_proof_for_an_entry_beyond_the_tree(index: int, size: int) -> None:
    message = re.escape(f"no entry {index} in a tree of {size}")
    with pytest.raises(ProofError, match=message):
        inclusion_proof(LEAVES, index, size)
    with pytest.raises(ProofError, match=message):
        check_inclusion(LEAVES[0], index, size, [], LEAVES[0])


def test_there_is_no_proof_over_entries_that_are_not_known() -> None:
    with pytest.raises(ProofError, match="only 8 of 9"):
        inclusion_proof(LEAVES, 0, 9)
    with pytest.raises(ProofError, match="only 8 of 9"):
        consistency_proof(LEAVES, 8, 9)


@pytest.mark.parametrize(("old", "new"), [(2, 1), (-1, 1), (-2, -1)])
def test_a_tree_does_not_shrink(old: int, new: int) -> None:
    with pytest.raises(ProofError, match="cannot continue"):
        consistency_proof(LEAVES, old, new)
    with pytest.raises(ProofError, match="cannot continue"):
        check_consistency(old, new, LEAVES[0], LEAVES[0], [])


def test_every_tree_continues_the_empty_one() -> None:
    check_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    check_consistency(0, 8, EMPTY_ROOT, root(LEAVES), [])
    for old, new, was, now in (
        (0, 0, EMPTY_ROOT, LEAVES[0]),
        (0, 0, LEAVES[0], EMPTY_ROOT),
        (0, 0, LEAVES[0], LEAVES[0]),
        (0, 8, LEAVES[0], root(LEAVES)),
    ):
        with pytest.raises(ProofError, match="does not continue"):
            check_consistency(old, new, was, now, [])


@given(st.lists(st.integers(0, 40), max_size=5))
def test_a_tree_in_memory_gives_the_same(parts: list[int]) -> None:
    tree = Tree()
    for part in parts:
        tree.extend(MANY[tree.size : tree.size + part])
    whole = tree.size
    assert whole == min(sum(parts), len(MANY))
    for size in {0, 1, whole // 2, whole - 1, whole} & {*range(whole + 1)}:
        assert tree.root(size) == root(MANY[:size])
        for at in range(0, size, 7):
            assert tree.inclusion_proof(at, size) == inclusion_proof(MANY, at, size)
            assert tree.consistency_proof(at, size) == consistency_proof(MANY, at, size)
    for ask in (tree.root, lambda size: tree.inclusion_proof(0, size)):
        with pytest.raises(ProofError, match=f"only {whole} of {whole + 1}"):
            ask(whole + 1)


def test_a_tree_in_memory_knows_its_complete_subtrees() -> None:
    leaves = [leaf_hash(str(number).encode()) for number in range(600)]
    tree = Tree(leaves)
    assert tree.hashes(0, 5, 9) == leaves[5:9]
    assert tree.hashes(1, 0, 9) == [root(leaves[:256]), root(leaves[256:512])]
    assert tree.hashes(2, 0, 1) == Tree().hashes(0, 0, 1) == []


def test_a_frontier_tells_the_subtrees_that_an_entry_ends() -> None:
    frontier = Frontier()
    for size in range(1, 70):
        ended = frontier.append(MANY[size - 1])
        assert ended == [
            root(MANY[size - width : size])
            for width in (1, 2, 4, 8, 16, 32, 64)
            if not size % width
        ]


def test_checkers_and_ranges_have_one_shape_in_great_trees() -> None:
    for size in (2**40 - 1, 2**40, 2**40 + 1, 2**63 - 1):
        for at in (1, 2, 3, size // 3, 2**39, size - 1):
            count = len(inclusion_ranges(at, size))
            with pytest.raises(ProofError, match="does not lead"):
                check_inclusion(bytes(32), at, size, [bytes(32)] * count, bytes(32))
            count = len(consistency_ranges(at, size))
            with pytest.raises(ProofError, match="does not continue"):
                check_consistency(at, size, bytes(32), bytes(32), [bytes(32)] * count)
