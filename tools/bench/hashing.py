"""The part ``log``: Merkle tree and canonical JSON in memory, beside pymerkle and rfc8785.

Both get the same entries; what is compared is turn about, and the best of several turns counts, so
that a neighbour on the machine slows neither more than the other.
"""

import gc
import json
import random
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from tools.bench.number import Number, timed

REGISTERS = Path(__file__).resolve().parents[2] / "tests/registers"
ENTRIES, PROOFS, CANONICAL, TURNS = 30_000, 2_000, 2_000, 5


def hashing() -> Iterator[Number]:
    data = _entries()
    yield from _canonical(data[:CANONICAL])
    yield from _tree(data)


def _entries() -> list[bytes]:
    """Real entries over and over, each with a number of its own."""
    lines = [
        json.loads(line)
        for file in sorted(REGISTERS.glob("*.jsonl"))
        for line in file.read_bytes().splitlines()
    ]
    found = []
    for n in range(ENTRIES):
        one = {**lines[n % len(lines)], "id": f"{n:032x}"}
        text = json.dumps(one, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        found.append(text.encode())
    return found


def _tree(data: list[bytes]) -> Iterator[Number]:
    from pymerkle import InmemoryTree, verify_inclusion

    from kerege.register import merkle

    def ours_appends() -> Any:
        # As the gate does it: a right edge, one leaf after another.
        frontier = merkle.Frontier()
        for entry in data:
            frontier.append(merkle.leaf_hash(entry))
        return frontier

    def theirs_appends() -> Any:
        tree = InmemoryTree(algorithm="sha256")
        for entry in data:
            tree.append_entry(entry)
        return tree

    theirs, ours = _turns(theirs_appends, ours_appends)
    tree, oracle = merkle.Tree(map(merkle.leaf_hash, data)), theirs_appends()
    root = tree.root(len(data))
    if not root == ours_appends().root() == oracle.get_root():
        raise AssertionError("two trees of the same entries have two roots")
    alone = min(timed(lambda: _hashed(data)) for _ in range(TURNS))
    yield _ratio(
        "appending", theirs, ours, len(data), 8, beside=f"hashing alone {theirs / alone:.1f} ×"
    )

    asked = random.Random(1).sample(range(len(data)), PROOFS)
    size = len(data)
    theirs, ours = _turns(
        lambda: [oracle.prove_inclusion(n + 1, size) for n in asked],
        lambda: [tree.inclusion_proof(n, size) for n in asked],
    )
    yield _ratio("proofs of inclusion", theirs, ours, PROOFS, 5)

    leaves = [merkle.leaf_hash(data[n]) for n in asked]
    paths = [tree.inclusion_proof(n, size) for n in asked]
    shown = [oracle.prove_inclusion(n + 1, size) for n in asked]
    triples = list(zip(leaves, asked, paths, strict=True))
    theirs, ours = _turns(
        lambda: [
            verify_inclusion(leaf, root, one) for leaf, one in zip(leaves, shown, strict=True)
        ],
        lambda: [merkle.check_inclusion(leaf, n, size, path, root) for leaf, n, path in triples],
    )
    yield _ratio("checking them", theirs, ours, PROOFS, 2)


def _hashed(data: list[bytes]) -> None:
    """The two hashes that an append cannot do without: its leaf, and one node on the average."""
    for entry in data:
        leaf = sha256(b"\x00" + entry).digest()
        sha256(b"\x01" + leaf + leaf).digest()


def _canonical(data: list[bytes]) -> Iterator[Number]:
    import rfc8785

    from kerege.register.canonical import canonical

    values = [json.loads(one) for one in data]
    if any(canonical(value) != rfc8785.dumps(value) for value in values):
        raise AssertionError("canonical JSON differs from rfc8785")

    def each(write: Callable[[Any], bytes]) -> Callable[[], None]:
        def run() -> None:
            # One entry after another, as the gate writes them: none is kept.
            for value in values:
                write(value)

        return run

    theirs, ours = _turns(each(rfc8785.dumps), each(canonical))
    yield _ratio("canonical JSON, checked", theirs, ours, len(values), 8, "rfc8785")


def _turns(theirs: Callable[[], Any], ours: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of each, the best of some turns."""
    was, now = [], []
    for _ in range(TURNS):
        gc.collect()
        was.append(timed(theirs))
        gc.collect()
        now.append(timed(ours))
    return min(was), min(now)


def _ratio(
    what: str,
    theirs: float,
    ours: float,
    count: int,
    least: float,
    of: str = "pymerkle",
    beside: str = "",
) -> Number:
    said = f"of {of}; {ours / count * 1e6:.1f} µs each" + (f"; {beside}" if beside else "")
    return Number(what, theirs / ours, "×", beside=said, least=least)
