"""Searching files for bytes, in a process of its own.

A process that closes any file of a SQLite database gives up every lock it has on it (POSIX), also
those its connection goes on counting on: another process then takes the database for its own,
deletes the write-ahead log, and acts that were acknowledged are lost. So ``erasing.py`` has a child
look. Run with the files as its words and what is looked for, a line of hex each, as its input; it
prints which of the files hold one of them, by their places in the list.
"""

import sys
from collections.abc import Sequence

# No longer than what lies over the edge of a piece is kept for.
MOST = 1024
_PIECE = 1 << 22


def holds(file: str, wanted: Sequence[bytes]) -> bool:
    """Whether a file holds one of some bytes, each at most ``MOST``; raises OSError."""
    last = b""
    with open(file, "rb") as opened:
        while piece := opened.read(_PIECE):
            window = last + piece
            if any(one in window for one in wanted):
                return True
            last = window[-MOST:]
    return False


if __name__ == "__main__":
    looked_for = [bytes.fromhex(line) for line in sys.stdin]
    for place, name in enumerate(sys.argv[1:]):
        try:
            if holds(name, looked_for):
                print(place)
        except FileNotFoundError:
            # The write-ahead log goes away with whoever was the last to read it.
            continue
