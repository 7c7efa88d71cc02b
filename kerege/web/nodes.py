"""Hashes a log is proven by: leaves, and the roots of complete subtrees of 256 ** level leaves.

``Leaves`` and ``RootLeaves`` answer what ``register/tiles.py`` asks of a tree.
"""

from collections.abc import Sequence

from kerege.web.models import Register
from kerege.web.statements import run

# A complete tile is 256 wide, 8 levels of the tree.
_HEIGHT = 8
ROOT = 0


def keep(log: int, n: int, ended: Sequence[bytes]) -> None:
    """Keep the roots of the subtrees that leaf ``n`` ended: ``ended[h]`` is over 2 ** h leaves."""
    for level in range(1, (len(ended) - 1) // _HEIGHT + 1):
        run(
            "INSERT INTO web_node (log, level, n, hash) VALUES (%s, %s, %s, %s)",
            [log, level, n >> (_HEIGHT * level), ended[_HEIGHT * level]],
        )


def _nodes(log: int, level: int, start: int, end: int) -> list[bytes]:
    found = run(
        "SELECT hash FROM web_node WHERE log = %s AND level = %s AND n >= %s AND n < %s ORDER BY n",
        [log, level, start, end],
    )
    return _all(found.fetchall(), end - start)


def _all(rows: Sequence[tuple[bytes]], count: int) -> list[bytes]:
    if len(rows) != count:
        raise LookupError(f"{len(rows)} of {count} hashes are kept")
    return [bytes(one) for (one,) in rows]


class Leaves:
    """The tree of a register."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def hashes(self, level: int, start: int, end: int) -> list[bytes]:
        if level:
            return _nodes(self.register.pk, level, start, end)
        found = run(
            "SELECT leaf FROM web_row WHERE register_id = %s AND n >= %s AND n < %s ORDER BY n",
            [self.register.pk, start, end],
        )
        return _all(found.fetchall(), end - start)


class RootLeaves:
    """The tree of the root."""

    def hashes(self, level: int, start: int, end: int) -> list[bytes]:
        if level:
            return _nodes(ROOT, level, start, end)
        found = run("SELECT leaf FROM web_rooted WHERE n >= %s AND n < %s ORDER BY n", [start, end])
        return _all(found.fetchall(), end - start)
