"""Roots and proofs against pymerkle, a program that is not ours."""

import random
from functools import cache

import pytest
from pymerkle import InmemoryTree

from kerege.register.merkle import (
    Frontier,
    Tree,
    check_consistency,
    check_inclusion,
    leaf_hash,
)

GREATEST = 2_000
ENTRIES = [f"entry {number}".encode() for number in range(GREATEST)]
TREE = Tree(map(leaf_hash, ENTRIES))
RANDOM = random.Random(4)


@cache
def theirs() -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for entry in ENTRIES:
        tree.append_entry(entry)
    return tree


def test_roots_are_theirs() -> None:
    frontier = Frontier()
    for size in range(1, GREATEST + 1):
        frontier.append(leaf_hash(ENTRIES[size - 1]))
        if size <= 300 or size % 97 == 0:
            assert frontier.root() == TREE.root(size) == theirs().get_root(size)


def test_inclusion_proofs_are_theirs() -> None:
    pairs = [(RANDOM.randrange(size), size) for size in range(1, 301)]
    pairs += [(RANDOM.randrange(size), size) for size in RANDOM.choices(range(1, GREATEST), k=200)]
    for index, size in pairs:
        theirs_path = theirs().prove_inclusion(index + 1, size).path
        ours = TREE.inclusion_proof(index, size)
        assert theirs_path == [leaf_hash(ENTRIES[index]), *ours]
        check_inclusion(theirs_path[0], index, size, theirs_path[1:], theirs().get_root(size))


def test_consistency_proofs_hold_between_their_roots() -> None:
    pairs = [(RANDOM.randint(1, size), size) for size in range(1, 301)]
    pairs += [(RANDOM.randint(1, size), size) for size in RANDOM.choices(range(1, GREATEST), k=200)]
    for old, new in pairs:
        ours = TREE.consistency_proof(old, new)
        check_consistency(old, new, theirs().get_root(old), theirs().get_root(new), ours)


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257])
def test_every_entry_of_some_sizes(size: int) -> None:
    stated = theirs().get_root(size)
    for index in range(size):
        check_inclusion(
            leaf_hash(ENTRIES[index]), index, size, TREE.inclusion_proof(index, size), stated
        )
