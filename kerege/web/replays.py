"""Replays of registers, kept and carried on by new rows as ``registers.told`` does."""

from dataclasses import dataclass, replace
from threading import RLock

from kerege.archive.outcome import Replay
from kerege.archive.replay import Lives, under
from kerege.constitution import packs
from kerege.constitution.packs import Packs
from kerege.web.models import Register
from kerege.web.registers import following, read, told

# More entries than this, not lived yet, no reader of a page is kept waiting for.
AT_ONCE = 10_000
# So many entries are kept lived, all replays together; one counts as so many at least.
KEPT = 50_000
LEAST = 500

_Key = tuple[int, Packs, tuple[str, ...]]


class TooLong(Exception):
    """A register of ``size`` entries, too many of them not lived yet."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(size)


@dataclass(slots=True)
class _Kept:
    lives: Lives
    last: bytes = b""
    # Shown to readers, while the lives may be going on.
    told: Replay | None = None

    @property
    def size(self) -> int:
        return max(LEAST, self.lives.told.size)


# The one asked last stands last.
_kept: dict[_Key, _Kept] = {}
_lock = RLock()


def lived_under(register: Register, constitution: str) -> Replay:
    """A register lived again under a constitution and its statutes. Raises TooLong, NotLived where
    the law cannot be asked about an entry, and packs.UnknownPack."""
    known = packs.load()
    ids = known.pinned(constitution)
    key = (register.pk, known, ids)
    with _lock:
        # Forgotten first: lives that fail half way must not be carried on.
        one = _kept.pop(key, None) or _new(known, ids)
        rows = _not_lived(register, one)
        if rows is None:
            one = _new(known, ids)
            rows = _not_lived(register, one) or []
        if rows or one.told is None:
            one.told = _copy(one.lives.go_on(read(data) for data, _ in rows))
            one.last = bytes(rows[-1][1]) if rows else b""
        _kept[key] = one
        _forget()
        return one.told


def _new(known: Packs, ids: tuple[str, ...]) -> _Kept:
    return _Kept(Lives(under(known, ids), ids, ours=True))


def _not_lived(register: Register, one: _Kept) -> list[tuple[bytes, bytes]] | None:
    """The rows to go on with; None where the register is no longer the one that was lived."""
    size = told(register).size
    if size - one.lives.told.size > AT_ONCE:
        raise TooLong(size)
    return following(register, one.lives.told.size, one.last)


def _copy(lived: Replay) -> Replay:
    return replace(lived, refused=[*lived.refused], fallen=[*lived.fallen], passes=[*lived.passes])


def _forget() -> None:
    """Keep those asked last."""
    while len(_kept) > 1 and sum(one.size for one in _kept.values()) > KEPT:
        del _kept[next(iter(_kept))]
