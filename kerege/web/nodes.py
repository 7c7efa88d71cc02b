"""Hashes a log is proven by: leaves, and the roots of complete subtrees of 256 ** level leaves.

``Leaves`` and ``RootLeaves`` answer what ``register/tiles.py`` asks of a tree.
"""

from collections.abc import Mapping, Sequence

from kerege.register import tiles
from kerege.web.models import Register
from kerege.web.statements import run

# A complete tile is 256 wide, 8 levels of the tree.
_HEIGHT = 8
_WIDTH = 1 << _HEIGHT
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
        """As ``tiles.inclusion_proof``, with all its hashes read in one statement; of leaves those
        that are not remembered (``forget``)."""
        spans = tiles.inclusion_spans(n, size)
        parts, values = [], []
        for k, (level, start, end) in enumerate(spans):
            if level:
                parts.append(_OF_NODES)
                values += [k, self.register.pk, level, start, end]
            elif len(known := _leaves.get(self._tile(start), b"")) < 32 * (end % _WIDTH or _WIDTH):
                parts.append(_OF_LEAVES)
                values += [k, self.register.pk, start - start % _WIDTH + len(known) // 32, end]
        rows = run(f"{' UNION ALL '.join(parts)} ORDER BY 1, 2", values).fetchall() if parts else ()
        read = [b"".join(hash_ for of, _, hash_ in rows if of == k) for k in range(len(spans))]
        found = {}
        for span, new in zip(spans, read, strict=True):
            level, start, end = span
            if not level:
                new = _remember(self._tile(start), new)[32 * (start % _WIDTH) :]
            found[span] = [new[at : at + 32] for at in range(0, 32 * (end - start), 32)]
        return tiles.inclusion_proof(_Gathered(found), n, size)

    def forget(self) -> None:
        """Forget the leaves that are remembered of this register: it is not the one it was."""
        for tile in [one for one in _leaves if one[0] == self.register.pk]:
            _leaves.pop(tile, None)

    def _tile(self, n: int) -> tuple[int, int]:
        return self.register.pk, n // _WIDTH


# Leaves of the tiles that were asked for last, one after another: whoever sends an act asks for its
# receipt, and of a tile that grows all but the last are known.
_leaves: dict[tuple[int, int], bytes] = {}
_REMEMBERED = 16


def _remember(tile: tuple[int, int], new: bytes) -> bytes:
    """All that is known of a tile with what was read after it."""
    if tile not in _leaves and len(_leaves) >= _REMEMBERED:
        _leaves.clear()
    _leaves[tile] = _leaves.get(tile, b"") + new
    return _leaves[tile]


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
