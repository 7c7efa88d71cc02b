"""Hashes a log is proven by: leaves, and the roots of complete subtrees of 256 ** level leaves.

``Leaves`` and ``RootLeaves`` answer what ``register/tiles.py`` asks of a tree.
"""

from collections.abc import Mapping, Sequence

from kerege.register import tiles
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

    def inclusion_proof(self, n: int, size: int) -> list[bytes]:
        """As ``tiles.inclusion_proof``, with all its hashes read in one statement."""
        spans = tiles.inclusion_spans(n, size)
        parts, values = [], []
        for k, (level, start, end) in enumerate(spans):
            if level:
                table, values_here = _OF_NODES, [k, self.register.pk, level, start, end]
            else:
                table, values_here = _OF_LEAVES, [k, self.register.pk, start, end]
            parts.append(table)
            values += values_here
        rows = run(f"{' UNION ALL '.join(parts)} ORDER BY 1, 2", values).fetchall() if parts else ()
        found: dict[tuple[int, int, int], list[bytes]] = {span: [] for span in spans}
        for k, _, one in rows:
            found[spans[k]].append(bytes(one))
        return tiles.inclusion_proof(_Gathered(found), n, size)


_OF_LEAVES = (
    "SELECT CAST(%s AS integer), n, leaf FROM web_row WHERE register_id = %s AND n >= %s AND n < %s"
)
_OF_NODES = (
    "SELECT CAST(%s AS integer), n, hash FROM web_node "
    "WHERE log = %s AND level = %s AND n >= %s AND n < %s"
)


class _Gathered:
    """Hashes that were read before; what was lacking is lacking here."""

    def __init__(self, found: Mapping[tuple[int, int, int], list[bytes]]) -> None:
        self.found = found

    def hashes(self, level: int, start: int, end: int) -> list[bytes]:
        return self.found[level, start, end]


class RootLeaves:
    """The tree of the root."""

    def hashes(self, level: int, start: int, end: int) -> list[bytes]:
        if level:
            return _nodes(ROOT, level, start, end)
        found = run("SELECT leaf FROM web_rooted WHERE n >= %s AND n < %s ORDER BY n", [start, end])
        return _all(found.fetchall(), end - start)
