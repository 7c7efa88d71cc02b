"""A register of which no more is read than there is time and room for.

Whoever answers at an address may announce any number of entries, and send for ever. Where one slip
is held against such a register, all that is read for it has one measure: bytes, seconds, and the
entries it may be asked to count. A register in a folder is as long as its files.
"""

import time
from collections.abc import Iterator

from kerege.archive.source import MOST, Source, Unreadable
from kerege.register.checkpoint import Checkpoint

# A register of two million entries whose tiles are read has a fifth of this.
MOST_BYTES = 2**30
# Seconds for everything together.
LONGEST = 600
# The most entries of a live register that are read one by one.
MOST_ENTRIES = 2**22

_INSTEAD = "keep an export of it, and hold the slip against that"


class Measured:
    """A source, until too much of it was read; every method raises Unreadable from then on."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.live, self.bare = source.live, source.bare
        self._had, self._until = 0, time.monotonic() + LONGEST

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

    def _counted(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        for line in lines:
            self._count(line)
            yield line

    def _count(self, data: bytes) -> None:
        self._had += len(data)
        if not self.live:
            return
        if self._had > MOST_BYTES:
            raise Unreadable(
                f"the register sent more than {MOST_BYTES} bytes for one slip: {_INSTEAD}"
            )
        if time.monotonic() > self._until:
            raise Unreadable(
                f"the register took more than {LONGEST} seconds for one slip: {_INSTEAD}"
            )
