"""A register of which no more is read than there is time and room for.

Whoever answers at an address may announce any number of entries, and send for ever. All that is
read of such a register has one measure: bytes, seconds, and the entries that are believed to fit
into these; for one slip it is a small one for a register whole a great one
(``WHOLE``). A register in a folder is as long as its files.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from kerege.archive.source import MOST, Source, Unreadable
from kerege.register.checkpoint import Checkpoint

# A register of two million entries whose tiles are read has a fifth of this.
MOST_BYTES = 2**30
# Seconds for everything together.
LONGEST = 600
# The most entries of a live register that are read one by one.
MOST_ENTRIES = 2**22

_INSTEAD = "keep an export of it, and hold the slip against that"
# No entry of a register, with its hash, has fewer bytes, nor has a checkpoint in the root.
LEAST_OF_AN_ENTRY = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one register at an address: bytes, and seconds."""

    bytes: int = 8 * 2**30
    seconds: int = 3_600


WHOLE = Limits()


class Measured:
    """A source, until too much of it was read; every method raises Unreadable from then on."""

    def __init__(self, source: Source, limits: Limits | None = None) -> None:
        self._source = source
        self.live, self.bare = source.live, source.bare
        self._limits = limits or Limits(MOST_BYTES, LONGEST)
        self._what, self._instead = (
            ("the whole of it", "keep an export of it, or set a higher limit")
            if limits
            else ("one slip", _INSTEAD)
        )
        self._had, self._until = 0, time.monotonic() + self._limits.seconds

    def read(self, path: str, most: int = MOST) -> bytes | None:
        data = self._source.read(path, most)
        self._count(data or b"")
        return data

    def lines(self) -> Iterator[bytes] | None:
        lines = self._source.lines()
        return None if lines is None else self._counted(lines)

    def names(self, folder: str) -> list[str] | None:
        return self._source.names(folder)

    def check_size(self, head: Checkpoint) -> None:
        """Raise Unreadable where a live register is longer than can be read entry by entry."""
        if self.live and head.size > MOST_ENTRIES:
            raise Unreadable(
                f"the register says it has {head.size} entries, and no more than {MOST_ENTRIES} "
                f"are read for one slip: {_INSTEAD}"
            )

    def check_whole(self, head: Checkpoint) -> None:
        """Raise Unreadable where a live register cannot fit into what is read of it."""
        most = self._limits.bytes
        if self.live and head.size > most // LEAST_OF_AN_ENTRY:
            raise Unreadable(
                f"the register says it has {head.size} entries, and no more than {most} bytes are "
                f"read for {self._what}: {self._instead}"
            )

    def _counted(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        for line in lines:
            self._count(line)
            yield line

    def _count(self, data: bytes) -> None:
        self._had += len(data)
        if not self.live:
            return
        if self._had > self._limits.bytes:
            raise Unreadable(
                f"the register sent more than {self._limits.bytes} bytes for {self._what}: "
                f"{self._instead}"
            )
        if time.monotonic() > self._until:
            raise Unreadable(
                f"the register took more than {self._limits.seconds} seconds for {self._what}: "
                f"{self._instead}"
            )
