"""What was read again leads to the signed root only where nothing of it was changed."""

import pytest

from kerege.archive.rehashed import Rehashed
from kerege.register import tiles
from kerege.register.merkle import ProofError
from tests.archive.making import Leaves

MANY = 256 * 256 + 600
DATA = [str(n).encode() for n in range(MANY)]
TREE = Leaves(DATA)


def read(start: int, size: int, *, change: int = -1) -> Rehashed:
    one = Rehashed(TREE)
    for n in range(start, size):
        one.take(n, b"other" if n == change else DATA[n])
    return one


@pytest.mark.parametrize("size", [1, 255, 256, 257, 600, MANY - 1, MANY])
def test_the_root_is_the_same_wherever_one_begins(size: int) -> None:
    root = tiles.root(TREE, size)
    for start in {0, size // 512 * 256, size // 256 * 256}:
        if start < size:
            assert tiles.root(read(start, size), size) == root
            other = read(start, size, change=(start + size) // 2)
            assert tiles.root(other, size) != root
            assert other.first_other() == (start + size) // 2


def test_what_nobody_has_is_not_made_up() -> None:
    with pytest.raises(ProofError, match="was not read"):
        tiles.root(read(256, 300), 301)
    none = Rehashed(Leaves(DATA[:100]))
    none.take(256, DATA[256])
    with pytest.raises(ProofError, match="not known"):
        tiles.root(none, 257)
    assert read(0, 5).first_other() is None
